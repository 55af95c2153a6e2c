"""A file of provenance results, valid by default, and the table of techniques."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from licensecheck.knowledge import load

TOP = {"schema": "licensecheck-evidence/1", "tool": "compare 1.0", "date": "2026-01-01"}


@pytest.fixture(scope="session")
def table() -> dict[str, Any]:
    return load().techniques()


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Write results, or whatever else is given, into a file and return its path."""

    def write(*results: Any, text: str | None = None, **bent: Any) -> str:
        path = tmp_path / "evidence.json"
        path.write_text(json.dumps({**TOP, "results": list(results), **bent}, indent=1) if text is None else text, encoding="utf-8")
        return str(path)

    return write
