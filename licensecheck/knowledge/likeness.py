"""A file that is `like` another in, the whole of what it says out: its own words laid over the other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .files import RuleFile, clause_name
from .shape import Context, nearest

_OWN = frozenset({"schema", "id", "name", "url", "spdx", "scancode", "aliases", "editions", "policies", "like", "without"})


def inherit(child: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, Any]:
    """A file that is `like` another: what it does not say itself is the other's; clauses with the same id are overlaid key by key."""
    merged = {key: value for key, value in parent.items() if key not in _OWN}
    merged.update({key: value for key, value in child.items() if key not in ("like", "without", "clauses", "words", "terms")})
    for key in ("words", "terms"):
        if key in child or key in parent:
            merged[key] = {**parent.get(key, {}), **child.get(key, {})}
    own = {clause_name(clause): clause for clause in child.get("clauses", ())}
    dropped = set(child.get("without", ()))
    clauses = []
    for clause in parent.get("clauses", ()):
        name = clause_name(clause)
        if name not in dropped:
            clauses.append({**clause, **own.pop(name, {})})
    merged["clauses"] = [*clauses, *own.values()]
    return merged


def merged(name: str, files: Mapping[str, RuleFile]) -> dict[str, Any]:
    """All that a file says, with what it takes from those it is like; a chain that leads nowhere, or round, ends there."""
    whole: dict[str, Any] = {}
    for file in reversed(_chain(name, files)):
        whole = inherit(file.value, whole) if whole else dict(file.value)
    return whole


def check_likeness(name: str, files: Mapping[str, RuleFile], context: Context) -> None:
    """Is the file it is like there, and not like this one in turn, and are the clauses there that it leaves out?"""
    value = files[name].value
    parent = value.get("like")
    if parent is None:
        if "without" in value:
            context.problem(("without",), "only a file that is `like` another has clauses to leave out")
        return
    if parent == name or parent not in files:
        context.problem(("like",), f"`{parent}` is not another file here{nearest(parent, set(files) - {name})}")
        return
    above = _chain(parent, files)
    if any(file.value.get("like") == name for file in above):
        context.problem(("like",), f"`{parent}` is itself like this file, directly or through others")
        return
    known = {clause_name(clause) for clause in merged(parent, files)["clauses"]}
    for index, dropped in enumerate(value.get("without", ())):
        if dropped not in known:
            context.problem(("without", index), f"`{parent}` has no clause `{dropped}`{nearest(dropped, known)}")


def _chain(name: str, files: Mapping[str, RuleFile]) -> list[RuleFile]:
    """A file, the one it is like, the one that is like, and so on."""
    chain: dict[str, RuleFile] = {}
    following: str | None = name
    while following is not None and following in files and following not in chain:
        chain[following] = files[following]
        following = chain[following].value.get("like")
    return list(chain.values())
