"""What the head of a file of code says in, whether the notices of its origin are kept in it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action

from .record import State, Verdict

_STATES: dict[str, State] = {"kept": "met", "partial": "arguable"}


def header(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    state = _STATES.get(str(component.attributes.get("header")), "unmet")
    file = str(component.attributes.get("code") or component.id)
    evidence = tuple(item for item in component.attributes.get("shown", ()) if item is not None)
    restore: Action = {"kind": "add-text", "file": file, "proposal": component.id}
    blanks = {"source": file, "component": component.id}
    sentence = "header.unmet-measured" if state == "unmet" and component.possible else f"header.{state}"
    return Verdict(state, sentence, blanks, evidence, () if state == "met" else (restore,))
