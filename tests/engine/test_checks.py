"""The checks of the subject itself: each fires, and each keeps silent."""

from __future__ import annotations

import pytest

from licensecheck.knowledge import load

QWEN = "Qwen/Qwen2.5-7B"
LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
INSIDE = {"as_": "internal"}


def text_of(text):
    return f"licence text for tests: {text}\n"


def checked(report, topic):
    """slug → kind of the findings of one check."""
    found = [item for item in report["findings"] if item["topic"] == topic and item["license"] is None]
    return {item["rule"].partition(".")[2]: item["kind"] for item in found}


# --- declared-license


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ({"base_model": QWEN}, {"declared-nowhere": "review"}),
        ({"license": "apache-2.0", "base_model": QWEN}, {"declared-fits": "pass"}),
        ({"license": "Apache 2.0", "base_model": QWEN}, {"declared-fits": "pass"}),
        ({"license": "mit", "base_model": QWEN}, {"relabelled": "review"}),  # other terms are allowed; the base's own stay with its part
        ({"license": "apache-2.O", "base_model": QWEN}, {"misspelt-id": "review"}),
        ({"license": "zzzz-own"}, {"unknown-id": "review"}),
        ({"license": "other"}, {"other-nameless": "review"}),
        ({"license": "other", "license_name": "acme-house"}, {"own-name": "informational"}),
        ({"license": "other", "license_name": "qwen", "base_model": "Qwen/Qwen2.5-72B"}, {"declared-fits": "pass"}),
        ({"license": "llama3.1", "base_model": LLAMA}, {"declared-fits": "pass"}),
        ({"license": "apache-2.0", "base_model": LLAMA}, {"declares-more": "fail"}),
        ({"license": "mit", "base_model": "Qwen/Qwen2.5-72B"}, {"declares-other": "review"}),  # allowed on conditions
        (
            {"license": "apache-2.0", "base_model": "Qwen/Qwen2.5-3B"},
            {"declares-more": "fail"},
        ),  # commercial use granted that is not there to grant
        ({"license": "other", "license_name": "acme-house", "base_model": LLAMA}, {"own-name": "informational", "declares-more": "review"}),
        (
            {"license": "llama3.1", "base_model": [LLAMA, "meta-llama/Meta-Llama-3-8B"]},
            {"declared-fits": "pass", "declares-one-of-several": "informational"},
        ),
        (
            {"license": "llama3.1", "base_model": [LLAMA, "Qwen/Qwen2.5-72B"]},
            {"declared-fits": "pass", "declares-one-of-several": "review"},
        ),
    ],
)
def test_the_declared_licence_against_the_lineage(examined, card, expected):
    assert checked(examined(card), "declared-license") == expected


def test_a_licence_file_speaks_where_the_card_is_silent(examined):
    report = examined({"base_model": QWEN}, files={"LICENSE": text_of("apache-2.0")})
    assert checked(report, "declared-license") == {"declared-in-file": "informational"}


def test_a_licence_file_that_grants_more_than_the_base_is_seen_without_a_card(examined):
    report = examined({"base_model": LLAMA}, files={"LICENSE": text_of("apache-2.0")})
    assert checked(report, "declared-license") == {"declared-in-file": "informational", "declares-more": "fail"}


def test_what_is_only_inferred_or_unchecked_never_fails(examined):
    report = examined({"license": "apache-2.0"}, files={"config.json": {"_name_or_path": LLAMA}})
    assert checked(report, "declared-license") == {"declares-more": "review"}


def test_nothing_is_asked_of_a_subject_that_stays_inside(examined):
    assert checked(examined({"base_model": QWEN}, **INSIDE), "declared-license") == {}


@pytest.mark.parametrize("relation", ["outputs", "data", "serves", "evaluates", "tokenizer"])
def test_only_weights_bring_their_licence_to_the_card(examined, relation):
    kind = "dataset" if relation == "data" else "model"
    report = examined({"license": "apache-2.0"}, manifest={"built_from": [{kind: LLAMA, "relation": relation}]})
    assert "declares-more" not in checked(report, "declared-license")


@pytest.mark.parametrize("expression", ["MIT OR Apache-2.0", "Apache-2.0 AND MIT", "(MIT OR Apache-2.0)", "Apache-2.0 WITH LLVM-exception"])
def test_an_spdx_expression_of_known_licences_is_understood(examined, expression):
    found = checked(examined({"license": expression, "base_model": QWEN}), "declared-license")
    assert not {"unknown-id", "misspelt-id"} & set(found)


def test_a_list_of_known_licences_is_understood(examined):
    found = checked(examined({"license": ["mit", "apache-2.0"], "base_model": QWEN}), "declared-license")
    assert not {"unknown-id", "misspelt-id"} & set(found)


def test_the_remedy_is_the_field_to_write(examined):
    report = examined({"license": "mit", "base_model": "Qwen/Qwen2.5-72B"})
    (action,) = next(item for item in report["findings"] if item["rule"].endswith("declares-other"))["remedy"]["actions"]
    assert action["text"] == "license: other\nlicense_name: qwen\nlicense_link: LICENSE"


