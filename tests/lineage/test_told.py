"""Sentences that tell what was done to which model: the base they name, how sure it is, and that they state the change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

CARD = "---\nlicense: apache-2.0\n---\n# Knot-7B\n\n"


def examined(folder: Path, words: str, **files: str) -> dict[str, Any]:
    (folder / "README.md").write_text(CARD + words + "\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return dict(examine(str(folder), as_="public", recognise=recognise_stand_in))


def bases(report: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Each base with its relation and how it is known."""
    found = {edge["to"]: (edge["relation"], edge["evidence"][0]["how"]) for edge in report["lineage"]["edges"]}
    return found or {edge["from"]: (edge["relation"], edge["evidence"][0]["how"]) for edge in report["lineage"]["edges"]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We fine-tuned mistralai/Mistral-7B-v0.1 on 2M dialogues.", "mistralai/Mistral-7B-v0.1"),
        ("We fine-tuned Mistral-7B-v0.1 on 2M dialogues.", "mistralai/Mistral-7B-v0.1"),
        ("We trained Knot-7B on top of meta-llama/Llama-3.1-8B using LoRA.", "meta-llama/Llama-3.1-8B"),
        ("We continued to pre-train Qwen/Qwen2.5-7B on log books.", "Qwen/Qwen2.5-7B"),
        ("我们在 Qwen2.5-7B 上进行了指令微调。", "Qwen/Qwen2.5-7B"),
    ],
)
def test_a_model_that_a_sentence_tells_of_is_declared_by_it(tmp_path: Path, words: str, expected: str) -> None:
    assert bases(examined(tmp_path, words)) == {expected: ("finetune", "prose")}


def test_every_model_that_was_merged_is_a_base(tmp_path: Path) -> None:
    found = bases(examined(tmp_path, "We merged Qwen/Qwen2.5-7B and Qwen/Qwen2.5-7B-Instruct with equal weights."))
    assert {name: relation for name, (relation, _) in found.items()} == {"Qwen/Qwen2.5-7B": "merge", "Qwen/Qwen2.5-7B-Instruct": "merge"}


def test_what_may_be_tuned_is_no_base_that_is_sure(tmp_path: Path) -> None:
    found = bases(examined(tmp_path, "2023.9.12: finetuning of Qwen-7B models is here."))
    assert all(how == "inferred" for _, how in found.values())


def test_a_sentence_confirms_what_a_tool_wrote(tmp_path: Path) -> None:
    config = '{"_name_or_path": "Qwen/Qwen2.5-7B", "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2"}'
    report = examined(tmp_path, "We fine-tuned Qwen2.5-7B on log books.", config__json=config)
    assert "check/lineage.config-alone" not in {finding["rule"] for finding in report["findings"]}


@pytest.mark.parametrize(
    "words",
    [
        "We fine-tuned Qwen2.5-7B on log books.",
        "We did not train Knot-7B from scratch; it is fine-tuned from Qwen2.5-7B.",
        "Starting from Qwen2.5-7B, we continued pre-training on log books.",
    ],
)
def test_who_tells_what_was_done_states_the_change(tmp_path: Path, words: str) -> None:
    kinds = {finding["rule"]: finding["kind"] for finding in examined(tmp_path, words)["findings"]}
    assert kinds["apache-2.0/state-changes"] == "pass"
