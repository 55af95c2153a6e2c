"""A report and the text of its manifest in, that text with blanks for the answers out: what a form needs to write the file by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from licensecheck.errors import UsageError
from licensecheck.interview.changes import Change, applied
from licensecheck.interview.places import MADE, entry_for, entry_of, place_of
from licensecheck.interview.written import flow, new_text, write
from licensecheck.marked import MarkedError, parse

_CLAIMS, _WAIVERS = "claims", "waivers"
_MARK = "LicensecheckBlank{}Z"


class Field(NamedTuple):
    """One answer to give: the fact, the component it is asked of, where it goes, and the row of the manifest's table for it."""

    fact: str
    component: str | None
    place: tuple[str, ...]
    row: Mapping[str, Any]


class _Slot(NamedTuple):
    """Characters `start` to `end` of the text give way to `before`, the answered parts and `after`; with none they stay."""

    start: int
    end: int
    before: str
    join: str
    after: str
    of: list[dict[str, Any]]
    filled: str
    changes: list[Change]


def fields_of(report: Any, keys: Mapping[str, Any]) -> list[Field]:
    """A field for each question that the manifest has a place for, and for each component it is asked of; in the report's order."""
    found = []
    for question in report["questions"]:
        fact = str(question["fact"])
        names: Iterable[str | None] = [None]
        if fact.startswith("component."):
            waiting = (item for item in report["findings"] if (item["question"] or {}).get("fact") == fact and not item["suppressions"])
            names = dict.fromkeys(item["component"] for item in waiting)
        for name in names:
            place = place_of(fact, name, keys)
            if place is not None:
                found.append(Field(fact, name, place, _row(place, keys)))
    return found


def _row(place: tuple[str, ...], keys: Mapping[str, Any]) -> Mapping[str, Any]:
    row: Mapping[str, Any] = keys[place[0]]
    for step in place[1:]:
        row = row.get("list", row)["keys"][step]
    return row


def pieces(fields: Sequence[Field], text: str | None, entries: Sequence[Any] | None, nodes: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """The text in pieces, strings and slots, and the fields that must be added by hand.

    `entries` is `built_from` as the manifest's own file has it, None where another file that it extends says it. A slot is
    `{before, join, after, instead, of}`; its parts are `{field, key}`, `{open, close, of}`, `{names: field}`, `{claims: field}` or
    `{waivers: true}`. A part without an answer is left out; a slot without any is `instead`.
    """
    whole = new_text() if text is None else text
    if _MARK.format("")[:-1] in whole:
        return [whole], list(range(len(fields)))
    slots: list[_Slot] = []
    by_hand: list[int] = []
    for numbers, attempt in _attempts(fields, entries, nodes):
        slot = _tried(whole, attempt)
        together = sorted([*slots, slot], key=_order) if slot else []
        if slot is not None and not any(_overlap(slot, other) for other in slots) and _reads_back(whole, together):
            slots = together
        else:
            by_hand += numbers
    found: list[Any] = []
    last = 0
    for slot in slots:
        instead = whole[slot.start : slot.end]
        found += [
            whole[last : slot.start],
            {"before": slot.before, "join": slot.join, "after": slot.after, "instead": instead, "of": slot.of},
        ]
        last = slot.end
    return [*found, whole[last:]], sorted(by_hand)


class _Attempt(NamedTuple):
    """Changes to try, the words that then stand for each part, and the parts."""

    changes: list[Change]
    words: list[str]
    of: list[dict[str, Any]]


def _attempts(fields: Sequence[Field], entries: Sequence[Any] | None, nodes: Sequence[Any]) -> Iterable[tuple[list[int], _Attempt]]:
    sections: dict[tuple[str | int, ...], list[int]] = {}
    fresh: dict[str, list[int]] = {}
    made: list[int] = []
    kinds: dict[tuple[str | int, ...], str] = {}
    for n, field in enumerate(fields):
        known = entry_of(field.component, entries or ()) if field.component else None
        if field.place == (MADE,):
            made.append(n)
        elif known is not None:
            sections.setdefault((MADE, known[0]), []).append(n)
            kinds[MADE, known[0]] = known[1]
        elif field.component:
            fresh.setdefault(field.component, []).append(n)
        else:
            sections.setdefault(field.place[:-1], []).append(n)
    for path, numbers in sections.items():
        named = [(n, fields[n].place[-1], _MARK.format(n)) for n in numbers]
        changes = [Change((*path, key), mark, short=kinds.get(path, "")) for _, key, mark in named]
        yield numbers, _Attempt(changes, [f"{key}: {mark}" for _, key, mark in named], [{"field": n, "key": key} for n, key, _ in named])
    parts: list[dict[str, Any]] = [{"names": n} for n in made]
    for component, numbers in fresh.items():
        opening = flow(entry_for(component, nodes))[:-1] + ", "
        parts.append({"open": opening, "close": "}", "of": [{"field": n, "key": fields[n].place[-1]} for n in numbers]})
    if parts:
        numbers = [*made, *(n for own in fresh.values() for n in own)]
        yield numbers, (_items(MADE, parts) if entries is not None else _Attempt([], [], []))
    for n in made:
        yield [], _items(_CLAIMS, [{"claims": n}])
    yield [], _items(_WAIVERS, [{"waivers": True}])


def _items(key: str, parts: list[dict[str, Any]]) -> _Attempt:
    """A list that items are added to; two of them show what stands between."""
    marks = [_MARK.format(f"{key.title().replace('_', '')}{n}") for n in (1, 2)]
    return _Attempt([Change((key,), mark, add=True) for mark in marks], marks, parts)


def _tried(text: str, attempt: _Attempt) -> _Slot | None:
    """The place where the changes go into the text; None where a person does it better."""
    if not attempt.changes:
        return None
    try:
        edited = write(text, attempt.changes, "")
    except UsageError:
        return None
    spots = [edited.find(word) for word in attempt.words]
    if -1 in spots or spots != sorted(spots):
        return None
    first, last = spots[0], spots[-1] + len(attempt.words[-1])
    start = _common(text, edited, first)
    tail = _common(text[start:][::-1], edited[last:][::-1], len(edited) - last)
    end, stop = len(text) - tail, len(edited) - tail
    join = edited[spots[0] + len(attempt.words[0]) : spots[1]] if len(spots) > 1 else ""
    return _Slot(start, end, edited[start:first], join, edited[last:stop], attempt.of, edited[start:stop], attempt.changes)


def _common(one: str, other: str, most: int) -> int:
    """Characters that both begin with, at most so many."""
    most = min(most, len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)


def _overlap(one: _Slot, other: _Slot) -> bool:
    return max(one.start, other.start) < min(one.end, other.end) or (
        one.start != one.end and other.start == other.end and one.start < other.start < one.end
    )


def _order(slot: _Slot) -> tuple[int, bool]:
    """Where two begin at the same place, what goes on with the block before it comes first."""
    return slot.start, not slot.before.lstrip("\r\n").startswith((" ", "-"))


def _reads_back(text: str, slots: Sequence[_Slot]) -> bool:
    """Does the text with every blank filled mean what all the changes together mean?"""
    edited, last = "", 0
    meant = parse(text).value or {}
    for slot in slots:
        edited += text[last : slot.start] + slot.filled
        last = slot.end
        for change in slot.changes:
            meant = applied(meant, change)
    try:
        return bool(parse(edited + text[last:]).value == meant)
    except MarkedError:
        return False
