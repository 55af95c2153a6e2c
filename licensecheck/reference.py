"""The knowledge in, what each licence asks in each canonical situation out: every clause evaluated by the engine, no word guessed at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.engine.edition import standing_in
from licensecheck.engine.evaluate import Node, Reason, evaluate
from licensecheck.errors import InputError, Problem
from licensecheck.facts.base import Facts
from licensecheck.knowledge import Knowledge
from licensecheck.knowledge.files import read_yaml
from licensecheck.values import Kleene, all_of

Record = Mapping[str, Any]

#: What a clause is to the reader, by its effect.
GROUPS = {"duty": "must", "prohibition": "must-not", "rights-not-granted": "must-not", "permission": "may", "termination": "ends"}


def situations(knowledge: Knowledge) -> list[Record]:
    """The use cases of `rules/situations.yaml`, each with its cases: an id to all facts of that case."""
    path = os.path.join(knowledge.rules, "situations.yaml")
    problems: list[Problem] = []
    read = read_yaml(path, problems)
    if read is None:
        raise InputError(problems)
    table = read[0]
    found: list[Record] = []
    for use in table["uses"]:
        cases = {
            name: {**table["common"], **use["facts"], **facts}
            for name, facts in (use.get("cases") or {use["facts"]["component.relation"]: {}}).items()
        }
        found.append({"id": use["id"], "title": use["title"], "means": use["means"], "cases": cases})
    return found


def licence(name: str, knowledge: Knowledge, uses: Sequence[Record]) -> dict[str, Any]:
    """One licence: what its file says of it, its clauses, and for each use case the clauses that apply or may apply, by group."""
    data = knowledge.license(name)
    newest = _newest(data)
    found = []
    for use in uses:
        cases = {case: _facts(name, facts) for case, facts in use["cases"].items()}
        clauses = [entry for clause in newest if (entry := _entry(clause, cases))]
        commercial = {case: _commercially(newest, facts) for case, facts in cases.items()}
        found.append({"id": use["id"], "title": use["title"], "means": use["means"], "clauses": clauses, "commercial": commercial})
    named = [*(data.get("policies") or ()), *(clause["policy"] for clause in data["clauses"] if clause.get("policy"))]
    policies = [knowledge.policy(policy) for policy in dict.fromkeys(named)]
    return {**data, "uses": found, "use_policies": policies, "summary": _summary(data, newest, found)}


def _newest(data: Record) -> list[Record]:
    """The clauses of the newest edition, cited as it numbers them; of editions that stand side by side, those of all."""
    editions = data["editions"]
    current = [
        edition["text"] for index, edition in enumerate(editions) if not any(_supersedes(later, edition) for later in editions[index + 1 :])
    ]
    found: list[Record] = []
    for clause in data["clauses"]:
        texts = [text for text in current if text in clause.get("editions", current)]
        found += standing_in([clause], texts[-1]) if texts else []
    return found


def _supersedes(later: Record, edition: Record) -> bool:
    same = later.get("modality") == edition.get("modality")
    return same and str(later.get("from") or "") > str(edition.get("from") or "")


def _facts(name: str, facts: Record) -> Facts:
    """A case with the one component that it speaks of, and no other."""
    values = {fact: tuple(value) if isinstance(value, list) else value for fact, value in facts.items()}
    return Facts({**values, "component.license": name, "component.licenses": (name,), "lineage.open": False})


def _entry(clause: Record, cases: Mapping[str, Facts]) -> dict[str, Any] | None:
    """A clause in the cases of one use case; None where it applies in none of them."""
    standing = {case: found for case, facts in cases.items() if (found := stands(clause, facts))["state"] is not False}
    if not standing:
        return None
    group = "know" if clause.get("inform") else GROUPS[clause["effect"]]
    return {"clause": clause, "group": group, "everywhere": len(standing) == len(cases), "cases": standing}


def stands(clause: Record, facts: Facts) -> dict[str, Any]:
    """Does a clause apply: yes, no, or None and then on what it depends; which exceptions may lift it, and what a person must settle."""
    reasons = [(node, evaluate(node, facts)) for node in (clause["when"], clause.get("forbids")) if node is not None]
    exceptions = [(branch, evaluate(branch["when"], facts)) for branch in clause["unless"]]
    lifted = any(reason["result"] is True for _, reason in exceptions)
    state: Kleene = False if lifted else all_of(reason["result"] for _, reason in reasons)
    open_parts = [residual(node, reason) for node, reason in reasons if reason["result"] is None]
    depends = open_parts[0] if len(open_parts) == 1 else {"op": "all", "of": open_parts} if open_parts else None
    unsettled = [(branch, evaluate(branch["when"], facts)) for branch in clause["unsettled"]]
    return {
        "state": state,
        "depends": depends if state is None else None,
        "unless": [_branch(branch, reason) for branch, reason in exceptions if reason["result"] is None],
        "unsettled": [_branch(branch, reason) for branch, reason in unsettled if reason["result"] is not False],
    }


def _branch(branch: Record, reason: Reason) -> dict[str, Any]:
    when = residual(branch["when"], reason) if reason["result"] is None else None
    return {**{key: branch[key] for key in ("section", "why") if key in branch}, "when": when}


def residual(node: Node, reason: Reason) -> dict[str, Any]:
    """What is left of a condition once the known facts have had their say: the part that decides it.

    >>> node = {"op": "all", "of": [{"op": "fact", "fact": f, "test": "in", "value": [True]} for f in ("a", "b")]}
    >>> residual(node, evaluate(node, Facts({"a": True})))["fact"]
    'b'
    """
    if node["op"] == "fact" or "of" not in reason:
        return dict(node)
    pairs = zip(node["of"], reason["of"], strict=False)  # `others` may have no reasons at all
    parts = [residual(child, found) for child, found in pairs if found["result"] is None]
    if node["op"] in ("all", "any", "term") and len(parts) == 1:
        return parts[0]
    return {"op": node["op"], "of": parts}


def _commercially(clauses: Sequence[Record], facts: Facts) -> list[tuple[str, str]]:
    """The clauses that stand or may stand against the use where it is commercial, each with what is left: `no`, `permission`, `depends`."""
    selling = facts.replaced({"use.commercial": True})
    found = []
    for clause in clauses:
        about = clause["topic"] == "non-commercial" or (clause["topic"] == "request-license" and _reads(clause, "use.commercial"))
        if not about or clause.get("inform") or GROUPS[clause["effect"]] not in ("must", "must-not"):
            continue
        state = stands(clause, selling)["state"]
        if state is not False:
            asks = (clause.get("requires") or {}).get("agreement")
            found.append((str(clause["id"]), "depends" if state is None else "permission" if asks else "no"))
    return found


def _reads(clause: Record, fact: str) -> bool:
    return any(leaf["fact"] == fact for node in (clause["when"], clause.get("forbids")) if node for leaf in _leaves(node))


def _summary(data: Record, clauses: Sequence[Record], uses: Sequence[Record]) -> dict[str, Any]:
    """What the index shows of the newest edition: clauses that apply or may apply somewhere, by topic, with figures and territories."""
    topics: dict[str, list[Record]] = {}
    for clause in clauses:
        applies = any(entry["clause"] is clause and entry["group"] in ("must", "must-not") for use in uses for entry in use["clauses"])
        if applies:
            topics.setdefault(str(clause["topic"]), []).append(clause)
    figures = [leaf for clause in clauses if clause["topic"] in ("scale-threshold", "request-license") for leaf in _figures(clause["when"])]
    places = [
        leaf for clause in topics.get("territory", ()) for node in (clause["when"], clause.get("forbids")) if node for leaf in _places(node)
    ]
    states = [
        state
        for use in uses
        if use["id"] in ("use", "service", "product", "release")
        for found in use["commercial"].values()
        for _, state in found
    ]
    stated = (data.get("commercial") or {}).get("allowed")
    commercial = "no" if stated is False else next((state for state in ("no", "permission", "depends") if state in states), "yes")
    return {"topics": topics, "figures": figures, "places": places, "commercial": commercial}


def _figures(node: Node) -> Iterator[Node]:
    return (leaf for leaf in _leaves(node) if leaf["test"] in ("above", "at_least"))


def _places(node: Node) -> Iterator[Node]:
    return (leaf for leaf in _leaves(node) if leaf["fact"] in ("licensee.established", "use.markets"))


def _leaves(node: Node) -> Iterator[Node]:
    if node["op"] == "fact":
        yield node
    for child in node.get("of") or ():
        yield from _leaves(child)
