"""A change of the manifest and plain values in, the values with it out: what an edited file must mean."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

Path = tuple[str | int, ...]


class Change(NamedTuple):
    """A value for a key, or one more item for a list (`add`); `short` is the key that an item which is only text stands for."""

    path: Path
    value: Any
    add: bool = False
    short: str = ""


def applied(values: Any, change: Change) -> Any:
    """Plain values with one change; a single value stands for a list of one.

    >>> applied({"a": {"b": 1}}, Change(("a", "c"), 2))
    {'a': {'b': 1, 'c': 2}}
    >>> applied({"made": "x/y"}, Change(("made", 0, "license"), "z", short="model"))
    {'made': [{'model': 'x/y', 'license': 'z'}]}
    """
    return _at(values, change.path, change)


def _at(value: Any, path: Path, change: Change) -> Any:
    if not path:
        if not change.add:
            return change.value
        return [*([] if value is None else value if isinstance(value, list) else [value]), change.value]
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(value) if isinstance(value, list) else [value]
        item = items[step]
        items[step] = _at({change.short: item} if rest and not isinstance(item, dict) else item, rest, change)
        return items
    if value is not None and not isinstance(value, dict):
        raise ValueError(f"`{step}` would need a mapping around it")
    return {**(value or {}), step: _at((value or {}).get(step), rest, change)}


def plain(value: Any) -> Any:
    """A normal form of the manifest as values that can be written.

    >>> plain({"period": ("2025-01", "2025-06"), "acquired": date(2024, 5, 29)})
    {'period': '2025-01/2025-06', 'acquired': '2024-05-29'}
    """
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return "/".join(dict.fromkeys(map(str, value)))
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
