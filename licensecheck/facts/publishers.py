"""What a subject says of itself in, who publishes it out: by its address, by its licensee, or as a model that the registry lists."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.knowledge import Knowledge
from licensecheck.lineage.component import Component
from licensecheck.manifest import Manifest


def publishers_of(
    name: str, address: str | None, manifest: Manifest, components: Sequence[Component], knowledge: Knowledge
) -> frozenset[str]:
    """Organisations and names of companies, case folded; `address` is the id that the subject was brought here by."""
    organisation = (address or "").removeprefix("datasets/").partition("/")[0]
    stated = {organisation, str(manifest.get("licensee.name") or "")} - {""}
    own, bases = name.rsplit("/", 1)[-1].strip(), {component.id.lower() for component in components}
    for candidate in knowledge.table("marks")["lines"].get(first_word(own), ()):
        address = f"{candidate}/{own}".lower()
        row = knowledge.model(address, None)
        if row is not None and str(row["id"]).rstrip("*").lower() == address and str(row.get("base")).lower() in bases:
            stated.add(candidate)
    return frozenset(one.casefold() for one in stated)


def first_word(name: str) -> str:
    """The letters at the head of a name, case folded.

    >>> first_word("Foo2.5-7B"), first_word("7B-Foo")
    ('foo', '')
    """
    folded = name.casefold()
    length = next((n for n, character in enumerate(folded) if not ("a" <= character <= "z")), len(folded))
    return folded[:length]
