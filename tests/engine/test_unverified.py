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
own_terms: {{allowed: "no", section: "3"}}
share_alike: {{section: "3"}}
commercial: {{allowed: false, section: "4"}}
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
    "built_from": [
        {"model": "house/engine", "license": "house-open", "relation": "merge"},
        {"model": "meta-llama/Llama-3.1-8B", "relation": "merge"},
    ],
}
CLAUSES = ("house-open/license-copy", "house-open/non-commercial")
CHECKS = ("check/declared-license.declares-more", "check/license-conflict.conflict-restrictions")


@pytest.fixture
def house(examined, tmp_path_factory, monkeypatch):
    """What a file in this state makes of a merge that breaks everything in it: the findings by rule."""

    def run(verified: str):
        folder = tmp_path_factory.mktemp("rules")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        (folder / "house-open.yaml").write_text(LAW.format(verified=verified), encoding="utf-8")
        report = examined({"license": "mit"}, manifest=MANIFEST, rules=str(folder))
        return {item["rule"]: item for item in report["findings"] if item["component"] == "house/engine"}

    return run


def test_what_was_read_is_judged_in_full(house):
    found = house("true")
    assert {rule: found[rule]["kind"] for rule in (*CLAUSES, *CHECKS)} == dict.fromkeys((*CLAUSES, *CHECKS), "fail")
    assert all(found[rule]["verified"] for rule in CLAUSES)


def test_a_clause_of_an_unverified_file_is_held_back_without_a_key_of_its_own(house):
    found = house("false")
    for rule in CLAUSES:
        assert (found[rule]["kind"], found[rule]["held_back"]["cap"], found[rule]["verified"]) == ("review", "unverified-law", False)


def test_what_an_unverified_file_says_of_itself_as_a_whole_is_for_review_too(house):
    found = house("false")
    assert {rule: found[rule]["kind"] for rule in CHECKS} == dict.fromkeys(CHECKS, "review")
    assert found["check/license-conflict.conflict-restrictions"]["held_back"]["cap"] == "unverified-law"
