"""The shipped folder and a house's own in, every licence and policy file out, each read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.errors import Problem
from licensecheck.marked import MarkedError, parse

from .shape import Path, nearest

#: What kind of file the first line of a file says it is.
KINDS = {"license/1": "licenses", "policy/1": "policies"}
#: May lie in a house's folder too, and is read by others.
_ELSEWHERE = frozenset({"scenarios/1"})


class RuleFile(NamedTuple):
    """One licence or policy file: what it says and on which line."""

    path: str
    value: dict[str, Any]
    lines: Mapping[Path, int]
    shipped: bool = False
    #: the shipped file that this one of a house stands in for
    covers: RuleFile | None = None

    def clause(self, name: str) -> tuple[Path, int | None]:
        """Where the file says something of a clause: at the clause, else where it says which file it is like."""
        for index, clause in enumerate(self.value.get("clauses", ())):
            if clause_name(clause) == name:
                return ("clauses", index), self.lines.get(("clauses", index))
        return ("like",), self.lines.get(("like",))


Files = dict[str, dict[str, RuleFile]]


def clause_name(clause: Mapping[str, Any]) -> Any:
    """What a clause is called before its defaults are filled in."""
    return clause.get("id", clause.get("topic"))


def read_yaml(path: str, problems: list[Problem]) -> tuple[Any, Mapping[Path, int]] | None:
    """The value of one file with its lines, or a problem."""
    try:
        with open(path, encoding="utf-8") as file:
            return parse(file.read())
    except MarkedError as error:
        problems.append(Problem(path, error.line, error.message))
    except UnicodeDecodeError:
        problems.append(Problem(path, None, "is not UTF-8 text"))
    except OSError as error:
        problems.append(Problem(path, None, f"cannot be read: {error.strerror}"))
    return None


def read_files(rules: str, extra: str | None, problems: list[Problem]) -> Files:
    """Licences and policies by stem; a file of the house (a folder, or one file) stands in for the shipped one of its name."""
    found: Files = {kind: {} for kind in KINDS.values()}
    for schema, kind in KINDS.items():
        for path in _in(os.path.join(rules, kind)):
            _add(path, (schema,), found, problems)
    own: dict[str, str] = {}
    for path in _of_house(extra) if extra else ():
        read = _add(path, tuple(KINDS), found, problems)
        if read is not None and own.setdefault(f"{read}/{_stem(path)}", path) != path:
            problems.append(Problem(path, 1, f"there is another file of this name: {own[f'{read}/{_stem(path)}']}"))
    return found


def _add(path: str, schemas: tuple[str, ...], found: Files, problems: list[Problem]) -> str | None:
    """Read one file into its place; the kind of file that it is."""
    read = read_yaml(path, problems)
    if read is None:
        return None
    value, lines = read
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema in _ELSEWHERE and len(schemas) > 1:
        return None
    if schema not in schemas:
        said = f"`{schema}` is no schema" if schema is not None else "`schema` is missing"
        hint = nearest(str(schema), schemas) if schema is not None else f"; one of {', '.join(schemas)}"
        problems.append(Problem(path, lines.get(("schema",), 1), f"{said} of rule files{hint}"))
        return None
    if value.get("id") != _stem(path):
        problems.append(Problem(path, lines.get(("id",), 1), f"the file is called {_stem(path)}; its `id` must say the same"))
        return None
    shipped, covered = len(schemas) == 1, found[KINDS[schema]].get(_stem(path))
    found[KINDS[schema]][_stem(path)] = RuleFile(
        path, value, lines, shipped, covered if covered is None or covered.shipped else covered.covers
    )
    return KINDS[schema]


def _stem(path: str) -> str:
    return os.path.basename(path).removesuffix(".yaml")


def _of_house(extra: str) -> list[str]:
    if os.path.isfile(extra):
        return [extra]
    return [path for folder in (*(os.path.join(extra, kind) for kind in KINDS.values()), extra) for path in _in(folder)]


def _in(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return [os.path.normpath(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".yaml")]
