"""A document in, its sentences as a reader sees them, each with the way back to where it stands, out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from licensecheck.markdown import blanked
from licensecheck.records import Record

#: longer than this is no sentence: it is cut there
_LONGEST = 800
_MOST_HITS = 3_000
#: compiled where they are used: most documents claim nothing
_ENDS = (
    r"[.!?][\"'”’)\]*_]{0,4}(?=\s|$|<)|[。！？；\u2029][”」』’]?|\n[ \t]*\n"
    r"|\n(?=[ \t]*(?:[-*+][ \t]|[#|>]|\d{1,3}[.)]|\\item|\\section|\\paragraph|</?(?:p|li|h\d|div|tr|br)\b))"
    r"|</(?:p|li|h\d)>|</t[dh]>(?!\s{0,20}<t[dh]\b)"
)
_SILENT = (
    r"<[^<>\n]{0,300}>|\]\([^()\s]{0,500}\)|\\(?:href|cite[a-z]{0,8})\{[^{}]{0,300}\}|\\[a-zA-Z]+\b|&(?:[a-zA-Z]{2,8}|#[0-9]{1,5}|#x[0-9a-fA-F]{1,4});"
    r"|[*_`~#\[\]{}\\]"
)
_SIZE = r"[0-9][bm](?![a-z])"
#: characters from a stem to the name it counts with
_NEAR = 120
_CLOSING = " )]）】\"'”’」』|"
_CELL_ENDS = ("</td>", "</th>")
_TO_DO = ("- [ ]", "* [ ]", "+ [ ]")
_ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "cf.", "al.", "fig.", "approx.", "inc.", "ltd.", "co.", "no.", "v.")


class Sentence(Record):
    """`text` is folded: lower case, simplified, no mark-up, single spaces; `places` are the offsets of its characters in the document."""

    text: str
    #: the same in its own capitals and characters
    cased: str
    places: tuple[int, ...]
    #: does it end with a question mark, or stand in a list of what is to be done?
    asks: bool


def sentences_about(
    content: str, stems: Sequence[str], simplified: Mapping[int, str], beside_names: Sequence[str] = (), names: Sequence[str] = ()
) -> Iterator[Sentence]:
    """The sentences that hold one of the stems, in order; code blocks and comments are none of the prose.

    `simplified` maps traditional characters to the simplified ones that the stems are written in. Stems `beside_names` count where the
    sentence holds one of the `names` too, or what looks like the name of a model.
    """
    plain = blanked(content)
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a few letters grow when lowered
        lowered = plain
    if not lowered.isascii():
        lowered = lowered.translate(simplified)
    hits = _hits(lowered, stems)
    if beside_names:
        hits = sorted({*hits, *_beside(_hits(lowered, beside_names), _names_in(lowered, names))})
    done = -1
    for position in hits:
        if position >= done:
            start, done = _bounds(lowered, position)
            yield _folded(plain, start, done, simplified)


def _hits(text: str, words: Sequence[str]) -> list[int]:
    return sorted({position for word in words for position in _positions(text, word)})[:_MOST_HITS]


def _names_in(text: str, names: Sequence[str]) -> list[int]:
    """Where names of models stand, or sizes as they have."""
    return sorted({*_hits(text, [name for name in names if name in text]), *(match.start() for match in re.finditer(_SIZE, text))})


def _beside(hits: Sequence[int], names: Sequence[int]) -> Iterator[int]:
    """Those that have a name near them."""
    for position in hits:
        at = bisect_left(names, position - _NEAR)
        if at < len(names) and names[at] <= position + _NEAR:
            yield position


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
    shown: dict[int, str] = {}
    if raw.lstrip().startswith("#") and (line := raw.find("\n", len(raw) - len(raw.lstrip()))) > 0:
        shown[line] = ":"  # what stands right below a heading is said under it
    for match in re.finditer(_SILENT, raw):
        for index in range(match.start(), match.end()):
            silent[index] = True
        if match.group()[0] == "&" or match.group().lower() in _CELL_ENDS:
            shown[match.start()] = _entity(match.group()) if match.group()[0] == "&" else "|"
    text: list[str] = []
    places: list[int] = []
    for index, char in enumerate(raw):
        if silent[index] and index not in shown:
            continue
        char = shown.get(index, char)
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
    to_do = raw.lstrip().startswith(_TO_DO)
    return Sentence(lowered, cased, tuple(places), to_do or cased.rstrip(_CLOSING).endswith(("?", "？")))


def _entity(name: str) -> str:
    """The character that an entity of HTML stands for; a space for several and for what is none."""
    from html import unescape  # a table of two thousand; few documents have one

    said = unescape(name)
    return said if len(said) == 1 and not said.isspace() else " "
