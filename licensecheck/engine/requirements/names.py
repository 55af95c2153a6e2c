"""The subject's name in, whether it begins with or contains what a clause asks for out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action
from licensecheck.wording import begins

from .record import Verdict


def name_begins(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    wanted = requires["name_begins"]
    own = seen.name.rsplit("/", 1)[-1].strip()
    how = begins(own, wanted)
    evidence = (seen.name_evidence,) if seen.name_evidence else ()
    blanks = {"name": own, "words": wanted}
    if how == "yes":
        return Verdict("met", "name.met", blanks, evidence)
    rename: Action = {"kind": "rename", "proposal": proposed_name(own, wanted)}
    for word in requires.get("arguable_after", ()):
        if begins(own, f"{word}{wanted}") != "no":
            how = "arguable"
    return Verdict(
        "arguable" if how == "arguable" else "unmet", f"name.{'arguable' if how == 'arguable' else 'unmet'}", blanks, evidence, (rename,)
    )


def proposed_name(name: str, prefix: str) -> str:
    """A name that would do: the prefix, then the rest of the old one without a second mention of it.

    >>> proposed_name("Acme-Foo-8B", "Foo"), proposed_name("acme 8b", "Foo 3")
    ('Foo-Acme-8B', 'Foo-3-acme-8b')
    """
    parts = [part for part in name.replace("_", "-").replace(" ", "-").split("-") if part]
    lead = prefix.split(" ")
    said = {lead[0].casefold(), "".join(lead).casefold()}
    rest = [part for part in parts if part.casefold() not in said]
    if rest and len(lead) > 1 and rest[0] == lead[1]:
        rest = rest[1:]
    return "-".join([*lead, *rest])


def name_contains(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    wanted = requires["name_contains"]
    own = seen.name.rsplit("/", 1)[-1].strip()
    plain = own.casefold().replace("-", "").replace("_", "").replace(" ", "")
    evidence = (seen.name_evidence,) if seen.name_evidence else ()
    if wanted.casefold().replace("-", "").replace(" ", "") in plain:
        return Verdict("met", "name.met", {"name": own, "words": wanted}, evidence)
    rename: Action = {"kind": "rename", "proposal": f"{wanted}-{own}"}
    return Verdict("unmet", "name.unmet", {"name": own, "words": wanted}, evidence, (rename,))
