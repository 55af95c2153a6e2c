from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.values import Figure, Interval

YES, NO = {"release.weights": "yes"}, {"release.weights": "no"}
NOTHING: dict = {}


def outcome(judged):
    return judged.kind, judged.outcome


# --- does it apply


def test_a_duty_that_applies_and_is_not_met_fails(made):
    judged = made.judged()
    assert outcome(judged) == ("fail", "unmet")
    assert judged.held_back is None
    assert [action["kind"] for action in judged.actions] == ["add-file"]


def test_a_duty_that_does_not_apply_is_not_triggered(made):
    assert outcome(made.judged(facts=NO)) == ("pass", "not-triggered")


def test_a_duty_that_may_apply_is_open_and_names_the_fact(made):
    judged = made.judged(facts=NOTHING)
    assert (*outcome(judged), judged.missing) == ("open", "undecided", ("release.weights",))


def test_a_duty_that_is_met_passes_whatever_is_unknown(made):
    seen = made.seen(copies=(made.copy(),))
    unknown = made.fact("use.commercial")
    clause = made.clause(unsettled=[made.branch(unknown)], unless=[made.branch(unknown)])
    for facts in (NOTHING, YES):
        assert outcome(made.judged(clause, facts, seen=seen)) == ("pass", "met")


def test_a_clause_out_of_its_scope_does_not_concern_the_component(made):
    clause = made.clause(when={"op": "all", "of": [made.fact("component.relation", "outputs"), made.fact("release.weights")]})
    assert made.judged(clause, {"component.relation": "finetune"}).kind == "not-applicable"
    assert made.judged(clause, {"component.relation": "finetune", **NO}).kind == "not-applicable"


def test_a_clause_in_its_scope_that_use_does_not_trigger_passes(made):
    clause = made.clause(when={"op": "all", "of": [made.fact("component.relation", "outputs"), made.fact("release.weights")]})
    assert made.judged(clause, {"component.relation": "outputs", **NO}).kind == "pass"


def test_scope_is_judged_as_if_nothing_of_the_use_were_known(made):
    either = {"op": "any", "of": [made.fact("component.relation", "outputs"), made.fact("release.weights")]}
    assert made.judged(made.clause(when=either), {"component.relation": "finetune", **NO}).kind == "pass"


@pytest.mark.parametrize("effect", ["permission", "termination"])
@pytest.mark.parametrize(("facts", "kind"), [(YES, "informational"), (NO, "pass"), (NOTHING, "informational")])
def test_what_asks_for_nothing_only_informs(made, effect, facts, kind):
    assert made.judged(made.clause(effect=effect), facts).kind == kind


# --- exceptions


@pytest.mark.parametrize(
    ("exception", "kind", "outcome_"),
    [("yes", "pass", "not-triggered"), ("no", "fail", "unmet"), (None, "open", "undecided")],
)
def test_an_exception_excuses_does_not_or_may(made, exception, kind, outcome_):
    clause = made.clause(unless=[made.branch(made.fact("use.commercial"), "so it says", "1.b")])
    judged = made.judged(clause, {**YES, "use.commercial": exception})
    assert outcome(judged) == (kind, outcome_)
    if kind == "pass":
        assert (judged.sentence, judged.blanks) == ("excepted", {"section": "1.b", "why": "so it says"})
    if kind == "open":
        assert judged.missing == ("use.commercial",)


def test_one_exception_that_applies_is_enough(made):
    clause = made.clause(unless=[made.branch(made.fact("use.devices")), made.branch(made.fact("use.commercial"), section="4")])
    judged = made.judged(clause, {**YES, "use.commercial": "yes"})
    assert (judged.kind, judged.blanks["section"]) == ("pass", "4")


def test_an_exception_to_what_does_not_apply_is_no_question(made):
    clause = made.clause(unless=[made.branch(made.fact("use.commercial"))])
    assert made.judged(clause, NO).kind == "pass"


def test_an_exception_holds_for_prohibitions_too(made):
    clause = made.prohibition(unless=[made.branch(made.fact("use.commercial"))])
    kinds = [made.judged(clause, {**YES, "use.commercial": value}).kind for value in ("yes", "no", None)]
    assert kinds == ["pass", "fail", "open"]


# --- what is not settled


