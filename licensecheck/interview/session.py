"""A target in, one question after another out, best first; each answer is tried on the report before it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from licensecheck import pipeline
from licensecheck.errors import InputError, Problem
from licensecheck.interview.answers import SCRATCH, value_of
from licensecheck.interview.changes import Change, applied, plain
from licensecheck.interview.places import MADE, entry_for, entry_of, place_of
from licensecheck.knowledge import load
from licensecheck.manifest.overlay import overlay
from licensecheck.sources.names import printable

_MADE, _CLAIMS = MADE, "claims"


class Query(NamedTuple):
    """A question as it is put to a person: the fact, the component it is asked of, and the findings that wait for it."""

    fact: str
    component: str | None
    ask: str
    row: dict[str, Any]
    choices: tuple[tuple[str, str], ...]
    findings: tuple[Any, ...]

    @property
    def key(self) -> tuple[str, str | None]:
        return self.fact, self.component


class Interview:
    """The state of one interview. `sets` are answers given beforehand; nothing is written here."""

    def __init__(self, target: str, *, sets: Sequence[str] = (), lang: str = "en", rules: str | None = None) -> None:
        self.target = target
        self.lang = lang
        self.rules = rules
        self.knowledge = load(rules)
        self.given = tuple(sets)
        self.manifest = pipeline.manifest_of(target, self.knowledge)
        self.changes: list[Change] = []
        self.passed: set[tuple[str, str | None]] = set()
        self.report = self._examine(())

    def queries(self) -> list[Query]:
        """What can still be asked, best first: questions that the manifest has a place for and that nobody has passed over."""
        return [query for query in self._all() if query.key not in self.passed and self.can_answer(query)]

    def left(self) -> list[Query]:
        """Everything that stays open, whether passed over or for no manifest to say."""
        return self._all()

    def can_answer(self, query: Query) -> bool:
        """Has the manifest a place for the answer?"""
        return self._place(query) is not None

    def answer(self, query: Query, text: str) -> None:
        """Take an answer as it was typed; InputError says what is wrong with it, and nothing is changed."""
        changes = self._changes(query, text)
        replaced = {change.path for change in changes if not change.add}
        kept = [change for change in self.changes if change.add or change.path not in replaced]
        self._examine([*kept, *changes])
        self.changes = [*kept, *changes]

    def skip(self, query: Query) -> None:
        self.passed.add(query.key)

    def all_changes(self) -> list[Change]:
        """What was set beforehand and what was answered, as changes of the manifest's own file."""
        stated = overlay(self.manifest, self.given, None)
        found = []
        for text in self.given:
            key, _, right = text.partition("=")
            path = tuple(step.strip() for step in key.split("."))
            value = stated.get(".".join(path))
            if value is not None:
                found.append(Change(path, _raw(right.strip(), value)))
        found += self.changes
        for key in (_MADE, _CLAIMS):
            if self._elsewhere(key) and any(change.path[0] == key for change in found):
                whole = plain(self.meant().get(key))
                found = [*(change for change in found if change.path[0] != key), Change((key,), whole)]
        return found

    def meant(self) -> Any:
        """The manifest with everything that was answered laid over it."""
        return overlay(self.manifest, (*self.given, *self._sets(self.changes)), None)

    def _elsewhere(self, key: str) -> bool:
        """Is a list that the changes speak of stated by a manifest that this one extends?"""
        where = self.manifest.where(key)
        return key in self.manifest.values and where is not None and where[0] != printable(self.manifest.sources[0].path)

    def _examine(self, changes: Sequence[Change]) -> Any:
        self.report = pipeline.examine(
            self.target, sets=(*self.given, *self._sets(changes)), lang=self.lang, rules=self.rules, everything=False
        )
        return self.report

    def _sets(self, changes: Sequence[Change]) -> list[str]:
        """The changes as `--set` takes them: lists of entries as a whole, everything else key by key."""
        stated = overlay(self.manifest, self.given, None)
        lists = {key: plain(stated.get(key) or []) for key in (_MADE, _CLAIMS)}
        found, touched = [], []
        for change in changes:
            key = str(change.path[0])
            if key in lists:
                lists[key] = applied(lists, change)[key]
                touched.append(key)
            else:
                found.append(f"{'.'.join(map(str, change.path))}={json.dumps(change.value, ensure_ascii=False)}")
        return [*found, *(f"{key}={json.dumps(lists[key], ensure_ascii=False)}" for key in dict.fromkeys(touched))]

    def _all(self) -> list[Query]:
        table = self.knowledge.table("facts")["facts"]
        found = []
        for question in self.report["questions"]:
            fact = question["fact"]
            waiting = [item for item in self.report["findings"] if _waits_for(item, fact)]
            names = [None] if not fact.startswith("component.") else list(dict.fromkeys(item["component"] for item in waiting))
            for name in names:
                own = tuple(item for item in waiting if name is None or item["component"] == name)
                row = table.get(fact, {"type": question["type"]})
                found.append(Query(fact, name, question["ask"], row, self._choices(row), own))
        return found

    def _choices(self, row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        if row.get("vocabulary") == "purposes":
            purposes = self.knowledge.table("purposes")["purposes"]
            return tuple((name, item["means"].get(self.lang) or item["means"]["en"]) for name, item in purposes.items())
        return tuple((value, "") for value in row.get("values") or ())

    def _place(self, query: Query) -> tuple[str, ...] | None:
        """The key of the manifest that an answer goes to; None where no key takes it."""
        return place_of(query.fact, query.component, self.knowledge.table("manifest")["keys"])

    def _changes(self, query: Query, text: str) -> list[Change]:
        place = self._place(query)
        if place is None:
            raise InputError([Problem(query.fact, None, "no key of the manifest holds this")])
        if query.fact == _MADE:
            return _made_from(text)
        value = value_of(text, query.row, [name for name, _ in query.choices])
        if query.component is None:
            return [Change(place, value)]
        return self._of_component(query.component, place[1], value)

    def _of_component(self, component: str, key: str, value: Any) -> list[Change]:
        """Into the component's own entry; a component that only the card names gets one."""
        lists = {_MADE: plain(overlay(self.manifest, self.given, None).get(_MADE) or [])}
        for change in self.changes:
            if change.path[0] == _MADE:
                lists = applied(lists, change)
        known = entry_of(component, lists[_MADE])
        if known is not None:
            n, kind = known
            return [Change((_MADE, n, key), value, short=kind)]
        return [Change((_MADE,), {**entry_for(component, self.report["lineage"]["nodes"]), key: value}, add=True)]


def _made_from(text: str) -> list[Change]:
    text = " ".join(text.split()).strip("[] ")
    if text.lower().removeprefix("claims: ").strip("[]") in SCRATCH:
        return [Change((_CLAIMS,), "trained-from-scratch", add=True)]
    names = [name.strip().strip("'\"") for name in text.replace(",", " ").split()]
    for name in names:
        if "/" not in name.strip("/"):
            wrong = f"{name!r} is no id on the Hub: write owner/name, a folder as ./folder, or `scratch` if it was built from nothing"
            raise InputError([Problem(_MADE, None, wrong)])
    return [Change((_MADE,), name, add=True) for name in names]


def _raw(text: str, value: Any) -> Any:
    """What was set on the command line as it can be written: as it was typed where the normal form is no plain value."""
    if isinstance(value, bool | list | dict | str):
        return plain(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text


def _waits_for(finding: Any, fact: str) -> bool:
    return (finding["question"] or {}).get("fact") == fact and not finding["suppressions"]
