from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from licensecheck.harvest.card import read_card


def read(text):
    return read_card("README.md", text)


def kinds(card):
    return [kind for kind, _, _ in card.flaws]


def titles(text):
    return [heading for heading, _ in read(text).headings]


# --- where front matter stands


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nlicense: mit\n---\n# Foo\n", 2),
        ("\ufeff---\nlicense: mit\n---\n# Foo\n", 2),  # a byte order mark that the reader left in
        ("\n\n---\nlicense: mit\n---\n", 4),  # the Hub allows white space before it
        ("---   \nlicense: mit\n---\t\n", 2),
        ("---\n{license: mit}\n---\n", 2),
        ("---\n# a note\nlicense: mit\n---\n", 3),
        ("---\nlicense: mit\n---", 2),  # nothing after the closing line, not even a line break
        ("---\nlicense: mit\n---\nwords\n\n---\nbase_model: acme/other\n---\n", 2),  # only the first block counts
    ],
)
def test_front_matter_at_the_top_is_read(text, line):
    card = read(text)
    assert card.meta == {"license": "mit"}
    assert card.line("license") == line
    assert card.flaws == ()


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_breaks_of_other_systems_count_like_any(harvested, newline):
    text = newline.join(["---", "license: mit", "datasets:", "- acme/rhymes", "---", "# Foo"])
    card = harvested({"README.md": text}).card
    assert card.meta == {"license": "mit", "datasets": ["acme/rhymes"]}
    assert card.line("datasets", 0) == 4
    assert card.headings == (("Foo", 6),)


def test_a_byte_order_mark_on_disk_moves_nothing(harvested):
    card = harvested({"README.md": b"\xef\xbb\xbf---\nlicense: mit\n---\n# Foo\n"}).card
    assert (card.meta, card.line("license"), card.flaws) == ({"license": "mit"}, 2, ())


def test_empty_front_matter_is_no_flaw():
    card = read("---\n---\n# Foo\n")
    assert (card.meta, card.flaws, card.headings) == ({}, (), (("Foo", 3),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Foo\n",
        "---",
        "---\nlicense: mit\n# Foo\n",  # never closed
        "----\nlicense: mit\n----\n",
        "---\nlicense: mit\n...\n",  # ends a YAML document, not a block of the Hub
        "# Foo\n\n---\n\nSome words: with a colon.\n\n---\n\nMore.\n",  # thematic breaks
        "---\n\nNothing but words here\n\n---\n",
        "Foo\n---\nwords: and more\n",  # a heading of the second level
    ],
)
def test_a_card_without_front_matter_says_so_and_nothing_else(text):
    card = read(text)
    assert (card.meta, kinds(card), card.body_line) == ({}, ["no-front-matter"], 1)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("# Foo\n---\nlicense: mit\n---\nwords\n", "front-matter-misplaced", 2),
        ("Words first.\n\n---\nlanguage: en\nlicense: mit\n---\n", "front-matter-misplaced", 3),
        ("<!--\n---\nlicense: mit\n---\n-->\n# Foo\n", "front-matter-comment", 2),
        ("<!-- one --> <!--\n---\nlicense: mit\n---\n-->\n", "front-matter-comment", 2),
        ("<!-- closed -->\n---\nlicense: mit\n---\n", "front-matter-misplaced", 2),
    ],
)
def test_front_matter_elsewhere_is_read_with_the_flaw_that_the_hub_does_not(text, kind, line):
    card = read(text)
    assert card.meta["license"] == "mit"
    assert [(kind_, line_) for kind_, line_, _ in card.flaws] == [(kind, line)]


def test_an_example_of_front_matter_in_a_code_block_is_not_the_cards_own():
    card = read("# Foo\n\nPut this on top of your card:\n\n```yaml\n---\nlicense: mit\nbase_model: acme/base\n---\n```\n")
    assert card.meta == {}


# --- what is broken


