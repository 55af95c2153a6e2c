"""A folder in, its manifest with everything it extends out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from licensecheck.errors import InputError, Problem
from licensecheck.manifest.check import Checker
from licensecheck.manifest.merge import merge, rebase
from licensecheck.manifest.record import Manifest
from licensecheck.marked import MarkedError, parse
from licensecheck.sources.folder import beside
from licensecheck.sources.names import printable
from licensecheck.sources.reading import read_text
from licensecheck.sources.walk import resolve_inside

if TYPE_CHECKING:
    from licensecheck.manifest.record import Ids, Path, Table, Where
    from licensecheck.sources.reading import TextFile

    Raw = tuple[object, dict[Path, Where]]

NAMES = ("licensecheck.yaml", "licensecheck.yml")
PYPROJECT = "pyproject.toml"
MAX_BYTES = 1_000_000
MAX_LEVELS = 5
_TOOL = b"llm-licensecheck"


def load(folder_root: str, table: Table, ids: Ids) -> Manifest:
    """The manifest of a folder, empty if it has none. InputError with every problem of every file."""
    reader = _Reader(table, ids)
    values: dict[str, Any] = {}
    lines: dict[Path, Where] = {}
    path = _find(folder_root)
    if path is not None:
        values, lines = reader.read(*path, ())
    if reader.problems:
        raise InputError(reader.problems)
    return Manifest(values, lines, tuple(reader.sources), tuple(reader.notes), table, ids)


def _find(root: str) -> tuple[str, str] | None:
    """The one manifest of a folder: its path as shown, and the path to open."""
    real = os.path.realpath(root)
    found = [name for name in NAMES if os.path.lexists(os.path.join(real, name))]
    if os.path.lexists(os.path.join(real, PYPROJECT)) and _mentions_tool(real):
        found.append(PYPROJECT)
    if not found:
        return None
    shown = beside(root, found[0])
    if len(found) > 1:
        raise _error(shown, None, f"there is also {' and '.join(found[1:])}; keep the manifest in one place")
    target = resolve_inside(real, os.path.join(real, found[0]))
    if target is None:
        raise _error(shown, None, "a link that leaves the folder is not followed; use `extends:` in a file of its own")
    return shown, target


def _mentions_tool(real: str) -> bool:
    target = resolve_inside(real, os.path.join(real, PYPROJECT))
    if target is None:
        return False
    try:
        data = read_text(target, PYPROJECT, MAX_BYTES).data
    except OSError:
        return False
    if _TOOL not in data:
        return False
    from licensecheck.manifest.pyproject import has_table

    return has_table(data)


class _Reader:
    """Reads a manifest and those it extends; problems of all of them are collected."""

    def __init__(self, table: Table, ids: Ids) -> None:
        self.table = table
        self.ids = ids
        self.sources: list[TextFile] = []
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def read(self, shown: str, target: str, above: tuple[str, ...]) -> tuple[dict[str, Any], dict[Path, Where]]:
        file = _readable(shown, target)
        self.sources.append(file)
        toml = shown.endswith(".toml") or target.endswith(".toml")
        raw, known = _toml(file) if toml else _yaml(file)
        checker = Checker(self.table, self.ids, known)
        values = checker.check(raw)
        lines = checker.lines
        self.problems += checker.problems
        self.notes += checker.notes
        if "extends" in values:
            values, lines = self.extended(values, lines, shown, (*above, os.path.realpath(target)))
        return values, lines

    def extended(
        self, values: dict[str, Any], lines: dict[Path, Where], shown: str, above: tuple[str, ...]
    ) -> tuple[dict[str, Any], dict[Path, Where]]:
        folder = os.path.dirname(shown)
        parent = os.path.normpath(os.path.join(folder, values["extends"]))
        target = os.path.realpath(parent)
        reason = ""
        if target in above:
            reason = "is this manifest itself or one that extends it: manifests can't extend one another in a circle"
        elif len(above) > MAX_LEVELS:
            reason = f"goes more than {MAX_LEVELS} levels up"
        elif not os.path.exists(target):
            reason = "does not exist; the path is relative to the folder of this file"
        elif os.path.isdir(target):
            reason = f"is a folder; name the file, for example {printable(os.path.join(values['extends'], NAMES[0]))}"
        elif not os.path.isfile(target):
            reason = "is not a regular file"
        if reason:
            self.problems.append(Problem(*lines["extends",], f"`extends`: {printable(values['extends'])} {reason}"))
            return values, lines
        far, far_lines = self.read(parent, target, above)
        far = rebase(far, self.table["keys"], os.path.relpath(os.path.dirname(parent) or ".", folder or "."))
        return merge(self.table["keys"], (values, lines), (far, far_lines))


def _readable(shown: str, target: str) -> TextFile:
    try:
        file = read_text(target, shown, MAX_BYTES)
    except OSError as error:
        raise _error(shown, None, f"can't be read: {error.strerror or error}") from None
    if file.truncated:
        raise _error(shown, None, f"larger than {MAX_BYTES:,} bytes: too large for a manifest")
    if file.replaced:
        raise _error(shown, file.text.count("\n", 0, file.text.find("\ufffd")) + 1, "not UTF-8 text")
    return file


def _toml(file: TextFile) -> Raw:
    from licensecheck.manifest import pyproject

    return pyproject.parse(file.text, printable(file.path))


def _yaml(file: TextFile) -> Raw:
    shown = printable(file.path)
    try:
        marked = parse(file.text)
    except MarkedError as error:
        raise _error(shown, error.line, error.message) from None
    return marked.value, {path: (shown, line) for path, line in marked.lines.items()}


def _error(path: str, line: int | None, message: str) -> InputError:
    return InputError([Problem(printable(path), line, message)])
