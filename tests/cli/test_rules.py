"""`rules lint` and `rules test`, for the shipped rules and for a house's own folder: what they say, and what they exit with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO

EXAMPLE = REPO / "examples" / "adding-a-license"
SCENARIOS = REPO / "tests" / "scenarios"


@pytest.fixture
def house(tmp_path: Path, run: Any) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "house"))


@pytest.fixture
def bent(house: Path) -> Callable[[str, str, str], Path]:
    """A file of the house with one stretch of it replaced; the stretch must be there."""

    def bend(name: str, old: str, new: str) -> Path:
        text = (house / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, text.count(old)
        (house / name).write_text(text.replace(old, new), encoding="utf-8")
        return house

    return bend


# --- lint


def test_lint_of_the_shipped_rules_finds_nothing(run: Any) -> None:
    result = run("rules", "lint")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problem found\n")


@pytest.mark.parametrize("option", [(), ("--rules",)])
def test_lint_of_a_house_lists_every_problem_with_its_line_and_exits_with_one(run: Any, bent: Any, option: tuple[str, ...]) -> None:
    bent("policies/lighthouse-use.yaml", "[weapons]", "[wepons]")
    house = bent("licenses/lighthouse.yaml", "when: covered\n    policy", "when: coverd\n    policy")
    result = run("rules", "lint", *option, str(house))
    assert result.exit_code == 1
    assert f"{house}/licenses/lighthouse.yaml:65: clauses[4].when: unknown term `coverd`; did you mean `covered`?" in result.stdout
    assert (
        f"{house}/policies/lighthouse-use.yaml:9: forbids[0].purposes[0]: unknown purposes `wepons`; did you mean `weapons`?"
        in result.stdout
    )


def test_lint_says_which_file_wins(run: Any, house: Path) -> None:
    text = (house / "licenses" / "lighthouse.yaml").read_text(encoding="utf-8")
    (house / "licenses" / "gemma.yaml").write_text(
        text.replace("id: lighthouse", "id: gemma").replace("Lighthouse Model", "Own").replace("[lighthouse-licence]", "[]"),
        encoding="utf-8",
    )
    result = run("rules", "lint", str(house))
    assert "gemma.yaml: stands in for the shipped " in result.stderr
    assert "`lighthouse-licence-1.0` is already a name of gemma" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "nowhere"),
        ("lint", "a", "--rules", "b"),
        ("test", "nowhere/"),
        ("test", "lama3.1"),
        ("test", "a"),
        ("test", "--texts", "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exits_with_two(run: Any, arguments: tuple[str, ...]) -> None:
    result = run("rules", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_a_misspelt_licence_is_shown_the_nearest(run: Any) -> None:
    assert "did you mean `llama3.1`?" in run("rules", "test", "lama3.1").stderr


# --- test


def test_scenarios_of_a_house_run_with_its_rules_on_top_and_are_counted(run: Any, house: Path) -> None:
    result = run("rules", "test", str(house))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "12 cases of 1 licence: 0 differ; 6 clauses: 0 never seen both ways" in result.stderr


def test_scenarios_may_lie_in_tests_scenarios(run: Any, house: Path) -> None:
    (house / "tests").mkdir()
    (house / "scenarios").rename(house / "tests" / "scenarios")
    assert run("rules", "test", str(house)).exit_code == 0


def test_scenarios_elsewhere_run_with_the_rules_that_are_given(run: Any, house: Path) -> None:
    shutil.move(house / "scenarios", house.parent / "elsewhere")
    assert run("rules", "test", str(house.parent / "elsewhere"), "--rules", str(house)).exit_code == 0
    assert run("rules", "test", str(house.parent / "elsewhere")).exit_code == 2  # nobody knows the licence
    assert run("rules", "test", str(house), "--rules", str(house)).exit_code == 2


def test_a_case_that_differs_is_shown_with_file_and_line(run: Any, bent: Any) -> None:
    house = bent("licenses/lighthouse.yaml", "{above: 5000000}", "{above: 9000000}")
    result = run("rules", "test", str(house))
    assert result.exit_code == 1
    assert result.stdout == f"{house}/scenarios/lighthouse.yaml:40: six million users: scale-threshold: expected fail, got pass\n"
    assert "1 differ" in result.stderr


def test_a_clause_that_is_never_exercised_is_shown(run: Any, bent: Any) -> None:
    house = bent("scenarios/lighthouse.yaml", "expect: {notice-file: fail}", "expect: {notice-file: [fail, pass]}")
    result = run("rules", "test", str(house))
    assert result.exit_code == 1
    assert "lighthouse/notice-file: never seen both ways (seen: not-applicable, pass)" in result.stdout
    assert "6 clauses: 1 never seen both ways" in result.stderr


def test_a_licence_without_a_scenario_is_shown(run: Any, house: Path) -> None:
    (house / "scenarios" / "lighthouse.yaml").unlink()
    result = run("rules", "test", str(house))
    assert result.exit_code == 1
    assert result.stdout.count("there is no scenario of this licence: lighthouse/") == 6


def test_a_scenario_that_cannot_be_read_exits_with_two(run: Any, bent: Any) -> None:
    house = bent("scenarios/lighthouse.yaml", "  - name: weapons\n", "  - nmae: weapons\n")
    assert run("rules", "test", str(house)).exit_code == 2


def test_real_texts_give_the_same_and_a_text_that_was_altered_does_not(run: Any, house: Path) -> None:
    assert run("rules", "test", str(house), "--texts", str(house / "texts")).exit_code == 0
    text = house / "texts" / "lighthouse-licence-1.0.txt"
    text.write_text("Something else altogether.\n", encoding="utf-8")
    assert run("rules", "lint", str(house), "--texts", str(house / "texts")).exit_code == 1


def test_only_the_licences_asked_for_are_run(run: Any) -> None:
    result = run("rules", "test", str(SCENARIOS), "isc", "MIT License")
    assert result.exit_code == 0
    assert " of 2 licences: 0 differ" in result.stderr


def test_one_file_may_be_run_alone(run: Any) -> None:
    assert " of 1 licence: 0 differ" in run("rules", "test", str(SCENARIOS / "isc.yaml")).stderr


def test_reference_pages_of_a_house_are_written_with_the_shipped_ones(run: Any, house: Path, tmp_path: Path) -> None:
    result = run("rules", "docs", "--output", str(tmp_path / "pages"), "--rules", str(house), "--lang", "zh")
    assert result.exit_code == 0
    page = (tmp_path / "pages" / "zh" / "lighthouse.md").read_text(encoding="utf-8")
    assert "`This work stands on Lighthouse by Lantern Works.`" in page
    assert "(lighthouse.md)" in (tmp_path / "pages" / "zh" / "index.md").read_text(encoding="utf-8")
