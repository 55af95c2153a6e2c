"""A manifest and what the command line says in, the manifest with that laid over it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from licensecheck.errors import InputError, Problem
from licensecheck.manifest.check import Checker
from licensecheck.manifest.merge import merge
from licensecheck.manifest.wrong import Wrong, near, unknown_key
from licensecheck.marked import MarkedError, parse, render_scalar_path
from licensecheck.sources.names import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from licensecheck.manifest.record import Manifest, Path, Where


def overlay(manifest: Manifest, sets: Sequence[str], as_: str | None) -> Manifest:
    """`--as` over the manifest, then each `--set` over both; InputError with every problem of all of them."""
    if as_ is not None:
        manifest = _with_scenario(manifest, as_)
    problems: list[Problem] = []
    for text in sets:
        manifest = _with_set(manifest, text, problems)
    if problems:
        raise InputError(problems)
    return manifest


def underlay(manifest: Manifest, stated: Sequence[tuple[Path, object, str]]) -> Manifest:
    """What something else than a person says (path, value, source), where nobody has said it."""
    for path, value, source in stated:
        if manifest.get(".".join(map(str, path))) is None:
            raw: Any = value
            for step in reversed(path):
                raw = {step: raw}
            manifest = _laid_over(manifest, raw, {path: (source, None)})
    return manifest


def _with_scenario(manifest: Manifest, name: str) -> Manifest:
    scenarios = manifest.table["scenarios"]
    said = f"--as {printable(name, 60)}"
    if name not in scenarios:
        match = near(name, scenarios)
        hint = f"did you mean `{match}`?" if match else f"write one of {', '.join(scenarios)}"
        raise InputError([Problem(said, None, f"unknown word; {hint}")])
    stated = manifest.values.get("release", {})
    chosen = {**{key: value for key, value in scenarios[name]["unless_stated"].items() if key not in stated}, **scenarios[name]["set"]}
    lines: dict[Path, Where] = {("release", key): (said, None) for key in chosen}
    return _laid_over(manifest, {"release": chosen}, lines)


def _with_set(manifest: Manifest, text: str, problems: list[Problem]) -> Manifest:
    said = f"--set {printable(text, 120)}"
    key, equals, right = text.partition("=")
    path: Path = tuple(step.strip() for step in key.split("."))
    try:
        if not equals or not all(path):
            raise Wrong("write it as key=value, for example use.commercial=true")
        raw = _right_side(right, _spec(manifest, path))
    except Wrong as wrong:
        problems.append(Problem(said, None, str(wrong)))
        return manifest
    if raw is None:
        return _without(manifest, path)
    for step in reversed(path):
        raw = {step: raw}
    checker = Checker(manifest.table, manifest.ids, {(): (said, None)})
    values = checker.check(raw)
    problems += checker.problems
    laid = _laid_over(manifest, values, checker.lines)
    return laid._replace(notes=(*manifest.notes, *checker.notes))


def _spec(manifest: Manifest, path: Path) -> dict[str, Any]:
    """The table's row for a dotted key."""
    if path[0] == "extends":
        raise Wrong("`extends` belongs into the manifest itself")
    spec = manifest.table
    for depth, step in enumerate(path):
        if "keys" not in spec:
            whole = render_scalar_path(path[:depth])
            raise Wrong(f"`{whole}` has no keys that can be set one by one; set the whole of it, `{whole}=…`")
        if step not in spec["keys"]:
            raise Wrong(unknown_key(manifest.table, spec, path[: depth + 1], path[depth + 1 :]))
        spec = spec["keys"][step]
    return spec


def _right_side(text: str, spec: dict[str, Any]) -> object:
    """YAML, except that words stay words where words are wanted, and commas part the items of a list."""
    try:
        value = parse(text).value
    except MarkedError as error:
        if spec.get("type") not in ("text", "path"):
            raise Wrong(error.message) from None
        return text
    if spec.get("type") in ("text", "path") and value is not None and not isinstance(value, str):
        return text
    if "list" in spec and isinstance(value, str) and "," in value:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _without(manifest: Manifest, path: Path) -> Manifest:
    """An empty right side takes a value back: it is unknown again."""
    values = dict(manifest.values)
    inner = values
    for step in path[:-1]:
        if not isinstance(inner.get(str(step)), dict):
            return manifest
        inner[str(step)] = dict(inner[str(step)])
        inner = inner[str(step)]
    inner.pop(str(path[-1]), None)
    lines = {at: where for at, where in manifest.lines.items() if at[: len(path)] != path}
    return manifest._replace(values=values, lines=lines)


def _laid_over(manifest: Manifest, values: dict[str, Any], lines: dict[Path, Where]) -> Manifest:
    merged, merged_lines = merge(manifest.table["keys"], (values, lines), (manifest.values, manifest.lines), join=False)
    return manifest._replace(values=merged, lines=merged_lines)
