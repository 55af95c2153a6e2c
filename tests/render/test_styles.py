"""Escaping, mark-up by mark-up: a value shows as it is, and is nothing but text to another's parser."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from licensecheck.errors import UsageError
from licensecheck.render.markdown import plain
from licensecheck.render.notices.styles import STYLES, style_for
from tests.render import marked_up

PIECES = (
    "<script>alert(1)</script>", "<!--", "-->", "]]>", "&amp;", "{{ x }}", "{% x %}", "\\input{/etc/passwd}", "\\end{document}", "$x$",
    "%", "~", "^", "``", "`x`_", "|x|", "_x_", "__", "*x*", "**x**", "x_", "[1]_", ".. raw:: html", ".. include:: /etc/passwd", "::",
    ":x: y", "- x", "1. x", "(a) x", "A. x", "#. x", "--x", "-x", "/V", ">>> x", "====", "----", "| x", "[a](b)", "![a](b)",
    "http://x.y", "https://x.y/z_", "www.x.y", "a@b.c", "mailto:a@b", "javascript:x", "# x", "## x", "+ x", "> x", "~~~", "a  b", "\t",
    "\n", "\r\n", "\u001b[0m", "\u202e", "模型", "©", "\\", "\"", "'", "''", ",,",
)  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=1, max_size=5).map(
    "".join
)
shown = hostile.filter(lambda value: plain(value) != "")


@settings(max_examples=120, deadline=None)
@given(shown)
@example("a_ *b")
@example("x::")
@example("\\\\")
@example("\\\\\\\\\\")
@example("(i) x")
def test_rst_shows_the_value_wherever_it_stands(value: str) -> None:
    text = STYLES["rst"].value(value)
    for document in (f"{text}\n", f"- {text}\n\nand {text} after\n", f"   {text}\n"):
        tree = marked_up.rst(document)
        assert marked_up.rst_flaws(tree) == []
        assert plain(value) in " ".join(tree.astext().split("\n"))
        assert list(tree.findall(nodes.reference)) == list(tree.findall(nodes.target)) == list(tree.findall(nodes.section)) == []


@settings(max_examples=120, deadline=None)
@given(shown)
def test_markdown_shows_the_value_wherever_it_stands(value: str) -> None:
    text = STYLES["markdown"].value(value)
    for document in (f"{text}\n", f"- {text}\n", f"and {text} after\n", f"> {text}\n"):
        assert plain(value) in marked_up.markdown_text(document)
        kinds = {token.type for token in marked_up.markdown(document)}
        assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special", *LISTS}


LISTS = ("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "blockquote_open", "blockquote_close")


@settings(max_examples=120, deadline=None)
@given(shown)
def test_html_shows_the_value_as_text_and_as_attribute(value: str) -> None:
    text = STYLES["html"].value(value)
    seen = marked_up.Seen(f'<p title="{text}">{text}</p>')
    assert seen.tags == [("p", (("title", plain(value)),))]
    assert seen.text == plain(value)


@settings(max_examples=120, deadline=None)
@given(shown)
@example("a--b ,, '' \\input{x} 100% #1 & _ ^ ~ $")
def test_latex_shows_the_value_as_text(value: str) -> None:
    text = STYLES["latex"].value(value)
    seen = marked_up.Latex(text)
    assert (seen.odd, seen.environments) == ([], [])
    assert seen.text == plain(value)
    bare = re.sub(r"\\(?:[{}$&#%_]|text[a-z]+\{\})", "", text).replace("{}", "")
    assert not set("\\{}$&#%_^~`<>|") & set(bare)


@settings(max_examples=60, deadline=None)
@given(shown)
def test_text_is_one_printable_line(value: str) -> None:
    assert STYLES["text"].value(value).isprintable()


@settings(max_examples=60, deadline=None)
@given(hostile)
@pytest.mark.parametrize("style", sorted(STYLES))
def test_address_is_only_linked_where_it_is_an_ordinary_one(style: str, value: str) -> None:
    written = STYLES[style].finish(STYLES[style].address(f"https://x.example/{value}"))
    assert "\x00" not in written
    assert "\n" not in written
    if not re.fullmatch(r"[A-Za-z0-9./:=?_-]*", value):
        assert "<https" not in written
        assert "href" not in written


@pytest.mark.parametrize("style", sorted(STYLES))
def test_required_words_are_never_cut(style: str) -> None:
    assert STYLES[style].words("word " * 2000).count("word") == 2000


@pytest.mark.parametrize(
    ("file", "style"), [("a.md", "markdown"), ("b/c.RST", "rst"), ("x.tex", "latex"), ("x.htm", "html"), ("README", "text")]
)
def test_mark_up_goes_by_the_name_of_the_file(file: str, style: str) -> None:
    assert style_for(file).name == style


def test_file_of_no_known_mark_up_is_bad_usage() -> None:
    with pytest.raises(UsageError, match=r"\.docx: no mark-up is known"):
        style_for("report.docx")
