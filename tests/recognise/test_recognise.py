"""What must not change an answer, and what must: laws over texts of our own."""

from __future__ import annotations

import html
import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.recognise import Fingerprints, TextMatch, recognise
from tests.recognise.conftest import PERMISSIVE, POLICY, TEXTS, agreement, fingerprints_of

PROSE = """\
# Juniper-Chat

A chat model grown from Juniper 2.0 for the public library of Farfield. It answers questions about opening hours in three languages.
The weights are lent under the Juniper Agreement; see https://hedge.example/juniper. Please write to the library with questions.
"""


def only(text: str, prints: Fingerprints) -> TextMatch:
    (match,) = recognise(text, prints)
    return match


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_itself_and_complete(name: str, prints: Fingerprints) -> None:
    match = only(TEXTS[name], prints)
    assert (match.text, match.score, match.altered_sections, match.missing_sections, match.complete) == (name, 1.0, (), (), True)


def rewrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), width, break_long_words=False) for part in re.split(r"\n\s*\n", text))


def as_html(text: str) -> str:
    return (
        "<html><head><title>x</title></head><body>"
        + "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n"))
        + "</body></html>"
    )


def as_gated_prompt(text: str) -> str:
    return (
        "---\nlicense: other\nextra_gated_prompt: >-\n"
        + textwrap.indent(text, "  ")
        + "extra_gated_fields:\n  Name: text\n---\n\n# A model\n"
    )


FAITHFUL = {
    "upper case": str.upper,
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "one line": lambda text: " ".join(text.split()),
    "curly quotes": lambda text: re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’"),
    "bold headings": lambda text: re.sub(r"(?m)^(\s*\w+)\. ([A-Z][^.]*)\.", r"\1\\. **\2**.", text),
    "quoted block": lambda text: textwrap.indent(text, "> ", lambda _: True),
    "linked address": lambda text: re.sub(r"https://[\w./]+\w", lambda match: f"[{match[0]}]({match[0]})", text),
    "html": as_html,
    "gated prompt": as_gated_prompt,
    "escaped line ends": lambda text: 'prompt: "' + text.replace('"', '\\"').replace("\n", "\\n") + '"',
    "full-width signs": lambda text: text.replace("(", "（").replace(")", "）").replace("a.", "ａ."),
    "notice appended": lambda text: text + "\nNOTICE\n\nThis product includes parts made by Example Corp.\nCopyright 2032 Example Corp.\n",
    "copyright line before": lambda text: "Copyright (c) 2032 Example Corp. All rights reserved.\n\n" + text,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("how", FAITHFUL)
def test_faithful_copies_are_not_altered(how: str, name: str, prints: Fingerprints) -> None:
    match = only(FAITHFUL[how](TEXTS[name]), prints)
    assert (match.text, match.altered_sections, match.missing_sections) == (name, (), ())


@settings(max_examples=40, deadline=None)
@given(width=st.integers(30, 200), indent=st.integers(0, 12), upper=st.booleans(), name=st.sampled_from(sorted(TEXTS)))
def test_wrapping_indenting_and_case_never_alter(width: int, indent: int, upper: bool, name: str, prints: Fingerprints) -> None:
    text = textwrap.indent(rewrapped(TEXTS[name], width), " " * indent)
    match = only(text.upper() if upper else text, prints)
    assert (match.text, match.complete) == (name, True)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(("juniper-2.0", "juniper-2.1", "meadow")))
def test_a_changed_word_is_never_accepted(data: st.DataObject, name: str, prints: Fingerprints) -> None:
    text = TEXTS[name]
    words = [match for match in re.finditer(r"\b[a-z]{4,}\b", text) if match.start() > text.index("\n\n") + 60]
    word = data.draw(st.sampled_from(words))
    match = only(text[: word.start()] + "pumpernickel" + text[word.end() :], prints)
    if "://" not in text[text.rfind(" ", 0, word.start()) : word.end()] and word[0] not in ("copyright", "holders", "authors"):
        assert match.text == name
        assert not match.complete


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=3000))
def test_any_text_has_an_answer(prints: Fingerprints, text: str) -> None:
    assert isinstance(recognise(text, prints), tuple)


