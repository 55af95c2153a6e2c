"""Components in, those whose licence nobody knows or has rules for out."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.report import Finding, Kind

from .base import Checker


def unknown_license(check: Checker) -> Iterator[Finding]:
    for component in check.subject.components:
        if component.relation in ("evaluates", "tokenizer", "architecture") or component.id == "":
            continue
        brief = check.subject.briefs.get(component.license or "", {})
        if brief.get("known"):
            continue
        evidence = component.evidence[:1]
        if component.license in (None, "other", "unknown"):
            kind: Kind = "open" if len(component.path) == 1 and component.certain else "informational"
            yield check.finding(
                "unknown-license",
                kind,
                "license-unknown",
                {"component": component.id},
                component=component,
                evidence=evidence,
                missing="component.license",
            )
            continue
        standard = bool(brief.get("hub") and brief.get("spdx"))
        far = len(component.path) > 1 or component.personal
        yield check.finding(
            "unknown-license",
            "informational" if standard or far else "review",
            "no-rules",
            {"component": component.id, "license": component.license},
            component=component,
            evidence=evidence,
        )
