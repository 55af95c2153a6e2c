"""Rows of a house's own over the registry, each checked; rows of one id that overlap."""

from __future__ import annotations

import os

import pytest

from licensecheck.errors import InputError
from licensecheck.knowledge.compile import lint

ROW = "  - {id: acme/engine-7b, license: acme-open, released: 2024-01-01, modality: text, base: null, verified: true, source: our own}\n"
HEAD = "schema: registry/1\nmodels:\n"


@pytest.fixture
def rows(tmp_path, license_text):
    """Rows of a house in, their problems as (file, line, message) out."""

    def problems(text, kind="models"):
        for name, content in (("licenses/acme-open.yaml", license_text), (f"registry/{kind}.yaml", text)):
            path = tmp_path / "house" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return [(os.path.basename(problem.path), problem.line, problem.message) for problem in lint(str(tmp_path / "house"))]

    return problems


def test_rows_of_a_house_are_added_and_stand_in_for_those_of_their_id(loaded, license_text):
    text = HEAD + ROW + "  - {id: Meta-Llama/llama-3.1-8b, license: acme-open, verified: true, source: our agreement}\n"
    knowledge = loaded({"licenses/acme-open.yaml": license_text, "registry/models.yaml": text})
    assert knowledge.model("acme/Engine-7B", None)["license"] == "acme-open"
    assert knowledge.model("meta-llama/Llama-3.1-8B", None)["license"] == "acme-open"
    assert knowledge.model("meta-llama/Llama-3.1-70B", None)["license"] == "llama3.1"
    assert knowledge.guess("someone/Engine-7B-GGUF", None)["license"] == "acme-open"


def test_a_row_of_the_house_decides_a_report(tmp_path, license_text, write):
    from licensecheck.pipeline import examine

    house = tmp_path / "house"
    for name, content in (("licenses/acme-open.yaml", license_text), ("registry/models.yaml", HEAD + ROW)):
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).write_text(content, encoding="utf-8")
    folder = write({"README.md": "---\nlicense: other\nlicense_name: acme-open\nbase_model: acme/engine-7b\n---\n# Beacon-7B\n"})
    report = examine(str(folder), as_="public", rules=str(house))
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == "acme-open/license-copy"]
    assert (finding["kind"], finding["component"]) == ("fail", "acme/engine-7b")


@pytest.mark.parametrize("row", [ROW, ROW.replace("source: our own", "source: null, inherits: [llama3.1], notice: true")])
def test_a_row_in_order_is_none_of_the_problems(rows, row):
    assert rows(HEAD + row) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("license: acme-open", "licence: acme-open", ["licence: unknown key", "`license`"]),
        ("license: acme-open", "license: acme-opne", ["no licence is known as `acme-opne`", "`acme-open`"]),
        ("verified: true", "verified: maybe", ["true or false is wanted"]),
        ("modality: text", "modality: txet", ["`txet` is not one of", "`text`"]),
        ("acme/engine-7b", "engine-7b", ["is no id such as organisation/name"]),
        ("released:", "from: 2025-01-01, until: 2024-01-01, released:", ["cannot end on 2024-01-01"]),
        ("source: our own", "inherits: [llama-3.11]", ["no licence is known as `llama-3.11`"]),
        (", verified: true", "", ["`verified` is missing"]),
    ],
)
def test_a_mistake_in_a_row_is_shown_with_its_line(rows, old, new, says):
    problems = rows(HEAD + ROW.replace(old, new))
    assert {(file, line) for file, line, _ in problems} == {("models.yaml", 3)}
    assert [word for word in says if word not in problems[0][2]] == []


def test_rows_of_one_id_that_overlap_are_a_mistake_at_the_second(rows):
    first, second = ROW.replace("released:", "until: 2025-01-01, released:"), ROW.replace("released:", "from: 2024-06-01, released:")
    ((_, line, message),) = rows(HEAD + first + second)
    assert line == 4
    assert "overlaps with another row of `acme/engine-7b`" in message
    assert rows(HEAD + first + second.replace("2024-06-01", "2025-01-01")) == []


@pytest.mark.parametrize("text", ["models: []\n", "schema: registry/1\n", "- a\n", "schema: registry/1\nmodels: []\nmodel: []\n"])
def test_a_file_that_is_no_registry_is_not_passed_over(rows, text):
    ((_, _, message),) = rows(text)
    assert "schema: registry/1" in message


def test_a_broken_row_stops_a_check(loaded):
    with pytest.raises(InputError, match=r"models\.yaml:3"):
        loaded({"registry/models.yaml": HEAD + ROW.replace("verified: true", "verified: 1")})


def test_the_shipped_rows_are_in_order():
    assert [problem for problem in lint() if "registry" in problem.path] == []
