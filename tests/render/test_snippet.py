"""Places: file, line, column, the line and its marks."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.render.snippet import places
from licensecheck.render.terminal import Look, cells
from licensecheck.render.words import EN


def item(**changes: Any) -> dict[str, Any]:
    where = {"source": "README.md", "line": 3, "column": 13, "snippet": "base_model: acme/base-7b"}
    return {**where, "value": "acme/base-7b", "how": "declared", "key": "base_model", **changes}


def shown(*items: dict[str, Any], width: int = 80, known: set[Any] | None = None) -> list[str]:
    return places(list(items), Look(EN, width, colour=False), set() if known is None else known)


def test_spot_is_marked_below_the_line() -> None:
    assert shown(item()) == [
        "   --> README.md:3:13",
        "    |",
        "  3 | base_model: acme/base-7b",
        "    |             ^^^^^^^^^^^^",
    ]


def test_wrong_column_gives_way_to_the_value() -> None:
    lines = shown(item(column=2))
    assert lines[0] == "   --> README.md:3:13"
    assert lines[-1] == "    |             ^^^^^^^^^^^^"


def test_line_without_a_known_spot_has_no_marks() -> None:
    assert shown(item(column=None, value="elsewhere"))[-1] == "  3 | base_model: acme/base-7b"


def test_column_beyond_the_line_has_no_marks() -> None:
    assert shown(item(column=900, value="elsewhere"))[-1] == "  3 | base_model: acme/base-7b"


def test_second_place_in_a_file_bears_on_the_first() -> None:
    lines = shown(item(), item(line=1, column=1, value="title", snippet="title: x"))
    assert lines[0] == "   --> README.md:3:13"
    assert lines[2:5] == ["  1 | title: x", "    | -----", "..."]


def test_what_an_earlier_block_showed_is_not_shown_again() -> None:
    known: set[Any] = set()
    shown(item(), known=known)
    assert shown(item(), known=known) == ["   --> README.md:3:13"]


@pytest.mark.parametrize("source", ["--as public", "."])
def test_command_line_and_folder_are_no_place(source: str) -> None:
    assert shown(item(source=source, line=None)) == []


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("before", ["", "x" * 30, "x" * 150, "模" * 60])
@pytest.mark.parametrize("value", ["spot", "s" * 200, "模型"])
def test_long_line_is_cut_around_its_spot(width: int, before: str, value: str) -> None:
    lines = shown(item(snippet=before + value + "y" * 150, value=value, column=len(before) + 1), width=width)
    code, marks = lines[2], lines[3]
    assert all(cells(line) <= width for line in lines)
    start = cells(marks[: marks.index("^")])
    covered, column = "", 0
    for char in code:
        covered += char if start <= column < start + marks.count("^") else ""
        column += cells(char)
    assert covered
    assert value.startswith(covered)
