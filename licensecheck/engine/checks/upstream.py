"""What upstream repositories say of their own licence in, where that is not what came to them out: theirs to mend, worth knowing here."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.report import Evidence, Finding

from .base import Checker


def upstream_declares(check: Checker) -> Iterator[Finding]:
    """One finding for each upstream whose card declares another licence than its base's terms allow; it is owed by upstream."""
    told: set[str] = set()
    for step in check.subject.upstream:
        terms = check.subject.briefs.get(step.base_license, {}).get("own_terms") or {}
        if step.license == step.base_license or terms.get("allowed", "yes") == "yes" or step.id.lower() in told:
            continue
        told.add(step.id.lower())
        evidence: Evidence = {"source": step.source, "line": None, "key": "license", "value": step.license or "", "how": "declared"}
        blanks = {"component": step.id, "declared": step.license or "-", "base": step.base, "license": step.base_license}
        found = check.finding("lineage", "informational", "upstream-declares", blanks, name=step.id, evidence=(evidence,), about=step.id)
        found["owed_by"] = "upstream"
        yield found
