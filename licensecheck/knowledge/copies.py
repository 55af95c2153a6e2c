"""An id that no row of the registry has in, the published models that it is probably a copy of out: a guess, never more.

People put models up again under their own organisation: quantised, converted, mirrored. The name stays, a few marks are added to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .registry import Row, matches

Family = Mapping[str, Any]
Index = dict[str, dict[str, list[str]]]

#: A last part of an id that is shorter, or has no digit, names too little to know a model by.
_LEAST = 5


def index_of(rows: Iterable[Row], words: Mapping[str, Sequence[str]]) -> Index:
    """Last parts of ids, folded, to the ids: `exact` ones and `patterns`. Rows that are copies themselves teach nothing."""
    index: Index = {"exact": {}, "patterns": {}}
    for row in rows:
        name = str(row["id"])
        organisation, _, last = name.rpartition("/")
        last = folded(last)
        if row.get("mirror") or row.get("license") in ("inherits", None) or name.startswith("*"):
            continue
        if len(last.replace("*", "").strip("-")) >= _LEAST and re.search(r"\d", last):
            # some write the publisher before the name: `acme_Engine-7B-GGUF`
            for known in (*_without_lead(last, words["before"]), f"{folded(organisation)}-{last}"):
                ids = index["patterns" if "*" in last else "exact"].setdefault(known, [])
                if name not in ids:
                    ids.append(name)
    return index


def candidates(name: str, index: Index, words: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids that a name may be a copy of, best first: the same last part, then without marks such as `gguf`, then by pattern.

    >>> words = {"after": ["gguf", "*bit"], "before": []}
    >>> index = index_of([{"id": "foo/Bar-7B", "license": "x"}, {"id": "foo/baz-9b*", "license": "x"}], words)
    >>> [candidates(f"acme/{last}", index, words) for last in ("bar_7b.GGUF", "Foo_Baz-9B-chat-4bit", "Tiny")]
    [['foo/Bar-7B'], ['foo/baz-9b*'], []]
    """
    whole = folded(name.rsplit("/", 1)[-1].split("@", 1)[0])
    for shorter in _shortened(whole, words["after"]):
        for plain in _without_lead(shorter, words["before"]):
            if plain in index["exact"]:
                return index["exact"][plain]
    plains = _without_lead(whole, words["before"])
    begun = {plain[:2] for plain in plains}
    fitting = [
        (len(pattern), ids)
        for pattern, ids in index["patterns"].items()
        if (pattern[:2] in begun or "*" in pattern[:2]) and any(matches(pattern, plain) for plain in plains)
    ]
    return max(fitting)[1] if fitting else []


def folded(name: str) -> str:
    """A name as it is compared: case and separators do not count."""
    return re.sub(r"[-_. ]+", "-", name.casefold())


def _shortened(name: str, marks: Sequence[str]) -> Iterator[str]:
    """The name, and what is left of it each time a mark at its end is taken off."""
    yield name
    head, _, tail = name.rpartition("-")
    if head and any(matches(mark, tail) for mark in marks):
        yield from _shortened(head, marks)


def _without_lead(name: str, leads: Sequence[str]) -> list[str]:
    """The name, and the name without a word that is written before it or not."""
    return [name, *(name[len(lead) + 1 :] for lead in leads if name.startswith(lead + "-"))]


def family_of(name: str, families: Sequence[Family]) -> Family | None:
    """The first family all of whose words stand in the name, at a boundary: a size such as 3b is not a version.

    >>> rows = [{"words": ["foo-3"]}, {"words": ["foo3"]}]
    >>> [family_of(name, rows) is not None for name in ("Acme-Foo-3-8B", "foo3v", "open_foo_3b", "Foo-30B", "Tofoo-3")]
    [True, True, False, False, False]
    """
    whole = "-" + folded(name)
    for family in families:
        if all(_stands(whole, word) for word in family["words"]):
            return family
    return None


def _stands(whole: str, word: str) -> bool:
    position = whole.find(word)
    while position >= 0:
        before, after = whole[position - 1], whole[position + len(word) :]
        if not before.isalnum() and not re.match(r"\d|b(?:-|$)", after):
            return True
        position = whole.find(word, position + 1)
    return False
