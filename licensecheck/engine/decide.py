"""Clauses, components, facts and what the files show in, all findings and the questions they leave out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from licensecheck.facts.base import Facts
from licensecheck.facts.observed import Observed
from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.records import Record
from licensecheck.report import Finding

from .caps import Caps
from .checks import Checker, run_checks
from .edition import in_force
from .findings import Words, fingerprint, from_judgement
from .judge import Judgement, judge
from .questions import Asked, Rejudge, ask


class Law(Record):
    """What the engine needs of the knowledge: tables, and the compiled clauses of each licence id."""

    facts: Mapping[str, Any]
    relations: Mapping[str, Any]
    topics: Mapping[str, Any]
    caps: Mapping[str, Any]
    messages: Mapping[str, Any]
    clauses: Mapping[str, Sequence[Mapping[str, Any]]]
    #: of use policies that a model takes in beside its licence, by its id and that licence
    policies: Mapping[tuple[str, str | None], Sequence[Mapping[str, Any]]] = {}


class Decision(Record):
    """Everything decided about one subject."""

    findings: list[Finding]
    questions: list[dict[str, Any]]
    #: findings that would be `fail` if the weights were public; None when the release is declared
    if_published: int | None


def decide(subject: Subject, facts: Sequence[Facts], seen: Observed, law: Law, lang: str) -> Decision:
    """Judge every clause of every component and the subject itself.

    `facts` has one entry for each component, then for each possible one, then for each file of code that keeps its notices.
    """
    words = Words(law.messages, lang)
    caps = Caps(law.caps, law.facts, lang, law.messages)
    findings: list[Finding] = []
    waiting: list[Asked] = []
    published = 0
    table = law.facts["facts"]
    within = len(subject.components)
    for component, component_facts in _under_each(subject, facts[:within]):
        own = law.policies.get((component.id, component.license), ())
        for clause in (*in_force(law.clauses.get(component.license or "", ()), component), *own):
            spoken = in_language(clause, words)
            again = partial(_judge, spoken, component, seen, caps)
            judged = again(component_facts)
            finding = from_judgement(spoken, component, judged, subject.name, words, law.relations)
            findings.append(finding)
            if judged.missing:
                asked_for = tuple(dict.fromkeys(str(table.get(fact, {}).get("ask_as", fact)) for fact in judged.missing))
                waiting.append(Asked(finding, asked_for, component_facts, again))
                if again(component_facts.replaced({"release.weights": "public"})).kind == "fail":
                    published += 1
    checker = Checker(subject, words, law.topics, caps)
    findings += run_checks(checker)
    if subject.possible or subject.kept:
        from .possible import beside

        findings += beside(subject, facts[within:], seen, law, words, caps)
    findings = _told_apart(findings)
    for finding in findings:
        if finding["license"] is None and finding["kind"] == "open" and finding["question"] is not None:
            waiting.append(Asked(finding, (str(finding["question"]["fact"]),), facts[0] if facts else Facts({}), _stays(finding, checker)))
            published += checker.if_released.get(finding["id"]) == "fail"
    for finding in findings:
        _weigh(finding)
    questions = ask(waiting, law.facts["facts"], words)
    undeclared = subject.leaves is None
    return Decision(sorted(findings, key=order), questions, published if undeclared else None)


def _told_apart(findings: Sequence[Finding]) -> list[Finding]:
    """Every finding under an id of its own: said twice it is one; of several that differ, the later ones count on."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        name, number = finding["id"], 1
        while name in kept and kept[name]["message"] != finding["message"]:
            number += 1
            name = fingerprint(finding["rule"], finding["component"], finding["id"], str(number))
        if name not in kept:
            finding["id"] = name
            kept[name] = finding
    return list(kept.values())


#: By the best way its evidence was obtained: what a finding rests on, and how sure that is.
_BASES = {
    "declared": ("declared", "high"),
    "prose": ("declared", "high"),
    "tool-written": ("tool-written", "medium"),
    "inferred": ("inferred", "low"),
}


def _weigh(finding: Finding) -> None:
    """What the finding rests on; a finding of a comparison has said so itself, one without evidence rests on nothing."""
    how = next((how for how in _BASES if any(item["how"] == how for item in finding["evidence"])), None)
    if how is not None:
        basis, confidence = _BASES[how]
        finding.setdefault("basis", basis)
        finding.setdefault("confidence", confidence)


def in_language(clause: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """The clause with the reasons of its branches in one language."""
    spoken = {
        key: [{**branch, "why": words.pick(branch["why"])} for branch in clause[key]] for key in ("unless", "unsettled") if clause[key]
    }
    if clause.get("purposes"):
        rows = {group: [{**row, "why": words.pick(row.get("why") or "")} for row in rows] for group, rows in clause["purposes"].items()}
        spoken["purposes"] = rows  # type: ignore[assignment]
    return {**clause, **spoken}


def _judge(clause: Mapping[str, Any], component: Component, seen: Observed, caps: Caps, facts: Facts) -> Judgement:
    return judge(clause, component, facts, seen, caps)


def _under_each(subject: Subject, facts: Sequence[Facts]) -> Iterator[tuple[Component, Facts]]:
    """Every component with its facts, once for each licence that applies to it."""
    for component, own in zip(subject.components, facts, strict=True):
        for view in component.under_each():
            yield view, own if view is component else own.replaced({"component.license": view.license})


def _stays(finding: Finding, checker: Checker) -> Rejudge:
    """A check's answer is a text: nothing can be said of what it would make of the finding, unless it waits for the release only."""
    released = checker.if_released.get(finding["id"])
    stays = Judgement(finding["kind"], finding["outcome"], "", {})
    if released is None:
        return lambda facts: stays

    def again(facts: Facts) -> Judgement:
        answer = facts.get(str(finding["question"]["fact"]) if finding["question"] else "")
        if answer is None:
            return stays
        return Judgement("pass", "not-triggered", "", {}) if answer in ("none", False) else Judgement(released, "undecided", "", {})

    return again


_RANK = {"fail": 0, "open": 1, "review": 2, "informational": 3, "pass": 4, "not-applicable": 5}


def order(finding: Finding) -> tuple[int, str, str, str]:
    """Worst first, then by licence, rule and component."""
    return _RANK[finding["kind"]], finding["license"] or "", finding["rule"], finding["component"] or ""
