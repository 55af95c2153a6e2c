"""Findings in, the place in the repository's files that each is shown at out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .snippet import in_files

#: A source of evidence as seen from the target in, its path as seen from the repository's root out; None if it is no file.
Locate = Callable[[str, str], str | None]
#: Files that stand in for the place of a finding that has none, if they are there.
STAND_INS = ("README.md", "licensecheck.yaml", "config.json")


def anchor(group: list[Any], report: Any, locate: Locate) -> dict[str, Any]:
    """`file` and `line`, where known `col` and `endColumn` (1-based): the first place in a file that is there, else one that stands in.

    Empty where no file of the subject is there.
    """
    target = report["subject"]["target"]
    for item in sorted(in_files([item for finding in group for item in finding["evidence"]]), key=lambda item: not item.get("line")):
        path = locate(target, item["source"])
        if path is None:
            continue
        place: dict[str, Any] = {"file": path, "line": item.get("line") or 1}
        if item.get("line") and item.get("column"):
            place["col"] = item["column"]
            if item["value"] and (item.get("snippet") or "").startswith(item["value"], item["column"] - 1):
                place["endColumn"] = item["column"] + len(item["value"])
        return place
    names = [*STAND_INS, *(entry["path"] for entry in report["inputs"])]
    stand_in = next((path for name in names if (path := locate(target, name)) is not None), None)
    return {"file": stand_in, "line": 1} if stand_in is not None else {}
