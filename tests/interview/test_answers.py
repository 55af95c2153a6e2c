"""What people type, in the form that the manifest takes."""

from __future__ import annotations

from typing import Any

import pytest

from licensecheck.interview.answers import value_of

PURPOSES = ("chat-assistant", "coding", "medical-advice")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10000000", 10_000_000),
        ("10,000,000", "10,000,000"),  # the manifest reads it
        ("<10000000", "<10000000"),
        ("< 10 million", "<10000000"),
        ("10 million", 10_000_000),
        ("10 Million Users", 10_000_000),
        ("less than 10 million users", "<10000000"),
        ("at most 1.5k", "<=1500"),
        ("more than 700m", ">700000000"),
        ("≥ 3 billion", ">=3000000000"),
        ("5 million - 10 million", "5000000-10000000"),
        ("5k to 7k", "5000-7000"),
        ("不到1000万", "<10000000"),
        ("10 zillion", "10 zillion"),  # for the manifest to explain
        ("many", "many"),
        ("users", "users"),
    ],
)
def test_figures(text: str, value: Any) -> None:
    assert value_of(text, {"type": "figure"}, ()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 million eur", "5000000 EUR"),
        ("EUR 5 million", "5000000 EUR"),
        ("<1m USD", "<1000000 USD"),
        ("under 20 billion usd", "<20000000000 USD"),
        ("5 million", "5 MILLION"),
        ("1000", "1000"),
    ],
)
def test_money(text: str, value: str) -> None:
    assert value_of(text, {"type": "money"}, ()) == value


@pytest.mark.parametrize(("text", "value"), [("y", True), ("No", False), ("TRUE", True), ("是", True), ("maybe", "maybe")])
def test_truth(text: str, value: Any) -> None:
    assert value_of(text, {"type": "bool"}, ()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("coding, chat-assistant", ["coding", "chat-assistant"]),
        ("2 1", ["coding", "chat-assistant"]),
        ("[coding]", ["coding"]),
        ("med", ["medical-advice"]),
        ("c", ["c"]),  # two begin so
        ("99", ["99"]),
    ],
)
def test_lists_by_name_number_or_beginning(text: str, value: list[str]) -> None:
    assert value_of(text, {"type": "set"}, PURPOSES) == value


def test_countries_are_a_list() -> None:
    assert value_of("NL, de", {"type": "country"}, ()) == ["NL", "de"]


@pytest.mark.parametrize(("text", "value"), [("public", "public"), ("2", "private"), ("n", "none"), ("p", "p"), ("0", "0")])
def test_one_of_several(text: str, value: str) -> None:
    assert value_of(text, {"type": "enum"}, ("public", "private", "none")) == value
