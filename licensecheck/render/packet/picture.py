"""A report's lineage in, a drawing out: boxes with their places, and the lines between them. No layout program is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.render.graph import Arrow, Box, drawn
from licensecheck.render.terminal import cells, clip

#: More boxes than this are no picture that anybody can read.
MOST = 36
#: Sizes in the drawing's own units, which are CSS pixels at its natural size.
_LINE, _PAD, _GAP_Y, _GAP_X, _LETTER, _WIDEST = 18, 12, 26, 210, 8.4, 34


@dataclass(frozen=True)
class Drawn:
    """One box: its corner, its size and its lines of text, with the whole name for whoever cannot read a cut one."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    below: str
    kind: str
    whole: str

    @property
    def named(self) -> bool:
        """Is it something else than a model, so that the picture says what?"""
        return self.kind not in ("model", "subject")


@dataclass(frozen=True)
class Line:
    """One line from box to box as an SVG path; `relation` is an id, `x` and `y` are where its word stands."""

    path: str
    relation: str
    sure: bool
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """A drawing of `width` by `height` units."""

    width: int
    height: int
    boxes: tuple[Drawn, ...]
    lines: tuple[Line, ...]


def picture(report: Any) -> Picture | None:
    """The drawing; None where there is nothing to draw or too much of it."""
    boxes, arrows = drawn([report], {})
    if len(boxes) < 2 or len(boxes) > MOST:
        return None
    columns = _columns(len(boxes), arrows)
    placed = _placed(boxes, columns, arrows)
    lines = tuple(_line(placed[arrow.start], placed[arrow.end], arrow) for arrow in arrows)
    width = max(box.x + box.width for box in placed) + 2
    height = max(max(box.y + box.height for box in placed), *(line.y for line in lines), 0) + 8
    return Picture(width, height, tuple(placed), lines)


def _columns(count: int, arrows: Sequence[Arrow]) -> list[int]:
    """How far each box is from the subject, by the longest way that does not run in a circle."""
    columns = [0] + [1] * (count - 1)
    for _ in range(count):
        moved = False
        for arrow in arrows:
            if arrow.start != arrow.end and arrow.end != 0 and columns[arrow.end] <= columns[arrow.start] < count - 1:
                columns[arrow.end] = columns[arrow.start] + 1
                moved = True
        if not moved:
            return columns
    return [min(column, 1) for column in columns]  # a circle has no order


def _placed(boxes: Sequence[Box], columns: Sequence[int], arrows: Sequence[Arrow]) -> list[Drawn]:
    """Columns from left to right; in each, boxes stand in the order of what they hang on, in the middle of the height."""
    order: dict[int, list[int]] = {}
    for column in sorted(set(columns)):
        members = [index for index, own in enumerate(columns) if own == column]
        before = {index: place for place, index in enumerate(order.get(column - 1, []))}
        parents = {index: [before[arrow.start] for arrow in arrows if arrow.end == index and arrow.start in before] for index in members}
        order[column] = sorted(members, key=lambda index: (min(parents[index], default=0), index))
    sizes = {index: _size(box) for index, box in enumerate(boxes)}
    heights = {column: sum(sizes[index][1] + _GAP_Y for index in members) - _GAP_Y for column, members in order.items()}
    tallest = max(heights.values())
    found: dict[int, Drawn] = {}
    x = 2
    for column, members in order.items():
        y = 14 + (tallest - heights[column]) // 2
        widest = max(sizes[index][0] for index in members)
        for index in members:
            _, height, lines, below = sizes[index]
            found[index] = Drawn(x, y, widest, height, lines, below, boxes[index].kind, boxes[index].name)
            y += height + _GAP_Y
        x += widest + _GAP_X
    return [found[index] for index in range(len(boxes))]


def _size(box: Box) -> tuple[int, int, tuple[str, ...], str]:
    owner, slash, name = box.name.partition("/")
    lines = tuple(clip(part, _WIDEST) for part in ((owner + slash, name) if slash and name else (box.name,)))
    below = clip(box.below, _WIDEST)
    told = cells(below) + (cells(box.kind) + 3 if box.kind not in ("model", "subject") else 0)
    widest = max(told, *(cells(text) for text in lines))
    return int(widest * _LETTER) + 2 * _PAD, (len(lines) + bool(told)) * _LINE + 2 * _PAD - 4, lines, below


def _line(start: Drawn, end: Drawn, arrow: Arrow) -> Line:
    if start is end or end.x <= start.x:  # back or down: a bow below both
        x1, x2 = start.x + start.width // 2, end.x + end.width // 2
        y1, y2 = start.y + start.height, end.y + end.height
        low = max(y1, y2) + 34
        return Line(f"M{x1} {y1} C{x1} {low} {x2} {low} {x2} {y2}", arrow.label, arrow.sure, (x1 + x2) // 2, low - 4)
    x1, y1 = start.x + start.width, start.y + start.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    bend = x2 - _GAP_X
    turn = f"H{bend} C{bend + 40} {y1} {bend + 12} {y2} {bend + 52} {y2} " if y1 != y2 else ""
    return Line(f"M{x1} {y1} {turn}H{x2 - 7}", arrow.label, arrow.sure, (bend + (52 if turn else 0) + x2) // 2, y2 - 6)
