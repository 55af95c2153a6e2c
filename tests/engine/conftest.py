"""One clause, one component and what the files show, valid by default; and a folder on disk, examined."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from licensecheck.engine.caps import Caps
from licensecheck.engine.judge import judge
from licensecheck.facts.base import Facts
from licensecheck.facts.observed import CopySeen, Observed
from licensecheck.knowledge import load
from licensecheck.lineage.component import Component
from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

EVIDENCE = {"source": "README.md", "line": 3, "key": "base_model", "value": "acme/base", "how": "declared"}
CLAUSE = {
    "id": "license-copy",
    "topic": "license-copy",
    "license": "acme-open",
    "license_name": "Acme Open Licence",
    "publisher": "Acme",
    "section": "2",
    "effect": "duty",
    "binds": "material",
    "layer": "weights",
    "verified": True,
    "says": {"en": "A copy goes along."},
    "title": {"en": "copy not given"},
    "unless": [],
    "unsettled": [],
}


class Made:
    """Builders: each has a valid default, and takes what a test bends."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps

    @staticmethod
    def fact(name: str, *values: Any, test: str = "in", **more: Any) -> dict[str, Any]:
        return {"op": "fact", "fact": name, "test": test, "value": list(values) or ["yes"], **more}

    def clause(self, **bent: Any) -> dict[str, Any]:
        return {**CLAUSE, "when": self.fact("release.weights"), "requires": {"copy": "agreement"}, **bent}

    def prohibition(self, **bent: Any) -> dict[str, Any]:
        found = {**self.clause(effect="prohibition", topic="competition", id="competition"), **bent}
        del found["requires"]
        return found

    @staticmethod
    def branch(when: Any, why: str = "because", section: str = "3") -> dict[str, Any]:
        return {"when": when, "why": why, "section": section}

    @staticmethod
    def component(**bent: Any) -> Component:
        values: dict[str, Any] = {
            "id": "acme/base",
            "type": "model",
            "relation": "finetune",
            "path": (("finetune", "acme/base"),),
            "license": "acme-open",
            "license_source": "registry",
            "verified": True,
            "edition": {"text": "acme-open-1", "in_force_from": "2024-01-01"},
            "evidence": (EVIDENCE,),
            "certain": True,
            "personal": False,
            "attributes": {},
        }
        return Component(**{**values, **bent})

    @staticmethod
    def seen(**bent: Any) -> Observed:
        values: dict[str, Any] = {
            "name": "Beacon-8B",
            "name_evidence": None,
            "declared": None,
            "declared_evidence": None,
            "as_of": "2025-06-01",
        }
        return Observed(**{field: {**values, **bent}.get(field, ()) for field in Observed._fields})

    @staticmethod
    def copy(**bent: Any) -> CopySeen:
        values: dict[str, Any] = {
            "license": "acme-open",
            "text": "acme-open-1",
            "source": "LICENSE",
            "line": 1,
            "content": "",
            "match": None,
        }
        return CopySeen(**{field: {**values, **bent}.get(field, ()) for field in CopySeen._fields})

    @staticmethod
    def agreement(**bent: Any) -> dict[str, Any]:
        return {"license": "acme-open", "topic": "license-copy", "reference": "letter 7", "expires": "", "evidence": EVIDENCE, **bent}

    def judged(
        self,
        clause: Mapping[str, Any] | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        component: Component | None = None,
        seen: Observed | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> Any:
        values = {"release.weights": "yes"} if facts is None else facts
        evidence = {name: {**EVIDENCE, "key": name} for name, value in values.items() if value is not None}
        return judge(
            clause or self.clause(),
            component or self.component(),
            Facts(values, evidence, notes=notes),
            seen or self.seen(),
            self.caps,
        )


@pytest.fixture(scope="session")
def made() -> Made:
    knowledge = load()
    return Made(Caps(knowledge.table("caps"), knowledge.table("facts"), "en", knowledge.table("messages")))


@pytest.fixture
def examined(write):
    """Front matter, body, further files and the manifest in, the report of the folder out."""

    def run(card=None, body="# Beacon-8B\n", files=None, manifest=None, **options):
        contents = {name: json.dumps(item) if isinstance(item, dict) else item for name, item in (files or {}).items()}
        if card is not None:
            contents["README.md"] = f"---\n{yaml.safe_dump(card, sort_keys=False, allow_unicode=True)}---\n{body}"
        if manifest is not None:
            contents["licensecheck.yaml"] = yaml.safe_dump({"version": 1, **manifest}, sort_keys=False, allow_unicode=True)
        options.setdefault("today", datetime.date(2025, 6, 1))
        options.setdefault("recognise", recognise_stand_in)
        options.setdefault("as_", "public")
        return examine(str(write(contents)), everything=True, **options)

    return run
