"""Components in, those whose licence nobody knows or has rules for out."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.lineage.component import Component
from licensecheck.report import Finding, Kind

from .base import Checker


def unknown_license(check: Checker) -> Iterator[Finding]:
    for component in check.subject.components:
        yield from _as_written(check, component)
    for component in check.subject.terms:
        if component.relation in ("evaluates", "tokenizer", "architecture") or component.id == "":
            continue
        brief = check.subject.briefs.get(component.license or "", {})
        if brief.get("known") or (component.expression is not None and component.expression.flaw):
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
        far = len(component.path) > 1 or component.personal
        yield check.finding(
            "unknown-license",
            "informational" if far else "review",
            "no-rules",
            {"component": component.id, "license": component.license},
            component=component,
            evidence=evidence,
        )


def _as_written(check: Checker, component: Component) -> Iterator[Finding]:
    """What an expression leaves to say: what was taken of it, which exception nobody reads, why it cannot be read."""
    expression = component.expression
    if expression is None:
        return
    blanks = {"component": component.id, "expression": expression.text, "license": " AND ".join(component.licenses)}
    said: list[tuple[Kind, str, dict[str, str]]] = []
    if expression.flaw:
        said.append(("review", "bad-expression", {**blanks, "flaw": expression.flaw}))
    elif len(expression.alternatives) > 1:
        said.append(("informational", "choice-taken", blanks))
    for term in component.taken:
        if term.exception:
            said.append(("informational", "exception-unread", {**blanks, "license": term.license, "exception": term.exception}))
    for kind, sentence, own in said:
        evidence = component.evidence[:1]
        yield check.finding("unknown-license", kind, sentence, own, component=component, evidence=evidence, about=own.get("exception", ""))
