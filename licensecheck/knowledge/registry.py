"""The registry of published models, datasets and services: an id and a date in, the row that counts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
Index = Mapping[str, Mapping[str, list[Any]]]


def index_rows(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, list[Any]]]:
    """Rows by exact id and, for patterns with `*`, by the organisation before the slash; ids in lower case."""
    index: dict[str, dict[str, list[Any]]] = {"exact": {}, "pattern": {}}
    for row in rows:
        name = str(row["id"]).lower()
        if "*" in name:
            index["pattern"].setdefault(name.split("/", 1)[0], []).append(row)
        else:
            index["exact"].setdefault(name, []).append(row)
    return index


def find(index: Index, name: str, on: str | None) -> Row | None:
    """The row for an id on a date (ISO 8601; `None`: no date is known, so the row without an end counts).

    An exact id beats a pattern, and of the patterns the one with the most literal characters wins.
    """
    wanted = name.lower()
    exact = _in_force(index["exact"].get(wanted, ()), on)
    if exact is not None:
        return exact
    organisation = wanted.split("/", 1)[0]
    matching = [row for row in index["pattern"].get(organisation, ()) if matches(str(row["id"]).lower(), wanted)]
    matching.sort(key=lambda row: -len(str(row["id"]).replace("*", "")))
    if not matching:
        return None
    longest = len(str(matching[0]["id"]).replace("*", ""))
    first = _in_force([row for row in matching if len(str(row["id"]).replace("*", "")) == longest], on)
    return first if first is not None else _in_force(matching, on)


def _in_force(rows: Iterable[Row], on: str | None) -> Row | None:
    found = None
    for row in rows:
        start, end = str(row.get("from") or ""), str(row.get("until") or "")
        if on is None:
            if not end:
                return row
            found = found or row
        elif start <= on and (not end or on < end):
            return row
    return found


def matches(pattern: str, name: str) -> bool:
    """Does a pattern with `*` cover a name? Linear, whatever the pattern.

    >>> matches("acme/tiny-*-hf", "acme/tiny-7b-hf"), matches("acme/tiny*", "acme/tin")
    (True, False)
    """
    first, *rest = pattern.split("*")
    if not name.startswith(first):
        return False
    position = len(first)
    if not rest:
        return position == len(name)
    *middle, last = rest
    for part in middle:
        position = name.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return len(name) - position >= len(last) and name.endswith(last)
