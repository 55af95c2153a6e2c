"""The schema of the report, the shapes in `licensecheck.report` and the sample reports agree."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from licensecheck import report

TESTS = Path(__file__).resolve().parent
SAMPLES = sorted((TESTS / "reports").glob("*.json"))
SCHEMA = json.loads((TESTS.parent / "schema" / "report-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def sample(name: str) -> Any:
    return json.loads((TESTS / "reports" / f"{name}.json").read_text(encoding="utf-8"))


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_report_is_valid(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("shape", "definition"),
    [
        (report.Report, "report"),
        (report.Finding, "finding"),
        (report.Evidence, "evidence"),
        (report.Citation, "citation"),
    ],
)
def test_schema_knows_the_keys_of_the_shape_and_no_others(shape: type, definition: str) -> None:
    assert set(SCHEMA["$defs"][definition]["properties"]) == set(shape.__annotations__)


def test_schema_knows_the_kinds_of_the_report() -> None:
    assert tuple(SCHEMA["$defs"]["kind"]["enum"]) == report.KINDS


def finding(envelope: Any, kind: str) -> Any:
    return next(item for item in envelope["reports"][0]["findings"] if item["kind"] == kind)


BREAKS: dict[str, Callable[[Any], None]] = {
    "an unknown key": lambda envelope: envelope.update(extra=1),
    "an unknown key in a finding": lambda envelope: finding(envelope, "fail").update(severity="high"),
    "another generation": lambda envelope: envelope.update(schema="licensecheck-report/2"),
    "an unknown topic": lambda envelope: finding(envelope, "fail").update(topic="naming"),
    "a fail that is undecided": lambda envelope: finding(envelope, "fail").update(outcome="undecided"),
    "an open finding without a question": lambda envelope: finding(envelope, "open").update(question=None),
    "a pass that is an error": lambda envelope: finding(envelope, "pass").update(level="error"),
    "a clause without a licence": lambda envelope: finding(envelope, "fail").update(license=None),
    "a line counted from zero": lambda envelope: finding(envelope, "fail")["evidence"][0].update(line=0),
    "an unknown relation": lambda envelope: envelope["reports"][0]["lineage"]["edges"][0].update(relation="tuned"),
    "an unknown step of a remedy": lambda envelope: finding(envelope, "fail")["remedy"]["actions"][0].update(kind="pray"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_schema_refuses(what: str) -> None:
    envelope = copy.deepcopy(sample("fine-tune"))
    BREAKS[what](envelope)
    assert not VALIDATOR.is_valid(envelope)
