"""One upstream as the sources name it, while they are being read in, what it is to the others out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from licensecheck.report import Evidence

WEIGHTS = ("finetune", "adapter", "merge", "quantized")


class Entry:
    """One upstream as the sources name it, while they are being read. `relation` is None until it is settled."""

    __slots__ = ("attributes", "evidence", "id", "relation", "type")

    def __init__(
        self, name: str, kind: str, relation: str | None, evidence: list[Evidence], attributes: dict[str, Any] | None = None
    ) -> None:
        self.id = name
        self.type = kind
        self.relation = relation
        self.evidence = evidence
        self.attributes = attributes or {}


def same_kind(one: str | None, other: str | None) -> bool:
    """Do both say, or may both say, that weights were taken over; or the same?"""
    if one is None or other is None:
        return (one or other) in (None, *WEIGHTS)
    return one == other or (one in WEIGHTS and other in WEIGHTS)


def has_base(collected: Sequence[Entry]) -> bool:
    """Is a model known whose weights are in the subject?"""
    return any(entry.type == "model" and same_kind(entry.relation, "finetune") for entry in collected)


def inferred(evidence: Evidence) -> Evidence:
    """The same observation as a guess."""
    copy = evidence.copy()
    copy["how"] = "inferred"
    return copy
