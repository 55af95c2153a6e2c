from __future__ import annotations

import pytest

from licensecheck.lineage import Component, implied

EVIDENCE = {"source": "README.md", "line": 2, "key": "license", "value": "foo3", "how": "declared"}
BRIEFS = {
    "foo3": {"publisher_material": "Foo 3", "editions": [{"text": "foo3-text", "from": "2024-01-01"}]},
    "open-1": {"editions": [{"text": "open"}]},
}


def component(relation):
    return Component("acme/x", "model", relation, ((relation, "acme/x"),), None, "none", False, None, (EVIDENCE,), True, False, {})


def run(small, *relations, offered=None, names=()):
    given = [(name, EVIDENCE) for name in names]
    return implied(
        [component(relation) for relation in relations],
        (offered, EVIDENCE) if offered else None,
        given,
        small(briefs=BRIEFS),
        "{material} (unnamed)",
    )


def test_a_licence_of_one_publishers_material_says_that_the_material_is_there(small):
    (found,), ((kind, _, _, evidence),) = run(small, offered="foo3")
    assert (found.license, found.relation, found.certain, found.id) == ("foo3", "finetune", False, "Foo 3 (unnamed)")
    assert (kind, evidence[0]["how"], evidence[0]["line"]) == ("base-not-named", "inferred", 2)


def test_a_licence_that_anybody_uses_says_nothing(small):
    assert run(small, offered="open-1") == ((), ())


def test_a_name_that_sounds_like_a_family_suggests_it(small):
    (found,), ((kind, _, material, _),) = run(small, names=["poet", "Foo-3-poet"])
    assert (found.license, found.certain, kind, material) == ("foo3", False, "name-suggests", "Foo 3")


def test_the_licence_speaks_before_the_name(small):
    assert run(small, offered="foo3", names=["Foo-3-poet"])[1][0][0] == "base-not-named"


@pytest.mark.parametrize("relation", ["finetune", "adapter", "merge", "quantized", "serves", "code", "outputs"])
def test_a_named_component_leaves_nothing_to_imply(small, relation):
    assert run(small, relation, offered="foo3", names=["Foo-3"]) == ((), ())


@pytest.mark.parametrize("relation", ["data", "evaluates", "tokenizer", "architecture"])
def test_what_is_no_base_does_not_stand_for_one(small, relation):
    assert len(run(small, relation, offered="foo3")[0]) == 1


def test_no_family_no_material(small):
    assert run(small, names=["poet", "foo-30b", "open_foo_3b"]) == ((), ())


# --- with the real knowledge


@pytest.mark.parametrize(
    ("license_id", "title", "kind"),
    [
        ("llama3.1", "Beacon-8B", "base-not-named"),
        ("qwen", "Beacon-8B", "base-not-named"),
        ("mit", "Llama-3-Beacon", "name-suggests"),
        ("apache-2.0", "Beacon-Qwen2.5-72B", "name-suggests"),
    ],
)
def test_unnamed_material_is_in_doubt_and_never_more_than_for_review(examined, license_id, title, kind):
    report = examined({"license": license_id}, f"# {title}\n", as_="public")
    assert f"check/lineage.{kind}" in {finding["rule"] for finding in report["findings"] if finding["kind"] == "review"}
    assert "fail" not in {finding["kind"] for finding in report["findings"]}


@pytest.mark.parametrize("title", ["open_llama_3b", "Ollama-3", "Beacon-8B", "Beacon-Qwen2.5-7B"])
def test_nothing_is_implied_by_other_names(examined, title):
    assert examined({"license": "apache-2.0"}, f"# {title}\n")["lineage"]["nodes"] == []


def test_what_was_trained_from_scratch_has_no_unnamed_material(examined):
    report = examined({"license": "apache-2.0"}, "# Llama-3-Beacon\n", manifest={"claims": ["trained-from-scratch"]})
    assert report["lineage"]["nodes"] == []


def test_a_lone_licence_file_speaks_where_the_card_is_silent(examined):
    report = examined({}, files={"LICENSE": "licence text for tests: llama-3.1-community-licence\n"})
    (node,) = report["lineage"]["nodes"]
    assert (node["license"], node["relation"]) == ("llama3.1", "finetune")


def test_material_without_an_edition_is_no_crash(small):
    knowledge = small(briefs={"foo3": {"publisher_material": "Foo 3", "editions": []}})
    (found,), _ = implied([], ("foo3", EVIDENCE), [], knowledge, "{material}")
    assert found.edition is None
