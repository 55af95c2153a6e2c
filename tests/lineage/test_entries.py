from __future__ import annotations

import datetime

import pytest

from tests.sources.test_gguf import gguf, pair, string

BASE = "Qwen/Qwen2.5-7B"
OTHER = "meta-llama/Llama-3.1-8B-Instruct"


def edges(report):
    return [
        (edge["to"], edge["relation"], [item["source"].rsplit("/", 1)[-1] for item in edge["evidence"]])
        for edge in report["lineage"]["edges"]
    ]


def relations(report):
    return {edge["to"]: edge["relation"] for edge in report["lineage"]["edges"]}


def doubts(report):
    """(what is in doubt, its kind, the component) of the lineage findings."""
    found = [finding for finding in report["findings"] if finding["topic"] == "lineage"]
    return {(finding["rule"].removeprefix("check/lineage."), finding["kind"], finding["component"]) for finding in found}


# --- one upstream, several sources


def test_sources_that_agree_are_one_component_with_all_their_evidence(examined):
    report = examined(
        {"base_model": BASE}, f"# Beacon\n\nFine-tuned from `{BASE}`.\n", {"config.json": {"_name_or_path": BASE}}, {"built_from": [BASE]}
    )
    assert edges(report) == [(BASE, "finetune", ["licensecheck.yaml", "README.md", "config.json", "README.md"])]


def test_case_is_no_difference(examined):
    report = examined({"base_model": BASE.lower()}, files={"config.json": {"_name_or_path": BASE}})
    assert len(edges(report)) == 1


@pytest.mark.parametrize(
    "written", [f"https://huggingface.co/{BASE}", f"https://hf.co/{BASE}/tree/main", f"{BASE}/", f" {BASE} ", f"{BASE}@main"]
)
def test_a_base_may_be_written_as_a_link(examined, written):
    assert list(relations(examined({"base_model": written}))) == [BASE]


@pytest.mark.parametrize("value", [None, [], "", [None, "", 5], {"a": "b"}, 5, "[More Information Needed]"])
def test_what_is_no_base_is_none(examined, value):
    report = examined({"license": "mit", "base_model": value})
    assert all("/" not in name for name in relations(report))


def test_a_base_that_is_no_id_is_in_doubt_and_inferred(examined):
    report = examined({"base_model": "Llama-3.1-8B"})
    assert ("not-an-id", "review", "Llama-3.1-8B") in doubts(report)
    (node,) = report["lineage"]["nodes"]
    assert (node["license"], node["license_source"], node["verified"]) == ("llama3.1", "name", False)


def test_a_base_named_twice_is_in_doubt_once(examined):
    report = examined({"base_model": ["Llama-3.1-8B", "Llama-3.1-8B"]})
    assert len([finding for finding in report["findings"] if finding["rule"] == "check/lineage.not-an-id"]) == 1


# --- the relation


@pytest.mark.parametrize(
    ("card", "files", "expected"),
    [
        ({}, {}, "finetune"),
        ({"base_model_relation": "quantized"}, {}, "quantized"),
        ({"base_model_relation": "adapter"}, {}, "adapter"),
        ({"base_model_relation": "cousin"}, {}, "finetune"),
        (
            {"base_model_relation": "finetune"},
            {"adapter_config.json": {"base_model_name_or_path": BASE}},
            "finetune",
        ),  # the card's own word
        ({}, {"adapter_config.json": {"base_model_name_or_path": BASE}}, "adapter"),
        ({}, {"adapter_config.json": {"peft_type": "LORA"}}, "adapter"),
        ({"library_name": "peft"}, {}, "adapter"),
        ({"tags": ["LoRA"]}, {}, "adapter"),
        ({}, {"config.json": {"quantization_config": {}}}, "quantized"),
        ({"tags": ["gguf"]}, {}, "quantized"),
        ({}, {"beacon.gguf": "GGUF"}, "quantized"),
        ({"tags": ["mergekit"]}, {}, "merge"),
        ({"tags": "merge"}, {}, "finetune"),  # tags are a list
        ({}, {"mergekit_config.yml": f"models:\n- model: {BASE}\n"}, "merge"),
    ],
)
def test_the_relation_is_what_card_and_files_say(examined, card, files, expected):
    assert relations(examined({"base_model": BASE, **card}, files=files))[BASE] == expected