# --- license-text


@pytest.mark.parametrize(
    ("card", "files", "expected"),
    [
        ({"license": "apache-2.0"}, {}, {}),
        ({"license": "apache-2.0"}, {"LICENSE": text_of("apache-2.0")}, {"text-fits": "pass"}),
        ({"license": "apache-2.0"}, {"LICENSE": text_of("qwen-licence")}, {"text-differs": "fail"}),
        ({"license": "apache-2.0"}, {"deps/x/LICENSE": text_of("qwen-licence")}, {"text-differs": "informational"}),
        ({"license": "apache-2.0"}, {"LICENSE": text_of("apache-2.0"), "LICENSE-x": text_of("qwen-licence")}, {"text-fits": "pass"}),
        ({"license": "apache-2.0"}, {"LICENSE": "ask us"}, {}),
        ({}, {"LICENSE": text_of("apache-2.0")}, {}),
        # the base's own text under another tag: expected where the base allows it, disputed where it does not
        ({"license": "mit", "base_model": QWEN}, {"LICENSE": text_of("apache-2.0")}, {}),
        ({"license": "mit", "base_model": LLAMA}, {"LICENSE": text_of("llama-3.1-community-licence")}, {"text-differs": "fail"}),
        ({"license": "mit", "license_link": "LICENSE"}, {}, {"link-to-nothing": "review"}),
        ({"license": "mit", "license_link": "./LICENSE.md"}, {"LICENSE": "x"}, {}),
        ({"license": "mit", "license_link": "https://acme.example/LICENSE"}, {}, {}),
        ({"license": "mit", "license_link": 5}, {}, {}),
    ],
)
def test_the_licence_files_against_the_card(examined, card, files, expected):
    assert checked(examined(card, files=files), "license-text") == expected


def test_each_file_that_differs_is_a_finding_of_its_own(examined):
    report = examined({"license": "mit"}, files={"LICENSE": text_of("apache-2.0"), "LICENSE.md": text_of("qwen-licence")})
    found = [item for item in report["findings"] if item["rule"] == "check/license-text.text-differs"]
    assert len({item["id"] for item in found}) == 2


# --- lineage


@pytest.mark.parametrize(
    ("card", "body", "expected"),
    [
        ({"license": "mit"}, "# Beacon\n", {"no-base": "open"}),
        ({"license": "mit"}, "# Beacon\n\nBeacon is fine-tuned from LLaMA.\n", {"base-not-told": "open", "architecture": "pass"}),
        ({"license": "mit", "base_model": QWEN}, "# Beacon\n", {}),
        ({"license": "llama3.1"}, "# Beacon\n", {"base-not-named": "review"}),
        ({"license": "mit"}, "# Llama-3-Beacon\n", {"name-suggests": "review"}),
        ({"license": "mit", "base_model": "Beacon base"}, "# Beacon\n", {"not-an-id": "review"}),
    ],
)
def test_what_the_card_says_of_its_lineage(examined, card, body, expected):
    assert checked(examined(card, body), "lineage") == expected


def test_a_card_without_front_matter_is_worth_knowing(examined):
    report = examined(files={"README.md": "# Beacon\n", "config.json": {"a": 1}})
    assert checked(report, "lineage") == {"no-front-matter": "informational", "no-base": "open"}


def test_front_matter_out_of_place_or_broken_is_for_a_person(examined):
    card = f"# Beacon\n---\nlicense: apache-2.0\nbase_model: {QWEN}\n---\n"
    assert checked(examined(files={"README.md": card}), "lineage") == {"front-matter-misplaced": "review"}
    broken = f"---\nlicense: apache-2.0\nbase_model: {QWEN}\nfoo: bar: baz\n---\n"
    assert checked(examined(files={"README.md": broken}), "lineage") == {"broken-front-matter": "review"}


def test_each_broken_file_is_a_finding_of_its_own(examined):
    report = examined({"license": "mit", "base_model": QWEN}, files={"config.json": "{", "adapter_config.json": "["})
    found = [item for item in report["findings"] if item["rule"] == "check/lineage.unreadable-file"]
    assert len(found) == 2
    assert len({item["id"] for item in found}) == 2


@pytest.mark.parametrize(
    ("card", "body", "expected"),
    [
        ({"license": "mit", "base_model": QWEN}, "# Beacon\n", {"not-in-card": "review"}),
        ({"license": "mit", "base_model": QWEN}, "# Beacon\n\nTrained on answers of Llama 3.1 8B Instruct.\n", {}),
        ({"license": "mit", "base_model": QWEN}, f"# Beacon\n\nTrained on answers of {LLAMA}.\n", {}),
        (None, "", {"no-card": "review"}),
    ],
)
def test_a_declared_component_that_the_card_does_not_mention(examined, card, body, expected):
    manifest = {"built_from": [QWEN, {"model": LLAMA, "relation": "outputs"}]}
    assert checked(examined(card, body, manifest=manifest), "lineage") == expected


