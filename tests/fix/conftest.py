"""Releases that lack everything, and licence texts that only the stand-in recogniser knows."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from licensecheck.fix.plan import Sources, plan
from licensecheck.fix.records import Plan
from licensecheck.knowledge import load
from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

SIGN = "licence text for tests: "
Fix = Callable[..., Plan]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a stand-in for every text of every licence."""
    folder = tmp_path / "texts"
    folder.mkdir()
    knowledge = load()
    for license_id in knowledge.license_ids():
        for edition in knowledge.license(license_id).get("editions", ()):
            (folder / f"{edition['text']}.txt").write_text(f"{SIGN}{edition['text']}\n", encoding="utf-8")
    return folder


@pytest.fixture
def fix(texts: Path) -> Fix:
    """The plan for a folder, with the stand-in recogniser on both sides."""

    def make(home: Path, *, sets: tuple[str, ...] = (), lang: str = "en", shelves: Any = (), folder: Path | None = texts) -> Plan:
        sources = Sources(str(folder) if folder else None, tuple(shelves), load(), recognise_stand_in)
        check = partial(examine, sets=sets, as_="public", lang=lang, recognise=recognise_stand_in)
        return plan(os.fspath(home), check, sources, lang)

    return make


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A fine-tune that lacks everything."""
    folder = tmp_path / "Llama-Pilot-8B"
    folder.mkdir()
    (folder / "README.md").write_bytes(b"---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# Llama-Pilot-8B\n")
    (folder / "config.json").write_bytes(b"{}")
    return folder
