"""What files were identified as in, lines for a terminal out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licensecheck.render.terminal import safe

#: Sections named before the rest is counted.
MOST_SECTIONS = 12


def identified(rows: Iterable[Mapping[str, Any]]) -> str:
    """One block for each file: a line for each licence in it, and one for each thing that is not as in the licence."""
    lines: list[str] = []
    for row in rows:
        path = safe(row["path"])
        if not row["matches"]:
            lines.append(f"{path}: no known licence text")
        for match in row["matches"]:
            lines += [f"{path}: {_what(match)}", *(f"  {line}" for line in _differences(match))]
    return "".join(line + "\n" for line in lines)


def section(label: str) -> str:
    """How a section is spoken of.

    >>> section("1.b.iii"), section("appendix"), section("")
    ('§1.b.iii', 'the appendix', 'what has no section number')
    """
    if not label:
        return "what has no section number"
    return f"§{label}" if label[0].isdigit() else f"the {safe(label)}"


def _what(match: Mapping[str, Any]) -> str:
    name = f" ({match['name']})" if match["name"] and match["name"] != match["license"] else ""
    said = f"{match['license']}{name}"
    if match["version"] is None:
        return f"{said}, named in {safe(match['part'])}"
    version = match["version"]
    dated = version["date"] and not version["text"].endswith(version["date"])
    edition = f"{version['text']} of {version['date']}" if dated else version["text"]
    where = f"lines {match['start_line']}-{match['end_line']}" + (f" in {safe(match['part'])}" if match["part"] else "")
    return f"{said}, {_state(match)}, {where}, text {edition}, score {match['score']:.4g}"


def _state(match: Mapping[str, Any]) -> str:
    if match["complete"]:
        return "complete"
    parts = [("altered", match["altered_sections"]), ("with parts missing", match["missing_sections"])]
    return " and ".join(word for word, found in parts if found) or "altered"


def _differences(match: Mapping[str, Any]) -> list[str]:
    changes: dict[str, list[str]] = {}
    for change in match["changes"]:
        changes.setdefault(change["section"], []).append(f"{safe(change['was'])} → {safe(change['now'])} (line {change['line']})")
    altered = [f"{section(label)} differs{_figures(changes.get(label))}" for label in match["altered_sections"]]
    missing = [f"{section(label)} is missing here" for label in match["missing_sections"]]
    return _first(altered, "differ") + _first(missing, "are missing here")


def _figures(changes: list[str] | None) -> str:
    return ": " + ", ".join(changes) if changes else ""


def _first(lines: list[str], what: str) -> list[str]:
    if len(lines) <= MOST_SECTIONS:
        return lines
    return [*lines[:MOST_SECTIONS], f"{len(lines) - MOST_SECTIONS} more sections {what}"]
