"""Raw values and the table of keys in, normal forms, their lines and every problem out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from licensecheck.errors import Problem
from licensecheck.manifest.record import nearest
from licensecheck.manifest.scalars import normal
from licensecheck.manifest.wrong import Wrong, shown, unknown_key, wanted
from licensecheck.marked import render_scalar_path

if TYPE_CHECKING:
    from licensecheck.manifest.record import Ids, Path, Table, Where

    Spec = dict[str, Any]

_DROPPED = object()


class Checker:
    """Checks one source of values. `known` has the lines of the raw values, `lines` those of the normal forms."""

    def __init__(self, table: Table, ids: Ids, known: dict[Path, Where]) -> None:
        self.table = table
        self.ids = ids
        self.known = known
        self.lines: dict[Path, Where] = {}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def check(self, raw: object) -> dict[str, Any]:
        """The whole of a manifest; what is wrong is left out and reported in `problems`."""
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            self.problem((), f"a manifest is a mapping of keys such as `version: {self.table['version']}`; this is {shown(raw)}")
            return {}
        return self.mapping(raw, self.table, (), ())

    def value(self, raw: object, spec: Spec, path: Path, at: Path) -> object:
        """`path` is that of the normal form, `at` that of the raw value: they part where one stands for a list of one."""
        if raw is None:
            return _DROPPED
        where = nearest(self.known, at)
        if where is not None:
            self.lines[path] = where
        try:
            if "list" in spec:
                return self.items(raw, spec, path, at)
            if "keys" in spec:
                return self.entry(raw, spec, path, at)
            result = normal(raw, spec, self.table, self.ids)
        except Wrong as wrong:
            self.problem(at, f"`{render_scalar_path(path)}` {wrong}" if str(wrong) else self.wanted(raw, spec, path))
            return _DROPPED
        self.note_alias(raw, spec, result, at)
        return result

    def items(self, raw: object, spec: Spec, path: Path, at: Path) -> list[object]:
        found = []
        for index, item in enumerate(raw if isinstance(raw, list) else [raw]):
            item_at = (*at, index) if isinstance(raw, list) else at
            if item is None:
                self.problem(item_at, f"`{render_scalar_path((*path, index))}` has no value")
                continue
            value = self.value(item, spec["list"], (*path, index), item_at)
            if value is not _DROPPED:
                found.append(value)
        return found

    def entry(self, raw: object, spec: Spec, path: Path, at: Path) -> dict[str, Any]:
        if isinstance(raw, str) and "short" in spec:
            starts = spec.get("short_for", {})
            key = next((starts[start] for start in starts if raw.startswith(start)), spec["short"])
            raw = {key: raw}
        if not isinstance(raw, dict):
            raise Wrong
        found = self.mapping(raw, spec, path, at)
        missing = [key for key in spec.get("required", ()) if raw.get(key) is None]
        if missing:
            self.problem(at, f"`{render_scalar_path(path)}` lacks {' and '.join(f'`{key}`' for key in missing)}")
        return self.exactly_one(found, raw, spec, path, at) if "one_of" in spec else found

    def mapping(self, raw: dict[str, object], spec: Spec, path: Path, at: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in raw.items():
            if key not in spec["keys"]:
                self.problem((*at, key), unknown_key(self.table, spec, (*path, key)))
                continue
            value = self.value(item, spec["keys"][key], (*path, key), (*at, key))
            if value is not _DROPPED:
                found[key] = value
        return found

    def exactly_one(self, found: dict[str, Any], raw: dict[str, object], spec: Spec, path: Path, at: Path) -> dict[str, Any]:
        choices = spec["one_of"]
        given = [key for key in choices if raw.get(key) is not None]
        if len(given) != 1:
            what = "has none" if not given else "has " + " and ".join(f"`{key}`" for key in given)
            self.problem(at, f"`{render_scalar_path(path)}` needs exactly one of {', '.join(choices)}; it {what}")
            return found
        name = found.get(given[0])
        if isinstance(name, str) and spec["keys"][given[0]]["type"] == "hub" and "@" in name:
            found[given[0]], _, revision = name.partition("@")
            found.setdefault("revision", revision)
        return {**choices[given[0]], **found}

    def problem(self, at: Path, message: str) -> None:
        path, line = nearest(self.known, at) or ("", None)
        self.problems.append(Problem(path, line, message))

    def wanted(self, raw: object, spec: Spec, path: Path) -> str:
        return f"`{render_scalar_path(path)}` {wanted(self.table, spec, path, raw)}"

    def note_alias(self, raw: object, spec: Spec, result: object, at: Path) -> None:
        """A code that was read as another one is said so."""
        if spec["type"] == "country" and isinstance(raw, str) and raw.strip().upper() != result:
            path, line = nearest(self.known, at) or ("", None)
            self.notes.append(Problem(path, line, f"{shown(raw)} is read as {result}, its code in ISO 3166-1"))
