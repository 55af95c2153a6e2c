"""A name as people write it in, the family it suggests and the id it probably stands for out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from licensecheck.knowledge import Knowledge
from licensecheck.knowledge.copies import Family, family_of

__all__ = ["family_of", "named_in", "resolved"]

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_. ]?\d[A-Za-z0-9.]*|[-_][A-Za-z0-9.]+)*")


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


def of_library(name: str, knowledge: Knowledge) -> str | None:
    """The id behind a name of a runner's own library, such as `tiny:1b`: a row says so, or the words themselves do."""
    plain = name.lower().removesuffix(":latest")
    if "/" in plain:  # somebody's own upload there: its name says nothing
        return None
    row = knowledge.model(f"library/{plain}", None)
    if row is not None and row.get("base"):
        return str(row["base"])
    named = named_in(plain.replace(":", "-"), knowledge)
    return named[1] if named else None


def resolved(written: str, family: Family, knowledge: Knowledge) -> str:
    """The id under which a family's publisher has a model of that name."""
    for organisation in family.get("organisations", ()):
        row = knowledge.model(f"{organisation}/{written.replace(' ', '-')}", None)
        if row is not None:
            name = str(row["id"])
            return name if "*" not in name else f"{organisation}/{written.replace(' ', '-')}"
    return written
