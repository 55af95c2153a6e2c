"""Several subjects in one repository: each with its own report, what the root says counts for all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Tool

CARD = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# {name}\n\nBuilt with Llama.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("Llama-A", "B"):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(CARD.format(name=name), encoding="utf-8")
    root(tmp_path, "subjects: [models/Llama-A, models/B]\n")
    return tmp_path


def root(folder: Path, text: str) -> None:
    (folder / "licensecheck.yaml").write_text(text, encoding="utf-8")


def run(tool: Tool, folder: Path, *options: str) -> list[Any]:
    done = tool("check", "--as", "public", "--format", "json", *options, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    found: list[Any] = json.loads(done.stdout)["reports"]
    return found


def kind(report: Any, rule: str) -> str:
    return str(next(item["kind"] for item in report["findings"] if item["rule"] == rule))


def test_each_subject_has_a_report_and_all_have_one_verdict(repository: Path, tool: Tool) -> None:
    reports = run(tool, repository)
    assert [(item["subject"]["target"], item["subject"]["name"]) for item in reports] == [
        ("models/Llama-A", "Llama-A"),
        ("models/B", "B"),
    ]
    assert [kind(report, "llama3.1/model-name") for report in reports] == ["pass", "fail"]
    text = tool("check", "--as", "public", cwd=repository)
    assert text.returncode == 1
    assert "2 subjects" in text.stdout


def test_the_root_is_found_from_elsewhere_and_beside_other_targets(repository: Path, tool: Tool) -> None:
    other = repository.parent / "other"
    other.mkdir()
    reports = run(tool, other, str(repository), ".", str(repository / "models" / "B"))
    assert [Path(item["subject"]["target"]).name for item in reports] == ["Llama-A", "B", ""]


def test_what_the_root_says_of_the_licensee_counts_for_those_that_say_nothing(repository: Path, tool: Tool) -> None:
    root(repository, "subjects: [models/Llama-A, models/B]\nlicensee: {monthly_active_users: 1000, established: DE}\n")
    (repository / "models/B/licensecheck.yaml").write_text("licensee: {monthly_active_users: 900000000}\n", encoding="utf-8")
    reports = run(tool, repository)
    assert [kind(report, "llama3.1/scale-threshold") for report in reports] == ["pass", "review"]


def test_what_the_root_says_of_release_and_use_does_not_travel(repository: Path, tool: Tool) -> None:
    root(repository, "subjects: [models/Llama-A]\nuse: {monthly_active_users: 1000}\n")
    (report,) = run(tool, repository)
    assert kind(report, "llama3.1/scale-threshold") == "open"


def test_policy_and_agreements_of_the_root_count(repository: Path, tool: Tool) -> None:
    agreement = "agreements: [{license: llama3.1, topic: model-name, reference: A-1}]\n"
    root(repository, "subjects: [models/B]\npolicy: {deny: [llama3.1]}\n" + agreement)
    (report,) = run(tool, repository)
    assert kind(report, "check/policy.denied-license") == "fail"
    assert kind(report, "llama3.1/model-name") == "pass"


def test_a_waiver_of_the_root_is_stale_only_if_it_is_for_all(repository: Path, tool: Tool) -> None:
    row = "  - {{rule: llama3.1/{}, reason: r, expires: 2999-01-01}}\n"
    root(repository, "subjects: [models/Llama-A, models/B]\nwaivers:\n" + row.format("model-name") + row.format("display-attribution"))
    reports = run(tool, repository)
    stale = [[item["message"] for item in report["findings"] if item["topic"] == "waiver"] for report in reports]
    assert [len(messages) for messages in stale] == [1, 0]
    assert "display-attribution" in stale[0][0]
    for report in reports:
        assert report["counts"]["informational"] == sum(item["kind"] == "informational" for item in report["findings"])


def test_a_subject_that_extends_the_root_itself_counts_it_once(repository: Path, tool: Tool) -> None:
    root(repository, "subjects: [models/B]\nwaivers: [{rule: llama3.1/model-name, reason: r, expires: 2999-01-01}]\n")
    (repository / "models/B/licensecheck.yaml").write_text("extends: ../../licensecheck.yaml\n", encoding="utf-8")
    (report,) = run(tool, repository)
    finding = next(item for item in report["findings"] if item["rule"] == "llama3.1/model-name")
    assert len(finding["suppressions"]) == 1


def test_the_root_itself_can_be_a_subject(repository: Path, tool: Tool) -> None:
    root(repository, "subjects: [., models/B, models/../models/B]\n")
    assert [item["subject"]["target"] for item in run(tool, repository)] == [".", "models/B"]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("../elsewhere", "leads out of the folder"),
        ("/etc", "is an absolute path"),
        ("models/nothing", "does not exist"),
        ("models/B/README.md", "is not a folder"),
        ("link", "leads out of the folder"),
        ("nested", "lists subjects of its own"),
    ],
)
def test_what_cannot_be_a_subject_is_one_line_with_the_line(repository: Path, tool: Tool, subject: str, words: str) -> None:
    (repository.parent / "elsewhere").mkdir(exist_ok=True)
    os.symlink(repository.parent / "elsewhere", repository / "link")
    (repository / "nested").mkdir()
    (repository / "nested/licensecheck.yaml").write_text("subjects: [x]\n", encoding="utf-8")
    root(repository, f"subjects:\n  - models/B\n  - {subject}\n")
    done = tool("check", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("licensecheck.yaml:3: `subjects[1]`: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_subject_with_a_broken_manifest_does_not_hide_the_others(repository: Path, tool: Tool) -> None:
    (repository / "models/B/licensecheck.yaml").write_text("relase: 1\n", encoding="utf-8")
    done = tool("check", "--as", "public", cwd=repository)
    assert done.returncode == 2
    assert "Llama-A" in done.stdout
    assert done.stderr.startswith("models/B/licensecheck.yaml:1: unknown key")
