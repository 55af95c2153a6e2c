"""The house's allow and deny lists and the licences of a subject in, findings about those that do not fit out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from licensecheck.expressions import Term, parse
from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, HeldBack, Kind, Remedy

from .caps import Caps
from .findings import Words, check_finding, fill

#: What becomes of one licence: one of `deny`, outside `allow`, or nothing to say.
Standing = Literal["denied", "outside", "unknown", "fits"]
#: From the worst down: of several licences that all count the worst decides, of alternatives the best.
_ORDER: tuple[Standing, ...] = ("denied", "unknown", "outside", "fits")
#: The sentence of messages.yaml and the kind that each standing comes to.
_FINDINGS: dict[Standing, tuple[str, Kind]] = {
    "denied": ("denied-license", "fail"),
    "outside": ("license-not-allowed", "review"),
    "unknown": ("unknown-license-not-allowed", "review"),
}
_NO_LICENSE = (None, "", "other", "unknown")


class Policy(NamedTuple):
    """Licences by id as `resolve` gives it; `where` has the line of the manifest that each of them, `allow` or `deny` stands on."""

    allow: frozenset[str] | None
    deny: frozenset[str]
    where: Mapping[str, Evidence]
    resolve: Callable[[str], str | None]

    def standing(self, license_id: str | None) -> Standing:
        """How a licence or an SPDX expression stands: as the best of its alternatives, each as the worst of its parts."""
        if license_id in _NO_LICENSE or license_id is None:
            return "unknown" if self.allow is not None else "fits"
        expression = parse(license_id, self.resolve)
        if expression.flaw:
            return "fits" if self.allow is None else "outside"
        return max((self._all(alternative) for alternative in expression.alternatives), key=_ORDER.index)

    def _all(self, alternative: tuple[Term, ...]) -> Standing:
        return min((self._one(term.license) for term in alternative), key=_ORDER.index)

    def _one(self, name: str) -> Standing:
        known = named(name, self.resolve)
        if known in self.deny:
            return "denied"
        return "fits" if self.allow is None or known in self.allow else "outside"

    def line(self, standing: Standing, license_id: str | None) -> Evidence | None:
        """The line of the policy that a finding rests on."""
        if standing == "denied" and license_id is not None:
            words = license_id.replace("(", " ").replace(")", " ").split()
            found = (self.where.get(named(word, self.resolve)) for word in (license_id, *words))
            return next((item for item in found if item is not None), self.where.get("deny"))
        return self.where.get("allow")


def named(name: str, resolve: Callable[[str], str | None]) -> str:
    """A licence as it is compared: its id where it has one, else the name as it stands, in lower case."""
    return resolve(name) or name.strip().lower()


def apply_policy(
    subject: Subject, policy: Policy, relations: Mapping[str, Any], caps: Caps, words: Words, topics: Mapping[str, Any]
) -> list[Finding]:
    """One finding for each component, and for the subject itself, whose licence the policy denies or does not allow.

    A component of which nothing is inside the subject is no business of the policy.
    """
    found: list[Finding] = []
    declared = subject.declared
    if declared.raw is not None:
        own = declared.expression.text if declared.expression else declared.id or declared.name or declared.raw
        evidence = (declared.evidence,) if declared.evidence else ()
        found += _finding(policy, own, subject.name, None, evidence, None, subject, words, topics)
    for component in subject.components:
        if relations["relations"][component.relation]["carries"] == "none":
            continue
        held = caps.hold({"binds": "material"}, component, ())
        path = [list(step) for step in component.path]
        found += _finding(
            policy, _written(component), component.id, (component.id, path), component.evidence[:1], held, subject, words, topics
        )
    return found


def _written(component: Component) -> str | None:
    """The licence as it is offered: of a choice the house may take another than was taken here."""
    return component.expression.text if component.expression is not None else component.license


def _finding(
    policy: Policy,
    license_id: str | None,
    about: str,
    component: tuple[str, list[list[str]]] | None,
    evidence: tuple[Evidence, ...],
    held: HeldBack | None,
    subject: Subject,
    words: Words,
    topics: Mapping[str, Any],
) -> list[Finding]:
    standing = policy.standing(license_id)
    if standing == "fits":
        return []
    sentence, kind = _FINDINGS[standing]
    row = words.messages["checks"][sentence]
    blanks = {"component": about, "license": str(license_id), "subject": subject.name}
    remedy: Remedy = {"summary": fill(words.pick(row["help"]), blanks), "actions": [], "command": None}
    line = policy.line(standing, license_id)
    finding = check_finding(
        "policy",
        "review" if held is not None else kind,
        fill(words.pick(row["says"]), blanks),
        subject=subject.name,
        title=words.pick(topics["checks"]["policy"]["title"]),
        layer=str(topics["checks"]["policy"]["layer"]),
        slug=sentence,
        component=component[0] if component else None,
        path=component[1] if component else None,
        evidence=[*evidence, *([line] if line is not None else [])],
        remedy=remedy,
    )
    finding["held_back"] = held if kind == "fail" else None
    return [finding]
