"""The lines of a licence text in, the line on which each of its sections begins out, labelled by the text's own numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .markers import ROMAN, Marker, markers_of

_ATTACHMENT = re.compile(
    r"\W*(attachment|exhibit|annex|schedule|appendix|addendum|附件|附录)\s*([A-Z]|[0-9]{1,2}|[一二三四五])?\W*(\s|$|[:：])", re.IGNORECASE
)

#: Parts whose items are sections even where they carry bullets.
_LISTING = ("attachment", "exhibit", "appendix", "附件", "附录")

#: A line set off as a heading, and the one after it.
_HEADING = re.compile(r" {0,3}(#{1,6}\s|\*\*[^*]+\*\*:?\s*(?:\n|$)|[^\n]+\n\s*[-=]{3,}\s*$)")

_BARE_HEADING = re.compile(r"\s{0,3}(\d{1,2})\s+[A-Z][^\s.;:,]*(?:\s+[^\s.;:,]+){0,6}\s*")

#: What a second part is called whose numbers begin anew.
ANNEX = "annex"


class Level(NamedTuple):
    """One open list: what marks it, the last marker, how far in it stands, what goes into labels, items so far, has this one a title?"""

    style: str
    ordinal: int
    indent: int
    part: str
    items: int
    titled: bool = False


class Start(NamedTuple):
    """A section begins on `line` (from 0)."""

    line: int
    label: str


class _Outline:
    """The lists open at the line being read. `policy` texts letter their inner lists whatever their marks (1.a, not 1.1).

    `through`: numbers run through parts that are called sections, so that neither those titles nor a new 1 begin anything on top.
    """

    def __init__(self, policy: bool, through: bool) -> None:
        self.policy = policy
        self.through = through
        self.levels: list[Level] = []
        self.prefix = ""
        self.annexes = 0
        self.continued: dict[int, int] = {}
        self.bullets_closed = False
        self.titled = False

    @property
    def label(self) -> str:
        parts = ([self.prefix] if self.prefix else []) + [level.part for level in self.levels]
        return ".".join(parts)

    def enter(self, marker: Marker) -> bool:
        """Takes a marker if it fits the lists open; a number that goes on nothing is part of a sentence."""
        if self.through and _is_part(marker):
            return False
        self.titled = marker.titled
        if marker.path:
            return self._enter_path(marker)
        if marker.bullet:
            return self._enter_bullet(marker)
        return self._continue(marker) or self._open(marker) or self._skip(marker)

    def enter_heading(self, ordinal: int, indent: int) -> None:
        """Takes the number of a heading where headings are counted by themselves: a list below one begins at 1, and nothing anew."""
        self.levels = []
        self._set(0, "heading", ordinal, indent)

    def annex(self) -> None:
        self.annexes += 1
        self.prefix = ANNEX if self.annexes == 1 else f"{ANNEX} {self.annexes}"
        self.levels = []

    def _set(self, depth: int, style: str, ordinal: int, indent: int) -> bool:
        items = self.levels[depth].items + 1 if depth < len(self.levels) else 1
        part = _part(style, ordinal)
        above = self.levels[depth - 1].style if depth else ""
        if self.policy and depth and (style == above or style == "bullet"):
            inner = "letter" if depth == 1 else "roman"
            part = _part(inner, items)
        elif style == "bullet":
            part = str(items)
        self.levels[depth:] = [Level(style, ordinal, indent, part, items, self.titled)]
        self.continued[depth] = ordinal
        return True

    def _continue(self, marker: Marker) -> bool:
        fits = [
            (abs(level.indent - marker.indent), -depth, style, ordinal)
            for depth, level in enumerate(self.levels)
            for style, ordinal in marker.readings
            if level.style == style and ordinal == level.ordinal + 1
        ]
        if not fits:
            return False
        _, depth, style, ordinal = max(fits, key=lambda fit: fit[1]) if self._titles(fits) else min(fits)
        nested = marker.indent > self.levels[-depth].indent + 1 and any(first == 1 for _, first in marker.readings)
        return False if nested else self._set(-depth, style, ordinal, marker.indent)

    def _titles(self, fits: list[tuple[int, int, str, int]]) -> bool:
        """Does a title behind the number say that the outer one of two lists goes on, as its lines have titles and the inner ones none?"""
        levels = [self.levels[-depth] for _, depth, _, _ in fits]
        return self.titled and len(levels) == 2 and levels[0].titled and not levels[1].titled and levels[0].indent == levels[1].indent

    def _open(self, marker: Marker) -> bool:
        first = [style for style, ordinal in marker.readings if ordinal == 1]
        if not first:
            return False
        style = first[-1]
        for depth, level in enumerate(self.levels):
            if level.style == style and abs(level.indent - marker.indent) <= 1 and (depth or level.ordinal > 1):
                if depth:
                    return self._set(depth, style, 1, marker.indent)
                if not self.through:
                    self.annex()
        depth = len(self.levels)
        while depth and self.levels[depth - 1].indent > marker.indent + 1 and self.levels[depth - 1].style.startswith(("digit", "bullet")):
            depth -= 1
        del self.levels[depth:]
        return self._set(depth, style, 1, marker.indent)

    def _skip(self, marker: Marker) -> bool:
        depth = len(self.levels)
        for style, ordinal in marker.readings:
            for at, level in reversed(list(enumerate(self.levels))):
                if level.style == style and 0 < ordinal - level.ordinal <= 3 and abs(level.indent - marker.indent) <= 1:
                    return self._set(at, style, ordinal, marker.indent)
            if depth and marker.indent > self.levels[-1].indent + 1 and self.continued.get(depth) == ordinal - 1 and style == "digit":
                return self._set(depth, style, ordinal, marker.indent)
        return False

    def _enter_path(self, marker: Marker) -> bool:
        path = marker.path
        top = self.levels[0].ordinal if self.levels else 0
        if path[0] not in (top, top + 1) and not (top == 0 and path[0] <= 3):
            if path[0] == 1 and top > 1 and path[-1] in (0, 1):
                self.annex()
            else:
                return False
        if not self.levels or self.levels[0].ordinal != path[0]:
            self.levels = [Level("digit", path[0], marker.indent, str(path[0]), 1)]
        self.levels = self.levels[:1] + [Level("dotted", part, marker.indent, str(part), 1) for part in path[1:]]
        return True

    def _enter_bullet(self, marker: Marker) -> bool:
        listed = self.policy or self.prefix.startswith(_LISTING)
        if not listed or self.bullets_closed or (self.levels and self.levels[0].style != "bullet"):
            return False
        for depth, level in enumerate(self.levels):
            if abs(level.indent - marker.indent) <= 1:
                return self._set(depth, "bullet", 0, marker.indent)
        return self._set(len(self.levels), "bullet", 0, marker.indent)


def _part(style: str, ordinal: int) -> str:
    if style.endswith("letter"):
        return chr(ord("a") + ordinal - 1)
    return ROMAN[ordinal - 1] if style.endswith("roman") else str(ordinal)


def outline(lines: list[str], policy: bool) -> list[Start]:
    """Where sections begin, the stretch before the first one ("") included."""
    state = _Outline(policy, _numbered_through(lines))
    headings = {} if policy else _numbered_headings(lines)
    starts = [Start(0, "")]
    blank, mark_line = True, -1
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        before = state.annexes
        alone = blank or len(lines[number - 1].split()) <= 8
        attachment = _ATTACHMENT.match(line) if len(line.split()) <= 12 and alone else None
        if attachment and state.levels:
            state.levels, state.prefix = [], " ".join(filter(None, (attachment[1].lower(), (attachment[2] or "").lower())))
            starts.append(Start(number, state.prefix))
        if number in headings:
            state.enter_heading(headings[number], _indent(line))
            starts.append(Start(number, state.label))
            mark_line = number
        for marker in [] if attachment or number in headings else markers_of(line):
            if state.enter(marker):
                if state.annexes > before:
                    starts.append(Start(_heading(lines, mark_line, number), state.prefix))
                    before = state.annexes
                starts.append(Start(number, state.label))
                mark_line = number
        if number != mark_line and blank and state.levels and not attachment:
            _leave(state, lines, number, starts, mark_line)
        blank = False
    return _distinct(_closed(starts, lines, mark_line) if policy and mark_line >= 0 else starts)


def _is_part(marker: Marker) -> bool:
    return any(style == "section" for style, _ in marker.readings)


def _numbered_through(lines: list[str]) -> bool:
    """Is the first plain number after the second "Section" heading not a 1? Then those headings name parts, and the numbers run through."""
    parts = 0
    for line in lines:
        for marker in markers_of(line)[:1]:
            parts += _is_part(marker)
            numbers = [ordinal for style, ordinal in marker.readings if style == "digit"]
            if numbers and parts > 1:
                return numbers[0] > 1
    return False


def _numbered_headings(lines: list[str]) -> dict[int, int]:
    """The numbers of headings (`#`, bold, underlined, or a short line as `2 Grant`) by line, if these are 1, 2, 3, ...; else none."""
    marked: dict[int, int] = {}
    bare: dict[int, int] = {}
    for number, line in enumerate(lines):
        numbered = [marker.readings[0][1] for marker in markers_of(line)[:1] if marker.readings and marker.readings[0][0] == "digit"]
        if numbered and _HEADING.match("\n".join(lines[number : number + 2])):
            marked[number] = numbered[0]
        elif (short := _BARE_HEADING.fullmatch(line)) and not "".join(lines[max(0, number - 1) : number]).strip():
            bare[number] = int(short[1])
    return next((found for found in (marked, bare) if len(found) > 2 and [*found.values()] == [*range(1, len(found) + 1)]), {})


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


def _leave(state: _Outline, lines: list[str], number: int, starts: list[Start], mark_line: int) -> None:
    """A paragraph as far out as its item's marker, where items hang further in, belongs to what the item is part of."""
    indent, level = _indent(lines[number]), state.levels[-1]
    body = lines[mark_line + 1 : mark_line + 2]
    hanging = bool(body and body[0].strip() and _indent(body[0]) > level.indent)
    top = state.levels[0]
    if state.policy and top.style == "bullet" and indent <= top.indent and not lines[number].lstrip().startswith(("*", "-", "#")):
        state.bullets_closed = True
    if len(state.levels) > 1 and (indent < level.indent or (indent == level.indent and hanging)) and indent >= state.levels[-2].indent:
        starts.append(Start(number, ".".join(([state.prefix] if state.prefix else []) + [above.part for above in state.levels[:-1]])))


