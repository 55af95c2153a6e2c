"""Open findings in, one block for each question out: what is asked, what it decides, what each answer would make of it."""

from __future__ import annotations

from typing import Any

from licensecheck.report import KINDS

from .blocks import cited, detail, heading
from .terminal import Look, safe

#: facts that have a manifest key of the same name
_SETTABLE = ("release.", "use.", "licensee.", "model.")


def by_question(findings: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Open findings under the fact they wait for; a finding that names none stands under its rule."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        question = finding["question"] or {}
        groups.setdefault(question.get("fact") or finding["rule"], []).append(finding)
    return groups


def asked(fact: str, group: list[dict[str, Any]], question: dict[str, Any], look: Look, alone: bool) -> list[str]:
    """The block of one question; `question` is the report's entry for the fact, which knows its type."""
    own = group[0]["question"] or {}
    asks = (own.get("ask"), question.get("ask"))
    lines = heading("open", fact, next((ask for ask in asks if ask and ask != fact), group[0]["title"]), look)
    rules: dict[str, list[str]] = {}
    for finding in group:
        name = f"{cited(finding, finding['rule'], look.lang)}{look.words['colon']}{safe(finding['title'])}"
        rules.setdefault(name, []).append(safe(finding["component"], 120) if finding["component"] else "")
    join = look.words["list"].join
    shown = [name + (f" ({join(filter(None, about))})" if not alone and any(about) else "") for name, about in rules.items()]
    lines += detail("rules", shown, look)
    if len(rules) == 1:
        lines += detail("why", [group[0]["message"]], look)
    lines += detail("then", outcomes(group, look), look)
    if own.get("fact") and not fact.startswith(_SETTABLE):
        lines += detail("help", [group[0]["remedy"]["summary"]] if group[0]["remedy"] else [], look)
    elif own.get("fact"):
        lines += detail("help", [look.say("answer", fact=safe(fact), values=_values({**question, **own}, look))], look)
    return lines


def outcomes(group: list[dict[str, Any]], look: Look) -> list[str]:
    """Answers by what they would make of the findings; apart for rules that the same answer treats differently."""
    tables: dict[str, list[str]] = {}
    for finding in group:
        kinds: dict[str, list[str]] = {}
        for answer, kind in ((finding["question"] or {}).get("if") or {}).items():
            kinds.setdefault(kind, []).append(_readable(safe(answer)))
        order = [kind for kind in KINDS if kind in kinds]
        table = look.words["apart"].join(f"{look.words['list'].join(kinds[kind])} → {look.say('kind.' + kind)}" for kind in order)
        rules = tables.setdefault(table, [])
        if finding["rule"] not in rules:
            rules.append(finding["rule"])
    if len(tables) == 1:
        return [table for table in tables if table]
    return [f"{safe(look.words['list'].join(rules))}{look.words['colon']}{table}" for table, rules in tables.items() if table]


def _readable(answer: str) -> str:
    """A bound with its thousands apart.

    >>> _readable("<=700000000"), _readable("2024")
    ('<=700,000,000', '2024')
    """
    number = answer.lstrip("<>=")
    return answer[: len(answer) - len(number)] + f"{int(number):,}" if number.isdecimal() and 4 < len(number) < 30 else answer


def _values(question: dict[str, Any], look: Look) -> str:
    if question.get("values"):
        return "|".join(safe(value) for value in question["values"])
    key = "value." + str(question.get("type"))
    return look.words.get(key) or look.words["value.any"]
