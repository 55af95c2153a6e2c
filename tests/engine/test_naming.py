"""The subject's name beside the marks of others: what stands at its head, what only describes, and whose own it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.knowledge import load
from licensecheck.knowledge.lines import lines_of
from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in


def named(
    folder: Path, name: str, *bases: str, body: str = "", lang: str = "en", card: dict[str, Any] | None = None, **manifest: Any
) -> list[Any]:
    """The findings on the name of a published model."""
    stated = {"version": 1, "model": {"name": name}, "release": {"weights": "public", "service": False, "product": False}, **manifest}
    if bases:
        stated["built_from"] = list(bases)
    (folder / "licensecheck.yaml").write_text(yaml.safe_dump(stated, allow_unicode=True), encoding="utf-8")
    front = f"---\n{yaml.safe_dump(card)}---\n" if card else ""
    (folder / "README.md").write_text(f"{front}# {name}\n\n{body}\n", encoding="utf-8")
    report = examine(str(folder), recognise=recognise_stand_in, lang=lang)
    return [finding for finding in report["findings"] if finding["rule"] == "check/claims.naming"]


def kinds(found: list[Any]) -> list[str]:
    return [finding["kind"] for finding in found]


@pytest.mark.parametrize(
    "name",
    [
        "ChatGPT在线",
        "ChatGPT中文版",
        "ChatGPT-Next",
        "chat gpt online",
        "中文版ChatGPT",
        "GPT-4o中文版",
        "Claude-3-online",
        "文心一言国内版",
        "豆包专业版",
        "Gemini",
    ],
)
def test_the_mark_of_another_at_the_head_of_a_name_is_for_a_person(tmp_path: Path, name: str) -> None:
    (finding,) = named(tmp_path, name)
    assert (finding["kind"], finding["layer"], finding["topic"]) == ("review", "name", "claims")
    assert name in finding["message"]
    assert finding["evidence"][0]["value"] == name
    assert finding["remedy"]["summary"]


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("Harbour-7B", ["Qwen/Qwen2.5-7B"]),
        ("acme-qwen2.5-7b-sft", ["Qwen/Qwen2.5-7B"]),
        ("Qwen2.5-7B-Harbour", ["Qwen/Qwen2.5-7B"]),
        ("Qwen2.5-7B-Harbour-v3", ["Qwen/Qwen2.5-7B"]),
        ("Yi-34B-Harbour", ["01-ai/Yi-34B"]),
        ("gemma-2b-harbour", ["google/gemma-2b"]),
        ("Mistral-7B-Harbour-v0.3", ["mistralai/Mistral-7B-v0.1"]),
        ("Kimi-K2-Harbour", ["moonshotai/Kimi-K2-Instruct"]),
        ("gpt-oss-20b-harbour", ["openai/gpt-oss-20b"]),
        ("Qwen3-Harbour", ["Qwen/Qwen2.5-7B", "Qwen/Qwen3-8B"]),  # one of the bases is of that version
        ("Harbour-2", ["harbour/Harbour-1"]),  # a line of one's own
        ("Claudette-7B", []),
        ("Gemini-Astronomy-7B", []),
        ("Grokking-2B", []),
        ("ChatGLM-Harbour", ["THUDM/chatglm3-6b"]),
    ],
)
def test_ordinary_names_are_no_finding(tmp_path: Path, name: str, bases: list[str]) -> None:
    assert named(tmp_path, name, *bases) == []


@pytest.mark.parametrize("name", ["chatgpt-detector-roberta", "ChatGPT-prompts-7B", "ChatGPT回答检测", "chatgpt-api-client"])
def test_a_name_that_says_what_it_is_about_is_in_order(tmp_path: Path, name: str) -> None:
    assert kinds(named(tmp_path, name)) == ["pass"]


def test_describing_a_service_by_its_name_is_in_order(tmp_path: Path) -> None:
    (finding,) = named(tmp_path, "小助手", body="本产品通过 OpenAI API 提供服务。")
    assert finding["kind"] == "pass"
    assert (finding["evidence"][0]["source"], finding["evidence"][0]["line"]) == ("README.md", 3)


def test_a_sentence_that_calls_the_subject_by_the_mark_is_for_a_person(tmp_path: Path) -> None:
    assert kinds(named(tmp_path, "小助手", body="本产品是ChatGPT中文版，支持会员。")) == ["review"]


@pytest.mark.parametrize("sentence", ["监管部门处理了“ChatGPT在线”一案。", "有人在使用 ChatGPT 官网。", "ChatGPT is a product of OpenAI."])
def test_a_sentence_about_others_is_no_finding(tmp_path: Path, sentence: str) -> None:
    assert named(tmp_path, "小助手", body=sentence) == []


def test_a_disclaimer_is_noted_and_changes_nothing_else(tmp_path: Path) -> None:
    (plain,) = named(tmp_path, "ChatGPT在线")
    (apart,) = named(tmp_path, "ChatGPT在线", body="This app is not affiliated with OpenAI.")
    assert (plain["kind"], plain["notes"]) == ("review", [])
    assert apart["kind"] == "review"
    assert "README.md:3" in apart["notes"][0]


@pytest.mark.parametrize("name", ["Llama3-Chinese-8B", "Llama-3-Harbour"])
def test_a_word_that_the_licence_asks_for_is_in_order(tmp_path: Path, name: str) -> None:
    (finding,) = named(tmp_path, name, "meta-llama/Meta-Llama-3-8B")
    assert (finding["kind"], finding["citation"]["section"]) == ("pass", "1.b.i")


@pytest.mark.parametrize(
    ("name", "base", "section"),
    [
        ("Qwen2.6-14B-Instruct", "Qwen/Qwen2.5-14B", "6"),
        ("Qwen3-14B-Harbour", "Qwen/Qwen2.5-14B", "6"),
        ("Llama-4-Harbour", "meta-llama/Llama-3.1-8B", "5.a"),
        ("Yi-2-34B", "01-ai/Yi-34B", "6"),
    ],
)
def test_a_later_version_than_the_base_cites_the_clause_on_marks(tmp_path: Path, name: str, base: str, section: str) -> None:
    (finding,) = named(tmp_path, name, base, model={"name": name, "released": "2025-06-01"})
    assert (finding["kind"], finding["component"], finding["citation"]["section"]) == ("review", base, section)


def test_a_base_that_only_a_config_names_counts(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"_name_or_path": "Qwen/Qwen2.5-14B"}\n', encoding="utf-8")
    assert kinds(named(tmp_path, "Qwen2.6-14B-Instruct")) == ["review"]


def test_what_the_publisher_calls_its_own_is_no_finding(tmp_path: Path) -> None:
    assert named(tmp_path, "ChatGPT-Harbour", licensee={"name": "OpenAI OpCo, LLC"}) == []
    assert named(tmp_path, "Qwen3-14B", "Qwen/Qwen2.5-14B", licensee={"name": "Qwen"}) == []


def test_a_model_that_its_publisher_lists_with_that_base_is_its_own(tmp_path: Path) -> None:
    assert named(tmp_path, "DeepSeek-V3.1", "deepseek-ai/DeepSeek-V3-Base") == []
    assert kinds(named(tmp_path, "DeepSeek-V3.1-Harbour", "deepseek-ai/DeepSeek-V3-Base")) == ["review"]
    assert kinds(named(tmp_path, "Qwen3-14B", "Qwen/Qwen2.5-14B")) == ["review"]  # listed, but not with that base


def test_a_dataset_says_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text("{}\n", encoding="utf-8")
    card = {"license": "mit", "task_categories": ["text-generation"], "size_categories": ["1K<n<10K"]}
    assert named(tmp_path, "ChatGPT-conversations", card=card) == []


def test_chinese_sentences_stand_for_english_ones(tmp_path: Path) -> None:
    (finding,) = named(tmp_path, "ChatGPT在线", lang="zh")
    assert "人工判断" in finding["message"]


def test_marks_are_written_once_and_every_owner_is_a_provider() -> None:
    knowledge = load()
    marks = knowledge.table("marks")["marks"]
    names = [row["mark"].casefold() for row in marks]
    assert len(set(names)) == len(names)
    assert {row["owner"] for row in marks} <= {*knowledge.organisations("services"), "iflytek", "microsoft"}


def test_lines_come_from_models_made_from_nobody_elses() -> None:
    rows = [{"id": "acme/Foo-2"}, {"id": "acme/Foo-7b"}, {"id": "other/Foo-3", "base": "acme/Foo-2"}, {"id": "acme/Big-Foo2.5-7b"}]
    assert lines_of(rows) == {"foo": ["acme"]}