def test_several_bases_are_a_merge(examined):
    assert set(relations(examined({"base_model": [BASE, "acme/other"]})).values()) == {"merge"}


def test_prose_may_say_the_relation(examined):
    assert relations(examined({}, f"# Beacon\n\nA quantized version of `{BASE}`.\n")) == {BASE: "quantized"}


# --- the manifest wins


@pytest.mark.parametrize("relation", ["outputs", "evaluates", "serves", "architecture", "tokenizer"])
def test_a_manifest_that_says_a_base_is_none_has_the_last_word(examined, relation):
    report = examined({"base_model": BASE}, manifest={"built_from": [{"model": BASE, "relation": relation}]})
    assert relations(report) == {BASE: relation}


@pytest.mark.parametrize("relation", ["finetune", "adapter", "merge", "quantized"])
def test_the_manifests_relation_beats_the_cards(examined, relation):
    report = examined(
        {"base_model": BASE, "base_model_relation": "adapter"}, manifest={"built_from": [{"model": BASE, "relation": relation}]}
    )
    assert relations(report) == {BASE: relation}


def test_the_licence_of_the_manifest_overrides_the_registry(examined):
    report = examined({"base_model": BASE}, manifest={"built_from": [{"model": BASE, "license": "qwen"}]})
    (node,) = report["lineage"]["nodes"]
    assert (node["license"], node["license_source"], node["verified"]) == ("qwen", "manifest", True)


# --- where sources differ


def test_a_manifest_and_a_card_that_share_no_base_contradict_each_other(examined):
    report = examined({"base_model": BASE}, manifest={"built_from": [OTHER]})
    assert ("sources-differ", "fail", None) in doubts(report)
    assert set(relations(report)) == {BASE, OTHER}


def test_the_contradiction_points_at_both_sources(examined):
    report = examined({"base_model": BASE}, manifest={"built_from": [OTHER]})
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == "check/lineage.sources-differ"]
    assert {item["source"].rsplit("/", 1)[-1] for item in finding["evidence"]} == {"licensecheck.yaml", "README.md"}


def test_a_manifest_that_adds_a_base_contradicts_nothing(examined):
    report = examined({"base_model": BASE}, manifest={"built_from": [BASE, OTHER]})
    assert not {doubt for doubt in doubts(report) if doubt[0] == "sources-differ"}
    assert ("not-in-card", "review", OTHER) in doubts(report)


def test_an_adapter_that_names_another_base_contradicts_the_card(examined):
    report = examined({"base_model": BASE}, files={"adapter_config.json": {"base_model_name_or_path": OTHER}})
    assert ("adapter-differs", "fail", OTHER) in doubts(report)
    assert relations(report) == {BASE: "adapter", OTHER: "adapter"}


def test_a_config_that_names_another_model_is_for_a_person(examined):
    report = examined({"base_model": BASE}, files={"config.json": {"_name_or_path": OTHER}})
    assert ("config-differs", "review", OTHER) in doubts(report)
    assert relations(report) == {BASE: "finetune"}


def test_a_recipe_with_a_model_that_the_card_does_not_list_is_for_a_person(examined):
    report = examined({"base_model": [BASE]}, files={"mergekit_config.yml": f"models:\n- model: {BASE}\n- model: {OTHER}\n"})
    assert ("merge-not-listed", "review", OTHER) in doubts(report)
    assert relations(report) == {BASE: "merge", OTHER: "merge"}


# --- configs


def test_an_adapters_base_judges_in_full(examined):
    report = examined({"license": "llama3.1"}, files={"adapter_config.json": {"base_model_name_or_path": OTHER}}, as_="public")
    kinds = {finding["kind"] for finding in report["findings"] if finding["rule"] == "llama3.1/license-copy"}
    assert kinds == {"fail"}


def test_a_lone_name_in_a_config_holds_every_clause_at_review(examined):
    report = examined({}, files={"config.json": {"_name_or_path": OTHER}}, as_="public")
    held = [finding for finding in report["findings"] if finding["license"] and finding["held_back"]]
    assert held
    assert {finding["held_back"]["cap"] for finding in held} == {"inferred-component"}
    assert "fail" not in {finding["kind"] for finding in report["findings"]}


def test_a_lone_name_in_a_config_is_a_lineage_finding(examined):
    report = examined({}, files={"config.json": {"_name_or_path": OTHER}}, as_="public")
    assert OTHER in {component for _, _, component in doubts(report)}


