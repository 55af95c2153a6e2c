from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.values import Figure, Interval, all_of, any_of, negate

kleene = st.sampled_from([True, False, None])
numbers = st.integers(-20, 20)


def lists():
    return st.lists(kleene, max_size=5)


@st.composite
def intervals(draw):
    """Intervals that hold at least one number."""
    low, high = sorted((draw(numbers), draw(numbers)))
    bounds = draw(st.sampled_from([(low, high), (low, None), (None, high), (None, None), (low, low)]))
    closed = bounds[0] is not None and bounds[0] == bounds[1]
    return Interval(*bounds, *((False, False) if closed else (draw(st.booleans()), draw(st.booleans()))))


def holds(interval, number):
    above = interval.low is None or number > interval.low or (number == interval.low and not interval.low_open)
    below = interval.high is None or number < interval.high or (number == interval.high and not interval.high_open)
    return above and below


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_unknown_is_its_own_opposite(value, opposite):
    assert negate(value) is opposite


@given(lists())
def test_a_conjunction_is_false_with_one_false_and_true_with_all_true(values):
    expected = False if False in values else None if None in values else True
    assert all_of(values) is expected


@given(lists())
def test_a_disjunction_is_true_with_one_true_and_false_with_all_false(values):
    expected = True if True in values else None if None in values else False
    assert any_of(values) is expected


@given(lists())
def test_de_morgan_holds_for_three_values(values):
    assert negate(all_of(values)) is any_of(negate(value) for value in values)
    assert negate(any_of(values)) is all_of(negate(value) for value in values)


@given(lists(), st.randoms())
def test_order_and_grouping_do_not_matter(values, random):
    shuffled = [*values]
    random.shuffle(shuffled)
    for join in (all_of, any_of):
        assert join(shuffled) is join(values)
        assert join([join(values[:2]), join(values[2:])]) is join(values)


@pytest.mark.parametrize("join", [all_of, any_of])
@given(values=lists())
def test_learning_a_value_never_turns_a_result_around(join, values):
    before = join(values)
    unknown = [index for index, value in enumerate(values) if value is None]
    results = set()
    for answers in itertools.product([True, False], repeat=len(unknown)):
        known = [*values]
        for index, answer in zip(unknown, answers, strict=True):
            known[index] = answer
        results.add(join(known))
    assert before is None or results == {before}
    assert before is not None or results == {True, False}  # unknown only where both are still possible


@pytest.mark.parametrize(
    ("interval", "above", "at_least"),
    [
        (Interval.exactly(700), False, True),  # "greater than 700" is not met by 700
        (Interval.exactly(701), True, True),
        (Interval.exactly(699), False, False),
        (Interval(high=700, high_open=True), False, False),
        (Interval(high=700), False, None),
        (Interval(low=700), None, True),
        (Interval(low=700, low_open=True), True, True),
        (Interval(low=600), None, None),
        (Interval(600, 800), None, None),
        (Interval(), None, None),
    ],
)
def test_bounds_decide_a_limit_when_they_can(interval, above, at_least):
    assert interval.above(700) is above
    assert interval.at_least(700) is at_least


@given(intervals(), numbers)
def test_an_interval_answers_for_every_number_in_it(interval, limit):
    inside = [step / 2 for step in range(-90, 91) if holds(interval, step / 2)]
    for answer, test in ((interval.above(limit), lambda n: n > limit), (interval.at_least(limit), lambda n: n >= limit)):
        assert answer is None or all(test(number) is answer for number in inside)


@given(intervals(), numbers)
def test_an_interval_is_undecided_only_when_it_holds_numbers_on_both_sides(interval, limit):
    inside = [step / 2 for step in range(-90, 91) if holds(interval, step / 2)]
    if interval.above(limit) is None:
        assert {number > limit for number in inside} == {True, False}
    if interval.at_least(limit) is None:
        assert {number >= limit for number in inside} == {True, False}


@given(intervals(), numbers)
def test_what_is_above_a_limit_is_at_least_the_limit(interval, limit):
    assert interval.above(limit) is not True or interval.at_least(limit) is True
    assert interval.at_least(limit) is not False or interval.above(limit) is False


@given(numbers, numbers)
def test_a_known_number_is_never_undecided(number, limit):
    assert Interval.exactly(number).above(limit) is (number > limit)
    assert Interval.exactly(number).at_least(limit) is (number >= limit)


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval.exactly(1_000_000), "1,000,000"),
        (Interval(high=700, high_open=True), "<700"),
        (Interval(high=700), "<=700"),
        (Interval(low=5, low_open=True), ">5"),
        (Interval(5, 10), ">=5 and <=10"),
        (Interval(), "unknown"),
    ],
)
def test_an_interval_reads_as_it_was_written(interval, shown):
    assert str(interval) == shown


def test_the_latest_figure_is_the_undated_one_else_that_of_the_last_month():
    months = {"2024-06": Interval.exactly(5), "2023-12": Interval.exactly(9)}
    assert Figure(None, months, "users").latest == Interval.exactly(5)
    assert Figure(Interval.exactly(7), months, "users").latest == Interval.exactly(7)
    assert Figure(None, {}, "users").latest is None
