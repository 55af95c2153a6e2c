"""Licence expressions as people write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.expressions import MOST_ALTERNATIVES, Term, parse, together, written

IDS = {name: name for name in ("foo", "bar", "baz", "foo++", "foo licence", "gnu-1")} | {"gnu-1-only": "gnu-1", "gnu-1-or-later": "gnu-1"}


def resolve(name: str) -> str | None:
    return IDS.get(name.lower())


def alternatives(text: str) -> list[list[str]]:
    return [[term.license for term in each] for each in parse(text, resolve).alternatives]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foo", [["foo"]]),
        ("Foo OR Bar", [["foo"], ["bar"]]),
        ("foo or bar", [["foo"], ["bar"]]),  # small letters, where every name is known
        ("foo and bar", [["foo", "bar"]]),
        ("Foo OR Bar AND Baz", [["foo"], ["bar", "baz"]]),  # AND binds tighter
        ("(Foo OR Bar) AND Baz", [["foo", "baz"], ["bar", "baz"]]),
        ("(Foo AND Bar) OR Baz", [["foo", "bar"], ["baz"]]),
        ("((Foo))", [["foo"]]),
        ("Foo AND Foo", [["foo"]]),
        ("LicenseRef-x OR Foo", [["LicenseRef-x"], ["foo"]]),
        ("DocumentRef-y:LicenseRef-x AND Foo", [["DocumentRef-y:LicenseRef-x", "foo"]]),
        ("foo++ OR Bar", [["foo++"], ["bar"]]),  # the signs are part of the name
        ("Foo Licence OR a/b", [["foo licence"], ["a/b"]]),  # names may hold blanks and slashes
        ("Foo OR\n  Bar", [["foo"], ["bar"]]),
        ("free for research and education", [["free for research and education"]]),  # prose
        ("Foo with attribution", [["Foo with attribution"]]),
        ("custom (see LICENSE)", [["custom (see LICENSE)"]]),
        ("", [[""]]),
    ],
)
def test_an_expression_offers_alternatives_whose_terms_apply_together(text: str, expected: list[list[str]]) -> None:
    assert alternatives(text) == expected


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("gnu-1", Term("gnu-1", True)),
        ("GNU-1-only", Term("gnu-1", True, False)),
        ("GNU-1-or-later", Term("gnu-1", True, True)),
        ("gnu-1+", Term("gnu-1", True, True)),
        ("foo++", Term("foo++", True)),
        ("gnu-1-only WITH Odd-exception-2.0", Term("gnu-1", True, False, "Odd-exception-2.0")),
        ("Nobody-1.0", Term("Nobody-1.0", False)),
    ],
)
def test_a_term_keeps_versions_and_exception(text: str, term: Term) -> None:
    assert parse(text, resolve).terms == (term,)


def test_a_term_is_written_as_spdx_writes_it() -> None:
    spdx = {"gnu-1": "GNU-1-only", "foo": "Foo"}.__getitem__
    terms = [Term("gnu-1", True), Term("gnu-1", True, True), Term("gnu-1", True, False, "E-1"), Term("foo", True)]
    assert [written(term, spdx) for term in terms] == ["GNU-1-only", "GNU-1-or-later", "GNU-1-only WITH E-1", "Foo"]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Foo OR", "OR stands between two licences"),
        ("AND", "AND stands between two licences"),
        ("Foo AND OR Bar", "AND stands between two licences"),
        ("(Foo OR Bar", "a bracket is not closed"),
        ("Foo OR Bar)", "a bracket closes that nothing opened"),
        ("Foo) OR (Bar", "a bracket closes that nothing opened"),
        ("Foo OR ()", "its brackets hold nothing"),
        ("()", "its brackets hold nothing"),
        ("(Foo OR Bar) (Baz)", "AND or OR is missing between two licences"),
        ("Foo WITH (Bar OR Baz)", "WITH stands between a licence and one exception"),
        ("Foo WITH a WITH b", "WITH stands between a licence and one exception"),
        ("(Foo OR Bar) WITH Baz", "WITH stands between a licence and one exception"),
    ],
)
def test_what_is_no_expression_says_why_in_one_line(text: str, flaw: str) -> None:
    found = parse(text, resolve)
    assert (found.flaw, found.alternatives) == (flaw, ())


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000 + "Foo" + ")" * 100_000,
        "(" * 100_000,
        "(" * 900 + "Foo" + ")" * 900,
        "Foo OR " * 50_000 + "Foo",
        "x" * 1_000_000,
        " AND ".join(f"(A{n} OR B{n})" for n in range(9)),
        " OR ".join(f"A{n}" for n in range(100)),
        "Foo WITH " * 200 + "Foo",
        "\x00(\u202e OR \n" * 1_000,
    ],
)
def test_hostile_expressions_are_bounded_and_end_in_one_line(text: str) -> None:
    start = time.process_time()
    found = parse(text, resolve)
    assert time.process_time() - start < 1
    assert found.flaw
    assert len(found.flaw) < 100
    assert len(found.text) < 200


def test_the_licences_of_a_list_all_apply() -> None:
    found = together(["foo", "Bar OR Baz"], resolve)
    assert [[term.license for term in each] for each in found.alternatives] == [["foo", "bar"], ["foo", "baz"]]
    assert found.text == "foo AND (Bar OR Baz)"
    assert together(["Foo OR", "bar"], resolve).flaw == "OR stands between two licences"
    assert together(["foo"] * 1_000, resolve).flaw


PIECES = st.sampled_from(["A", "B", "(", ")", "+", "-", " ", "\n", "\0", ",", " AND ", " OR ", " WITH ", "Foo", "LicenseRef-", "\u8a31"])


@given(st.lists(PIECES, max_size=80).map("".join))
def test_no_text_makes_it_raise(text: str) -> None:
    found = parse(text, resolve)
    assert bool(found.flaw) is not bool(found.alternatives)
    assert len(found.alternatives) <= MOST_ALTERNATIVES


NAMES = st.sampled_from(["Foo", "Bar", "Baz", "gnu-1-or-later", "LicenseRef-x"])
TREES = st.recursive(NAMES, lambda inner: st.tuples(st.sampled_from(["AND", "OR"]), inner, inner), max_leaves=6)


def spelt(tree: object) -> str:
    return tree if isinstance(tree, str) else f"({spelt(tree[1])} {tree[0]} {spelt(tree[2])})"  # type: ignore[index]


def met(tree: object, held: frozenset[str]) -> bool:
    if isinstance(tree, str):
        return tree in held
    one, other = (met(branch, held) for branch in tree[1:])  # type: ignore[index]
    return (one and other) if tree[0] == "AND" else (one or other)  # type: ignore[index]


@given(TREES, st.frozensets(NAMES))
def test_alternatives_mean_what_the_expression_means(tree: object, held: frozenset[str]) -> None:
    found, ids = parse(spelt(tree), resolve), {resolve(name) or name for name in held}
    assert any(all(term.license in ids for term in each) for each in found.alternatives) is met(tree, held)
