"""How a requirement stands: the one record that every requirement answers with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.records import Record
from licensecheck.report import Action, Evidence

State = Literal["met", "arguable", "unmet"]


class Verdict(Record):
    """How a requirement stands: the state, the sentence of messages.yaml that says so with its blanks, the evidence, what to do."""

    state: State
    sentence: str
    blanks: dict[str, str]
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[Action, ...] = ()


Requirement = Callable[[Mapping[str, Any], Mapping[str, Any], Component, Observed], Verdict]
