from __future__ import annotations

import pytest

from licensecheck.engine.findings import Words
from licensecheck.engine.questions import Asked, ask
from licensecheck.facts.base import Facts

LLAMA = {"license": "llama3.1", "base_model": "meta-llama/Llama-3.1-8B-Instruct"}
QWEN = {"license": "other", "license_name": "qwen", "base_model": "Qwen/Qwen2.5-72B"}


def questions(report):
    return {question["fact"]: question for question in report["questions"]}


def finding(report, rule):
    return next(item for item in report["findings"] if item["rule"] == rule)


# --- the fewest questions


def asked(*facts):
    return [
        Asked({"rule": f"r{n}", "kind": "open", "reasons": [], "question": None}, missing, Facts({}), lambda facts: None)
        for n, missing in enumerate(facts)
    ]


def ask_for(waiting, table=None):
    table = table or {name: {"type": "text", "ask": {"en": f"{name}?"}} for name in "abcd"}
    return [(question["fact"], question["settles"]) for question in ask(waiting, table, Words({"asks": {}}, "en"))]


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ([], []),
        ([()], []),
        ([("a",)], [("a", 1)]),
        ([("a", "b"), ("b",)], [("b", 2)]),  # one question that settles both
        ([("a",), ("b",), ("b", "a")], [("a", 2), ("b", 1)]),  # of equals, the first of the table
        ([("c", "a"), ("a", "b"), ("b", "c")], [("a", 2), ("b", 1)]),
        ([("d",), ("d",), ("a", "d")], [("d", 3)]),
    ],
)
def test_the_fact_that_most_findings_wait_for_is_asked_first(missing, expected):
    assert ask_for(asked(*missing)) == expected


def test_every_finding_that_waits_is_given_one_question():
    waiting = asked(("a", "b"), ("b",), ("c",))
    ask_for(waiting)
    assert [item.finding["question"]["fact"] for item in waiting] == ["b", "b", "c"]


def test_a_fact_without_a_row_is_asked_by_its_name():
    assert ask(asked(("zz",)), {}, Words({"asks": {}}, "en"))[0]["ask"] == "zz"


# --- what each answer would make of it


def test_an_answer_to_a_choice(examined):
    report = examined(LLAMA, as_=None, manifest={"use": {"commercial": True}})
    question = questions(report)["release.weights"]
    assert question["if"] == {"public": "fail", "private": "fail", "none": "open"}
    assert question["values"] == ["public", "private", "none"]


def test_an_answer_to_a_limit_with_a_month(examined):
    report = examined(LLAMA)
    assert questions(report)["licensee.monthly_active_users"]["if"] == {"<=700000000": "pass", ">700000000": "review"}


def test_an_answer_to_a_limit_without_a_month(examined):
    report = examined(QWEN, manifest={"use": {"commercial": True}, "release": {"service": True}})
    assert questions(report)["use.monthly_active_users"]["if"] == {"<=100000000": "pass", ">100000000": "fail"}


def test_an_answer_to_yes_or_no(examined):
    report = examined(
        {"license": "other", "license_name": "qwen-research", "base_model": "Qwen/Qwen2.5-3B"}, manifest={"use": {"purposes": ["research"]}}
    )
    assert questions(report)["use.commercial"]["if"] == {"true": "fail", "false": "pass"}


def test_an_answer_to_a_country(examined):
    card = {"license": "llama3.2", "base_model": "meta-llama/Llama-3.2-11B-Vision-Instruct"}
    report = examined(card)
    assert questions(report)["licensee.established"]["if"] == {"in EU": "fail", "not in EU": "pass"}


def test_an_answer_is_what_the_answer_brings(examined):
    """Every promise of `if` is kept when the answer is given."""
    for value, promised in questions(examined(LLAMA, as_=None))["release.weights"]["if"].items():
        asked_for = finding(examined(LLAMA, as_=None), "llama3.1/license-copy")["question"]["if"]
        given = finding(examined(LLAMA, as_=None, sets=[f"release.weights={value}"]), "llama3.1/license-copy")
        assert given["kind"] == asked_for[value]
        assert promised in ("fail", "open", "pass", "review")


def test_a_question_names_the_rules_it_is_asked_for(examined):
    question = questions(examined(LLAMA))["licensee.monthly_active_users"]
    assert question["rules"] == ["llama3.1/scale-threshold"]
    assert question["settles"] == 1
    assert (question["type"], question["unit"]) == ("figure", "users")


def test_purposes_are_asked_once_for_all_policies(examined):
    card = {"license": "llama3.1", "base_model": ["meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Meta-Llama-3-8B"]}
    report = examined(card)
    question = questions(report)["use.purposes"]
    assert len(question["rules"]) == 2
    assert question["settles"] == 0  # worth knowing, but nothing is held open by it


def test_nothing_is_asked_where_every_answer_is_known(examined):
    manifest = {
        "release": {"service": False, "product": False},
        "use": {"commercial": True, "purposes": ["education"]},
        "licensee": {"monthly_active_users": 5, "established": "US"},
    }
    assert examined(LLAMA, manifest=manifest)["questions"] == []


def test_the_question_about_the_base_is_asked_when_nothing_names_one(examined):
    report = examined({"license": "mit"})
    assert "built_from" in questions(report)
    assert finding(report, "check/lineage.no-base")["question"]["fact"] == "built_from"


def test_questions_are_asked_in_the_language_of_the_report(examined):
    for question in examined(LLAMA, as_=None, lang="zh")["questions"]:
        assert not question["ask"].isascii()
