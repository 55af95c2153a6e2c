from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.sources.names import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("README.md", "README.md"),
        ("模型说明.md", "模型说明.md"),
        ("wide\u3000space\u00a0here", "wide\u3000space\u00a0here"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("gpl\u202etxt.exe", "gpl\\u202etxt.exe"),
        ("a\u2066b\u2069c\u200ed\u200b", "a\\u2066b\\u2069c\\u200ed\\u200b"),
        ("\u2028\u2029\x85", "\\u2028\\u2029\\x85"),
        ("undecodable\udcff", "undecodable\\udcff"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
    ],
)
def test_what_could_deceive_a_terminal_is_visible(text, shown):
    assert printable(text) == shown


def test_long_text_is_cut_with_an_ellipsis():
    assert printable("x" * 500) == "x" * 199 + "…"
    assert printable("x" * 200) == "x" * 200
    assert printable("abc\x1b\x1b", limit=6) == "abc…"


@given(st.text(st.characters(codec=None, exclude_categories=())), st.integers(2, 60))
def test_output_is_short_and_harmless_and_stays_as_it_is(text, limit):
    shown = printable(text, limit)
    assert len(shown) <= limit
    assert all(character.isprintable() or character.isspace() for character in shown)
    assert not set(shown) & set("\n\r\t\v\f\x1b\u2028\u2029\x85\u202e\u200b")
    shown.encode()
    assert printable(shown, limit) == shown
