"""The manifest as the rest of the tool sees it: normalised values, and where each was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from licensecheck.records import Record

if TYPE_CHECKING:
    from typing import Protocol

    from licensecheck.errors import Problem
    from licensecheck.sources.reading import TextFile

    Path = tuple[str | int, ...]
    Where = tuple[str, int | None]
    Table = dict[str, Any]

    class Ids(Protocol):
        """The closed lists that ids in a manifest are compared with."""

        @property
        def topics(self) -> frozenset[str]: ...
        @property
        def purposes(self) -> frozenset[str]: ...
        @property
        def relations(self) -> frozenset[str]: ...
        @property
        def claims(self) -> frozenset[str]: ...
        def license_known(self, license_id: str, /) -> bool: ...
        def suggest_license(self, license_id: str, /) -> str | None: ...
        def suggest_provider(self, name: str, /) -> str | None: ...
        def rule_known(self, rule: str, /) -> bool: ...


class Manifest(Record):
    """Nested normalised values; keys without a value are absent. `lines` says for each where it stands: file and line, or `--set …`.

    `sources` are the files that were read, the nearest first, each with the path the user would write and its SHA-256.
    """

    values: dict[str, Any]
    lines: dict[Path, Where]
    sources: tuple[TextFile, ...]
    notes: tuple[Problem, ...]
    table: Table
    ids: Ids

    def get(self, key: str) -> Any:
        """The value of a dotted key; None if it is not stated."""
        found: Any = self.values
        for step in key.split("."):
            if not isinstance(found, dict) or step not in found:
                return None
            found = found[step]
        return found

    def where(self, *path: str | int) -> Where | None:
        """Where a value was said; the nearest enclosing key stands in for what has no line of its own."""
        return nearest(self.lines, path)


def nearest(lines: dict[Path, Where], path: Path) -> Where | None:
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return lines.get(())
