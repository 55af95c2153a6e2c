"""What comparisons add to a report: a possible base under a condition, counter-evidence, and nothing that anybody declared changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.engine.checks.measured import wilson
from licensecheck.knowledge import load
from licensecheck.pipeline import envelope, examine
from licensecheck.scenarios import recognise_stand_in
from tests.conftest import REPO

TOP = {"schema": "licensecheck-evidence/1", "tool": "compare 1.0", "date": "2026-01-01"}
SCHEMA = json.loads((REPO / "schema" / "report-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PUBLIC = {"weights": "public", "service": False, "product": False}
QWEN = "Qwen/Qwen2.5-14B"
LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
BARE = "---\nlicense: mit\n---\n# Harbour-7B\n"
BASED = f"---\nlicense: llama3.1\nbase_model: {LLAMA}\n---\n# Llama-Harbour-8B\n"
LIKE: dict[str, Any] = {"formula": "E7", "compared_to": QWEN, "value": 0.97}


def made(folder: Path, *results: Any, card: str = BARE, files: dict[str, str] | None = None, lang: str = "en", **manifest: Any) -> Any:
    written = {"README.md": card, **(files or {})}
    if results:
        written["evidence.json"] = json.dumps({**TOP, "results": list(results)}, indent=1)
        manifest["evidence"] = ["evidence.json"]
    written["licensecheck.yaml"] = yaml.safe_dump({"version": 1, "release": PUBLIC, "model": {"released": date(2026, 1, 1)}, **manifest})
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    return examine(str(folder), everything=True, lang=lang, recognise=recognise_stand_in, today=date(2026, 6, 1))


def found(report: Any, rule: str) -> list[Any]:
    return [item for item in report["findings"] if item["rule"] == rule]


def one(report: Any, rule: str) -> Any:
    (item,) = found(report, rule)
    return item


# --- a possible base


def test_a_possible_base_is_named_for_review_and_never_certain(tmp_path: Path) -> None:
    report = made(tmp_path, LIKE)
    base = one(report, "check/lineage.base")
    assert (base["kind"], base["layer"], base["component"], base["basis"]) == ("review", "weights", QWEN, "measured")
    assert "does not establish derivation" in base["message"]
    assert base["would_change"]
    (node,) = report["lineage"]["nodes"]
    (edge,) = report["lineage"]["edges"]
    assert node["possible"] is edge["possible"] is True
    assert [item["how"] for item in edge["evidence"]] == ["inferred"]


def test_a_sentence_that_names_a_possible_base_is_proposed_with_its_condition(tmp_path: Path) -> None:
    report = made(tmp_path, LIKE, card=BARE + "\nHarbour-7B was trained from scratch by us.\n")
    for rule in ("check/lineage.base", "check/claims.claim-possible"):
        (action,) = one(report, rule)["remedy"]["actions"]
        assert action["text"].startswith(f"If derived from {QWEN}, then: ")


def test_its_duties_are_reviews_that_spell_out_their_condition(tmp_path: Path) -> None:
    report = made(tmp_path, LIKE)
    owed = [item for item in report["findings"] if item.get("condition") and item["kind"] == "review"]
    assert {"apache-2.0/license-copy", "apache-2.0/state-changes"} <= {item["rule"] for item in owed}
    assert all(item["message"].startswith(f"If derived from {QWEN}, then: ") for item in owed)
    assert one(report, "apache-2.0/license-copy")["held_back"]["cap"] == "inferred-component"


def test_the_condition_is_spelled_out_in_chinese(tmp_path: Path) -> None:
    report = made(tmp_path, LIKE, lang="zh")
    assert one(report, "apache-2.0/license-copy")["message"].startswith(f"若源自 {QWEN}，则：")
    assert "不能证明存在衍生关系" in one(report, "check/lineage.base")["message"]


def test_nothing_is_asked_on_the_strength_of_a_likeness(tmp_path: Path) -> None:
    """An `open` finding would rank above `review`."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    like = {**LIKE, "compared_to": "meta-llama/Llama-3.1-8B"}
    before = made(tmp_path / "without", claims=["trained-from-scratch"], use={"commercial": True})
    after = made(tmp_path / "with", like, claims=["trained-from-scratch"], use={"commercial": True})
    assert [item["fact"] for item in after["questions"]] == [item["fact"] for item in before["questions"]]
    assert one(after, "llama3.1/scale-threshold")["kind"] == "review"
    assert after["if_published"] == before["if_published"]


