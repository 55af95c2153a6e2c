from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.engine.evaluate import deciding, evaluate, leaves, missing
from licensecheck.facts.base import Facts
from licensecheck.values import Figure, Interval

NAMES = ["a", "b", "c", "d"]
VALUES = ["x", "y"]


def fact(name, *values, test="in", **more):
    return {"op": "fact", "fact": name, "test": test, "value": list(values), **more}


def both(*of):
    return {"op": "all", "of": list(of)}


def either(*of):
    return {"op": "any", "of": list(of)}


def no(of):
    return {"op": "not", "of": [of]}


def result(node, **values):
    return evaluate(node, Facts(values))["result"]


facts_known = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES))
one_fact = st.builds(fact, st.sampled_from(NAMES), st.sampled_from(VALUES))


def grown(inner):
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda of: both(*of)),
        several.map(lambda of: either(*of)),
        inner.map(no),
        inner.map(lambda of: {"op": "term", "term": "a term", "of": [of]}),
    )


trees = st.recursive(one_fact, grown, max_leaves=8)
across = st.recursive(
    one_fact,
    lambda inner: st.one_of(
        grown(inner), inner.map(lambda of: {"op": "some", "of": [of]}), inner.map(lambda of: {"op": "every", "of": [of]})
    ),
    max_leaves=6,
)


@st.composite
def read_once_trees(draw):
    """Trees in which every leaf is about a fact of its own."""
    numbers = itertools.count()

    def renamed(node):
        if node["op"] == "fact":
            return {**node, "fact": f"f{next(numbers)}"}
        return {**node, "of": [renamed(child) for child in node["of"]]}

    return renamed(draw(trees))


def names_of(node):
    return [node["fact"]] if node["op"] == "fact" else [name for child in node["of"] for name in names_of(child)]


@pytest.mark.parametrize(
    ("node", "value", "expected"),
    [
        (fact("a", "x", "y"), "x", True),
        (fact("a", "x", "y"), "z", False),
        (fact("a", True), True, True),
        (fact("a", True), 1, False),  # a number is not a truth value
        (fact("a", True), False, False),
        (fact("a", "x", test="holds"), ("w", "x"), True),
        (fact("a", "x", test="holds"), ("w",), False),
        (fact("a", "x", test="holds"), False, False),  # "none of them"
        (fact("a", "x", test="holds"), True, None),  # "yes", without saying which
        (fact("a", "x", test="only"), ("x",), True),
        (fact("a", "x", test="only"), ("x", "y"), False),
        (fact("a", "DE", "FR", test="within", label="EU"), ("US", "FR"), True),
        (fact("a", "DE", "FR", test="within", label="EU"), ("US",), False),
        (fact("a", "DE", "FR", test="within", label="EU"), ("EU",), True),
    ],
)
def test_a_leaf_compares_a_fact_with_what_is_wanted(node, value, expected):
    assert result(node, a=value) is expected


@pytest.mark.parametrize("test", ["in", "holds", "only", "within", "above", "at_least"])
def test_an_unknown_fact_leaves_every_test_undecided(test):
    assert result({"op": "fact", "fact": "a", "test": test, "value": [1] if test not in ("above", "at_least") else 1}) is None


def figure(low=None, high=None, months=None, unit="users"):
    return Figure(None if low is None and high is None else Interval(low, high), months or {}, unit)


def limit(**more):
    return {"op": "fact", "fact": "a", "test": "above", "value": 100, **more}


@pytest.mark.parametrize(
    ("node", "value", "expected", "undated"),
    [
        (limit(), figure(101, 101), True, False),
        (limit(), figure(100, 100), False, False),
        (limit(), figure(50, 200), None, False),
        (limit(month="2024-06"), figure(101, 101), True, True),  # above, but nobody says when
        (limit(month="2024-06"), figure(90, 90), False, True),
        (limit(month="2024-06"), figure(months={"2024-06": Interval.exactly(90), "2024-07": Interval.exactly(300)}), False, False),
        (limit(month="2024-06"), figure(months={"2024-07": Interval.exactly(300)}), True, True),
        (limit(currency="USD"), figure(500, 500, unit="EUR"), None, False),  # no exchange rates here
        (limit(currency="USD"), figure(500, 500, unit="USD"), True, False),
        (limit(), "many", None, False),
    ],
)
def test_a_figure_is_compared_in_the_month_and_the_unit_of_the_clause(node, value, expected, undated):
    reason = evaluate(node, Facts({"a": value}))
    assert reason["result"] is expected
    assert ("undated" in reason) is undated


@given(across, facts_known, st.lists(facts_known, max_size=2), st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), min_size=1))
def test_learning_a_fact_never_turns_a_decided_result_around(node, known, others, learnt):
    facts = Facts(known, others=[Facts(other) for other in others])
    before = evaluate(node, facts)["result"]
    after = evaluate(node, Facts({**learnt, **known}, others=[Facts({**learnt, **other}) for other in others]))["result"]
    assert before is None or after is before


@given(trees)
def test_with_every_fact_known_everything_is_decided(node):
    assert evaluate(node, Facts(dict.fromkeys(NAMES, "x")))["result"] is not None


@given(across, facts_known, st.lists(facts_known, max_size=2))
def test_facts_are_missing_exactly_when_the_result_is_undecided(node, known, others):
    reason = evaluate(node, Facts(known, others=[Facts(other) for other in others]))
    assert bool(missing(reason)) is (reason["result"] is None)


@given(trees, facts_known)
def test_a_known_fact_is_not_missing(node, known):
    assert not set(missing(evaluate(node, Facts(known)))) & set(known)


