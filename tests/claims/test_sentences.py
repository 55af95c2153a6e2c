"""Sentences of our own in two languages: which claim each makes, and that most are read right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from licensecheck.harvest.claims import claims_in
from licensecheck.harvest.documents import Document
from licensecheck.harvest.lexicon import Lexicon
from licensecheck.knowledge import load

HERE = Path(__file__).parent
TABLE: dict[str, list[str]] = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
#: [all claims of a sentence, the sentence]
READINGS: list[tuple[list[str], str]] = yaml.safe_load((HERE / "readings.yaml").read_text("utf-8"))
MISSES: list[tuple[list[str], str]] = yaml.safe_load((HERE / "misses.yaml").read_text("utf-8"))
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