@pytest.mark.parametrize(
    ("text", "line", "rescued"),
    [
        ("---\nlicense: mit\nsummary: this: that\nbase_model: acme/base\n---\n", 3, {"license": "mit", "base_model": "acme/base"}),
        ("---\nlicense: mit\nlicense: apache-2.0\n---\n", 3, {"license": "mit"}),
        ("---\nlicense: mit\nbase_model:\n  - acme/base\n bad\n---\n", 5, {"license": "mit"}),
        ("---\nbase_model: acme/base\nname: *star\n---\n", 3, {"base_model": "acme/base"}),
        ("---\nlicense: mit\nnote: \x01\n---\n", 3, {"license": "mit"}),
        ("---\nlicense: mit\nnote: !!python/object:os.system x\n---\n", 3, {"license": "mit"}),
        ('---\nlicense: "mit\n---\n# Foo\n', 2, {}),
    ],
)
def test_one_bad_line_does_not_hide_the_rest(text, line, rescued):
    card = read(text)
    assert [(kind, at) for kind, at, _ in card.flaws] == [("broken-front-matter", line)]
    assert card.meta == rescued
    for key in rescued:
        assert card.line_text(card.line(key)).startswith(key)


@pytest.mark.parametrize("block", ["- license: mit", "- a\n- b", "# a\n- x"])
def test_front_matter_that_is_a_list_is_a_flaw(block):
    card = read(f"---\n{block}\n---\n# Foo\n")
    assert (card.meta, kinds(card)) == ({}, ["broken-front-matter"])


def test_what_nests_beyond_reason_is_a_flaw_and_the_rest_is_read():
    card = read("---\nlicense: mit\ndeep: " + "[" * 500 + "]" * 500 + "\n---\n")
    assert (card.meta, kinds(card)) == ({"license": "mit"}, ["broken-front-matter"])


# --- lines


def test_nested_keys_and_items_have_their_own_lines():
    card = read(
        "---\ntags:\n- poems\n- verse\n"
        "model-index:\n- name: foo\n  results:\n  - task:\n      type: writing\nbase_model:\n- acme/one\n- acme/two\n---\n"
    )
    lines = {path: card.line(*path) for path in [("tags", 1), ("model-index", 0, "results", 0, "task", "type"), ("base_model", 1)]}
    assert list(lines.values()) == [4, 9, 12]


def test_the_line_of_an_item_in_a_flow_list_is_that_of_the_list():
    card = read("---\nbase_model: [acme/one, acme/two]\n---\n")
    assert card.line("base_model", 1) == 2


def test_a_path_that_is_not_there_has_the_line_of_what_holds_it():
    card = read("---\nlicense: mit\n\nbase_model:\n- acme/one\n---\n")
    assert card.line("base_model", 7) == 4
    assert card.line("nothing") is None


def test_evidence_points_at_the_value():
    card = read("---\nlicense: mit\nbase_model:\n- acme/one\n---\n")
    evidence = card.evidence("acme/one", "base_model", 0)
    assert evidence == {
        "source": "README.md",
        "line": 4,
        "key": "base_model",
        "value": "acme/one",
        "how": "declared",
        "snippet": "- acme/one",
        "column": 3,
    }


def test_the_first_of_several_keys_that_holds_something_counts():
    card = read("---\nbase_model: []\nbase_models: ''\nfinetuned_from: acme/one\n---\n")
    assert card.get("base_model", "base_models", "finetuned_from") == ("finetuned_from", "acme/one")
    assert card.get("license") is None


# --- headings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Foo-8B\n", ["Foo-8B"]),
        ("   # Foo #\n", ["Foo"]),
        ("#Foo\n", []),  # a tag, not a heading
        ("## Foo\n", []),
        ("Foo\n===\n", ["Foo"]),
        ("Foo\n---\n", []),
        ("\n===\n", []),
        ("<h1 align='center'>Foo <b>Bar</b></h1>\n", ["Foo Bar"]),
        ("# **Foo** `8B`\n", ["Foo 8B"]),
        ("# [Foo](https://acme.example/foo)\n", ["Foo"]),
        ("# ![logo](logo.png) Foo [![badge](b.svg)](https://acme.example)\n", ["Foo"]),
        ("# ![only a picture](logo.png)\n", []),
        ("# Foo\n# Bar\n", ["Foo", "Bar"]),
        ("# 诗歌模型-8B\n", ["诗歌模型-8B"]),
    ],
)
def test_headings_of_the_first_level(text, expected):
    assert titles(text) == expected


