"""Public episodes that turn on what was measured, or on what nobody measured, as cases of our own: what comes out, and what must not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Tool
from tests.releases import PUBLIC, Case, assert_comes_out, report_of

OWN = {"license": "other", "license_name": "harbour-licence"}
QWEN_HEAD = """# Copyright (c) Harbour Technologies 2025. All rights reserved.
# Copyright 2024 The Qwen team, Alibaba Group and the HuggingFace Inc. team. All rights reserved.
# Licensed under the Apache License, Version 2.0 (the "License");
class HarbourConfig: ...
"""
LIBRARY_HEAD = """# Copyright 2022 EleutherAI and the HuggingFace Inc. team. All rights reserved.
# Licensed under the Apache License, Version 2.0 (the "License");
class HarbourForCausalLM: ...
"""
QWEN, VISION = "Qwen/Qwen2.5-14B", "openbmb/MiniCPM-Llama3-V-2_5"
RENAMED = {"formula": "E3", "compared_to": "llama", "identical": 423, "renamed_only": 120, "total": 543, "shapes": 1.0}
SIMILAR = {"formula": "E5", "file": "modeling_harbour.py", "compared_to": "hf-modeling_llama", "value": 0.9, "header_found": False}
NOISE = (
    {"formula": "E2", "compared_to": VISION, "value": 1.0},
    {"formula": "E7", "compared_to": VISION, "value": 0.995, "tensors": 291},
    {"formula": "E8", "compared_to": VISION, "mean": 0, "excess_kurtosis": 0, "equal_sigma": True},
)
DISPUTED = (
    {"formula": "E6", "compared_to": QWEN, "value": 0.927, "null_pairs": [0.91]},
    {
        "formula": "E3",
        "compared_to": QWEN,
        "extra": ["o_proj.bias"],
        "differing": [{"field": "vocab_size", "subject": 153376, "reference": 152064}],
    },
    {"formula": "E4", "compared_to": QWEN, "value": 0.2},
)
REPLIES = {
    "formula": "E12",
    "probes": [{"language": "zh", "vendor": "baidu", "named": 4, "of": 5}, {"language": "en", "named": 0, "of": 5}],
}


def measured(*results: dict[str, Any]) -> dict[str, str]:
    top = {"schema": "licensecheck-evidence/1", "tool": "compare 1.0", "date": "2026-01-01", "not_run": ["E10"]}
    return {"evidence.json": json.dumps({**top, "results": list(results)}, indent=1)}


WITH = {"release": PUBLIC, "evidence": ["evidence.json"]}
DENIAL = Case(
    "a correlation that unrelated models nearly reach, beside a denial",
    "2025-07-05",
    {"apache-2.0/retain-notices": "pass", "check/lineage.base": "review", "check/claims": "review", "apache-2.0/license-copy": "review"},
    OWN,
    "# Harbour-MoE\n\n基于昇腾硬件平台开发、训练的基础大模型，并非基于其他厂商模型增量训练而来。\n",
    files={"configuration_harbour.py": QWEN_HEAD, **measured(*DISPUTED)},
    manifest=WITH,
    wrong={
        "check/lineage.base": "fail",
        "check/claims": "fail",
        "tongyi-qianwen/scale-threshold": "review",
        "apache-2.0/license-copy": "fail",
    },
)
CASES = [
    # --- a design of others
    Case(
        "a design like another's that the documents name, with the head of the file kept",
        "2023-06-16",
        {
            "apache-2.0/retain-notices": "pass",
            "check/lineage.architecture": "pass",
            "llama1/non-commercial": ("not-applicable", "absent"),
        },
        OWN,
        "# Harbour-7B\n\n我们采用了和 LLaMA 一样的模型设计。\n",
        files={
            "config.json": '{"architectures": ["HarbourForCausalLM"], "hidden_size": 4096, "num_hidden_layers": 32, "vocab_size": 64000}',
            "models/modeling_harbour.py": LIBRARY_HEAD,
        },
        manifest={"release": PUBLIC},
        wrong={"apache-2.0/retain-notices": "review", "check/lineage.base": "review"},
    ),
    Case(
        "tensors that differ in their names only, and a file close to one of a library",
        "2023-11-06",
        {
            "llama2/license-copy": ("not-applicable", "absent"),
            "check/lineage.architecture": "informational",
            "apache-2.0/retain-notices": "review",
            "check/claims": "pass",
        },
        OWN,
        "# Harbour-34B\n\nTrained from scratch.\n",
        files={
            "config.json": '{"model_type": "Harbour", "architectures": ["HarbourForCausalLM"], "num_hidden_layers": 60}\n',
            "modeling_harbour.py": "class HarbourForCausalLM: ...\n",
            **measured(RENAMED, SIMILAR),
        },
        manifest=WITH,
        wrong={
            "llama2/notice-file": "fail",
            "check/claims": "fail",
            "check/lineage.base": "review",
            "apache-2.0/retain-notices": "fail",
        },
    ),
    Case(
        "the same origin declared for the file, without the head",
        "2023-11-06",
        {"apache-2.0/retain-notices": "fail", "apache-2.0/state-changes": "fail"},
        OWN,
        files={"modeling_harbour.py": "class Harbour: ...\n", **measured(SIMILAR)},
        manifest={
            **WITH,
            "built_from": [{"code": "modeling_harbour.py", "from": "huggingface/transformers", "license": "apache-2.0"}],
            "claims": ["trained-from-scratch"],
        },
    ),
    Case(
        "a sentence that names the architecture and denies the weights",
        "2024-02-10",
        {"check/lineage.architecture": "pass"},
        OWN,
        "# Harbour-34B\n\nWe adopt the same model architecture as Llama; the models are NOT derivatives of Llama.\n",
        manifest={"release": PUBLIC},
        wrong={"check/claims": "fail"},
    ),
    Case(
        "a decoder like any other",
        "2024-01-01",
        {"check/lineage.architecture": "pass"},
        OWN,
        "# Harbour-7B\n\nIt is a decoder-only Transformer.\n",
        files={"config.json": '{"model_type": "acme", "hidden_act": "silu", "num_hidden_layers": 32}'},
        manifest={"release": PUBLIC},
        wrong={"check/lineage.architecture": "informational"},
    ),
    # --- only the tokenizer, as they say, and weights that differ by noise
    Case(
        "weights that differ from an undeclared model's by noise of one scale",
        "2024-05-29",
        {"check/lineage.base": "review", "openbmb-gml-commercial/attribution": "review", "llama3/license-copy": "fail"},
        {"license": "apache-2.0", "base_model": "meta-llama/Meta-Llama-3-8B-Instruct"},
        "# Llama3-Harbour\n",
        files=measured(*NOISE),
        manifest={
            **WITH,
            "built_from": ["meta-llama/Meta-Llama-3-8B-Instruct", {"model": VISION, "relation": "tokenizer"}],
        },
        wrong={"check/lineage.base": "fail", "openbmb-gml-commercial/attribution": "fail", "minicpm/model-name": "review"},
    ),
    # --- a disputed likeness
    DENIAL,
    # --- what a model says of itself, and what nobody recorded
    Case(
        "a model that answers as another vendor's, in one language",
        "2023-12-18",
        {"check/lineage.identity": "review", "check/lineage.base": "absent"},
        OWN,
        files=measured(REPLIES),
        manifest=WITH,
        wrong={"check/lineage.base": "fail", "openai-terms/output-training": "fail"},
    ),
    Case(
        "a suspicion that nobody recorded",
        "2023-12-18",
        {"check/lineage.identity": "absent", "check/lineage.base": "absent"},
        OWN,
        "# 海港\n\n自研认知大模型。\n",
        manifest={"release": PUBLIC},
        wrong={"check/lineage.identity": "review", "check/claims": "fail"},
    ),
    # --- a telling name
    Case(
        "the base declared, much revenue, and no display",
        "2026-03-20",
        {"kimi-k2.5/display-attribution": "fail"},
        manifest={
            "built_from": ["moonshotai/Kimi-K2.5"],
            "release": {"weights": "none", "service": True, "product": False},
            "use": {"commercial": True, "monthly_revenue": "160000000 USD"},
        },
    ),
    Case(
        "nothing declared, and an identifier that holds the name of a published model",
        "2026-03-20",
        {"check/lineage.base": "review", "kimi-k2.5/display-attribution": "review"},
        OWN,
        files=measured({"formula": "E1", "strings": ["kimi-k2p5-rl-0317"], "where": "model field of a response"}),
        manifest={
            "evidence": ["evidence.json"],
            "release": {"weights": "none", "service": True, "product": False},
            "use": {"commercial": True, "monthly_revenue": "160000000 USD"},
        },
        wrong={"kimi-k2.5/display-attribution": "fail", "check/lineage.base": "fail"},
    ),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_release_like_this_comes_out_so(case: Case, write: Any) -> None:
    assert_comes_out(case, write)


def finding(report: Any, rule: str) -> Any:
    (item,) = (item for item in report["findings"] if item["rule"] == rule)
    return item


def test_noise_of_one_scale_is_told_in_these_words(write: Any) -> None:
    base = finding(report_of(next(case for case in CASES if "noise" in case.name), write), "check/lineage.base")
    assert f"every compared tensor differs from {VISION} by zero-mean noise of equal scale" in base["message"]
    assert base["confidence"] == "high"
    assert base["layer"] == "weights"


def test_the_command_prints_the_counter_evidence_and_the_limit_of_the_method(tool: Tool, write: Any, tmp_path: Path) -> None:
    """The same results, given on the command line beside a manifest that names none."""
    report_of(DENIAL._replace(manifest={"release": PUBLIC}), write)
    results = tmp_path / "beside.json"
    results.write_text(DENIAL.files["evidence.json"], encoding="utf-8")
    (tmp_path / "folder" / "evidence.json").unlink()
    done = tool("check", tmp_path / "folder", "--evidence", results)
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    for words in (
        "possibly finetune",
        "by comparison only",
        "review[check/lineage.base]",
        "0.927",
        "0.91",
        "method",
        "does not establish",
        "o_proj.bias",
        "Not run: aligned weight matrices",
    ):
        assert words in said
    for words in ("fail[", "tongyi"):
        assert words not in said


def test_the_layer_of_each_is_the_one_that_it_is_about(write: Any) -> None:
    layers = {
        item["rule"]: item["layer"]
        for case in CASES
        for item in report_of(case, write)["findings"]
        if item["rule"] in ("check/lineage.base", "check/lineage.architecture", "check/lineage.identity", "apache-2.0/retain-notices")
    }
    assert layers == {
        "check/lineage.base": "weights",
        "check/lineage.architecture": "claim",
        "check/lineage.identity": "claim",
        "apache-2.0/retain-notices": "code",
    }
