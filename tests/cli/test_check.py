"""`check`: exit codes, formats, targets."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from licensecheck.errors import InputError, Problem, UnreachableError, UsageError


def test_fail_exits_with_one(run: Any, pipeline: Any) -> None:
    result = run("check", "a")
    assert result.exit_code == 1
    assert result.stdout.startswith("Harbour-Chat-8B: fail")
    assert result.stderr == ""


def test_clean_exits_with_zero(run: Any, pipeline: Any) -> None:
    pipeline.default = "clean"
    assert run("check").exit_code == 0
    assert pipeline.calls[0]["target"] == "."


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("fail", 0), ("open", 1), ("review", 1), ("review,fail", 0), ("open,review", 1)],
)
def test_fail_on_takes_one_kind_with_the_worse_ones_or_a_set(run: Any, pipeline: Any, fail_on: str, code: int) -> None:
    pipeline.default = "first-contact"  # open findings only
    assert run("check", "--fail-on", fail_on).exit_code == code


def test_waived_finding_does_not_stop(run: Any, pipeline: Any) -> None:
    report = pipeline.examine("a")
    for finding in report["findings"]:
        finding["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "later"}]
    pipeline.default = report
    assert run("check", "--fail-on", "review").exit_code == 0


def test_suppression_that_was_rejected_stops(run: Any, pipeline: Any) -> None:
    report = pipeline.examine("a")
    for finding in report["findings"]:
        finding["suppressions"] = [{"kind": "external", "status": "rejected", "justification": "no"}]
    pipeline.default = report
    assert run("check").exit_code == 1


def test_options_reach_the_pipeline(run: Any, pipeline: Any) -> None:
    run(
        "check",
        "a",
        "--as",
        "public",
        "--set",
        "use.commercial=true",
        "--set",
        "model.name=X",
        "--lang",
        "zh",
        "--all",
        "--rules",
        "r",
        "--evidence",
        "e.json",
        "--offline",
    )
    stated = {"sets": ("use.commercial=true", "model.name=X"), "as_": "public", "evidence": ("e.json",)}
    assert pipeline.calls == [{"target": "a", "lang": "zh", "rules": "r", "everything": True, **stated}]


def test_several_targets_give_one_report_each_and_one_verdict(run: Any, pipeline: Any) -> None:
    pipeline.answers["b"] = "clean"
    result = run("check", "a", "b", "--format", "json")
    assert result.exit_code == 1
    assert [report["subject"]["target"] for report in json.loads(result.stdout)["reports"]] == ["a", "b"]


def test_json_ends_with_a_line_end_and_is_sorted(run: Any, pipeline: Any) -> None:
    text = run("check", "--format", "json").stdout
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_json_of_a_hostile_report_is_valid_and_obeyed_by_no_terminal(run: Any, pipeline: Any) -> None:
    pipeline.default = "hostile"
    text = run("check", "--format", "json").stdout
    assert text.replace("\n", "").isprintable()
    assert json.loads(text)["reports"][0]["findings"][0]["component"] == pipeline.examine("x")["findings"][0]["component"]


def test_output_is_written_whole(run: Any, pipeline: Any, tmp_path: Path) -> None:
    result = run("check", "--format", "json", "--output", "report.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["schema"] == "licensecheck-report/1"


def test_output_that_cannot_be_written_is_one_line(run: Any, pipeline: Any) -> None:
    result = run("check", "--output", "no/such/folder/report.txt")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_further_forms_come_from_the_same_run(run: Any, pipeline: Any, tmp_path: Path) -> None:
    result = run("check", "--output", "report.txt", "--also", "json=report.json", "--also", "sarif=out.sarif", "--also", "text=again.txt")
    assert (result.exit_code, result.stdout, len(pipeline.calls)) == (1, "", 1)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["reports"]
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"]
    assert (tmp_path / "again.txt").read_bytes() == (tmp_path / "report.txt").read_bytes()


@pytest.mark.parametrize("given", [["json"], ["json="], ["json=-"], ["=x"], ["docx=x"], ["json=x", "sarif=x"]])
def test_further_form_without_a_form_or_a_file_of_its_own_is_refused(run: Any, pipeline: Any, tmp_path: Path, given: list[str]) -> None:
    result = run("check", *(argument for item in given for argument in ("--also", item)))
    assert result.exit_code == 2
    assert "--also" in result.stderr
    assert not pipeline.calls
    assert not (tmp_path / "x").exists()


def test_further_forms_are_not_written_when_a_target_cannot_be_read(run: Any, pipeline: Any, tmp_path: Path) -> None:
    pipeline.answers["a"] = UsageError("no")
    assert run("check", "a", "b", "--also", "json=report.json").exit_code == 2
    assert not (tmp_path / "report.json").exists()


def test_unreadable_input_is_one_line_per_problem(run: Any, pipeline: Any) -> None:
    pipeline.answers["a"] = InputError(
        [Problem("licensecheck.yaml", 3, "unknown key `relase`"), Problem("licensecheck.yaml", 9, "no expiry")]
    )
    result = run("check", "a")
    assert result.exit_code == 2
    assert result.stderr == "licensecheck.yaml:3: unknown key `relase`\nlicensecheck.yaml:9: no expiry\n"


def test_target_that_cannot_be_read_does_not_hide_the_others(run: Any, pipeline: Any, tmp_path: Path) -> None:
    pipeline.answers["a"] = UsageError("no")
    result = run("check", "a", "b")
    assert result.exit_code == 2
    assert result.stdout.startswith("Harbour-Chat-8B: fail")
    assert run("check", "a", "b", "--output", "report.txt").exit_code == 2
    assert not (tmp_path / "report.txt").exists()


@pytest.mark.parametrize(("other", "code"), [("clean", 3), ("fine-tune", 1)])
def test_unreachable_exits_with_three_unless_something_failed(run: Any, pipeline: Any, other: str, code: int) -> None:
    pipeline.answers = {"a": UnreachableError("the Hub could not be reached"), "b": other}
    result = run("check", "a", "b")
    assert result.exit_code == code
    assert "could not be reached" in result.stderr
    assert result.stdout


@pytest.mark.parametrize("name", ["README.md", "licensecheck.yaml", "config.json", "LICENSE"])
def test_file_of_a_model_stands_for_its_folder(run: Any, pipeline: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "a" / name).write_text("", encoding="utf-8")
    run("check", f"a/{name}", "a")
    assert {call["target"] for call in pipeline.calls} == {"a"}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("weights.bin", "is a file"),
        ("nowhere", "no such folder"),
        ("bad\x1b[2J", "no such folder"),
    ],
)
def test_target_that_is_no_folder_is_one_line(run: Any, pipeline: Any, tmp_path: Path, target: str, words: str) -> None:
    (tmp_path / "weights.bin").write_bytes(b"GGUF")
    result = run("check", target)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_unknown_format_names_those_that_exist(run: Any, pipeline: Any) -> None:
    result = run("check", "--format", "word")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "llm-licensecheck: Invalid value for '--format': 'word' is not one of "
        "'text', 'json', 'sarif', 'markdown', 'html', 'github', 'gitlab', 'junit'.",
        "hint: llm-licensecheck check --help",
    ]


def test_unknown_kind_names_those_that_exist(run: Any, pipeline: Any) -> None:
    result = run("check", "--fail-on", "warning")
    assert result.exit_code == 2
    assert "fail, open, review" in result.stderr


def test_no_colour_where_nobody_watches(run: Any, pipeline: Any) -> None:
    assert "\x1b" not in run("check").stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool) -> None:
    from licensecheck.cli.common import colour_and_width

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "72")
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    main, child = os.openpty()
    with open(child, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        assert colour_and_width() == (coloured, 72)
        monkeypatch.undo()
    os.close(main)
