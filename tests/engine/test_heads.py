"""Heads of code files, and licences that a card's sentences name: what is found, and what is not."""

from __future__ import annotations

import json

import pytest

CARD = {"license": "mit", "base_model": "Qwen/Qwen2.5-7B"}
CODE = {"built_from": [{"code": "modeling_beacon.py", "from": "harbour/models", "license": "apache-2.0"}]}
COPIED = "# Copied from transformers.models.llama.modeling_llama.X\n"
HEAD = "# Copyright 2022 Harbour and the Example team\n# Licensed under the Apache License, Version 2.0\n"


def kinds(report, *rules):
    return {item["rule"]: item["kind"] for item in report["findings"] if item["rule"].startswith(rules)}


@pytest.mark.parametrize(
    ("text", "retained", "changed"),
    [(HEAD, "pass", "review"), ("# SPDX-License-Identifier: Apache-2.0\n", "review", "review"), ("x = 1\n", "fail", "fail")],
)
def test_a_head_that_is_kept_satisfies_the_duty_and_one_that_is_gone_does_not(examined, text, retained, changed):
    report = examined(None, files={"modeling_beacon.py": text}, manifest=CODE)
    assert kinds(report, "apache-2.0/retain", "apache-2.0/state") == {
        "apache-2.0/retain-notices": retained,
        "apache-2.0/state-changes": changed,
    }


def test_code_that_only_a_comparison_speaks_of_is_not_called_declared(examined, tmp_path):
    results = tmp_path / "results.json"
    found = {"formula": "E5", "compared_to": "huggingface/transformers", "file": "modeling_beacon.py", "value": 0.9}
    result = {**found, "header_found": False, "license": "apache-2.0"}
    said = {"schema": "licensecheck-evidence/1", "tool": "compare 0.1", "date": "2025-01-01", "results": [result]}
    results.write_text(json.dumps(said), encoding="utf-8")
    report = examined(CARD, files={"modeling_beacon.py": "class Beacon: ...\n"}, evidence=[str(results)])
    (said,) = [item["message"] for item in report["findings"] if "at its head" in item["message"]]
    assert "modeling_beacon.py is close to huggingface/transformers" in said
    assert "declared" not in said


def test_a_file_that_is_not_there_is_not_judged_by_its_head(examined):
    report = examined(None, files={"README.md": "# Beacon\n"}, manifest=CODE)
    assert kinds(report, "apache-2.0/retain", "apache-2.0/state") == {
        "apache-2.0/retain-notices": "informational",
        "apache-2.0/state-changes": "review",
    }


def test_the_licence_of_code_is_told_apart_from_that_of_the_weights(examined):
    licenses = examined(CARD, files={"modeling_beacon.py": HEAD})["licenses"]
    assert (licenses["observed"], licenses["observed_code"]) == ([], ["apache-2.0"])


def test_without_code_nothing_is_said_of_its_licence(examined):
    assert "observed_code" not in examined(CARD)["licenses"]


@pytest.mark.parametrize(
    ("head", "manifest", "expected"),
    [
        (HEAD, None, {"check/lineage.code-copied": "informational"}),
        ("", None, {"check/lineage.code-without-head": "review"}),
        (HEAD, {"built_from": [{"code": "modeling_beacon.py", "from": "huggingface/transformers", "license": "apache-2.0"}]}, {}),
    ],
)
def test_code_that_says_where_it_was_copied_from_is_to_be_declared(examined, head, manifest, expected):
    report = examined(CARD, files={"modeling_beacon.py": head + COPIED}, manifest=manifest)
    assert kinds(report, "check/lineage.code-") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("This model is released under the Apache License 2.0.", {}),  # that of the base
        ("This model is released under the [BSD 3-Clause License](LICENSE).", {"check/declared-license.prose-license-differs": "review"}),
        ("This model is released under the MIT License.", {}),
        ("This model is released under the terms below.", {}),
    ],
)
def test_two_licences_in_one_card_are_for_a_person(examined, sentence, expected):
    assert kinds(examined(CARD, f"# Beacon-7B\n\n{sentence}\n"), "check/declared-license.prose") == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("## License\n\nMIT", {"declared-in-words": "review", "declares-more": "review"}),
        ("## License\n\nThis project is under the Llama 3.1 Community License.", {"declared-in-words": "review"}),
        ("## License\n\nThe code is licensed under MIT.", {"declared-nowhere": "review"}),
    ],
)
def test_a_licence_that_only_words_name_is_what_the_model_is_offered_under(examined, section, expected):
    report = examined({"base_model": "meta-llama/Llama-3.1-8B"}, f"# Beacon-7B\n\n{section}\n")
    assert kinds(report, "check/declared-license.") == {f"check/declared-license.{name}": kind for name, kind in expected.items()}
