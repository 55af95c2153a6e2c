"""A pipeline that answers with sample reports, and a knowledge base of one licence."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

import licensecheck
from licensecheck.cli.main import cli

TESTS = Path(__file__).resolve().parent.parent


def sample(name: str) -> Any:
    return json.loads((TESTS / "reports" / f"{name}.json").read_text(encoding="utf-8"))["reports"][0]


class Pipeline(ModuleType):
    """Answers with a sample for each folder, or raises what it was told to."""

    def __init__(self) -> None:
        super().__init__("licensecheck.pipeline")
        self.answers: dict[str, Any] = {}
        self.default: Any = "fine-tune"
        self.calls: list[dict[str, Any]] = []

    def examine(self, target: str, **options: Any) -> Any:
        self.calls.append({"target": target, **options})
        answer = self.answers.get(Path(target).name, self.default)
        if isinstance(answer, BaseException):
            raise answer
        report = sample(answer) if isinstance(answer, str) else answer
        report["subject"]["target"] = target
        return report

    def envelope(self, reports: list[Any]) -> Any:
        tool = {"name": "llm-licensecheck", "version": "0", "knowledge": "2026.11"}
        return {"schema": "licensecheck-report/1", "tool": tool, "reports": reports}


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    fake = Pipeline()
    monkeypatch.setitem(sys.modules, "licensecheck.pipeline", fake)
    monkeypatch.setattr(licensecheck, "pipeline", fake, raising=False)
    return fake


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in a fresh folder that holds the folders `a` and `b`."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(cli, list(arguments))

    return invoke
