"""A manifest with blanks: filled in whole, in part or not at all, it stays what it was and says what was answered."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.interview.blanks import Field, fields_of, pieces

KEYS: dict[str, Any] = {
    "use": {"keys": {"commercial": {"type": "bool"}, "purposes": {"list": {"type": "id", "of": "purposes"}}}},
    "licensee": {"keys": {"established": {"list": {"type": "country"}}}},
    "built_from": {"list": {"keys": {"license": {"type": "license"}, "acquired": {"type": "date"}}}},
}
NODES = [{"id": "a/one", "type": "model", "relation": "merge"}, {"id": "b/two", "type": "dataset", "relation": "data"}]


def field(fact: str, component: str | None = None) -> Field:
    place = ("built_from",) if fact == "built_from" else ("built_from", fact.split(".")[1]) if component else tuple(fact.split("."))
    return Field(fact, component, place, {})


FIELDS = [
    field("use.commercial"),
    field("use.purposes"),
    field("licensee.established"),
    field("component.license", "a/one"),
    field("component.acquired", "a/one"),
    field("component.license", "b/two"),
]
VALUES = {0: "true", 1: "[coding, search]", 2: "[DE]", 3: "mit", 4: "2025-01-01", 5: "cc0-1.0"}
MANIFESTS = (
    None,
    "",
    "version: 1\n",
    "# only a comment",
    "use:\n  commercial: false\nrelease: {weights: public}\n",
    "use: {}\nlicensee: {name: Acme}  # a note\n",
    "built_from: [a/one]",
    "built_from: [a/one, {dataset: b/two}]\nwaivers: [{rule: x/y, reason: z, expires: 2030-01-01}]\n",
    "built_from:\n  - model: a/one\n    relation: merge\n  - {dataset: b/two}\nwaivers:\n- {rule: x/y, expires: 2030-01-01}\n# end\n",
    "use:\r\n  paid: true\r\nwaivers:\r\n  - {rule: x/y, reason: z, expires: 2030-01-01}\r\n",
)


def entries_of(text: str | None) -> list[Any]:
    listed = (yaml.safe_load(text or "") or {}).get("built_from") or []
    return listed if isinstance(listed, list) else [listed]


def filled(parts: list[Any], answers: dict[int, str], waivers: list[str]) -> str:
    """What the form's script makes of the pieces."""

    def part_of(part: dict[str, Any], join: str) -> str:
        if "waivers" in part:
            return join.join(waivers)
        if "open" in part:
            inner = ", ".join(filter(None, (part_of(one, join) for one in part["of"])))
            return inner and part["open"] + inner + part["close"]
        return f"{part['key']}: {answers[part['field']]}" if part.get("field") in answers else ""

    text = ""
    for piece in parts:
        if isinstance(piece, str):
            text += piece
            continue
        inner = piece["join"].join(filter(None, (part_of(part, piece["join"]) for part in piece["of"])))
        text += piece["before"] + inner + piece["after"] if inner else piece["instead"]
    return text


@pytest.mark.parametrize("text", MANIFESTS)
def test_without_an_answer_the_manifest_stays_byte_for_byte(text: str | None) -> None:
    parts, _ = pieces(FIELDS, text, entries_of(text), NODES)
    assert filled(parts, {}, []) == (text if text is not None else filled(pieces([], None, [], [])[0], {}, []))


@pytest.mark.parametrize("text", MANIFESTS)
@given(chosen=st.sets(st.sampled_from(sorted(VALUES))), waived=st.integers(0, 2))
@settings(max_examples=12, deadline=None)
def test_any_answers_are_added_and_nothing_else_changes(text: str | None, chosen: set[int], waived: int) -> None:
    parts, by_hand = pieces(FIELDS, text, entries_of(text), NODES)
    assert by_hand == []
    waivers = [f"{{rule: n/{n}, reason: r, expires: 2031-01-01}}" for n in range(waived)]
    found = yaml.safe_load(filled(parts, {n: VALUES[n] for n in chosen}, waivers)) or {}
    before = yaml.safe_load(text or "") or {}
    for n in chosen & {0, 1, 2}:
        section, key = FIELDS[n].place
        assert found[section][key] == yaml.safe_load(VALUES[n])
    for n in chosen & {3, 4, 5}:
        entry = next(item for item in entries_of(yaml.safe_dump(found)) if isinstance(item, dict) and FIELDS[n].component in item.values())
        assert entry[FIELDS[n].place[1]] == yaml.safe_load(VALUES[n])
    assert len(found.get("waivers") or []) == len(before.get("waivers") or []) + waived
    for section in before.keys() - {"use", "licensee", "built_from", "waivers"}:
        assert found[section] == before[section]


def test_what_another_file_says_is_left_to_a_person() -> None:
    parts, by_hand = pieces(FIELDS, "extends: ../base.yaml\n", None, NODES)
    assert by_hand == [3, 4, 5]
    assert yaml.safe_load(filled(parts, VALUES, []))["use"]["commercial"] is True


def test_a_value_that_two_answers_would_rewrite_takes_the_first_only() -> None:
    parts, by_hand = pieces(FIELDS, "built_from: a/one", ["a/one"], NODES)
    assert by_hand == [5]
    assert yaml.safe_load(filled(parts, {3: "mit"}, []))["built_from"] == [{"model": "a/one", "license": "mit"}]


def test_a_section_written_in_a_way_that_does_not_fit_is_left_to_a_person() -> None:
    _, by_hand = pieces(FIELDS, "use: &u\nlicensee: *u\n", [], NODES)
    assert {0, 1} <= set(by_hand)


def test_a_question_about_components_has_a_field_for_each_that_waits() -> None:
    def waiting(name: str, waived: bool = False) -> dict[str, Any]:
        return {"component": name, "question": {"fact": "component.license"}, "suppressions": [{}] if waived else []}

    report = {
        "questions": [{"fact": "component.license"}, {"fact": "no.such"}, {"fact": "built_from"}],
        "findings": [waiting("a/one"), waiting("b/two"), waiting("a/one"), waiting("c/three", waived=True)],
    }
    found = fields_of(report, KEYS)
    assert [(item.fact, item.component) for item in found] == [
        ("component.license", "a/one"),
        ("component.license", "b/two"),
        ("built_from", None),
    ]