def test_no_document_is_written_for_what_nobody_declares(tmp_path: Path) -> None:
    from licensecheck.render.documents import notice

    report = made(tmp_path, {**LIKE, "compared_to": "meta-llama/Llama-3.1-8B"})
    assert one(report, "llama3.1/notice-file")["kind"] == "review"
    assert all(item["remedy"]["command"] is None for item in report["findings"] if item.get("condition") and item["remedy"])
    assert not [item for item in report["findings"] if item.get("condition") and item["remedy"] and item["remedy"]["actions"]]
    assert notice(report) == ""


@pytest.mark.parametrize(
    "result",
    [
        {**LIKE, "value": 0.1},
        {"formula": "E6", "compared_to": QWEN, "value": 0.95, "detrended": 0.05},
        {"formula": "E2", "compared_to": QWEN, "value": 0.4},
        {"formula": "E4", "compared_to": QWEN, "value": 0.3},
        {"formula": "E1", "strings": ["harbour-rl-0317"]},
    ],
)
def test_a_low_likeness_adds_nothing(tmp_path: Path, result: Any) -> None:
    report = made(tmp_path, result)
    assert report["lineage"]["nodes"] == []
    assert not [item for item in report["findings"] if item.get("measured") or item.get("condition")]


def test_architecture_and_tokenizer_make_no_base(tmp_path: Path) -> None:
    report = made(tmp_path, {"formula": "E2", "compared_to": QWEN, "value": 1}, {"formula": "E4", "compared_to": QWEN, "value": 1})
    assert found(report, "check/lineage.base") == []
    assert one(report, "check/lineage.architecture")["kind"] == "informational"
    assert one(report, "check/lineage.tokenizer")["kind"] == "informational"
    assert not [item for item in report["findings"] if item["kind"] == "review" and item.get("condition")]


def test_counter_evidence_and_limits_stand_beside_the_value(tmp_path: Path) -> None:
    report = made(
        tmp_path,
        {"formula": "E6", "compared_to": QWEN, "value": 0.927, "null_pairs": [0.91]},
        {
            "formula": "E3",
            "compared_to": QWEN,
            "extra": ["o_proj.bias"],
            "differing": [{"field": "vocab_size", "subject": 1, "reference": 2}],
        },
        {"formula": "E4", "compared_to": QWEN, "value": 0.2},
    )
    base = one(report, "check/lineage.base")
    said = " ".join([base["message"], *base["notes"]])
    for words in ("0.927", "[E6]", "0.91", "method", "o_proj.bias", "vocab_size 1 / 2", "0.2", "does not establish"):
        assert words in said
    assert [row["formula"] for row in base["measured"]] == ["E6", "E3", "E4"]
    assert [row["attention"] for row in base["measured"]] == [True, False, False]
    assert base["measured"][0]["null_pairs"] == [{"value": 0.91}]
    assert base["measured"][0]["caveats"]


def test_a_value_without_unrelated_pairs_says_so(tmp_path: Path) -> None:
    assert any("no unrelated pairs" in note for note in one(made(tmp_path, LIKE), "check/lineage.base")["notes"])


def test_two_independent_techniques_raise_the_confidence_and_not_the_finding(tmp_path: Path) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    alone.mkdir()
    both.mkdir()
    weak = {"formula": "E6", "compared_to": QWEN, "value": 0.95}
    first = one(made(alone, weak), "check/lineage.base")
    second = one(made(both, weak, {"formula": "E9", "compared_to": QWEN, "value": 90}), "check/lineage.base")
    assert (first["confidence"], second["confidence"]) == ("low", "medium")
    assert first["kind"] == second["kind"] == "review"
    assert "2 independent techniques agree" in second["notes"][1]
    assert second["notes"][0] == "Confidence: medium."


def test_the_same_technique_twice_is_one_technique(tmp_path: Path) -> None:
    weak = {"formula": "E6", "compared_to": QWEN, "value": 0.95}
    assert one(made(tmp_path, weak, weak), "check/lineage.base")["confidence"] == "low"


@pytest.mark.parametrize("name", [LLAMA, "meta-llama/Llama-3.1-8B", "Llama-3.1-8B-Instruct"])
def test_a_declared_base_and_what_it_was_made_from_are_only_borne_out(tmp_path: Path, name: str) -> None:
    report = made(tmp_path, {**LIKE, "compared_to": name}, card=BASED)
    assert found(report, "check/lineage.base") == []
    assert one(report, "check/lineage.base-agrees")["kind"] == "pass"
    assert not [item for item in report["findings"] if item.get("condition")]


