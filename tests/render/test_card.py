"""What a card should say beyond what it says: from the report, never against a person's own words."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from licensecheck.render.card import by_hand, change
from licensecheck.render.front_matter import changed, values

TESTS = Path(__file__).resolve().parent.parent
BASE = "meta-llama/Llama-3.1-8B-Instruct"


def report(**bent: Any) -> Any:
    found = json.loads((TESTS / "reports" / "fine-tune.json").read_text(encoding="utf-8"))["reports"][0]
    found["licenses"].update(bent)
    return found


def edge(to: str, relation: str = "finetune", how: str = "declared", key: str = "built_from[0]", source: str = "licensecheck.yaml") -> Any:
    evidence = [{"source": source, "line": 1, "key": key, "value": to, "how": how}]
    return {"from": "Harbour-Chat-8B", "to": to, "relation": relation, "evidence": evidence}


def with_edges(*edges: Any) -> Any:
    found = report()
    found["findings"] = []
    found["lineage"]["edges"] = list(edges)
    return found


def on_hub(name: str) -> bool:
    return name in ("llama3.1", "apache-2.0", "mit")


def wanted(found: Any, meta: dict[str, Any]) -> Any:
    return change(found, meta, "README.md", on_hub)


def mended(found: Any, content: str) -> dict[str, Any]:
    text = f"---\n{content}\n---\n"
    result = changed(text, wanted(found, values(text)))
    assert not wanted(found, values(result)), "writing twice changes something"
    return values(result)


def test_licence_that_cannot_stand_gives_way_to_the_one_that_travels() -> None:
    found = report()
    against = next(f for f in found["findings"] if f["rule"].startswith("check/declared-license"))
    against.update(kind="fail", evidence=[{"source": "README.md", "line": 2, "key": "license", "value": "apache-2.0", "how": "declared"}])
    assert wanted(found, {"license": "apache-2.0", "base_model": BASE}).put == {"license": "llama3.1"}


def test_licence_under_which_no_fail_was_found_stays() -> None:
    found = report()
    found["findings"] = [f for f in found["findings"] if not f["rule"].startswith("check/declared-license")]
    assert not wanted(found, {"license": "apache-2.0", "base_model": BASE})


def test_waived_finding_changes_nothing() -> None:
    found = report()
    for item in found["findings"]:
        item["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "later"}]
    assert not wanted(found, {"license": "apache-2.0", "base_model": BASE}).put


def test_licence_is_added_where_none_is_declared() -> None:
    found = report(declared=None)
    assert wanted(found, {"base_model": BASE}).put == {"license": "llama3.1"}


def test_licence_of_the_manifest_is_added_to_a_card_that_has_none() -> None:
    found = report(declared="apache-2.0")
    assert wanted(found, {"base_model": BASE}).put == {"license": "apache-2.0"}


def test_licence_that_the_hub_has_no_id_for_gets_name_and_link() -> None:
    found = report(declared=None, inherited=["acme-terms"], concluded={"weights": "acme-terms"})
    found["lineage"]["nodes"][0]["license"] = "acme-terms"
    template = copy.deepcopy(found["findings"][0])
    template.update(license="acme-terms", topic="license-copy", kind="pass")
    template["evidence"] = [{"source": "LICENSE.txt", "line": 1, "key": "license text", "value": "acme-terms-1", "how": "declared"}]
    found["findings"] = [template]
    assert wanted(found, {}).put == {"license": "other", "license_name": "acme-terms", "license_link": "LICENSE.txt"}
    assert wanted(found, {"license": "other"}).put == {"license_name": "acme-terms", "license_link": "LICENSE.txt"}


@pytest.mark.parametrize("bent", [{"verified": False}, {"license": None}])
def test_licence_that_nobody_verified_is_not_written(bent: dict[str, Any]) -> None:
    found = report(declared=None)
    found["lineage"]["nodes"][0].update(bent)
    assert not wanted(found, {"base_model": BASE}).put


def test_two_licences_at_once_are_for_a_person() -> None:
    found = report(declared=None, concluded={"weights": "llama3.1 AND qwen"}, inherited=["llama3.1", "qwen"])
    assert not wanted(found, {"base_model": BASE}).put


def test_bases_data_and_relation_of_the_manifest_are_added() -> None:
    found = with_edges(edge("a/b", "quantized"), edge("c/d", "data"), edge("e/f", "outputs"), edge("local", "data"), edge("./x/y", "data"))
    assert mended(found, "license: mit") == {
        "license": "mit",
        "base_model": "a/b",
        "base_model_relation": "quantized",
        "datasets": ["c/d"],
    }


def test_lists_are_extended_and_what_is_there_stays() -> None:
    found = with_edges(edge("a/b", "merge"), edge("c/d", "merge"), edge("e/f", "data"))
    after = mended(found, "license: mit\nbase_model: [https://huggingface.co/A/B, x/y]\ndatasets: [mine]\ntags: [chat]")
    assert after == {
        "license": "mit",
        "base_model": ["https://huggingface.co/A/B", "x/y", "c/d"],
        "base_model_relation": "merge",
        "datasets": ["mine", "e/f"],
        "tags": ["chat", "merge"],
    }


def test_relation_that_a_person_wrote_stays() -> None:
    assert mended(with_edges(edge("a/b", "adapter")), "license: mit\nbase_model_relation: finetune")["base_model_relation"] == "finetune"


def test_usual_relation_that_nobody_stated_is_not_written() -> None:
    assert mended(with_edges(edge("a/b", key="base_model", source="README.md")), "license: mit\nbase_model: a/b") == {
        "license": "mit",
        "base_model": "a/b",
    }


@pytest.mark.parametrize("how", ["prose", "inferred", "tool-written"])
def test_base_that_nobody_declared_is_not_written(how: str) -> None:
    assert mended(with_edges(edge("a/b", how=how, key="x")), "license: mit") == {"license": "mit"}


def test_base_that_an_adapter_names_is_written() -> None:
    after = mended(with_edges(edge("a/b", "adapter", how="tool-written", key="base_model_name_or_path")), "license: mit")
    assert after == {"license": "mit", "base_model": "a/b", "base_model_relation": "adapter"}


@pytest.mark.parametrize("slug", ["sources-differ", "adapter-differs", "config-differs", "not-an-id"])
def test_while_sources_disagree_the_base_is_left_to_a_person(slug: str) -> None:
    found = with_edges(edge("a/b"))
    found["findings"] = [{"rule": f"check/lineage.{slug}", "kind": "fail", "license": None, "topic": "lineage", "suppressions": []}]
    assert mended(found, "license: mit\nbase_model: x/y") == {"license": "mit", "base_model": "x/y"}


def test_bases_of_several_relations_are_not_lumped_together() -> None:
    found = with_edges(edge("a/b", "finetune"), edge("c/d", "merge"))
    assert mended(found, "license: mit\ntags: [merge]") == {"license": "mit", "tags": ["merge"]}


def test_keys_of_other_times_get_their_name() -> None:
    assert mended(with_edges(), "licence: mit\nfinetuned_from: x/y") == {"license": "mit", "base_model": "x/y"}
    assert mended(with_edges(), "licence: mit\nlicense: isc") == {"licence": "mit", "license": "isc"}
    assert mended(with_edges(), "licence: mit\nlicenses: [isc]") == {"license": "mit", "licenses": ["isc"]}


def test_application_has_no_card() -> None:
    found = report(declared=None)
    found["subject"]["kind"] = "application"
    assert not wanted(found, {})


def test_lines_to_write_by_hand() -> None:
    found = with_edges(edge("a/b", "quantized"))
    lines = by_hand(wanted(found, {"licence": "mit"}), {"licence": "mit"})
    assert lines == ["license: mit", "base_model_relation: quantized", "base_model: a/b"]
