"""The lines of a licence text in, the stretches in which faithful copies differ out: title, copyright line, blanks, appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .store import BLANK, HEAD, TAIL
from .words import Words, words_of

#: A text of fewer words is one whose copies name their own owners in it.
SHORT = 700
#: The most words of an appendix that may be left out.
MAX_TAIL = 700

_COPYRIGHT = re.compile(r"\W*(copyright\b|\(c\)|©|all rights reserved|<year>|\[year\])", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\[(?!http)[a-z][^\]\[\n:/()]{2,60}\](?!\()|<(?!http)[a-z][^<>\n:/]{2,60}>|\{\{?[^{}\n]{2,40}\}\}?|_{4,}", re.IGNORECASE
)
_OWNER = re.compile(
    r"\b(?:the\s+)?(?:authors?\s+or\s+)?copyright\s+(?:holders?|owners?)(?:\s+(?:and|or)\s+(?:its\s+)?contributors)?|\bits\s+contributors\b"
    r"|\bits\s+copyright\s+holders\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\bname\s+of\s+(\S.{1,120}?)\s+may\s+be\s+used", re.IGNORECASE | re.DOTALL)
_HOW_TO_APPLY = re.compile(r"\W*(?:appendix\W+)?how to (?:apply|use) (?:the|these|this)\b", re.IGNORECASE)
_END_OF_TERMS = re.compile(r"\W*end of (?:the )?terms(?: and conditions)?\W*$", re.IGNORECASE)

Stretch = tuple[int, int, int]


def free_stretches(lines: list[str], words: Words, *, first_section: int, named_by_copies: bool) -> list[Stretch]:
    """In words: what may be missing at the start, be filled in, or be missing at the end.

    `first_section` is the line of the first numbered section; `named_by_copies`: a text that everybody puts his own name into.
    """
    found = [(0, _title_end(lines, words, first_section), HEAD)]
    if named_by_copies:
        found += [(0, _notice_end(lines, words), BLANK)]
        found += _placeholders(lines, words)
        if tail := tail_line(lines, words):
            found.append((_before(words, tail), len(words.tokens), TAIL))
        if len(words.tokens) < SHORT:
            found += _matches(_OWNER, lines, words) + _matches(_NAME, lines, words)
    return _merged(stretch for stretch in found if stretch[0] < stretch[1])


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Blanks that meet or overlap become one: what fills one in runs on into the next."""
    merged: list[Stretch] = []
    for start, end, kind in sorted(stretches, key=lambda stretch: (stretch[2], stretch)):
        if merged and kind == BLANK == merged[-1][2] and start <= merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end, kind))
    return merged


def tail_line(lines: list[str], words: Words) -> int:
    """The line on which the appendix on how to apply the licence begins, or 0."""
    for number, line in enumerate(lines):
        if _HOW_TO_APPLY.match(line) and number > len(lines) // 3:
            above = [other for other in range(max(0, number - 5), number) if lines[other].strip()]
            tail = above[-1] if above and _END_OF_TERMS.match(lines[above[-1]]) else number
            return tail if len(words.tokens) - _before(words, tail) <= MAX_TAIL else 0
    return 0


def _before(words: Words, line: int) -> int:
    return words.ends[line - 1] if line else 0


def _title_end(lines: list[str], words: Words, first_section: int) -> int:
    """Title lines at the top, before any sentence."""
    end = 0
    for number, line in enumerate(lines[: first_section or 12]):
        if not line.strip():
            continue
        count = words.ends[number] - _before(words, number)
        copyright_line = bool(_COPYRIGHT.match(line))
        if not copyright_line and (count > 12 or line.rstrip(" *").endswith((".", ",", ";", ":", "。", "："))):
            break
        end = words.ends[number]
    return end if end < len(words.tokens) // 3 else 0


def _notice_end(lines: list[str], words: Words) -> int:
    """The copyright lines at the top, with the title above them."""
    end = 0
    for number, line in enumerate(lines[:12]):
        if _COPYRIGHT.match(line):
            end = words.ends[number]
    return end if end < 60 else 0


def _placeholders(lines: list[str], words: Words) -> list[Stretch]:
    return _matches(_PLACEHOLDER, lines, words)


def _matches(pattern: re.Pattern[str], lines: list[str], words: Words) -> list[Stretch]:
    """Stretches of words that a pattern covers; it may run over a line's end."""
    text, found = "\n".join(lines), []
    for match in pattern.finditer(text):
        start = len(words_of(text[: match.start(match.lastindex or 0)]).tokens)
        end = len(words_of(text[: match.end(match.lastindex or 0)]).tokens)
        if 0 < end - start <= 12 and end <= len(words.tokens):
            found.append((start, end, BLANK))
    return found