def test_only_the_tokenizer_declared_leaves_the_weights_possible(tmp_path: Path) -> None:
    report = made(tmp_path, LIKE, built_from=[{"model": QWEN, "relation": "tokenizer"}], claims=["trained-from-scratch"])
    assert one(report, "check/lineage.base")["component"] == QWEN


def test_the_declared_licence_is_compared_with_that_of_the_possible_base(tmp_path: Path) -> None:
    report = made(tmp_path, {**LIKE, "compared_to": "meta-llama/Llama-3.1-8B"})
    item = one(report, "check/declared-license.declares-more")
    assert item["kind"] == "review"
    assert item["message"].startswith("If derived from")


def test_of_very_many_models_that_come_close_the_first_are_looked_at(tmp_path: Path) -> None:
    report = made(tmp_path, *({**LIKE, "compared_to": f"acme/base-{n}"} for n in range(60)))
    assert len(found(report, "check/lineage.base")) == len(report["lineage"]["nodes"]) == 25
    assert any("60 models" in note for note in report["incomplete"])


# --- replies, code, architecture


def test_replies_are_counted_by_language_with_an_interval(tmp_path: Path) -> None:
    probes = [{"language": "zh", "vendor": "baidu", "named": 4, "of": 5}, {"language": "en", "prompt": "who", "named": 0, "of": 5}]
    item = one(made(tmp_path, {"formula": "E12", "probes": probes}), "check/lineage.identity")
    assert (item["kind"], item["layer"], item["confidence"], item["component"]) == ("review", "claim", "lowest", None)
    for words in ("zh", "4 of 5", "0.38 to 0.96", "0 of 5", "baidu"):
        assert words in item["message"]
    assert item["citation"]["section"] is None


def test_replies_that_name_nobody_else_are_in_order(tmp_path: Path) -> None:
    report = made(tmp_path, {"formula": "E12", "probes": [{"language": "en", "named": 0, "of": 5}]})
    assert found(report, "check/lineage.identity") == []
    assert one(report, "check/lineage.identity-own")["kind"] == "pass"


