"""Waivers: what they cover, how long, and what is said of those that do nothing; agreements that have lapsed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

BASE = "meta-llama/Llama-3.1-8B-Instruct"
CARD = f"---\nlicense: llama3.1\nbase_model: {BASE}\n---\n# Harbour\n\nBuilt with Llama.\n"
DAY = date(2026, 6, 1)


def report(folder: Path, manifest: str, card: str = CARD, today: date = DAY) -> Any:
    (folder / "README.md").write_text(card, encoding="utf-8")
    (folder / "licensecheck.yaml").write_text("release: {weights: public}\n" + manifest, encoding="utf-8")
    return examine(str(folder), today=today, recognise=recognise_stand_in)


def waiver(rule: str = "llama3.1/model-name", expires: str = "2026-12-31", more: str = "") -> str:
    return f"waivers: [{{rule: {rule}, reason: renamed next time, by: legal@acme.example, expires: {expires}{more}}}]\n"


def of(found: Any, rule: str) -> Any:
    return next(item for item in found["findings"] if item["rule"] == rule)


def about(found: Any) -> list[str]:
    return [item["rule"].partition(".")[2] for item in found["findings"] if item["topic"] == "waiver"]


def test_a_waived_finding_keeps_its_kind_and_carries_the_suppression(tmp_path: Path) -> None:
    found = report(tmp_path, waiver())
    finding = of(found, "llama3.1/model-name")
    assert finding["kind"] == "fail"
    assert finding["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "renamed next time",
            "by": "legal@acme.example",
            "expires": "2026-12-31",
        }
    ]
    assert about(found) == []


def test_a_waived_finding_counts_neither_for_the_counts_nor_for_the_verdict(tmp_path: Path) -> None:
    use = "use: {purposes: [coding]}\n"
    before = report(tmp_path, use)
    rules = sorted({item["rule"] for item in before["findings"] if item["kind"] in ("fail", "open", "review")})
    waived = "waivers:\n" + "".join(f"- {{rule: {rule}, reason: r, expires: 2026-12-31}}\n" for rule in rules)
    after = report(tmp_path, use + waived)
    assert before["verdict"] == "fail"
    assert (after["verdict"], after["counts"]["fail"], after["questions"]) == ("pass", 0, [])


@pytest.mark.parametrize(("expires", "counts"), [("2026-05-31", False), ("2026-06-01", True), ("2026-06-02", True)])
def test_the_last_day_still_counts(tmp_path: Path, expires: str, counts: bool) -> None:
    found = report(tmp_path, waiver(expires=expires))
    assert bool(of(found, "llama3.1/model-name")["suppressions"]) == counts
    assert about(found) == ([] if counts else ["waiver-expired"])


def test_an_expired_waiver_is_worth_knowing_and_no_more(tmp_path: Path) -> None:
    found = of(report(tmp_path, waiver(expires="2020-01-01")), "check/waiver.waiver-expired")
    assert (found["kind"], found["topic"], found["license"]) == ("informational", "waiver", None)
    assert found["evidence"][0]["line"] == 2


def test_a_waiver_runs_by_today_and_not_by_a_release_long_ago(tmp_path: Path) -> None:
    found = report(tmp_path, "model: {released: 2024-09-01}\n" + waiver(expires="2025-01-01"))
    assert about(found) == ["waiver-expired"]


def test_a_waiver_that_ends_before_the_release_does_not_cover_it(tmp_path: Path) -> None:
    found = report(tmp_path, "model: {released: 2026-09-01}\n" + waiver(expires="2026-08-01"))
    assert about(found) == ["waiver-expired"]


def test_a_waiver_with_nothing_to_waive_is_stale(tmp_path: Path) -> None:
    found = report(tmp_path, waiver("llama3.1/display-attribution"))
    assert about(found) == ["waiver-stale"]
    assert not of(found, "llama3.1/display-attribution")["suppressions"]


@pytest.mark.parametrize(("component", "covers"), [(BASE, True), (BASE.lower(), True), ("acme/other", False)])
def test_a_component_narrows_a_waiver(tmp_path: Path, component: str, covers: bool) -> None:
    found = report(tmp_path, waiver(more=f", component: {component}"))
    assert bool(of(found, "llama3.1/model-name")["suppressions"]) == covers


def test_two_waivers_of_one_rule_are_two_findings(tmp_path: Path) -> None:
    rows = "".join(f"- {{rule: llama3.1/model-name, component: a/{n}, reason: r, expires: 2026-12-31}}\n" for n in "bc")
    found = [item["id"] for item in report(tmp_path, "waivers:\n" + rows)["findings"] if item["topic"] == "waiver"]
    assert len(set(found)) == 2


@pytest.mark.parametrize("rule", ["check/lineage", "check/lineage.not-in-card"])
def test_a_check_is_waived_by_topic_or_by_its_one_problem(tmp_path: Path, rule: str) -> None:
    card = "---\nlicense: llama3.1\n---\n# Harbour\n\nBuilt with Llama.\n"
    found = report(tmp_path, f"built_from: [{{model: acme/base, license: mit}}]\n{waiver(rule)}", card)
    assert of(found, "check/lineage.not-in-card")["suppressions"]


def test_the_slug_of_another_problem_does_not_cover(tmp_path: Path) -> None:
    card = "---\nlicense: llama3.1\n---\n# Harbour\n\nBuilt with Llama.\n"
    found = report(tmp_path, f"built_from: [{{model: acme/base, license: mit}}]\n{waiver('check/lineage.no-base')}", card)
    assert not of(found, "check/lineage.not-in-card")["suppressions"]
    assert about(found) == ["waiver-stale"]


def test_a_waiver_may_call_the_licence_by_another_name(tmp_path: Path) -> None:
    assert of(report(tmp_path, waiver("Llama-3.1/model-name")), "llama3.1/model-name")["suppressions"]


AGREEMENT = "agreements: [{license: llama3.1, topic: model-name, reference: A-1, expires: %s}]\n"


def test_an_agreement_that_has_lapsed_counts_as_none(tmp_path: Path) -> None:
    held = of(report(tmp_path, AGREEMENT % "2026-12-31"), "llama3.1/model-name")
    lapsed = of(report(tmp_path, AGREEMENT % "2026-05-01"), "llama3.1/model-name")
    assert (held["kind"], lapsed["kind"]) == ("pass", "fail")


def test_an_agreement_held_at_the_release_has_still_lapsed_today(tmp_path: Path) -> None:
    found = report(tmp_path, "model: {released: 2024-09-01}\n" + AGREEMENT % "2025-09-01")
    assert of(found, "llama3.1/model-name")["kind"] == "fail"
