"""Where compiled indexes are kept: old ones go, those that another run may still read stay."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from licensecheck.knowledge import store

DAY = 86_400


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twelve indexes, one a day old more than the other, before a new one is built; the names of those left after that."""
    for days in range(12):
        folder = tmp_path / f"state-{days:02}"
        folder.mkdir()
        os.utime(folder, (time.time() - days * DAY, time.time() - days * DAY))
    monkeypatch.setattr(store, "build", lambda rules, work, extra: Path(work, "index.json").write_text("{}"))
    store.build_into("rules", None, str(tmp_path / "new"))
    return sorted(path.name for path in tmp_path.iterdir())


def test_the_newest_few_stay(built: list[str]) -> None:
    assert built == ["new", *(f"state-{days:02}" for days in range(8))]


def test_an_index_of_today_stays_however_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (tmp_path / f"state-{number}").mkdir()
    monkeypatch.setattr(store, "build", lambda rules, work, extra: Path(work, "index.json").write_text("{}"))
    store.build_into("rules", None, str(tmp_path / "new"))
    assert len(list(tmp_path.iterdir())) == 31
