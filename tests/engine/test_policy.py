"""The house's allow and deny lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from licensecheck.engine.policy import Policy
from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

ALIASES = {"foo licence 1.0": "foo-1.0", "foo-1.0": "foo-1.0", "bar": "bar", "baz": "baz"}


def policy(allow: list[str] | None = None, deny: tuple[str, ...] = ()) -> Policy:
    return Policy(None if allow is None else frozenset(allow), frozenset(deny), {}, lambda name: ALIASES.get(name.lower()))


@pytest.mark.parametrize(
    ("license_id", "standing"),
    [
        ("foo-1.0", "denied"),
        ("Foo Licence 1.0", "denied"),
        ("bar", "fits"),
        ("baz", "outside"),
        ("LicenseRef-house", "outside"),
        (None, "unknown"),
        ("other", "unknown"),
        ("foo-1.0 OR bar", "fits"),  # whoever may choose chooses what is allowed
        ("foo-1.0 AND bar", "denied"),
        ("baz OR foo-1.0", "outside"),
        ("bar WITH some-exception", "fits"),
        ("(foo-1.0 OR bar) AND bar", "fits"),
        ("(foo-1.0 AND bar) OR baz", "outside"),
        ("foo-1.0 OR (bar", "outside"),  # cannot be read
        ("(bar AND bar)", "fits"),
    ],
)
def test_a_licence_stands_by_both_lists(license_id: str | None, standing: str) -> None:
    assert policy(["bar"], ("foo-1.0",)).standing(license_id) == standing


def test_without_an_allow_list_only_the_deny_list_counts() -> None:
    lists = policy(None, ("foo-1.0",))
    assert [lists.standing(name) for name in ("foo-1.0", "baz", None)] == ["denied", "fits", "fits"]


def test_an_empty_allow_list_allows_nothing() -> None:
    assert policy([]).standing("bar") == "outside"


CARD = (
    "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\ndatasets: [acme/tides]\n---\n"
    "# Llama-Harbour\n\nBuilt with Llama.\n"
)


def findings(folder: Path, manifest: str, lang: str = "en") -> list[dict[str, Any]]:
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(manifest, encoding="utf-8")
    report = examine(str(folder), lang=lang, recognise=recognise_stand_in)
    return [dict(finding) for finding in report["findings"] if finding["topic"] == "policy"]


def test_a_denied_licence_fails_for_component_and_subject_at_the_lines_that_say_so(tmp_path: Path) -> None:
    found = findings(tmp_path, "policy:\n  deny:\n  - apache-2.0\n  - Llama 3.1\n")
    assert [(item["kind"], item["component"]) for item in found] == [("fail", None), ("fail", "meta-llama/Llama-3.1-8B-Instruct")]
    places = [(item["source"].rpartition("/")[2], item["line"]) for item in found[1]["evidence"]]
    assert places == [("README.md", 3), ("licensecheck.yaml", 4)]
    assert {item["layer"] for item in found} == {"metadata"}
    assert {item["rule"] for item in found} == {"check/policy.denied-license"}


def test_outside_the_allowed_is_for_review_and_so_is_an_unknown_licence(tmp_path: Path) -> None:
    found = findings(tmp_path, "policy: {allow: [mit]}\n")
    assert {(item["kind"], item["component"], item["rule"].partition(".")[2]) for item in found} == {
        ("review", None, "license-not-allowed"),
        ("review", "meta-llama/Llama-3.1-8B-Instruct", "license-not-allowed"),
        ("review", "acme/tides", "unknown-license-not-allowed"),
    }


def test_what_is_allowed_gives_no_finding(tmp_path: Path) -> None:
    manifest = "policy: {allow: [llama3.1, mit]}\nbuilt_from: [{dataset: acme/tides, license: MIT}]\n"
    assert findings(tmp_path, manifest) == []


def test_deny_wins_over_allow(tmp_path: Path) -> None:
    found = findings(tmp_path, "policy: {allow: [llama3.1], deny: [llama3.1]}\n")
    assert {item["kind"] for item in found if item["rule"].endswith("denied-license")} == {"fail"}


def test_nothing_inside_is_no_business_of_the_policy(tmp_path: Path) -> None:
    manifest = "policy: {deny: [gpl-3.0]}\nbuilt_from: [{model: acme/judge, relation: evaluates, license: gpl-3.0}]\n"
    assert findings(tmp_path, manifest) == []


def test_a_component_that_is_only_inferred_is_held_back(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"_name_or_path": "meta-llama/Llama-3.1-8B-Instruct"}', encoding="utf-8")
    (tmp_path / "licensecheck.yaml").write_text("policy: {deny: [llama3.1]}\n", encoding="utf-8")
    report = examine(str(tmp_path), recognise=recognise_stand_in)
    (found,) = [finding for finding in report["findings"] if finding["topic"] == "policy"]
    assert found["kind"] == "review"
    assert found["held_back"] and found["held_back"]["cap"] == "inferred-component"


def test_a_policy_finding_can_be_waived(tmp_path: Path) -> None:
    manifest = "policy: {deny: [llama3.1]}\nwaivers: [{rule: check/policy, reason: agreed, expires: 2999-01-01}]\n"
    assert all(item["suppressions"] for item in findings(tmp_path, manifest))


def test_a_policy_speaks_chinese_too(tmp_path: Path) -> None:
    assert "内部政策" in findings(tmp_path, "policy: {deny: [llama3.1]}\n", "zh")[0]["message"]