@pytest.mark.parametrize(
    ("doubt", "kind", "cap"),
    [("yes", "review", "unsettled"), ("no", "fail", None), (None, "open", None)],
)
def test_an_unsettled_branch_holds_back_does_not_or_may(made, doubt, kind, cap):
    clause = made.clause(unsettled=[made.branch(made.fact("use.commercial"), "courts differ")])
    judged = made.judged(clause, {**YES, "use.commercial": doubt})
    assert judged.kind == kind
    assert (judged.held_back or {}).get("cap") == cap
    if cap:
        assert judged.held_back == {"kind": "fail", "cap": "unsettled", "reasons": ["courts differ"]}


def test_every_doubt_is_a_reason(made):
    clause = made.clause(unsettled=[made.branch(made.fact("use.commercial"), "one"), made.branch(made.fact("release.weights"), "two")])
    assert made.judged(clause, {**YES, "use.commercial": "yes"}).held_back["reasons"] == ["one", "two"]


def test_a_doubt_about_what_does_not_apply_is_none(made):
    clause = made.clause(unsettled=[made.branch(made.fact("use.commercial"))])
    assert outcome(made.judged(clause, {**NO, "use.commercial": "yes"})) == ("pass", "not-triggered")


@pytest.mark.parametrize("order", [1, -1])
def test_nobody_is_asked_about_a_doubt_when_another_settles_it(made, order):
    branches = [made.branch(made.fact("use.commercial"), "unknown"), made.branch(made.fact("release.weights"), "known")]
    judged = made.judged(made.clause(unsettled=branches[::order]), YES)
    assert (judged.kind, judged.missing) == ("review", ())


@pytest.mark.parametrize("bent", [{"certain": False}, {"verified": False}, {"personal": True}])
def test_nobody_is_asked_about_a_doubt_when_the_finding_is_held_back_anyway(made, bent):
    clause = made.clause(unsettled=[made.branch(made.fact("use.commercial"))])
    judged = made.judged(clause, YES, component=made.component(**bent))
    assert (judged.kind, judged.missing) == ("review", ())


# --- caps


@pytest.mark.parametrize(
    ("component", "clause", "cap"),
    [
        ({"certain": False}, {}, "inferred-component"),
        ({"verified": False}, {}, "unverified-law"),
        ({}, {"verified": False}, "unverified-law"),
        ({"personal": True}, {}, "binds-somebody-else"),
        ({"attributes": {"account": "other"}}, {"binds": "account-holder"}, "binds-somebody-else"),
        ({"attributes": {"account": "own"}}, {"binds": "account-holder"}, None),
        ({"attributes": {"account": "other"}}, {"binds": "material"}, None),
        ({}, {}, None),
    ],
)
def test_what_holds_a_finding_back(made, component, clause, cap):
    judged = made.judged(made.clause(**clause), component=made.component(**component))
    assert judged.kind == ("review" if cap else "fail")
    assert (judged.held_back or {}).get("cap") == cap


def test_the_first_cap_is_named_and_every_reason_is_kept_in_order(made):
    clause = made.clause(verified=False, unsettled=[made.branch(made.fact("release.weights"), "courts differ")])
    held = made.judged(clause, component=made.component(certain=False, personal=True)).held_back
    assert held["cap"] == "inferred-component"
    assert len(held["reasons"]) == 4
    assert held["reasons"][2] == "courts differ"
    assert len(set(held["reasons"])) == 4


def test_nothing_is_held_back_that_would_not_fail(made):
    component = made.component(certain=False, verified=False, personal=True)
    for facts, kind in ((NO, "pass"), (NOTHING, "open")):
        judged = made.judged(facts=facts, component=component)
        assert (judged.kind, judged.held_back) == (kind, None)
    assert made.judged(component=component, seen=made.seen(copies=(made.copy(),))).kind == "pass"


# --- what files show, times whether it applies


@pytest.mark.parametrize(
    ("copy", "applies", "kind"),
    [
        ({}, "yes", "pass"),
        ({}, "no", "pass"),
        ({}, None, "pass"),
        ({"text": "acme-open-0"}, "yes", "review"),  # another edition
        ({"text": "acme-open-0"}, "no", "pass"),
        ({"text": "acme-open-0"}, None, "open"),
        ({"altered": ("9",)}, "yes", "review"),
        ({"missing": ("9",)}, "yes", "review"),
        ({"missing": ("2",)}, "yes", "fail"),  # the section that the duty stands in
        ({"altered": ("2.a",)}, "yes", "fail"),
        ({"license": "other-1"}, "yes", "fail"),
        ({"license": None}, "yes", "fail"),
        ({"license": "other-1"}, None, "open"),
    ],
)
def test_a_copy_meets_arguably_meets_or_does_not(made, copy, applies, kind):
    clause = made.clause(sections_with_clauses=("1", "2"))
    assert made.judged(clause, {"release.weights": applies}, seen=made.seen(copies=(made.copy(**copy),))).kind == kind


