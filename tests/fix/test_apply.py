"""Writing: all or nothing; killed anywhere, every file is whole, and running again completes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from licensecheck.errors import UsageError
from licensecheck.fix import apply as module
from licensecheck.fix.apply import apply, undo
from licensecheck.fix.records import Edit
from tests.conftest import REPO

OLD, NEW = b"old " * 4000, b"new " * 4000
EDITS = (Edit("LICENSE", None, NEW), Edit("NOTICE", None, NEW), Edit("README.md", OLD, NEW))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_bytes(OLD)
    (folder / "README.md").chmod(0o640)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_edits_are_made_and_modes_kept(home: Path) -> None:
    apply(EDITS, str(home))
    assert files(home) == {"LICENSE": NEW, "NOTICE": NEW, "README.md": NEW}
    assert (home / "README.md").stat().st_mode & 0o777 == 0o640
    undo(EDITS, str(home))
    assert files(home) == {"README.md": OLD}
    assert (home / "README.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("call", ["open", "fsync", "chmod", "replace"])
@pytest.mark.parametrize("nth", range(4))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_at_any_step_is_taken_back(
    home: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int, error: BaseException
) -> None:
    original, calls = getattr(os, call), []

    def failing(*arguments: Any, **extra: Any) -> Any:
        calls.append(arguments)
        if len(calls) == nth + 1:
            raise error
        return original(*arguments, **extra)

    monkeypatch.setattr(module.os, call, failing)
    try:
        apply(EDITS, str(home))
        failed = False
    except (UsageError, KeyboardInterrupt):
        failed = True
    monkeypatch.undo()
    assert failed == (len(calls) > nth)
    assert files(home) == ({"README.md": OLD} if failed else {"LICENSE": NEW, "NOTICE": NEW, "README.md": NEW})


@pytest.mark.parametrize("nth", range(16))
def test_killed_at_any_step_every_file_is_whole_and_running_again_completes(home: Path, nth: int) -> None:
    """The process dies without a chance to clean up, at the n-th call that changes something on disk."""
    script = f"""
import os
from licensecheck.fix import apply as module
from licensecheck.fix.records import Edit
calls = [0]
def dying(original):
    def call(*arguments, **extra):
        if calls[0] == {nth}:
            os._exit(9)
        calls[0] += 1
        return original(*arguments, **extra)
    return call
for name in ("open", "fsync", "chmod", "replace", "fdopen"):
    setattr(os, name, dying(getattr(os, name)))
old, new = b"old " * 4000, b"new " * 4000
module.apply((Edit("LICENSE", None, new), Edit("NOTICE", None, new), Edit("README.md", old, new)), {os.fspath(home)!r})
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPO, env={**os.environ, "PYTHONPATH": str(REPO)}, check=False)
    assert done.returncode in (0, 9)
    found = {name: data for name, data in files(home).items() if not name.startswith(".")}
    assert found["README.md"] in (OLD, NEW)
    assert all(data == NEW for name, data in found.items() if name != "README.md")
    left = tuple(Edit(edit.name, found.get(edit.name), NEW) for edit in EDITS if found.get(edit.name) != NEW)
    apply(left or EDITS[:0], str(home))
    whole = {name: data for name, data in files(home).items() if not name.startswith(".")}
    assert whole == {"LICENSE": NEW, "NOTICE": NEW, "README.md": NEW}
    assert not [name for name in os.listdir(home) if name.startswith(".") and any(edit.name in name for edit in left)]


def test_file_changed_in_the_meantime_is_not_overwritten(home: Path) -> None:
    (home / "README.md").write_bytes(b"theirs")
    with pytest.raises(UsageError, match="changed by somebody else"):
        apply(EDITS, str(home))
    assert files(home) == {"README.md": b"theirs"}


def test_file_that_appeared_in_the_meantime_is_not_overwritten(home: Path) -> None:
    (home / "NOTICE").write_bytes(b"theirs")
    with pytest.raises(UsageError, match="changed by somebody else"):
        apply(EDITS, str(home))
    assert files(home) == {"NOTICE": b"theirs", "README.md": OLD}


@pytest.mark.parametrize("name", ["../x", "docs/x", "out"])
def test_nothing_is_written_outside_the_folder(home: Path, tmp_path: Path, name: str) -> None:
    (home / "docs").mkdir()
    (home / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        apply([Edit(name, None, NEW)], str(home))
    assert not (tmp_path / "x").exists()
    assert not (tmp_path / "elsewhere").exists()
    assert not (home / "docs" / "x").exists()


def test_undo_leaves_what_was_changed_since(home: Path) -> None:
    apply(EDITS, str(home))
    (home / "NOTICE").write_bytes(b"theirs")
    undo(EDITS, str(home))
    assert files(home) == {"NOTICE": b"theirs", "README.md": OLD}
