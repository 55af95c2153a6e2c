"""Every value that was harvested, hostile: in every mark-up and length the attribution keeps the shape of a harmless one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from hypothesis import given, settings

from licensecheck.render.documents import LANGUAGES, LENGTHS, attribution, notice
from licensecheck.render.files import between_markers, body_of, style_of
from licensecheck.render.notices.styles import STYLES
from tests.render import marked_up
from tests.render.test_styles import shown

REPORTS = Path(__file__).resolve().parent.parent / "reports"
SAMPLE = json.loads((REPORTS / "several-components.json").read_text(encoding="utf-8"))["reports"][0]
LATEX_MACROS = {"subsection", "textbf", "item", "href", "url", "texttt", "footnote"} | set("{}$&#%_")
LATEX_MACROS |= {"textbackslash", "textasciicircum", "textasciitilde", "textless", "textgreater", "textbar", "textasciigrave"}


def with_values(change: Callable[[str], str]) -> Any:
    """The sample with every value that a stranger gave changed: names, ids, licences, relations, files, addresses, sections, dates."""
    report = copy.deepcopy(SAMPLE)
    report["subject"]["name"] = change(report["subject"]["name"])
    for node in report["lineage"]["nodes"]:
        node["id"] = change(node["id"])
        node["license"] = node["license"] and change(node["license"])
    for edge in report["lineage"]["edges"]:
        edge["from"], edge["to"] = change(edge["from"]), change(edge["to"])
    for finding in report["findings"]:
        finding["component"] = finding["component"] and change(finding["component"])
        finding["license"] = finding["license"] and change(finding["license"])
        cited = finding["citation"]
        cited["url"], cited["section"], cited["policy"] = cited.get("url") and change(cited["url"]), change("1"), change("policy")
        if finding["license_version"]:
            finding["license_version"]["in_force_from"] = change("2024")
        if finding["required"]:
            finding["required"]["texts"] = [change(text) for text in finding["required"]["texts"]]
        if finding["topic"] == "license-copy":
            finding["topic"] = "flow-down"
        elif finding["rule"].endswith("scale-threshold"):
            finding["topic"] = "acceptable-use"
    for item in report["inputs"]:
        item["path"] = change(item["path"]).replace("/", "")
    return report


HARMLESS = with_values(lambda text: f"x{text} y")


def shape(style: str, text: str) -> Any:
    """What the parser of the mark-up sees, without the texts."""
    if style == "html":
        return [(tag, tuple(name for name, _ in attributes)) for tag, attributes in marked_up.Seen(text).tags]
    if style == "rst":
        tree = marked_up.rst(text)
        assert marked_up.rst_flaws(tree) == []
        return [type(node).__name__ for node in tree.findall(nodes.Element)]
    if style == "latex":
        seen = marked_up.Latex(text)
        assert seen.odd == []
        assert set(seen.macros) <= LATEX_MACROS
        return [name for name in seen.macros if name in ("item", "textbf", "href", "url", "footnote", "subsection")], seen.environments
    if style == "markdown":
        return [token.type for token in marked_up.markdown(text) if not token.type.startswith("text")]
    return [bool(line) for line in text.split("\n")]


@settings(max_examples=25, deadline=None)
@given(shown)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_hostile_values_do_not_change_the_shape(style: str, length: str, value: str) -> None:
    report = with_values(lambda text: f"{value}{text} y")
    for lang in LANGUAGES:
        text = attribution(report, lang, style=style, length=length)
        assert shape(style, text) == shape(style, attribution(HARMLESS, lang, style=style, length=length))


@settings(max_examples=25, deadline=None)
@given(shown)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_hostile_values_stay_between_the_markers(style: str, value: str) -> None:
    report = with_values(lambda text: f"{value}{text} y")
    path = f"x{STYLES[style].endings[0]}"
    body = attribution(report, style=style)
    written = between_markers("Before.\n", "attribution", body, style_of(path), path)
    assert (body_of(written, "attribution", style_of(path), path) or "").strip("\n") == body.strip("\n")
    assert between_markers(written, "attribution", body, style_of(path), path) == written


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("length", LENGTHS)
def test_every_component_is_named_with_relation_licence_and_edition(style: str, length: str) -> None:
    text = attribution(SAMPLE, style=style, length=length)
    for node in SAMPLE["lineage"]["nodes"]:
        direct = any(edge["to"] == node["id"] and edge["from"] == SAMPLE["subject"]["name"] for edge in SAMPLE["lineage"]["edges"])
        if direct or length != "badge":
            assert node["id"] in text
            assert not node["license"] or node["license"] in text
    if length != "badge":
        assert "2024-07-23" in text
        assert "merged into it" in text


@pytest.mark.parametrize("style", sorted(STYLES))
def test_links_lead_to_the_hub_and_to_the_licences_and_nowhere_else(style: str) -> None:
    known = {f"https://huggingface.co/{'datasets/' if n['type'] == 'dataset' else ''}{n['id']}" for n in SAMPLE["lineage"]["nodes"]}
    known |= {finding["citation"]["url"] for finding in SAMPLE["findings"]}
    text = attribution(SAMPLE, style=style, length="paragraph")
    for piece in text.replace("\\url{", " ").replace('"', " ").translate(dict.fromkeys(map(ord, "<>{}()"), " ")).split():
        assert not piece.startswith("http") or piece in known


@settings(max_examples=25, deadline=None)
@given(shown)
def test_notice_has_a_line_for_each_thing_whatever_it_is_called(value: str) -> None:
    lines = notice(with_values(lambda text: f"{value}{text} y")).split("\n")
    assert [bool(line) for line in lines] == [bool(line) for line in notice(HARMLESS).split("\n")]
    assert all(line.isprintable() for line in lines)
