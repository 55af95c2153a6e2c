"""Each format against somebody else's validator, and what it shows a reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spdx_tools.spdx.model import SpdxNoAssertion
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from licensecheck.render.sbom import cyclonedx, spdx2, spdx3
from licensecheck.render.sbom.bill import Bill
from tests.render.sbom_bills import (
    TEXT,
    bill,
    duty,
    edge,
    facts_of,
    facts_of_cyclonedx,
    facts_of_spdx2,
    facts_of_spdx3,
    node,
    report,
    sources,
    spdx3_objects,
    table,
    written,
)

#: each reads its schema once
VALIDATORS = {"1.6": JsonStrictValidator(SchemaVersion.V1_6), "1.7": JsonStrictValidator(SchemaVersion.V1_7)}
ALONE: dict[str, Any] = {"lineage": {"nodes": [], "edges": []}, "findings": [], "inputs": []}


def check_cyclonedx(text: str, spec: str) -> None:
    problem = VALIDATORS[spec].validate_str(text)
    assert problem is None, str(problem)[:500]


def check_everything(made: Bill) -> None:
    """Every validator on every form that does not take a parser of its own."""
    words = table()
    messages = validate_full_spdx_document(spdx2.document_of(made, words))
    assert [message.validation_message for message in messages] == []
    spdx3_objects(spdx3.render(made, words))
    for spec in VALIDATORS:
        check_cyclonedx(cyclonedx.render(made, words, spec), spec)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_kinds_of_components_and_relations_are_valid(lang: str) -> None:
    check_everything(bill(lang))


@pytest.mark.parametrize("kind", ["model", "dataset", "application"])
def test_a_subject_without_components_is_valid(kind: str) -> None:
    check_everything(bill(**ALONE, subject={"name": "Tiny-Chat", "target": ".", "kind": kind}))


# ---------------------------------------------------------------------------------------------- what a reader finds


def relationships(**changes: Any) -> set[tuple[str, str, str]]:
    document = spdx2.document_of(bill(**changes), table())
    names = {package.spdx_id: package.name for package in document.packages}
    return {
        (names[told.spdx_element_id], told.relationship_type.name, names[told.related_spdx_element_id])
        for told in document.relationships
        if told.spdx_element_id in names and told.related_spdx_element_id in names
    }


def test_spdx_2_tells_lineage_by_its_own_relationships() -> None:
    told = relationships()
    assert ("Tiny-Chat", "DESCENDANT_OF", "meta-llama/Llama-3.1-8B") in told
    assert ("Tiny-Chat", "GENERATED_FROM", "acme/whole") in told
    assert ("acme/merged", "DESCENDANT_OF", "acme/root") in told
    assert ("tatsu-lab/alpaca", "DATA_FILE_OF", "Tiny-Chat") in told
    assert ("openai/gpt-4o", "DEV_TOOL_OF", "Tiny-Chat") in told
    assert ("acme/judge", "TEST_TOOL_OF", "Tiny-Chat") in told
    assert ("acme/exam", "TEST_OF", "Tiny-Chat") in told
    assert ("Tiny-Chat", "DEPENDS_ON", "acme/served") in told


def test_what_is_only_inferred_is_no_descent_in_any_format() -> None:
    graph = {"lineage": {"nodes": [node("a/a")], "edges": [edge("a/a", "finetune", how="inferred")]}, "findings": []}
    assert relationships(**graph) == {("Tiny-Chat", "OTHER", "a/a")}
    texts = written(bill(**graph))
    assert "descendantOf" not in texts["spdx3"]
    for spec in VALIDATORS:
        content = json.loads(texts[spec])
        assert "pedigree" not in content["metadata"]["component"]
        assert not any("dependsOn" in row for row in content["dependencies"])


def test_an_extracted_text_is_the_users_copy_and_never_a_made_up_one() -> None:
    infos = {info.license_id: info for info in spdx2.document_of(bill(), table()).extracted_licensing_info}
    assert infos["LicenseRef-llama3.1"].extracted_text == TEXT.strip()
    assert "LICENSE" in infos["LicenseRef-llama3.1"].comment
    assert infos["LicenseRef-gemma"].extracted_text.startswith("The text of ")
    assert infos["LicenseRef-gemma"].cross_references


def test_nothing_known_is_noassertion() -> None:
    document = spdx2.document_of(bill(), table())
    exam = next(package for package in document.packages if package.name == "acme/exam")
    assert isinstance(exam.license_declared, SpdxNoAssertion) and isinstance(exam.license_concluded, SpdxNoAssertion)
    assert isinstance(document.packages[0].download_location, SpdxNoAssertion)


def test_files_carry_the_licences_found_in_them() -> None:
    files = {file.name: file for file in spdx2.document_of(bill(), table()).files}
    assert [str(info) for info in files["./LICENSE"].license_info_in_file] == ["LicenseRef-llama3.1"]


def test_spdx_3_speaks_of_models_and_datasets_in_their_own_profiles() -> None:
    content = json.loads(spdx3.render(bill(), table()))
    kinds = {item["name"]: item["type"] for item in content["@graph"] if "software_primaryPurpose" in item}
    assert kinds["Tiny-Chat"] == kinds["acme/judge"] == "ai_AIPackage"
    assert kinds["tatsu-lab/alpaca"] == "dataset_DatasetPackage"
    assert kinds["openai/gpt-4o"] == "software_Package"
    subject = next(item for item in content["@graph"] if item.get("name") == "Tiny-Chat" and item["type"] == "ai_AIPackage")
    assert "trained on tatsu-lab/alpaca" in subject["ai_informationAboutTraining"]
    assert "acme/guess" not in subject["ai_informationAboutTraining"]
    told = {item["relationshipType"] for item in content["@graph"] if "relationshipType" in item}
    assert {"descendantOf", "trainedOn", "testedOn", "usesTool", "hasDeclaredLicense", "hasConcludedLicense", "contains"} <= told


def test_spdx_3_claims_no_profile_whose_fields_it_cannot_fill() -> None:
    content = json.loads(spdx3.render(bill(), table()))
    document = next(item for item in content["@graph"] if item["type"] == "SpdxDocument")
    assert document["profileConformance"] == ["core", "software", "simpleLicensing"]


def test_cyclonedx_has_ancestors_services_data_and_a_model_card() -> None:
    content = json.loads(cyclonedx.render(bill(), table(), "1.6"))
    subject = content["metadata"]["component"]
    assert subject["type"] == "machine-learning-model"
    assert [item["name"] for item in subject["pedigree"]["ancestors"]] == ["adapter", "merged", "whole", "Llama-3.1-8B"]
    assert subject["modelCard"]["modelParameters"]["datasets"] == [{"ref": "dataset-tatsu-lab-alpaca"}]
    components = {item["bom-ref"]: item for item in content["components"]}
    assert components["dataset-tatsu-lab-alpaca"]["type"] == "data"
    assert components["model-acme-judge"]["scope"] == "excluded"
    assert [item["name"] for item in components["model-acme-merged"]["pedigree"]["ancestors"]] == ["root"]
    assert components["model-meta-llama-Llama-3.1-8B"]["evidence"]["occurrences"][0]["location"] == "README.md"
    assert [(item["group"], item["name"]) for item in content["services"]] == [("openai", "gpt-4o")]
    graph = {row["ref"]: row.get("dependsOn", []) for row in content["dependencies"]}
    assert {"service-openai-gpt-4o", "dataset-tatsu-lab-alpaca"} <= set(graph["subject"])
    assert not {"model-acme-judge", "model-acme-plan", "model-acme-guess"} & set(graph["subject"])
    assert graph["model-acme-merged"] == ["model-acme-root"]


def test_cyclonedx_says_who_says_a_licence() -> None:
    for spec in VALIDATORS:
        content = json.loads(cyclonedx.render(bill(), table(), spec))
        said = {
            (
                item.get("license", item)["acknowledgement"],
                item.get("license", {}).get("id") or item.get("expression") or item["license"]["name"],
            )
            for item in content["metadata"]["component"]["licenses"]
        }
        assert said == {("declared", "Apache-2.0"), ("concluded", "LicenseRef-llama3.1 AND LicenseRef-gemma")}
    assert any("expression" in item for item in content["metadata"]["component"]["licenses"])


def test_cyclonedx_never_says_that_it_knows_everything() -> None:
    assert json.loads(cyclonedx.render(bill(), table(), "1.6"))["compositions"][0]["aggregate"] == "unknown"
    made = bill(incomplete=["config.json: cut"])
    assert json.loads(cyclonedx.render(made, table(), "1.6"))["compositions"][0]["aggregate"] == "incomplete"


# ---------------------------------------------------------------------------------------------- hostile fields

HOSTILE = (
    "x\nRelationship: SPDXRef-subject DESCENDANT_OF SPDXRef-DOCUMENT",
    "</text>\nPackageName: other",
    "<text>",
    'a"b\\c\u202e\x1b[31m\x00',
    "${jndi:ldap://x} {{7*7}} {name} %s",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "- !!python/object:os.system",
    "MIT AND (",
    "NOASSERTION",
    "NONE",
    "LicenseRef-",
    "LicenseRef-a b",
    "DocumentRef-x:LicenseRef-y",
    "SPDXRef-DOCUMENT",
    "Apache-2.0+",
    "\ud83d\udc4d\ud800",
    " ",
    "模型：许可",
    "subject",
    "../../etc/passwd",
    "Created",
    "Tool: x",
    "Organization: x",
    "SHA1: 0a",
    "2024-01-01T00:00:00Z",
    "# no comment",
    "a" * 3_000,
)


def hostile(names: tuple[str, ...], licences: tuple[str, ...], words: str) -> Bill:
    """A bill with strangers' text in every field that holds any."""
    from licensecheck.render.sbom.bill import bill_of
    from licensecheck.render.sbom.terms import Text

    evidence = {"source": words, "line": 1, "key": words, "value": words, "how": words}
    kinds = ("model", "dataset", "service", "code")
    nodes = [node(name, kinds[n % 4], licence, license_source=words) for n, (name, licence) in enumerate(zip(names, licences, strict=True))]
    told = report(
        subject={"name": words, "target": words, "kind": "model", "revision": words},
        licenses={"declared": licences[0], "observed": list(licences), "concluded": {"weights": licences[-1]}},
        lineage={"nodes": nodes, "edges": [{"from": words, "to": name, "relation": "data", "evidence": [evidence]} for name in names]},
        findings=[duty(name, words) for name in names],
        inputs=[{"path": words, "sha256": "b" * 64, "read": True}],
        not_examined=[words],
        incomplete=[words],
    )
    files = {words: (words, "a" * 40)}
    kept = sources(
        files=files, found_in={words: list(licences)}, texts={licences[0]: Text(words, words, (words,)), words: Text(words, words)}
    )
    return bill_of(told, table(), kept, "2026-11-30T00:00:00Z", "llm-licensecheck-1.2")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_in_every_field_leaves_every_form_valid(words: str) -> None:
    check_everything(hostile((words, f"acme/{words}"), (words, f"{words} licence"), words))


