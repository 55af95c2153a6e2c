"""A folder on disk, examined; and a small knowledge of made-up organisations."""

from __future__ import annotations

import datetime
import json

import pytest
import yaml

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in


@pytest.fixture
def examined(write):
    """Front matter, body, further files and the manifest in, the report of the folder out."""

    def run(card=None, body="# Beacon-8B\n", files=None, manifest=None, **options):
        contents = {name: json.dumps(item) if isinstance(item, dict) else item for name, item in (files or {}).items()}
        if card is not None:
            contents["README.md"] = f"---\n{yaml.safe_dump(card, sort_keys=False, allow_unicode=True)}---\n{body}"
        contents["licensecheck.yaml"] = yaml.safe_dump({"version": 1, **(manifest or {})}, sort_keys=False)
        options.setdefault("today", datetime.date(2025, 6, 1))
        options.setdefault("recognise", recognise_stand_in)
        return examine(str(write(contents)), everything=True, **options)

    return run


RELATIONS = {
    "relations": {
        name: {"carries": carries}
        for name, carries in {
            "finetune": "weights",
            "adapter": "weights",
            "merge": "weights",
            "quantized": "weights",
            "outputs": "outputs",
            "data": "data",
            "serves": "use",
            "tokenizer": "none",
            "code": "code",
        }.items()
    },
    "compose": {
        "finetune": {"finetune": "finetune", "outputs": "outputs", "data": "data"},
        "quantized": {"finetune": "quantized", "outputs": "outputs"},
        "adapter": {"finetune": "adapter", "outputs": "outputs"},
        "outputs": {"finetune": "outputs"},
        "data": {"outputs": "outputs", "data": "data"},
        "serves": {"finetune": "serves"},
    },
    "personal": ["outputs", "data"],
}
FAMILIES = {
    "families": [
        {"words": ["foo-3", "1b"], "license": "foo-research", "organisations": ["foo"]},
        {"words": ["foo-3"], "license": "foo3", "organisations": ["elsewhere", "foo"]},
        {"words": ["foo3"], "license": "foo3"},
        {"words": ["foo-30b"], "license": "foo1"},
    ]
}


class Small:
    """What the lineage asks of the knowledge, over a handful of rows."""

    def __init__(self, models=(), datasets=(), services=(), briefs=None):
        self._rows = {"models": models, "datasets": datasets, "services": services}
        self._briefs = briefs or {}

    def guess(self, name, on):
        from licensecheck.knowledge.copies import family_of

        family = family_of(name, FAMILIES["families"])
        return {"id": name, "license": family["license"], "verified": False} if family else None

    def table(self, name):
        return {"relations": RELATIONS, "families": FAMILIES}[name]

    def brief(self, name):
        return self._briefs.get(name, {})

    def resolve(self, name):
        return None if name in ("other", "unknown", "inherits", "None") or name.startswith("no-") else name

    def license_of_text(self, text):
        return text.rsplit("-text", 1)[0] if "-text" in text else None

    def _row(self, kind, name, on):
        from licensecheck.knowledge.registry import find

        return find(self._rows[kind], name, on)

    def model(self, name, on):
        return self._row("models", name, on)

    def dataset(self, name, on):
        return self._row("datasets", name, on)

    def service(self, name, on):
        return self._row("services", name, on)


@pytest.fixture
def small():
    return Small
