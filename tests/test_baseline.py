"""The baseline: old findings do not count, new and worse ones do, and what is gone is told."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from licensecheck import baseline
from licensecheck.errors import InputError
from tests.conftest import REPO, Tool

TESTS = Path(__file__).resolve().parent
SCHEMA = json.loads((REPO / "schema" / "report-1.json").read_text(encoding="utf-8"))


def reports() -> list[Any]:
    return json.loads((TESTS / "reports" / "fine-tune.json").read_text(encoding="utf-8"))["reports"]


def held(found: list[Any]) -> list[Any]:
    return [item for report in found for item in report["findings"] if item["kind"] in baseline.HELD]


def live(found: list[Any]) -> list[str]:
    return [item["rule"] for item in held(found) if not item["suppressions"]]


def test_what_was_taken_suppresses_exactly_that(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(baseline.dump(baseline.take(reports(), "2026-11-22")), encoding="utf-8")
    later = reports()
    assert baseline.apply(baseline.read(str(path)), later) == []
    assert live(later) == []
    assert later[0]["verdict"] == "pass"
    assert later[0]["counts"]["fail"] == 0
    assert held(later)[0]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "in the baseline of 2026-11-22"},
    ]
    envelope = {"schema": "licensecheck-report/1", "tool": {"name": "llm-licensecheck", "version": "0", "knowledge": "x"}, "reports": later}
    jsonschema.Draft202012Validator(SCHEMA).validate(envelope)


def test_a_new_finding_counts() -> None:
    taken = baseline.take(reports(), "2026-11-22")
    later = reports()
    new = copy.deepcopy(held(later)[0]) | {"id": "f-0000", "rule": "check/lineage.no-base"}
    later[0]["findings"].append(new)
    baseline.apply(taken, later)
    assert live(later) == ["check/lineage.no-base"]
    assert later[0]["verdict"] == new["kind"]


@pytest.mark.parametrize(
    ("then", "now", "suppressed"),
    [("review", "fail", False), ("open", "fail", False), ("review", "open", False), ("fail", "review", True), ("open", "open", True)],
)
def test_a_finding_that_got_worse_counts(then: str, now: str, suppressed: bool) -> None:
    early, later = reports(), reports()
    held(early)[0]["kind"] = then
    held(later)[0]["kind"] = now
    rule = held(later)[0]["rule"]
    baseline.apply(baseline.take(early, "2026-11-22"), later)
    assert (rule not in live(later)) == suppressed


def test_a_finding_that_is_met_now_is_gone_and_told_in_one_line() -> None:
    taken = baseline.take(reports(), "2026-11-22")
    later = reports()
    first = held(later)[0]
    first["kind"] = "pass"
    gone = baseline.apply(taken, later)
    assert [item["id"] for item in gone] == [first["id"]]
    line = baseline.gone(gone, "b.json")
    assert line.startswith("b.json: 1 finding of the baseline is gone: ")
    assert "\n" not in line


def test_findings_of_subjects_not_looked_at_are_not_gone() -> None:
    taken = baseline.take(reports(), "2026-11-22")
    later = reports()
    later[0]["subject"]["name"] = "another"
    later[0]["findings"] = []
    assert baseline.apply(taken, later) == []


def test_one_entry_covers_one_of_two_findings_that_look_alike() -> None:
    early, later = reports(), reports()
    early[0]["findings"] = [held(early)[0]]
    later[0]["findings"] = [copy.deepcopy(held(later)[0]) for _ in range(2)]
    baseline.apply(baseline.take(early, "2026-11-22"), later)
    assert len(live(later)) == 1


def test_waived_findings_are_not_taken() -> None:
    early = reports()
    held(early)[0]["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "later"}]
    assert len(baseline.take(early, "2026-11-22").findings) == len(held(early)) - 1


GOOD = {"id": "f-1", "rule": "a/b", "component": None, "kind": "fail", "subject": "s"}


def document(**changes: Any) -> str:
    return json.dumps({"schema": baseline.SCHEMA, "date": "2026-11-22", "findings": [GOOD | changes]})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"schema": "other/1"}',
        "[" * 100_000,
        '{"schema": ' + "9" * 5_000 + "}",
        json.dumps({"schema": baseline.SCHEMA, "date": "yesterday", "findings": []}),
        json.dumps({"schema": baseline.SCHEMA, "date": "2026-11-22", "findings": {}}),
        document(id=1),
        document(kind="pass"),
        document(kind=["fail"]),
        document(component=3),
        document(subject=None),
        "\ufffd\x00\x1b[2J",
    ],
)
def test_what_is_no_baseline_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        baseline.read(str(path))
    assert len(caught.value.problems) == 1
    assert str(caught.value).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_a_pipe_is_no_baseline(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.json")
    with pytest.raises(InputError):
        baseline.read(str(tmp_path / "b.json"))


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(document(), encoding="utf-8")
    assert baseline.read(str(path)).findings == (GOOD,)


CARD = "---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# Harbour-8B\n"


def test_a_repository_with_old_findings_can_start_today(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    started = tool("check", "--as", "public", "--write-baseline", "old.json", cwd=tmp_path)
    assert (started.returncode, "findings written" in started.stderr) == (0, True), started.stderr
    again = tool("check", "--as", "public", "--baseline", "old.json", "--fail-on", "review", cwd=tmp_path)
    assert again.returncode == 0, again.stdout
    (tmp_path / "README.md").write_text(CARD.replace("Meta", "") + "\nBuilt with Llama.\n", encoding="utf-8")
    mended = tool("check", "--as", "public", "--baseline", "old.json", cwd=tmp_path)
    assert "1 finding of the baseline is gone: llama3.1/display-attribution" in mended.stderr
    (tmp_path / "adapter_config.json").write_text('{"base_model_name_or_path": "Qwen/Qwen2.5-72B"}', encoding="utf-8")
    worse = tool("check", "--as", "public", "--baseline", "old.json", cwd=tmp_path)
    assert worse.returncode == 1
    assert "Qwen/Qwen2.5-72B" in worse.stdout


def test_a_broken_baseline_is_bad_input(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "old.json").write_text("{", encoding="utf-8")
    done = tool("check", "--baseline", "old.json", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    both = tool("check", "--baseline", "old.json", "--write-baseline", "new.json", cwd=tmp_path)
    assert both.returncode == 2
    assert not (tmp_path / "new.json").exists()
