"""Licences that tools wrote (into headers of weight files, into cards) in, where they are not what the card or the lineage says out."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.report import Evidence, Finding

from .base import DERIVED, Checker


def written_by_tools(check: Checker) -> Iterator[Finding]:
    """A label that differs from the card, and a tag that comes from a template."""
    if check.subject.leaves is not False:
        yield from _labels(check)
        yield from _template(check)


def _labels(check: Checker) -> Iterator[Finding]:
    subject, declared = check.subject, check.subject.declared
    carried = {component.license for component in subject.terms if component.relation in DERIVED}
    for license_id, evidence in subject.labels:
        known = {
            "label": license_id or evidence["value"],
            "file": evidence["source"],
            "declared": declared.id or declared.name or declared.raw,
        }
        if license_id in (None, "other") or license_id == declared.id or license_id in declared.parts:
            continue
        if declared.raw is None:
            yield check.finding("declared-license", "informational", "label-alone", known, evidence=(evidence,), about=evidence["source"])
        elif license_id not in carried:
            yield check.finding(
                "declared-license", "review", "label-differs", known, evidence=(evidence, declared.evidence), about=evidence["source"]
            )


def _template(check: Checker) -> Iterator[Finding]:
    """The licence that a tool writes into every card, where the lineage carries another."""
    subject = check.subject
    if subject.generator is None or subject.generator[1] is None or subject.generator[1] != subject.declared.id:
        return
    tool, license_id = subject.generator
    for component in subject.terms:
        terms = subject.briefs.get(component.license or "", {}).get("own_terms") or {}
        if component.relation in DERIVED and component.license not in (None, license_id) and terms.get("allowed") != "yes":
            where: tuple[Evidence | None, ...] = (subject.declared.evidence,)
            known = {"tool": tool, "declared": license_id, "license": component.license, "component": component.id}
            yield check.finding("declared-license", "informational", "template-license", known, component=component, evidence=where)
            return
