from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.engine.findings import Words, fill, fingerprint
from licensecheck.pipeline import examine, verdict
from licensecheck.scenarios import recognise_stand_in

LLAMA = {"license": "llama3.1", "base_model": "meta-llama/Llama-3.1-8B-Instruct"}


def by_rule(report):
    return {(item["rule"], item["component"]): item for item in report["findings"]}


# --- ids


def test_ids_do_not_move_with_the_lines(examined):
    before = examined(LLAMA, "# Beacon-8B\n")
    after = examined({"language": "en", "tags": ["a", "b"], **LLAMA}, "\n\nHello.\n\n# Beacon-8B\n\nMore.\n")
    ids = {key: item["id"] for key, item in by_rule(before).items()}
    assert {key: item["id"] for key, item in by_rule(after).items() if key in ids} == ids


def test_ids_are_the_same_in_every_language_and_for_every_answer(examined):
    ids = {item["id"] for item in examined(LLAMA)["findings"]}
    assert {item["id"] for item in examined(LLAMA, lang="zh")["findings"]} == ids
    answered = examined(LLAMA, manifest={"use": {"commercial": True, "monthly_active_users": 5}})
    assert {item["id"] for item in answered["findings"]} == ids


def test_ids_do_not_move_with_the_folder(examined, tmp_path):
    here = examined(LLAMA, manifest={"built_from": ["Qwen/Qwen2.5-7B"]})  # a contradiction, which no component is named for
    elsewhere = tmp_path / "elsewhere" / "folder"
    shutil.copytree(here["subject"]["target"], elsewhere)
    there = examine(str(elsewhere), as_="public", everything=True, recognise=recognise_stand_in)
    assert {item["id"] for item in there["findings"]} == {item["id"] for item in here["findings"]}


@pytest.mark.parametrize(
    ("card", "body"),
    [
        ({"license": "llama3.1"}, "# Beacon-8B\n"),  # material that nothing names
        ({"license": "mit"}, "# Llama-3-Beacon\n"),
        (LLAMA, "# Beacon-8B\n\nFine-tuned from Llama 3.1 8B. 本模型完全自研。\n"),  # claims
    ],
)
def test_no_id_hangs_on_the_language(examined, card, body):
    english, chinese = examined(card, body), examined(card, body, lang="zh")
    assert {item["id"] for item in english["findings"]} == {item["id"] for item in chinese["findings"]}


def test_the_id_of_a_claim_does_not_move_with_the_lines(examined):
    def ids(report):
        return [item["id"] for item in report["findings"] if item["topic"] == "claims"]

    claim = "The model was trained from scratch.\n"
    before = ids(examined(LLAMA, f"# Beacon-8B\n\n{claim}"))
    assert before
    assert ids(examined(LLAMA, f"# Beacon-8B\n\nHello.\n\n{claim}")) == before


def test_ids_differ_between_components_relations_rules_and_subjects():
    ids = {
        fingerprint("a/b", "acme/x", "me"),
        fingerprint("a/c", "acme/x", "me"),
        fingerprint("a/b", "acme/y", "me"),
        fingerprint("a/b", "acme/x", "you"),
        fingerprint("a/b", "acme/x", "me", "outputs"),
        fingerprint("a/b", None, "me"),
    }
    assert len(ids) == 6


def test_no_two_findings_of_a_report_share_an_id(examined):
    manifest = {"built_from": ["meta-llama/Llama-3.1-8B-Instruct", {"model": "meta-llama/Llama-3.1-8B-Instruct", "relation": "outputs"}]}
    found = examined(LLAMA, manifest=manifest)["findings"]
    assert len({item["id"] for item in found}) == len(found)


# --- words


@pytest.mark.parametrize(
    ("sentence", "blanks", "expected"),
    [
        ("{a} and {b}", {"a": "1", "b": "2"}, "1 and 2"),
        ("{a}{a}", {"a": "{b}", "b": "no"}, "{b}{b}"),  # what is filled in is never read again
        ("{unknown} {a}", {"a": "1"}, "{unknown} 1"),
        ("{a", {"a": "1"}, "{a"),
        ("a}", {"a": "1"}, "a}"),
        ("{{a}}", {"a": "1"}, "{1}"),
        ("built_from: [{model: {a}}]", {"a": "x/y"}, "built_from: [{model: x/y}]"),
        ("", {}, ""),
    ],
)
def test_blanks_are_filled_once(sentence, blanks, expected):
    assert fill(sentence, blanks) == expected


