"""Findings in, blocks of a diagnostic out: what, where, which clause, why, and the very words that help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .snippet import GUTTER, Spot, places
from .terminal import Look, cells, pad, safe, safe_block, wrap

#: Longest quotation shown of a clause, and most lines of a text to be written.
QUOTE, TEXT_LINES = 320, 14
#: Actions whose proposal says what is meant rather than what to write.
BESIDE = ("add-file", "request", "remove", "ask")
_LABELS = ("clause", "for", "why", "note", "help", "then", "rules", "binds")


def is_waived(finding: dict[str, Any]) -> bool:
    """A suppression counts only when it is accepted, as in SARIF."""
    suppressions = finding["suppressions"]
    return bool(suppressions) and all(item.get("status", "accepted") == "accepted" for item in suppressions)


def grouped(findings: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Equal clauses over several components together; checks of the subject only when they say the same."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for finding in findings:
        key: tuple[str, ...] = (finding["kind"], finding["rule"], finding["title"])
        if finding["license"] is None:
            key += (_template(finding),)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _template(finding: dict[str, Any]) -> str:
    message: str = finding["message"]
    component = finding["component"]
    return message.replace(component, "\0") if component else message


def block(group: list[dict[str, Any]], look: Look, commands: Sequence[str], target: str, alone: bool, known: set[Spot]) -> list[str]:
    """One diagnostic; `alone` says that the report has one component only, which then needs no mention."""
    first = group[0]
    lines = heading(first["kind"], first["rule"], first["title"], look)
    lines += places([item for finding in group for item in finding["evidence"]], look, known)
    if first["license"] is not None or first["citation"].get("section"):
        lines += _clause(first, look)
    if not alone or len(group) > 1:
        lines += detail("for", [shown_component(finding, look) for finding in group if finding["component"]], look)
    if first["owed_by"] != "subject":
        lines += detail("binds", [look.named("owed", first["owed_by"])], look)
    lines += detail("why", _messages(group, look), look)
    lines += detail("note", _notes(group, look), look)
    return lines + _helps(group, look, commands, target)


def heading(kind: str, rule: str, title: str, look: Look) -> list[str]:
    word, rule = look.say("kind." + kind), safe(rule, 120)
    text = wrap(f"{word}[{rule}] {safe(' '.join(title.split()))}", look.width - 4)
    text[0] = look.paint(kind, text[0][: len(word)]) + look.paint("strong", text[0][len(word) :])
    return text[:1] + ["    " + look.paint("strong", line) for line in text[1:]]


def one_line(finding: dict[str, Any], look: Look, said: str, lead: str = "", about: bool = True) -> list[str]:
    """A finding in one line, wrapped where it is too long: kind, rule, what is said and what it is about."""
    kind = "waived" if is_waived(finding) else finding["kind"]
    word = look.say("kind." + kind)
    text = f"{word}[{safe(finding['rule'], 120)}] {safe(said)}"
    if about and finding["component"] and finding["component"] not in said:
        text += f" ({safe(finding['component'], 120)})"
    lines = look.prose(text, lead, lead + "    ")
    return [lines[0].replace(word, look.paint(kind, word), 1), *lines[1:]]


def detail(label: str, texts: Iterable[str], look: Look) -> list[str]:
    """`= label:  text`, each text wrapped below the one before it."""
    lead = " " * (GUTTER + 1)
    width = max(cells(look.words["label." + name]) for name in _LABELS) + 2
    hang = lead + " " * (width + 3)
    lines: list[str] = []
    name = pad(look.say("label." + label) + look.words["colon"].strip(), width)
    for text in texts:
        first = f"{lead}{look.paint('gutter', '=')} {look.paint('strong', name)} "
        lines += look.prose(text, first if not lines else hang, hang)
    return lines


def shown_component(finding: dict[str, Any], look: Look) -> str:
    relations = [look.named("relation", step[0]) for step in finding["path"]]
    if finding.get("basis") == "measured":
        relations = [look.say("possibly", relation=relation) for relation in relations]
    return safe(finding["component"], 120) + (f" ({' > '.join(relations)})" if relations else "")


def cited(finding: dict[str, Any], name: str, lang: str = "en") -> str:
    """`name § section`, with the use policy where that is where the clause stands."""
    citation = finding["citation"]
    parts = [_section(name, citation.get("section"), lang)]
    if citation.get("policy"):
        parts.append(_section(citation["policy"], citation.get("policy_section"), lang))
    return ("，" if lang == "zh" else ", ").join(part for part in parts if part)


def _section(name: str, section: str | None, lang: str) -> str:
    if not section:
        return safe(name)
    shown = section
    if lang != "en":
        from .sections import section_in

        shown = section_in(section, lang)
    numbered = section[0].isdigit() or (len(section) < 8 and " " not in section)
    between = " § " if numbered and shown[0] != "第" else "，" if lang == "zh" else ", "
    return safe(name) + between + safe(shown)


def _clause(finding: dict[str, Any], look: Look) -> list[str]:
    texts = _cited(finding, finding["license"] or whose(finding["citation"]), look.lang)
    for citation in finding.get("also_cites", ()):
        texts += _cited({"citation": citation}, whose(citation), look.lang)
    if not finding["verified"]:
        texts.append(look.say("no_text"))
    return detail("clause", texts, look)


def whose(citation: dict[str, Any]) -> str:
    """What a clause is cited by, where its finding is about several licences."""
    return str(citation.get("license") or citation.get("text") or "")


def _cited(finding: dict[str, Any], name: str, lang: str) -> list[str]:
    """Where a clause stands, and its words where the text is at hand."""
    citation = finding["citation"]
    texts = [cited(finding, name, lang)]
    if citation.get("quote"):
        if citation.get("source"):
            texts[0] += f" ({safe(citation['source'], 120)}" + (f":{citation['line']})" if citation.get("line") else ")")
        texts.append("“" + safe(" ".join(citation["quote"].split()), QUOTE) + "”")
    elif citation.get("url"):
        texts[0] += f" ({safe(citation['url'])})"
    return texts


def _messages(group: list[dict[str, Any]], look: Look) -> list[str]:
    """What is said, once; the same sentence about several components speaks of none of them by name."""
    said: dict[str, list[str]] = {}
    for finding in group:
        said.setdefault(_template(finding), []).append(finding["message"])
    return [messages[0] if len(messages) == 1 else template.replace("\0", look.words["it"]) for template, messages in said.items()]


def _notes(group: list[dict[str, Any]], look: Look) -> list[str]:
    notes: dict[str, None] = {}
    for finding in group:
        held = finding["held_back"]
        if held:
            notes[look.say("held", reasons=look.words["sentence"].join(held["reasons"]) or held["cap"])] = None
        notes.update(dict.fromkeys(finding["notes"]))
    return list(notes)


def _helps(group: list[dict[str, Any]], look: Look, commands: Sequence[str], target: str) -> list[str]:
    lines: list[str] = []
    seen: list[dict[str, Any]] = []
    for finding in group:
        remedy = finding["remedy"]
        if remedy and remedy not in seen:
            seen.append(remedy)
            lines += _help(remedy, look, commands, target, repeated=remedy["summary"] in {one["summary"] for one in seen[:-1]})
    return lines


def _help(remedy: dict[str, Any], look: Look, commands: Sequence[str], target: str, repeated: bool) -> list[str]:
    lines = [] if repeated else detail("help", [remedy["summary"]], look)
    for action in remedy["actions"]:
        lines += _action(action, look)
    command = runnable(remedy["command"], commands, target)
    return lines if command is None or repeated else [*lines, "      " + look.say("run", command=command)]


def _action(action: dict[str, Any], look: Look) -> list[str]:
    """The words to write stand on lines of their own, unbroken, so that they can be copied; what is no text to write stands beside."""
    key = "action." + action["kind"]
    if key + ".anywhere" in look.words and not action.get("file"):
        key += ".anywhere"
    title = look.say(key, file=safe(action.get("file") or "?", 120))
    words = safe_block(action["text"], lines=10_000) if action.get("text") else []
    proposal = safe(action.get("proposal") or "")
    if not words and proposal and action["kind"] in BESIDE:
        return look.prose(title + (" " if title.endswith(":") else "") + proposal, "      ")
    words = words or ([proposal] if proposal else [])
    if not words:
        return ["      " + title.rstrip(":：")] if action.get("file") else []
    left = len(words) - TEXT_LINES
    lines = ["      " + title] + ["        " + look.paint("pass", line) for line in words[:TEXT_LINES]]
    return [*lines, "        " + look.say("more_lines", n=left)] if left > 0 else lines


def runnable(command: str | None, commands: Sequence[str], target: str) -> str | None:
    """The command with its target, if this version has it.

    >>> runnable("tool notice --write", ["notice"], "my model"), runnable("tool fix", ["notice"], ".")
    ("tool notice --write 'my model'", None)
    """
    if not command or command.split()[1:2] == [] or command.split()[1] not in commands:
        return None
    words = safe(command)
    return words if target in (".", "") else f"{words} {quoted(target)}"


def quoted(word: str) -> str:
    plain = word and all(char.isalnum() or char in "@%+=:,./-_" for char in word)
    return safe(word if plain else "'" + word.replace("'", "'\"'\"'") + "'")
