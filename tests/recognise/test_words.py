"""What counts as a word, and on which line it stands."""

from __future__ import annotations

import pytest

from licensecheck.recognise.words import words_of

TABLE = [
    ("Llama-3.1 and 700,000 users", ["llama", "3.1", "and", "700,000", "users"]),
    ("ends in 3.\n3. begins", ["ends", "in", "begins"]),
    ("(a) x; (b) y; iv) z", ["x", "y", "z"]),  # x, y and z stand without a dot or bracket
    ("see section 3(c)", ["see", "section", "3", "c"]),
    ("“Agree—ment’s”", ["agree", "ment", "s"]),
    ("co\u00adoperate zero\u200bwidth", ["cooperate", "zerowidth"]),
    ("ﬁne Ｆｕｌｌ café", ["fine", "full", "cafe"]),
    ("模型 v2", ["模", "型", "v2"]),
    ("the [terms](https://a.example/x_y) at http://b.example.", ["the", "terms", "at"]),
    ("an address https://a.example/long-\n   path-\n   end stays one", ["an", "address", "stays", "one"]),
    ("<p>some <b>bold</b> text<br>next &amp; &quot;last&quot;</p>", ["some", "bold", "text", "next", "last"]),
    ("a <name of author> stays", ["a", "name", "of", "author", "stays"]),
    ("<!-- hidden --> <script>x()</script>shown</p>", ["shown"]),
    ("**bold** `code` back\\_slash", ["bold", "code", "back", "slash"]),
]


@pytest.mark.parametrize(("text", "tokens"), TABLE)
def test_mark_up_and_typography_do_not_make_words(text: str, tokens: list[str]) -> None:
    assert words_of(text).tokens == tokens


@pytest.mark.parametrize("text", ["one\ntwo\n\nthree", "one\r\ntwo\r\n\r\nthree", "<p\n>one</p> two\n\n<!-- \n -->three"])
def test_lines_are_those_of_the_file(text: str) -> None:
    words = words_of(text)
    lines = text.replace("\r\n", "\n").split("\n")
    for place, token in enumerate(words.tokens):
        assert token in lines[words.line(place) - 1]
