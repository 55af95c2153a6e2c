"""Files of provenance results: what is taken, what is refused with one line, and that the published schema says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.errors import InputError
from licensecheck.measured.fields import LONGEST, MOST
from licensecheck.measured.read import ALONE, MAX_BYTES, MAX_RESULTS, read_results
from tests.conftest import REPO
from tests.measured.conftest import TOP

SCHEMA = json.loads((REPO / "schema" / "evidence-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

#: One value of each type that is taken, and some that are not.
GOOD: dict[str, Any] = {
    "share": 0.5,
    "correlation": -0.5,
    "number": -3.5,
    "count": 3,
    "flag": False,
    "text": "words",
    "texts": ["a", "b"],
    "correlations": {"Q": 0.9, "O": -0.1},
    "differences": [{"field": "vocab_size", "subject": 1, "reference": "x"}, {"field": "bias", "reference": None}],
    "pairs": [0.91, {"pair": ["a", "b"], "value": 0.3, "detrended": 0.1}],
    "references": [{"compared_to": "acme/other", "value": 0.2}],
    "probes": [{"language": "zh", "prompt": "who", "vendor": "somebody", "named": 4, "of": 5}],
}
BAD: dict[str, list[Any]] = {
    "share": [1.1, -0.1, "1", True, []],
    "correlation": [1.1, -1.1, "0"],
    "number": ["3", True, 1e300, {}],
    "count": [-1, 1.5, True, "1"],
    "flag": [0, "true"],
    "text": ["", " ", 3, ["a"], "x" * (LONGEST + 1)],
    "texts": ["a", [3], ["a"] * (MOST + 1)],
    "correlations": [{"X": 0.1}, {"Q": 2}, [0.1]],
    "differences": [[{"subject": 1}], [{"field": "a", "subject": []}], [{"field": "a", "other": 1}], {}],
    "pairs": [["0.9"], [{"pair": ["a"]}], 0.9],
    "references": [[0.9], [{"value": 0.1}]],
    "probes": [[{"language": "zh", "named": 1, "of": 0}], [{"named": 1, "of": 2}], [{"language": "zh", "named": -1, "of": 2}]],
}


def full(formula: str, row: Any) -> dict[str, Any]:
    """A result with every field that a technique has."""
    common = {"formula": formula, "compared_to": "acme/base", "file": "a.py", "license": "mit", "note": "x", "date": "2026-02-02"}
    return {**common, **{name: GOOD[kind.rstrip("!")] for name, kind in row["fields"].items()}}


def problems(path: str, table: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_results(path, "evidence.json", table["techniques"])
    return [str(problem) for problem in caught.value.problems]


def test_every_field_of_every_technique_is_taken_and_valid_by_the_schema(file: Any, table: Any) -> None:
    every = [full(formula, row) for formula, row in table["techniques"].items()]
    read = read_results(file(*every, subject="Harbour", not_run=["E7"]), "evidence.json", table["techniques"])
    assert [result.formula for result in read.results] == list(table["techniques"])
    assert read.not_run == ("E7",)
    VALIDATOR.validate({**TOP, "subject": "Harbour", "not_run": ["E7"], "results": every})


def test_each_result_knows_its_line_its_tool_and_its_day(file: Any, table: Any) -> None:
    path = file({"formula": "E7", "compared_to": "a/b", "value": 0.1}, {"formula": "E4", "compared_to": "a/b", "tool": "other 2"})
    first, second = read_results(path, "evidence.json", table["techniques"]).results
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    assert [lines[(result.line or 0) - 1].strip() for result in (first, second)] == ['"formula": "E7",', '"formula": "E4",']
    assert (first.data["tool"], first.data["date"], second.data["tool"]) == ("compare 1.0", "2026-01-01", "other 2")


@pytest.mark.parametrize("kind", sorted(BAD))
def test_what_a_field_cannot_hold_is_refused_here_and_by_the_schema(file: Any, table: Any, kind: str) -> None:
    formula, row, name = next(
        (formula, row, name)
        for formula, row in table["techniques"].items()
        for name, type_ in row["fields"].items()
        if type_.rstrip("!") == kind
    )
    for value in BAD[kind]:
        result = {**full(formula, row), name: value}
        (line,) = problems(file(result), table)
        assert line.startswith("evidence.json:") and f"results[0].{name}" in line
        if value not in ([{"language": "zh", "named": 1, "of": 0}],):
            assert not VALIDATOR.is_valid({**TOP, "results": [result]})


def test_more_replies_than_were_given_are_refused(file: Any, table: Any) -> None:
    (line,) = problems(file({"formula": "E12", "probes": [{"language": "en", "named": 3, "of": 2}]}), table)
    assert "at most `of`" in line


def test_a_misspelt_key_is_named_with_the_right_one(file: Any, table: Any) -> None:
    lines = problems(file({"formula": "E6", "compared_to": "a/b", "vlaue": 1}, {"formula": "E66", "compared_to": "a/b"}), table)
    assert lines[0].endswith("results[0].vlaue: unknown key; did you mean `value`?")
    assert "did you mean `E6`?" in lines[1]
    assert "did you mean `tool`?" in problems(file(toll="x"), table)[0]


@pytest.mark.parametrize("formula", ["E2", "E5", "E7", "E12"])
def test_what_a_result_needs_is_asked_for(file: Any, table: Any, formula: str) -> None:
    result = {"formula": formula}
    assert problems(file(result), table)
    assert not VALIDATOR.is_valid({**TOP, "results": [result]})


@pytest.mark.parametrize("missing", sorted({*TOP, "results"}))
def test_what_the_file_needs_is_asked_for(file: Any, table: Any, missing: str) -> None:
    whole = {key: value for key, value in {**TOP, "results": []}.items() if key != missing}
    assert any(missing in line for line in problems(file(text=json.dumps(whole)), table))
    assert not VALIDATOR.is_valid(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 100_000,
        '{"schema": "licensecheck-report/1"}',
        json.dumps({**TOP, "results": {}}),
        json.dumps({**TOP, "results": [3, None, "x"]}),
        json.dumps({**TOP, "results": [{"formula": "E7", "compared_to": "a/b", "value": 10**400}]}),
        json.dumps({**TOP, "results": []})[:-1] + ', "results": []}',
        json.dumps({**TOP, "results": [{"formula": "E7", "compared_to": "a/b", "value": float("nan")}]}),
        '{"schema": "licensecheck-evidence/1", "n": ' + "9" * 10_000 + "}",
        json.dumps({**TOP, "date": "2026-13-01", "results": []}),
        json.dumps({**TOP, "results": [{"formula": "E7", "compared_to": "a/b"}] * (MAX_RESULTS + 1)}),
        " " * (MAX_BYTES + 1),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_file_of_results_gets_lines_that_say_so(file: Any, table: Any, text: str) -> None:
    lines = problems(file(text=text), table)
    assert lines
    assert all(line.startswith("evidence.json") and "\n" not in line and len(line) < 400 for line in lines)


def test_names_with_controls_are_made_visible(file: Any, table: Any) -> None:
    read = read_results(file({"formula": "E7", "compared_to": "a/b\u202e\x1b[2J"}), "evidence.json", table["techniques"])
    assert read.results[0].data["compared_to"].isprintable()


def test_schema_and_table_know_the_same_formulas_and_fields(table: Any) -> None:
    assert SCHEMA["properties"]["results"]["items"]["properties"]["formula"]["enum"] == list(table["techniques"])
    for formula, row in table["techniques"].items():
        shape = SCHEMA["$defs"][formula]
        assert set(row["fields"]) <= set(shape["properties"])
        needed = {name for name, kind in row["fields"].items() if kind.endswith("!")} | {"formula"}
        needed |= set() if formula in ALONE else {"compared_to"}
        assert set(shape["required"]) == needed | ({"file"} if formula == "E5" else set())


def test_the_page_shows_a_file_that_is_one_and_every_formula(file: Any, table: Any) -> None:
    page = (REPO / "docs" / "evidence.md").read_text(encoding="utf-8")
    shown = page.split("```json\n", 1)[1].split("```", 1)[0]
    VALIDATOR.validate(json.loads(shown))
    assert read_results(file(text=shown), "evidence.json", table["techniques"]).results
    for formula, row in table["techniques"].items():
        (line,) = (line for line in page.split("\n") if line.startswith(f"| `{formula}` |"))
        named = set(row["fields"]) - {"value", "null_pairs", "references"}
        assert {name for name in named if f"`{name}`" not in line} == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    result=st.dictionaries(
        st.sampled_from(["formula", "compared_to", "value", "detrended", "null_pairs", "probes", "strings", "file", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.sampled_from(["E1", "E6", "E12", "a/b", ""]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "named", "of", "language"]), inner),
            max_leaves=6,
        ),
    )
)
def test_whatever_a_result_holds_it_is_read_or_refused_with_its_place(file: Any, table: Any, result: Any) -> None:
    try:
        read = read_results(file(result), "evidence.json", table["techniques"])
    except InputError as error:
        assert all(problem.path == "evidence.json" and problem.message for problem in error.problems)
    else:
        assert len(read.results) == 1
