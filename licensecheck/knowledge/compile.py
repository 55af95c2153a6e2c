"""The folder `rules/` in, one validated index of JSON files out, so that a run loads only what it needs."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

from licensecheck.errors import InputError, Problem
from licensecheck.marked import Marked, MarkedError, parse

from .identity import identify
from .licenses import LICENSE, POLICY, compile_clauses, inherit, substitute
from .registry import by_organisation
from .shape import Context, nearest

TABLES = (
    "facts",
    "relations",
    "topics",
    "caps",
    "territories",
    "purposes",
    "messages",
    "phrases",
    "manifest",
    "families",
    "identifiers",
    "knowledge",
)
#: Changes whenever the form of the index does.
FORMAT = 2

Tables = dict[str, Any]
Folders = tuple[str | None, ...]


def read_rules(rules: str, extra: str | None = None) -> tuple[dict[str, Any], list[Problem]]:
    """All of `rules/`, validated: `core` tables, `license` by id, `registry`; and every problem found on the way.

    Licence and policy files of the folder `extra`, a house's own, are added to those of `rules` or stand in for them.
    """
    problems: list[Problem] = []
    tables: Tables = {}
    for name in TABLES:
        marked = _read(os.path.join(rules, f"{name}.yaml"), problems)
        tables[name] = marked.value if marked else {}
    if problems:
        return {}, problems
    vocabulary = {"topics": frozenset(tables["topics"]["topics"]), "purposes": frozenset(tables["purposes"]["purposes"])}
    policies = _policies((rules, extra), tables, vocabulary, problems)
    licenses = _licenses((rules, extra), tables, vocabulary, policies, problems)
    identity = identify(licenses, tables["identifiers"], problems)
    registry = {kind: by_organisation(_rows(rules, kind, problems)) for kind in ("models", "datasets", "services")}
    core = {**tables, "licenses": identity}
    return {"core": core, "license": licenses, "policy": policies, "registry": registry}, problems


def lint(path: str | None = None) -> list[Problem]:
    """What is wrong with the shipped rule files, and with the house files at `path` (a folder or one file) on top of them."""
    from .load import rules_folder

    if path is not None and not os.path.exists(path):
        return [Problem(path, None, "no such file or folder")]
    return read_rules(rules_folder(), path)[1]


def build(rules: str, out: str, extra: str | None = None) -> None:
    """Write the index of `rules` into the folder `out`; raises InputError with every problem if there is one."""
    compiled, problems = read_rules(rules, extra)
    if problems:
        raise InputError(problems)
    os.makedirs(os.path.join(out, "license"), exist_ok=True)
    _write_registry(out, compiled["registry"])
    for name in ("core", "policy"):
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


def _read(path: str, problems: list[Problem]) -> Marked | None:
    try:
        with open(path, encoding="utf-8") as file:
            return parse(file.read())
    except MarkedError as error:
        problems.append(Problem(path, error.line, error.message))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(path, None, f"cannot be read: {error}"))
    return None


def _folder(roots: Folders, name: str, problems: list[Problem]) -> dict[str, tuple[str, Marked]]:
    """The files of one kind by stem: those of `rules/<name>`, then a house's own from its folder (or the one file) given."""
    found = {}
    for path in _candidates(roots, name):
        marked = _read(path, problems)
        if marked is None:
            continue
        value: Any = marked.value
        own = isinstance(value, dict)
        if not path.startswith(os.path.join(roots[0] or "", name)) and not (own and value.get("schema") == _SCHEMAS[name]):
            continue
        stem = os.path.basename(path)[:-5]
        if not own or value.get("id") != stem:
            problems.append(Problem(path, 1, f"the file is called {stem}; its `id` must say the same"))
            continue
        found[stem] = (path, marked)
    return found


_SCHEMAS = {"licenses": "license/1", "policies": "policy/1"}


