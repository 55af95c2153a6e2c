"""Files of provenance results and a lineage in, the lineage with what they make possible beside it out; nothing in it changes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.errors import InputError, Problem
from licensecheck.harvest import Harvest
from licensecheck.knowledge import Knowledge
from licensecheck.lineage import Assembler, Lineage
from licensecheck.sources.folder import beside as joined
from licensecheck.sources.names import printable
from licensecheck.sources.walk import resolve_inside

from .possible import measured, possible
from .read import Compared, read_results
from .shape import shape_of

#: Files of results for one subject.
_MOST_FILES = 50


def read_all(
    target: str, inside: Sequence[tuple[str, tuple[str, int | None] | None]], given: Sequence[str], knowledge: Knowledge
) -> Compared:
    """Files that the manifest of `target` names, each with the line that does, then those given beside it. InputError for what is wrong."""
    techniques = knowledge.techniques()["techniques"]
    found = [_place(target, path, where) for path, where in inside] + [_given(path) for path in given]
    if len(found) > _MOST_FILES:
        raise InputError([Problem(printable(found[_MOST_FILES][1]), None, f"more than {_MOST_FILES} files of provenance results")])
    parts = [read_results(path, shown, techniques) for path, shown in dict(found).items()]  # each file once
    results = tuple(result for part in parts for result in part.results)
    ran = {result.formula for result in results}
    left = dict.fromkeys(formula for part in parts for formula in part.not_run if formula not in ran)
    return Compared(results, tuple(file for part in parts for file in part.files), tuple(left))


def _given(path: str) -> tuple[str, str]:
    """The path to open a file at, links followed, and the path as it was given."""
    return (os.path.realpath(path) if os.path.lexists(path) else path), path


def _place(target: str, path: str, where: tuple[str, int | None] | None) -> tuple[str, str]:
    """The path to open a file of the folder at, and the path to show."""
    source, line = where or ("licensecheck.yaml", None)
    source = source if source.startswith("--") else joined(target, source)
    if not os.path.lexists(os.path.join(target, path)):
        raise InputError([Problem(source, line, f"`evidence`: {printable(path)} does not exist")])
    real = os.path.realpath(target)
    opened = resolve_inside(real, os.path.join(real, path))
    if opened is None or os.path.isabs(path):
        said = f"`evidence`: {printable(path)} lies outside the folder; give it with --evidence"
        raise InputError([Problem(source, line, said)])
    return opened, os.path.normpath(path)


def beside(lineage: Lineage, compared: Compared | None, assembler: Assembler, harvest: Harvest, *, based: bool) -> Lineage:
    """What the comparisons make possible, and, where no base is declared, what the configuration shows of the architecture."""
    knowledge = assembler.knowledge
    table: Mapping[str, Any] = knowledge.techniques()
    if not based:
        lineage = lineage._replace(shape=shape_of(harvest.folder, table["architectures"]))
    if compared is None:
        return lineage
    record = measured(compared, lineage.components, knowledge, assembler.rows, table)
    relations = knowledge.table("relations")["relations"]
    return lineage._replace(measured=record, possible=possible(record, lineage.components, assembler, harvest, relations))
