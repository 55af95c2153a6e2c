from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path

import pytest
import yaml

from licensecheck.errors import InputError
from licensecheck.manifest import load, overlay

RULES = Path(__file__).resolve().parents[2] / "rules"


class Ids:
    """Closed lists that are small and made up, so that the tests don't change with the law."""

    topics = frozenset({"model-name", "scale-threshold", "non-commercial"})
    purposes = frozenset({"chat-assistant", "coding", "search", "medical-advice"})
    relations = frozenset({"finetune", "adapter", "merge", "quantized", "outputs", "data", "code", "serves"})
    claims = frozenset({"trained-from-scratch", "not-derived"})
    licenses = frozenset({"acme-1.0", "acme-1.1", "apache-2.0", "mit"})
    rules = frozenset({"acme-1.0/model-name", "check/lineage"})

    def license_known(self, license_id, /):
        return license_id in self.licenses

    def suggest_license(self, license_id, /):
        return next(iter(get_close_matches(license_id, sorted(self.licenses), 1, 0.7)), None)

    def suggest_provider(self, name, /):
        return "acme" if name in ("acmee", "acmechat") else None

    def rule_known(self, rule, /):
        return rule in self.rules


@pytest.fixture(scope="session")
def table():
    """The table as the compiled index gives it: through JSON."""
    return json.loads(json.dumps(yaml.safe_load((RULES / "manifest.yaml").read_text(encoding="utf-8"))))


@pytest.fixture
def ids():
    return Ids()


@pytest.fixture
def read(tmp_path, table, ids, monkeypatch):
    """The manifest of a folder with one file in it; `sets` and `as_` as on the command line."""
    monkeypatch.chdir(tmp_path)

    def run(text="", *sets, as_=None, name="licensecheck.yaml"):
        Path(name).write_text(text, encoding="utf-8")
        return overlay(load(".", table, ids), sets, as_)

    return run


@pytest.fixture
def problems(read):
    """Every line that a wrong manifest gives."""

    def run(text="", *sets, **options):
        with pytest.raises(InputError) as caught:
            read(text, *sets, **options)
        return str(caught.value).split("\n")

    return run
