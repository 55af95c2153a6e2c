"""Pictures of a lineage: what is drawn, and that no name is more than a label."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.errors import UsageError
from licensecheck.render import graph

WORDS = {"finetune": "fine-tuned from", "data": "trained on"}


def report(nodes, edges, name="Beacon"):
    return {
        "subject": {"name": name, "target": "here"},
        "licenses": {"declared": "mit"},
        "lineage": {
            "nodes": [{"id": node, "type": kind, "license": license_} for node, kind, license_ in nodes],
            "edges": [{"from": start, "to": end, "relation": relation, "evidence": [{"how": how}]} for start, end, relation, how in edges],
        },
    }


SMALL = report(
    [("acme/base", "model", "mit"), ("acme/corpus", "dataset", None)],
    [("Beacon", "acme/base", "finetune", "declared"), ("acme/base", "acme/corpus", "data", "inferred")],
)


def test_mermaid_has_a_box_for_each_and_a_broken_line_for_a_guess():
    assert graph.render([SMALL], "x.mmd", WORDS).decode() == (
        "flowchart LR\n"
        '  n0["Beacon<br/>mit"]\n'
        '  n1["acme/base<br/>mit"]\n'
        '  n2[("acme/corpus<br/>?")]\n'
        '  n0 -->|"fine-tuned from"| n1\n'
        '  n1 -.->|"trained on"| n2\n'
        "  style n0 stroke-width:3px\n"
    )


def test_dot_says_the_same():
    text = graph.render([SMALL], "x.dot", WORDS).decode()
    assert '  n1 [label="acme/base\\nmit"];' in text
    assert '  n1 -> n2 [label="trained on", style=dashed];' in text


def test_subjects_with_one_base_share_its_box():
    nodes, edges = [("acme/base", "model", "mit")], [("{}", "acme/base", "finetune", "declared")]
    reports = [report(nodes, [(name, *edge[1:]) for edge in edges], name) for name in ("A", "B")]
    boxes, arrows = graph.drawn(reports, WORDS)
    assert [box.name for box in boxes] == ["A", "acme/base", "B"]
    assert [(arrow.start, arrow.end) for arrow in arrows] == [(0, 1), (2, 1)]


@pytest.mark.parametrize("path", ["x.png", "x", "x.mmd.txt"])
def test_another_ending_is_refused_with_those_that_there_are(path):
    with pytest.raises(UsageError, match=r"\.mmd, \.dot, \.svg"):
        graph.render([SMALL], path, WORDS)


def test_without_graphviz_an_svg_is_refused_and_says_what_needs_nothing(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match=r"x\.mmd and x\.dot need nothing"):
        graph.render([SMALL], "x.svg", WORDS)


def test_with_graphviz_the_svg_is_what_it_draws(monkeypatch):
    asked = []

    def run(command, **options):
        asked.append((command, options["input"]))
        return subprocess.CompletedProcess(command, 0, b"<svg/>", b"")

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dot")
    monkeypatch.setattr(subprocess, "run", run)
    assert graph.render([SMALL], "x.svg", WORDS) == b"<svg/>"
    assert asked == [(["/usr/bin/dot", "-Tsvg"], graph.render([SMALL], "x.dot", WORDS))]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_stays_a_label_whatever_it_holds(name, license_):
    hostile = report([(name, "model", license_)], [("Beacon", name, "finetune", "declared")])
    mermaid = graph.render([hostile], "x.mmd", WORDS).decode().split("\n")
    assert sum(line.count('"') for line in mermaid) % 2 == 0
    for line in mermaid[1:]:
        assert not line or line.startswith(("  n", "  style "))
        for label in line.split('"')[1::2]:
            assert not set(label.replace("<br/>", "")) & set('<>"`{}[]|;') or "#" in label
    dot = graph.render([hostile], "x.dot", WORDS).decode().split("\n")
    for line in dot[4:-2]:
        inside = line.split('label="', 1)[1]
        assert not inside.replace("\\\\", "").replace('\\"', "").split('"')[0].endswith("\\")
