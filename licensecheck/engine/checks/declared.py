"""The licence a subject declares in, what does not fit out: nothing, a misspelt id, more than the lineage allows."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.engine.edition import section_of
from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind

from .base import DERIVED, Checker


def declared_license(check: Checker) -> Iterator[Finding]:
    subject, declared = check.subject, check.subject.declared
    if subject.leaves is False and declared.raw is None:
        return
    if declared.raw is None:
        yield from _nothing_declared(check)
    elif declared.id in ("other", None) and declared.raw == "other" and not declared.name:
        yield check.finding(
            "declared-license",
            "review",
            "other-without-name" if _copies_named(check) else "other-nameless",
            {"found": _copies_named(check)},
            evidence=(declared.evidence,),
        )
    elif declared.expression is not None and declared.expression.flaw:
        blanks = {"component": subject.name, "expression": declared.expression.text, "flaw": declared.expression.flaw}
        yield check.finding("declared-license", "review", "bad-expression", blanks, evidence=(declared.evidence,))
    elif declared.id is None and not declared.parts:
        hint = declared.suggestion
        yield check.finding(
            "declared-license",
            "review" if hint or not declared.name else "informational",
            "misspelt-id" if hint else "own-name" if declared.name else "unknown-id",
            {"declared": declared.name or declared.raw, "suggestion": hint or ""},
            evidence=(declared.evidence,),
        )
    yield from _against_prose(check)
    yield from _against_other_cards(check)
    yield from _against_lineage(check)


def _against_prose(check: Checker) -> Iterator[Finding]:
    """A sentence of the card that names another licence than its front matter, and not one that came with the material."""
    declared = check.subject.declared
    known = {declared.id, *declared.parts, *(component.license for component in check.subject.terms)}
    said = [(name, item) for name, item in check.subject.stated if item["key"] != "offered"]
    other = next(((name, item) for name, item in said if declared.id is not None and name not in known), None)
    if other is not None:
        blanks = {"declared": declared.id, "file": other[1]["source"], "words": other[1]["value"]}
        yield check.finding("declared-license", "review", "prose-license-differs", blanks, evidence=(other[1], declared.evidence))


def _against_other_cards(check: Checker) -> Iterator[Finding]:
    """Two cards of one model that declare different licences."""
    declared = check.subject.declared
    for name, item in check.subject.rivals:
        if declared.id is not None and name != declared.id and name not in declared.parts:
            known = {"declared": declared.id, "file": item["source"], "other": name}
            yield check.finding("declared-license", "review", "cards-differ", known, evidence=(declared.evidence, item))
            return


def _nothing_declared(check: Checker) -> Iterator[Finding]:
    subject = check.subject
    if subject.kind != "model" or (subject.card is None and not subject.looks_like_model):
        return
    copies = _copies_named(check)
    where: Evidence = {"source": subject.card or ".", "line": 1, "key": "license", "value": "", "how": "declared"}
    if not copies and subject.stated:
        item = subject.stated[0][1]
        blanks = {"file": item["source"], "words": item["value"]}
        yield check.finding("declared-license", "review", "declared-in-words", blanks, evidence=(item,))
        return
    yield check.finding(
        "declared-license",
        "informational" if copies else "review",
        "declared-nowhere" if not copies else "declared-in-file",
        {"found": copies},
        evidence=(where,),
    )


def _copies_named(check: Checker) -> str:
    return ", ".join(dict.fromkeys(f"{copy.license} ({copy.source})" for copy in check.subject.observed.copies if copy.license))


def _effective(check: Checker) -> tuple[str | None, Evidence | None]:
    """What the subject is offered under: what the card declares, else the one licence text at hand, else what the card's words say."""
    declared = check.subject.declared
    if declared.raw is not None:
        return declared.id, declared.evidence
    own = {copy.license: copy for copy in check.subject.observed.copies if copy.license and "/" not in copy.source}
    if not own and len(said := dict(check.subject.stated)) == 1:
        return next(iter(said.items()))
    if len(own) != 1:
        return None, None
    ((name, copy),) = own.items()
    return name, {"source": copy.source, "line": copy.line, "key": "license text", "value": str(name), "how": "declared"}


