"""Open findings in, the fewest questions that settle them out, each with what every answer would make of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from licensecheck.facts.base import Facts
from licensecheck.records import Record
from licensecheck.report import Finding
from licensecheck.values import Figure, Interval

from .evaluate import Reason, leaves
from .findings import Words
from .judge import Judgement

Rejudge = Callable[[Facts], Judgement]


class Asked(Record):
    """A finding that waits for facts: how to judge it again once one of them is known."""

    finding: Finding
    missing: tuple[str, ...]
    facts: Facts
    again: Rejudge


def ask(waiting: Sequence[Asked], table: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """One question per fact, best first: the fact that most findings wait for; each finding is given one question."""
    left = list(waiting)
    questions: list[dict[str, Any]] = []
    while left:
        counts = Counter(fact for asked in left for fact in asked.missing)
        if not counts:
            break
        order = {fact: n for n, fact in enumerate(table)}
        fact = min(counts, key=lambda name: (-counts[name], order.get(name, 999)))
        settled = [asked for asked in left if fact in asked.missing]
        left = [asked for asked in left if fact not in asked.missing]
        questions.append(_question(fact, settled, table.get(fact, {}), words))
    return questions


def _question(fact: str, settled: Sequence[Asked], row: Mapping[str, Any], words: Words) -> dict[str, Any]:
    asked_for = row.get("ask") or words.messages["asks"].get(fact)
    sentence = words.pick(asked_for) if asked_for else fact
    for asked in settled:
        asked.finding["question"] = {"fact": fact, "ask": sentence, "if": what_if(fact, asked, row, words)}
    question: dict[str, Any] = {
        "fact": fact,
        "ask": sentence,
        "type": row.get("type", "text"),
        "unit": row.get("unit"),
        "values": list(row.get("values") or ()),
        "settles": sum(1 for asked in settled if asked.finding["kind"] == "open"),
        "rules": sorted({asked.finding["rule"] for asked in settled}),
    }
    first = settled[0].finding["question"]
    question["if"] = first["if"] if first else {}
    return question


def what_if(fact: str, asked: Asked, row: Mapping[str, Any], words: Words) -> dict[str, str]:
    """Each answer worth telling apart, and the kind the finding would have."""
    answers: dict[str, str] = {}
    for label, value in _answers(fact, asked, row, words):
        answers[label] = asked.again(asked.facts.replaced({fact: value})).kind
    return answers


def _answers(fact: str, asked: Asked, row: Mapping[str, Any], words: Words) -> list[tuple[str, Any]]:
    kind = row.get("type")
    tested = [leaf for reason in asked.finding["reasons"] for leaf in _leaves(reason) if leaf.get("fact") == fact]
    if kind == "bool":
        return [("true", True), ("false", False)]
    if kind in ("figure", "money"):
        limits = sorted({(leaf["wanted"], leaf["test"]) for leaf in tested})
        return [answer for limit, test in limits for answer in _sides(limit, test, row.get("unit") or "USD")]
    if kind == "country":
        label = next((str(leaf["wanted"]) for leaf in tested if isinstance(leaf["wanted"], str)), None)
        return [(words.say("answers", key, {"place": label}), value) for key, value in (("in", (label,)), ("out", ("-",)))] if label else []
    if kind == "enum" and row.get("values"):
        return [(value, value) for value in row["values"]]
    if kind == "set" and tested and isinstance(tested[0]["wanted"], list):
        wanted = tested[0]["wanted"]
        return [(words.say("answers", "or", {}).join(wanted), (wanted[0],)), (words.say("answers", "else", {}), ("-",))]
    return []


def _sides(limit: int, test: str, unit: str) -> list[tuple[str, Figure]]:
    above = Interval(low=limit, low_open=test == "above")
    below = Interval(high=limit, high_open=test != "above")
    names = ("<=", ">") if test == "above" else ("<", ">=")
    return [(f"{names[0]}{limit}", Figure(below, {}, unit)), (f"{names[1]}{limit}", Figure(above, {}, unit))]


def _leaves(reason: Reason) -> list[Reason]:
    return list(leaves(reason))
