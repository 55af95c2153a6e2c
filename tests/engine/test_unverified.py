"""A licence file that nobody has held against the text yields `review` at most, whether its clauses say so again or not."""

from __future__ import annotations

import pytest

#: The clauses do not say what the file says of itself: `verified` stands at its head only.
LAW = """\
schema: license/1
id: house-open
name: House Licence
publisher: House
verified: {verified}
editions:
  - {{text: house-open-1, from: 2024-01-01}}
clauses:
  - topic: license-copy
    section: "2"
    effect: duty
    says: {{en: A copy goes along., zh: 须附副本。}}
    when: {{component.relation: [merge]}}
    requires: {{copy: agreement}}
  - topic: non-commercial
    section: "4"
    effect: prohibition
    says: {{en: No commercial use., zh: 不得商用。}}
    when: {{component.relation: [merge]}}
    forbids: {{use.commercial: true}}
"""
MANIFEST = {
    "use": {"commercial": True},
    "built_from": [{"model": "house/engine", "license": "house-open", "relation": "merge"}],
}
CLAUSES = ("house-open/license-copy", "house-open/non-commercial")


@pytest.fixture
def house(examined, tmp_path_factory, monkeypatch):
    """What a file in this state makes of a merge that breaks all of it: the findings by rule."""

    def run(verified: str):
        folder = tmp_path_factory.mktemp("rules")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        (folder / "house-open.yaml").write_text(LAW.format(verified=verified), encoding="utf-8")
        report = examined({"license": "mit"}, manifest=MANIFEST, rules=str(folder))
        return {item["rule"]: item for item in report["findings"] if item["component"] == "house/engine"}

    return run


def test_what_was_read_is_judged_in_full(house):
    found = house("true")
    assert {rule: (found[rule]["kind"], found[rule]["verified"]) for rule in CLAUSES} == dict.fromkeys(CLAUSES, ("fail", True))


def test_a_clause_of_an_unverified_file_is_held_back_without_a_key_of_its_own(house):
    found = house("false")
    for rule in CLAUSES:
        assert (found[rule]["kind"], found[rule]["held_back"]["cap"], found[rule]["verified"]) == ("review", "unverified-law", False)