def test_two_tool_written_files_bear_each_other_out(examined):
    files = {"config.json": {"_name_or_path": OTHER}, "mergekit_config.yml": f"models:\n- model: {OTHER}\n"}
    report = examined({}, files=files, as_="public")
    assert "fail" in {finding["kind"] for finding in report["findings"] if finding["license"]}


def test_the_tokenizers_config_speaks_of_the_tokenizer_only(examined):
    report = examined({"base_model": BASE}, files={"tokenizer_config.json": {"name_or_path": OTHER}})
    assert relations(report) == {BASE: "finetune", OTHER: "tokenizer"}
    assert {finding["kind"] for finding in report["findings"] if finding["component"] == OTHER} <= {
        "not-applicable",
        "informational",
        "pass",
    }


def test_the_tokenizer_of_the_base_is_no_news(examined):
    assert edges(examined({"base_model": BASE}, files={"tokenizer_config.json": {"name_or_path": BASE}}))[0][1] == "finetune"


# --- local paths


@pytest.mark.parametrize(
    "path",
    [
        "/home/me/models/Llama-3.1-8B-Instruct",
        "C:\\models\\Llama-3.1-8B-Instruct",
        "../Llama-3.1-8B-Instruct/",
        "./a/b/Llama-3.1-8B-Instruct",
    ],
)
def test_the_last_part_of_a_local_path_may_suggest_a_model(examined, path):
    report = examined({}, files={"config.json": {"_name_or_path": path}}, as_="public")
    assert list(relations(report)) == [OTHER]
    assert ("local-path", "informational", None) in doubts(report)
    assert "fail" not in {finding["kind"] for finding in report["findings"] if finding["license"]}


@pytest.mark.parametrize("path", ["./output/checkpoint-500", "/tmp/x", "..", "models", "a/b/c"])
def test_a_path_that_suggests_nothing_names_nothing(examined, path):
    assert relations(examined({}, files={"config.json": {"_name_or_path": path}})) == {}


def test_a_local_path_beside_a_declared_base_is_no_news(examined):
    report = examined({"base_model": BASE}, files={"config.json": {"_name_or_path": "/home/me/Llama-3.1-8B-Instruct"}})
    assert list(relations(report)) == [BASE]
    assert "local-path" not in {doubt[0] for doubt in doubts(report)}


def test_an_adapter_on_a_local_path_stays_an_adapter(examined):
    report = examined({}, files={"adapter_config.json": {"base_model_name_or_path": "/home/me/Llama-3.1-8B-Instruct"}})
    assert relations(report) == {OTHER: "adapter"}


# --- the subject itself is not its base


@pytest.mark.parametrize("named", ["Beacon-8B", "beacon-8b"])
def test_a_config_that_names_the_subject_names_no_base(examined, named):
    assert relations(examined({}, files={"config.json": {"_name_or_path": named}})) == {}


def test_a_sentence_about_the_subject_names_no_base(examined):
    report = examined({"license": "mit"}, "# Llama-3-Beacon\n\nEverything here is based on Llama-3-Beacon.\n")
    assert "Llama-3-Beacon" not in relations(report)


# --- prose


def test_a_name_in_prose_is_declared_where_a_publisher_has_it(examined):
    report = examined({"license": "llama3.1"}, "# Beacon\n\nBeacon is based on Llama 3.1 8B.\n", as_="public")
    assert relations(report) == {"meta-llama/Llama-3.1-8B": "finetune"}
    assert "fail" in {finding["kind"] for finding in report["findings"] if finding["license"] == "llama3.1"}


def test_a_name_that_no_publisher_has_is_only_inferred(examined):
    report = examined({"license": "mit"}, "# Beacon\n\nBeacon is based on poet-llama3.\n", as_="public")
    assert relations(report) == {"poet-llama3": "finetune"}
    assert "fail" not in {finding["kind"] for finding in report["findings"] if finding["license"] == "llama3"}


# --- data


def test_datasets_of_the_card_are_data(examined):
    report = examined({"datasets": ["acme/rhymes", "no id", 5, None], "base_model": BASE})
    assert relations(report) == {BASE: "finetune", "acme/rhymes": "data"}


def test_one_dataset_needs_no_list(examined):
    assert relations(examined({"datasets": "acme/rhymes"})) == {"acme/rhymes": "data"}


