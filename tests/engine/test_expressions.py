"""Licence expressions in cards and manifests, followed into the findings."""

from __future__ import annotations

from typing import Any

import pytest

LLAMA = "meta-llama/Llama-3.1-8B"


def rules(report: Any, topic: str) -> dict[str, str]:
    return {f["rule"].partition(".")[2]: f["kind"] for f in report["findings"] if f["topic"] == topic and f["license"] is None}


def of(report: Any, license_id: str) -> list[Any]:
    return [finding for finding in report["findings"] if finding["license"] == license_id]


def parts(license_id: str) -> dict[str, Any]:
    return {"built_from": [{"model": "acme/part", "license": license_id}]}


def test_every_licence_that_applies_has_its_findings(examined) -> None:
    report = examined({"license": "mit"}, manifest=parts("Apache-2.0 AND CC-BY-NC-4.0"))
    assert of(report, "apache-2.0")
    assert of(report, "cc-by-nc-4.0")
    assert report["licenses"]["inherited"] == ["apache-2.0", "cc-by-nc-4.0"]
    assert [node["license"] for node in report["lineage"]["nodes"]] == ["apache-2.0 AND cc-by-nc-4.0"]
    assert len({finding["id"] for finding in report["findings"]}) == len(report["findings"])


def test_of_a_choice_one_is_judged_and_the_findings_say_which(examined) -> None:
    report = examined({"license": "mit"}, manifest=parts("CC-BY-NC-4.0 OR Apache-2.0"))
    assert of(report, "apache-2.0")
    assert not of(report, "cc-by-nc-4.0")
    assert rules(report, "unknown-license") == {"choice-taken": "informational"}
    unmet = [finding for finding in of(report, "apache-2.0") if finding["kind"] in ("fail", "review", "open")]
    assert unmet
    assert all("Of `CC-BY-NC-4.0 OR Apache-2.0`, apache-2.0 is taken." in finding["notes"] for finding in unmet)


def test_an_exception_keeps_the_licence_and_says_that_nobody_read_it(examined) -> None:
    report = examined({"license": "gpl-2.0"}, manifest=parts("GPL-2.0-only WITH Classpath-exception-2.0"))
    assert of(report, "gpl-2.0")
    assert rules(report, "unknown-license") == {"exception-unread": "informational"}


def test_what_a_registry_or_a_house_calls_its_own_is_for_review(examined) -> None:
    report = examined({"license": "mit"}, manifest=parts("MIT AND LicenseRef-acme"))
    assert rules(report, "unknown-license") == {"no-rules": "review"}
    assert of(report, "mit")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("LicenseRef-llama3.1", {"declared-fits": "pass"}),
        ("llama3.1 AND MIT", {"declared-fits": "pass"}),
        (["llama3.1", "mit"], {"declared-fits": "pass"}),  # a list of the Hub: all of them
        ("llama3.1 OR MIT", {"declared-fits": "pass", "declares-choice": "review"}),  # the recipient may take the other
        ("(llama3.1 AND MIT) OR (llama3.1 AND ISC)", {"declared-fits": "pass"}),
        ("MIT OR", {"bad-expression": "review"}),
        ("MIT AND (ISC", {"bad-expression": "review"}),
        ("MIT OR Apache-3.0", {"misspelt-id": "review"}),
    ],
)
def test_a_declared_expression_is_held_against_the_lineage(examined, declared, expected) -> None:
    report = examined({"license": declared, "base_model": LLAMA})
    found = rules(report, "declared-license")
    assert {rule: kind for rule, kind in found.items() if rule in expected} == expected


@pytest.mark.parametrize("text", ["(" * 100_000 + "MIT" + ")" * 100_000, "MIT OR " * 40_000 + "ISC", "x" * 200_000])
def test_hostile_expressions_end_in_a_short_finding(examined, text) -> None:
    report = examined({"license": text, "base_model": LLAMA})
    found = rules(report, "declared-license")
    assert set(found) & {"bad-expression", "unknown-id"}
    assert all(len(finding["message"]) < 1_000 for finding in report["findings"])
    assert len(str(report["licenses"])) < 2_000
