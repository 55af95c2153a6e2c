"""From which value on a result is worth attention, and what a name stands for."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.knowledge import load
from licensecheck.measured.read import Result
from licensecheck.measured.references import code_named, model_in_identifier, model_named
from licensecheck.measured.weigh import is_noted, percentile, with_value

UNRELATED = [{"compared_to": f"acme/other-{n}", "value": 0.8, "detrended": n / 10} for n in range(6)]


@pytest.mark.parametrize(
    ("formula", "data", "noted"),
    [
        ("E6", {"value": 0.927}, True),
        ("E6", {"value": 0.89}, False),
        ("E6", {"value": 0.927, "null_pairs": [{"value": 0.91}]}, True),
        ("E6", {"value": 0.927, "null_pairs": [{"value": 0.93}]}, False),  # unrelated models do as well
        ("E6", {"value": 0.99, "detrended": 0.1}, False),  # a common trend and nothing else
        ("E6", {"value": 0.5, "detrended": 0.7, "references": UNRELATED}, True),
        ("E6", {"value": 0.5, "detrended": 0.7, "references": [{"compared_to": "a/b", "value": 0.1, "detrended": 0.8}]}, False),
        ("E7", {"value": 0.5}, True),
        ("E7", {"value": 0.49}, False),
        ("E7", {}, False),
        ("E8", {"equal_sigma": True, "excess_kurtosis": 0, "mean": 0}, True),
        ("E8", {"equal_sigma": True, "excess_kurtosis": 3}, False),
        ("E8", {"equal_sigma": False, "excess_kurtosis": 0}, False),
        ("E8", {"equal_sigma": True, "excess_kurtosis": 0, "rho": 1.4}, False),  # the noise is larger than the weights
        ("E3", {"shapes": 1.0}, True),
        ("E4", {"value": 0.2}, False),
        ("E5", {"value": 0.9}, True),
        ("E12", {"probes": []}, False),
    ],
)
def test_attention_goes_by_the_table(table: Any, formula: str, data: dict[str, Any], noted: bool) -> None:
    assert is_noted(data, table["techniques"][formula]) is noted


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"identical": 423, "renamed_only": 120, "total": 543}, 1.0),
        ({"identical": 1, "total": 4}, 0.25),
        ({"identical": 9, "total": 4}, 1.0),
        ({"equal": ["a", "b", "c"], "differing": [{"field": "d"}]}, 0.75),
        ({"total": 0, "identical": 0}, None),
        ({"extra": ["x"]}, None),
        ({"value": 0.3, "equal": ["a"]}, 0.3),
    ],
)
def test_a_share_follows_from_counts_where_none_is_stated(data: dict[str, Any], value: float | None) -> None:
    assert with_value(Result("E3", data, "x", 1)).get("value") == value


def test_the_percentile_lies_between_its_neighbours() -> None:
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([0.0, 1.0, 2.0], 0.5) == 1.0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Qwen/Qwen2.5-14B", "Qwen/Qwen2.5-14B"),
        ("https://huggingface.co/Qwen/Qwen2.5-14B", "Qwen/Qwen2.5-14B"),
        ("Qwen2.5-14B", "Qwen/Qwen2.5-14B"),
        ("llama", "llama"),
        ("harbour of ours", "harbour of ours"),
    ],
)
def test_a_name_is_an_id_where_a_publisher_has_a_model_so_called(written: str, meant: str) -> None:
    assert model_named(written, load()) == meant


@pytest.mark.parametrize(
    ("identifier", "meant"),
    [
        ("kimi-k2p5-rl-0317", "moonshotai/Kimi-K2.5"),
        ("models/kimi-k2.5", "moonshotai/Kimi-K2.5"),
        ("prod-qwen2p5-14b-v3", "Qwen/Qwen2.5-14B"),
        ("composer-2", None),
        ("harbour-rl-0317", None),
        ("", None),
        ("-" * 5_000, None),
    ],
)
def test_an_identifier_names_a_model_by_whole_parts_only(table: Any, identifier: str, meant: str | None) -> None:
    assert model_in_identifier(identifier, load(), table["points"]) == meant


def test_a_file_of_a_library_stands_for_the_library(table: Any) -> None:
    assert code_named("hf-modeling_llama", table["code_origins"]) == ("huggingface/transformers", "apache-2.0")
    assert code_named("acme/engine", table["code_origins"]) == ("acme/engine", None)


def test_every_technique_says_what_it_cannot_show_in_both_languages(table: Any) -> None:
    for row in table["techniques"].values():
        for words in (row["name"], row["reading"], row["cannot"], *row["caveats"]):
            assert set(words) == {"en", "zh"}
        assert row["caveats"]
        assert row["confidence"] in ("lowest", "low", "medium")
        assert (row["speaks_of"] == "weights") == (row.get("relation") == "finetune")
