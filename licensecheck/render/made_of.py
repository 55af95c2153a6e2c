"""Lineage in, a compact tree out: each component with its relation, its licence and how it is known."""

from __future__ import annotations

from typing import Any

from .snippet import place
from .terminal import Look, cells, pad, safe

#: Most components listed; the JSON report has all of them.
MOST = 24
Row = tuple[str, str, str, str]


def made_of(report: dict[str, Any], look: Look) -> list[str]:
    nodes = {node["id"]: node for node in report["lineage"]["nodes"]}
    rows = _rows(report["subject"].get("name") or "", report["lineage"]["edges"], nodes, look)
    if not rows:
        return look.prose(look.say("nothing_upstream"))
    title = look.paint("strong", look.say("made_of"))
    left = len(rows) - MOST
    lines = [title, *_table(rows[:MOST], look)]
    return [*lines, "  " + look.say("more_places", n=left)] if left > 0 else lines


def _rows(root: str, edges: list[dict[str, Any]], nodes: dict[str, dict[str, Any]], look: Look) -> list[Row]:
    children: dict[str, list[dict[str, Any]]] = {}
    for edge in edges:
        children.setdefault(edge["from"], []).append(edge)
    targets = {edge["to"] for edge in edges}
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()

    def walk(parent: str, lead: str) -> None:
        below = children.get(parent, [])
        for index, edge in enumerate(below):
            if (parent, edge["to"]) in seen or len(lead) > 24:
                continue
            seen.add((parent, edge["to"]))
            last = index == len(below) - 1
            name = lead + ("└─ " if last else "├─ ") + safe(edge["to"], 96)
            relation = look.named("relation", edge["relation"])
            if edge.get("possible"):
                relation = look.say("possibly", relation=relation)
            rows.append((name, relation, _license(nodes.get(edge["to"], {}), look), _known(edge, look)))
            walk(edge["to"], lead + ("   " if last else "│  "))

    for start in dict.fromkeys([root, *(parent for parent in children if parent not in targets)]):
        walk(start, "  ")
    return rows


def _license(node: dict[str, Any], look: Look) -> str:
    if not node.get("license"):
        return look.say("license.unknown")
    text = safe(node["license"], 60)
    doubts = [look.named("source", node["license_source"])] if node.get("license_source") else []
    if node.get("verified") is False:
        doubts.append(look.say("unverified"))
    return look.say("license.known", license=text, source=look.words["join"].join(doubts)) if doubts else text


def _known(edge: dict[str, Any], look: Look) -> str:
    if not edge["evidence"]:
        return ""
    first = edge["evidence"][0]
    how = look.words.get("how.possible" if edge.get("possible") else "how." + str(first.get("how")), "")
    return look.words["join"].join(part for part in (place({**first, "column": None}), how) if part)


def _table(rows: list[Row], look: Look) -> list[str]:
    """Columns side by side where they fit, else what is known of a component below it."""
    widths = [max(cells(row[column]) for row in rows) for column in range(4)]
    if sum(widths) + 6 <= look.width:
        return [("  ".join(pad(row[column], widths[column]) for column in range(3)) + "  " + row[3]).rstrip() for row in rows]
    count = 3 if widths[0] + widths[1] + widths[2] + 4 <= look.width else 2
    return [line for row in rows for line in _below(row, count, widths, look)]


def _below(row: Row, count: int, widths: list[int], look: Look) -> list[str]:
    """The first columns side by side, the others below them."""
    fits = widths[0] + widths[1] + 2 <= look.width
    first = "  ".join(pad(row[column], widths[column] if fits else 0) for column in range(count)).rstrip()
    stem = row[0][: len(row[0]) - len(row[0].lstrip(" │├└─"))].replace("├─", "│ ").replace("└─", "  ") + "  "
    return [first, *look.prose(look.words["join"].join(filter(None, row[count:])), stem, stem)]
