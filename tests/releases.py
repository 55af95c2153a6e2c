"""Releases told by their files and their manifest on a day, what becomes of them, and how they are looked at."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import yaml

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

PUBLIC = {"weights": "public", "service": False, "product": False}


def text_of(text: str) -> str:
    return f"licence text for tests: {text}\n"


class Case(NamedTuple):
    """One release: day, front matter, body, further files, manifest, and (rule, kinds that are right, kinds that are wrong)."""

    name: str
    released: str
    expect: dict[str, str | tuple[str, ...]]
    card: dict[str, Any] | None = None
    body: str = "# Harbour-7B\n"
    files: dict[str, str] = {}  # noqa: RUF012 - never changed
    manifest: dict[str, Any] = {}  # noqa: RUF012 - never changed
    wrong: dict[str, str] = {}  # noqa: RUF012 - never changed


def report_of(case: Case, write: Any) -> Any:
    files = dict(case.files)
    if case.card is not None:
        files["README.md"] = f"---\n{yaml.safe_dump(case.card, sort_keys=False)}---\n{case.body}"
    manifest = {**case.manifest, "model": {**case.manifest.get("model", {}), "released": date.fromisoformat(case.released)}}
    files["licensecheck.yaml"] = yaml.safe_dump({"version": 1, **manifest}, sort_keys=False)
    return examine(str(write(files)), everything=True, recognise=recognise_stand_in, today=date(2026, 11, 30))


def kinds_of(report: Any, rule: str) -> set[str]:
    """The kinds of a rule; a check may be named by its topic alone."""
    return {finding["kind"] for finding in report["findings"] if finding["rule"] == rule or finding["rule"].partition(".")[0] == rule}


def assert_comes_out(case: Case, write: Any) -> None:
    """Every rule that a case names comes out as it says, and none of the wrong ways."""
    report = report_of(case, write)
    assert report["as_of"] == case.released
    got = {rule: kinds_of(report, rule) or {"absent"} for rule in case.expect}
    right = {rule: {kinds} if isinstance(kinds, str) else set(kinds) for rule, kinds in case.expect.items()}
    assert {rule: kinds for rule, kinds in got.items() if not kinds & right[rule]} == {}
    assert [rule for rule, kind in case.wrong.items() if kind in kinds_of(report, rule)] == []