@given(st.text(alphabet="{}ab ", max_size=30), st.dictionaries(st.sampled_from(["a", "b", ""]), st.text(alphabet="{}ab", max_size=5)))
def test_filling_never_fails(sentence, blanks):
    fill(sentence, blanks)


def test_where_a_language_has_no_words_english_stands():
    assert Words({}, "zh").pick({"en": "a"}) == "a"
    assert Words({}, "zh").pick({"en": "a", "zh": "甲"}) == "甲"
    assert Words({}, "zh").pick("as it is") == "as it is"


def test_what_a_user_wrote_is_never_read_as_a_sentence(examined):
    report = examined({"license": "{declared}", "base_model": "{subject}/{component}"}, "# {subject}\n")
    messages = " ".join(item["message"] for item in report["findings"])
    assert "`{declared}`" in messages
    assert "{subject}/{component}" in messages


# --- layers, levels, owners


def test_level_follows_kind(examined):
    levels = {(item["kind"], item["level"]) for item in examined(LLAMA)["findings"]}
    assert levels <= {
        ("fail", "error"),
        ("open", "warning"),
        ("review", "warning"),
        ("pass", "none"),
        ("informational", "note"),
        ("not-applicable", "none"),
    }


def test_every_finding_names_one_layer(examined):
    manifest = {
        "built_from": [
            "meta-llama/Llama-3.1-8B-Instruct",
            {"dataset": "tatsu-lab/alpaca"},
            {"code": "m.py", "from": "a/b", "license": "mit"},
        ]
    }
    layers = {item["layer"] for item in examined(LLAMA, manifest=manifest)["findings"]}
    assert layers <= {"weights", "code", "data", "service-output", "name", "claim", "metadata"}


@pytest.mark.parametrize(("relation", "layer"), [("finetune", "weights"), ("outputs", "service-output"), ("serves", "weights")])
def test_the_layer_is_that_of_the_relation(examined, relation, layer):
    entry = {"model": "meta-llama/Llama-3.1-8B-Instruct", "relation": relation}
    report = examined({"license": "mit"}, manifest={"built_from": [entry], "licensee": {"monthly_active_users": 5}})
    assert by_rule(report)["llama3.1/scale-threshold", entry["model"]]["layer"] == layer


def test_a_name_is_of_the_layer_name_whatever_the_relation(examined):
    report = examined({"license": "mit"}, manifest={"built_from": [{"model": "meta-llama/Llama-3.1-8B-Instruct", "relation": "outputs"}]})
    assert by_rule(report)["llama3.1/model-name", "meta-llama/Llama-3.1-8B-Instruct"]["layer"] == "name"


# --- order and verdict


def test_the_worst_comes_first(examined):
    rank = ["fail", "open", "review", "informational", "pass", "not-applicable"]
    kinds = [rank.index(item["kind"]) for item in examined(LLAMA, as_="public")["findings"]]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], "pass"),
        (["pass"], "pass"),
        (["informational", "not-applicable"], "pass"),
        (["pass", "review"], "review"),
        (["review", "open"], "open"),
        (["open", "fail", "review"], "fail"),
    ],
)
def test_the_verdict_is_the_worst_kind(kinds, expected):
    assert verdict([{"kind": kind, "suppressions": []} for kind in kinds]) == expected


def test_what_is_waived_keeps_its_kind_and_does_not_count(examined):
    waiver = {"rule": "llama3.1/license-copy", "reason": "follows next week", "expires": "2026-01-01"}
    plain, waived = examined(LLAMA), examined(LLAMA, manifest={"waivers": [waiver]})
    finding = by_rule(waived)["llama3.1/license-copy", LLAMA["base_model"]]
    assert (finding["kind"], finding["suppressions"][0]["justification"]) == ("fail", "follows next week")
    assert waived["counts"]["fail"] == plain["counts"]["fail"] - 1


def test_a_report_whose_every_fail_is_waived_does_not_fail(examined):
    rules = sorted({item["rule"] for item in examined(LLAMA)["findings"] if item["kind"] == "fail"})
    waivers = [{"rule": rule, "reason": "known", "expires": "2026-01-01"} for rule in rules]
    report = examined(LLAMA, manifest={"waivers": waivers})
    assert report["verdict"] != "fail"
    assert report["counts"]["fail"] == 0
