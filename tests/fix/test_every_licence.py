"""Render, read back, met: for every licence, a release that lacks everything is mended, and the same checks find the duties met."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from licensecheck.fix.aims import adverse, part_of
from licensecheck.fix.apply import apply
from licensecheck.fix.plan import Sources, plan
from licensecheck.harvest.texts import is_license_name, notice_kind
from licensecheck.knowledge import load
from licensecheck.pipeline import examine
from licensecheck.recognise import load_fingerprints
from licensecheck.render.front_matter import front_matter
from licensecheck.scenarios import Case, read_cases, recognise_stand_in, write_case
from tests.conftest import CORPUS, REPO

FILES = sorted((REPO / "tests" / "scenarios").glob("*.yaml"))
#: What documents and copies can mend.
WRITTEN = ("copies", "notice", "attribution")
DUTIES = {"copy", "notice", "display", "credit"}


def bare(case: Case) -> Case:
    """The base of a licence without a word of what it owes: front matter and title are left."""
    files: dict[str, Any] = {}
    for name, content in case.files.items():
        if is_license_name(name) or notice_kind(name):
            continue
        if name.lower().startswith("readme") and isinstance(content, str):
            title = next((line for line in content.split("\n") if line.startswith("# ")), "")
            content = f"{front_matter(content)}{title}\n"
        files[name] = content
    return case._replace(files=files)


def owed(report: Any) -> list[Any]:
    return [finding for part in WRITTEN for finding in adverse(report, part)]


@pytest.fixture
def release(path: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    write_case(bare(read_cases(str(path))[0]), str(folder), None)
    return folder


def prove(license_id: str, release: Path, texts: Path, recognise: Any) -> None:
    check = partial(examine, recognise=recognise)
    knowledge = load()
    sources = Sources(str(texts), (), knowledge, recognise or _recogniser(knowledge))
    before = check(str(release))
    made = plan(str(release), check, sources)
    apply(made.edits, str(release))
    after = check(str(release))
    kinds = {finding["id"]: finding["kind"] for finding in after["findings"]}
    wanted = owed(before)
    law = knowledge.license(license_id)["clauses"]
    assert wanted or not any(clause["effect"] == "duty" and DUTIES & set(clause.get("requires") or ()) for clause in law)
    assert {finding["rule"]: kinds[finding["id"]] for finding in wanted if kinds[finding["id"]] != "pass"} == {}
    assert {part_of(finding) for finding in wanted} <= {*WRITTEN}
    assert plan(str(release), check, sources).edits == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_meets_the_duty(path: Path, release: Path, texts: Path) -> None:
    prove(path.stem, release, texts, recognise_stand_in)


def held(path: Path) -> bool:
    """Has anybody a text of it? A few licences are known by what is said of them only."""
    prints = load_fingerprints(os.path.join(load().rules, "fingerprints"))
    return any(edition["text"] in prints.texts for edition in load().license(path.stem)["editions"])


@pytest.mark.corpus
@pytest.mark.parametrize("path", [path for path in FILES if held(path)], ids=lambda path: path.stem)
def test_what_is_written_meets_the_duty_with_the_real_texts(path: Path, release: Path) -> None:
    prove(path.stem, release, Path(str(CORPUS)) / "license-texts", None)


def _recogniser(knowledge: Any) -> Any:
    from licensecheck.recognise import recognise

    return lambda text: recognise(text, load_fingerprints(os.path.join(knowledge.rules, "fingerprints")))
