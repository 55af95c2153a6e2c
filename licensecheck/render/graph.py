"""Reports in, a picture of their lineage out: Mermaid, DOT, or SVG where Graphviz is installed.

Formats: https://mermaid.js.org/syntax/flowchart.html, https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from licensecheck.errors import UsageError

from .terminal import safe

ENDINGS = (".mmd", ".dot", ".svg")
_MOST_LABEL = 120
#: seconds that Graphviz may take for a layout
_PATIENCE = 60


class Box(NamedTuple):
    """A node: the two lines of its label, and what it is (subject, model, dataset, service, code)."""

    name: str
    below: str
    kind: str


class Arrow(NamedTuple):
    """An edge between the numbers of two boxes; `sure` is false where only a guess or a trace says so.

    The label of what was only compared ends in a question mark.
    """

    start: int
    end: int
    label: str
    sure: bool


def render(reports: Sequence[Mapping[str, Any]], path: str, relations: Mapping[str, str]) -> bytes:
    """The picture in the form that the ending of `path` asks for; UsageError for another ending, or an SVG without Graphviz.

    `relations` gives the words for each relation.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending not in ENDINGS:
        raise UsageError(f"{path}: a picture ends in {', '.join(ENDINGS)}")
    boxes, arrows = drawn(reports, relations)
    if ending == ".mmd":
        return mermaid(boxes, arrows).encode("utf-8")
    return dot(boxes, arrows).encode("utf-8") if ending == ".dot" else _laid_out(dot(boxes, arrows), path)


def drawn(reports: Sequence[Mapping[str, Any]], relations: Mapping[str, str]) -> tuple[list[Box], list[Arrow]]:
    """Boxes and arrows in the order of the reports; one box for what several subjects have in common."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    numbers: dict[tuple[str, str], int] = {}

    def number(kind: str, name: str, below: str) -> int:
        key = ("subject" if kind == "subject" else "", name.lower())
        if key not in numbers:
            numbers[key] = len(boxes)
            boxes.append(Box(name, below, kind))
        return numbers[key]

    for report in reports:
        subject, lineage = report["subject"], report["lineage"]
        here = number("subject", str(subject["name"]), str(report["licenses"]["declared"] or ""))
        own = {str(subject["name"]).lower(), str(subject["target"]).lower()}
        for node in lineage["nodes"]:
            if str(node["id"]).lower() not in own:
                number(str(node["type"]), str(node["id"]), str(node["license"] or "?"))
        for edge in lineage["edges"]:
            start = here if str(edge["from"]).lower() in own else number("model", str(edge["from"]), "?")
            end = number("model", str(edge["to"]), "?")
            sure = any(item.get("how") != "inferred" for item in edge["evidence"])
            label = relations.get(str(edge["relation"]), str(edge["relation"])) + ("?" if edge.get("possible") else "")
            arrow = Arrow(start, end, label, sure)
            if arrow not in arrows:
                arrows.append(arrow)
    return boxes, arrows


_SHAPES = {"dataset": ("[(", ")]"), "service": ("([", "])"), "code": ("[[", "]]"), "subject": ("[", "]")}


def mermaid(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    """A flow chart for Mermaid, as READMEs show it; whatever the names hold, they stay labels."""
    lines = ["flowchart LR"]
    for index, box in enumerate(boxes):
        opens, closes = _SHAPES.get(box.kind, ("[", "]"))
        below = f"<br/>{_for_mermaid(box.below)}" if box.below else ""
        lines.append(f'  n{index}{opens}"{_for_mermaid(box.name)}{below}"{closes}')
    for arrow in arrows:
        line = "-->" if arrow.sure else "-.->"
        lines.append(f'  n{arrow.start} {line}|"{_for_mermaid(arrow.label)}"| n{arrow.end}')
    subjects = ",".join(f"n{index}" for index, box in enumerate(boxes) if box.kind == "subject")
    return "\n".join([*lines, f"  style {subjects} stroke-width:3px" if subjects.count("n") == 1 else "", ""]).replace("\n\n", "\n")


def _for_mermaid(text: str) -> str:
    """Letters, digits and plain punctuation as they are, the rest by number (https://mermaid.js.org/syntax/flowchart.html#entity-codes)."""
    return re.sub(r"[^\w\s./:()@+,?=-]", lambda match: f"#{ord(match[0])};", _cut(text))


def dot(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    """A directed graph for Graphviz."""
    lines = [
        "digraph lineage {",
        "  rankdir=LR;",
        '  node [shape=box, style=rounded, fontname="Helvetica"];',
        '  edge [fontname="Helvetica"];',
    ]
    shapes = {"dataset": "cylinder", "service": "oval", "code": "component"}
    for index, box in enumerate(boxes):
        more = f", shape={shapes[box.kind]}" if box.kind in shapes else ", penwidth=2.5" if box.kind == "subject" else ""
        below = f"\\n{_for_dot(box.below)}" if box.below else ""
        lines.append(f'  n{index} [label="{_for_dot(box.name)}{below}"{more}];')
    for arrow in arrows:
        style = "" if arrow.sure else ", style=dashed"
        lines.append(f'  n{arrow.start} -> n{arrow.end} [label="{_for_dot(arrow.label)}"{style}];')
    return "\n".join([*lines, "}", ""])


def _for_dot(text: str) -> str:
    return _cut(text).replace("\\", "\\\\").replace('"', '\\"')


def _cut(text: str) -> str:
    clean = " ".join(safe(text, 2_000).split())
    return clean if len(clean) <= _MOST_LABEL else clean[: _MOST_LABEL - 1] + "…"


def _laid_out(graph: str, path: str) -> bytes:
    import shutil
    import subprocess

    program = shutil.which("dot")
    if program is None:
        stem = os.path.splitext(path)[0]
        raise UsageError(
            f"{path}: an SVG wants Graphviz (the program `dot`), which is not installed; {stem}.mmd and {stem}.dot need nothing"
        )
    try:
        done = subprocess.run([program, "-Tsvg"], input=graph.encode("utf-8"), capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise UsageError(
            f"{path}: Graphviz took more than {_PATIENCE} seconds for this lineage; the endings .mmd and .dot do not need it"
        ) from None
    if done.returncode != 0 or not done.stdout:
        raise UsageError(f"{path}: Graphviz failed: {' '.join(done.stderr.decode('utf-8', 'replace').split())[:200]}")
    return done.stdout
