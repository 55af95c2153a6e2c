"""Agreements held in, whether one of them stands in for what a clause asks out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action

from .record import Verdict


def permission(clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """A separate agreement on this clause's topic under this licence that has not lapsed."""
    lapsed = None
    for agreement in seen.agreements:
        if agreement["license"] != clause["license"] or agreement["topic"] not in (clause["topic"], *clause.get("covered_by", ())):
            continue
        reference = str(agreement.get("reference") or agreement.get("with") or "agreement")
        if agreement.get("expires") and str(agreement["expires"]) < seen.as_of:
            lapsed = str(agreement["expires"])
            continue
        return Verdict("met", "agreement.met", {"reference": reference}, (agreement["evidence"],))
    request: Action = {"kind": "request", "proposal": f"{clause['license']}/{clause['topic']}"}
    return Verdict("unmet", "agreement.lapsed" if lapsed else "agreement.unmet", {"expires": lapsed or ""}, (), (request,))


def held(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    return permission(clause, component, seen)
