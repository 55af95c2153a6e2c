"""Folders of strangers: what is claimed to be mended is, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from licensecheck.fix.aims import still
from licensecheck.fix.apply import apply
from licensecheck.fix.plan import Sources, plan
from licensecheck.knowledge import load
from licensecheck.pipeline import examine
from licensecheck.recognise import load_fingerprints, recognise
from licensecheck.render.files import body_of
from licensecheck.render.front_matter import block_of
from licensecheck.render.notices.parts import is_notice
from tests.conftest import CORPUS

INPUTS = Path(CORPUS or "/nowhere") / "real-inputs"
FOLDERS = sorted(path for path in INPUTS.iterdir() if path.is_dir()) if INPUTS.is_dir() else []


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.corpus
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_what_is_claimed_comes_true_and_nothing_else_is_touched(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / folder.name
    shutil.copytree(folder, home)
    knowledge = load()
    prints = load_fingerprints(os.path.join(knowledge.rules, "fingerprints"))
    sources = Sources(str(INPUTS.parent / "license-texts"), (), knowledge, lambda text: recognise(text, prints))
    check = partial(examine, as_="public")
    before = contents(home)
    made = plan(str(home), check, sources)
    apply(made.edits, str(home))
    after = contents(home)
    assert not still(made.mended, check(str(home)))
    assert before.keys() <= after.keys()
    for name in after:
        if after[name] == before.get(name):
            continue
        assert "/" not in name
        assert is_notice(name) or name.startswith("README") or (name.startswith("LICENSE") and name not in before)
        if name in before:
            assert outside(after[name].decode()).startswith(outside(before[name].decode()).rstrip("\r\n"))
    assert plan(str(home), check, sources).edits == ()


def outside(text: str) -> str:
    """Everything but the generated sections and the front matter."""
    block = block_of(text)
    text = text[block.end :].partition("\n")[2] if block else text
    for name, style in (("attribution", "markdown"), ("notice", "markdown"), ("notice", "hash")):
        body = body_of(text, name, style)  # type: ignore[arg-type]
        text = text.replace(body, "") if body else text
    return text
