"""A result and its technique in, whether it is worth a person's attention out: by the data of the technique, never by more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .read import Result


def with_value(result: Result) -> dict[str, Any]:
    """The result with the share that its counts or lists give, where it states none."""
    data = dict(result.data)
    if "value" not in data:
        share = _share(data)
        if share is not None:
            data["value"] = share
    return data


def _share(data: Mapping[str, Any]) -> float | None:
    if data.get("total") and "identical" in data:
        return round(min(1.0, float(data["identical"] + data.get("renamed_only", 0)) / float(data["total"])), 4)
    equal = len(data.get("equal", ()))
    compared = equal + len(data.get("differing", ()))
    return round(equal / compared, 4) if equal and compared else None


def is_noted(data: Mapping[str, Any], technique: Mapping[str, Any]) -> bool:
    """Does any alternative of `attention` hold, and lie above what is recorded of other pairs?"""
    return any(
        all(_holds(condition, data) for condition in alternative["all"]) and _above(alternative, data)
        for alternative in technique["attention"]
    )


def _holds(condition: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    if "absent" in condition:
        return condition["absent"] not in data
    value = data.get(condition["field"])
    if value is None:
        return False
    if "is" in condition:
        return bool(value == condition["is"])
    if "at_least" in condition:
        return bool(value >= condition["at_least"])
    if "at_most" in condition:
        return bool(value <= condition["at_most"])
    return bool(abs(value) <= condition["within"])


def _above(alternative: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    field = str(next(condition["field"] for condition in alternative["all"] if "field" in condition))
    others = [pair[field] for name in alternative.get("above", ()) for pair in data.get(name, ()) if field in pair]
    return not others or bool(data[field] > percentile(others, 0.95))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, between two of them in proportion.

    >>> percentile([0.0, 1.0], 0.95), percentile([0.91], 0.95)
    (0.95, 0.91)
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
