"""A report's questions and the form that was made for them in, what the page asks out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.report import KINDS

from .bilingual import Both, clean
from .findings import View
from .words import Words, both


@dataclass(frozen=True)
class Control:
    """One answer to give: which kind of input, the values to choose from, and the component it is about."""

    number: int
    kind: str
    key: str
    component: str | None
    choices: tuple[tuple[str, Both | str], ...]
    by_hand: bool


@dataclass(frozen=True)
class Asked:
    """A question: what waits for it, and what each answer would make of that, the gravest first."""

    number: int
    ask: Any
    fact: str
    waiting: tuple[View, ...]
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]
    controls: tuple[Control, ...]


def asked(report: Any, found: Sequence[View], form: Mapping[str, Any] | None, words: Words) -> list[Asked]:
    """The questions in the report's order, which is best first."""
    result = []
    form = form or {"fields": (), "by_hand": ()}
    for number, question in enumerate(report["questions"], 1):
        waiting = tuple(view for view in found if (view.finding["question"] or {}).get("fact") == question["fact"] and not view.waived)
        controls = tuple(
            _control(n, field, n in form["by_hand"], words) for n, field in enumerate(form["fields"]) if field["fact"] == question["fact"]
        )
        result.append(Asked(number, question["ask"], str(question["fact"]), waiting, _outcomes(question, waiting), controls))
    return result


def _control(number: int, field: Mapping[str, Any], by_hand: bool, words: Words) -> Control:
    said = field.get("choices") or ((value, None) for value in field.get("values") or ())
    choices = tuple((str(value), both(means) if means else str(value)) for value, means in said)
    if field["control"] == "bool":
        choices = (("true", words.say("yes")), ("false", words.say("no")))
    return Control(
        number, field["control"], clean(field["key"]), clean(field["component"]) if field["component"] else None, choices, by_hand
    )


def _outcomes(question: Any, waiting: Sequence[View]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each answer with the kinds that findings would then have."""
    kinds: dict[str, set[str]] = {}
    for table in ((view.finding["question"] or {}).get("if") or {} for view in waiting) if waiting else (question.get("if") or {},):
        for answer, kind in table.items():
            kinds.setdefault(readable(answer), set()).add(str(kind))
    return tuple((answer, tuple(kind for kind in KINDS if kind in found)) for answer, found in kinds.items())


def readable(answer: str) -> str:
    """A bound with its thousands apart.

    >>> readable("<=700000000"), readable("in EU")
    ('≤ 700,000,000', 'in EU')
    """
    number = answer.lstrip("<>=")
    sign = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> ", "": ""}.get(answer[: len(answer) - len(number)])
    return f"{sign}{int(number):,}" if sign is not None and number.isdecimal() and 4 < len(number) < 30 else answer
