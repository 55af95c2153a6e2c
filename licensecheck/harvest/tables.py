"""A document in, the rows of its tables that set a model beside what it was built on out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from licensecheck.evidence import Found, observed
from licensecheck.markdown import blanked

from .documents import Document

_RULE = re.compile(r":?-{2,}:?$")
_MARKUP = re.compile(r"[*_`~]+|<[^<>]{0,200}>")
_LINK = re.compile(r"\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_MOST_TABLES = 30
_MOST_ROWS = 60


def bases_in_tables(document: Document, columns: Sequence[str], notes: list[str] | None = None) -> tuple[Found, ...]:
    """One `row` for each line of a table with a column that names bases: the cell, and what the first cell says it is the base of.

    Tables of https://github.github.com/gfm/#tables-extension- ; `notes` take what was left unread.
    """
    if not any(column in document.content.lower() for column in columns):
        return ()
    lines = blanked(document.content).split("\n")
    written = document.content.split("\n")
    found = []
    for count, number in enumerate(_tables(lines)):
        if count >= _MOST_TABLES:
            _note(notes, f"{document.source}: only the first {_MOST_TABLES} tables were looked at")
            break
        header = [cell.lower() for cell in _cells(lines[number - 1])]
        column = next((index for index, cell in enumerate(header) if index and cell in columns), None)
        if column is None:
            continue
        for at in range(number + 1, len(lines)):
            cells = _cells(lines[at])
            if "|" not in lines[at] or len(cells) <= column:
                break
            if at > number + _MOST_ROWS:
                _note(notes, f"{document.source}: only the first {_MOST_ROWS} rows of the table in line {number} were looked at")
                break
            if cells[0] and cells[column] and not any(first <= at + 1 <= last for first, last in document.skip):
                evidence = observed(document.source, at + 1, f"table.{header[column]}", cells[column], "prose", written[at])
                found.append(Found("finetune", "row", cells[column], evidence, {"of": cells[0]}))
    return tuple(found)


def _tables(lines: list[str]) -> Iterator[int]:
    """Where the line below the header of each table stands (0-based)."""
    return (number for number, line in enumerate(lines) if number and _is_rule(line))


def _note(notes: list[str] | None, sentence: str) -> None:
    if notes is not None:
        notes.append(sentence)


def _is_rule(line: str) -> bool:
    """Dashes, with colons for the side, between bars.

    >>> [_is_rule(line) for line in ("| --- | :--: |", "--|--", "|", "---", "| a | -- |")]
    [True, True, False, False, False]
    """
    if "|" not in line or len(line) >= 2_000 or line.strip(" \t|:-"):
        return False
    body = line.strip().removeprefix("|")
    return "|" in body and all(_RULE.match(cell.strip()) for cell in body.removesuffix("|").split("|"))


def _cells(line: str) -> list[str]:
    """The cells of a row without mark-up; a link stands for its words.

    >>> _cells("| **Tiny** | [Base-7B](https://example.org/x) |")
    ['Tiny', 'Base-7B']
    """
    if len(line) > 4_000:
        return []
    plain = _MARKUP.sub("", _LINK.sub(r"\1", line.strip().removeprefix("|").removesuffix("|")))
    return [" ".join(cell.split()) for cell in plain.split("|")]
