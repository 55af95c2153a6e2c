"""Components that comparisons make possible, and heads of code that keep notices, in; their findings out, under a condition. Pure.

Similarity alone never comes to more than `review`: what would be `fail` or `open` of a declared component is held back here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.facts.base import Facts
from licensecheck.facts.observed import Observed
from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.report import LEVELS, Finding

from .caps import Caps
from .checks import Checker
from .checks.conflict import license_conflict
from .checks.declared import declared_license
from .checks.measured import described
from .checks.unknown import unknown_license
from .decide import Law, in_language
from .edition import in_force
from .findings import Words, fingerprint, from_judgement
from .judge import Judgement, judge

#: All that the head of a file settles.
_KEPT = "retain-notices"


def beside(subject: Subject, facts: Sequence[Facts], seen: Observed, law: Law, words: Words, caps: Caps) -> Iterator[Finding]:
    """The findings; `facts` has one entry for each possible component, then one for each file whose head keeps notices."""
    table = law.facts["facts"]
    for component, own in zip((*subject.possible, *subject.kept), facts, strict=True):
        for view in component.under_each():
            for clause, judged in _judged(view, own, seen, law, words, caps):
                finding = from_judgement(clause, view, judged, subject.name, words, law.relations)
                if not view.possible:
                    yield finding
                elif judged.kind != "informational":
                    missing = [words.pick(table[fact].get("ask") or fact) for fact in judged.missing if fact in table]
                    conditional(finding, view, words, caps, missing)
                    if clause["topic"] == _KEPT and view.type == "code":
                        described(Checker(subject, words, law.topics, caps), finding, view)
                    yield finding
    yield from _checks(subject, law, words, caps)


def _judged(
    view: Component, own: Facts, seen: Observed, law: Law, words: Words, caps: Caps
) -> Iterator[tuple[Mapping[str, Any], Judgement]]:
    facts = own.replaced({"component.license": view.license})
    policies = law.policies.get((view.id, view.license), ())
    for clause in (*in_force(law.clauses.get(view.license or "", ()), view), *policies):
        if view.possible or clause["topic"] == _KEPT:
            spoken = in_language(clause, words)
            yield spoken, judge(spoken, view, facts, seen, caps)


def _checks(subject: Subject, law: Law, words: Words, caps: Caps) -> Iterator[Finding]:
    """What the checks of licences would say if the possible components were there; of the others they have spoken already."""
    if not subject.possible:
        return
    by_path = {component.path: component for component in subject.possible}
    view = Checker(subject._replace(components=(*subject.components, *subject.possible)), words, law.topics, caps)
    for check in (declared_license, license_conflict, unknown_license):
        for finding in check(view):
            component = by_path.get(tuple((str(step[0]), str(step[1])) for step in finding["path"]))
            if component is not None and finding["kind"] != "pass":
                yield conditional(finding, component, words, caps, ())


def conditional(finding: Finding, component: Component, words: Words, caps: Caps, missing: Sequence[str]) -> Finding:
    """A finding that holds only if the subject is made of the component: it says so, and is a review at most."""
    near, file = component.path[0][1], component.attributes.get("code")
    # one model may be declared to be one thing and measured to be another, and several files may be close to one code base
    finding["id"] = fingerprint(finding["rule"], finding["component"], finding["id"], f"possible {component.relation} {file or ''}")
    finding.update({"condition": near, "basis": "measured", "confidence": "low", "question": None})
    if finding["kind"] == "not-applicable":
        return finding
    blanks = {"component": near, "said": finding["message"], "file": file or ""}
    finding["message"] = words.say("conditions", "code" if file else "derived", blanks)
    if finding["kind"] in ("fail", "open"):
        held = caps.hold({"binds": "material"}, component, ())
        finding["held_back"] = {"kind": finding["kind"], "cap": held["cap"], "reasons": held["reasons"]} if held else None
        finding.update({"kind": "review", "outcome": "undecided", "level": LEVELS["review"]})
    if finding["remedy"] is not None:  # nothing is written for what nobody declares
        finding["remedy"] = {**finding["remedy"], "actions": [], "command": None}
    if finding["kind"] == "review":
        finding["notes"] += [words.say("conditions", "asked", {"question": question}) for question in missing]
        finding["would_change"] = words.say("conditions", "would-change", {"component": near})
    return finding
