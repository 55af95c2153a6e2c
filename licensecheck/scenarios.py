"""Scenario files in, what each case got against what it expects out: the proof that a licence file says what its text says.

One file per licence, same stem. `base` is a release that is in order; each case says what it bends (files, manifest) and what then
becomes of the clauses; clauses it does not name stay as in `expect` of the file. A file `{text: ID}` stands for the licence text with that
id: the real one where a folder of texts is given, else the recogniser's answer for it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from licensecheck.errors import InputError, Problem
from licensecheck.harvest.texts import Recogniser
from licensecheck.knowledge import load
from licensecheck.marked import MarkedError, parse
from licensecheck.pipeline import examine, recogniser

_SIGN = "licence text for tests: "
_FIRES = {"fail", "review", "open"}
_SILENT = {"pass", "not-applicable"}
_KEYS = {"schema", "license", "base", "expect", "component", "cases"}
_CASE_KEYS = {"name", "files", "manifest", "expect", "component", "why"}


class Case(NamedTuple):
    """One release and what becomes of every clause of the licence: clause id to the kinds that are right."""

    license: str
    name: str
    files: Mapping[str, Any]
    manifest: Mapping[str, Any]
    expect: Mapping[str, tuple[str, ...]]
    component: str | None
    source: str
    line: int


class StandIn(NamedTuple):
    """The recogniser's answer for a text that is not at hand."""

    text: str
    score: float
    start_line: int
    end_line: int
    altered_sections: tuple[str, ...]
    missing_sections: tuple[str, ...]
    sections: tuple[Any, ...]
    complete: bool


def read_cases(path: str) -> list[Case]:
    """The cases of one file, `base` first; InputError with every problem."""
    try:
        with open(path, encoding="utf-8") as file:
            value, lines = parse(file.read())
    except (MarkedError, OSError) as error:
        raise InputError([Problem(path, getattr(error, "line", None), getattr(error, "message", str(error)))]) from None
    problems: list[Problem] = []
    if (
        not isinstance(value, dict)
        or set(value) - _KEYS
        or not isinstance(value.get("expect"), dict)
        or not isinstance(value.get("base"), dict)
    ):
        raise InputError([Problem(path, 1, f"a scenario file has the keys {', '.join(sorted(_KEYS))}")])
    base = value["base"]
    cases = [_case(value, {"name": "base"}, base, path, 1)]
    for number, raw in enumerate(value.get("cases") or ()):
        line = lines.get(("cases", number), 1)
        if not isinstance(raw, dict) or set(raw) - _CASE_KEYS or "name" not in raw:
            problems.append(Problem(path, line, f"a case has a name and the keys {', '.join(sorted(_CASE_KEYS))}"))
            continue
        unknown = set(raw.get("expect") or ()) - set(value["expect"])
        if unknown:
            problems.append(Problem(path, line, f"`expect` of the file does not know {', '.join(sorted(unknown))}"))
        cases.append(_case(value, raw, base, path, line))
    if problems:
        raise InputError(problems)
    return cases


def _case(whole: Mapping[str, Any], raw: Mapping[str, Any], base: Mapping[str, Any], path: str, line: int) -> Case:
    expect = {**whole["expect"], **(raw.get("expect") or {})}
    return Case(
        str(whole["license"]),
        str(raw["name"]),
        {name: item for name, item in {**base.get("files", {}), **(raw.get("files") or {})}.items() if item is not None},
        merged(base.get("manifest") or {}, raw.get("manifest") or {}),
        {clause: tuple(kind) if isinstance(kind, list) else (str(kind),) for clause, kind in expect.items()},
        raw.get("component", whole.get("component")),
        path,
        line,
    )


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid over `base`, mapping by mapping; null takes a key away.

    >>> merged({"a": {"b": 1, "c": 2}}, {"a": {"b": None}})
    {'a': {'c': 2}}
    """
    result = dict(base)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def run_case(case: Case, texts: str | None = None, rules: str | None = None) -> list[str]:
    """What differs from what the case expects, one line each; empty when nothing does."""
    with tempfile.TemporaryDirectory(prefix="scenario-") as folder:
        write_case(case, folder, texts)
        report = examine(folder, everything=True, rules=rules, recognise=_recogniser(texts, rules))
    got: dict[str, set[str]] = {clause: set() for clause in case.expect}
    for finding in report["findings"]:
        if finding["license"] == case.license and (case.component is None or finding["component"] == case.component):
            clause = finding["rule"].split("/", 1)[1]
            got.setdefault(clause, set()).add(finding["kind"])
    wrong = []
    for clause, kinds in sorted(got.items()):
        if clause not in case.expect:
            wrong.append(f"{clause} is not in `expect`")
        elif (kinds or {"absent"}) - set(case.expect[clause]):
            wrong.append(f"{clause}: expected {' or '.join(case.expect[clause])}, got {', '.join(sorted(kinds)) or 'absent'}")
    return wrong


def write_case(case: Case, folder: str, texts: str | None) -> None:
    """The files and the manifest of a case, written into `folder`."""
    import yaml

    for name, item in case.files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(_content(item, texts))
    with open(os.path.join(folder, "licensecheck.yaml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(dict(case.manifest), file, allow_unicode=True, sort_keys=False)


def _content(item: Any, texts: str | None) -> str:
    if isinstance(item, str):
        return item
    path = os.path.join(texts or "", f"{item['text']}.txt")
    if texts is None or item.get("missing") or item.get("altered") or not os.path.isfile(path):
        marks = "".join(f"\n{kind}: {', '.join(item[kind])}" for kind in ("missing", "altered") if item.get(kind))
        return f"{_SIGN}{item['text']}{marks}\n"
    with open(path, encoding="utf-8") as file:
        return file.read()


def recognise_stand_in(text: str) -> tuple[StandIn, ...]:
    """The recogniser's answer for a file that `write_case` wrote for a text id."""
    if not text.startswith(_SIGN):
        return ()
    first, *rest = text.strip().split("\n")
    marks = {kind: tuple(value.split(", ")) for kind, _, value in (line.partition(": ") for line in rest)}
    missing, altered = marks.get("missing", ()), marks.get("altered", ())
    return (StandIn(first.removeprefix(_SIGN), 1.0, 1, len(rest) + 1, altered, missing, (), not missing and not altered),)


def _recogniser(texts: str | None, rules: str | None) -> Recogniser:
    """The stand-in for texts that are not at hand; where a folder of them is given, the real one for those that are."""
    if texts is None:
        return recognise_stand_in
    real = recogniser(load(rules), rules, texts)
    return lambda text: recognise_stand_in(text) or real(text)


def uncovered(cases: list[Case], rules: str | None = None) -> list[str]:
    """Clauses of the licence that the cases never show both ways: firing and silent (for clauses that only inform: said and not said)."""
    license_id = cases[0].license
    return [f"{license_id}/{clause}: {why}" for clause, why in unseen(cases, load(rules).license(license_id)["clauses"])]


def unseen(cases: Sequence[Case], clauses: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The same, as ids of clauses, each with what was seen of it."""
    missing = []
    for clause in clauses:
        kinds = {kind for case in cases for kind in case.expect.get(clause["id"], ()) if len(case.expect[clause["id"]]) == 1}
        informs = (
            clause["effect"] in ("permission", "termination") or clause.get("inform") or ("attest" in clause and "requires" not in clause)
        )
        if not kinds & ({"informational"} if informs else _FIRES) or not kinds & ({"not-applicable"} if informs else _SILENT):
            missing.append((str(clause["id"]), f"never seen both ways (seen: {', '.join(sorted(kinds)) or 'nothing'})"))
    return missing
