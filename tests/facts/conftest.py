"""A manifest as it is written in, the facts that come of it out."""

from __future__ import annotations

import inspect

import pytest
import yaml

from licensecheck.facts.derive import component_facts, subject_facts
from licensecheck.knowledge import load
from licensecheck.lineage.component import Component
from licensecheck.pipeline import manifest_of


@pytest.fixture(scope="session")
def knowledge():
    return load()


@pytest.fixture
def component():
    def make(name="acme/base", relation="finetune", license_id="acme-open", path=None, **attributes):
        return Component(
            id=name,
            type="model",
            relation=relation,
            path=path or ((relation, name),),
            license=license_id,
            license_source="registry",
            verified=True,
            edition=None,
            evidence=(),
            certain=True,
            personal=False,
            attributes=attributes,
        )

    return make


@pytest.fixture
def facts(tmp_path, knowledge):
    """The facts of the subject, and of each component given."""

    def derive(manifest=None, components=(), pipeline_tag=None):
        (tmp_path / "licensecheck.yaml").write_text(yaml.safe_dump({"version": 1, **(manifest or {})}), encoding="utf-8")
        given = {
            "manifest": manifest_of(str(tmp_path), knowledge),
            "pipeline_tag": pipeline_tag,
            "components": components,
            "table": knowledge.table("facts"),
            "relations": knowledge.table("relations"),
        }
        others = {"declared": None, "claims": (), "note": ""}
        wanted = inspect.signature(subject_facts).parameters
        subject = subject_facts(**given, **{name: value for name, value in others.items() if name in wanted})
        return subject, component_facts(subject, components)

    return derive
