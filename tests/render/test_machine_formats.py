"""Formats that machines read: each accepted by somebody else's reader, the same findings in all, nothing of a stranger obeyed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sarif_pydantic import Sarif

from licensecheck.render import gitlab, junit, sarif
from tests.conftest import REPO

SAMPLES = sorted(path.stem for path in (REPO / "tests" / "reports").glob("*.json"))


def sample(name: str) -> list[Any]:
    reports: list[Any] = json.loads((REPO / "tests" / "reports" / f"{name}.json").read_text(encoding="utf-8"))["reports"]
    return reports


def there(target: str, source: str) -> str | None:
    return f"models/{source}" if source.endswith((".md", ".json")) else None


def as_sarif(reports: list[Any], **options: Any) -> str:
    return sarif.render(reports, there, "1.2.3", information="https://example.org/", **options)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sarif_log_is_one_to_a_reader_that_is_not_ours(name: str) -> None:
    text = as_sarif(sample(name), everything=True)
    log = Sarif.model_validate_json(text)
    assert log.version == "2.1.0"
    assert text == as_sarif(sample(name), everything=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_finding_is_in_every_format(name: str) -> None:
    reports = sample(name)
    findings = [finding for report in reports for finding in report["findings"] if finding["kind"] not in ("pass", "not-applicable")]
    results = json.loads(as_sarif(reports))["runs"][0]["results"]
    assert sorted(result["partialFingerprints"]["licensecheckFinding/v1"] for result in results) == sorted(item["id"] for item in findings)
    live = [item for item in findings if not any(waiver.get("status", "accepted") == "accepted" for waiver in item["suppressions"])]
    assert sorted(entry["fingerprint"] for entry in json.loads(gitlab.render(reports, there))) == sorted(item["id"] for item in live)
    root = ElementTree.fromstring(junit.render(reports).encode())
    assert (
        sum(int(suite.get("failures", "")) for suite in root)
        == sum(item["kind"] == "fail" for item in live)
        == len(root.findall(".//failure"))
    )


def test_kinds_and_levels_of_results_are_those_the_standard_allows_together() -> None:
    for name in SAMPLES:
        for result in json.loads(as_sarif(sample(name), everything=True))["runs"][0]["results"]:
            assert result["level"] == ("error" if result["kind"] == "fail" else "none")


def test_a_rule_is_listed_once_and_found_by_its_index() -> None:
    for name in SAMPLES:
        run = json.loads(as_sarif(sample(name), everything=True))["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
        assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)


#: a sample with findings of several kinds
FULL = next(name for name in SAMPLES if any(finding["kind"] == "fail" for report in sample(name) for finding in report["findings"]))


def waived() -> list[Any]:
    (report, *_) = sample(FULL)
    finding = next(item for item in report["findings"] if item["kind"] not in ("pass", "not-applicable"))
    finding["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "agreed with the publisher"}]
    return [report]


def test_what_is_waived_is_suppressed_in_sarif_and_skipped_elsewhere() -> None:
    (report,) = waived()
    finding = next(item for item in report["findings"] if item["suppressions"])
    result = next(
        r for r in json.loads(as_sarif([report]))["runs"][0]["results"] if r["ruleId"] == finding["rule"] and r.get("suppressions")
    )
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "agreed with the publisher"}]
    assert finding["id"] not in {entry["fingerprint"] for entry in json.loads(gitlab.render([report], there))}
    assert "accepted: agreed with the publisher" in junit.render([report])


def test_what_lies_in_no_file_is_shown_at_the_top_of_the_card() -> None:
    (report, *_) = sample(FULL)
    located = json.loads(sarif.render([report], lambda target, source: None, "1", information="https://example.org/"))
    for result in located["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("README.md", 1)


@given(st.text(max_size=200))
def test_whatever_a_card_says_the_formats_stay_whole(said: str) -> None:
    (report, *_) = sample(FULL)
    for finding in report["findings"]:
        finding.update(message=said, title=said, component=said or None)
    report["subject"]["name"] = said
    Sarif.model_validate_json(as_sarif([report], everything=True))
    ElementTree.fromstring(junit.render([report]).encode())
    for entry in json.loads(gitlab.render([report], there)):
        assert entry["description"].isprintable()


def test_help_in_markdown_is_words_only() -> None:
    (report, *_) = sample(FULL)
    for finding in report["findings"]:
        finding["remedy"] = {"summary": "[click](javascript:alert(1)) <img src=x> `code` ![x](y)", "actions": [], "command": None}
    for rule in json.loads(as_sarif([report]))["runs"][0]["tool"]["driver"]["rules"]:
        assert "](" not in rule["help"]["markdown"].replace("\\]\\(", "")
        assert "<img" not in rule["help"]["markdown"].replace("\\<", "")


def test_the_command_writes_each_format(tool: Any, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Beacon\n")
    for name, sign in {"sarif": '"version": "2.1.0"', "gitlab": '"check_name"', "junit": "<testsuites", "markdown": "## Licences"}.items():
        done = tool("check", str(tmp_path), "--as", "public", "--format", name)
        assert done.returncode == 1
        assert sign in done.stdout
