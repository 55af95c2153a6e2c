"""Finding a section by the ways people write its number."""

from __future__ import annotations

import pytest

from licensecheck.recognise import Fingerprints, locate, recognise
from tests.recognise.conftest import POLICY, agreement


@pytest.mark.parametrize("label", ["1.b.iii", "§1.b.iii", "Section 1(b)(iii)", "1 (b) (iii)", "1.B.III"])
def test_spellings_of_a_section_are_one(label: str, prints: Fingerprints) -> None:
    (match,) = recognise(agreement(), prints)
    span = locate(match, label)
    assert span is not None
    assert agreement().split("\n")[span.start_line - 1].lstrip().startswith("iii. Every copy")


def test_sections_not_there_are_none(prints: Fingerprints) -> None:
    (match,) = recognise(agreement(), prints)
    assert [locate(match, label) for label in ("8", "1.b.vi", "closing paragraph", "no section")] == [None] * 4


def test_a_letter_is_not_the_number_of_a_section(prints: Fingerprints) -> None:
    (match,) = recognise(agreement(), prints)
    lettered = match._replace(sections=tuple(span._replace(label="c") for span in match.sections[:1]))
    assert locate(lettered, "3") is None


def test_the_parts_of_a_chinese_text_go_by_their_english_names_too(prints: Fingerprints) -> None:
    (match,) = recognise(agreement(), prints)
    chinese = match._replace(sections=tuple(span._replace(label="附录 a.2") for span in match.sections[:1]))
    assert locate(chinese, "appendix a.2") == locate(chinese, "附录 a.2") == chinese.sections[0]


def test_a_second_part_is_found_by_its_name(prints: Fingerprints) -> None:
    (match,) = recognise(agreement(), prints)
    second = match._replace(sections=tuple(span._replace(label="annex 2.1") for span in match.sections[:1]))
    assert locate(second, "annex 2.1") == second.sections[0]


def test_inner_lists_are_found_by_number_too(prints: Fingerprints) -> None:
    (match,) = recognise(POLICY, prints)
    assert locate(match, "1.b") == locate(match, "1.2")
    closing = locate(match, "closing paragraph")
    assert closing is not None
    assert "pictures" in POLICY.split("\n")[closing.start_line - 1]
