"""A file of provenance results in, the results out, each checked against what its technique may say; one line for whatever is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.errors import InputError, Problem
from licensecheck.knowledge.shape import breadcrumb, nearest
from licensecheck.sources.names import printable
from licensecheck.sources.reading import TextFile, read_text

from .fields import Path, Wrong, take_record

SCHEMA = "licensecheck-evidence/1"
MAX_BYTES = 1_000_000
MAX_RESULTS = 500
_MOST_PROBLEMS = 20
_TOP = {"schema": "text!", "subject": "text", "tool": "text!", "date": "date!", "not_run": "texts"}
#: What a result of any technique may say.
COMMON = {"formula": "text!", "compared_to": "text", "file": "text", "license": "text", "tool": "text", "date": "date", "note": "text"}
#: Techniques that compare nothing.
ALONE = ("E1", "E12")
#: A key, never a part of a text: there its quotes would be escaped.
_RESULT = re.compile(r'"formula"\s*:')


class Result(NamedTuple):
    """One result: the technique, what it says, with tool and date, and where it stands."""

    formula: str
    data: Mapping[str, Any]
    source: str
    line: int | None


class Compared(NamedTuple):
    """Results, the files they were read from, each with the path the user would write, and the formulas that were not run."""

    results: tuple[Result, ...]
    files: tuple[TextFile, ...]
    not_run: tuple[str, ...]


def read_results(path: str, shown: str, techniques: Mapping[str, Mapping[str, Any]]) -> Compared:
    """The results of one file. InputError with every problem of it; `shown` is the path as the user would write it."""
    file = _file(path, shown)
    source = printable(shown)
    document = _document(file.text, source)
    problems: list[Problem] = []
    lines = [file.text.count("\n", 0, match.start()) + 1 for match in _RESULT.finditer(file.text)]
    results = document.pop("results", None)
    top = _taken(document, (), _TOP, source, 1, problems)
    if document.get("schema") != SCHEMA:
        raise InputError([Problem(source, 1, f'`"schema": "{SCHEMA}"` is missing: not a file of provenance results')])
    if not isinstance(results, list) or len(results) > MAX_RESULTS:
        raise InputError([Problem(source, None, f"results: must be a list of at most {MAX_RESULTS} results")])
    found = [_result(item, n, top, techniques, source, _line(lines, n), problems) for n, item in enumerate(results)]
    for name in top.get("not_run", ()):
        if name not in techniques:
            problems.append(Problem(source, None, f"not_run: unknown formula `{name}`{nearest(name, techniques)}"))
    if problems:
        raise InputError(problems[:_MOST_PROBLEMS])
    return Compared(tuple(result for result in found if result is not None), (file,), tuple(top.get("not_run", ())))


def _file(path: str, shown: str) -> TextFile:
    source = printable(shown)
    try:
        file = read_text(path, shown, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise InputError([Problem(source, None, f"can't be read: {getattr(error, 'strerror', None) or error}")]) from None
    if file.truncated:
        raise InputError([Problem(source, None, f"larger than {MAX_BYTES:,} bytes: too large for provenance results")])
    return file


def _document(text: str, source: str) -> dict[str, Any]:
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InputError([Problem(source, error.lineno, f"not valid JSON: {error.msg}")]) from None
    except (RecursionError, ValueError) as error:
        said = str(error) if isinstance(error, _RefusedError) else "nested too deeply, or a number is too long"
        raise InputError([Problem(source, None, f"not JSON that can be read: {said}")]) from None
    if not isinstance(document, dict):
        raise InputError([Problem(source, 1, f'must be an object with `"schema": "{SCHEMA}"` and `results`')])
    return document


class _RefusedError(ValueError):
    """Valid for Python's reader, and not for this file."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(f"the key `{printable(key, 60)}` stands twice in one object")
        found[key] = value
    return found


def _no_number(name: str) -> Any:
    raise _RefusedError(f"{name} is no value")


def _line(lines: list[int], number: int) -> int | None:
    return lines[number] if number < len(lines) else None


def _taken(value: object, path: Path, keys: Mapping[str, str], source: str, line: int | None, problems: list[Problem]) -> dict[str, Any]:
    try:
        return take_record(value, path, keys)
    except Wrong as error:
        where = breadcrumb(error.path)
        problems.append(Problem(source, line, f"{where}: {error}" if where else str(error)))
        return {}


def _result(
    item: Any,
    number: int,
    top: Mapping[str, Any],
    techniques: Mapping[str, Mapping[str, Any]],
    source: str,
    line: int | None,
    problems: list[Problem],
) -> Result | None:
    formula = item.get("formula") if isinstance(item, dict) else None
    if not isinstance(formula, str) or formula not in techniques:
        hint = nearest(formula[:20], techniques) if isinstance(formula, str) else f"; one of {', '.join(techniques)}"
        said = f"unknown formula `{printable(formula, 20)}`" if isinstance(formula, str) else "`formula` is missing"
        problems.append(Problem(source, line, f"results[{number}]: {said}{hint}"))
        return None
    needed = {} if formula in ALONE else {"compared_to": "text!"}
    if formula == "E5":
        needed["file"] = "text!"
    data = _taken(item, ("results", number), {**COMMON, **techniques[formula]["fields"], **needed}, source, line, problems)
    shared = {key: top[key] for key in ("tool", "date") if key in top}
    return Result(formula, {**shared, **data}, source, line)
