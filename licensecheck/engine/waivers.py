"""Findings and waivers in, suppressions on the findings that are waived out, and findings about waivers that do nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import digest_of
from licensecheck.report import Evidence, Finding, Suppression

from .findings import Words, check_finding, fill


def apply_waivers(
    findings: Sequence[Finding],
    waivers: Sequence[tuple[Mapping[str, Any], Evidence]],
    as_of: str,
    subject: str,
    words: Words,
    topics: Mapping[str, Any],
) -> list[Finding]:
    """Mark what is waived on the day `as_of` (ISO 8601); expired waivers and those with nothing to waive become findings.

    `expires` is the last day that a waiver counts. What is waived twice carries both suppressions.
    """
    about: list[Finding] = []
    for waiver, evidence in waivers:
        expires = str(waiver["expires"])
        covered = [finding for finding in findings if _covers(waiver, finding)]
        if expires < as_of:
            about.append(_about("waiver-expired", waiver, evidence, subject, words, topics))
            continue
        if not covered:
            about.append(_about("waiver-stale", waiver, evidence, subject, words, topics))
        for finding in covered:
            suppression: Suppression = {
                "kind": "external",
                "status": "accepted",
                "justification": str(waiver["reason"]),
                "by": str(waiver.get("by") or ""),
                "expires": expires,
            }
            finding["suppressions"].append(suppression)
    return about


def _covers(waiver: Mapping[str, Any], finding: Finding) -> bool:
    if finding["kind"] not in ("fail", "open", "review") or not _is_rule(str(waiver["rule"]), finding):
        return False
    component = waiver.get("component")
    return component is None or str(component).lower() == (finding["component"] or "").lower()


def _is_rule(rule: str, finding: Finding) -> bool:
    """A check may be named with the slug of one problem, or by its topic for all of them."""
    own = finding["rule"]
    return own == rule or (finding["license"] is None and own.partition(".")[0] == rule)


def _about(sentence: str, waiver: Mapping[str, Any], evidence: Evidence, subject: str, words: Words, topics: Mapping[str, Any]) -> Finding:
    row = words.messages["checks"][sentence]
    blanks = {"rule": str(waiver["rule"]), "expires": str(waiver["expires"]), "component": str(waiver.get("component") or "")}
    found = check_finding(
        "waiver",
        "informational",
        fill(words.pick(row["says"]), blanks),
        subject=subject,
        title=words.pick(topics["checks"]["waiver"]["title"]),
        layer="metadata",
        slug=sentence,
        component=waiver.get("component"),
        evidence=[evidence],
    )
    found["id"] = f"f-{digest_of(found['rule'], str(waiver['rule']), str(waiver.get('component') or ''), subject)[:16]}"
    return found