@given(st.integers(1, 1_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_within_zero_and_one(pair: tuple[int, int]) -> None:
    hits, of = pair
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1


HEAD = "# Copyright 2022 Somebody. All rights reserved.\n# Licensed under the Apache License, Version 2.0\n"
SIMILAR = {"formula": "E5", "file": "modeling_harbour.py", "compared_to": "hf-modeling_llama", "value": 0.9}


@pytest.mark.parametrize(
    ("head", "header_found", "kind"),
    [("", False, "review"), ("", None, "review"), (HEAD, None, "pass"), (HEAD, False, "pass")],  # the file itself is read
)
def test_similar_code_owes_a_header_and_nothing_else_of_the_weights(tmp_path: Path, head: str, header_found: Any, kind: str) -> None:
    result = {**SIMILAR, **({} if header_found is None else {"header_found": header_found})}
    report = made(tmp_path, result, files={"modeling_harbour.py": head + "class Harbour: ...\n"})
    items = [item for item in found(report, "apache-2.0/retain-notices") if item["component"] == "huggingface/transformers"]
    assert [(item["kind"], item["layer"]) for item in items] == [(kind, "code")]
    assert items[0]["message"].startswith("If modeling_harbour.py is derived from huggingface/transformers, then: ")
    assert [row["value"] for row in items[0]["measured"]] == [0.9]
    said = " ".join(items[0]["notes"])
    assert "[E5]" in said and "Boilerplate" in said and "does not establish derivation" in said
    assert found(report, "check/lineage.base") == []


def test_a_declared_origin_of_the_file_leaves_nothing_to_a_likeness(tmp_path: Path) -> None:
    origin = {"code": "modeling_harbour.py", "from": "huggingface/transformers", "license": "apache-2.0"}
    report = made(tmp_path, SIMILAR, files={"modeling_harbour.py": "class Harbour: ...\n"}, built_from=[origin])
    assert [item["kind"] for item in found(report, "apache-2.0/retain-notices")] == ["fail"]
    assert not [item for item in report["findings"] if item.get("condition")]


def test_a_header_that_is_kept_passes_without_any_declared_base(tmp_path: Path) -> None:
    report = made(tmp_path, files={"configuration_harbour.py": HEAD + "class Harbour: ...\n"})
    item = one(report, "apache-2.0/retain-notices")
    assert (item["kind"], item["layer"]) == ("pass", "code")
    assert [other["rule"] for other in report["findings"] if other["license"]] == ["apache-2.0/retain-notices"]


SIZES = {
    "hidden_size": 4096,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "intermediate_size": 14336,
    "vocab_size": 128256,
}


@pytest.mark.parametrize(
    ("config", "body", "kind"),
    [
        ({"model_type": "harbour", **SIZES}, "", "informational"),
        ({"model_type": "llama", **SIZES}, "", "pass"),  # the configuration says it
        ({"model_type": "harbour", **SIZES, "vocab_size": 64000}, "", "pass"),
        ({"model_type": "harbour", "hidden_act": "silu", "num_hidden_layers": 32}, "A decoder-only Transformer.\n", "pass"),
        ({"model_type": "harbour", **SIZES}, "It has the same architecture as Llama 3.\n", "pass"),
    ],
)
def test_a_reused_architecture_calls_for_a_sentence_and_no_more(tmp_path: Path, config: Any, body: str, kind: str) -> None:
    report = made(tmp_path, card=BARE + body, files={"config.json": json.dumps(config)}, claims=["trained-from-scratch"])
    item = one(report, "check/lineage.architecture")
    assert (item["kind"], item["layer"]) == (kind, "claim")
    assert bool(item["remedy"]) == (kind == "informational")


def test_a_configuration_that_names_no_architecture_says_nothing_of_it(tmp_path: Path) -> None:
    report = made(tmp_path, files={"config.json": "{}"}, claims=["trained-from-scratch"])
    assert found(report, "check/lineage.architecture") == []


def test_a_declared_base_brings_its_architecture_along(tmp_path: Path) -> None:
    report = made(tmp_path, card=BASED, files={"config.json": json.dumps({"model_type": "harbour", **SIZES})})
    assert found(report, "check/lineage.architecture") == []


# --- claims beside it


@pytest.mark.parametrize("claim", ["trained-from-scratch", "self-developed", "not-derived"])
def test_a_claim_of_origin_beside_a_possible_base_is_a_review(tmp_path: Path, claim: str) -> None:
    items = [item for item in made(tmp_path, LIKE, claims=[claim])["findings"] if item["topic"] == "claims"]
    assert [item["kind"] for item in items if item["evidence"][0]["key"] == f"claims.{claim}"] == ["review"]
    assert QWEN in items[0]["remedy"]["actions"][0]["text"]


def test_a_soft_word_beside_a_possible_base_is_worth_knowing(tmp_path: Path) -> None:
    (item,) = (item for item in made(tmp_path, LIKE, card=BARE + "\n我们的自研模型。\n")["findings"] if "claim-" in item["rule"])
    assert (item["kind"], item["rule"]) == ("informational", "check/claims.claim-possible")


@pytest.mark.parametrize(("name", "license_id"), [(QWEN, "apache-2.0"), ("acme/nobody-7b", "mit")])
def test_the_licence_that_a_tool_states_counts_where_the_registry_has_none(tmp_path: Path, name: str, license_id: str) -> None:
    (node,) = made(tmp_path, {**LIKE, "compared_to": name, "license": "mit"})["lineage"]["nodes"]
    assert node["license"] == license_id


@pytest.mark.parametrize("formula", ["E2", "E3", "E4"])
def test_a_claim_of_origin_stays_clear_beside_a_likeness_of_form(tmp_path: Path, formula: str) -> None:
    report = made(tmp_path, {"formula": formula, "compared_to": QWEN, "value": 1}, claims=["trained-from-scratch"])
    assert {item["kind"] for item in report["findings"] if item["topic"] == "claims" and "claim-" in item["rule"]} == {"pass"}


@pytest.mark.parametrize(("lang", "words"), [("en", "is fine-tuned from"), ("zh", "微调")])
def test_a_claim_beside_a_declared_base_proposes_the_sentence_that_would_be_true(tmp_path: Path, lang: str, words: str) -> None:
    report = made(tmp_path, card=BASED, claims=["trained-from-scratch"], lang=lang)
    (item,) = (item for item in report["findings"] if item["rule"] == "check/claims.claim-beside-base")
    (action,) = item["remedy"]["actions"]
    assert item["kind"] == "fail"
    assert action["kind"] == "add-text"
    assert LLAMA in action["text"] and words in action["text"]


# --- the laws


VALUES = st.floats(-1, 1, allow_nan=False)
RESULTS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"formula": st.just("E7"), "value": VALUES}),
        st.fixed_dictionaries(
            {"formula": st.just("E6"), "value": VALUES}, optional={"detrended": VALUES, "null_pairs": st.lists(VALUES, max_size=2)}
        ),
        st.fixed_dictionaries({"formula": st.just("E8"), "equal_sigma": st.booleans(), "excess_kurtosis": VALUES}),
        st.fixed_dictionaries({"formula": st.sampled_from(["E2", "E3", "E4"]), "value": st.floats(0, 1)}),
        st.fixed_dictionaries({"formula": st.just("E5"), "file": st.sampled_from(["a.py", "b.py"]), "value": st.floats(0, 1)}),
        st.fixed_dictionaries({"formula": st.sampled_from(["E9", "E10"]), "value": st.floats(-100, 100)}),
    ).flatmap(
        lambda result: st.sampled_from(
            [QWEN, LLAMA, "meta-llama/Llama-2-7b-hf", "openbmb/MiniCPM-Llama3-V-2_5", "acme/nobody-7b", "llama"]
        ).map(lambda name: {**result, "compared_to": name})
    ),
    min_size=1,
    max_size=4,
)
CARDS = st.sampled_from([BARE, BASED, "# Harbour\n\nTrained from scratch.\n"])
SCOPES: list[dict[str, Any]] = [
    {},
    {"use": {"commercial": True, "monthly_active_users": 900_000_000}},
    {"built_from": [{"model": LLAMA, "relation": "outputs"}]},
    {"built_from": [LLAMA, {"model": "meta-llama/Llama-2-7b-chat-hf", "relation": "outputs"}]},
    {"built_from": [{"model": QWEN, "relation": "serves"}]},
]
RANK = {"fail": 0, "open": 1, "review": 2, "pass": 3, "informational": 3, "not-applicable": 3}


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(results=RESULTS, card=CARDS, manifest=st.sampled_from(SCOPES))
def test_comparisons_add_reviews_at_most_and_change_nothing_declared(tmp_path: Path, results: Any, card: str, manifest: Any) -> None:
    """I2, and: what is declared is judged as if nothing had been measured. Only a statement of origin may become a matter for a person."""
    (tmp_path / "evidence.json").unlink(missing_ok=True)
    before = made(tmp_path, card=card, **manifest)
    after = made(tmp_path, *results, card=card, **manifest)
    VALIDATOR.validate(envelope([after]))
    old = {item["id"]: item for item in before["findings"]}
    for item in after["findings"]:
        known = old.get(item["id"])
        if known is None:
            assert RANK[item["kind"]] >= RANK["review"], item["rule"]
        elif item["topic"] != "claims" and item["rule"] != "check/lineage.architecture":
            assert item["kind"] == known["kind"], item["rule"]
        assert item["kind"] != "fail" or known is not None
    kept = {item["id"] for item in after["findings"]}
    gone = [item["rule"] for item in old.values() if item["id"] not in kept and item["topic"] != "claims"]
    assert [rule for rule in gone if rule != "check/lineage.architecture"] == []
    assert len(kept) == len(after["findings"])
    assert after["licenses"] == before["licenses"]


def test_every_sentence_about_comparisons_names_every_blank(tmp_path: Path) -> None:
    every = [
        {"formula": formula, "compared_to": QWEN, "file": "modeling_harbour.py", "value": 1, "equal_sigma": True, "excess_kurtosis": 0}
        for formula in load().techniques()["techniques"]
        if formula not in ("E1", "E12", "E8")
    ]
    allowed = {formula: {*row["fields"]} for formula, row in load().techniques()["techniques"].items()}
    every = [{k: v for k, v in item.items() if k in ("formula", "compared_to", "file") or k in allowed[item["formula"]]} for item in every]
    for item in every:
        item["value"] = 99 if item["formula"] in ("E9", "E10") else 1
    for lang in ("en", "zh"):
        report = made(tmp_path, *every, {"formula": "E1", "strings": ["qwen2.5-14b"]}, lang=lang)
        for finding in report["findings"]:
            for text in (finding["message"], *finding["notes"]):
                assert "{" not in text, text