def _against_lineage(check: Checker) -> Iterator[Finding]:
    """A licence of the weights that does not allow other terms travels on: the card has to say so."""
    offered, evidence = _effective(check)
    declared = check.subject.declared
    if offered is None and not ((declared.name or declared.parts) and evidence):
        return
    inherited = [c for c in check.subject.terms if c.relation in DERIVED and c.license and c.type == "model"]
    licenses = {component.license for component in inherited}
    agreed = False
    for component in inherited:
        if component.license == offered or component.license in declared.parts:
            agreed = True
            yield from _in_one_alternative(check, component, evidence)
            continue
        yield from _one_inherited(check, component, offered, evidence, licenses)
    if agreed and check.subject.declared.raw is not None:
        yield check.finding("declared-license", "pass", "declared-fits", {"declared": offered or declared.raw}, evidence=(evidence,))


def _in_one_alternative(check: Checker, component: Component, evidence: Evidence | None) -> Iterator[Finding]:
    """A choice is the recipient's: terms that stay with the weights have to be in every alternative."""
    expression = check.subject.declared.expression
    terms = check.subject.briefs.get(component.license or "", {}).get("own_terms") or {"allowed": "conditional"}
    alternatives = expression.alternatives if expression else ()
    if terms["allowed"] != "yes" and any(all(term.license != component.license for term in each) for each in alternatives):
        blanks = {"declared": check.subject.declared.raw, "license": component.license, "component": component.id}
        section, url = section_of(terms, component), check.subject.briefs[str(component.license)].get("url")
        yield check.finding(
            "declared-license", "review", "declares-choice", blanks, component=component, evidence=(evidence,), section=section, url=url
        )


def _one_inherited(
    check: Checker, component: Component, offered: str | None, evidence: Evidence | None, licenses: set[str | None]
) -> Iterator[Finding]:
    brief = check.subject.briefs.get(component.license or "", {})
    terms = brief.get("own_terms") or {"allowed": "conditional", "section": None}
    alike = brief.get("share_alike") or {}
    opened = offered in alike.get("compatible", ()) and (not alike.get("beside") or offered in licenses)
    if terms["allowed"] == "yes" or opened:
        return
    forbids = terms["allowed"] == "no" or (not _commercial(check, component.license) and _commercial(check, offered))
    read = brief.get("known") and brief.get("verified")
    worded = evidence is not None and evidence["how"] == "prose"
    sure = not worded and component.certain and component.verified and read and offered is not None and offered not in licenses
    kind: Kind = "fail" if forbids and sure else "review"
    if offered in licenses and brief.get("publisher") == check.subject.briefs.get(offered or "", {}).get("publisher"):
        kind = "informational"  # two agreements of one publisher: the tag names one, both texts go along
    sentence = (
        "declares-more" if forbids and offered not in licenses else "declares-one-of-several" if offered in licenses else "declares-other"
    )
    yield check.finding(
        "declared-license",
        kind,
        sentence,
        {
            "declared": offered or check.subject.declared.name or check.subject.declared.raw,
            "component": component.id,
            "license": component.license,
            "section": section_of(terms, component) or "",
        },
        component=component,
        evidence=(evidence, *component.evidence[:1]),
        actions=(_field(check, component.license),),
        section=section_of(terms, component),
        url=brief.get("url"),
    )


def _commercial(check: Checker, license_id: str | None) -> bool:
    brief = check.subject.briefs.get(license_id or "", {})
    return bool((brief.get("commercial") or {"allowed": True})["allowed"])


def _field(check: Checker, license_id: str | None) -> dict[str, str]:
    hub = check.subject.briefs.get(license_id or "", {}).get("hub")
    fields = f"license: {license_id}" if hub else f"license: other\nlicense_name: {license_id}\nlicense_link: LICENSE"
    return {
        "kind": "set-field",
        "file": check.subject.card or "README.md",
        "proposal": f"license: {license_id if hub else 'other'}",
        "text": fields,
    }
