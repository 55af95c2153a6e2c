from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from licensecheck.manifest import load
from licensecheck.manifest.scalars import _TYPES

RULES = Path(__file__).resolve().parents[2] / "rules"


def specs(spec, path=""):
    for key, inner in spec.get("keys", {}).items():
        yield f"{path}{key}", inner
        yield from specs(inner, f"{path}{key}.")
        yield from specs(inner.get("list", {}), f"{path}{key}[].")


def test_the_table_is_plain_json(table):
    assert json.loads(json.dumps(table)) == table


def test_every_key_says_what_it_is_in_both_languages(table):
    for path, spec in specs(table):
        assert spec.get("en"), path
        assert spec.get("zh"), path
        assert ("type" in spec) + ("keys" in spec) + ("list" in spec) == 1, path


def test_every_type_is_converted_and_described(table):
    used = {inner["type"] for _, spec in specs(table) for inner in (spec, spec.get("list", {})) if "type" in inner}
    assert used == set(_TYPES) == set(table["types"])


def test_words_are_those_of_the_facts(table):
    """A word that the manifest takes and no rule reads (or the other way round) would be lost silently."""
    facts = yaml.safe_load((RULES / "facts.yaml").read_text(encoding="utf-8"))["facts"]
    by_path = dict(specs(table))
    places = {"subject.": "model.", "component.": "built_from[]."}
    for name, fact in facts.items():
        path = next((new + name.removeprefix(old) for old, new in places.items() if name.startswith(old)), name)
        spec = by_path.get(path, {})
        words = spec.get("values") or spec.get("list", {}).get("values")
        if words:
            assert words == fact["values"], name


def test_every_fact_that_people_are_asked_for_can_be_stated(table):
    facts = yaml.safe_load((RULES / "facts.yaml").read_text(encoding="utf-8"))["facts"]
    known = {path for path, _ in specs(table)}
    assert {name for name in facts if name.startswith(("use.", "licensee.", "release."))} <= known


def test_country_and_currency_codes_are_well_formed(table):
    for key, length, least in (("countries", 2, 249), ("currencies", 3, 150)):
        codes = table[key].split()
        assert codes == sorted(set(codes))
        assert all(len(code) == length and code.isupper() for code in codes)
        assert len(codes) >= least
    assert set(table["country_aliases"].values()) <= set(table["countries"].split())
    members = yaml.safe_load((RULES / "territories.yaml").read_text(encoding="utf-8"))["territories"]
    assert set(members) == set(dict(specs(table))["use.markets"]["list"]["groups"])
    assert {code for codes in members.values() for code in codes} <= set(table["countries"].split())


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_example_of_every_type_is_accepted(tmp_path, table, ids, line_break):
    examples = {
        path: (table["types"][spec["type"]]["example"])
        for path, spec in specs(table)
        if spec.get("type") in ("bool", "text", "date", "figure", "money", "providers", "version")
        and path.count(".") < 2
        and "[]" not in path
    }
    for path, example in examples.items():
        text = line_break.join(f"{'  ' * depth}{step}:" for depth, step in enumerate(path.split(".")))
        (tmp_path / "licensecheck.yaml").write_bytes(f"{text} {example}{line_break}".encode())
        assert load(str(tmp_path), table, ids).get(path) is not None
