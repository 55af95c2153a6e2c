"""The law case by case: every licence has its scenarios, every clause is seen both ways, and no answer turns a verdict around."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.errors import InputError
from licensecheck.pipeline import examine
from licensecheck.scenarios import Case, merged, read_cases, recognise_stand_in, run_case, uncovered, write_case
from tests.conftest import CORPUS, REPO

SCENARIOS = REPO / "tests" / "scenarios"
FILES = sorted(SCENARIOS.glob("*.yaml"))
PURPOSES = sorted(yaml.safe_load((REPO / "rules" / "purposes.yaml").read_text("utf-8"))["purposes"])


def _read(path: Any) -> list[Case]:
    """Nothing of a file that cannot be read: `test_a_scenario_file_can_be_read` says why."""
    try:
        return read_cases(str(path))
    except InputError:
        return []


CASES = [case for path in FILES for case in _read(path)]


def _named(cases: list[Case]) -> list[Any]:
    return [pytest.param(case, id=f"{case.license}: {case.name}") for case in cases]


def _bent(case: Case) -> bool:
    """A licence text with a section missing or altered: only the stand-in can say so."""
    return any(isinstance(item, dict) and (item.get("missing") or item.get("altered")) for item in case.files.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_file_can_be_read_and_is_named_after_its_licence(path: Any) -> None:
    cases = read_cases(str(path))
    assert {case.license for case in cases} == {path.stem}
    names = [case.name for case in cases]
    assert len(names) == len(set(names))


def test_every_licence_has_a_scenario_file_and_every_scenario_file_a_licence() -> None:
    licences = {path.stem for path in (REPO / "rules" / "licenses").glob("*.yaml")}
    assert {path.stem for path in FILES} == licences


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_clause_is_seen_both_ways(path: Any) -> None:
    assert uncovered(read_cases(str(path))) == []


@pytest.mark.parametrize("case", _named(CASES))
def test_a_case_comes_out_as_its_text_demands(case: Case) -> None:
    assert run_case(case) == []


@pytest.mark.corpus
@pytest.mark.parametrize("case", _named([case for case in CASES if not _bent(case)]))
def test_a_case_with_the_real_licence_texts_comes_out_the_same(case: Case) -> None:
    assert run_case(case, texts=os.path.join(str(CORPUS), "license-texts")) == []


# --- replacing an unknown fact by any value may turn `open` into anything, but never a `fail` or a `pass` around

_users = st.integers(0, 2_000_000_000)
_figures = st.one_of(
    _users,
    _users.map(lambda number: f"<{number + 1}"),
    st.dictionaries(st.sampled_from(["2023-06", "2024-03", "2024-06", "2024-08", "latest"]), _users, min_size=1),
)
_countries = st.lists(st.sampled_from(["DE", "FR", "US", "CN", "NO", "GB"]), min_size=1, max_size=2, unique=True)

#: Facts that only the manifest knows, and what a person may answer.
ANSWERS: Mapping[str, st.SearchStrategy[Any]] = {
    "release.weights": st.sampled_from(["public", "private", "none"]),
    "release.service": st.booleans(),
    "release.product": st.booleans(),
    "release.paid": st.booleans(),
    "use.commercial": st.booleans(),
    "use.purposes": st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=3, unique=True),
    "use.monthly_active_users": _figures,
    "use.markets": _countries,
    "licensee.established": _countries,
    "licensee.monthly_active_users": _figures,
}
#: While one figure is known the other is not unknown: it stands in for it, or bounds it.
TOGETHER = frozenset({"use.monthly_active_users", "licensee.monthly_active_users"})


def _with(manifest: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest with these facts stated; None takes a fact away."""
    for fact, value in answers.items():
        owner, key = fact.split(".")
        manifest = merged(manifest, {owner: {**(manifest.get(owner) or {}), key: value}})
    return dict(manifest)


def _kinds(case: Case, manifest: Mapping[str, Any]) -> dict[tuple[str, str | None], str]:
    """What becomes of every clause of every component."""
    with tempfile.TemporaryDirectory(prefix="law-") as folder:
        write_case(case._replace(manifest=manifest), folder, None)
        report = examine(folder, everything=True, recognise=recognise_stand_in)
    return {(finding["rule"], finding["component"]): finding["kind"] for finding in report["findings"] if finding["license"]}


def turned_around(case: Case, answers: Mapping[str, Any]) -> list[str]:
    """The verdicts of `case` without these facts that are the opposite with them."""
    unknown = set(answers) | (TOGETHER if TOGETHER & set(answers) else set())
    ignorant = _with(case.manifest, dict.fromkeys(unknown))
    before, after = _kinds(case, ignorant), _kinds(case, _with(ignorant, answers))
    opposite = {"fail": "pass", "pass": "fail"}
    return [
        f"{rule} of {of}: {kind}, then {after.get((rule, of))}"
        for (rule, of), kind in before.items()
        if after.get((rule, of)) == opposite.get(kind, "")
    ]


@cache
def _some_of(license_id: str) -> list[Case]:
    """The base and a handful of cases, spread over the file."""
    cases = [case for case in CASES if case.license == license_id]
    return cases[:: max(1, len(cases) // 8)]


@st.composite
def _ignorance(draw: st.DrawFn) -> dict[str, Any]:
    facts = draw(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=3, unique=True))
    return {fact: draw(ANSWERS[fact]) for fact in facts}


@pytest.mark.parametrize("license_id", sorted({case.license for case in CASES}))
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=_ignorance(), data=st.data())
def test_an_answer_never_turns_a_verdict_around(license_id: str, answers: dict[str, Any], data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(_some_of(license_id)))
    assert turned_around(case, answers) == []


@pytest.mark.parametrize("fact", sorted(ANSWERS))
@pytest.mark.parametrize("license_id", sorted({case.license for case in CASES}))
def test_taking_a_stated_fact_away_never_turns_a_verdict_around(license_id: str, fact: str) -> None:
    owner, key = fact.split(".")
    for case in _some_of(license_id):
        stated = (case.manifest.get(owner) or {}).get(key)
        if stated is not None and not (fact in TOGETHER and len(TOGETHER & _stated(case)) == 2):
            assert turned_around(case, {fact: stated}) == []


def _stated(case: Case) -> set[str]:
    return {f"{owner}.{key}" for owner in ("release", "use", "licensee") for key in case.manifest.get(owner) or {}}
