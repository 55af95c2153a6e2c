"""A declared name that several licences share in, the licence meant out: by what the subject is made of and the text in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.harvest.texts import Copy
from licensecheck.knowledge import Knowledge
from licensecheck.lineage.component import Component

from .subject import Declared


def settled(declared: Declared, components: Iterable[Component], copies: Sequence[Copy], knowledge: Knowledge) -> Declared:
    """The declaration under the one licence that its name stands for here; as it is where nothing says which, or where the two disagree."""
    name = declared.name if declared.raw in ("other", "unknown") else declared.raw
    several = knowledge.several(name or "")
    if not several:
        return declared
    relations = knowledge.table("relations")["relations"]
    inside = {license_id for one in components if relations[one.relation]["derives"] for license_id in one.licenses} & {*several}
    texts = {knowledge.license_of_text(copy.match.text) for copy in copies} & {*several}
    meant = [*(inside & texts if inside and texts else inside or texts)]
    return declared._replace(id=meant[0], suggestion=None) if len(meant) == 1 else declared
