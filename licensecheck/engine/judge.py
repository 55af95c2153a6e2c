"""A clause, a component, facts and what the files show in, one judged finding out. Pure: no files, no clock, no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.facts.base import Facts
from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.records import Record
from licensecheck.report import Action, Evidence, HeldBack, Kind, Outcome
from licensecheck.values import Kleene, all_of

from .caps import Caps
from .evaluate import Reason, deciding, evaluate, leaves, missing
from .requirements import Verdict, can_tell, judge_requirement, permission

Clause = Mapping[str, Any]


class Judgement(Record):
    """What became of a clause: the kind, the sentences that say why (of messages.yaml, with their blanks), and all it rests on."""

    kind: Kind
    outcome: Outcome
    sentence: str
    blanks: dict[str, str]
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[Action, ...] = ()
    missing: tuple[str, ...] = ()
    held_back: HeldBack | None = None
    notes: tuple[str, ...] = ()
    policy_section: str | None = None


def judge(clause: Clause, component: Component, facts: Facts, seen: Observed, caps: Caps) -> Judgement:
    """One clause against one component."""
    when = evaluate(clause["when"], facts)
    if when["result"] is False and _out_of_scope(clause, facts, caps.scoped):
        return Judgement("not-applicable", "not-applicable", "not-triggered", {}, (when,))
    if clause["effect"] in ("permission", "termination") or (clause.get("inform") and not can_tell(clause, component)):
        if when["result"] is False:
            return Judgement("pass", "not-triggered", "not-triggered", {}, (when,), _evidence((when,), facts))
        return Judgement("informational", "noted", "noted", {}, (when,))
    exception = _exception(clause, facts)
    if exception is not None and exception[0] is True:
        _, section, why, reason = exception
        return Judgement("pass", "not-triggered", "excepted", {"section": section, "why": why}, (when, reason))
    if clause.get("purposes") is not None:
        return _judge_purposes(
            clause,
            component,
            facts,
            seen,
            caps,
            when if exception is None else {"op": "all", "result": all_of((when["result"], None)), "of": [when, exception[3]]},
        )
    applies = when["result"] if exception is None else all_of((when["result"], None))
    reasons = (when,) if exception is None else (when, exception[3])
    if clause.get("requires") is None and clause.get("attest") is not None:
        return _judge_attest(clause, applies, facts, reasons)
    if clause["effect"] == "duty":
        return _judge_duty(clause, component, facts, seen, caps, applies, reasons)
    return _judge_prohibition(clause, component, facts, seen, caps, applies, reasons)


def _out_of_scope(clause: Clause, facts: Facts, scoped: frozenset[str]) -> bool:
    """False whatever release, use and licensee are: then the clause does not concern the component at all."""
    free = facts.replaced({fact: None for fact in _facts_of(clause["when"]) if fact not in scoped})
    return evaluate(clause["when"], free)["result"] is False


def _facts_of(node: Mapping[str, Any]) -> list[str]:
    if node["op"] == "fact":
        return [node["fact"]]
    return [fact for child in node["of"] for fact in _facts_of(child)]


def _exception(clause: Clause, facts: Facts) -> tuple[Kleene, str, str, Reason] | None:
    """The first exception that applies, else one that may; None when none can."""
    possible = None
    for branch in clause["unless"]:
        reason = evaluate(branch["when"], facts)
        if reason["result"] is True:
            return True, branch["section"], branch["why"], reason
        if reason["result"] is None and possible is None:
            possible = (None, branch["section"], branch["why"], reason)
    return possible


def _judge_duty(
    clause: Clause, component: Component, facts: Facts, seen: Observed, caps: Caps, applies: Kleene, reasons: tuple[Reason, ...]
) -> Judgement:
    verdict = judge_requirement(clause, component, seen)
    held = permission(clause, component, seen) if verdict.state != "met" else verdict
    if held.state == "met" and verdict.state != "met":
        verdict = held
    if applies is False:
        kind: tuple[Kind, Outcome] = ("pass", "not-triggered")
        return Judgement(*kind, "not-triggered", {}, reasons, _evidence(reasons, facts), notes=_notes(reasons, facts))
    if verdict.state == "met":
        return Judgement("pass", "met", verdict.sentence, verdict.blanks, reasons, verdict.evidence, notes=_notes(reasons, facts))
    if applies is None:
        return _open(reasons, facts, verdict)
    return _adverse(clause, component, facts, caps, reasons, verdict, "unmet")


def _judge_prohibition(
    clause: Clause, component: Component, facts: Facts, seen: Observed, caps: Caps, applies: Kleene, reasons: tuple[Reason, ...]
) -> Judgement:
    if "forbids" in clause:
        forbidden = evaluate(clause["forbids"], facts)
        applies, reasons = all_of((applies, forbidden["result"])), (*reasons, forbidden)
    if applies is False:
        return Judgement("pass", "not-triggered", "not-triggered", {}, reasons, _evidence(reasons, facts), notes=_notes(reasons, facts))
    held = permission(clause, component, seen)
    if held.state == "met":
        return Judgement("pass", "met", held.sentence, held.blanks, reasons, held.evidence)
    verdict = Verdict("unmet", "triggered", {}, held.evidence, held.actions)
    if applies is None:
        return _open(reasons, facts, verdict._replace(sentence="unknown"))
    return _adverse(clause, component, facts, caps, reasons, verdict, "triggered")


def _open(reasons: tuple[Reason, ...], facts: Facts, verdict: Verdict) -> Judgement:
    unknown = tuple(dict.fromkeys(fact for reason in reasons for fact in missing(reason)))
    return Judgement("open", "undecided", "unknown", verdict.blanks, reasons, _evidence(reasons, facts), verdict.actions, unknown)


def _adverse(
    clause: Clause, component: Component, facts: Facts, caps: Caps, reasons: tuple[Reason, ...], verdict: Verdict, outcome: Outcome
) -> Judgement:
    """A duty unmet or a prohibition triggered: `fail`, unless a cap holds it back or a missing fact decides whether one does."""
    branches = [(branch["why"], evaluate(branch["when"], facts)) for branch in clause["unsettled"]]
    doubts = [why for why, reason in branches if reason["result"] is True]
    reasons = (*reasons, *(reason for _, reason in branches if reason["result"] is True))
    undated = [leaf["undated"] for reason in reasons for leaf in leaves(reason) if leaf.get("undated") and leaf["result"]]
    held = caps.hold(clause, component, doubts, arguable=verdict.state == "arguable", undated=undated[0] if undated else None)
    undecided = tuple(reason for _, reason in branches if reason["result"] is None)
    if held is None and undecided:
        return _open(undecided, facts, verdict)
    evidence = verdict.evidence or _evidence(reasons, facts)
    kind: Kind = "fail" if held is None else "review"
    result: Outcome = outcome if held is None else "undecided"
    return Judgement(kind, result, verdict.sentence, verdict.blanks, reasons, evidence, verdict.actions, (), held, _notes(reasons, facts))


def _judge_attest(clause: Clause, applies: Kleene, facts: Facts, reasons: tuple[Reason, ...]) -> Judgement:
    """What a person must say: open when a declared fact makes it concrete, else worth knowing."""
    if applies is False:
        return Judgement("pass", "not-triggered", "not-triggered", {}, reasons)
    concrete = clause["attest"].get("concrete")
    if concrete is not None:
        reason = evaluate(concrete, facts)
        if reason["result"] is True and applies is True:
            return Judgement("open", "undecided", "attest", {}, (*reasons, reason), _evidence((reason,), facts), (), ("attest",))
    return Judgement("informational", "noted", "attest", {}, reasons)


def _judge_purposes(clause: Clause, component: Component, facts: Facts, seen: Observed, caps: Caps, when: Reason) -> Judgement:
    """A use policy by the declared purposes: named outright, tied to conditions, not named, or none declared."""
    if when["result"] is False:
        return Judgement("pass", "not-triggered", "not-triggered", {}, (when,), _evidence((when,), facts))
    declared = facts.get("use.purposes")
    if declared is None:
        return Judgement("informational", "noted", "purposes.unknown", {}, (when,), (), (), ("use.purposes",))
    evidence = tuple(item for item in (facts.evidence("use.purposes"),) if item)
    for group in ("forbids", "conditions"):
        for row in clause["purposes"].get(group, ()):
            named = [purpose for purpose in declared if purpose in row["purposes"]]
            if not named:
                continue
            agreed = permission(clause, component, seen)
            if agreed.state == "met":
                return Judgement("pass", "met", agreed.sentence, agreed.blanks, (when,), agreed.evidence)
            blanks = {"purposes": ", ".join(named), "section": row["section"], "why": row.get("why", "")}
            if group == "conditions":
                return Judgement("review", "undecided", "purposes.conditional", blanks, (when,), evidence, policy_section=row["section"])
            if when["result"] is None:
                return Judgement(
                    "open",
                    "undecided",
                    "purposes.forbidden",
                    blanks,
                    (when,),
                    evidence,
                    (),
                    tuple(missing(when)),
                    policy_section=row["section"],
                )
            doubts = [branch["why"] for branch in clause["unsettled"] if evaluate(branch["when"], facts)["result"] is not False]
            held = caps.hold(clause, component, doubts)
            kind: Kind = "fail" if held is None else "review"
            outcome: Outcome = "triggered" if held is None else "undecided"
            return Judgement(kind, outcome, "purposes.forbidden", blanks, (when,), evidence, (), (), held, policy_section=row["section"])
    return Judgement("pass", "not-triggered", "purposes.free", {}, (when,), evidence)


def _evidence(reasons: tuple[Reason, ...], facts: Facts) -> tuple[Evidence, ...]:
    found = []
    for reason in reasons:
        for leaf in deciding(reason):
            evidence = facts.evidence(leaf["fact"]) if "fact" in leaf else None
            if evidence is not None and evidence not in found:
                found.append(evidence)
    return tuple(found[:6])


def _notes(reasons: tuple[Reason, ...], facts: Facts) -> tuple[str, ...]:
    notes = []
    for reason in reasons:
        for leaf in leaves(reason):
            found = facts.notes.get(leaf["fact"]) if "fact" in leaf and leaf["value"] is not None else None
            for note in (found, "undated-below" if leaf.get("undated") and leaf["result"] is False else None):
                if note and note not in notes:
                    notes.append(note)
    return tuple(notes)
