"""The licence files of a subject in, those that hold another text than the declared licence out."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.report import Evidence, Finding, Kind

from .base import DERIVED, Checker


def license_text(check: Checker) -> Iterator[Finding]:
    subject, declared = check.subject, check.subject.declared
    if subject.missing_link is not None and subject.leaves is not False:
        yield check.finding(
            "license-text", "review", "link-to-nothing", {"file": subject.missing_link["value"]}, evidence=(subject.missing_link,)
        )
    if declared.id is None:
        return
    copies = [copy for copy in subject.observed.copies if copy.license]
    expected = {declared.id, *(component.license for component in subject.terms)}
    if any(copy.license == declared.id for copy in copies):
        yield check.finding("license-text", "pass", "text-fits", {"declared": declared.id}, evidence=(declared.evidence,))
        return
    disputed = any(
        c.relation in DERIVED and (subject.briefs.get(c.license or "", {}).get("own_terms") or {}).get("allowed") == "no"
        for c in subject.terms
    )
    for copy in copies:
        strange = copy.license not in expected
        if not strange and not disputed:
            continue
        evidence: Evidence = {
            "source": copy.source,
            "line": copy.line,
            "key": "license text",
            "value": str(copy.license),
            "how": "declared",
        }
        nested = "/" in copy.source
        kind: Kind = "informational" if nested else "fail"
        yield check.finding(
            "license-text",
            kind,
            "text-differs",
            {"file": copy.source, "found": copy.license, "declared": declared.id},
            evidence=(evidence, declared.evidence),
        )
