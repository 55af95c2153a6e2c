"""A name as people write it in, the family it suggests and the id it probably stands for out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from licensecheck.knowledge import Knowledge
from licensecheck.knowledge.copies import Family, family_of

__all__ = ["family_of", "guessed_in", "license_named", "named_in", "resolved"]

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_. ]?v?\d[A-Za-z0-9.]*|[-_][A-Za-z0-9.]+)*")
#: letters, or a number with the letters of its size
_WORD = r"[^\W\d_]+|\d+(?:\.\d+)*[^\W\d_]*"
_SIZE = r"(\d{1,3}(?:\.\d)?[bB])[ -]$"


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


def is_short_for(name: str, other: str) -> bool:
    """Are the words of an id all in another one of the same organisation? People leave out what follows: `-hf`, `-Instruct`, a date.

    >>> [is_short_for("acme/Tiny-2-13B", f"acme/{other}") for other in ("tiny-2-13b-hf", "Tiny2-13B-Chat", "Tiny-2-7b", "Tiny-2.5-13B")]
    [True, True, False, False]
    """
    (organisation, _, short), (other_organisation, _, long) = name.lower().rpartition("/"), other.lower().rpartition("/")
    return organisation == other_organisation and set(re.findall(_WORD, short)) <= set(re.findall(_WORD, long))


def guessed_in(text: str, knowledge: Knowledge) -> str | None:
    """The first word of a sentence that names a model, were it only by what its name suggests; "a 7B Foo" is a Foo-7B."""
    for match in _TOKEN.finditer(text):
        written = match.group().rstrip(".-_")
        size = re.search(_SIZE, text[: match.start()])
        if size and not any(char.isdigit() for char in written):
            written = f"{written}-{size[1]}"
        named = named_in(written, knowledge)
        if named is not None:
            return named[1]
        if len(written) > 2 and knowledge.guess(written, None) is not None:
            return written
    return None


def license_named(words: str, knowledge: Knowledge) -> str | None:
    """The licence that a stretch of prose names at its beginning, by its longest known name."""
    plain = re.sub(r"\]\([^()]*\)|[*_`\[\]\"“”《》]", "", words).split()
    for count in range(min(len(plain), 8), 0, -1):
        found = knowledge.resolve(" ".join(plain[:count]).strip(" .,:"))
        if found is not None:
            return None if found in ("other", "unknown") else found
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
