"""Conditions as a lawyer writes them in, the closed set of operators the engine evaluates out.

{release.weights: [public, private]}            the fact is one of these (a set fact: holds one of these)
{licensee.established: {in: EU}}                 a country of a territory
{use.monthly_active_users: {above: 100000000}}   also `at_least`; `month: "2024-06"` where the text names the month
{use.purposes: {only: [research]}}               a set fact holds nothing else
{others: {some: CONDITION}}                      some (or `every`) other component
{all: [...]}, {any: [...]}, {not: CONDITION}, and the name of one of the licence's own terms
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .shape import Context, Path, nearest

Node = dict[str, Any]

_FIGURES = {"figure", "money"}
_SETS = {"set", "country"}


class Compiler:
    """Compiles the conditions of one file; `tables` are those of `rules/`, `terms` the licence's own defined terms."""

    def __init__(self, context: Context, tables: Mapping[str, Any], terms: Mapping[str, Any]) -> None:
        self.context = context
        self.facts: Mapping[str, Any] = tables["facts"]["facts"]
        self.territories: Mapping[str, Any] = tables["territories"]["territories"]
        self.countries = frozenset(tables["manifest"]["countries"].split())
        self.currencies = frozenset(tables["manifest"]["currencies"].split())
        self.terms = terms
        self._compiled: dict[str, Node] = {}
        self._open: list[str] = []

    def compile(self, condition: object, path: Path) -> Node:
        """The operator tree of one condition; problems go to the context and an always-unknown node stands in."""
        if isinstance(condition, str):
            return self._term(condition, path)
        if not isinstance(condition, dict) or len(condition) != 1:
            return self._fail(path, "a condition is one fact, `all`, `any`, `not`, `others` or the name of a term")
        ((key, value),) = condition.items()
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                return self._fail((*path, key), f"`{key}` wants a list of conditions")
            return {"op": key, "of": [self.compile(item, (*path, key, index)) for index, item in enumerate(value)]}
        if key == "not":
            return {"op": "not", "of": [self.compile(value, (*path, key))]}
        if key == "others":
            return self._others(value, (*path, key))
        return self._fact(key, value, (*path, key))

    def _term(self, name: str, path: Path) -> Node:
        if name not in self.terms:
            return self._fail(path, f"unknown term `{name}`{nearest(name, self.terms)}")
        if name in self._open:
            return self._fail(path, f"the term `{name}` is defined by itself")
        if name not in self._compiled:
            self._open.append(name)
            self._compiled[name] = self.compile(self.terms[name], ("terms", name))
            self._open.pop()
        return {"op": "term", "term": name, "of": [self._compiled[name]]}

    def _others(self, value: object, path: Path) -> Node:
        if isinstance(value, dict) and len(value) == 1:
            ((how, condition),) = value.items()
            if how in ("some", "every"):
                return {"op": how, "of": [self.compile(condition, (*path, how))]}
        return self._fail(path, "`others` wants `some:` or `every:` and a condition")

    def _fact(self, name: str, value: object, path: Path) -> Node:
        fact = self.facts.get(name)
        if fact is None:
            return self._fail(path, f"unknown fact{nearest(name, [*self.facts, 'all', 'any', 'not', 'others'])}")
        if fact["type"] in _FIGURES:
            return self._figure(name, value, path)
        if isinstance(value, dict):
            return self._test(name, fact, value, path)
        values = value if isinstance(value, list) else [value]
        for item in values:
            self._value(fact, item, path)
        if fact["type"] in _SETS:
            return {"op": "fact", "fact": name, "test": "holds", "value": values}
        return {"op": "fact", "fact": name, "test": "in", "value": values}

    def _test(self, name: str, fact: Mapping[str, Any], value: dict[Any, Any], path: Path) -> Node:
        if fact["type"] == "country" and set(value) == {"in"}:
            territory = value["in"]
            codes = self.territories.get(territory) if isinstance(territory, str) else territory
            if not isinstance(codes, list):
                return self._fail(path, f"unknown territory `{territory}`{nearest(str(territory), self.territories)}")
            for item in territory if isinstance(territory, list) else ():
                self._value(fact, item, path)
            label = territory if isinstance(territory, str) else None
            return {"op": "fact", "fact": name, "test": "within", "value": codes, "label": label}
        if fact["type"] in _SETS and set(value) == {"only"} and isinstance(value["only"], list):
            for item in value["only"]:
                self._value(fact, item, path)
            return {"op": "fact", "fact": name, "test": "only", "value": value["only"]}
        return self._fail(path, f"a {fact['type']} fact cannot be tested with {', '.join(map(str, value))}")

    def _figure(self, name: str, value: object, path: Path) -> Node:
        tests = {"above", "at_least"}
        if not isinstance(value, dict) or len(tests & set(value)) != 1 or set(value) - tests - {"month", "currency"}:
            return self._fail(path, "a figure is tested with `above: N` or `at_least: N`, and `month:` or `currency:` if the text says so")
        test = next(iter(tests & set(value)))
        if isinstance(value[test], bool) or not isinstance(value[test], int | float):
            return self._fail(path, f"`{test}` wants a number")
        month, currency = value.get("month"), value.get("currency")
        if month is not None and not _is_month(month):
            return self._fail((*path, "month"), f"a month such as 2024-06 is wanted, not `{month}`")
        if currency is not None and currency not in self.currencies:
            return self._fail((*path, "currency"), f"`{currency}` is no currency code{nearest(str(currency), self.currencies)}")
        return {"op": "fact", "fact": name, "test": test, "value": value[test], "month": month, "currency": currency}

    def _value(self, fact: Mapping[str, Any], value: object, path: Path) -> None:
        wrong = self._wrong(fact, value)
        if wrong:
            self.context.problem(path, wrong)

    def _wrong(self, fact: Mapping[str, Any], value: object) -> str | None:
        """Why this is no value of a fact."""
        if fact["type"] == "bool":
            return None if isinstance(value, bool) else f"true or false is wanted, not `{value}`"
        if not isinstance(value, str):
            return f"a text is wanted, not `{value}`"
        if fact["type"] == "country" and value not in self.countries:
            hint = f"; did you mean {{in: {value}}}?" if value in self.territories else nearest(value, self.countries)
            return f"`{value}` is no country code such as DE{hint}"
        if fact.get("values") and value not in fact["values"]:
            return f"`{value}` is not a value of this fact{nearest(value, fact['values'])}"
        vocabulary = self.context.vocabulary.get(fact.get("vocabulary", ""), ())
        if vocabulary and value not in vocabulary:
            return f"unknown {fact['vocabulary']} `{value}`{nearest(value, vocabulary)}"
        return None

    def _fail(self, path: Path, message: str) -> Node:
        self.context.problem(path, message)
        return {"op": "all", "of": []}


def _is_month(value: object) -> bool:
    """A year and a month, or a word in braces that should have stood for one and is not defined (said elsewhere)."""
    return isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])|\{.*\}", value) is not None