def test_of_several_copies_the_best_counts(made):
    copies = (made.copy(text="acme-open-0"), made.copy(missing=("2",)), made.copy(source="docs/LICENSE"), made.copy(license="other-1"))
    judged = made.judged(seen=made.seen(copies=copies))
    assert (judged.kind, judged.blanks) == ("pass", {"source": "docs/LICENSE"})


# --- separate permissions


@pytest.mark.parametrize(
    ("bent", "kind"),
    [
        ({}, "pass"),
        ({"expires": "2025-06-01"}, "pass"),  # the last day counts
        ({"expires": "2025-05-31"}, "fail"),
        ({"license": "other-1"}, "fail"),
        ({"topic": "model-name"}, "fail"),
    ],
)
def test_an_agreement_that_is_held_meets_any_clause_on_its_topic(made, bent, kind):
    assert made.judged(seen=made.seen(agreements=(made.agreement(**bent),))).kind == kind
    prohibited = made.agreement(**{"topic": "competition", **bent})
    assert made.judged(made.prohibition(), seen=made.seen(agreements=(prohibited,))).kind == kind


def test_a_lapsed_agreement_beside_one_in_force_does_no_harm(made):
    agreements = (made.agreement(expires="2020-01-01"), made.agreement(reference="letter 8"))
    judged = made.judged(seen=made.seen(agreements=agreements))
    assert (judged.kind, judged.blanks["reference"]) == ("pass", "letter 8")


def test_a_clause_may_be_covered_by_an_agreement_on_another_topic(made):
    clause = made.clause(covered_by=["request-license"])
    assert made.judged(clause, seen=made.seen(agreements=(made.agreement(topic="request-license"),))).kind == "pass"


# --- prohibitions


def test_a_prohibition_that_is_triggered_fails(made):
    judged = made.judged(made.prohibition())
    assert outcome(judged) == ("fail", "triggered")
    assert judged.actions[0]["kind"] == "request"


@pytest.mark.parametrize(
    ("when", "forbidden", "kind"),
    [
        ("yes", "yes", "fail"),
        ("yes", "no", "pass"),
        ("yes", None, "open"),
        ("no", "yes", "pass"),
        ("no", None, "pass"),
        (None, "yes", "open"),
        (None, "no", "pass"),
        (None, None, "open"),
    ],
)
def test_what_is_forbidden_must_apply_and_be_done(made, when, forbidden, kind):
    clause = made.prohibition(forbids=made.fact("use.commercial"))
    assert made.judged(clause, {"release.weights": when, "use.commercial": forbidden}).kind == kind


def test_an_open_prohibition_names_every_fact_that_matters(made):
    clause = made.prohibition(forbids=made.fact("use.commercial"))
    assert made.judged(clause, NOTHING).missing == ("release.weights", "use.commercial")


# --- what a person must say


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (YES, "informational"),
        (NO, "pass"),
        (NOTHING, "informational"),
        ({**YES, "use.commercial": "yes"}, "open"),
        ({**YES, "use.commercial": "no"}, "informational"),
        ({"use.commercial": "yes"}, "informational"),
        ({**NO, "use.commercial": "yes"}, "pass"),
    ],
)
def test_what_must_be_attested_is_open_only_where_a_fact_makes_it_concrete(made, facts, kind):
    clause = made.clause(attest={"ask": {"en": "Is it so?"}, "concrete": made.fact("use.commercial")})
    del clause["requires"]
    assert made.judged(clause, facts).kind == kind


def test_without_anything_concrete_attesting_is_for_information(made):
    clause = made.clause(attest={"ask": {"en": "Is it so?"}})
    del clause["requires"]
    assert made.judged(clause, YES).kind == "informational"


# --- use policies


def policy(made, **bent):
    rows = {
        "forbids": [{"purposes": ["weapons", "malware"], "section": "1", "why": ""}],
        "conditions": [{"purposes": ["medical-advice"], "section": "2", "why": "a warning"}],
    }
    return made.prohibition(topic="acceptable-use", id="acceptable-use", purposes=rows, **bent)


@pytest.mark.parametrize(
    ("purposes", "kind", "section"),
    [
        (None, "informational", None),
        (("coding",), "pass", None),
        (("weapons",), "fail", "1"),
        (("coding", "malware"), "fail", "1"),
        (("medical-advice",), "review", "2"),
        (("medical-advice", "weapons"), "fail", "1"),  # the worst decides
    ],
)
def test_purposes_are_named_outright_with_conditions_or_not(made, purposes, kind, section):
    judged = made.judged(policy(made), {**YES, "use.purposes": purposes})
    assert (judged.kind, judged.policy_section) == (kind, section)


