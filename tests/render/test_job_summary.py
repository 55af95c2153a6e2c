"""The page of a job: a table per subject, in bounds, in which foreign text is only text."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from licensecheck.render import job_summary
from tests.conftest import REPO

REPORTS = REPO / "tests" / "reports"


def sample(name: str) -> list[Any]:
    reports: list[Any] = json.loads((REPORTS / f"{name}.json").read_text(encoding="utf-8"))["reports"]
    return reports


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| | ", "| ---"))]


def test_every_finding_to_act_on_is_a_row_worst_first() -> None:
    reports = sample("two-subjects")
    text = job_summary.render(reports)
    live = [item for report in reports for item in report["findings"] if not item["suppressions"]]
    wanted = [item for item in live if item["kind"] in ("fail", "open", "review")]
    assert len(rows(text)) == len(wanted)
    for report in reports:
        assert f"### {report['subject']['name']} (" in text


@pytest.mark.parametrize("name", ["fine-tune", "several-components", "first-contact", "hostile", "clean"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_row_has_five_cells_whatever_is_in_them(name: str, lang: str) -> None:
    for row in rows(job_summary.render(sample(name), lang=lang)):
        assert len(re.findall(r"(?<!\\)\|", row)) == 6, row


def test_html_and_mark_up_of_strangers_are_text() -> None:
    text = job_summary.render(sample("hostile"))
    outside_code = re.sub(r"(`+).*?\1", "", text)
    assert not re.search(r"<(?!br>)[a-z/!]", outside_code)
    assert "\x1b" not in text


def test_waived_findings_are_listed_with_their_reason() -> None:
    reports = sample("fine-tune")
    finding = next(item for item in reports[0]["findings"] if item["kind"] == "fail")
    finding["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "renamed | later"}]
    text = job_summary.render(reports)
    assert f"Accepted: 1: `{finding['rule']}` (renamed \\| later)" in text
    assert not any(f"`{finding['rule']}`" in row for row in rows(text))


def test_a_page_never_gets_longer_than_github_takes() -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    report["findings"] = [copy.deepcopy(finding) for _ in range(3000)]
    text = job_summary.render([report])
    assert len(text.encode()) <= job_summary.LARGEST
    assert re.search(r"… \d+ more rows", text)
    assert len(job_summary.render([report], room=5000).encode()) <= 5000


def test_a_clean_subject_says_so() -> None:
    assert "Nothing to mend" in job_summary.render(sample("clean"))
