"""What files were identified as in, lines for a terminal out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .sections import section_in
from .terminal import safe

#: Sections named before the rest is counted.
MOST_SECTIONS = 12

WORDS = {
    "en": {
        "lang": "en",
        "line": "{path}: {said}",
        "none": "no known licence text",
        "licence": "{license} ({name})",
        "named": "{licence}, named in {part}",
        "match": "{licence}, {state}, {where}, text {edition}, score {score}",
        "lines": "lines {start}-{end}",
        "lines.in": "lines {start}-{end} in {part}",
        "dated": "{text} of {date}",
        "complete": "complete",
        "altered": "altered",
        "missing": "with parts missing",
        "and": " and ",
        "comma": ", ",
        "section": "§{label}",
        "section.named": "the {label}",
        "section.none": "what has no section number",
        "figure": "{was} → {now} (line {line})",
        "differs": "{section} differs",
        "differs.figures": "{section} differs: {figures}",
        "lacks": "{section} is missing here",
        "more.differs": "{n} more sections differ",
        "more.lacks": "{n} more sections are missing here",
    },
    "zh": {
        "lang": "zh",
        "line": "{path}：{said}",
        "none": "未发现已知的许可文本",
        "licence": "{license}（{name}）",
        "named": "{licence}，见于 {part}",
        "match": "{licence}，{state}，{where}，文本 {edition}，相似度 {score}",
        "lines": "第 {start}-{end} 行",
        "lines.in": "{part} 第 {start}-{end} 行",
        "dated": "{text}（{date}）",
        "complete": "完整",
        "altered": "经改动",
        "missing": "缺少部分内容",
        "and": "且",
        "comma": "，",
        "section": "§{label}",
        "section.named": "{label}",
        "section.none": "无编号的部分",
        "figure": "{was} → {now}（第 {line} 行）",
        "differs": "{section} 不同",
        "differs.figures": "{section} 不同：{figures}",
        "lacks": "{section} 在此缺失",
        "more.differs": "另有 {n} 节不同",
        "more.lacks": "另有 {n} 节在此缺失",
    },
}
Words = Mapping[str, str]


def identified(rows: Iterable[Mapping[str, Any]], lang: str = "en") -> str:
    """One block for each file: a line for each licence in it, and one for each thing that is not as in the licence."""
    words = WORDS[lang]
    lines: list[str] = []
    for row in rows:
        path = safe(row["path"])
        if not row["matches"]:
            lines.append(words["line"].format(path=path, said=words["none"]))
        for match in row["matches"]:
            lines.append(words["line"].format(path=path, said=_what(match, words)))
            lines += [f"  {line}" for line in _differences(match, words)]
    return "".join(line + "\n" for line in lines)


def section(label: str, words: Words) -> str:
    """How a section is spoken of.

    >>> section("1.b.iii", WORDS["en"]), section("appendix", WORDS["en"]), section("appendix", WORDS["zh"]), section("", WORDS["zh"])
    ('§1.b.iii', 'the appendix', '附录', '无编号的部分')
    """
    if not label:
        return words["section.none"]
    return words["section" if label[0].isdigit() else "section.named"].format(label=section_in(safe(label), words["lang"]))


def _what(match: Mapping[str, Any], words: Words) -> str:
    licence = match["license"]
    if match["name"] and match["name"] != licence:
        licence = words["licence"].format(license=licence, name=match["name"])
    if match["version"] is None:
        return words["named"].format(licence=licence, part=safe(match["part"]))
    version = match["version"]
    dated = version["date"] and not version["text"].endswith(version["date"])
    edition = words["dated"].format(**version) if dated else version["text"]
    lines = words["lines.in" if match["part"] else "lines"]
    where = lines.format(start=match["start_line"], end=match["end_line"], part=safe(match["part"] or ""))
    return words["match"].format(licence=licence, state=_state(match, words), where=where, edition=edition, score=f"{match['score']:.4g}")


def _state(match: Mapping[str, Any], words: Words) -> str:
    if match["complete"]:
        return words["complete"]
    parts = [("altered", match["altered_sections"]), ("missing", match["missing_sections"])]
    return words["and"].join(words[word] for word, found in parts if found) or words["altered"]


def _differences(match: Mapping[str, Any], words: Words) -> list[str]:
    changes: dict[str, list[str]] = {}
    for change in match["changes"]:
        figure = words["figure"].format(was=safe(change["was"]), now=safe(change["now"]), line=change["line"])
        changes.setdefault(change["section"], []).append(figure)
    altered = [_differs(label, changes.get(label), words) for label in match["altered_sections"]]
    missing = [words["lacks"].format(section=section(label, words)) for label in match["missing_sections"]]
    return _first(altered, words["more.differs"]) + _first(missing, words["more.lacks"])


def _differs(label: str, changes: list[str] | None, words: Words) -> str:
    figures = words["comma"].join(changes or ())
    return words["differs.figures" if changes else "differs"].format(section=section(label, words), figures=figures)


def _first(lines: list[str], more: str) -> list[str]:
    return lines if len(lines) <= MOST_SECTIONS else [*lines[:MOST_SECTIONS], more.format(n=len(lines) - MOST_SECTIONS)]
