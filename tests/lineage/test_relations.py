from __future__ import annotations

import pytest

BASE = "Qwen/Qwen2.5-7B"
CARD = {"license": "apache-2.0", "base_model": BASE}
FINETUNE = {**CARD, "base_model_relation": "finetune"}
ADAPTER = {"base_model_name_or_path": BASE, "peft_type": "LORA"}


def found(report, start):
    return {item["rule"].partition(".")[2]: item for item in report["findings"] if item["rule"].partition(".")[2].startswith(start)}


def kinds(report, start="relation-"):
    return {slug: item["kind"] for slug, item in found(report, start).items()}


@pytest.mark.parametrize(
    ("card", "files", "expected"),
    [
        (FINETUNE, {"a.gguf": "x"}, {"relation-quantized": "informational"}),
        (CARD, {"a.gguf": "x"}, {"relation-unstated": "informational"}),
        (FINETUNE, {"config.json": {"quantization_config": {"quant_method": "gptq"}}}, {"relation-quantized": "informational"}),
        (FINETUNE, {"config.json": {"quantization_config": {"quant_method": "bitsandbytes"}}}, {}),
        (FINETUNE, {"a.gguf": "x", "model.safetensors": "x"}, {}),
        ({**CARD, "base_model_relation": "quantized"}, {"a.gguf": "x"}, {}),
        (FINETUNE, {"adapter_config.json": ADAPTER, "adapter_model.safetensors": "x"}, {"relation-adapter": "review"}),
        (FINETUNE, {"adapter_config.json": ADAPTER, "model.safetensors": "x"}, {}),
        (CARD, {"adapter_config.json": ADAPTER}, {}),
        ({**FINETUNE, "base_model": [BASE, "Qwen/Qwen2.5-1.5B"]}, {}, {"relation-several": "informational"}),
        ({**FINETUNE, "base_model": [BASE, BASE]}, {}, {}),
    ],
)
def test_a_relation_that_the_files_do_not_bear_out_is_said(examined, card, files, expected):
    assert kinds(examined(card, files=files)) == expected


def test_both_sources_stand_in_the_finding(examined):
    report = examined(FINETUNE, files={"adapter_config.json": ADAPTER})
    assert [item["source"] for item in found(report, "relation-")["relation-adapter"]["evidence"]] == ["README.md", "adapter_config.json"]


def test_the_title_of_another_listed_model_is_for_a_person(examined):
    assert kinds(examined(CARD, "# Llama-3.1-8B-Instruct\n"), "title-") == {"title-of-another": "review"}
    assert kinds(examined(CARD, "# Qwen2.5-7B-Instruct\n"), "title-") == {}
    assert kinds(examined(CARD, "# Beacon-7B\n"), "title-") == {}


def outputs(report):
    return {edge["to"]: edge["relation"] for edge in report["lineage"]["edges"] if edge["relation"] in ("outputs", "evaluates")}


def test_a_service_that_a_sentence_names_is_a_component_and_never_a_failure_by_itself(examined):
    report = examined(CARD, "# Beacon-7B\n\nFine-tuned on answers generated with GPT-4.\n", as_="public")
    assert outputs(report) == {"openai/gpt-4": "outputs"}
    assert {item["kind"] for item in report["findings"] if item["component"] == "openai/gpt-4"} <= {
        "open",
        "review",
        "informational",
        "not-applicable",
    }


def test_a_manifest_that_names_a_service_of_the_provider_has_said_which(examined):
    manifest = {"built_from": [BASE, {"service": "openai/gpt-4o", "relation": "outputs"}]}
    report = examined(CARD, "# Beacon-7B\n\nTrained on data generated with GPT-4.\n", manifest=manifest)
    assert outputs(report) == {"openai/gpt-4o": "outputs"}


def test_material_that_only_its_publisher_carries_is_still_implied_beside_a_service(examined):
    report = examined({"license": "llama3.1"}, "# Beacon-8B\n\nTrained on data generated with GPT-4.\n")
    assert "base-not-named" in kinds(report, "base-not")


def test_an_application_that_generates_its_samples_stays_an_application(examined):
    manifest = {"built_from": [{"model": BASE, "relation": "serves"}]}
    files = {"README.md": "# App\n\nSample data was generated with GPT-4.\n"}
    assert examined(None, files=files, manifest=manifest)["subject"]["kind"] == "application"
