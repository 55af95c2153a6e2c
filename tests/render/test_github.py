"""Annotations: one line per finding, worst first; whatever a card says stays inside its line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.render import github
from licensecheck.render.github import data, prop
from tests.conftest import REPO, Tool

REPORTS = REPO / "tests" / "reports"
COMMAND = re.compile(r"^::(?P<level>error|warning|notice)(?: (?P<properties>[^:]*))?::(?P<message>.*)$")


def sample(name: str) -> list[Any]:
    reports: list[Any] = json.loads((REPORTS / f"{name}.json").read_text(encoding="utf-8"))["reports"]
    return reports


def there(target: str, source: str) -> str | None:
    return f"{target}/{source}" if source.endswith((".md", ".json")) else None


def parsed(text: str) -> list[dict[str, str]]:
    """Every line as the runner reads it: the command ends at the first `::`, properties are parted by commas."""
    found = []
    for line in text.splitlines():
        match = COMMAND.match(line)
        assert match, line
        pairs = dict(part.split("=", 1) for part in (match["properties"] or "").split(",") if part)
        found.append({"level": match["level"], "message": match["message"], **pairs})
    return found


def test_every_failure_is_an_error_at_its_place_with_its_rule() -> None:
    reports = sample("fine-tune")
    found = parsed(github.render(reports, there))
    wanted = [item["rule"] for item in reports[0]["findings"] if item["kind"] == "fail"]
    errors = [item for item in found if item["level"] == "error"]
    assert sorted(item["title"] for item in errors) == sorted(wanted)
    assert all(item["file"].endswith((".md", ".json")) and int(item["line"]) > 0 for item in errors)


def test_the_column_spans_the_words_at_fault() -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    finding["evidence"] = [
        {"source": "README.md", "line": 3, "key": "x", "value": "abc", "how": "declared", "column": 5, "snippet": "xyz abc"}
    ]
    report["findings"] = [finding]
    (found,) = parsed(github.render([report], there))
    assert (found["line"], found["col"], found["endColumn"]) == ("3", "5", "8")


def test_a_finding_about_two_licences_cites_the_clauses_of_both() -> None:
    errors = [item for item in parsed(github.render(sample("conflict"), there)) if item["level"] == "error"]
    (found,) = [item["message"] for item in errors if "license-conflict" in item["title"]]
    assert "%0AClause: cc-by-sa-4.0 § 3.b.3%0AClause: llama3.1 § 1.b%0A" in found


def test_worst_comes_first_over_all_subjects() -> None:
    levels = [item["level"] for item in parsed(github.render(sample("two-subjects") + sample("fine-tune"), there))]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)


def test_findings_that_wait_for_one_answer_share_one_warning() -> None:
    reports = sample("first-contact")
    found = parsed(github.render(reports, there))
    waiting = [item for item in reports[0]["findings"] if item["kind"] == "open"]
    facts = {item["question"]["fact"] for item in waiting}
    assert len([item for item in found if item["level"] == "warning"]) == len(facts) < len(waiting)
    assert all(any(item["rule"] in one["message"] for one in found) for item in waiting)


def test_a_finding_without_a_line_points_at_the_first_line_of_a_file() -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    report["findings"] = [finding | {"evidence": [{"source": "config.json", "line": None, "key": "k", "value": "v", "how": "declared"}]}]
    (found,) = parsed(github.render([report], there))
    assert (found["file"].endswith("config.json"), found["line"]) == (True, "1")
    report["findings"] = [finding | {"evidence": []}]
    (found,) = parsed(github.render([report], there))
    assert (found["file"].endswith("README.md"), found["line"]) == (True, "1")


def test_where_no_file_can_stand_for_the_subject_there_is_no_place() -> None:
    assert all("file" not in item for item in parsed(github.render(sample("fine-tune"), lambda target, source: None)))


def test_waived_findings_are_left_out() -> None:
    reports = sample("fine-tune")
    for finding in reports[0]["findings"]:
        finding["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "later"}]
    assert github.render(reports, there) == github.WORDS["en"]["none"] + "\n"


def test_more_than_github_shows_is_said() -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    report["findings"] = [finding] * 13
    lines = github.render([report], there).splitlines()
    assert len(lines) == 14
    assert lines[-1].startswith("3 more of the level error")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_of_a_stranger_becomes_a_command(lang: str) -> None:
    text = github.render(sample("hostile"), there, lang=lang, everything=True)
    assert all(found["level"] for found in parsed(text))
    assert text.replace("\n", "").isprintable()


anything = st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\v\f\x85\u2028\u2029%:,;=#[]"), max_size=60)


@given(anything)
def test_data_is_one_line_and_nothing_is_lost_to_a_percent_sign(text: str) -> None:
    written = data(text)
    assert len((written + "x").splitlines()) == 1
    assert not re.search(r"%(?!25|0A)", written)


@given(anything)
def test_a_property_ends_where_it_should(text: str) -> None:
    written = prop(text)
    assert len((written + "x").splitlines()) == 1
    assert not set(":,") & set(written)


@given(anything, anything, anything)
def test_findings_of_any_text_stay_one_command_each(message: str, source: str, value: str) -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    evidence = [{"source": source or "x", "line": 1, "key": "k", "value": value, "how": "declared", "column": 1, "snippet": value}]
    report["findings"] = [finding | {"message": message, "rule": f"a/{value}", "evidence": evidence}]
    (found,) = parsed(github.render([report], lambda target, name: name))
    assert found["level"] == "error"


CARD = "---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# Harbour-8B\n"


def test_paths_are_those_of_the_repository_whatever_the_current_folder(tmp_path: Path, tool: Tool) -> None:
    model = tmp_path / "models" / "a"
    model.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (model / "README.md").write_text(CARD, encoding="utf-8")
    (model / "licensecheck.yaml").write_text("policy: {deny: [apache-2.0]}\n", encoding="utf-8")
    for cwd, target in ((tmp_path, "models/a"), (tmp_path / "models", "a"), (model, "."), (model, str(model))):
        done = tool("check", "--as", "public", "--format", "github", target, cwd=cwd)
        assert done.returncode == 1, done.stderr
        assert {item["file"] for item in parsed(done.stdout)} == {"models/a/README.md"}
    inside = tool(
        "check", "--as", "public", "--format", "github", "a", cwd=tmp_path / "models", env={"GITHUB_WORKSPACE": str(tmp_path / "models")}
    )
    assert {item["file"] for item in parsed(inside.stdout)} == {"a/README.md"}


def test_the_job_summary_is_appended_where_the_runner_wants_it(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    done = tool("check", "--as", "public", "--format", "github", cwd=tmp_path, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert done.returncode == 1
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## ")
    assert "`llama3.1/model-name`" in text
    plain = tool("check", "--as", "public", cwd=tmp_path, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert plain.returncode == 1
    assert summary.read_text(encoding="utf-8") == text


def test_a_summary_that_cannot_be_written_is_one_line(tmp_path: Path, tool: Tool) -> None:
    done = tool("check", "--format", "github", cwd=tmp_path, env={"GITHUB_STEP_SUMMARY": str(tmp_path / "no" / "where")})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
