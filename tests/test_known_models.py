"""The table of models, data sets and services beside the corpus: every row of it is known, under the right licence and edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.evidence import observed
from licensecheck.knowledge import Knowledge, load
from licensecheck.lineage import Assembler, Component, Entry
from tests.conftest import CORPUS

pytestmark = pytest.mark.corpus

KINDS = {"models": "model", "datasets": "dataset", "services": "service"}
#: What a row may say instead of a licence.
NONE = ("inherits", "other", "unknown")
#: Rows whose id is a description of several things.
DESCRIPTIONS = ("bard, makersuite", "consumer")


@cache
def table() -> dict[str, list[dict[str, Any]]]:
    text = (Path(str(CORPUS)) / "known-models.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def knowledge() -> Knowledge:
    return load()


def rows(kind: str) -> list[dict[str, Any]]:
    return [row for row in table()[kind] if not any(words in row["id"] for words in DESCRIPTIONS)]


def name_of(row: dict[str, Any]) -> str:
    """An id that the row is about: a pattern stands for itself with letters in its place."""
    return row["id"].split(" (")[0].replace("*", "x")


def day_of(row: dict[str, Any]) -> str | None:
    return str(row["from"]) if row.get("from") else None if not row.get("until") else "2000-01-01"


def assembled(kind: str, row: dict[str, Any]) -> Component:
    evidence = observed("README.md", 1, "base_model", row["id"], "declared")
    return Assembler(knowledge(), day_of(row), None, frozenset()).components([Entry(name_of(row), KINDS[kind], "serves", [evidence])])[0]


def expected(row: dict[str, Any]) -> str | None:
    stated = row.get("license") or row.get("terms")
    return knowledge().license_of_text(row.get("text", "")) or knowledge().resolve(stated) or stated


def same(found: str | None, wanted: str | None) -> bool:
    """The licence of the table, or that licence with an addendum, which a tag cannot say."""
    return found == wanted or str(found).endswith(f"-{wanted}")


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_leads_to_its_licence(kind: str) -> None:
    wrong = {}
    for row in rows(kind):
        if (row.get("license") or row.get("terms")) in NONE:
            continue
        component = assembled(kind, row)
        split = kind == "services" and component.license is None  # the registry knows more editions, and one without a text
        if not same(component.license, expected(row)) and not split:
            wrong[row["id"]] = (component.license, expected(row))
    assert wrong == {}


@pytest.mark.parametrize("kind", ["models", "datasets"])
def test_nothing_is_verified_that_the_table_does_not_call_so(kind: str) -> None:
    said = {row["id"]: row["verified"] for row in rows(kind)}
    wrong = [row["id"] for row in rows(kind) if assembled(kind, row).verified and not said[row["id"]] and not _other_row(kind, row)]
    assert wrong == []


def _other_row(kind: str, row: dict[str, Any]) -> bool:
    """Does another row of the table speak of the same id?"""
    return sum(other["id"] == row["id"] for other in rows(kind)) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_licence_with_rules_is_found_in_an_edition_of_its_own(kind: str) -> None:
    wrong = {}
    for row in rows(kind):
        component = assembled(kind, row)
        editions = knowledge().brief(component.license or "").get("editions") or []
        if not editions:
            continue
        edition = component.edition
        texts = {item["text"]: item.get("from") or item.get("title") for item in editions}  # side by side: two languages, two models
        undated = edition is not None and edition["text"] != editions[0]["text"] and not texts.get(edition["text"])
        if edition is None or edition["text"] not in texts or undated:
            wrong[row["id"]] = (component.license, edition)
        elif row.get("text") in texts and edition["text"] != row["text"]:
            wrong[row["id"]] = (edition["text"], row["text"])
    assert wrong == {}


@pytest.mark.parametrize("kind", ["models", "datasets"])
def test_every_fact_of_a_row_is_kept(kind: str) -> None:
    """Modality, base and the terms that travel with it."""
    wrong = {}
    for row in rows(kind):
        found = getattr(knowledge(), KINDS[kind])(name_of(row), day_of(row)) or {}
        said = {key: row[key] for key in ("modality", "base", "inherits") if row.get(key)}
        lost = {key: (found.get(key), value) for key, value in said.items() if found.get(key) != value}
        if lost:
            wrong[row["id"]] = lost
    assert wrong == {}


def test_ids_are_known_in_any_capitals() -> None:
    for row in rows("models"):
        name = name_of(row)
        assert knowledge().model(name.upper(), day_of(row)) == knowledge().model(name, day_of(row))


def test_a_copy_of_a_listed_model_is_guessed_to_carry_its_licence() -> None:
    """The last part of every id, under another organisation and with the marks of a converted copy: nine in ten, none verified."""
    right, wrong = 0, []
    for row in rows("models"):
        if "*" in row["id"] or row.get("license") in NONE or row.get("until"):
            continue
        guess = knowledge().guess(f"someone-else/{row['id'].split('/')[1]}-Q4_K_M-GGUF", None) or {}
        assert not guess.get("verified")
        known = knowledge().license_of_text(guess.get("text", "")) or knowledge().resolve(guess.get("license", ""))
        if same(known, expected(row)):
            right += 1
        else:
            wrong.append((row["id"], known, expected(row)))
    assert right >= 9 * len(wrong), wrong
