"""Reports in, workflow commands for GitHub out: one annotation per finding, worst first, in which no foreign text can be a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from licensecheck.report import KINDS

from .anchors import Locate, anchor
from .asked import by_question
from .blocks import cited, is_waived, whose
from .terminal import safe
from .words import WORDS as FIXED

#: GitHub shows so many annotations of each level for one step.
SHOWN = 10
_LEVELS = {"fail": "error", "open": "warning", "review": "warning", "informational": "notice"}
_LONGEST = 1500

WORDS = {
    "en": {
        "lang": "en",
        "asks": "{rule}: {title}",
        "subject": "{name}: {message}",
        "clause": "Clause: {clause}",
        "then": "If {answer}: {kind}",
        "help": "Help: {help}",
        "write": "{file}: {text}",
        "answer": "Answer in licensecheck.yaml ({fact}), or run llm-licensecheck init",
        "more": "{n} more of the level {level} than GitHub shows as annotations; the job summary and the log have all.",
        "none": "llm-licensecheck: nothing to annotate.",
    },
    "zh": {
        "lang": "zh",
        "asks": "{rule}：{title}",
        "subject": "{name}：{message}",
        "clause": "条款：{clause}",
        "then": "若 {answer}：{kind}",
        "help": "建议：{help}",
        "write": "{file}：{text}",
        "answer": "请在 licensecheck.yaml 中回答（{fact}），或运行 llm-licensecheck init",
        "more": "级别 {level} 另有 {n} 条超出 GitHub 的注释显示上限；任务摘要与日志中有全部内容。",
        "none": "llm-licensecheck：没有需要注释的内容。",
    },
}


def data(text: object) -> str:
    """The message of a command: what would end it is escaped, what a log viewer would obey is made visible.

    >>> data("100%\\n::error::x\\x1b[2J")
    '100%25%0A::error::x␛[2J'
    """
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(safe(line, _LONGEST).replace("%", "%25") for line in lines)


def prop(text: object) -> str:
    """The value of a property, where colons and commas count too.

    >>> prop("a,b: c")
    'a%2Cb%3A c'
    """
    return data(text).replace(":", "%3A").replace(",", "%2C")


def render(reports: Sequence[Any], locate: Locate, *, lang: str = "en", everything: bool = False) -> str:
    """One line per finding that is not waived; findings that wait for the same answer share one."""
    words = WORDS[lang]
    found = [item for report in reports for item in _annotations(report, locate, words, everything, len(reports) > 1)]
    lines = [line for _, line in sorted(found, key=lambda item: item[0])]
    for level in ("error", "warning", "notice"):
        left = sum(line.startswith(f"::{level} ") for line in lines) - SHOWN
        if left > 0:
            lines.append(words["more"].format(n=left, level=level))
    return "\n".join(lines or [words["none"]]) + "\n"


def _annotations(report: Any, locate: Locate, words: dict[str, str], everything: bool, several: bool) -> Iterator[tuple[int, str]]:
    live = [finding for finding in report["findings"] if not is_waived(finding)]
    groups = [[finding] for finding in live if finding["kind"] in ("fail", "review") or (everything and finding["kind"] == "informational")]
    groups += by_question([finding for finding in live if finding["kind"] == "open"]).values()
    for group in groups:
        first = group[0]
        message = _message(group, words)
        if several:
            message = words["subject"].format(name=report["subject"]["name"], message=message)
        place = anchor(group, report, locate)
        place["title"] = first["rule"] if len({item["rule"] for item in group}) == 1 else first["question"]["fact"]
        properties = ",".join(f"{key}={prop(value)}" for key, value in place.items())
        yield KINDS.index(first["kind"]), f"::{_LEVELS[first['kind']]} {properties}::{data(message)}"


def _message(group: list[Any], words: dict[str, str]) -> str:
    first = group[0]
    kinds = FIXED[words["lang"]]
    lines = [first["message"]]
    if first["kind"] == "open":
        question = first["question"] or {}
        waiting = dict.fromkeys(words["asks"].format(rule=item["rule"], title=item["title"]) for item in group)
        lines = [question.get("ask") or first["message"], *waiting]
        lines += [words["then"].format(answer=answer, kind=kinds["kind." + kind]) for answer, kind in (question.get("if") or {}).items()]
        lines.append(words["answer"].format(fact=question.get("fact") or first["rule"]))
    elif first["license"] is not None:
        lines.append(words["clause"].format(clause=cited(first, first["license"], words["lang"])))
    elif first.get("also_cites"):
        citations = (first["citation"], *first["also_cites"])
        lines += [words["clause"].format(clause=cited({"citation": citation}, whose(citation), words["lang"])) for citation in citations]
    if first["kind"] != "open" and first["remedy"]:
        lines.append(words["help"].format(help=first["remedy"]["summary"]))
        for action in first["remedy"]["actions"]:
            text = action.get("text") or action.get("proposal")
            if text:
                lines.append(words["write"].format(file=action["file"], text=text) if action.get("file") else text)
    return "\n".join(str(line) for line in lines)