def test_purposes_that_nobody_declared_are_asked_for(made):
    assert made.judged(policy(made), YES).missing == ("use.purposes",)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [(NO, "pass"), (NOTHING, "open")],
)
def test_a_forbidden_purpose_of_what_the_policy_does_not_govern(made, facts, kind):
    assert made.judged(policy(made), {**facts, "use.purposes": ("weapons",)}).kind == kind


def test_an_agreement_permits_a_purpose_too(made):
    clause = policy(made)
    agreed = made.seen(agreements=(made.agreement(topic=clause["topic"]),))
    assert made.judged(clause, {**YES, "use.purposes": ("weapons",)}, seen=agreed).kind == "pass"


@pytest.mark.parametrize("bent", [{"certain": False}, {"verified": False}, {"personal": True}])
def test_caps_hold_for_purposes_too(made, bent):
    judged = made.judged(policy(made), {**YES, "use.purposes": ("weapons",)}, component=made.component(**bent))
    assert (judged.kind, judged.held_back["kind"]) == ("review", "fail")


@pytest.mark.parametrize(("exception", "kind"), [("yes", "pass"), ("no", "fail"), (None, "open")])
def test_exceptions_hold_for_purposes_too(made, exception, kind):
    clause = policy(made, unless=[made.branch(made.fact("use.commercial"))])
    assert made.judged(clause, {**YES, "use.purposes": ("weapons",), "use.commercial": exception}).kind == kind


# --- figures


def users(undated=None, **months):
    figures = {month.removeprefix("m").replace("_", "-"): Interval.exactly(number) for month, number in months.items()}
    return Figure(Interval.exactly(undated) if isinstance(undated, int) else undated, figures, "users")


@pytest.mark.parametrize(
    ("figure", "kind", "note"),
    [
        (users(699), "pass", True),  # below, though nobody knows when
        (users(700), "pass", True),  # "more than" is not met by the number itself
        (users(701), "review", False),
        (users(Interval(high=700)), "pass", True),
        (users(Interval(low=600)), "open", False),
        (users(Interval(low=701)), "review", False),
        (users(m2024_06=699), "pass", False),
        (users(m2024_06=701), "fail", False),
        (users(m2024_05=701), "review", False),
        (users(m2024_05=699), "pass", True),
        (users(5, m2024_06=701), "fail", False),  # the month that counts
        (users(701, m2024_06=5), "pass", False),
        (None, "open", False),
    ],
)
def test_a_limit_of_one_month_wants_the_figure_of_that_month(made, figure, kind, note):
    clause = made.clause(when=made.fact("licensee.monthly_active_users", test="above", value=700, month="2024-06"))
    clause["when"]["value"] = 700
    judged = made.judged(clause, {"licensee.monthly_active_users": figure})
    assert judged.kind == kind
    assert ("undated-below" in judged.notes) is note
    if kind == "review":
        assert judged.held_back["cap"] == "unsettled"
        assert "2024-06" in judged.held_back["reasons"][0]


def test_a_limit_without_a_month_takes_the_latest_figure(made):
    clause = made.clause(when={**made.fact("use.monthly_active_users", test="above"), "value": 700})
    assert made.judged(clause, {"use.monthly_active_users": users(m2023_01=5, m2024_01=701)}).kind == "fail"
    assert made.judged(clause, {"use.monthly_active_users": users(m2023_01=701, m2024_01=5)}).kind == "pass"


def test_another_currency_is_not_compared(made):
    clause = made.clause(when={**made.fact("use.annual_revenue", test="above", currency="USD"), "value": 700})
    money = Figure(Interval.exactly(900), {}, "EUR")
    assert made.judged(clause, {"use.annual_revenue": money}).kind == "open"


def test_a_figure_that_stands_in_for_another_says_so(made):
    clause = made.clause(when={**made.fact("licensee.monthly_active_users", test="above"), "value": 700})
    facts = {"licensee.monthly_active_users": users(5)}
    assert made.judged(clause, facts, notes={"licensee.monthly_active_users": "assumed-figure"}).notes == ("assumed-figure",)


# --- evidence


