from __future__ import annotations

import pytest

from licensecheck.citations import quote_clauses
from licensecheck.facts.observed import CopySeen
from licensecheck.recognise.records import SectionSpan, TextMatch

TEXT = "THE ENGINE LICENCE\n\n1. You may drive.\n2. Give a copy\n   to whoever gets the engine.\n3. Stop at red lights.\n"


def copy(content=TEXT, sections=((1, 3, 3), (2, 4, 5), (3, 6, 6)), text="acme-open-1", source="LICENSE"):
    spans = tuple(SectionSpan(str(label), start, end) for label, start, end in sections)
    match = TextMatch(text, 1.0, 1, content.count("\n"), (), (), spans, True)
    values = {"license": "acme-open", "text": text, "source": source, "line": 1, "content": content, "match": match}
    return CopySeen(**{field: values.get(field, ()) for field in CopySeen._fields})


def finding(section="2", text="acme-open-1", kind="fail"):
    citation = {"text": text, "section": section, "url": None, "quote": None, "source": None, "line": None}
    return {"kind": kind, "citation": citation}


def quoted(item, *copies):
    quote_clauses([item], copies)
    citation = item["citation"]
    return citation["source"], citation["line"], citation["quote"]


def test_the_clause_is_quoted_as_the_users_own_file_has_it():
    assert quoted(finding(), copy()) == ("LICENSE", 4, "2. Give a copy to whoever gets the engine.")


@pytest.mark.parametrize("section", ["§2", "Section 2", "(2)"])
def test_a_section_is_found_however_it_is_written(section):
    assert quoted(finding(section), copy())[1] == 4


@pytest.mark.parametrize(
    ("item", "copies"),
    [
        (finding(), ()),
        (finding(text="acme-open-2"), (copy(),)),  # another text
        (finding(text=None), (copy(),)),
        (finding(section=None), (copy(),)),
        (finding(section="9"), (copy(),)),
        (finding(section="closing paragraph"), (copy(),)),
        (finding(kind="pass"), (copy(),)),  # nothing to prove
        (finding(kind="informational"), (copy(),)),
        (finding(kind="not-applicable"), (copy(),)),
    ],
)
def test_without_the_text_or_the_section_nothing_is_quoted(item, copies):
    assert quoted(item, *copies) == (None, None, None)


@pytest.mark.parametrize("kind", ["fail", "open", "review"])
def test_whatever_asks_for_something_is_quoted(kind):
    assert quoted(finding(kind=kind), copy())[2] is not None


def test_a_long_clause_is_cut_at_a_word():
    content = "1. " + "word " * 400
    quote = quoted(finding("1"), copy(content, ((1, 1, 1),)))[2]
    assert len(quote) <= 410
    assert quote.endswith("word …")


def test_a_quote_shows_no_control_characters():
    assert quoted(finding("1"), copy("1. red\x1b[31m\u202e lights", ((1, 1, 1),)))[2] == "1. red\\x1b[31m\\u202e lights"


def test_of_two_copies_in_the_folder_one_is_quoted():
    assert quoted(finding(), copy(source="a/LICENSE"), copy(source="b/LICENSE"))[0] in ("a/LICENSE", "b/LICENSE")
