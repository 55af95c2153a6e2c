"""Places in a licence text, by the ways people cite them."""

from __future__ import annotations

import pytest

from licensecheck.citations_layout import headed, items, lists, marked, paragraphs, sentences, under
from licensecheck.citations_places import Edition, Places
from licensecheck.recognise import SectionSpan, TextMatch
from licensecheck.recognise.numbering import outline

TEXT = """\
THE ENGINE TERMS

Whoever drives the Engine agrees to these terms, as they stand here today.

1. Grant. You may drive the Engine.

2. Duties. You shall (a) give a copy along; (b) show the plate; and (c) keep the log.

   i. The log is kept for a year.
   ii. It names the driver.

3. Bans. You must not:

* race,
* fight, or
* sell the Engine. Nor may you lend it.

Track Rules

Only members drive on the track. They drive slowly.

No **Night Driving.** At night the Engine rests, whatever the weather is like, and nobody drives it.

**Fuel**. You bring your own fuel, of a kind that suits the Engine and its age.

“Member” means whoever (a) has paid in full; or (b) is a guest of the house.
"""


def places(text=TEXT, **edition):
    lines = text.split("\n")
    starts = outline(lines, policy=False)
    ends = [*(start.line for start in starts[1:]), len(lines)]
    spans = tuple(SectionSpan(start.label, start.line + 1, end) for start, end in zip(starts, ends, strict=True))
    return Places(text, TextMatch("engine", 1.0, 1, len(lines), (), (), spans, True), Edition(**edition))


def found(citation, text=TEXT, **edition):
    """The words at all places of a citation in one line; None if one of them is not there."""
    stretches = [words for _, words in places(text, **edition).cited(citation)]
    return None if None in stretches else " ".join(" ".join(filter(None, stretches)).split())


@pytest.mark.parametrize(
    ("citation", "begins", "ends"),
    [
        ("1", "1. Grant.", "the Engine."),
        ("§ 2", "2. Duties.", "the driver."),
        ("2.i", "i. The log", "a year."),
        ("2, 1", "2. Duties.", "drive the Engine."),
        ("2.b", "(b) show", "and"),
        ("2, item b", "(b) show", "and"),
        ("2, items a and c", "(a) give", "the driver."),
        ("2, item ii", "ii. It names", "the driver."),
        ("3, item 2", "* fight", "or"),
        ("3, 3rd item", "* sell", "lend it."),
        ("3, 1st and 2nd item", "* race", "or"),
        ("3, last item", "* sell", "lend it."),
        ("3, last item, 2nd sentence", "Nor may", "lend it."),
        ("1, 2nd sentence", "You may drive", "the Engine."),
        ("preamble", "THE ENGINE TERMS", "today."),
        ("1st paragraph", "Whoever drives", "today."),
        ("last paragraph", "“Member”", "house."),
        ("last paragraph but one", "**Fuel**", "age."),
        ("Track Rules", "Track Rules", "house."),
        ("track rules, 1st sentence", "Track Rules", "track."),
        ("Fuel, Track Rules", "**Fuel**", "house."),
        ("Fuel", "**Fuel**", "age."),
        ("Track Rules, Fuel", "**Fuel**", "age."),
        ("paragraph “Fuel”", "**Fuel**", "age."),
        ("“Member”", "“Member” means", "house."),
        ("“Member”, item b", "(b) is", "house."),
        ("“Member”, b", "(b) is", "house."),
        ("3, README of the publisher", "3. Bans.", "house."),
    ],
)
def test_a_place_is_found_as_people_cite_it(citation, begins, ends):
    words = found(citation)
    assert words is not None
    assert words.startswith(begins)
    assert words.endswith(ends)


@pytest.mark.parametrize(
    "citation",
    [
        "4",
        "2.d",
        "2, item d",
        "3, item 4",
        "Pit Rules",
        "Track",
        "Member means",
        "3rd sentence of it",
        "“Guest”",
        "1, 5th sentence",
        "9, Fuel",
    ],
)
def test_what_the_text_does_not_show_is_not_found(citation):
    assert found(citation) is None


def test_what_stands_elsewhere_is_not_looked_for():
    assert places().cited("README of the publisher") == []


NUMBERLESS = """\
Terms
Rights
    You may drive:
        by day;
        by night.
    You may park.
Duties
    You shall say:
    “I drive the Engine.”
    You shall not race.
Marks
    None. a. Names. No names. b. Plates. No plates.
"""
HEADINGS = ("Rights", "Duties", "Marks")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("1.1", "You may drive: by day; by night."),
        ("1.1.2", "by night."),
        ("1.1.ii", "by night."),
        ("i.1.b", "by night."),
        ("1.2", "You may park."),
        ("2.1", "You shall say: “I drive the Engine.”"),
        ("2.2", "You shall not race."),
        ("3.b", "b. Plates. No plates."),
        ("iii.b", "b. Plates. No plates."),
    ],
)
def test_what_has_no_number_is_counted_by_headings_and_indentation(label, words):
    assert found(label, NUMBERLESS, counted=True, headings=HEADINGS) == words