@pytest.mark.parametrize(
    "code",
    [
        "```\n# not this\n```",
        "~~~ sh\n# not this\n~~~",
        "  ```python\n# not this\n  ```",
        "````\n```\n# not this\n```\n````",
        "```\n~~~\n# not this\n```",
        "```pip install foo```",  # one line of code, nothing opened
    ],
)
def test_code_holds_no_heading_and_ends_where_it_ends(code):
    assert titles(f"{code}\n# Foo\n") == ["Foo"]


def test_a_heading_of_html_may_take_several_lines():
    assert titles('<h1 align="center">\n  Foo-8B\n</h1>\n') == ["Foo-8B"]


def test_front_matter_has_no_headings():
    assert titles("---\n# a note: of the maker\nlicense: mit\n---\n# Foo\n") == ["Foo"]


# --- whatever the text

words = st.lists(
    st.sampled_from(
        [
            "---",
            "--- ",
            "license: mit",
            "base_model:",
            "- acme/one",
            "  - x",
            "# Foo",
            "===",
            "```",
            "~~~",
            "<!--",
            "-->",
            "<h1>",
            "</h1>",
            "{a: b}",
            "",
            "x: [",
            "x: 'y",
            "\t",
            "a: &a [*a]",
            "<<: *x",
            "\ufeff",
            "\x0c",
            "\u2028",
            "模型",
            "#",
            "| a |",
            "key : value",
            "? a",
            "%TAG",
        ]
    ),
    max_size=25,
).map("\n".join)


@given(st.one_of(words, st.text(max_size=300), st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n")))
@example("---\n---")
@example("---\n\ud800\n---")
def test_no_text_makes_reading_fail_and_every_line_lies_in_the_file(text):
    card = read(text)
    last = text.count("\n") + 1
    places = [*card.lines.values(), *(line for _, line, _ in card.flaws), *(line for _, line in card.headings)]
    assert all(1 <= line <= last for line in places)
    assert 1 <= card.body_line <= last + 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# a" + " " * 1_500 + "b\n", id="a heading with a gap"),
        pytest.param("<h1>" * 20_000, id="headings that never close"),
        pytest.param("# " + "[a](" * 20_000, id="links that never close"),
        pytest.param("# " + "<a" * 20_000, id="tags that never close"),
        pytest.param("---\na\n" * 20_000, id="breaks without end"),
        pytest.param("<!--\n---\nlicense: x\n" * 5_000, id="comments without end"),
    ],
)
def test_hostile_text_is_read_in_no_time(text):
    begun = time.perf_counter()
    read(text)
    assert time.perf_counter() - begun < 1


def test_front_matter_in_the_code_block_that_a_file_begins_with_is_read_and_is_a_flaw():
    card = read_card("README.md", "```yaml\n---\nlicense: mit\n---\n```\n# Foo\n")
    assert (card.meta, [flaw[0] for flaw in card.flaws]) == ({"license": "mit"}, ["front-matter-fenced"])


def test_a_list_in_place_of_front_matter_is_one_flaw():
    card = read_card("README.md", "---\n- license: mit\n- base_model: acme/base\n---\n# Foo\n")
    assert [flaw[0] for flaw in card.flaws] == ["broken-front-matter"]


def test_front_matter_in_the_string_of_a_script_is_misplaced():
    card = read_card("README.md", 'card = """\n---\nlicense: mit\n---\n# Foo\n"""\n')
    assert (card.meta, [flaw[0] for flaw in card.flaws]) == ({"license": "mit"}, ["front-matter-misplaced"])


def test_a_template_that_nobody_filled_in_is_said_once():
    blank = "- **Developed by:** [More Information Needed]\n"
    assert [flaw[:2] for flaw in read_card("README.md", "---\nlicense: mit\n---\n" + blank * 12).flaws] == [("unfilled-card", 4)]
    assert read_card("README.md", "---\nlicense: mit\n---\n" + blank * 3).flaws == ()
