"""Bases that nothing declares: what sentences, paths and tables suggest, and where they suggest nothing."""

from __future__ import annotations

import json

import pytest


def bases(report):
    """(id, relation, how the first source says it) of every model in the lineage."""
    return [
        (node["id"], edge["relation"], edge["evidence"][0]["how"])
        for node, edge in zip(report["lineage"]["nodes"], report["lineage"]["edges"], strict=True)
        if node["type"] == "model"
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "对 [THUDM/glm-4-9b-chat](https://huggingface.co/THUDM/glm-4-9b-chat) 进行 LoRA 微调。",
            ("THUDM/glm-4-9b-chat", "finetune", "prose"),
        ),
        ("It was fine-tuned from a 7B LLaMA model on harbour reports.", ("LLaMA-7B", "finetune", "inferred")),
        ("These are GPTQ 4bit model files for [Wolf](https://huggingface.co/acme/wolf-7b).", ("acme/wolf-7b", "quantized", "prose")),
        ("The quantized version of the `bert-base-cased` model for ports.", ("bert-base-cased", "quantized", "inferred")),
        (
            "We convert the original [acme/wolf-3xl](https://huggingface.co/acme/wolf-3xl) checkpoint.",
            ("acme/wolf-3xl", "quantized", "prose"),
        ),
    ],
)
def test_a_sentence_names_the_base_where_nothing_else_does(examined, sentence, expected):
    assert bases(examined({"license": "mit"}, f"# Beacon\n\n{sentence}\n")) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Please rebase your branch on `upstream/main` before you are done.",
        "The training code is based on [acme/trainer-2](https://huggingface.co/acme/trainer-2).",
        "It is better than models fine-tuned from Harbour.",
    ],
)
def test_what_is_said_of_something_else_names_no_base(examined, sentence):
    assert bases(examined({"license": "mit"}, f"# Beacon\n\n{sentence}\n")) == []


def test_a_sentence_is_silent_where_a_base_is_declared(examined):
    body = "# Beacon\n\nSimilar in spirit to work that was trained from Llama-2-13b.\n"
    assert bases(examined({"license": "mit", "base_model": "acme/wolf"}, body)) == [("acme/wolf", "finetune", "declared")]


def test_a_paper_beside_the_card_adds_no_base_to_the_one_an_adapter_names(examined):
    files = {
        "adapter_config.json": json.dumps({"base_model_name_or_path": "Qwen/Qwen3-4B"}),
        "paper.md": "# Twin\n\nEarlier ones were based on [Qwen/Qwen2.5-3B](https://huggingface.co/Qwen/Qwen2.5-3B).\n",
    }
    assert bases(examined({"license": "mit"}, files=files)) == [("Qwen/Qwen3-4B", "adapter", "tool-written")]


def test_the_last_part_of_a_path_suggests_a_listed_model(examined):
    report = examined(
        {"license": "mit"}, files={"adapter_config.json": json.dumps({"base_model_name_or_path": "/root/models/glm-4-9b-chat"})}
    )
    assert bases(report) == [("glm-4-9b-chat", "adapter", "inferred")]


def test_the_model_that_was_saved_under_its_own_name_suggests_nothing(examined):
    assert bases(examined({"license": "mit"}, files={"config.json": json.dumps({"_name_or_path": "./beacon-ner-quantized/"})})) == []


def test_a_part_under_terms_that_its_sentence_names_is_a_component(examined):
    body = "# Beacon\n\nBeacon is built upon the Lantern point cloud encoder, licensed under the CC-BY-NC-4.0 License.\n"
    report = examined({"license": "mit", "base_model": "acme/wolf"}, body)
    assert ("Lantern point cloud encoder", "merge", "inferred") in bases(report)
    kinds = {finding["kind"] for finding in report["findings"] if finding["component"] == "Lantern point cloud encoder"}
    assert "fail" not in kinds and kinds & {"open", "review"}


def test_the_terms_of_code_make_no_component(examined):
    body = "# Beacon\n\nThe code is built on the Lantern toolkit, licensed under the Apache 2.0 License.\n"
    assert bases(examined({"license": "mit", "base_model": "acme/wolf"}, body)) == [("acme/wolf", "finetune", "declared")]


def test_a_recipe_further_down_that_goes_on_from_this_project_names_no_base(examined):
    files = {"configs/sft.yaml": "model_name_or_path: acme/Beacon-8B-base\nlearning_rate: 1e-5\n"}
    assert bases(examined({"license": "mit"}, "# Beacon-8B\n", files=files)) == []


def tuned(folder, builder):
    return f"model: {{_component_: tool.models.{builder}}}\ncheckpointer: {{checkpoint_dir: {folder}}}\nlearning_rate: 1e-5\n"


@pytest.mark.parametrize(
    ("folder", "builder", "expected"),
    [
        ("/tmp/Meta-Llama-3.1-8B-Instruct/", "x.y", ["meta-llama/Meta-Llama-3.1-8B-Instruct"]),
        ("/tmp/start", "llama3_1.lora_llama3_1_8b", ["llama3.1-8b"]),
        ("/tmp/start", "own.own_builder", []),
    ],
)
def test_the_folder_that_a_recipe_loads_from_suggests_the_base_and_is_a_guess(examined, folder, builder, expected):
    report = examined({"license": "mit"}, "# Beacon\n", {"tune.yaml": tuned(folder, builder)})
    assert [(name, how) for name, _, how in bases(report)] == [(name, "inferred") for name in expected]


def test_a_folder_is_silent_where_a_base_is_declared(examined):
    report = examined({"base_model": "acme/wolf"}, "# Beacon\n", {"tune.yaml": tuned("/tmp/Meta-Llama-3.1-8B", "x.y")})
    assert bases(report) == [("acme/wolf", "finetune", "declared")]


def test_a_teacher_that_a_recipe_names_stands_beside_the_base(examined):
    recipe = "model_name_or_path: acme/wolf\nteacher_model: acme/owl-70b\n"
    assert [item[:2] for item in bases(examined({"base_model": "acme/wolf"}, "# Beacon\n", {"gkd.yaml": recipe}))] == [
        ("acme/wolf", "finetune"),
        ("acme/owl-70b", "outputs"),
    ]
