from __future__ import annotations

import pytest

from licensecheck.engine.edition import in_force, section_of

SECTIONS = {"acme-open-1": "1.2", "acme-open-3": "4"}
EDITIONS = [("acme-open-1", "1.2"), ("acme-open-2", "2"), ("acme-open-3", "4"), (None, "2")]


def edition(text):
    return {"edition": {"text": text, "in_force_from": None} if text else None}


@pytest.mark.parametrize(("text", "section"), EDITIONS)
def test_a_clause_is_cited_as_the_edition_in_force_numbers_it(made, text, section):
    component = made.component(**edition(text))
    (clause,) = in_force([made.clause(sections=SECTIONS)], component)
    assert clause["section"] == section
    assert section_of(made.clause(sections=SECTIONS), component) == section


@pytest.mark.parametrize(("text", "section"), EDITIONS)
def test_so_are_its_exceptions_and_its_purposes(made, text, section):
    branch = {**made.branch(made.fact("release.weights"), section="2"), "sections": SECTIONS}
    rows = {"forbids": [{"purposes": ["weapons"], "section": "2", "sections": SECTIONS}], "conditions": []}
    (clause,) = in_force([made.clause(unless=[branch], purposes=rows)], made.component(**edition(text)))
    assert clause["unless"][0]["section"] == section
    assert clause["purposes"]["forbids"][0]["section"] == section
    assert clause["section"] == "2"


@pytest.mark.parametrize(("text", "count"), [("acme-open-1", 0), ("acme-open-2", 1), (None, 1)])
def test_a_purpose_stands_in_its_editions_only(made, text, count):
    rows = {"forbids": [{"purposes": ["weapons"], "section": "2", "editions": ["acme-open-2"]}]}
    (clause,) = in_force([made.clause(purposes=rows)], made.component(**edition(text)))
    assert len(clause["purposes"]["forbids"]) == count


@pytest.mark.parametrize(("text", "names"), [("acme-open-1", ["a"]), ("acme-open-2", ["a", "b"]), (None, ["a", "b"])])
def test_a_clause_stands_in_its_editions_only(made, text, names):
    clauses = [made.clause(id="a"), made.clause(id="b", editions=["acme-open-2"])]
    assert [clause["id"] for clause in in_force(clauses, made.component(**edition(text)))] == names


def test_what_a_copy_must_hold_are_the_sections_of_this_edition_that_bind(made):
    clauses = [
        made.clause(sections=SECTIONS),
        made.clause(id="b", section="7", editions=["acme-open-2"]),
        made.clause(id="c", section="8", effect="permission"),
        made.clause(id="d", section="9", inform=True),
    ]
    weighty = [in_force(clauses, made.component(**edition(text)))[0]["sections_with_clauses"] for text in ("acme-open-1", "acme-open-2")]
    assert weighty == [("1.2",), ("2", "7")]


def test_places_that_stand_side_by_side_are_all_of_them_sections(made):
    (clause,) = in_force([made.clause(section="5, 1.b")], made.component())
    assert clause["sections_with_clauses"] == ("1.b", "5")


def test_nothing_of_the_clause_itself_is_written_over(made):
    clause = made.clause(sections=SECTIONS)
    in_force([clause], made.component())
    assert clause["section"] == "2"


def test_a_finding_cites_the_edition_in_force(examined, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("rules")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    (folder / "house-open.yaml").write_text(LAW, encoding="utf-8")
    for released, section in (("2024-06-01", "1.b"), ("2025-02-01", "2")):
        manifest = {"model": {"name": "Beacon", "released": released}, "built_from": [{"model": "house/engine", "license": "house-open"}]}
        report = examined(manifest=manifest, rules=str(folder))
        (finding,) = [item for item in report["findings"] if item["rule"] == "house-open/license-copy"]
        assert finding["citation"]["section"] == section


LAW = """\
schema: license/1
id: house-open
name: House Licence
publisher: House
verified: true
editions:
  - {text: house-open-1, from: 2024-01-01}
  - {text: house-open-2, from: 2025-01-01}
clauses:
  - topic: license-copy
    section: "2"
    sections: {house-open-1: 1.b}
    effect: duty
    says: {en: A copy goes along., zh: 须附副本。}
    when: {component.relation: [finetune]}
    requires: {copy: agreement}
"""
