"""Sentences of our own in two languages: which claim each makes, and that most are read right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from licensecheck.harvest.claims import claims_in
from licensecheck.harvest.documents import Document
from licensecheck.harvest.lexicon import Lexicon
from licensecheck.harvest.markup import prose
from licensecheck.knowledge import load

HERE = Path(__file__).parent
TABLE: dict[str, list[str]] = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
#: [all claims of a sentence, the sentence]
READINGS: list[tuple[list[str], str]] = yaml.safe_load((HERE / "readings.yaml").read_text("utf-8"))
MISSES: list[tuple[list[str], str]] = yaml.safe_load((HERE / "misses.yaml").read_text("utf-8"))
#: (name of the model, mark-up, all claims, the words)
CARDS: list[tuple[str, str, list[str], str]] = yaml.safe_load((HERE / "cards.yaml").read_text("utf-8"))
CARDS_MISSES: list[tuple[str, str, list[str], str]] = yaml.safe_load((HERE / "cards-misses.yaml").read_text("utf-8"))
#: how a document with a name and words begins and ends
MARKUPS = {
    "md": "# {name}\n\n{words}\n",
    "rst": "{line}\n{name}\n{line}\n\n{words}\n",
    "tex": "\\documentclass{{article}}\n\\title{{{name}}}\n\\begin{{document}}\n\\maketitle\n{words}\n\\end{{document}}\n",
}
CASES = [(claim, sentence) for claim, sentences in TABLE.items() for sentence in sentences]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = load().words()
    return Lexicon(words["origin"], words["families"])


def read(lexicon: Lexicon, sentence: str) -> set[str]:
    document = Document("README.md", f"# Harbour-7B\n\nIt sails.\n\n{sentence}\n\nThe end.\n")
    return {claim.id for claim in claims_in([document], lexicon, ("harbour-7b", "harbour"))}


@pytest.mark.parametrize(("claim", "sentence"), CASES)
def test_a_sentence_makes_the_claim_it_makes(lexicon: Lexicon, claim: str, sentence: str) -> None:
    found = read(lexicon, sentence)
    if claim == "none":
        assert found == set()
    else:
        assert claim in found


@pytest.mark.parametrize(("claims", "sentence"), READINGS)
def test_a_sentence_makes_these_claims_and_no_others(lexicon: Lexicon, claims: list[str], sentence: str) -> None:
    assert read(lexicon, sentence) == set(claims)


def read_of(lexicon: Lexicon, name: str, markup: str, words: str) -> set[str]:
    text = MARKUPS[markup].format(name=name, words=words, line="*" * 2 * len(name))
    document = Document(f"a.{markup}", text if markup == "md" else prose(f"a.{markup}", text))
    return {claim.id for claim in claims_in([document], lexicon, (name.lower(), name.lower().split("-")[0]))}


@pytest.mark.parametrize(("name", "markup", "claims", "words"), CARDS)
def test_a_card_makes_these_claims_and_no_others(lexicon: Lexicon, name: str, markup: str, claims: list[str], words: str) -> None:
    assert read_of(lexicon, name, markup, words) == set(claims)


@pytest.mark.parametrize(("name", "markup", "claims", "words"), CARDS_MISSES)
def test_a_listed_miss_of_a_card_is_one(lexicon: Lexicon, name: str, markup: str, claims: list[str], words: str) -> None:
    assert read_of(lexicon, name, markup, words) != set(claims), "read right by now: move it to cards.yaml"


@pytest.mark.parametrize(("claims", "sentence"), MISSES)
def test_a_listed_miss_is_one(lexicon: Lexicon, claims: list[str], sentence: str) -> None:
    assert read(lexicon, sentence) != set(claims), "read right by now: move it to readings.yaml"


@pytest.mark.parametrize(("claim", "sentence"), [case for case in CASES if case[0] in ("trained-from-scratch", "based-on")])
def test_a_sentence_claims_the_same_when_its_lines_are_broken_elsewhere(lexicon: Lexicon, claim: str, sentence: str) -> None:
    assert claim in read(lexicon, sentence.replace(" ", "\n"))


def test_precision_and_recall_over_all_sentences(lexicon: Lexicon) -> None:
    counts: Counter[str] = Counter()
    for claim, sentence in CASES:
        found = read(lexicon, sentence)
        counts["right"] += claim in found
        counts["wanted"] += claim != "none"
        counts["false"] += bool(found) and claim == "none"
    assert counts["right"] / counts["wanted"] >= 0.95
    assert counts["right"] / (counts["right"] + counts["false"]) >= 0.95


@pytest.mark.parametrize(
    ("sentence", "words", "column"),
    [
        ("The weights are not derivatives of Llama.", "not derivatives of Llama", 17),
        ("本模型并非基于其他厂商模型增量训练而来。", "并非基于其他厂商模型", 4),
        ("We did not use any Qwen weights.", "not use any Qwen weights", 8),
        ("It is not a fork, copy or derivative of Llama.", "not a fork, copy or derivative of Llama", 7),
        ("訓練未使用 Llama 權重。", "未使用 Llama 權重", 3),
        ("It wasn't fine-tuned from any existing checkpoint.", "wasn't fine-tuned from any existing checkpoint", 4),
        ("It has no relation to Meta's Llama models.", "no relation to Meta's Llama", 8),
    ],
)
def test_the_words_of_a_denial_hold_what_denies(lexicon: Lexicon, sentence: str, words: str, column: int) -> None:
    document = Document("README.md", f"# Harbour-7B\n\n{sentence}\n")
    (claim,) = claims_in([document], lexicon)
    assert claim.id == "not-derived"
    assert (claim.evidence["value"], claim.evidence["line"], claim.evidence["column"]) == (words, 3, column)
