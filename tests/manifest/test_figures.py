from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.manifest.figures import count, day, money, month, period
from licensecheck.manifest.wrong import Wrong
from licensecheck.values import Figure, Interval


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        (0, Interval.exactly(0)),
        (2_000_000, Interval.exactly(2_000_000)),
        (2e6, Interval.exactly(2_000_000)),
        ("10000000", Interval.exactly(10_000_000)),
        ("10,000,000", Interval.exactly(10_000_000)),
        ("10_000_000", Interval.exactly(10_000_000)),
        ("<10000000", Interval(high=10_000_000, high_open=True)),
        ("<= 10,000,000", Interval(high=10_000_000)),
        ("≤10", Interval(high=10)),
        (">5", Interval(low=5, low_open=True)),
        (">=5", Interval(low=5)),
        ("5000-10000", Interval(5000, 10000)),
        ("5,000 – 10,000", Interval(5000, 10000)),
    ],
)
def test_a_count_is_a_number_a_bound_or_a_range(value, interval):
    assert count(value, "users") == Figure(interval, {}, "users")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-1, "can't be negative"),
        ("-1", "can't be negative"),
        ("<-1", "can't be negative"),
        (1.5, "must be a whole number"),
        ("1.5", "must be a whole number"),
        (float("nan"), "too large or not a number"),
        (float("inf"), "too large or not a number"),
        (10**19, "too large"),
        ("10 million", 'is "10 million"; write it in digits: 10000000'),
        ("2.5M", "write it in digits: 2500000"),
        ("700m", "write it in digits: 700000000"),
        ("<10k", "write it in digits: 10000"),
        ("1亿", "write it in digits: 100000000"),
        ("10-5", "a range from more to less"),
        ("1,00", ""),
        ("12e3", ""),
        ("a lot", ""),
        ("", ""),
        ("<", ""),
        ("10 USD", ""),
        (True, ""),
        ([], ""),
        ({}, ""),
        ({"latest": True}, ""),
        ({"2024": 5}, "names its"),
        ({"2024-13": 5}, 'names "2024-13", which is not a month'),
    ],
)
def test_what_is_not_a_count_is_told(value, message):
    with pytest.raises(Wrong) as caught:
        count(value, "users")
    assert message.replace("names its", "name its last month, 2024-12") in str(caught.value)


def test_counts_by_month_have_a_latest_of_their_own():
    figure = count({"latest": 2_000_000, "2024-06": "1500000", "2024-05": "<9"}, "users")
    assert figure.undated == Interval.exactly(2_000_000)
    assert list(figure.months) == ["2024-05", "2024-06"]
    assert count({"2024-06": 1}, "users").undated is None


CODES = "EUR USD"


@pytest.mark.parametrize(
    ("value", "interval", "unit"),
    [
        ("80000000 USD", Interval.exactly(80_000_000), "USD"),
        ("80,000,000 usd", Interval.exactly(80_000_000), "USD"),
        ("<1000000 EUR", Interval(high=1_000_000, high_open=True), "EUR"),
        ("12.50 EUR", Interval.exactly(12.5), "EUR"),
        ("5-10 EUR", Interval(5, 10), "EUR"),
        ("0 USD", Interval.exactly(0), "USD"),
    ],
)
def test_an_amount_has_a_currency(value, interval, unit):
    assert money(value, CODES) == Figure(interval, {}, unit)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (80000000, "has no currency; write for example 80000000 USD"),
        ("80000000", ""),
        ("80000000 XYZ", 'names "XYZ", which is not a currency code'),
        ("80 million USD", "write it in digits: 80000000"),
        ("-5 USD", "can't be negative"),
        ("$5", ""),
        ("USD", ""),
        (True, ""),
        (None, ""),
        ({}, ""),
        ({"2024-06": "1 USD", "latest": "1 EUR"}, "mixes currencies (EUR, USD)"),
    ],
)
def test_what_is_not_an_amount_is_told(value, message):
    with pytest.raises(Wrong) as caught:
        money(value, CODES)
    assert message in str(caught.value)


def test_days_months_and_periods():
    assert day("2026-11-30") == day(datetime.date(2026, 11, 30)) == day(datetime.datetime(2026, 11, 30, 5)) == datetime.date(2026, 11, 30)
    assert month("2024-12") == "2024-12"
    assert period("2025-01/2025-06") == ("2025-01", "2025-06")
    assert period("2025-01-05 / 2025-02") == ("2025-01-05", "2025-02")
    assert period("2025-03") == ("2025-03", "2025-03")
    assert period(datetime.date(2025, 3, 1)) == ("2025-03-01", "2025-03-01")


@pytest.mark.parametrize("value", ["2026-11", "30.11.2026", "2026-02-30", "20261130", "2026-W48-1", "yesterday", 20261130, None, True])
def test_what_is_not_a_day_is_wrong(value):
    with pytest.raises(Wrong):
        day(value)


@pytest.mark.parametrize("value", ["2025-06/2025-01", "2025-02-05/2025-01", "2025", "2025-01/2025-02/2025-03", "/", "", "2025-1", 2025, []])
def test_what_is_not_a_period_is_wrong(value):
    with pytest.raises(Wrong):
        period(value)


@given(st.integers(0, 10**18))
def test_a_number_means_the_same_however_it_is_written(number):
    expected = count(number, "users")
    assert count(str(number), "users") == count(f"{number:,}", "users") == count(f"{number:_}", "users") == expected


SCALAR = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.dates(), st.lists(st.integers(), max_size=2)
)
NEARLY = st.text("0123456789<>=-–,._ kMUSDE/亿", max_size=12)


@given(
    st.one_of(
        SCALAR, NEARLY, st.dictionaries(st.one_of(NEARLY, st.just("latest"), st.just("2024-06")), st.one_of(SCALAR, NEARLY), max_size=3)
    )
)
def test_anything_is_a_figure_or_wrong(value):
    for read in (lambda: count(value, "users"), lambda: money(value, CODES), lambda: day(value), lambda: period(value)):
        with contextlib.suppress(Wrong):
            read()
