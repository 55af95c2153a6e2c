"""Reports in, the terminal report out: worst first, each with its place, its reason and its help; the last line says what is undecided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from licensecheck.report import KINDS, VERDICTS

from .asked import asked, by_question
from .blocks import block, grouped, is_waived, one_line, runnable
from .made_of import made_of
from .snippet import Spot, in_files, place
from .terminal import Look, cells, safe
from .words import WORDS

#: Most commands proposed at the end.
COMMANDS = 3
Findings = list[dict[str, Any]]


def render(
    reports: Sequence[Any],
    *,
    lang: str = "en",
    width: int = 100,
    colour: bool = False,
    everything: bool = False,
    quiet: bool = False,
    commands: Sequence[str] = (),
) -> str:
    """The whole text; `commands` are the subcommands that exist, so that no other is proposed."""
    look = Look(WORDS[lang], max(40, min(width, 160)), colour)
    make = _brief if quiet else _full
    parts = ["\n".join(make(report, look, everything, commands)) for report in reports]
    if len(reports) > 1:
        verdicts = [report["verdict"] for report in reports]
        counts = look.say("join").join(look.say("counts." + kind, n=verdicts.count(kind)) for kind in VERDICTS if kind in verdicts)
        left = _left([question for report in reports for question in report["questions"]], _reviews(reports), look, commands, "", False)
        parts.append("\n".join(look.prose(look.say("subjects", n=len(reports), counts=counts)) + left))
    return ("\n" if quiet else "\n\n").join(parts) + "\n"


def _full(report: Any, look: Look, everything: bool, commands: Sequence[str]) -> list[str]:
    target = report["subject"].get("target") or "."
    live: Findings = [finding for finding in report["findings"] if not is_waived(finding)]
    alone = len({finding["component"] for finding in live if finding["component"]}) < 2
    parts = [_head(report, live, look), made_of(report, look)]
    known: set[Spot] = set()
    for kind in ("fail", "open", "review"):
        of_kind = [finding for finding in live if finding["kind"] == kind]
        if kind == "open":
            asks = {question["fact"]: question for question in report["questions"]}
            parts += [asked(fact, group, asks.get(fact, {}), look, alone) for fact, group in by_question(of_kind).items()]
        else:
            parts += [block(group, look, commands, target, alone, known) for group in grouped(of_kind)]
    parts.append([line for finding in report["findings"] if is_waived(finding) for line in _waived(finding, look)])
    parts.append(_met(live, look, everything, alone))
    if everything:
        parts += [_listed(kind, live, look, alone) for kind in ("pass", "not-applicable")]
    parts += _close(report, live, look, commands, target)
    lines: list[str] = []
    for part in parts:
        lines += ["", *part] if lines and part else part
    return lines


def _brief(report: Any, look: Look, everything: bool, commands: Sequence[str]) -> list[str]:
    live: Findings = [finding for finding in report["findings"] if not is_waived(finding)]
    lines = [" ".join(line.strip() for line in _title(report, live, look))]
    for kind in VERDICTS[:3]:
        for finding in live:
            if finding["kind"] == kind:
                spots = [place(item) for item in in_files(finding["evidence"])][:1]
                said = " ".join(line.strip() for line in one_line(finding, look, finding["title"]))
                lines.append("".join(spot + look.words["colon"] for spot in spots) + said)
    target = report["subject"].get("target") or "."
    return [*lines, *_left(report["questions"], _reviews([report]), look, commands, target, bool(report["incomplete"]))]


def _head(report: Any, live: Findings, look: Look) -> list[str]:
    name, target = safe(report["subject"].get("name") or "", 80), report["subject"].get("target") or "."
    licenses = report["licenses"]
    declared = licenses.get("declared")
    declared = " / ".join(declared) if isinstance(declared, list) else declared
    facts = [safe(target) if target not in (".", name) else "", look.say("as_of", date=safe(report["as_of"]))]
    facts.append(look.say("declared", license=safe(declared)) if declared else look.say("declared.none"))
    concluded = [f"{look.named('layer', layer)} {safe(value)}" for layer, value in (licenses.get("concluded") or {}).items() if value]
    if concluded:
        facts.append(look.say("concluded", layers=look.say("join").join(concluded)))
    lines = look.prose(look.words["apart"].join(filter(None, facts))) + _releasable(report, look)
    return _title(report, live, look) + [look.paint("dim", line) for line in lines]


def _releasable(report: Any, look: Look) -> list[str]:
    """Under which licence the whole can go out, or why there is none; without anything inside that is no question."""
    found = report["licenses"].get("releasable")
    if not found or not report["lineage"]["nodes"]:
        return []
    if found["expression"]:
        return look.prose(look.say("releasable", expression=safe(found["expression"])), "", "  ")
    return look.prose(look.say("releasable.none", why=safe(found["why"])), "", "  ")


def _title(report: Any, live: Findings, look: Look) -> list[str]:
    verdict = report["verdict"]
    kinds = [finding["kind"] for finding in live]
    counts = [look.say("counts." + kind, n=kinds.count(kind)) for kind in KINDS[:5] if kind in kinds]
    waived = len(report["findings"]) - len(live)
    if waived:
        counts.append(look.say("counts.waived", n=waived))
    name = safe(report["subject"].get("name") or report["subject"].get("target") or "?", 80)
    word = look.say("kind." + verdict)
    said = look.say("counted", verdict=word, counts=look.say("join").join(counts)) if counts else word
    first = look.prose(name + look.words["colon"] + said, "", "    ")
    if first[0].startswith(name):
        first[0] = look.paint("strong", name) + first[0][len(name) :].replace(word, look.paint(verdict, word), 1)
    return first


def _waived(finding: dict[str, Any], look: Look) -> list[str]:
    item = finding["suppressions"][0]
    key = "waived" + (".by" if item.get("by") else "") + (".until" if item.get("expires") else "")
    reason = look.say(key, reason=item.get("justification", "?"), by=item.get("by"), expires=item.get("expires"))
    return [*one_line(finding, look, finding["title"]), *look.prose(reason, "    ")]


def _met(live: Findings, look: Look, everything: bool, alone: bool) -> list[str]:
    """What need not be read: clauses met, and notes; all notes when there is nothing else to say."""
    kinds = [finding["kind"] for finding in live]
    passed, notes = kinds.count("pass"), kinds.count("informational")
    calm = not any(kind in kinds for kind in VERDICTS[:3])
    lines: list[str] = []
    if calm:
        lines.append(look.say("all_met", n=passed) if passed else look.say("nothing_checked"))
    if calm or everything:
        notes_listed = _listed("informational", live, look, alone) if notes else []
        return [*lines, "", *notes_listed] if lines and notes_listed else lines + notes_listed
    hidden = [look.say("others_met", n=passed)] if passed else []
    hidden += [look.say("notes_too", n=notes)] if notes else []
    return look.prose(look.say("not_shown", what=look.say("join").join(hidden))) if hidden else []


def _listed(kind: str, live: Findings, look: Look, alone: bool) -> list[str]:
    lines: list[str] = []
    for finding in live:
        if finding["kind"] == kind:
            lines += one_line(finding, look, finding["message"], "  ", about=not alone)
    return [look.paint("strong", look.say("listed." + kind)), *lines] if lines else []


def _close(report: Any, live: Findings, look: Look, commands: Sequence[str], target: str) -> list[list[str]]:
    missing = report["if_published"]
    published: list[str] = []
    also: list[str] = []
    end: list[str] = []
    if missing is not None and report["lineage"]["nodes"]:
        published = look.prose(look.say("if_published" if missing else "if_published.0", n=missing))
    shown = {(finding["question"] or {}).get("fact") for finding in live if finding["kind"] == "open"}
    for question in report["questions"]:
        if question["fact"] not in shown:
            also += look.prose(f"{question['fact']}{look.words['colon']}{question['ask']}", "  ", "    ")
    steps = ["  " + step for step in _steps(report, live, commands, target)]
    for note in report["incomplete"]:
        end += look.prose(look.say("incomplete") + note, "", "  ")
    if report["not_examined"]:
        text = look.say("not_examined") + look.words["list"].join(report["not_examined"])
        end += [look.paint("dim", line) for line in look.prose(text, "", "  ")]
    if report["lineage"]["nodes"] or report["questions"] or report["findings"]:
        end += _left(report["questions"], _reviews([report]), look, commands, target, bool(report["incomplete"]))
    else:
        end.append(look.say("left.nothing"))
    titled = [[look.paint("strong", look.say(title)), *lines] for title, lines in (("also_asked", also), ("next", steps)) if lines]
    return [published, *titled, end]


def _steps(report: Any, live: Findings, commands: Sequence[str], target: str) -> list[str]:
    wanted = [finding["remedy"]["command"] for finding in live if finding["kind"] == "fail" and finding["remedy"]]
    if report["if_published"]:
        wanted.insert(0, "llm-licensecheck check --as public")
    steps = [runnable(command, commands, target) for command in wanted]
    return list(dict.fromkeys(step for step in steps if step))[:COMMANDS]


def _reviews(reports: Sequence[Any]) -> int:
    """Blocks, not findings: what a person judges once."""
    found = ([item for item in report["findings"] if item["kind"] == "review" and not is_waived(item)] for report in reports)
    return sum(len(grouped(findings)) for findings in found)


def _left(questions: list[dict[str, Any]], reviews: int, look: Look, commands: Sequence[str], target: str, incomplete: bool) -> list[str]:
    """What was not decided, and how to decide it: one line, or two where one would be too long."""
    judge = [look.say("reviews", n=reviews)] if reviews else []
    if not questions:
        return [look.say("left.judge", what=judge[0]) if judge else look.say("left.incomplete" if incomplete else "left.none")]
    command = runnable("llm-licensecheck init", commands, target or ".")
    ask = look.say("questions", n=len(questions))
    line = look.say("left" if command else "left.manifest", what=look.say("join").join([*judge, ask]), command=command)
    if judge and cells(line) > look.width:
        return [look.say("left.judge", what=judge[0]), *_left(questions, 0, look, commands, target, incomplete)]
    return [line]
