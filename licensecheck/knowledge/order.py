"""Files that are each in order in, out what is wrong between them: one name for two licences, editions that overlap or go backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.errors import Problem

from .files import Files, RuleFile
from .identity import fold_name
from .shape import Context, Path

_NONE: Mapping[str, frozenset[str]] = {}


def check_order(files: Files, problems: list[Problem]) -> None:
    """Names and editions of all licence files, in the order in which they count."""
    holders: dict[str, tuple[str, RuleFile, Path]] = {}
    for name, file in files["licenses"].items():
        context = Context(file.path, file.lines, _NONE, problems)
        _check_editions(file.value.get("editions") or (), context)
        for alias, where in _names(file.value):
            holder, other, there = holders.setdefault(fold_name(alias), (name, file, where))
            if holder != name:
                line = other.lines.get(there)
                place = other.path if line is None else f"{other.path}:{line}"
                context.problem(where, f"`{alias}` is already a name of {holder} ({place}), which keeps it; take another, or leave it out")


def _names(value: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Everything that a licence goes by, with its place."""
    yield value["id"], ("id",)
    yield from ((alias, ("aliases", index)) for index, alias in enumerate(value.get("aliases") or ()))
    yield from ((value[key], (key,)) for key in ("spdx", "scancode", "name") if value.get(key))
    yield from ((edition["text"], ("editions", index)) for index, edition in enumerate(value.get("editions") or ()))


def _check_editions(editions: Any, context: Context) -> None:
    """The oldest first, each in force from a day of its own; texts that stand side by side say what tells them apart."""
    for index, edition in enumerate(editions[1:], 1):
        before, where = editions[index - 1], ("editions", index)
        start, earlier = edition.get("from"), before.get("from")
        if start is None and earlier is not None and not _told_apart(edition, before):
            context.problem(where, "has no `from`, so nobody can say when it takes over from the edition above it")
        elif start is not None and earlier is not None and start < earlier:
            context.problem(where, f"begins on {start}, before the edition above it ({earlier}): the oldest stands first")
        elif start == earlier and not _told_apart(edition, before):
            since = f"both begin on {start}" if start else "neither has a `from`"
            context.problem(where, f"overlaps with the edition above it: {since}; a `modality` or a `title` of each tells them apart")


def _told_apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Are two texts of one day for different models, or the same words in two languages?"""
    return one.get("modality") != other.get("modality") or (one.get("title") or "") != (other.get("title") or "")
