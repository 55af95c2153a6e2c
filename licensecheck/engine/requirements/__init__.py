"""What a duty requires and what the files show in, whether it is met and what would meet it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component

from .copies import copy, upstream_notice
from .heads import header
from .names import name_begins, name_contains, proposed_name
from .permission import held, permission
from .record import Requirement, State, Verdict
from .statements import changes, credit, declared
from .words import display, mentions, notice

__all__ = ["REQUIREMENTS", "Requirement", "State", "Verdict", "can_tell", "judge_requirement", "permission", "proposed_name"]

#: One function per operator that a duty can ask for (knowledge/licenses.py lists them for the files).
REQUIREMENTS: Final[dict[str, Requirement]] = {
    "copy": copy,
    "notice": notice,
    "display": display,
    "name_begins": name_begins,
    "name_contains": name_contains,
    "changes": changes,
    "agreement": held,
    "declared": declared,
    "credit": credit,
    "mentions": mentions,
    "upstream_notice": upstream_notice,
    "header": header,
}


def can_tell(clause: Mapping[str, Any], component: Component) -> bool:
    """Can a duty that otherwise only informs be judged: does it ask for heads of files, and was such a file read?"""
    return "header" in (clause.get("requires") or {}) and "header" in component.attributes


def judge_requirement(clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """The requirement of a clause, whatever it is about."""
    requires = clause["requires"]
    operator = next(name for name in REQUIREMENTS if name in requires)
    return REQUIREMENTS[operator](requires, clause, component, seen)
