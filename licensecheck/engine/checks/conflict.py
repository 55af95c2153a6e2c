"""The licences of everything inside a subject in, pairs of them that cannot both be kept out, with both clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.lineage.component import Component
from licensecheck.report import Finding, Kind

from .base import DERIVED, Checker

#: relations through which material of a component is in what is given away
_INSIDE = (*DERIVED, "code", "data")


def license_conflict(check: Checker) -> Iterator[Finding]:
    """Share-alike against another licence, and "no further restrictions" against a licence that brings some."""
    if check.subject.leaves is False:
        return
    inside = [component for component in check.subject.components if component.relation in _INSIDE and component.license]
    seen: set[frozenset[str]] = set()
    for one in inside:
        alike = _brief(check, one).get("share_alike")
        for other in inside:
            if alike is None:
                break
            pair = frozenset((str(one.license), str(other.license)))
            if len(pair) == 2 and pair not in seen:
                found = _against(check, one, alike, other)
                if found is not None:
                    seen.add(pair)
                    yield found


def _against(check: Checker, one: Component, alike: Mapping[str, Any], other: Component) -> Finding | None:
    brief = _brief(check, other)
    if other.license in alike.get("compatible", ()) or not brief.get("known"):
        return None
    restricts = brief.get("restricts")
    free = (brief.get("own_terms") or {}).get("allowed") == "yes"
    if free and restricts is None:
        return None
    unsettled = alike.get("unsettled") or "data" in (one.relation, other.relation) or (one.relation == "code") != (other.relation == "code")
    sure = one.certain and other.certain and one.verified and other.verified and not unsettled
    section = (restricts or brief.get("own_terms") or brief.get("share_alike") or {}).get("section")
    blanks = {
        "one": one.id,
        "one_license": one.license,
        "one_section": alike["section"],
        "other": other.id,
        "other_license": other.license,
        "other_section": section,
        "what": check.words.pick(restricts["what"]) if restricts else "",
        "why": check.words.pick(alike["unsettled"]) if alike.get("unsettled") else "",
    }
    kind: Kind = "fail" if sure else "review"
    sentence = "conflict-restrictions" if restricts else "conflict-share-alike"
    evidence = (*one.evidence[:1], *other.evidence[:1])
    return check.finding(
        "license-conflict",
        kind,
        sentence,
        blanks,
        component=one,
        evidence=evidence,
        section=alike["section"],
        url=_brief(check, one).get("url"),
    )


def _brief(check: Checker, component: Component) -> Mapping[str, Any]:
    return check.subject.briefs.get(component.license or "", {})
