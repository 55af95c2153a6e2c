"""`explain` and `licenses` over the shipped knowledge."""

from __future__ import annotations

import json
from typing import Any

import pytest

from licensecheck import knowledge


def test_licenses_lists_those_with_rules(run: Any) -> None:
    result = run("licenses")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()[1:]] == list(knowledge.load().license_ids())


def test_licenses_as_json(run: Any) -> None:
    rows = json.loads(run("licenses", "--format", "json").stdout)
    assert {"id", "name", "publisher", "verified", "clauses", "editions"} == set(rows[0])


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("llama3.1", ["Llama 3.1 Community License", "llama3.1/model-name § 1.b.i", "Built with Llama"]),
        ("llama3.1/model-name", ["It applies when", "component.relation is finetune", "a model name that begins with: Llama"]),
        ("llama3.1/scale-threshold", ["is above 700,000,000 in 2024-06", "It does not apply when"]),
        ("llama3.1/acceptable-use", ["Purposes that it names as not permitted"]),
        ("meta-llama/Llama-3.2-11B-Vision", ["llama3.2", "multimodal", "verified"]),
        ("Qwen/Qwen2.5-3B", ["qwen-research", "Qwen RESEARCH", "qwen-research-licence from", "verified", "from a stored page of the Hub"]),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ["mit", "with it travel", "llama3.1 (meta-llama/Llama-3.1-8B)"]),
        ("TheBloke/Llama-2-7B-Chat-GGUF", ["guessed from its name", "llama2", "by hearsay", "meta-llama/Llama-2-7b-chat"]),
        ("tatsu-lab/alpaca", ["cc-by-nc-4.0", "a data set in the registry"]),
        ("openai/gpt-4o", ["openai-business-terms", "a service in the registry"]),
        ("use.monthly_active_users", ["a fact that rules read"]),
        ("model-name", ["what a clause can be about", "llama3.1/model-name"]),
        ("check/lineage", ["a check of the subject itself"]),
        ("finetune", ["a relation"]),
        ("coding", ["a purpose"]),
        ("purposes", ["chat-assistant"]),
        ("llama-3.1-use-policy", ["Purposes that it ties to conditions"]),
    ],
)
def test_explain_says_what_is_known(run: Any, identifier: str, words: list[str]) -> None:
    result = run("explain", identifier)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []


@pytest.mark.parametrize(
    ("identifier", "hint"),
    [
        ("lama3.1", "did you mean llama3.1?"),
        ("llama3.1/model-nam", "did you mean llama3.1/model-name?"),
        ("llama3.1/zzz", "its clauses are "),
        ("use.comercial", "did you mean use.commercial?"),
        ("zzzzzz", "llm-licensecheck licenses"),
        ("\x1b[2J", "licenses"),
    ],
)
def test_unknown_id_is_one_line_with_a_hint(run: Any, identifier: str, hint: str) -> None:
    result = run("explain", identifier)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_every_clause_can_be_explained_in_both_languages(run: Any) -> None:
    known = knowledge.load()
    for identifier in known.license_ids():
        for clause in known.license(identifier)["clauses"]:
            for lang in ("en", "zh"):
                assert run("explain", f"{identifier}/{clause['id']}", "--lang", lang).exit_code == 0