def _heading(lines: list[str], after: int, marker: int) -> int:
    """The title line under which numbering begins anew, else the line of the marker itself."""
    for number in range(after + 1, marker):
        words = lines[number].split()
        if 0 < len(words) <= 12 and not lines[number].rstrip(" *").endswith((".", ";", ",", ":")) and not lines[number - 1].strip():
            return number
    return marker


def _closed(starts: list[Start], lines: list[str], mark_line: int) -> list[Start]:
    """Paragraphs of a policy after its last item."""
    starts = [start for start in starts if start.line <= mark_line]
    count, blank = 0, False
    for number in range(mark_line + 1, len(lines)):
        line = lines[number]
        if line.strip() and blank and _indent(line) <= 1 and not re.match(r"\s*[-*•]\s", line):
            count += 1
            starts.append(Start(number, "closing paragraph" if count == 1 else f"closing paragraph {count}"))
        blank = not line.strip()
    return starts


def _distinct(starts: Iterable[Start]) -> list[Start]:
    """Labels that come up again after others get a number; a section may go on after its inner lists."""
    seen: dict[str, int] = {}
    parents: set[str] = set()
    result: list[Start] = []
    for start in starts:
        label = start.label
        going_on = any(other.label.startswith(f"{label}.") for other in result[-1:]) or label == ""
        if label in seen and not going_on and label not in parents:
            seen[label] += 1
            label = f"{label} ({seen[label]})"
        else:
            seen.setdefault(label, 1)
        result.append(Start(start.line, label))
    return result