@pytest.mark.parametrize("label", ["4", "1.3", "1.1.3", "2.1.1", "3.c"])
def test_nothing_is_counted_that_is_not_there(label):
    assert found(label, NUMBERLESS, counted=True, headings=HEADINGS) is None


def test_nothing_is_counted_unless_the_edition_says_so():
    assert found("1", NUMBERLESS) is None


def test_headings_are_found_within_lines_too():
    running = "The Terms. Words. Rights. You may drive. Duties. Say 4.2 Speed. Marks. None. PART TWO Fuel. 4.1 Kinds. Any. 4.2 Price. None."
    headings = ("Rights", "Duties", "Marks", "Fuel")
    assert found("2", running, counted=True, headings=headings) == "Duties. Say 4.2 Speed."
    assert found("4.2", running, counted=True, headings=headings) == "4.2 Price. None."
    assert places(running, counted=True, headings=("Rights", "Marks", "Duties")).misplaced_heading() == "Duties"


@pytest.mark.parametrize(
    ("stretch", "count"),
    [
        ("You must not:\nrace;\nfight; and\nsleep.", 3),
        ("You must not:\nrace around the track at any\nspeed; fight with\nanybody else; sleep\nat the wheel, or eat.", 3),
        ("You must not:\n\nrace around\nthe track;\n\nfight with\nothers.", 2),
        ("You must not:\n\nrace;\nfight;\n\nsleep;\neat.", 4),
        ("Bans\n- race\n- fight\n  - much\n- sleep", 3),
        ("Bans\n    race\n        much\n    fight", 2),
        ("None of this is a list.", 0),
        ("", 0),
    ],
)
def test_items_are_what_the_layout_shows(stretch, count):
    assert len(items(stretch)) == count


@pytest.mark.parametrize(
    ("stretch", "sign", "begins"),
    [
        ("x: (a) one; (b) two", "b", "(b) two"),
        ("x. a. One. b. Two. c. Three.", "b", "b. Two. "),
        ("x:\na) one\nb) two", "b", "b) two"),
        ("x (i) one, (ii) two, (iii) three, (iv) four, (v) five", "v", "(v) five"),
        ("a. A\nb. B\nc. C\nd. D\ne. E\nf. F\ng. G\nh. H\ni. I", "i", "i. I"),
        ("4.1 One. See Section 4.2 Here. 4.2 Two.", "2", None),
    ],
)
def test_a_mark_is_found_after_those_before_it(stretch, sign, begins):
    words = marked(stretch, sign)
    assert words is None if begins is None else words is not None and words.startswith(begins)


def test_a_sign_of_copyright_is_no_mark():
    assert marked("(a) one, (b) “Copyright (c) Acme”, (c) three", "c") == "(c) three"


@pytest.mark.parametrize("stretch", ["see section 4(b) above", "b. alone", "as in (c) (a)"])
def test_a_mark_without_those_before_it_is_none(stretch):
    assert marked(stretch, "b") is None


def test_the_first_item_may_alone_have_lost_its_mark():
    text = "1. Rights\nYou may drive.\nb. You may park.\nc. You may stop.\n"
    assert found("1.a", text, counted=True) == "a. You may drive."
    assert found("1.b", text, counted=True) == "b. You may park."
    assert found("1.d", text, counted=True) is None
    assert found("1.b", text) is None
    assert found("1.a", text.replace("b. ", ""), counted=True) is None


def test_lists_paragraphs_and_sentences_are_counted_in_their_order():
    text = "You may:\na) drive\n\nYou must not:\na) race\n"
    assert [part.split("\n")[0] for part in lists(text)] == ["You may:", "You must not:"]
    assert (
        len(
            paragraphs(
                "A Title\n\nCopyright (c) 2024 by those who made the Engine and its parts\n\nYou may drive it as long as the sun is up."
            )
        )
        == 1
    )
    assert len(sentences("One sentence is as long as this. Two e.g. in part. “Three.” Four")) == 4
    assert sentences("一。二。") == ["一。", "二。"]


@pytest.mark.parametrize(
    ("text", "words", "is_there"),
    [
        ("# Fuel\nx", "fuel", True),
        ("Fuel\n----\nx", "Fuel", True),
        ("**2\\. Fuel.** x", "Fuel", True),
        ("Fuel: x", "Fuel", True),
        ("第一部分：序言\n一", "第一部分", True),
        ("Fuel is dear", "Fuel", False),
        ("The Fuel. x", "Fuel", False),
    ],
)
def test_a_heading_is_a_line_or_the_title_of_one(text, words, is_there):
    assert (headed(text, words) is not None) is is_there


def test_a_heading_reaches_to_the_next():
    text = "# One\n\nx\n\n# Two\n\ny\n"
    place = headed(text, "One")
    assert place is not None
    assert under(text, *place) == "# One\n\nx\n\n"


def test_titles_of_paragraphs_end_no_underlined_heading():
    text = "One\n---\n\n**Two.** x y z\n\nThree\n-----\n"
    place = headed(text, "One")
    assert place is not None
    assert under(text, *place) == "One\n---\n\n**Two.** x y z\n\n"
