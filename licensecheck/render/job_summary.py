"""Reports in, the summary page of a GitHub job out: Markdown with a table per subject, at most as long as GitHub takes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from licensecheck.errors import UsageError
from licensecheck.report import KINDS

from .blocks import cited, is_waived
from .markdown import code, escaped
from .snippet import in_files, place
from .terminal import safe

#: What GitHub takes of one step; longer summaries are refused as a whole.
LARGEST = 1024 * 1024
#: What GitHub takes of one comment on a pull request is 65536 characters.
COMMENT = 65_000
#: With less room than this there is no page at all.
LEAST = 2000
_CELL = 600

WORDS = {
    "en": {
        "lang": "en",
        "colon": ": ",
        "comma": ", ",
        "list": ", ",
        "clause": " ({clause})",
        "title": "Licences and attribution",
        "head": "| | rule | where | what and why | help |",
        "kinds": {"fail": "❌ fail", "open": "❓ open", "review": "👁 review", "pass": "✅ pass", "informational": "note"},
        "none": "Nothing to mend, answer or judge.",
        "waived": "Accepted: {n}",
        "asked": "Questions: {facts}",
        "cut": "… {n} more rows than fit here; `--format json` has all of them.",
        "not_examined": "Not examined: {what}. This is no legal advice.",
    },
    "zh": {
        "lang": "zh",
        "colon": "：",
        "comma": "，",
        "list": "、",
        "clause": "（{clause}）",
        "title": "许可与署名",
        "head": "| | 规则 | 位置 | 内容与原因 | 建议 |",
        "kinds": {"fail": "❌ 不符", "open": "❓ 待定", "review": "👁 待审", "pass": "✅ 通过", "informational": "提示"},
        "none": "没有需要修正、回答或判断的事项。",
        "waived": "已接受：{n}",
        "asked": "待答问题：{facts}",
        "cut": "…… 另有 {n} 行：超出此处的长度；完整内容见 `--format json`。",
        "not_examined": "未检查：{what}。本报告不构成法律意见。",
    },
}


def render(reports: Sequence[Any], *, lang: str = "en", room: int = LARGEST) -> str:
    """The page in at most `room` bytes; rows that do not fit are counted."""
    words: dict[str, Any] = WORDS[lang]
    lines = [f"## {words['title']}", ""]
    used = len("\n".join(lines).encode()) + 400
    left = 0
    for report in reports:
        for line, is_row in _of_subject(report, words):
            size = len(line.encode("utf-8", "replace")) + 1
            if used + size > room:
                left += is_row
                continue
            used += size
            lines.append(line)
    if left:
        lines += ["", words["cut"].format(n=left)]
    return "\n".join(lines) + "\n"


def _of_subject(report: Any, words: dict[str, Any]) -> list[tuple[str, bool]]:
    """Lines of one subject, and whether each is a row of the table."""
    live = [finding for finding in report["findings"] if not is_waived(finding)]
    kinds = [finding["kind"] for finding in live]
    counts = words["comma"].join(f"{words['kinds'].get(kind, kind)} {kinds.count(kind)}" for kind in KINDS[:5] if kind in kinds)
    lines = [f"### {escaped(report['subject']['name'] or '?')} ({code(report['subject']['target'])})", ""]
    lines += [counts, ""] if counts else []
    rows = [_row(finding, words) for kind in KINDS[:3] for finding in live if finding["kind"] == kind]
    found = [(line, False) for line in [*lines, *([words["head"], "| --- | --- | --- | --- | --- |"] if rows else [words["none"]])]]
    found += [(row, True) for row in rows]
    ends = []
    waived = [finding for finding in report["findings"] if is_waived(finding)]
    if waived:
        reasons = [f"{code(item['rule'])} ({escaped(item['suppressions'][0]['justification'], _CELL)})" for item in waived]
        listed = words["list"].join(reasons[:50]) + (" …" if len(reasons) > 50 else "")
        ends.append(words["waived"].format(n=len(waived)) + words["colon"] + listed)
    if report["questions"]:
        ends.append(words["asked"].format(facts=words["list"].join(code(question["fact"]) for question in report["questions"])))
    if report["not_examined"]:
        ends.append(words["not_examined"].format(what=words["list"].join(map(escaped, report["not_examined"]))))
    return [*found, *((line, False) for end in ends for line in ("", end)), ("", False)]


def _row(finding: Any, words: dict[str, Any]) -> str:
    spots = in_files(finding["evidence"])
    where = _cell(code(place(spots[0]))) if spots else ""
    question = finding["question"] or {}
    said = question.get("ask") if finding["kind"] == "open" and question.get("ask") else finding["message"]
    clause = words["clause"].format(clause=escaped(cited(finding, finding["license"], words["lang"]))) if finding["license"] else ""
    about = f"<br>{escaped(finding['component'])}" if finding["component"] else ""
    remedy = finding["remedy"] if finding["kind"] != "open" else None
    helps = []
    if remedy:
        helps.append(escaped(remedy["summary"], _CELL))
        texts = [action.get("text") or action.get("proposal") for action in remedy["actions"]]
        helps += [_cell(code(safe(text, _CELL))) for text in texts if text]
    elif question.get("if"):
        helps += [f"{_cell(code(answer))}{words['colon']}{words['kinds'].get(kind, kind)}" for answer, kind in question["if"].items()]
    cells = [
        words["kinds"][finding["kind"]],
        _cell(code(finding["rule"])) + about,
        where,
        escaped(said, _CELL) + clause,
        "<br>".join(helps),
    ]
    return "| " + " | ".join(cells) + " |"


def _cell(span: str) -> str:
    """A code span in a table: a bar ends the cell even there."""
    return span.replace("|", "\\|")


def append(path: str, text: str) -> None:
    """Add to the summary file that the runner names."""
    try:
        with open(path, "ab") as stream:
            stream.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{safe(path)}: the job summary cannot be written: {error.strerror or error}") from error


def room_in(path: str) -> int:
    """What is left of the step's limit."""
    try:
        return max(LARGEST - os.path.getsize(path), 0)
    except OSError:
        return LARGEST
