"""The reasons of a finding in, a tree of sentences with their results out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.render.conditions import described

from .bilingual import Both, clean
from .words import Words

#: Deeper trees are cut: nobody reads them, and a report that nests deeper was not made by this tool.
DEEPEST = 12


@dataclass(frozen=True)
class Reason:
    """One condition: what it says, whether it holds (`None`: not known), what is known, and what it is made of."""

    says: Both | str
    fact: Both | str
    value: Both | str
    result: bool | None
    of: tuple[Reason, ...]


def tree(reasons: list[Any], words: Words, depth: int = 0) -> tuple[Reason, ...]:
    """The reasons as they are shown; an operator with one condition only gives way to that condition."""
    return tuple(_one(reason, words, depth) for reason in reasons if depth < DEEPEST)


def _one(reason: Mapping[str, Any], words: Words, depth: int) -> Reason:
    children = list(reason.get("of") or ())
    if "fact" in reason:
        value = reason.get("value")
        shown = words.say("value.none") if value is None else words.say("value.is", value=_shown(value))
        return Reason(_tested(reason, words), words.fact(str(reason["fact"])), shown, reason.get("result"), ())
    if reason.get("op") in ("all", "any") and len(children) == 1:
        return _one(children[0], words, depth)
    key = f"op.{reason.get('op')}"
    says = words.say(key, term=clean(str(reason.get("term", "")))) if key in words.words else str(reason.get("op"))
    return Reason(says, "", "", reason.get("result"), tree(children, words, depth + 1))


def _tested(reason: Mapping[str, Any], words: Words) -> Both:
    node = {"op": "fact", "fact": clean(str(reason["fact"])), "test": str(reason.get("test")), "value": reason.get("wanted")}
    try:
        return Both(*(clean(described(node, lang)[0][1]) for lang in ("en", "zh")))
    except KeyError:  # a test that has no words of its own, such as whether anything is known at all
        return words.say("op.known", fact=node["fact"])


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return f"{value:,}" if isinstance(value, int) else clean(str(value))
