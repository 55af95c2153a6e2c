"""Licences that cannot stand in one work, by folders: which finding, with whose clauses, and the licence for the whole."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from licensecheck.knowledge import load
from tests.conftest import CORPUS

LLAMA = {"model": "meta-llama/Llama-3.1-8B", "relation": "merge"}
INSIDE = {"weights": "none", "service": False, "product": False}


def merge(license_id: str, name: str = "acme/part") -> dict[str, str]:
    return {"model": name, "relation": "merge", "license": license_id}


def data(license_id: str, name: str = "acme/words") -> dict[str, str]:
    return {"dataset": name, "license": license_id}


def code(license_id: str, name: str, file: str) -> dict[str, str]:
    return {"code": file, "from": name, "license": license_id}


def conflicts(report: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """Sentence, kind, and the clauses cited, each as `license § section`."""
    found = []
    for finding in report["findings"]:
        if finding["topic"] == "license-conflict":
            cited = [finding["citation"], *finding["also_cites"]]
            clauses = tuple(f"{each['license']} {each['section']}" for each in cited)
            found.append((finding["rule"].removeprefix("check/license-conflict.conflict-"), finding["kind"], clauses))
    return found


@pytest.mark.parametrize(
    ("built_from", "declared", "expected"),
    [
        # two that want the whole
        (
            [merge("cc-by-sa-4.0"), merge("cc-by-nc-sa-4.0", "acme/other")],
            "cc-by-sa-4.0",
            [("share-alike", "fail", ("cc-by-nc-sa-4.0 3.b.1", "cc-by-sa-4.0 3.b.1"))],
        ),
        # no further restrictions against some
        ([LLAMA, merge("cc-by-sa-4.0")], "llama3.1", [("restrictions", "fail", ("cc-by-sa-4.0 3.b.3", "llama3.1 1.b"))]),
        (
            [merge("cc-by-nc-4.0"), merge("cc-by-sa-4.0", "acme/x")],
            None,
            [("restrictions", "fail", ("cc-by-sa-4.0 3.b.3", "cc-by-nc-4.0 2.a.1"))],
        ),
        # whether weights are a program is not settled
        ([LLAMA, merge("gpl-3.0")], "gpl-3.0", [("restrictions", "review", ("gpl-3.0 10", "llama3.1 1.b"))]),
        ([merge("apache-2.0"), merge("gpl-2.0-only", "acme/x")], None, [("restrictions", "review", ("gpl-2.0 6", "apache-2.0 3"))]),
        ([merge("apache-2.0"), merge("gpl-3.0", "acme/x")], None, []),
        ([merge("apache-2.0"), merge("GPL-2.0-or-later", "acme/x")], None, []),  # version 3 is taken
        # data against weights is for a person
        ([merge("cc-by-sa-4.0"), data("cc-by-nc-4.0")], None, [("restrictions", "review", ("cc-by-sa-4.0 3.b.3", "cc-by-nc-4.0 2.a.1"))]),
        ([LLAMA, data("cc-by-sa-4.0")], "llama3.1", [("restrictions", "review", ("cc-by-sa-4.0 3.b.3", "llama3.1 1.b"))]),
        ([LLAMA, data("apache-2.0")], "llama3.1", []),
        # code beside weights, and what is only used, are other works
        ([LLAMA, code("gpl-3.0", "acme/trainer", "train.py")], "llama3.1", []),
        ([{"model": "acme/x", "relation": "serves", "license": "gpl-3.0"}, LLAMA], "llama3.1", []),
        # files taken over: one work when it is one file
        (
            [code("gpl-2.0-only", "acme/a", "net.py"), code("apache-2.0", "acme/b", "net.py")],
            "gpl-2.0",
            [("restrictions", "fail", ("gpl-2.0 6", "apache-2.0 3"))],
        ),
        (
            [code("gpl-2.0-only", "acme/a", "net.py"), code("apache-2.0", "acme/b", "train.py")],
            "gpl-2.0",
            [("restrictions", "review", ("gpl-2.0 6", "apache-2.0 3"))],
        ),
        # the declared licence, where no other check speaks
        ([merge("apache-2.0")], "GPL-2.0-only", [("declared", "fail", ("gpl-2.0 6", "apache-2.0 3"))]),
        ([merge("apache-2.0")], "gpl-2.0", [("declared", "review", ("gpl-2.0 6", "apache-2.0 3"))]),  # "or later" is not ruled out
        ([merge("apache-2.0")], "gpl-3.0", []),
        ([merge("mit"), data("cc-by-nc-4.0")], "gpl-3.0", [("declared", "review", ("gpl-3.0 10", "cc-by-nc-4.0 2.a.1"))]),
        ([LLAMA], "gpl-3.0", []),  # declared-license says it
        # what the texts leave open
        ([merge("odc-by"), merge("cc-by-sa-4.0", "acme/x")], None, [("open", "review", ("cc-by-sa-4.0 3.b.3", "odc-by 4.2.a"))]),
    ],
)
def test_licences_that_exclude_one_another_are_found_with_both_clauses(examined, built_from, declared, expected) -> None:
    report = examined({"license": declared} if declared else {}, manifest={"built_from": built_from})
    assert conflicts(report) == expected


def test_the_order_of_components_changes_nothing(examined) -> None:
    parts = [LLAMA, merge("cc-by-sa-4.0", "acme/sa"), merge("apache-2.0", "acme/ap"), data("cc-by-nc-4.0")]
    seen = set()
    for order in permutations(parts):
        report = examined({"license": "llama3.1"}, manifest={"built_from": list(order)})
        found = [finding["id"] for finding in report["findings"] if finding["topic"] == "license-conflict"]
        seen.add(json.dumps([conflicts(report), found, report["licenses"]["releasable"]]))
    assert len(seen) == 1
    assert len(found) == 2


def test_several_conflicts_of_one_component_are_told_apart(examined) -> None:
    built_from = [merge("cc-by-sa-4.0"), LLAMA, merge("gemma", "acme/g"), merge("gemma", "acme/h")]
    found = [f for f in examined(manifest={"built_from": built_from})["findings"] if f["topic"] == "license-conflict"]
    assert len({finding["id"] for finding in found}) == len(found) == 2
    assert "acme/g, acme/h" in "".join(finding["message"] for finding in found)


def test_inside_there_is_no_conflict_and_undeclared_it_is_a_question(examined) -> None:
    built_from = [LLAMA, merge("cc-by-sa-4.0")]
    assert conflicts(examined(manifest={"built_from": built_from, "release": INSIDE}, as_=None)) == []
    report = examined(manifest={"built_from": built_from}, as_=None)
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "license-conflict"]
    assert (found["kind"], found["question"]["fact"]) == ("open", "release.weights")
    assert found["question"]["if"] == {"public": "fail", "private": "fail", "none": "pass"}
    assert found["held_back"] is None


@pytest.mark.parametrize(("license_id", "expected"), [("cc-by-sa-4.0", []), ("agpl-3.0", ["review"])])
def test_a_service_hands_nothing_over_unless_the_licence_counts_it(examined, license_id, expected) -> None:
    manifest = {"built_from": [LLAMA, merge(license_id)], "release": {**INSIDE, "service": True}}
    assert [kind for _, kind, _ in conflicts(examined(manifest=manifest, as_=None))] == expected


def test_what_an_unverified_row_names_is_for_review(examined) -> None:
    row = next(row for row in load().rows("models", "meta-llama") if not row["verified"] and row["license"].startswith("llama"))
    report = examined(manifest={"built_from": [merge("cc-by-sa-4.0"), {"model": row["id"], "relation": "merge"}]})
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "license-conflict"]
    assert (found["kind"], found["held_back"]["cap"]) == ("review", "unverified-law")


def test_an_exception_that_nobody_reads_holds_it_back(examined) -> None:
    report = examined(manifest={"built_from": [merge("CC-BY-SA-4.0 WITH Odd-exception-1.0"), LLAMA]})
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "license-conflict"]
    assert found["kind"] == "review"
    assert "Odd-exception-1.0" in " ".join(found["held_back"]["reasons"])
    assert any(f["rule"] == "check/unknown-license.exception-unread" for f in report["findings"])


def test_both_clauses_are_quoted_where_the_texts_are_at_hand(examined) -> None:
    report = examined(manifest={"built_from": [merge("cc-by-sa-4.0"), LLAMA]})
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "license-conflict"]
    assert [each["text"] for each in (found["citation"], *found["also_cites"])] == ["cc-by-sa-4.0", "llama-3.1-community-licence"]
    assert all(each["url"] for each in (found["citation"], *found["also_cites"]))


@pytest.mark.corpus
def test_the_words_of_both_clauses_come_from_the_copies_in_the_folder(examined) -> None:
    texts = Path(str(CORPUS)) / "license-texts"
    names = {"LICENSE-DATA": "cc-by-sa-4.0", "LICENSE": "llama-3.1-community-licence"}
    files = {name: (texts / f"{text}.txt").read_text(encoding="utf-8") for name, text in names.items()}
    report = examined(files=files, manifest={"built_from": [merge("cc-by-sa-4.0"), LLAMA]}, recognise=None)
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "license-conflict"]
    cited = [found["citation"], *found["also_cites"]]
    assert [each["source"] for each in cited] == ["LICENSE-DATA", "LICENSE"]
    assert all(each["quote"] and each["line"] for each in cited)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_said_in_both_languages(examined, lang) -> None:
    built_from = [LLAMA, merge("cc-by-sa-4.0"), merge("odc-by", "acme/o"), merge("mit OR gpl-3.0", "acme/c")]
    report = examined({"license": "GPL-2.0-only"}, manifest={"built_from": built_from}, lang=lang)
    for finding in report["findings"]:
        if finding["topic"] in ("license-conflict", "unknown-license"):
            assert "{" not in finding["message"]
            assert any("\u4e00" <= char <= "\u9fff" for char in finding["message"]) is (lang == "zh")
    assert report["licenses"]["releasable"]["why"]
