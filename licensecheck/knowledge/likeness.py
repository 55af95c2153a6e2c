"""A file that is `like` another in, the whole of what it says out: its own words laid over the other's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .files import RuleFile, clause_name
from .shape import Context, nearest

_OWN = frozenset({"schema", "id", "name", "url", "spdx", "scancode", "aliases", "editions", "policies", "like", "without"})


def inherit(child: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, Any]:
    """A file that is `like` another: what it does not say itself is the other's; clauses with the same id are overlaid key by key.

    How the other's own editions are numbered (`sections`) is not taken over.
    """
    parent = _unnumbered(parent, {edition["text"] for edition in child.get("editions", ())})
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


def _unnumbered(value: Any, editions: set[str]) -> Any:
    """A value without the `sections` of editions that are not among these."""
    if isinstance(value, list):
        return [_unnumbered(item, editions) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _unnumbered(item, editions) for key, item in value.items() if key != "sections"}
    sections = {text: label for text, label in value.get("sections", {}).items() if text in editions}
    return {**kept, "sections": sections} if sections else kept


def merged(name: str, files: Mapping[str, RuleFile]) -> dict[str, Any]:
    """All that a file says, with what it takes from those it is like; a chain that leads nowhere, or round, ends there."""
    return _together(chain(name, files))


def _together(files: Sequence[RuleFile]) -> dict[str, Any]:
    """The last of these overlaid by the one before it, and so on to the first."""
    whole: dict[str, Any] = {}
    for file in reversed(files):
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
    above = chain(name, files)[1:]
    if not above:
        context.problem(("like",), f"`{parent}` is not another file here{nearest(parent, set(files) - {name})}")
        return
    if _above(above[-1], files) is files[name]:
        context.problem(("like",), f"`{parent}` is itself like this file, directly or through others")
        return
    known = {clause_name(clause) for clause in _together(above).get("clauses", ())}
    for index, dropped in enumerate(value.get("without", ())):
        if dropped not in known:
            context.problem(("without", index), f"`{parent}` has no clause `{dropped}`{nearest(dropped, known)}")


def chain(name: str, files: Mapping[str, RuleFile]) -> list[RuleFile]:
    """A file, the one it is like, the one that is like, and so on."""
    found: list[RuleFile] = []
    following: RuleFile | None = files.get(name)
    while following is not None and not any(following is file for file in found):
        found.append(following)
        following = _above(following, files)
    return found


def _above(file: RuleFile, files: Mapping[str, RuleFile]) -> RuleFile | None:
    """The file that a file is like. Shipped files are like shipped ones; a house's file may be like the one that it stands in for."""
    other = files.get(str(file.value.get("like")))
    if other is not None and (file.shipped or other is file):
        return other.covers or (None if other is file else other)
    return other
