"""What is wrong between files that are each in order: names taken twice, editions that overlap or go backwards, layers."""

from __future__ import annotations

import pytest

from licensecheck.knowledge import rules_folder
from licensecheck.knowledge.compile import layers, lint

FIRST = "  - {text: acme-open-1, from: 2024-01-01}"


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("{text: acme-open-2, from: 2023-06-01}", "before the edition above it (2024-01-01)"),
        ("{text: acme-open-2, from: 2024-01-01}", "overlaps with the edition above it: both begin on 2024-01-01"),
        ("{text: acme-open-2}", "has no `from`"),
        ("{text: acme-open-1, from: 2025-01-01}", None),
    ],
)
def test_editions_stand_in_the_order_of_their_days(house, bent, second, says):
    problems = house(bent(FIRST, f"{FIRST}\n  - {second}"))
    assert [line for _, line, _ in problems] == ([8] if says else [])
    assert says is None or says in problems[0][2]


def test_two_editions_without_a_day_overlap(house, bent):
    ((_, line, message),) = house(bent(FIRST, "  - {text: acme-open-1}\n  - {text: acme-open-2}"))
    assert line == 8
    assert "neither has a `from`" in message


@pytest.mark.parametrize("second", ["{text: b, from: 2024-01-01, modality: multimodal}", "{text: b, from: 2024-01-01, title: Chinese}"])
def test_texts_of_one_day_may_be_for_other_models_or_in_another_language(house, bent, second):
    assert house(bent(FIRST, f"{FIRST}\n  - {second}")) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("publisher: Acme\n", "publisher: Acme\naliases: [own, Apache_2.0]\n", 5),
        ("publisher: Acme\n", "publisher: Acme\nspdx: Apache-2.0\n", 5),
        ("name: Acme Open Licence", "name: MIT License", 3),
        ("acme-open-1,", "mit,", 7),
    ],
)
def test_a_name_of_another_licence_is_shown_with_both_places(house, bent, old, new, line):
    ((_, at, message),) = house(bent(old, new))
    assert at == line
    assert "is already a name of" in message
    assert str(rules_folder()) in message
    assert "which keeps it" in message


def test_two_files_of_the_house_with_one_name_are_shown_at_the_second(house, license_text):
    other = license_text.replace("acme-open", "acme-other").replace("acme-other-1", "acme-open-1")
    problems = house(license_text, acme_other=other)
    assert {(file, line) for file, line, _ in problems} == {("acme-other.yaml", 3), ("acme-other.yaml", 7)}


def test_what_a_house_stands_in_for_is_said_and_is_no_problem(tmp_path, license_text):
    path = tmp_path / "licenses" / "gemma.yaml"
    path.parent.mkdir()
    path.write_text(license_text.replace("acme-open", "gemma"), encoding="utf-8")
    assert lint(str(tmp_path)) == []
    (note,) = layers(str(tmp_path))
    assert note.startswith(f"{path}: stands in for the shipped ")
    assert layers(rules_folder()) == []
