"""A name as people write it in, the family it suggests and the id it probably stands for out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.knowledge import Knowledge

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_. ]?\d[A-Za-z0-9.]*|[-_][A-Za-z0-9.]+)*")

Family = Mapping[str, Any]


def family_of(name: str, families: Sequence[Family]) -> Family | None:
    """The first family all of whose words stand in the name, at a boundary: a size such as 3b is not a version.

    >>> rows = [{"words": ["foo-3"]}, {"words": ["foo3"]}]
    >>> [family_of(name, rows) is not None for name in ("Acme-Foo-3-8B", "foo3v", "open_foo_3b", "Foo-30B", "Tofoo-3")]
    [True, True, False, False, False]
    """
    folded = "-" + re.sub(r"[-_. ]+", "-", name.casefold())
    for family in families:
        if all(_stands(folded, word) for word in family["words"]):
            return family
    return None


def _stands(folded: str, word: str) -> bool:
    position = folded.find(word)
    while position >= 0:
        before, after = folded[position - 1], folded[position + len(word) :]
        if not before.isalnum() and not re.match(r"\d|b(?:-|$)", after):
            return True
        position = folded.find(word, position + 1)
    return False


def named_in(text: str, knowledge: Knowledge, within: int = 25) -> tuple[str, str] | None:
    """The model that a stretch of prose names at its beginning: the words as written, and the id they stand for.

    Where no row of the registry has it, the words stand for themselves.
    """
    families: Sequence[Family] = knowledge.table("families")["families"]
    for match in _TOKEN.finditer(text):
        if match.start() > within:
            return None
        written = match.group().rstrip(".-_")
        family = family_of(written, families)
        if family is not None:
            return written, resolved(written, family, knowledge)
    return None


def resolved(written: str, family: Family, knowledge: Knowledge) -> str:
    """The id under which a family's publisher has a model of that name."""
    for organisation in family.get("organisations", ()):
        row = knowledge.model(f"{organisation}/{written.replace(' ', '-')}", None)
        if row is not None:
            name = str(row["id"])
            return name if "*" not in name else f"{organisation}/{written.replace(' ', '-')}"
    return written
