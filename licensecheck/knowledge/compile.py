"""The folder `rules/` in, one validated index of JSON files out, so that a run loads only what it needs."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.errors import InputError, Problem

from .blanks import substitute
from .clauses import compile_clauses
from .copies import index_of
from .files import Files, RuleFile, read_files, read_yaml
from .identity import identify
from .licenses import LICENSE, POLICY
from .likeness import chain, check_likeness, merged
from .lines import lines_of
from .order import check_order
from .policies import clauses_of, with_policy
from .providers import provider_ids
from .registry import by_organisation
from .rows import Names, check_rows, read_rows
from .shape import Check, Context, nearest
from .together import check_together

TABLES = (
    "facts",
    "relations",
    "topics",
    "caps",
    "territories",
    "purposes",
    "messages",
    "phrases",
    "claims",
    "manifest",
    "families",
    "copies",
    "identifiers",
    "marks",
    "data",
    "knowledge",
    "techniques",
)
#: Changes whenever the form of the index does.
FORMAT = 5

Tables = Mapping[str, Any]


class Bench(NamedTuple):
    """What files are checked with: the tables, the closed lists of words, and where problems go."""

    tables: Tables
    vocabulary: Mapping[str, frozenset[str]]
    problems: list[Problem]

    def context(self, file: RuleFile) -> Context:
        return Context(file.path, file.lines, self.vocabulary, self.problems)


def read_rules(rules: str, extra: str | None = None) -> tuple[dict[str, Any], list[Problem]]:
    """All of `rules/`, validated: `core` tables, `license` by id, `policy`, `registry`, and the `files`; and every problem found.

    Licence and policy files and rows of the folder `extra`, a house's own, are added to those of `rules` or stand in for them.
    """
    problems: list[Problem] = []
    tables = {}
    for name in TABLES:
        read = read_yaml(os.path.join(rules, f"{name}.yaml"), problems)
        tables[name] = read[0] if read else {}
    if extra is not None and not os.path.exists(extra):
        problems.append(Problem(extra, None, "no such file or folder"))
    if problems:
        return {}, problems
    vocabulary = {"topics": frozenset(tables["topics"]["topics"]), "purposes": frozenset(tables["purposes"]["purposes"])}
    bench = Bench(tables, vocabulary, problems)
    files = read_files(rules, None if extra is not None and os.path.samefile(rules, extra) else extra, problems)
    policies, licenses = _compiled(files, bench)
    if licenses:
        check_order(files, problems)
    if problems:
        return {}, problems
    identity = identify(licenses, tables["identifiers"])
    if licenses:
        check_together(files["licenses"], identity["brief"], problems)
    rows = read_rows(rules, extra, Names(identity["names"]), problems)
    registry = {kind: by_organisation(rows[kind]) for kind in rows}
    copies, techniques = tables.pop("copies"), tables.pop("techniques")
    marks = {**tables["marks"], "lines": lines_of(rows["models"])}
    core = {**tables, "marks": marks, "providers": provider_ids(rows["services"], licenses), "licenses": identity}
    return {
        "core": core,
        "license": licenses,
        "policy": policies,
        "registry": registry,
        "copies": {**copies, "index": index_of(rows["models"], copies)},
        "techniques": techniques,
        "files": files,
    }, problems


def lint(path: str | None = None) -> list[Problem]:
    """What is wrong with the shipped rule files, and with the house files at `path` (a folder or one file) on top of them."""
    from .load import rules_folder

    compiled, problems = read_rules(rules_folder(), path)
    if compiled and not problems:
        check_rows(rules_folder(), Names(compiled["core"]["licenses"]["names"]), problems)
    return problems


def layers(path: str) -> list[str]:
    """What the house files at `path` stand in for, a sentence each: the nearest file of a name wins."""
    from .load import rules_folder

    problems: list[Problem] = []
    shipped = read_files(rules_folder(), None, problems)
    both = read_files(rules_folder(), path, problems) if not os.path.samefile(path, rules_folder()) else shipped
    return [
        f"{file.path}: stands in for the shipped {shipped[kind][name].path}"
        for kind, files in both.items()
        for name, file in files.items()
        if name in shipped[kind] and shipped[kind][name].path != file.path
    ]


def build(rules: str, out: str, extra: str | None = None) -> None:
    """Write the index of `rules` into the folder `out`; raises InputError with every problem if there is one."""
    compiled, problems = read_rules(rules, extra)
    if problems:
        raise InputError(problems)
    os.makedirs(os.path.join(out, "license"), exist_ok=True)
    _write_registry(out, compiled["registry"])
    for name in ("core", "policy", "copies", "techniques"):
        _write(os.path.join(out, f"{name}.json"), compiled[name])
    for name, data in compiled["license"].items():
        _write(os.path.join(out, "license", f"{name}.json"), data)
    _write(os.path.join(out, "index.json"), {"format": FORMAT, "state": content_state(rules)})


def _write_registry(out: str, registry: Mapping[str, Mapping[str, Any]]) -> None:
    """The rows of each organisation one after the other in one file, and where each begins: a lookup reads one piece."""
    places: dict[str, dict[str, tuple[int, int]]] = {}
    with open(os.path.join(out, "registry.rows"), "wb") as file:
        for kind, organisations in registry.items():
            for name, rows in organisations.items():
                piece = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_iso).encode("utf-8")
                places.setdefault(kind, {})[name] = (file.tell(), len(piece))
                file.write(piece)
    _write(os.path.join(out, "registry.json"), places)


def content_state(rules: str) -> str:
    """SHA-256 over names and contents of all rule files: what the index was built from."""
    digest = hashlib.sha256()
    for path in sorted(_files(rules)):
        with open(path, "rb") as file:
            digest.update(os.path.relpath(path, rules).replace(os.sep, "/").encode() + b"\0" + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _files(rules: str) -> list[str]:
    return [os.path.join(folder, name) for folder, _, names in os.walk(rules) for name in names if name.endswith(".yaml")]


def _write(path: str, value: object) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"), default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the index")


def _compiled(files: Files, bench: Bench) -> tuple[dict[str, Any], dict[str, Any]]:
    """Policies and licences by id; none where a file has no right shape, so that one mistake is not told twice."""
    shapes: tuple[tuple[str, Check], ...] = (("policies", POLICY), ("licenses", LICENSE))
    for kind, shape in shapes:
        for file in files[kind].values():
            shape(file.value, (), bench.context(file))
    if bench.problems:
        _look_closer(files, bench)
        return {}, {}
    for kind, _ in shapes:
        for name, file in files[kind].items():
            check_likeness(name, files[kind], bench.context(file))
    policies = {name: _policy(name, files["policies"], bench) for name in files["policies"]}
    return policies, {name: _license(name, files["licenses"], policies, bench) for name in files["licenses"]}


def _look_closer(files: Files, bench: Bench) -> None:
    """The clauses of the files that have the right shape, where others have not; those that are like one of these are left alone."""
    broken = {problem.path for problem in bench.problems}
    for found in files.values():
        for name, file in found.items():
            if not any(above.path in broken for above in chain(name, found)):
                compile_clauses(merged(name, found), bench.context(file), bench.tables, file)


def _policy(name: str, files: Mapping[str, RuleFile], bench: Bench) -> dict[str, Any]:
    data = merged(name, files)
    clauses = compile_clauses(data, bench.context(files[name]), bench.tables, files[name])
    for clause in clauses:
        if clause.get("policy") == name:  # what it forbids, where a model takes it in beside its licence
            clause.update(with_policy(data))
    return {**data, "raw_clauses": data.get("clauses", []), "clauses": clauses}


def _license(name: str, files: Mapping[str, RuleFile], policies: Mapping[str, Any], bench: Bench) -> dict[str, Any]:
    data = merged(name, files)
    context = bench.context(files[name])
    clauses = compile_clauses(data, context, bench.tables, files[name])
    for index, policy in enumerate(data.get("policies", ())):
        if policy in policies:
            clauses += clauses_of(policies[policy])
        else:
            context.problem(("policies", index), f"unknown policy `{policy}`{nearest(policy, policies)}")
    for clause in clauses:
        if "policy" in clause and clause["policy"] not in policies:
            where, _ = files[name].clause(clause["id"])
            context.problem((*where, "policy"), f"unknown policy `{clause['policy']}`{nearest(clause['policy'], policies)}")
        elif "policy" in clause:
            clause.update(with_policy(policies[clause["policy"]]))
    said = {key: value for key, value in data.items() if key not in ("clauses", "terms")}
    return {**substitute(said, data.get("words", {})), "clauses": clauses}