def _candidates(roots: Folders, name: str) -> list[str]:
    shipped, extra = roots
    folders = [os.path.join(root, part) for root, part in ((shipped, name), (extra, name), (extra, ".")) if root]
    files = [
        os.path.normpath(os.path.join(folder, entry))
        for folder in folders
        if os.path.isdir(folder)
        for entry in sorted(os.listdir(folder))
        if entry.endswith(".yaml")
    ]
    return [*files, extra] if extra and os.path.isfile(extra) else files


def _policies(rules: Folders, tables: Tables, vocabulary: Mapping[str, frozenset[str]], problems: list[Problem]) -> dict[str, Any]:
    files = _folder(rules, "policies", problems)
    for path, marked in files.values():
        context = Context(path, marked.lines, vocabulary)
        POLICY(marked.value, (), context)
        problems.extend(context.problems)
    merged: dict[str, Any] = {}
    if problems:
        return merged
    for name, (path, marked) in files.items():
        data = _merged(name, files, path, problems)
        context = Context(path, marked.lines, vocabulary)
        data["raw_clauses"] = data.get("clauses", [])
        data["clauses"] = compile_clauses(data, context, tables, data)
        problems.extend(context.problems)
        merged[name] = data
    return merged


def _licenses(
    rules: Folders, tables: Tables, vocabulary: Mapping[str, frozenset[str]], policies: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    files = _folder(rules, "licenses", problems)
    for path, marked in files.values():
        context = Context(path, marked.lines, vocabulary)
        LICENSE(marked.value, (), context)
        problems.extend(context.problems)
    if problems:
        return {}
    return {name: _license(name, files, tables, vocabulary, policies, problems) for name in files}


def _license(
    name: str,
    files: Mapping[str, tuple[str, Marked]],
    tables: Tables,
    vocabulary: Mapping[str, frozenset[str]],
    policies: Mapping[str, Any],
    problems: list[Problem],
) -> dict[str, Any]:
    path, marked = files[name]
    data = _merged(name, files, path, problems)
    context = Context(path, marked.lines, vocabulary)
    own: Any = marked.value
    clauses = compile_clauses(data, context, tables, own)
    for policy in data.get("policies", ()):
        if policy not in policies:
            context.problem(("policies",), f"unknown policy `{policy}`{nearest(policy, policies)}")
            continue
        for clause in policies[policy]["clauses"]:
            about = {"policy_clause": True, "policy_name": policies[policy]["name"], "policy_url": policies[policy].get("url")}
            clauses.append({**clause, **about, "policy_text": policies[policy].get("text"), "verified": policies[policy]["verified"]})
    for clause in clauses:
        if clause.get("policy") and clause["policy"] not in policies:
            context.problem(("clauses",), f"unknown policy `{clause['policy']}`{nearest(clause['policy'], policies)}")
        elif clause.get("policy"):
            policy = policies[clause["policy"]]
            clause["purposes"] = {key: policy.get(key, []) for key in ("forbids", "conditions")}
            clause["policy_name"], clause["policy_url"], clause["policy_text"] = policy["name"], policy.get("url"), policy.get("text")
    problems.extend(context.problems)
    data = substitute({key: value for key, value in data.items() if key not in ("clauses", "terms")}, data.get("words", {}))
    return {**data, "clauses": clauses}


def _merged(
    name: str, files: Mapping[str, tuple[str, Marked]], path: str, problems: list[Problem], seen: tuple[str, ...] = ()
) -> dict[str, Any]:
    value: Any = files[name][1].value
    parent = value.get("like")
    if parent is None:
        return dict(value)
    if parent not in files or parent in seen or parent == name:
        problems.append(
            Problem(path, files[name][1].lines.get(("like",)), f"like: `{parent}` is not another file here{nearest(parent, files)}")
        )
        return dict(value)
    return inherit(value, _merged(parent, files, path, problems, (*seen, name)))


def _rows(rules: str, kind: str, problems: list[Problem]) -> list[dict[str, Any]]:
    marked = _read(os.path.join(rules, "registry", f"{kind}.yaml"), problems)
    value: Any = marked.value if marked else {}
    return list(value.get(kind, ()))