@given(across, facts_known, st.lists(facts_known, min_size=1, max_size=2))
def test_a_fact_that_every_component_knows_is_not_missing(node, known, others):
    everywhere = set(known).intersection(*others)
    reason = evaluate(node, Facts(known, others=[Facts(other) for other in others]))
    assert not set(missing(reason)) & everywhere


@given(trees, facts_known, st.data())
def test_a_fact_that_is_not_missing_cannot_decide(node, known, data):
    reason = evaluate(node, Facts(known))
    idle = sorted(set(NAMES) - set(known) - set(missing(reason)))
    answers = {name: data.draw(st.sampled_from(VALUES)) for name in idle}
    assert evaluate(node, Facts({**known, **answers}))["result"] is reason["result"]


@given(read_once_trees(), st.data())
def test_a_missing_fact_can_matter(node, data):
    names = names_of(node)
    known = {name: data.draw(st.sampled_from(VALUES)) for name in names if data.draw(st.booleans())}
    for name in missing(evaluate(node, Facts(known))):
        free = [other for other in names if other not in known and other != name]
        assert any(
            evaluate(node, Facts({**known, **dict(zip(free, answers, strict=True))}))["result"] is None
            for answers in itertools.product(VALUES, repeat=len(free))
        ), f"{name} is asked for, though the others settle it whatever they are"


def test_of_the_other_components_only_the_undecided_ones_are_asked_about():
    node = {"op": "some", "of": [both(fact("a", "x"), fact("b", "x"))]}
    facts = Facts({}, others=[Facts({"a": "y", "b": "x"}), Facts({"a": "x"})])
    assert missing(evaluate(node, facts)) == ["b"]
    every = {"op": "every", "of": [either(fact("a", "x"), fact("b", "x"))]}
    facts = Facts({}, others=[Facts({"a": "x"}), Facts({"a": "y"})])
    assert missing(evaluate(every, facts)) == ["b"]


def test_missing_facts_come_once_from_left_to_right():
    node = both(fact("b", "x"), either(fact("a", "x"), fact("b", "y")), fact("c", "x"))
    assert missing(evaluate(node, Facts({}))) == ["b", "a", "c"]


def test_a_decided_branch_asks_for_nothing():
    assert missing(evaluate(both(fact("a", "x"), fact("b", "x")), Facts({"a": "y"}))) == []
    assert missing(evaluate(both(fact("c", "x"), either(fact("a", "x"), fact("b", "x"))), Facts({"a": "x"}))) == ["c"]


@given(trees, facts_known)
def test_what_decides_has_the_result_it_decides_or_its_opposite(node, known):
    reason = evaluate(node, Facts(known))
    results = {leaf["result"] for leaf in deciding(reason)}
    assert results == {None} if reason["result"] is None else None not in results
    assert {leaf["fact"] for leaf in deciding(reason)} <= {leaf["fact"] for leaf in leaves(reason)}


def test_some_other_and_every_other_component_are_asked():
    node = {"op": "some", "of": [fact("a", "x")]}
    every = {**node, "op": "every"}

    def of(*others):
        return [evaluate(one, Facts({"a": "y"}, others=[Facts(other) for other in others]))["result"] for one in (node, every)]

    assert of() == [False, True]  # no other component at all
    assert of({"a": "x"}, {"a": "y"}) == [True, False]
    assert of({"a": "x"}, {}) == [True, None]
    assert of({"a": "y"}, {}) == [None, False]


def test_a_term_is_named_in_the_reason_and_has_the_result_of_its_condition():
    reason = evaluate({"op": "term", "term": "given", "of": [fact("a", "x")]}, Facts({"a": "x"}))
    assert reason["term"] == "given"
    assert reason["result"] is True


def test_a_component_reads_its_own_facts_first_then_those_of_the_subject():
    subject = Facts({"a": "of the subject", "b": "of the subject"}, notes={"a": "assumed"})
    component = Facts({"a": "own", "c": None}, over=subject)
    assert [component.get(name) for name in ("a", "b", "c", "d")] == ["own", "of the subject", None, None]
    assert component.notes == {"a": "assumed"}


def test_replaced_facts_hold_here_and_in_the_other_components_and_change_nothing_else():
    other = Facts({"a": "own"}, over=Facts({"b": "x"}))
    facts = Facts({"a": "own"}, over=Facts({"b": "x"}), others=[other])
    changed = facts.replaced({"b": "y"})
    assert (changed.get("a"), changed.get("b")) == ("own", "y")
    assert (changed.others[0].get("a"), changed.others[0].get("b")) == ("own", "y")
    assert (facts.get("b"), other.get("b")) == ("x", "x")


def test_a_fact_replaced_by_unknown_is_unknown():
    assert Facts({"a": "x"}).replaced({"a": None}).get("a") is None


@given(across, facts_known, st.lists(facts_known, max_size=2), st.sampled_from(NAMES), st.sampled_from(VALUES))
def test_replacing_an_unknown_fact_of_the_subject_never_turns_a_result_around(node, known, others, name, value):
    subject = Facts({})
    facts = Facts(known, over=subject, others=[Facts(other, over=subject) for other in others])
    before = evaluate(node, facts)["result"]
    if facts.get(name) is None:
        after = evaluate(node, facts.replaced({name: value}))["result"]
        assert before is None or after is before


def test_evidence_is_looked_up_like_the_value():
    line = {"source": "licensecheck.yaml", "line": 3, "key": "a", "value": "x", "how": "declared"}
    component = Facts({}, over=Facts({"a": "x"}, {"a": line}))
    assert component.evidence("a") == line
    assert component.evidence("b") is None
