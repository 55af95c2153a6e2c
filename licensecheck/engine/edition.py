"""The clauses of a licence and the edition in force in, those that stand in it out, each cited as that edition numbers it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.lineage.component import Component

Said = Mapping[str, Any]


def in_force(clauses: Sequence[Said], component: Component) -> list[Said]:
    """What the edition of a component says; without an edition everything, as the last one numbers it."""
    text = component.edition["text"] if component.edition else None
    standing = standing_in(clauses, text)
    weighty = tuple(sorted({part for clause in standing if _binding(clause) for part in str(clause["section"]).split(", ")}))
    return [{**clause, "sections_with_clauses": weighty} for clause in standing]


def standing_in(clauses: Sequence[Said], text: str | None) -> list[Said]:
    """What the edition with that text says, cited as it numbers it."""
    return [_numbered(clause, text) for clause in clauses if _stands(clause, text)]


def section_of(said: Said, component: Component) -> str | None:
    """The section that something stands in, as the edition of the component numbers it."""
    text = component.edition["text"] if component.edition else None
    section: str | None = said.get("sections", {}).get(text, said.get("section"))
    return section


def _stands(clause: Said, text: str | None) -> bool:
    """What names editions stands only in those."""
    editions = clause.get("editions")
    return not editions or text is None or text in editions


def _binding(clause: Said) -> bool:
    return clause["effect"] not in ("permission", "termination") and not clause.get("inform")


def _numbered(clause: Said, text: str | None) -> Said:
    """The clause with the section of itself, of its exceptions and of its purposes as one edition has them."""
    own = dict(_cited(clause, text))
    if clause.get("unless"):
        own["unless"] = [_cited(branch, text) for branch in clause["unless"]]
    if clause.get("purposes"):
        own["purposes"] = {group: [_cited(row, text) for row in rows if _stands(row, text)] for group, rows in clause["purposes"].items()}
    return own


def _cited(said: Said, text: str | None) -> Said:
    sections = said.get("sections")
    return {**said, "section": sections[text]} if sections and text in sections else said
