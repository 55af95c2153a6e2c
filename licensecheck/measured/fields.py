"""A value of an evidence file and the type its field has in, the value as it is read out, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from licensecheck.knowledge.shape import nearest
from licensecheck.sources.names import printable

Path = tuple[str | int, ...]
#: Entries of one list, and characters of one text.
MOST, LONGEST = 1_000, 300
#: Larger numbers than this are no measurement.
_HUGE = 1e12


class Wrong(Exception):  # noqa: N818 - never leaves this package
    """A value does not fit: where in it, and what is wanted."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


def take(kind: str, value: object, path: Path) -> Any:
    """The value of a field of type `kind`, checked. Wrong at the first thing that does not fit."""
    return _TYPES[kind](value, path)


def take_record(value: object, path: Path, keys: Mapping[str, str]) -> dict[str, Any]:
    """A mapping with closed keys; `!` after a type says that the key must be there."""
    if not isinstance(value, dict):
        raise Wrong(path, f"must be an object with {', '.join(keys)}; it is {_shown(value)}")
    for key in value:
        if key not in keys:
            raise Wrong((*path, printable(key, 60)), f"unknown key{nearest(key[:100], keys)}")
    for key, kind in keys.items():
        if kind.endswith("!") and value.get(key) is None:
            raise Wrong(path, f"`{key}` is missing")
    return {key: take(keys[key].rstrip("!"), item, (*path, key)) for key, item in value.items() if item is not None}


def _between(low: float, high: float, wanted: str) -> Callable[[object, Path], float | int]:
    def check(value: object, path: Path) -> float | int:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise Wrong(path, f"must be {wanted}; it is {_shown(value)}")

    return check


def _count(value: object, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _HUGE:
        raise Wrong(path, f"must be a whole number from 0; it is {_shown(value)}")
    return value


def _flag(value: object, path: Path) -> bool:
    if not isinstance(value, bool):
        raise Wrong(path, f"must be true or false; it is {_shown(value)}")
    return value


def _text(value: object, path: Path) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise Wrong(path, f"must be a text of at most {LONGEST} characters; it is {_shown(value)}")
    return printable(value, 2 * LONGEST)


def _date(value: object, path: Path) -> str:
    from datetime import date

    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "").isoformat()
    except ValueError:
        raise Wrong(path, f"must be a date such as 2026-11-30; it is {_shown(value)}") from None


def _many(item: Callable[[object, Path], Any]) -> Callable[[object, Path], tuple[Any, ...]]:
    def check(value: object, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > MOST:
            raise Wrong(path, f"must be a list of at most {MOST:,} entries; it is {_shown(value)}")
        return tuple(item(entry, (*path, number)) for number, entry in enumerate(value))

    return check


def _record(keys: Mapping[str, str]) -> Callable[[object, Path], dict[str, Any]]:
    return lambda value, path: take_record(value, path, keys)


def _pair(value: object, path: Path) -> dict[str, Any]:
    """The value of an unrelated pair of models, alone or with the names of the two."""
    if not isinstance(value, dict):
        return {"value": _number(value, path)}
    return take_record(value, path, {"pair": "texts", "value": "number!", "detrended": "number"})


def _either(value: object, path: Path) -> Any:
    """What stands on one side of a difference."""
    return value if isinstance(value, bool) or value is None else _text(value, path) if isinstance(value, str) else _number(value, path)


def _probe(value: object, path: Path) -> dict[str, Any]:
    probe = take_record(value, path, {"language": "text!", "prompt": "text", "vendor": "text", "named": "count!", "of": "count!"})
    if probe["named"] > probe["of"] or probe["of"] == 0:
        raise Wrong((*path, "named"), f"must be at most `of`, which is at least 1; they are {probe['named']} and {probe['of']}")
    return probe


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{printable(value, 40)}"'
    kinds = {bool: str(value).lower(), type(None): "null", list: "a list", dict: "an object"}
    return kinds.get(type(value)) or printable(repr(value)[:60], 40)


_number = _between(-_HUGE, _HUGE, "a number")
_TYPES: Mapping[str, Callable[[object, Path], Any]] = {
    "share": _between(0, 1, "a share from 0 to 1"),
    "correlation": _between(-1, 1, "a correlation from -1 to 1"),
    "number": _number,
    "count": _count,
    "flag": _flag,
    "text": _text,
    "date": _date,
    "either": _either,
    "texts": _many(_text),
    "correlations": _record(dict.fromkeys("QKVO", "correlation")),
    "differences": _many(_record({"field": "text!", "subject": "either", "reference": "either"})),
    "pairs": _many(_pair),
    "references": _many(_record({"compared_to": "text!", "value": "number!", "detrended": "number"})),
    "probes": _many(_probe),
}
