"""A compiled condition and facts in, a tree of reasons with three-valued results out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from licensecheck.facts.base import Facts
from licensecheck.values import Figure, Interval, Kleene, all_of, any_of, negate

Node = Mapping[str, Any]
Reason = dict[str, Any]


def evaluate(node: Node, facts: Facts) -> Reason:
    """Every operator with its result; a leaf also has the fact, its value and how it was tested."""
    op = node["op"]
    if op == "fact":
        return _leaf(node, facts)
    if op in ("some", "every"):
        return _others(node, facts)
    of = [evaluate(child, facts) for child in node["of"]]
    results = (child["result"] for child in of)
    if op == "all":
        result = all_of(results)
    elif op == "any":
        result = any_of(results)
    elif op == "not":
        result = negate(of[0]["result"])
    else:
        result = of[0]["result"]
    reason: Reason = {"op": op, "result": result, "of": of}
    if op == "term":
        reason["term"] = node["term"]
    return reason


def leaves(reason: Reason) -> Iterator[Reason]:
    """The facts that were tested, from left to right."""
    if "of" not in reason:
        yield reason
    for child in reason.get("of", ()):
        yield from leaves(child)


def deciding(reason: Reason) -> Iterator[Reason]:
    """The leaves that the result rests on: those that would have to change for it to change."""
    if "of" not in reason:
        yield reason
        return
    for child in reason["of"]:
        if reason["op"] in ("all", "any", "some", "every") and child["result"] != reason["result"]:
            continue
        yield from deciding(child)


def missing(reason: Reason) -> list[str]:
    """The facts whose absence keeps the result unknown, each once, from left to right."""
    if reason["result"] is not None:
        return []
    return list(dict.fromkeys(leaf["fact"] for leaf in deciding(reason) if "fact" in leaf))


def _leaf(node: Node, facts: Facts) -> Reason:
    value = facts.get(node["fact"])
    reason: Reason = {"fact": node["fact"], "test": node["test"], "wanted": node.get("label") or node["value"], "value": _shown(value)}
    if value is None:
        return {**reason, "result": None}
    result, undated = TESTS[node["test"]](value, node)
    if undated:
        reason["undated"] = node["month"]
    return {**reason, "result": result}


def _others(node: Node, facts: Facts) -> Reason:
    of = [evaluate(node["of"][0], other) for other in facts.others]
    results = [child["result"] for child in of]
    result = any_of(results) if node["op"] == "some" else all_of(results)
    if result is (node["op"] == "every") and facts.get("lineage.open"):
        # nobody has said what the subject was built from: another component may be there
        of.append({"fact": "built_from", "test": "known", "wanted": True, "value": None, "result": None})
        result = None
    return {"op": node["op"], "result": result, "of": of}


def _in(value: Any, node: Node) -> tuple[Kleene, bool]:
    return any(value == wanted and isinstance(value, bool) == isinstance(wanted, bool) for wanted in node["value"]), False


def _as_set(value: Any) -> tuple[Any, ...]:
    return () if value is False else tuple(value) if isinstance(value, list | tuple) else (value,)


def _holds(value: Any, node: Node) -> tuple[Kleene, bool]:
    if value is True:  # "yes", without saying which
        return None, False
    return any(item in node["value"] for item in _as_set(value)), False


def _only(value: Any, node: Node) -> tuple[Kleene, bool]:
    return all(item in node["value"] for item in _as_set(value)), False


def _within(value: Any, node: Node) -> tuple[Kleene, bool]:
    codes = node["value"]
    return any(item in codes or item == node.get("label") for item in _as_set(value)), False


def _figure(value: Any, node: Node) -> tuple[Kleene, bool]:
    """Above or at least a limit; `True` as second part: it is not dated as the clause wants it."""
    if not isinstance(value, Figure):
        return None, False
    if node.get("currency") and value.unit != node["currency"]:
        return None, False
    limit, month = node["value"], node.get("month")
    test: Callable[[Interval], Kleene] = (lambda i: i.above(limit)) if node["test"] == "above" else (lambda i: i.at_least(limit))
    if month and month in value.months:
        return test(value.months[month]), False
    latest = value.latest
    if latest is None:
        return None, False
    result = test(latest)
    return result, bool(month)


TESTS: dict[str, Callable[[Any, Node], tuple[Kleene, bool]]] = {
    "in": _in,
    "holds": _holds,
    "only": _only,
    "within": _within,
    "above": _figure,
    "at_least": _figure,
}


def _shown(value: Any) -> Any:
    if isinstance(value, Figure):
        months = {month: str(interval) for month, interval in value.months.items()}
        return {**months, **({"undated": str(value.undated)} if value.undated else {})} if months else str(value.undated)
    return list(value) if isinstance(value, tuple) else value
