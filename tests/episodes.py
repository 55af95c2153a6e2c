"""The releases of `examples/case-studies`, and what the command says of each: every release is checked once for each language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.conftest import REPO, Tool

CASES = REPO / "examples" / "case-studies"
LANGUAGES = ("en", "zh")


class Episode(NamedTuple):
    """One release of a case: its folder, and what `case.yaml` says of it."""

    folder: Path
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def measured(self) -> Path | None:
        """Provenance results lie beside the release: whoever measured did not publish it."""
        path = self.folder.parent / f"{self.folder.name}.evidence.json"
        return path if path.exists() else None


def cases() -> list[tuple[Path, dict[str, Any]]]:
    """Every case, by its folder."""
    return [(path.parent, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(CASES.glob("*/case.yaml"))]


EPISODES = [Episode(folder / release["folder"], release) for folder, case in cases() for release in case["releases"]]
_REPORTS: dict[tuple[Path, str], dict[str, Any]] = {}


def report_of(tool: Tool, episode: Episode, lang: str = "en") -> dict[str, Any]:
    """The JSON report of a release, with everything in it."""
    key = (episode.folder, lang)
    if key not in _REPORTS:
        measured = ["--evidence", str(episode.measured)] if episode.measured else []
        done = tool("check", episode.folder, "--format", "json", "--all", "--offline", "--lang", lang, *measured)
        assert done.returncode in (0, 1), done.stderr
        _REPORTS[key] = json.loads(done.stdout)["reports"][0]
    return _REPORTS[key]


def is_under(finding: dict[str, Any], rule: str) -> bool:
    """Is it a finding of this rule? A check may be named by its topic alone."""
    name = str(finding["rule"])
    return name == rule or (rule.startswith("check/") and name.startswith(rule + "."))


def kinds(report: dict[str, Any], rule: str) -> set[str]:
    return {finding["kind"] for finding in report["findings"] if is_under(finding, rule)}