text = st.text(st.characters(codec=None), min_size=1, max_size=40) | st.sampled_from(HOSTILE)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(text, text), min_size=1, max_size=4), text)
def test_any_text_in_every_field_leaves_every_form_valid(pairs: list[tuple[str, str]], words: str) -> None:
    check_everything(hostile(tuple(name for name, _ in pairs), tuple(licence for _, licence in pairs), words))


def test_hostile_text_stays_inside_its_field_in_every_form(tmp_path: Path) -> None:
    """The forms that a stranger's line break or mark could break out of are parsed again, and say what the bill says."""
    clean = tuple(words for words in HOSTILE if words.strip() and "\ud800" not in words)
    made = hostile(clean, clean[::-1], HOSTILE[0] + HOSTILE[1])
    texts = written(made)
    expected = facts_of(made)
    for form, ending in (("tag", ".spdx"), ("yaml", ".spdx.yaml"), ("json", ".spdx.json")):
        path = tmp_path / f"bill{ending}"
        path.write_text(texts[form], encoding="utf-8")
        assert facts_of_spdx2(parse_file(str(path))) == expected, form
    assert facts_of_spdx3(texts["spdx3"]) == expected
    assert facts_of_cyclonedx(texts["1.6"]).parts == expected.parts


def test_nothing_in_a_document_steers_a_terminal() -> None:
    made = hostile(HOSTILE, HOSTILE, HOSTILE[3])
    for form in written(made).values():
        assert all(char in "\n\t" or char.isprintable() or char.isspace() for char in form)
