from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.knowledge.registry import by_organisation, find, matches, organisation_of


def row(name, license_id="mit", **more):
    return {"id": name, "license": license_id, **more}


def license_of(rows, name, on=None):
    found = find(by_organisation(rows).get(organisation_of(name), ()), name, on)
    return found["license"] if found else None


def test_an_exact_id_beats_a_pattern_wherever_it_stands():
    rows = [row("acme/base-*", "mit"), row("acme/base-7b", "apache-2.0")]
    assert license_of(rows, "acme/base-7b") == "apache-2.0"
    assert license_of(rows[::-1], "acme/base-7b") == "apache-2.0"
    assert license_of(rows, "acme/base-13b") == "mit"


def test_of_the_patterns_the_one_with_most_letters_wins():
    rows = [row("acme/*", "mit"), row("acme/base-7b*", "apache-2.0"), row("acme/base*", "cc-by-4.0")]
    assert license_of(rows, "acme/base-7b-chat") == "apache-2.0"
    assert license_of(rows, "acme/base-13b") == "cc-by-4.0"
    assert license_of(rows, "acme/other") == "mit"


def test_ids_are_compared_without_case():
    rows = [row("Acme/Base-7B"), row("Acme/Tiny-*", "apache-2.0")]
    assert license_of(rows, "acme/BASE-7b") == "mit"
    assert license_of(rows, "ACME/tiny-1b") == "apache-2.0"


@pytest.mark.parametrize("name", ["acme/base-7b-chat", "other/base-7b", "base-7b", "acme/", "acme", ""])
def test_what_no_row_covers_is_not_found(name):
    assert license_of([row("acme/base-7b"), row("acme/tiny-*")], name) is None


def test_a_pattern_stays_within_its_organisation():
    assert license_of([row("acme/*")], "acme-labs/x") is None


DATED = [
    row("acme/base", "first", until="2024-01-10"),
    row("acme/base", "second", **{"from": "2024-01-10", "until": "2025-06-01"}),
    row("acme/base", "third", **{"from": "2025-06-01"}),
]


@pytest.mark.parametrize(
    ("on", "license_id"),
    [
        ("2023-01-01", "first"),
        ("2024-01-09", "first"),
        ("2024-01-10", "second"),  # `from` is inclusive, `until` exclusive
        ("2025-05-31", "second"),
        ("2025-06-01", "third"),
        ("2030-01-01", "third"),
        (None, "third"),  # no date is known: the row without an end
    ],
)
def test_the_row_of_the_date_counts(on, license_id):
    assert license_of(DATED, "acme/base", on) == license_id
    assert license_of(DATED[::-1], "acme/base", on) == license_id
    patterns = [{**one, "id": "acme/b*"} for one in DATED]
    assert license_of(patterns, "acme/base", on) == license_id


def test_before_the_first_row_nothing_is_known():
    assert license_of(DATED[2:], "acme/base", "2020-01-01") is None


def test_where_every_row_has_ended_the_row_of_no_date_is_still_one_of_them():
    assert license_of(DATED[:2], "acme/base") in {"first", "second"}


def test_a_wider_pattern_serves_where_the_narrow_one_was_not_in_force():
    rows = [row("acme/base-*", "narrow", **{"from": "2025-01-01"}), row("acme/*", "wide")]
    assert license_of(rows, "acme/base-7b", "2024-01-01") == "wide"
    assert license_of(rows, "acme/base-7b", "2025-01-01") == "narrow"


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("acme/base", "acme/base", True),
        ("acme/base", "acme/base-7b", False),
        ("acme/base*", "acme/base", True),
        ("acme/*-chat", "acme/7b-chat", True),
        ("acme/*-chat", "acme/7b-chat-v2", False),
        ("acme/*chat*chat", "acme/chat", False),  # the two parts may not share letters
        ("acme/*a*a*", "acme/xaxa", True),
        ("acme/**", "acme/x", True),
        ("*", "", True),
    ],
)
def test_a_star_stands_for_any_letters(pattern, name, covered):
    assert matches(pattern, name) is covered


def by_dynamic_programming(pattern, name):
    """The meaning of `*`, spelt out letter by letter."""
    reach = [True] + [False] * len(name)
    for letter in pattern:
        after = [False] * (len(name) + 1)
        for end in range(len(name) + 1):
            if letter == "*":
                after[end] = reach[end] or (end > 0 and after[end - 1])
            elif end and letter == name[end - 1]:
                after[end] = reach[end - 1]
        reach = after
    return reach[-1]


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_matching_means_what_the_star_means(pattern, name):
    assert matches(pattern, name) is by_dynamic_programming(pattern, name)


def test_matching_takes_linear_time_whatever_the_pattern():
    started = time.perf_counter()
    assert not matches("acme/" + "*a" * 2_000 + "b", "acme/" + "a" * 50_000)
    assert time.perf_counter() - started < 1
