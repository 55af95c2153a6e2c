"""The architecture of a model without a declared base in, whether the documents disclose one that others published out.

An architecture carries no licence duty: a disclosure is recommended, nothing is owed.
"""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.report import Evidence, Finding

from .base import Checker
from .disclosed import proposed, sentence

_DISCLOSED = ("same-architecture", "based-on")


def followed(check: Checker) -> Iterator[Finding]:
    """One finding at most; none where a base is declared: its architecture came along."""
    subject = check.subject
    if subject.kind != "model" or subject.leaves is False or check.based:
        return
    like, evidence = _like(check)
    said = _disclosure(check)
    if said is not None:
        yield check.finding("lineage", "pass", "architecture-disclosed", {"where": _place(said)}, name=like, evidence=(said, *evidence))
    elif like is not None:
        blanks = {"component": like}
        actions = proposed(check, sentence(check, like, "architecture", None))
        yield check.finding("lineage", "informational", "architecture", blanks, name=like, evidence=evidence, actions=actions)
    elif subject.shape is not None:
        yield check.finding("lineage", "pass", "architecture-own", {"named": subject.shape.evidence["value"]}, evidence=evidence)


def _like(check: Checker) -> tuple[str | None, tuple[Evidence, ...]]:
    """The published model that comparisons or the configuration show the architecture of."""
    record, shape = check.subject.measured, check.subject.shape
    own = (shape.evidence,) if shape else ()
    readings = record.readings if record else ()
    noted = [reading for reading in readings if reading.noted and reading.technique["speaks_of"] == "architecture"]
    if noted:
        return noted[0].component, (*(reading.evidence for reading in noted if reading.component == noted[0].component), *own)
    return (shape.like if shape else None), own


def _disclosure(check: Checker) -> Evidence | None:
    """A sentence of the documents, or an entry of the manifest, that names the architecture as others'."""
    claimed = (evidence for claim, _, _, evidence in check.subject.claims if claim in _DISCLOSED)
    declared = (evidence for part in check.subject.components if part.relation == "architecture" for evidence in part.evidence[:1])
    return next(iter((*claimed, *declared)), None)


def _place(evidence: Evidence) -> str:
    return f"{evidence['source']}:{evidence['line']}" if evidence["line"] else evidence["source"]
