"""The patch: what git makes of it is the very bytes that were planned."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.fix.diff import patch, prefix_of
from licensecheck.fix.records import Edit

TEXTS = st.text(st.sampled_from("ab\n\r\t\x0b\u2028 模+-@\\"), max_size=40).map(lambda text: text.encode())


def git(folder: Path, *arguments: str, given: bytes | None = None) -> None:
    subprocess.run(["git", *arguments], cwd=folder, input=given, check=True, capture_output=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=TEXTS.filter(bool), after=TEXTS.filter(bool), new=TEXTS.filter(bool))
def test_git_takes_it(tmp_path_factory: pytest.TempPathFactory, before: bytes, after: bytes, new: bytes) -> None:
    folder = tmp_path_factory.mktemp("repo")
    (folder / "README.md").write_bytes(before)
    edits = [Edit("LICENSE", None, new)] + ([Edit("README.md", before, after)] if before != after else [])
    git(folder, "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-", given=patch(edits).encode())
    assert (folder / "LICENSE").read_bytes() == new
    assert (folder / "README.md").read_bytes() == after


@pytest.mark.parametrize("name", ["README my.md", "README_模.md", 'README_".md', "README_\\.md"])
def test_names_that_need_care(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a\n")
    git(tmp_path, "apply", "-", given=patch([Edit(name, b"a\n", b"b\n")]).encode())
    assert (tmp_path / name).read_bytes() == b"b\n"


def test_paths_begin_at_the_top_of_the_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    home = tmp_path / "models" / "a"
    home.mkdir(parents=True)
    assert prefix_of(str(home)) == "models/a/"
    assert prefix_of(str(tmp_path)) == ""
    git(tmp_path, "apply", "-", given=patch([Edit("NOTICE", None, b"words")], prefix_of(str(home))).encode())
    assert (home / "NOTICE").read_bytes() == b"words"


def test_link_is_shown_as_the_file_that_changes() -> None:
    assert "--- a/docs/card.md\n" in patch([Edit("README.md", b"a\n", b"b\n", "docs/card.md")])
