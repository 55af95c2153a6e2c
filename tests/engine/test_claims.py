"""What documents claim about the model's origin, beside the lineage."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

BASE = "---\nlicense: apache-2.0\nbase_model: Qwen/Qwen2.5-7B-Instruct\n---\n# Harbour-7B\n\n"
NONE = "---\nlicense: apache-2.0\n---\n# Harbour-7B\n\n"


def kinds(folder: Path, text: str, manifest: str = "") -> list[tuple[str, str]]:
    """(claim, kind) of every claims finding."""
    (folder / "README.md").write_text(text, encoding="utf-8")
    if manifest:
        (folder / "licensecheck.yaml").write_text(manifest, encoding="utf-8")
    report = examine(str(folder), as_="public", recognise=recognise_stand_in)
    found = [finding for finding in report["findings"] if finding["topic"] == "claims"]
    return [(finding["evidence"][0]["key"].removeprefix("claims."), finding["kind"]) for finding in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "The model was trained from scratch by our team.",
        "本模型为从零训练的大模型。",
        "本模型完全自研。",
        "Built from the ground up for ports.",
    ],
)
def test_a_strong_origin_claim_beside_a_declared_base_fails(tmp_path: Path, sentence: str) -> None:
    assert "fail" in {kind for _, kind in kinds(tmp_path, BASE + sentence)}


def test_what_something_is_designed_for_is_no_statement_about_its_weights(tmp_path: Path) -> None:
    found = kinds(tmp_path, BASE + "The family offers open implementations designed from the ground up for careful use of models.")
    assert not {"fail", "review"} & {kind for _, kind in found}


@pytest.mark.parametrize(
    "sentence",
    [
        "数据清洗使用我们自研的去重流水线；模型在 Qwen2.5-7B-Instruct 基础上微调。",
        "The tokenizer was trained from scratch.",
        "Fine-tuning is cheaper than training from scratch.",
        "We did not start over: it was not trained from scratch.",
        "Qwen2.5-7B was trained from scratch by its makers; we fine-tuned it.",
        "自研行业模型，基于 Qwen2.5-7B-Instruct 微调。",
    ],
)
def test_what_speaks_of_something_else_or_is_taken_back_does_not_fail(tmp_path: Path, sentence: str) -> None:
    assert "fail" not in {kind for _, kind in kinds(tmp_path, BASE + sentence)}


def test_a_strong_origin_claim_without_any_base_is_not_opposed(tmp_path: Path) -> None:
    assert kinds(tmp_path, NONE + "Trained from scratch on tide tables.") == [("trained-from-scratch", "pass")]


def test_a_soft_word_beside_a_base_is_only_worth_knowing(tmp_path: Path) -> None:
    assert kinds(tmp_path, BASE + "我们的自研模型。") == [("self-developed", "informational")]


def test_a_claim_of_the_manifest_is_judged_like_one_of_a_document(tmp_path: Path) -> None:
    manifest = "version: 1\nclaims: [trained-from-scratch]\n"
    assert ("trained-from-scratch", "fail") in kinds(tmp_path, BASE, manifest)


def test_a_denial_of_the_very_base_that_is_declared_fails(tmp_path: Path) -> None:
    assert ("not-derived", "fail") in kinds(tmp_path, BASE + "It is not derived from Qwen2.5 weights.")


def test_the_finding_speaks_of_statements_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(BASE + "Trained from scratch.\n", encoding="utf-8")
    report = examine(str(tmp_path), as_="public", recognise=recognise_stand_in)
    (finding,) = (found for found in report["findings"] if found["topic"] == "claims" and found["kind"] == "fail")
    assert finding["evidence"][0]["line"] == 7
    assert finding["evidence"][1]["line"] == 3
    assert "do not agree" in finding["message"]


@pytest.mark.parametrize(
    ("base", "name"),
    [("meta-llama/Llama-3.1-8B", "Llama-Tarn-8B"), ("google/gemma-2-9b", "Gemma-Tarn-9B"), ("Qwen/Qwen2.5-7B", "Qwen-Tarn")],
)
def test_a_model_called_after_its_base_is_not_the_base_that_a_sentence_speaks_of(tmp_path: Path, base: str, name: str) -> None:
    card = f"---\nlicense: other\nbase_model: {base}\n---\n# {name}\n\n{name} was trained from scratch by our team.\n"
    assert ("trained-from-scratch", "fail") in kinds(tmp_path, card)


def test_a_second_card_without_a_title_does_not_change_what_a_sentence_says(tmp_path: Path) -> None:
    (tmp_path / "README.rst").write_text("Tarn-7B\n=======\n\nTarn-7B was trained from scratch by our lab.\n", encoding="utf-8")
    (tmp_path / "licensecheck.yaml").write_text("built_from: [{model: Qwen/Qwen2.5-7B, license: apache-2.0}]\n", encoding="utf-8")
    assert ("trained-from-scratch", "fail") in kinds(tmp_path, "## Attribution\n\nSee below.\n")
