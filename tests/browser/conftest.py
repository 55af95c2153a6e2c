"""Tests in a real browser: collected where there is a Chromium and the client that drives it, and nowhere else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

CHROMIUM = (
    os.environ.get("LICENSECHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
CLIENTS = ("playwright", "axe_playwright_python")
MISSING = [name for name in CLIENTS if find_spec(name) is None] + ([] if CHROMIUM else ["a Chromium (LICENSECHECK_CHROMIUM=PATH)"])
collect_ignore_glob = ["test_*.py"] if MISSING else []


def pytest_report_header() -> str:
    return f"browser tests: left out, not found: {', '.join(MISSING)}" if MISSING else f"browser tests: {CHROMIUM}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as client:
        started = client.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