def test_prose_and_links_are_none(prints: Fingerprints) -> None:
    assert recognise(PROSE, prints) == ()
    assert recognise("", prints) == ()
    assert recognise("Apache?\n", prints) == ()


def test_near_versions_are_told_apart_even_when_edited(prints: Fingerprints) -> None:
    for name in ("juniper-2.0", "juniper-2.1"):
        match = only(TEXTS[name].replace("as we see fit", "as the moon decides"), prints)
        assert (match.text, match.altered_sections) == (name, ("2",))


EDITS = [
    (("300 million", "300 thousand"), ("2",), ()),
    (("without any promise of fitness, title", "with a promise of fitness and title"), ("3",), ()),
    (("on its front page.", "on its front page. You may use the Orchard for research only."), ("1.b.i",), ()),
    ((" and nowhere else.", " and nowhere else. A fee of ten crowns is due each year."), ("7",), ()),
    (("    c. If you bring", "    c. You own the moon. If you bring"), ("5.c",), ()),
]


@pytest.mark.parametrize(("edit", "altered", "missing"), EDITS)
def test_edits_are_reported_in_their_section(
    edit: tuple[str, str], altered: tuple[str, ...], missing: tuple[str, ...], prints: Fingerprints
) -> None:
    match = only(agreement().replace(*edit), prints)
    assert (match.text, match.altered_sections, match.missing_sections, match.complete) == ("juniper-2.0", altered, missing, False)


@pytest.mark.parametrize("label", ["1.b.iii", "1.b.ii", "3", "5.b", "5.c", "6"])
def test_a_section_left_out_is_missing_and_nothing_else(label: str, prints: Fingerprints) -> None:
    text = agreement()
    span = next(span for span in only(text, prints).sections if span.label == label)
    lines = text.split("\n")
    match = only("\n".join(lines[: span.start_line - 1] + lines[span.end_line :]), prints)
    assert (match.altered_sections, match.missing_sections) == ((), (label,))


def test_a_text_cut_off_keeps_its_name_and_says_what_is_gone(prints: Fingerprints) -> None:
    text = agreement()
    match = only(text[: int(len(text) * 0.6)], prints)
    assert match.text == "juniper-2.0"
    assert {"5.a", "5.b", "5.c", "6", "7"} <= {*match.missing_sections}
    assert not match.complete


def test_a_restriction_inside_or_after_a_short_text_is_an_alteration(prints: Fingerprints) -> None:
    restriction = "Use in products that are sold is prohibited."
    inside = PERMISSIVE.replace("\n\nThe work", f" {restriction}\n\nThe work")
    after = f"{PERMISSIVE}\n{restriction}\n"
    for text in (inside, after):
        match = only(text, prints)
        assert (match.text, match.altered_sections, match.complete) == ("meadow", ("",), False)


def test_names_filled_in_and_titles_left_out_are_no_alteration(prints: Fingerprints) -> None:
    text = PERMISSIVE.replace("<year> <copyright holders>", "2031-2033 Ann Example and others").replace("The Meadow Licence\n\n", "")
    assert only(text, prints).complete
    assert only(PERMISSIVE.partition("holders>")[2], prints).complete


def test_two_licences_in_one_file_are_both_found_with_their_lines(prints: Fingerprints) -> None:
    first, second = recognise(agreement() + "\n" + POLICY, prints)
    assert (first.text, second.text) == ("juniper-2.0", "juniper-policy")
    assert first.complete
    assert second.complete
    lines = agreement().count("\n")
    assert (first.start_line, first.end_line) == (1, lines)
    assert second.start_line == lines + 2


def test_lines_are_those_of_the_file(prints: Fingerprints) -> None:
    text = f"# Heading\r\n\r\n{agreement()}"
    match = only(text, prints)
    lines = text.splitlines()
    for label, words in (("1.b.iii", "iii. Every copy"), ("2", "2. Large operators"), ("5.c", "c. If you bring")):
        span = next(span for span in match.sections if span.label == label)
        assert lines[span.start_line - 1].strip().startswith(words)