def test_evidence_is_what_the_result_rests_on(made):
    both = {"op": "any", "of": [made.fact("release.weights"), made.fact("use.commercial")]}
    judged = made.judged(made.clause(when=both), {**YES, "use.commercial": "no"})
    assert [item["key"] for item in judged.evidence] == ["release.weights"]


# --- the law: an unknown fact, once known, may turn `open` into anything, but never a `fail` or a `pass` around

NAMES = ["component.relation", "component.modality", "release.weights", "use.commercial", "use.devices"]
names = st.sampled_from(NAMES)
values = st.sampled_from(["yes", "no"])
leaf = st.builds(lambda name, value: {"op": "fact", "fact": name, "test": "in", "value": [value]}, names, values)
conditions = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(lambda op, of: {"op": op, "of": of}, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)),
        inner.map(lambda of: {"op": "not", "of": [of]}),
        inner.map(lambda of: {"op": "term", "term": "a", "of": [of]}),
    ),
    max_leaves=4,
)
branches = st.lists(conditions.map(lambda when: {"when": when, "why": "w", "section": "1"}), max_size=2)
worlds = st.fixed_dictionaries({name: st.sampled_from([None, None, "yes", "no"]) for name in NAMES})
flags = st.fixed_dictionaries({"certain": st.booleans(), "verified": st.booleans(), "personal": st.booleans()})


@st.composite
def clauses(draw, kinds):
    kind = draw(st.sampled_from(kinds))
    clause = {"when": draw(conditions), "unless": draw(branches), "unsettled": draw(branches), "effect": "prohibition"}
    if kind == "duty":
        clause |= {"effect": "duty", "requires": {"copy": "agreement"}}
    elif kind == "forbids":
        clause |= {"forbids": draw(conditions)}
    elif kind == "attest":
        clause |= {"effect": "duty", "attest": {"ask": {"en": "?"}, "concrete": draw(conditions)}}
    elif kind == "informs":
        clause |= {"effect": "permission"}
    elif kind == "purposes":
        clause |= {"purposes": {"forbids": [{"purposes": ["weapons"], "section": "1"}]}}
    return clause


def turned(made, clause, world, answers, flags, copies, purposes=None):
    base = {**made.prohibition(), **clause}
    seen = made.seen(copies=(made.copy(),) if copies else ())
    component = made.component(**flags)
    known = {name: answers[name] if value is None else value for name, value in world.items()}
    before = made.judged(base, {**world, "use.purposes": purposes}, component=component, seen=seen).kind
    after = made.judged(base, {**known, "use.purposes": purposes}, component=component, seen=seen).kind
    return {before, after} == {"pass", "fail"}


@settings(max_examples=600, deadline=None)
@given(
    clauses(["duty", "prohibition", "forbids", "attest", "informs"]),
    worlds,
    st.fixed_dictionaries({name: st.sampled_from([None, "yes", "no"]) for name in NAMES}),
    flags,
    st.booleans(),
)
def test_an_answer_never_turns_a_judgement_around(made, clause, world, answers, flags, copies):
    assert not turned(made, clause, world, answers, flags, copies)


@settings(max_examples=600, deadline=None)
@given(clauses(["purposes"]), worlds, st.fixed_dictionaries(dict.fromkeys(NAMES, values)), st.sampled_from([("weapons",), ("coding",)]))
def test_an_answer_never_turns_the_judgement_of_a_use_policy_around(made, clause, world, answers, purposes):
    assert not turned(made, clause, world, answers, {}, False, purposes)


@settings(max_examples=200, deadline=None)
@given(clauses(["duty"]), worlds, flags)
def test_a_met_duty_never_fails_and_is_never_open(made, clause, world, flags):
    kind = made.judged({**made.clause(), **clause}, world, component=made.component(**flags), seen=made.seen(copies=(made.copy(),))).kind
    assert kind in ("pass", "not-applicable")


@settings(max_examples=200, deadline=None)
@given(clauses(["duty", "prohibition", "forbids", "attest", "informs"]), worlds)
def test_an_open_judgement_names_what_is_missing_and_nothing_else_does(made, clause, world):
    judged = made.judged({**made.prohibition(), **clause}, world)
    if judged.kind == "open":
        assert judged.missing
        assert all(name == "attest" or world[name] is None for name in judged.missing)
    else:
        assert judged.missing == ()


@settings(max_examples=200, deadline=None)
@given(clauses(["duty", "prohibition", "forbids"]), st.fixed_dictionaries(dict.fromkeys(NAMES, values)))
def test_with_everything_known_nothing_is_open(made, clause, world):
    assert made.judged({**made.prohibition(), **clause}, world).kind != "open"
