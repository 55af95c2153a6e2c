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


def test_inner_lists_are_found_by_number_too(prints: Fingerprints) -> None:
    (match,) = recognise(POLICY, prints)
    assert locate(match, "1.b") == locate(match, "1.2")
    closing = locate(match, "closing paragraph")
    assert closing is not None
    assert "pictures" in POLICY.split("\n")[closing.start_line - 1]