def test_input_beyond_the_limit_is_cut(prints: Fingerprints) -> None:
    match = only(agreement() + "\n" + "filler words without a meaning " * 20_000, prints)
    assert match.text == "juniper-2.0"
    assert recognise("filler " * 80_000 + agreement(), prints) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a " * 200_000,
        "<a " * 130_000,
        "<!--" * 100_000,
        "&" * 400_000,
        "http://a-\n" * 40_000,
        "(a) " * 100_000,
        "é" * 300_000,
        "\0" * 400_000,
    ],
    ids=["one word", "tags", "comments", "references", "addresses", "markers", "accents", "nul"],
)
def test_hostile_text_is_answered_at_once(text: str, prints: Fingerprints) -> None:
    from time import process_time

    start = process_time()
    assert recognise(text, prints) == ()
    assert process_time() - start < 2


# Two texts in one file, of which another version is printed as one text


@pytest.mark.parametrize("parts", [("juniper-2.0", "juniper-policy"), ("juniper-policy", "juniper-2.1"), ("juniper-2.1", "juniper-policy")])
def test_an_agreement_and_its_policy_are_two_texts_though_another_version_holds_both(parts: tuple[str, str], prints: Fingerprints) -> None:
    found = recognise("\n\n".join(TEXTS[part] for part in parts), prints)
    assert [(match.text, match.complete) for match in found] == [(part, True) for part in parts]


def test_an_altered_agreement_before_its_policy_is_still_that_agreement(prints: Fingerprints) -> None:
    first, second = recognise(agreement("2.0", "30") + "\n\n" + POLICY, prints)
    assert (first.text, first.altered_sections, second.text, second.complete) == ("juniper-2.0", ("2",), "juniper-policy", True)


def test_an_agreement_without_its_annexed_policy_is_a_copy_of_the_agreement(prints: Fingerprints) -> None:
    whole = TEXTS["juniper-1.0"]
    match = only(whole[: whole.index("Juniper Conduct Policy")], prints)
    assert (match.text, match.complete, match.missing_sections) == ("juniper-1.0", True, ())


def test_an_agreement_whose_annexed_policy_is_cut_lacks_sections(prints: Fingerprints) -> None:
    whole = TEXTS["juniper-1.0"]
    match = only(whole[: whole.index("3. Deceive")], prints)
    assert (match.text, match.complete, match.missing_sections[:1]) == ("juniper-1.0", False, ("annex.3",))


# Numbers


@pytest.mark.parametrize("users", ["30", "1,000", "299"])
def test_a_changed_number_is_said_as_it_was_and_is(users: str, prints: Fingerprints) -> None:
    match = only(agreement("2.0", users), prints)
    assert match.altered_sections == ("2",)
    assert [(change.label, change.was, change.now) for change in match.changes] == [("2", "300", users)]


def test_another_number_at_the_end_of_a_sentence_is_seen_and_another_list_mark_is_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    ended = TEXTS["juniper-2.0"].replace("every copy you keep.", "every copy you keep within 30.")
    found = fingerprints_of(tmp_path_factory.mktemp("figures"), {"juniper-3.0": ended})
    assert only(ended, found).complete
    assert only(rewrapped(ended, 50), found).complete
    changed = only(ended.replace("within 30.", "within 90."), found)
    assert (changed.altered_sections, changed.changes[0][2:]) == (("6",), ("30", "90"))
    assert only(ended.replace("7. Courts", "8. Courts"), found).complete


def test_another_date_in_the_title_counts_and_another_title_does_not(prints: Fingerprints) -> None:
    text = TEXTS["juniper-2.0"]
    assert only(text.replace("March 4, 2031", "March 9, 2033"), prints).altered_sections == ("",)
    assert only(text.replace("Juniper 2.0 Model Agreement\n", "Agreement\n", 1), prints).complete


def test_a_restriction_in_place_of_a_name_alters(prints: Fingerprints) -> None:
    match = only(PERMISSIVE.replace("nor the copyright holders answer", "nor anybody, and you may not sell it, answer"), prints)
    assert not match.complete
