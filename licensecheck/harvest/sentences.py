"""A document in, its sentences as a reader sees them, each with the way back to where it stands, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from licensecheck.markdown import blanked
from licensecheck.records import Record

#: longer than this is no sentence: it is cut there
_LONGEST = 800
_MOST_HITS = 3_000
#: compiled where they are used: most documents claim nothing
_ENDS = (
    r"[.!?][\"'”’)\]*_]{0,4}(?=\s|$)|[。！？；\u2029][”」』’]?|\n[ \t]*\n"
    r"|\n(?=[ \t]*(?:[-*+][ \t]|[#|>]|\d{1,3}[.)]|\\item|\\section|\\paragraph|</?(?:p|li|h\d|div|td|tr|br)\b))|</(?:p|li|h\d|td)>"
)
_SILENT = (
    r"<[^<>\n]{0,300}>|\]\([^()\s]{0,500}\)|\\(?:textbf|textit|emph|href\{[^{}]{0,300}\}|cite\{[^{}]{0,200}\}|[a-zA-Z]+)\b|[*_`~#\[\]{}\\]"
)
_ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "cf.", "al.", "fig.", "approx.", "inc.", "ltd.", "co.", "no.", "v.")


class Sentence(Record):
    """`text` is folded: lower case, simplified, no mark-up, single spaces; `places` are the offsets of its characters in the document."""

    text: str
    #: the same in its own capitals and characters
    cased: str
    places: tuple[int, ...]
    #: does it end with a question mark?
    asks: bool


def sentences_about(content: str, stems: Sequence[str], simplified: Mapping[int, str]) -> Iterator[Sentence]:
    """The sentences that hold one of the stems, in order; code blocks and comments are none of the prose.

    `simplified` maps traditional characters to the simplified ones that the stems are written in.
    """
    plain = blanked(content)
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a few letters grow when lowered
        lowered = plain
    if not lowered.isascii():
        lowered = lowered.translate(simplified)
    hits = sorted({position for stem in stems for position in _positions(lowered, stem)})[:_MOST_HITS]
    done = -1
    for position in hits:
        if position >= done:
            start, done = _bounds(lowered, position)
            yield _folded(plain, start, done, simplified)


def _positions(text: str, stem: str) -> Iterator[int]:
    position = text.find(stem)
    count = 0
    while position >= 0 and count < _MOST_HITS:
        yield position
        count += 1
        position = text.find(stem, position + len(stem))


def _bounds(text: str, position: int) -> tuple[int, int]:
    """Where the sentence around a position begins and ends."""
    earliest = max(0, position - _LONGEST)
    start = earliest
    ends = re.compile(_ENDS)
    for match in ends.finditer(text, earliest, position):
        if not _goes_on(text, match):
            start = match.end()
    end = min(len(text), position + _LONGEST)
    for match in ends.finditer(text, position, end):
        if not _goes_on(text, match):
            return start, match.end()
    return start, end


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """A full stop that ends a shortened word, or stands before a small letter, ends no sentence."""
    if match.group()[0] != ".":
        return False
    before = text[max(0, match.start() - 8) : match.start() + 1]
    return before.endswith(_ABBREVIATIONS) and any(
        before.endswith((" " + word, "(" + word, "," + word)) or before == word for word in _ABBREVIATIONS
    )


def _folded(plain: str, start: int, end: int, simplified: Mapping[int, str]) -> Sentence:
    raw = plain[start:end]
    silent = [False] * len(raw)
    for match in re.finditer(_SILENT, raw):
        for index in range(match.start(), match.end()):
            silent[index] = True
    text: list[str] = []
    places: list[int] = []
    for index, char in enumerate(raw):
        if silent[index]:
            continue
        if char.isspace():
            if not text or text[-1] == " ":
                continue
            char = " "
        text.append(char)
        places.append(start + index)
    cased = "".join(text)
    lowered = cased.lower()
    if len(lowered) != len(cased):  # a few letters grow when lowered
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in cased)
    if not lowered.isascii():
        lowered = lowered.translate(simplified)
    return Sentence(lowered, cased, tuple(places), raw.rstrip().endswith(("?", "？")))
