"""The ids of providers, and what other words for them are read as."""

from __future__ import annotations

import pytest

from licensecheck.knowledge import load
from licensecheck.knowledge.providers import provider_ids


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("openai", None),
        ("chatgpt", "openai"),
        ("opnai", "openai"),
        ("mistralai", "mistral"),
        ("qwen", "alibaba"),
        ("iflytek", None),
        ("harbour", None),
    ],
)
def test_another_word_for_a_provider_is_suggested(word: str, meant: str | None) -> None:
    assert load().suggest_provider(word) == meant


def test_everybody_whom_a_clause_asks_about_is_a_provider() -> None:
    clause = {"when": {"op": "all", "of": [{"op": "not", "of": {"fact": "subject.competes_with", "test": "holds", "value": ["acme"]}}]}}
    assert provider_ids([{"id": "other/*"}], {"acme-1.0": {"clauses": [clause]}}) == ["acme", "other"]
