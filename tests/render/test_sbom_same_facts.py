"""Every format is read back by somebody else's reader and says the same of the same bill."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from tests.render.sbom_bills import (
    bill,
    edge,
    facts_of,
    facts_of_cyclonedx,
    facts_of_spdx2,
    facts_of_spdx3,
    node,
    report,
    written,
)

ENDINGS = {"json": ".spdx.json", "yaml": ".spdx.yaml", "tag": ".spdx"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_format_is_valid_and_says_the_same(lang: str, tmp_path: Path) -> None:
    made = bill(lang)
    texts = written(made, lang)
    expected = facts_of(made)
    for form, ending in ENDINGS.items():
        path = tmp_path / f"bill{ending}"
        path.write_text(texts[form], encoding="utf-8")
        document = parse_file(str(path))
        assert validate_full_spdx_document(document, "SPDX-2.3") == [], form
        assert facts_of_spdx2(document, lang) == expected, form
    assert facts_of_spdx3(texts["spdx3"], lang) == expected
    # CycloneDX lists every licence whose text was found as seen; the others keep a text without saying where the subject has it
    seen = expected._replace(observed=expected.observed | set(expected.texts))
    for form in ("1.6", "1.7"):
        assert facts_of_cyclonedx(texts[form]) == seen, form


def test_there_is_something_to_compare() -> None:
    facts = facts_of(bill())
    assert len(facts.parts) == 15 and len(facts.links) == 14
    assert {relation for _, relation, _, _ in facts.links} == {edge["relation"] for edge in report()["lineage"]["edges"]}
    assert facts.parts["model", "meta-llama/Llama-3.1-8B"] == (None, "LicenseRef-llama3.1", "LicenseRef-llama3.1", ("Built with Llama",))
    assert facts.observed == {"LicenseRef-llama3.1"}
    assert set(facts.files) == {"LICENSE", "README.md"}


def test_a_commit_is_the_version_in_every_format() -> None:
    made = bill(subject={"name": "tiny", "target": "acme/tiny@main", "kind": "model", "revision": "0123456789abcdef"})
    texts = written(made)
    assert made.subject.name == "acme/tiny"
    assert facts_of_spdx3(texts["spdx3"]) == facts_of(made)
    assert facts_of_cyclonedx(texts["1.7"]).parts["model", "acme/tiny"][0] == "0123456789abcdef"
    assert '"versionInfo": "0123456789abcdef"' in texts["json"]
    assert '"downloadLocation": "git+https://huggingface.co/acme/tiny@0123456789abcdef"' in texts["json"]
    assert all("pkg:huggingface/acme/tiny@0123456789abcdef" in text for text in texts.values())


def test_the_same_bill_gives_the_same_bytes_and_another_bill_another_id() -> None:
    first, second = written(bill()), written(bill())
    assert first == second
    other = written(bill(as_of="2026-12-01", lineage={"nodes": [node("acme/x")], "edges": [edge("acme/x", "finetune")]}))
    for form, text in first.items():
        assert identifier(text) != identifier(other[form])


def identifier(text: str) -> str:
    found = re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", text)
    assert found is not None
    return found[0]