# --- the licence of a component


def test_the_cards_licence_speaks_for_a_base_that_nobody_knows(examined):
    (node,) = examined({"license": "llama3.1", "base_model": "acme/secret"})["lineage"]["nodes"]
    assert (node["license"], node["license_source"]) == ("llama3.1", "card")


@pytest.mark.parametrize("relation", ["outputs", "evaluates", "serves", "tokenizer"])
def test_the_cards_licence_does_not_speak_for_what_is_not_inside(examined, relation):
    report = examined(
        {"license": "llama3.1", "base_model": OTHER}, manifest={"built_from": [OTHER, {"model": "acme/judge", "relation": relation}]}
    )
    nodes = {node["id"]: node["license"] for node in report["lineage"]["nodes"]}
    assert nodes == {OTHER: "llama3.1", "acme/judge": None}


@pytest.mark.parametrize("relation", ["evaluates", "tokenizer"])
def test_the_cards_licence_does_not_speak_for_what_is_not_inside_even_alone(examined, relation):
    report = examined({"license": "llama3.1"}, manifest={"built_from": [{"model": "acme/judge", "relation": relation}]})
    assert {node["id"]: node["license"] for node in report["lineage"]["nodes"]}["acme/judge"] is None


def test_a_permissive_licence_of_the_card_says_nothing_of_an_unknown_base(examined):
    (node,) = examined({"license": "apache-2.0", "base_model": "acme/secret"})["lineage"]["nodes"]
    assert (node["license"], node["license_source"]) == (None, "none")


# --- dates


@pytest.mark.parametrize(
    ("released", "acquired", "license_id"),
    [
        ("2024-05-29", None, "openbmb-gml-commercial"),
        ("2024-06-04", None, "openbmb-gml-commercial"),
        ("2024-06-05", None, "minicpm"),  # the day itself belongs to the new one
        ("2024-06-10", None, "minicpm"),
        ("2025-12-01", "2024-05-29", "openbmb-gml-commercial"),  # what counts is the day it was taken
        ("2024-05-29", "2024-06-10", "minicpm"),
        ("2025-12-01", None, "apache-2.0"),
    ],
)
def test_the_licence_is_that_of_the_day(examined, released, acquired, license_id):
    entry = {"model": "openbmb/MiniCPM-Llama3-V-2_5", **({"acquired": datetime.date.fromisoformat(acquired)} if acquired else {})}
    report = examined({}, manifest={"model": {"released": datetime.date.fromisoformat(released)}, "built_from": [entry]})
    assert report["lineage"]["nodes"][0]["license"] == license_id


def test_a_dataset_was_under_another_licence_for_a_day(examined):
    taken = {"dataset": "tatsu-lab/alpaca", "acquired": datetime.date(2023, 3, 13)}
    assert examined({}, manifest={"built_from": [taken]})["lineage"]["nodes"][0]["license"] == "odc-by"


# --- its own address


def test_a_config_that_names_the_model_itself_names_no_base(examined):
    report = examined({"license": "mit"}, "# Beacon-8B\n", {"config.json": {"_name_or_path": "acme/Beacon-8B"}})
    assert edges(report) == []


def test_a_published_name_in_a_config_is_a_base_even_where_the_card_bears_it(examined):
    report = examined({"license": "mit"}, "# Qwen2.5-7B\n", {"config.json": {"_name_or_path": BASE}})
    assert [to for to, _, _ in edges(report)] == [BASE]


# --- behind a dataset


def test_a_dataset_leads_to_the_service_whose_outputs_it_holds(examined):
    report = examined({"license": "mit", "datasets": ["tatsu-lab/alpaca"]})
    behind = {node["id"]: node["license"] for node in report["lineage"]["nodes"]}
    assert behind["openai/text-davinci-003"] == "openai-terms"


# --- recipes, headers and packages


def gguf_of(base):
    return gguf(pair("general.base_model.0.repo_url", 8, string(f"https://huggingface.co/{base}")))


def test_a_recipe_beside_a_silent_card_names_the_base(examined):
    report = examined({"license": "mit"}, files={"train.yaml": f"base_model: {BASE}\n"})
    assert relations(report) == {BASE: "finetune"}
    assert ("config-alone", "review", BASE) in doubts(report)


