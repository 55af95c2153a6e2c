"""Text made safe, measured and wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.render.terminal import Look, cells, clip, safe, wrap


@given(st.text())
def test_safe_text_is_printable(text: str) -> None:
    assert safe(text).isprintable()


@given(st.text())
def test_safe_text_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize("text", ["plain", "Grüße", "模型 © “quoted” …", "🦙"])
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert safe(text) == text


@given(st.text(), st.integers(4, 80))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    text = safe(text).replace("://", "")
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_address_is_never_broken() -> None:
    address = "https://example.org/" + "a" * 60
    assert address in wrap(f"see {address} there", 30)


def test_section_sign_stays_with_its_number() -> None:
    assert wrap("clause of § 1.b.i", 11) == ["clause of", "§ 1.b.i"]


@given(st.text(), st.integers(2, 40))
def test_clipped_text_fits(text: str, width: int) -> None:
    assert cells(clip(safe(text), width)) <= width


def test_singular_is_used_for_one() -> None:
    look = Look({"n": "{n} things", "n.1": "{n} thing"}, 80, colour=False)
    assert (look.say("n", n=1), look.say("n", n=2)) == ("1 thing", "2 things")


def test_languages_have_the_same_phrases() -> None:
    from licensecheck.render import explain_words, words

    singular = {key for key in words.EN if key.endswith(".1")}
    assert set(words.EN) - singular == set(words.ZH)
    assert set(explain_words.WORDS["en"]) == set(explain_words.WORDS["zh"])
