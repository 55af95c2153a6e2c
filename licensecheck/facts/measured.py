"""What was measured between the subject and published models: readings of provenance results, as the checks see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.report import Evidence


class Reading(NamedTuple):
    """One result of a technique."""

    formula: str
    #: the row of the technique: what it speaks of, its words, caveats and limits
    technique: Mapping[str, Any]
    #: the model, code base or name that the subject was compared with; "" where there is none
    component: str
    evidence: Evidence
    #: is it worth a person's attention?
    noted: bool
    #: the result as recorded, with a value that follows from its counts
    said: Mapping[str, Any]


class Measured(NamedTuple):
    """All readings of one subject."""

    #: words that stand with every reading: `establishes`, `not_proof`
    words: Mapping[str, Any]
    readings: tuple[Reading, ...]
    #: lower-case ids that the declared lineage accounts for: its bases and what those were made from
    explained: frozenset[str]
    #: the techniques that were not run, as the files say
    not_run: tuple[Mapping[str, Any], ...] = ()
    #: one line for what was left aside
    left_aside: tuple[str, ...] = ()

    def explains(self, component: str) -> bool:
        """Does the declared lineage account for it: by itself, or since a declared model of its publisher has its name and more?"""
        name = component.lower()
        return name in self.explained or ("/" in name and any(known.startswith(name + "-") for known in self.explained))

    def about(self, component: str) -> tuple[Reading, ...]:
        """The readings against one component."""
        return tuple(reading for reading in self.readings if reading.component.lower() == component.lower())


class Shape(NamedTuple):
    """What the configuration says of the architecture: the name it gives, and the published model whose sizes it has under another name."""

    evidence: Evidence
    like: str | None
