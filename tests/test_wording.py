from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.wording import begins, find, fold, folded

NOTICE = "Foo 3 is licensed under the Foo 3 Licence, Copyright (c) Foo Ltd. All Rights Reserved."

#: What people type between and around words, each with what a reader sees of it.
DECORATIONS = {
    "**{}**": "{}",
    "__{}__": "{}",
    "*{}*": "{}",
    "`{}`": "{}",
    "> {}": "{}",
    "## {}": "{}",
    "[{}](https://foo.example)": "{}",
    '[{}](https://foo.example "start")': "{}",
    "[{}][1]": "{}",
    "![{}](badge.svg)": "{}",
    "<b>{}</b>": "{}",
    '<a href="https://foo.example">{}</a>': "{}",
    "“{}”": "{}",
    "‘{}’": "'{}'",
    "「{}」": "{}",
    "  {}\t": "{}",
}
plain_words = st.lists(st.sampled_from(["acme", "harbour", "radio", "log", "model", "模型", "Tide"]), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Built  with\tFoo", "Built with Foo"),
        ("Built\u00a0with\u3000Foo", "Built with Foo"),
        ("Built&nbsp;with Foo", "Built with Foo"),
        ("Built **with** _Foo_", "Built with Foo"),
        ("<p>Built <b>with</b> Foo</p>", "Built with Foo"),
        ("[Built with Foo](https://foo.example/a_b) now", "Built with Foo now"),
        ("Copyright (c) Foo", "Copyright © Foo"),
        ("Copyright (C) Foo", "Copyright © Foo"),
        ("Copyright &copy; Foo", "Copyright © Foo"),
        (r"Copyright \(c\) Foo", "Copyright © Foo"),  # a Markdown editor escapes brackets
        ("Copyright （c） Foo", "Copyright © Foo"),  # typed with a Chinese input method
        ("Copyright &#169; Foo", "Copyright © Foo"),
        ("Foo–3 — and −4", "Foo-3 - and -4"),
        ("Foo & Bar &amp; Baz", "Foo & Bar & Baz"),
        ("2 < 3", "2 < 3"),  # no tag
        ("", ""),
    ],
)
def test_typography_is_folded_to_what_a_person_reads(text, read):
    assert fold(text) == read


@given(st.sampled_from(sorted(DECORATIONS)), plain_words)
def test_mark_up_around_words_leaves_the_words(decoration, words):
    assert fold(decoration.format(" ".join(words))) == DECORATIONS[decoration].format(" ".join(words))


@given(st.lists(st.sampled_from([*DECORATIONS, " ", "(c)", "&copy;", "©", "–", "'", "\u00a0", "Foo", "模型", "3.1"]), max_size=12))
def test_folding_twice_is_folding_once(parts):
    once = fold("".join(part.replace("{}", "x") for part in parts))
    assert fold(once) == once


@given(st.text(max_size=200))
def test_folding_any_text_gives_one_line_without_space_at_the_ends(text):
    line = fold(text.replace("\n", " "))
    assert line == line.strip()
    assert "  " not in line


def test_lines_keep_their_numbers():
    document = folded("# Acme\n\nBuilt with\nFoo\n")
    assert document.text == "Acme\n\nBuilt with\nFoo\n"
    assert [document.line_at(document.text.index(word)) for word in ("Acme", "Built", "Foo")] == [1, 3, 4]


def test_skipped_lines_do_not_count_and_the_others_keep_their_numbers():
    document = folded("Built with Foo\nfiller\nBuilt with Foo", skip=((1, 2),))
    assert find("Built with Foo", document).line == 3
    assert find("Built with Foo", folded("Built with Foo\nfiller", skip=((1, 1),))) is None


def test_a_comment_is_not_read_and_does_not_shift_the_lines():
    assert find("Built with Foo", folded("<!-- Built with Foo -->")) is None
    assert find("Built with Foo", folded("<!--\nBuilt with Foo\n-->\nBuilt with Foo")).line == 4
    assert find("Built with Foo", folded("<!-- never closed\nBuilt with Foo")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Built with Foo",
        "This model was **Built with Foo**.",
        "Built with [Foo](https://foo.example)",
        "![Built with Foo](badge.svg)",
        "Built with Foo, trained on radio logs",
        "Built with Foo - Acme",
        "Built with Foo™",
        "本模型 Built with Foo。",
        "本模型Built with Foo，权重已修改。",  # no spaces between scripts
        "| origin | Built with Foo | Notes |",  # the next cell begins with a capital
        "**Built with Foo** Acme is a model.",  # so does the next sentence
        "<b>Built with Foo</b><br>License: see below",
        "[Built with Foo](https://foo.example) Acme",
    ],
)
def test_words_that_a_reader_sees_are_found(text):
    assert find("Built with Foo", folded(text)).exactness == "exact"