def test_a_recipe_and_a_config_that_agree_are_enough(examined):
    files = {"train.yaml": f"base_model: {BASE}\n", "config.json": {"_name_or_path": BASE}}
    assert "config-alone" not in {doubt for doubt, _, _ in doubts(examined({"license": "mit"}, files=files))}


def test_a_recipe_at_the_top_that_names_another_base_than_the_card_is_a_doubt(examined):
    report = examined({"base_model": BASE}, files={"train.yaml": f"base_model: {OTHER}\n"})
    assert ("config-differs", "review", OTHER) in doubts(report)


def test_a_recipe_further_down_may_be_for_something_else(examined):
    report = examined({"base_model": BASE}, files={"configs/other.yaml": f"base_model: {OTHER}\n"})
    assert relations(report) == {BASE: "finetune"}
    assert doubts(report) == set()


def test_the_data_of_a_recipe_is_a_component_beside_the_base(examined):
    report = examined({"base_model": BASE}, files={"train.yaml": f"base_model: {BASE}\ndataset_name: tatsu-lab/alpaca\n"})
    assert relations(report)["tatsu-lab/alpaca"] == "data"
    assert not {doubt for doubt, _, _ in doubts(report)} & {"config-differs", "config-alone"}


def test_a_header_names_the_base_of_a_silent_card(examined):
    report = examined({"license": "mit"}, files={"m.gguf": gguf_of(BASE)})
    assert relations(report) == {BASE: "finetune"}


def test_a_converter_writes_down_what_the_converted_model_was_made_from(examined):
    report = examined({"base_model": "Qwen/Qwen2.5-7B-Instruct"}, files={"m.gguf": gguf_of("Qwen/Qwen2.5-7B")})
    assert "config-differs" not in {doubt for doubt, _, _ in doubts(report)}


def test_a_header_of_another_family_than_the_card_is_a_doubt(examined):
    report = examined({"base_model": BASE}, files={"m.gguf": gguf_of(OTHER)})
    assert ("config-differs", "review", OTHER) in doubts(report)


def test_a_modelfile_serves_what_it_starts_from(examined):
    report = examined(files={"Modelfile": "FROM hf.co/Qwen/Qwen2.5-7B-Instruct-GGUF:Q4_K_M\nSYSTEM Be kind.\n"})
    assert relations(report) == {"Qwen/Qwen2.5-7B-Instruct-GGUF": "serves"}


def test_a_name_of_a_library_that_nobody_knows_is_a_doubt(examined):
    report = examined(files={"Modelfile": "FROM somebody/tiny\n"})
    assert relations(report) == {}
    assert ("library-name", "review", None) in doubts(report)


# --- datasets as subjects


DATA = {"license": "cc-by-4.0", "task_categories": ["text-generation"], "pretty_name": "Tides"}


def test_a_card_with_the_keys_of_datasets_is_a_dataset_s(examined):
    assert examined(DATA)["subject"]["kind"] == "dataset"


def test_beside_weights_such_keys_make_no_dataset(examined):
    assert examined(DATA, files={"model.safetensors": ""})["subject"]["kind"] == "model"


def test_the_sources_of_a_dataset_are_in_its_lineage(examined):
    report = examined({**DATA, "source_datasets": ["original", "tatsu-lab/alpaca", "extended|acme/tides"]})
    assert relations(report) == {"tatsu-lab/alpaca": "data", "acme/tides": "data", "openai/text-davinci-003": "outputs"}


def test_nobody_asks_a_dataset_for_the_model_it_was_built_from(examined):
    assert "no-base" not in {doubt for doubt, _, _ in doubts(examined(DATA))}


# --- tables


TABLE = "| Model | Backbone |\n| --- | --- |\n| Beacon-8B | Llama-3.1-8B |\n| Beacon-7B | Qwen2.5-7B |\n| Other-7B | gemma-2-9b |\n"


def test_the_row_of_this_very_model_names_its_base(examined):
    assert relations(examined(body=f"# Beacon-8B\n\n{TABLE}", card={"license": "mit"})) == {"meta-llama/Llama-3.1-8B": "finetune"}


def test_for_a_family_its_rows_count_and_those_of_others_do_not(examined):
    report = examined(body=f"# Beacon\n\n{TABLE}", card={"license": "mit"})
    assert set(relations(report)) == {"meta-llama/Llama-3.1-8B", "Qwen/Qwen2.5-7B"}
