"""A folder of rules with its scenarios in, which cases differ and which clauses no case shows both ways out, and how many there are."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import NamedTuple

from licensecheck.errors import InputError, Problem, UsageError
from licensecheck.knowledge import Knowledge, load, rules_folder
from licensecheck.knowledge.files import KINDS, read_yaml
from licensecheck.knowledge.shape import nearest
from licensecheck.scenarios import Case, read_cases, run_case, unseen

#: Where scenarios lie in a folder of rules.
PLACES = ("scenarios", os.path.join("tests", "scenarios"))
_SCHEMA = "scenarios/1"


class House(NamedTuple):
    """A folder of rules, if it is one, and the scenario files in it."""

    rules: str | None
    scenarios: list[str]


class Outcome(NamedTuple):
    """What is wrong, and how much was looked at."""

    problems: list[Problem]
    #: cases run, and how many of them gave something else than they expect
    cases: int
    differing: int
    licenses: int
    #: clauses of those licences, and how many of them were never seen both ways
    clauses: int
    unseen: int


def house_at(path: str | None) -> House:
    """The rules and scenarios at a path: a folder of rules, a folder of scenarios, or one scenario file; None: the shipped ones."""
    if path is None or (os.path.isdir(path) and os.path.samefile(path, rules_folder())):
        shipped = os.path.join(os.path.dirname(rules_folder()), PLACES[1])
        if not os.path.isdir(shipped):
            raise UsageError(
                "the scenarios of the shipped rules are not installed: give a folder, or run this in a clone of the repository"
            )
        return House(None, _yaml_files(shipped))
    if not os.path.exists(path):
        raise UsageError(f"{path}: no such file or folder")
    if os.path.isfile(path):
        return House(None, [path])
    found = [file for place in PLACES for file in _yaml_files(os.path.join(path, place))]
    schemas = {file: _schema(file) for file in _yaml_files(path)}
    found += [file for file, schema in schemas.items() if schema not in KINDS]
    folders = (*KINDS.values(), "registry")
    brings = any(os.path.isdir(os.path.join(path, kind)) for kind in folders) or bool(set(schemas.values()) & set(KINDS))
    return House(path if brings else None, found)


def run_scenarios(path: str | None, rules: str | None = None, texts: str | None = None, only: Collection[str] = ()) -> Outcome:
    """Run what lies at `path` with the rules there, or with those in `rules`, on top; `only` names the licences that are asked for.

    Raises InputError where a file cannot be read, UsageError where there is nothing to run.
    """
    house = house_at(path)
    if house.rules and rules:
        raise UsageError(f"{path} brings rules of its own: leave --rules out, or give the folder of its scenarios")
    extra = house.rules or rules
    knowledge = load(extra)
    wanted = {_licence(name, knowledge) for name in only}
    by_license = _cases(house.scenarios, knowledge, wanted)
    problems: list[Problem] = []
    differing = 0
    for cases in by_license.values():
        for case in cases:
            wrong = run_case(case, texts, extra)
            differing += bool(wrong)
            problems += [Problem(case.source, case.line, f"{case.name}: {what}") for what in wrong]
    missed = [problem for name, cases in by_license.items() for problem in _missed(name, cases, knowledge)]
    missed += [problem for name in _own(house.rules, wanted) if name not in by_license for problem in _missed(name, [], knowledge)]
    if not by_license and not missed:
        raise UsageError(f"no scenario is found in {path}: they lie in {' or '.join(PLACES)}, one file per licence")
    clauses = sum(len(knowledge.license(name)["clauses"]) for name in by_license)
    total = sum(len(cases) for cases in by_license.values())
    return Outcome([*problems, *missed], total, differing, len(by_license), clauses, len(missed))


def _licence(name: str, knowledge: Knowledge) -> str:
    found = knowledge.resolve(name)
    if found not in knowledge.license_ids() or found is None:
        raise UsageError(f"{name} is neither a file or folder nor a licence with rules{nearest(name, knowledge.license_ids())}")
    return found


def _cases(files: list[str], knowledge: Knowledge, wanted: Collection[str]) -> dict[str, list[Case]]:
    """The cases of each licence; every file that cannot be used is told at once."""
    found: dict[str, list[Case]] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            cases = read_cases(file)
        except InputError as error:
            problems += error.problems
            continue
        name = cases[0].license
        if name not in knowledge.license_ids():
            problems.append(Problem(file, 1, f"`license: {name}` is no licence with rules{nearest(name, knowledge.license_ids())}"))
        elif not wanted or name in wanted:
            found.setdefault(name, []).extend(cases)
    if problems:
        raise InputError(problems)
    return found


def _missed(name: str, cases: list[Case], knowledge: Knowledge) -> list[Problem]:
    """The clauses of a licence that no case shows both ways, each at the file that should show it."""
    where = cases[0].source if cases else f"{name}.yaml"
    lead = "" if cases else "there is no scenario of this licence: "
    return [Problem(where, None, f"{lead}{name}/{clause}: {why}") for clause, why in unseen(cases, knowledge.license(name)["clauses"])]


def _own(rules: str | None, wanted: Collection[str]) -> list[str]:
    """The licences that a house has files of."""
    folders = (rules, os.path.join(rules, "licenses")) if rules else ()
    names = [
        os.path.basename(file).removesuffix(".yaml") for folder in folders for file in _yaml_files(folder) if _schema(file) == "license/1"
    ]
    return [name for name in names if not wanted or name in wanted]


def _schema(path: str) -> object:
    """What kind of file it says it is."""
    read = read_yaml(path, [])
    return read[0].get("schema") if read and isinstance(read[0], dict) else None


def _yaml_files(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".yaml")]
