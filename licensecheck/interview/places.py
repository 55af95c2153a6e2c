"""A fact and the component it is asked of in, the place in the manifest that an answer goes to out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MADE = "built_from"
KINDS = ("model", "dataset", "service", "code", "path")
#: Facts that stand in the manifest under another first word.
_ELSEWHERE = {"subject": "model"}


def place_of(fact: str, component: str | None, keys: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The key of the manifest, from the table of `keys`; None where no key takes the answer.

    >>> place_of("subject.task", None, {"model": {"keys": {"task": {}}}})
    ('model', 'task')
    """
    first, _, rest = fact.partition(".")
    if fact == MADE:
        return (MADE,)
    if first == "component":
        return (MADE, rest) if rest in keys[MADE]["list"]["keys"] and component else None
    first = _ELSEWHERE.get(first, first)
    return (first, rest) if rest in keys.get(first, {}).get("keys", {}) else None


def entry_of(component: str, entries: Sequence[Any]) -> tuple[int, str] | None:
    """Which entry of `built_from` is the component's, and the key that names it there.

    >>> entry_of("a/b", ["c/d", {"dataset": "a/b"}])
    (1, 'dataset')
    """
    for n, entry in enumerate(entries):
        item = {"model": entry} if isinstance(entry, str) else entry
        if component in (item.get(name) for name in ("from", *KINDS)):
            return n, next(name for name in KINDS if name in item)
    return None


def entry_for(component: str, nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The beginning of an entry for a component that only other files name."""
    node = next((node for node in nodes if node["id"] == component), {"type": "model", "relation": None})
    return {str(node["type"]): component, **({"relation": node["relation"]} if node.get("relation") else {})}
