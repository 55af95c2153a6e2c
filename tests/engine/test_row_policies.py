"""A use policy that a model takes in beside its licence: its clauses reach that model, and no other under the same licence."""

from __future__ import annotations

import pytest

MODEL = "CohereForAI/c4ai-command-r-v01"


def found(report, topic):
    return {item["component"]: item["kind"] for item in report["findings"] if item["rule"] == f"cc-by-nc-4.0/{topic}"}


def released(model, **use):
    entries = [{"model": model, "relation": "finetune"}, {"model": "acme/plain", "relation": "merge", "license": "cc-by-nc-4.0"}]
    return {"built_from": entries, "use": {"commercial": False, **use}}


@pytest.mark.parametrize(("purposes", "kind"), [(["fraud"], ("fail", "review")), (["translation"], ("pass",))])
def test_the_purposes_of_the_policy_are_judged_for_that_model_only(examined, purposes, kind):
    report = examined({"license": "cc-by-nc-4.0"}, manifest=released(MODEL, purposes=purposes))
    assert set(found(report, "acceptable-use")) == {MODEL}
    assert found(report, "acceptable-use")[MODEL] in kind


def test_the_licence_itself_stays_what_the_card_says(examined):
    report = examined({"license": "cc-by-nc-4.0"}, manifest=released(MODEL))
    assert {node["license"] for node in report["lineage"]["nodes"]} == {"cc-by-nc-4.0"}
    assert found(report, "non-commercial")[MODEL] == "pass"


def test_commercial_use_is_judged_by_the_licence(examined):
    report = examined({"license": "cc-by-nc-4.0"}, manifest=released(MODEL, commercial=True))
    assert found(report, "non-commercial")[MODEL] in ("fail", "review")