@pytest.mark.parametrize(
    "text",
    [
        "Built with Bar",
        "Built upon Foo",
        "Foo",
        "Rebuilt with Foo",
        "Built with Foobar",
        "Built with Foo Factory",  # another product
        "Built with Foo-Agent",
        "Built with\n\nFoo",  # two paragraphs
        "以 Foo 构建",
    ],
)
def test_other_words_are_not_taken_for_the_required_ones(text):
    assert find("Built with Foo", folded(text)) is None


@pytest.mark.parametrize(
    ("text", "exactness"),
    [
        ("built with Foo", "case"),
        ("BUILT WITH FOO", "case"),
        ("Built with Foo 3", "continued"),
        ("Built with Foo-3", "continued"),
        ("built with Foo\n\nBuilt with Foo 3\n\nBuilt with Foo", "exact"),
        ("Built with Foo 3\n\nbuilt with Foo", "case"),
    ],
)
def test_the_best_agreement_counts(text, exactness):
    assert find("Built with Foo", folded(text)).exactness == exactness


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        NOTICE.rstrip("."),
        NOTICE.replace("(c)", "©"),
        NOTICE.replace("(c)", "&copy;"),
        f"* {NOTICE}",
        f"> {NOTICE}",
        f"{NOTICE} Further notices follow.",
        NOTICE.replace("Licence, ", "Licence,\n   "),
    ],
)
def test_a_notice_sentence_is_the_same_sentence_however_it_is_set(text):
    assert find(NOTICE, folded(text)).exactness == "exact"


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace("Foo 3", "Foo 3.1"),
        NOTICE.replace("Foo 3 Licence", "Foo 3 Research Licence"),
        NOTICE.replace(" All Rights Reserved.", ""),
        NOTICE.replace("Foo Ltd", "Bar Ltd"),
    ],
)
def test_the_notice_of_another_version_is_another_sentence(text):
    assert find(NOTICE, folded(text)) is None


@given(
    before=st.lists(st.sampled_from(["acme", "harbour", "radio"]), max_size=4),
    after=st.lists(st.sampled_from(["and", "which", "trained"]), max_size=4),
    breaks=st.lists(st.sampled_from([" ", "\n", "\n  ", "\n> ", "  \n"]), min_size=20, max_size=20),
)
def test_finding_does_not_depend_on_where_the_lines_of_a_paragraph_break(before, after, breaks):
    words = [*before, *NOTICE.rstrip(".").split(" "), *after]
    text = words[0] + "".join(gap + word for gap, word in zip(breaks + [" "] * len(words), words[1:], strict=False))
    spot = find(NOTICE, folded(text))
    assert spot is not None
    assert spot.exactness == "exact"
    assert spot.snippet in text
    assert spot.line == text[: text.index("Foo")].count("\n") + 1


@given(st.sampled_from([key for key in DECORATIONS if key != "‘{}’"]), st.sampled_from(sorted(DECORATIONS)))
def test_finding_does_not_depend_on_mark_up_or_quotes(inner, outer):
    assert find("Built with Foo", folded(outer.format(inner.format("Built with Foo")))) is not None


@given(st.text(max_size=80).map(lambda words: f"x{words}"), st.text(max_size=300))
def test_any_words_and_any_document_can_be_searched(words, text):
    spot = find(words, folded(text))
    assert spot is None or 1 <= spot.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "prefix", "answer"),
    [
        ("Foo-8B", "Foo", "yes"),
        ("foo_8b", "Foo", "yes"),
        ("FOO 8B", "Foo", "yes"),
        ("Foo", "Foo", "yes"),
        ("Foo3-V", "Foo 3", "yes"),
        ("Foo-3V", "Foo 3", "yes"),
        ("f-oo 3 acme", "Foo 3", "yes"),
        ("Foocare", "Foo", "arguable"),
        ("Foo-3.1-acme", "Foo 3", "arguable"),  # another version
        ("Foo-30B", "Foo 3", "arguable"),
        ("Acme-Foo", "Foo", "no"),
        ("Acme-Foo-3", "Foo 3", "no"),
        ("Fo", "Foo", "no"),
        ("", "Foo", "no"),
        ("模型-Foo", "Foo", "no"),
    ],
)
def test_a_name_begins_with_a_word_as_a_person_would_read_it(name, prefix, answer):
    assert begins(name, prefix) == answer


@given(st.text(st.sampled_from("aFo3 -_."), max_size=12), st.sampled_from(["Foo", "Foo 3"]))
def test_case_never_decides_whether_a_name_begins_with_a_word(name, prefix):
    assert begins(name.upper(), prefix) == begins(name.lower(), prefix)


@given(st.sampled_from(["", " ", "-", "_"]), st.sampled_from(["-acme", "_acme", " 8B", ""]))
def test_separators_never_decide_whether_a_name_begins_with_a_word(gap, rest):
    assert begins(f"Foo{gap}3{rest}", "Foo 3") == "yes"