@pytest.mark.parametrize(("stages", "asked"), [(["serve"], False), (["evaluate", "serve"], False), (["serve", "train"], True), ([], True)])
def test_outputs_that_were_never_trained_on_need_not_be_mentioned(examined, stages, asked):
    outputs = {"service": "openai/gpt-4", "license": "openai-terms", **({"stage": stages} if stages else {})}
    found = checked(examined({"license": "mit"}, "# Beacon\n", manifest={"built_from": [outputs]}), "lineage")
    assert ("not-in-card" in found) == asked


@pytest.mark.parametrize("relation", ["serves", "evaluates", "tokenizer", "architecture"])
def test_what_is_only_used_need_not_be_mentioned(examined, relation):
    report = examined(
        {"license": "apache-2.0", "base_model": QWEN}, manifest={"built_from": [QWEN, {"model": LLAMA, "relation": relation}]}
    )
    assert checked(report, "lineage") == {}


def test_a_subject_that_stays_inside_owes_no_card(examined):
    assert checked(examined(manifest={"built_from": [LLAMA]}, **INSIDE), "lineage") == {}
    assert checked(examined({"license": "mit"}, **INSIDE), "lineage") == {}


def test_a_contradiction_counts_even_inside(examined):
    report = examined({"license": "mit", "base_model": QWEN}, manifest={"built_from": [LLAMA]}, **INSIDE)
    assert checked(report, "lineage") == {"sources-differ": "fail"}


def test_a_mirror_is_for_a_person(examined):
    report = examined({"license": "apache-2.0", "base_model": QWEN}, manifest={"built_from": [{"model": QWEN, "obtained": "mirror"}]})
    assert checked(report, "lineage") == {"mirrored": "review"}


def test_from_scratch_answers_the_question_of_the_base(examined):
    assert "no-base" not in checked(examined({"license": "mit"}, manifest={"claims": ["trained-from-scratch"]}), "lineage")


def test_a_folder_that_is_no_model_is_not_asked_for_its_base(examined):
    assert checked(examined(files={"main.py": "pass"}, as_=None), "lineage") == {}


# --- unknown-license


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"model": "acme/secret"}, {"license-unknown": "open"}),
        ({"model": "acme/secret", "license": "other"}, {"license-unknown": "open"}),
        ({"model": "acme/secret", "license": "apache-2.0"}, {}),
        ({"model": "acme/secret", "license": "deepfloyd-if-license"}, {"no-rules": "review"}),
        ({"model": "acme/secret", "license": "acme-house"}, {"no-rules": "review"}),
        ({"model": "acme/secret", "relation": "evaluates"}, {}),
        ({"model": "acme/secret", "relation": "tokenizer"}, {}),
        ({"model": "acme/secret", "relation": "serves"}, {"license-unknown": "open"}),
        ({"dataset": "acme/rhymes"}, {"license-unknown": "open"}),
        ({"service": "acme/oracle"}, {"license-unknown": "open"}),
        ({"code": "model.py", "from": "acme/repo"}, {"license-unknown": "open"}),
        ({"code": "model.py", "from": "acme/repo", "license": "mit"}, {}),
    ],
)
def test_components_whose_licence_nobody_knows(examined, entry, expected):
    assert checked(examined({"license": "mit"}, manifest={"built_from": [entry]}), "unknown-license") == expected


def test_every_licence_of_the_hub_with_an_spdx_id_has_rules():
    knowledge = load()
    briefs = {name: knowledge.brief(name) for name in knowledge.table("identifiers")["hub"]}
    assert [name for name, brief in briefs.items() if brief.get("spdx") and not brief["known"]] == []


def test_an_inferred_component_without_a_licence_is_worth_knowing_only(examined):
    report = examined({"license": "mit"}, files={"config.json": {"_name_or_path": "acme/secret"}})
    assert checked(report, "unknown-license") == {"license-unknown": "informational"}


def test_restrictions_are_passed_on_only_under_a_licence_that_holds_them(examined):
    told = "# Beacon\n\nThe use restrictions of section 3.2 of the Gemma terms bind everybody who receives the model.\n"
    rules = {
        declared: {
            item["rule"]: item["kind"] for item in examined({"license": declared, "base_model": "google/gemma-2-9b"}, told)["findings"]
        }
        for declared in ("gemma", "mit")
    }
    assert rules["gemma"]["gemma/flow-down"] == "pass"
    assert rules["mit"]["gemma/flow-down"] == "review"


def test_a_data_card_whose_words_name_another_licence_is_for_a_person(examined):
    card = {"license": "cc-by-4.0", "task_categories": ["text-generation"]}
    report = examined(card, "# Dataset Card for Crake\n\nThe dataset is released under CC BY-NC 4.0.\n")
    assert report["subject"]["name"] == "Crake"
    assert checked(report, "declared-license")["prose-license-differs"] == "review"
