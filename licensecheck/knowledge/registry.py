"""The registry of published models, datasets and services: an id and a date in, the row that counts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def by_organisation(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rows under the organisation before the slash, in lower case: one lookup needs one organisation's rows."""
    index: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        index.setdefault(organisation_of(str(row["id"])), []).append(row)
    return index


def organisation_of(name: str) -> str:
    return name.lower().split("/", 1)[0]


def find(rows: Iterable[Row], name: str, on: str | None) -> Row | None:
    """The row for an id on a date (ISO 8601; `None`: no date is known, so the row without an end counts).

    An exact id beats a pattern, and of the patterns the one with the most literal characters wins. Case does not count.
    """
    wanted = name.lower()
    rows = list(rows)
    exact = _in_force([row for row in rows if str(row["id"]).lower() == wanted], on)
    if exact is not None:
        return exact
    matching = [row for row in rows if "*" in str(row["id"]) and matches(str(row["id"]).lower(), wanted)]
    if not matching:
        return None
    longest = max(_literal(row) for row in matching)
    first = _in_force([row for row in matching if _literal(row) == longest], on)
    return first if first is not None else _in_force(matching, on)


def find_terms(rows: Iterable[Row], name: str, on: str | None) -> Row | None:
    """The row for a service: its very own, then the API's in force, then a consumer channel's, and before all of them the first known."""
    rows = list(rows)
    named = find([row for row in rows if str(row["id"]).lower() == name.lower()], name, on)
    if named is not None:
        return named
    api = [row for row in rows if row.get("channel") != "consumer"]
    found = find(api, name, on) or find(rows, name, on)
    starts = sorted(str(row["from"]) for row in rows if row.get("from") and matches(str(row["id"]).lower(), name.lower()))
    return found or (find(rows, name, starts[0]) if starts else None)


def _literal(row: Row) -> int:
    return len(str(row["id"]).replace("*", ""))


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
