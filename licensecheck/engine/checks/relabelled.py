"""Bases whose licence allows other terms beside its own in, those that nothing in the folder says anything of any more out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.engine.edition import section_of
from licensecheck.report import Finding

from .base import DERIVED, Checker


def relabelled(check: Checker) -> Iterator[Finding]:
    """The subject is offered under one licence, a base under another that stays with its part: is the second named or given anywhere?"""
    subject = check.subject
    offered = (*subject.declared.parts, subject.declared.id) if subject.declared.raw is not None else _own_texts(check)
    carried = {component.license for component in subject.terms if component.relation in DERIVED}
    if subject.hands_over is False or not any(offered) or carried & set(offered):
        return
    told: set[str] = set()
    for component in subject.terms:
        brief = subject.briefs.get(component.license or "", {})
        terms = brief.get("own_terms") or {}
        if component.relation not in DERIVED or component.license in (None, *told) or terms.get("allowed") != "yes":
            continue
        told.add(str(component.license))
        if brief.get("keeps") and not _spoken_of(check, str(component.license)):
            own = next(name for name in offered if name)
            known = {"declared": own, "license": component.license, "component": component.id}
            where = (subject.declared.evidence, *component.evidence[:1])
            section, url = section_of(terms, component), brief.get("url")
            yield check.finding(
                "declared-license", "review", "relabelled", known, component=component, evidence=where, section=section, url=url
            )


def _own_texts(check: Checker) -> tuple[str | None, ...]:
    """The one licence text at the top that stands in for a declaration."""
    own = {copy.license for copy in check.subject.observed.copies if copy.license and "/" not in copy.source}
    return tuple(own) if len(own) == 1 else ()


def _spoken_of(check: Checker, license_id: str) -> bool:
    """Is its text in the folder, or does a document or a notice name it?"""
    seen = check.subject.observed
    if any(copy.license == license_id for copy in seen.copies):
        return True
    spelt = r"[\s_-]*".join(map(re.escape, license_id.split("-")))
    name = re.compile(rf"(?<![a-z0-9]){spelt}(?![a-z0-9])", re.I)
    return any(name.search(page.words.text) for page in (*seen.documents, *seen.notices))
