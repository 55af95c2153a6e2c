"""What the licence of data does not settle: rights in dispute, people's conversations, two licences for one dataset."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.knowledge import load
from tests.releases import PUBLIC, Case, report_of, text_of

CARD = {"license": "mit"}
RULES = ("data-rights", "upstream-dispute", "personal-data", "data-statements-differ")


def found(write: Any, **bent: Any) -> list[tuple[str, str, str]]:
    """(slug, kind, layer) of the findings on data."""
    stated = {"name": "a release", "released": "2024-03-01", "expect": {}, "card": CARD, "manifest": {"release": PUBLIC}}
    report = report_of(Case(**{**stated, **bent}), write)
    seen = ((finding["rule"].partition(".")[2], finding["kind"], finding["layer"]) for finding in report["findings"])
    return [item for item in seen if item[0] in RULES]


def built_from(*upstreams: Any) -> dict[str, Any]:
    return {"release": PUBLIC, "built_from": list(upstreams)}


@pytest.mark.parametrize("name", ["the_pile_books3", "the_pile", "EleutherAI/pile"])
@pytest.mark.parametrize("declared", ["card", "manifest"])
def test_disputed_data_of_ones_own_is_for_a_person_whatever_its_tag(write: Any, name: str, declared: str) -> None:
    bent = {"card": {**CARD, "datasets": [name]}} if declared == "card" else {"manifest": built_from({"dataset": name})}
    assert found(write, **bent) == [("data-rights", "review", "data")]


@pytest.mark.parametrize("base", ["meta-llama/Llama-2-7b-hf", "huggyllama/llama-7b"])
def test_disputed_data_of_a_base_is_worth_knowing(write: Any, base: str) -> None:
    assert found(write, manifest=built_from(base)) == [("upstream-dispute", "informational", "data")]


def test_one_dispute_is_told_once_and_ones_own_data_first(write: Any) -> None:
    manifest = built_from("meta-llama/Llama-2-7b-hf", {"dataset": "the_pile_books3"}, {"dataset": "the_pile"})
    assert found(write, manifest=manifest) == [("data-rights", "review", "data")]


@pytest.mark.parametrize("upstream", ["Qwen/Qwen2.5-7B", {"dataset": "tatsu-lab/alpaca"}, {"dataset": "harbour/proof-pile-texts"}])
def test_other_material_is_no_finding(write: Any, upstream: Any) -> None:
    assert found(write, manifest=built_from(upstream)) == []


def test_facts_of_a_dispute_are_dated_and_sourced_in_both_languages() -> None:
    for dispute in load().table("data")["disputes"].values():
        assert dispute["sources"]
        assert all(any(year in text for year in ("2023", "2024", "2025")) for text in dispute["facts"].values())
        assert set(dispute["facts"]) == {"en", "zh"}


def test_every_row_points_to_a_dispute_that_is_told() -> None:
    knowledge = load()
    rows = [row for kind in ("models", "datasets") for name in knowledge.organisations(kind) for row in knowledge.rows(kind, name)]
    named = {name for row in rows for name in row.get("disputed", ())}
    assert named == set(knowledge.table("data")["disputes"])


@pytest.mark.parametrize(
    "name", ["in-house-mirror-logs", "harbour/user_logs-2024", "harbour/Customer-Conversations", "harbour/app-user-chats"]
)
def test_records_of_users_by_their_name_are_for_a_person(write: Any, name: str) -> None:
    assert found(write, manifest=built_from({"dataset": name})) == [("personal-data", "review", "data")]


@pytest.mark.parametrize(
    "name", ["harbour/sea-logs", "harbour/catalogs", "lmsys/lmsys-chat-1m", "harbour/changelogs", "harbour/radio-logs"]
)
def test_other_records_are_not(write: Any, name: str) -> None:
    assert found(write, manifest=built_from({"dataset": name})) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The model was trained on user logs of our mirror site.",
        "训练数据包括镜像站的用户对话。",
        "Chat logs of our app were used for training.",
        "Harbour-7B was trained from scratch on user conversations.",
        "It was pre-trained for two epochs on public text and then further fine-tuned, in March, on support tickets.",
        "The adapter was finetuned entirely on our users' chats.",
        "The checkpoint has been tuned a second time using customer chats.",
        "We train on conversations with our users.",
        "The training corpus contains chat logs.",
        "User dialogues were used for fine-tuning.",
        "训练语料包括用户聊天记录。",
        "本模型从零训练，使用用户聊天记录。",
        "在客服记录上进一步微调得到本模型。",
        "訓練語料包括用戶對話。",
    ],
)
def test_a_sentence_says_so_as_well(write: Any, sentence: str) -> None:
    assert found(write, body=f"# Harbour-7B\n\n{sentence}\n") == [("personal-data", "review", "data")]


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not train on user logs.",
        "No chat logs were used for training.",
        "Chat logs are kept for thirty days.",
        "训练数据不包含用户对话。",
        "User logs were removed from the training data.",
        "It was trained from scratch, never on user conversations.",
        "The router was trained in May and is deployed on machines that keep chat logs.",
        "A well-tuned cache that runs on every node holds the chat logs.",
        "The constrained setting turns on chat logs.",
        "本模型从零训练，不使用用户聊天记录。",
    ],
)
def test_what_is_denied_or_has_nothing_to_do_with_training_is_no_finding(write: Any, sentence: str) -> None:
    assert found(write, body=f"# Harbour-7B\n\n{sentence}\n") == []


SHEET = "# Datasheet\n\nThe records are distributed under the ODC-By license.\n"


def test_a_datasheet_that_disagrees_with_the_licence_file_of_the_data_is_for_a_person(write: Any) -> None:
    files = {"DATA_LICENSE": text_of("cc-by-nc-4.0"), "datasheet.md": SHEET}
    assert found(write, card=None, files=files) == [("data-statements-differ", "review", "metadata")]


@pytest.mark.parametrize(
    "files",
    [
        {"DATA_LICENSE": text_of("odc-by-1.0"), "datasheet.md": SHEET},
        {"LICENSE": text_of("cc-by-nc-4.0"), "datasheet.md": SHEET},  # a licence of the whole says nothing of the data
        {"DATA_LICENSE": text_of("cc-by-nc-4.0"), "notes.md": "The code is released under the MIT license.\n"},
    ],
)
def test_statements_that_agree_or_speak_of_something_else_are_no_finding(write: Any, files: dict[str, str]) -> None:
    assert found(write, card=None, files=files) == []


def test_every_name_of_a_record_holds_a_stem() -> None:
    words = load().table("data")["personal"]
    assert [name for name in words["names"] if not any(stem in name for stem in words["stems"])] == []
