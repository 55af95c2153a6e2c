"""A house's own licence file that is valid; a test states only what it bends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from licensecheck.knowledge import load
from licensecheck.knowledge.compile import lint

LICENSE = """\
schema: license/1
id: acme-open
name: Acme Open Licence
publisher: Acme
verified: true
editions:
  - {text: acme-open-1, from: 2024-01-01}
words:
  work: the Engine
terms:
  given: {release.weights: [public, private]}
clauses:
  - topic: license-copy
    section: "2"
    effect: duty
    says: {en: A copy of {work} goes along., zh: 须附副本。}
    when: {all: [{component.relation: [finetune]}, given]}
    requires: {copy: agreement}
""".replace("A copy of {work} goes along.", '"A copy of {work} goes along."')

POLICY = """\
schema: policy/1
id: acme-policy
name: Acme Use Policy
publisher: Acme
verified: true
forbids:
  - {purposes: [weapons], section: "1"}
"""


@pytest.fixture
def license_text():
    return LICENSE


@pytest.fixture
def policy_text():
    return POLICY


@pytest.fixture
def bent():
    """The valid file with one stretch of it replaced; the stretch must be there."""

    def bend(old, new):
        assert LICENSE.count(old) == 1, f"{old!r} stands {LICENSE.count(old)} times in the file"
        return LICENSE.replace(old, new)

    return bend


@pytest.fixture
def house(tmp_path):
    """Files (name → text) in a house's own folder; their problems as (file, line, message)."""

    def problems(text, **more):
        folder = tmp_path / "house"
        folder.mkdir(exist_ok=True)
        files = {"acme-open.yaml": text, **{f"{name.replace('_', '-')}.yaml": item for name, item in more.items()}}
        for name, item in files.items():
            (folder / name).write_text(item, encoding="utf-8")
        return [(os.path.basename(problem.path), problem.line, problem.message) for problem in lint(str(folder))]

    return problems


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """The knowledge with house files (path → text) on top, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def knowledge(files):
        folder: Path = tmp_path / "rules of the house"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load(str(folder))

    return knowledge
