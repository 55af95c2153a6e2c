"""Two manifests in, one out: the nearer wins, mappings are merged, permissions and waivers are joined."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from licensecheck.manifest.record import Manifest, Path, Where

    Keys = dict[str, Any]
    Layer = tuple[dict[str, Any], dict[Path, Where]]


def merge(keys: Keys, near: Layer, far: Layer, *, join: bool = True) -> Layer:
    """`near` over `far`, with the lines of what remains; `join` is false where a list always replaces."""
    values = _merged(keys, near[0], far[0], join)
    lines = dict(near[1])
    for path, where in far[1].items():
        placed = _placed(path, keys, near[0], join)
        if placed is not None:
            lines.setdefault(placed, where)
    return values, lines


def _merged(keys: Keys, near: dict[str, Any], far: dict[str, Any], join: bool) -> dict[str, Any]:
    values = dict(near)
    for key, value in far.items():
        spec = keys[key]
        if key not in near:
            values[key] = value
        elif "keys" in spec:
            values[key] = _merged(spec["keys"], near[key], value, join)
        elif join and spec.get("merge") == "concat":
            values[key] = near[key] + value
    return values


def _placed(path: Path, keys: Keys, near: Any, join: bool) -> Path | None:
    """Where a path of the farther manifest lies in the merged one; None if its value gave way."""
    for depth, step in enumerate(path):
        if step not in near:
            return path
        spec = keys[str(step)]
        near = near[step]
        if "keys" in spec:
            keys = spec["keys"]
        elif join and spec.get("merge") == "concat" and len(path) > depth + 1:
            return (*path[: depth + 1], len(near) + int(path[depth + 1]), *path[depth + 2 :])
        else:
            return None
    return None


def rebase(values: dict[str, Any], keys: Keys, folder: str) -> dict[str, Any]:
    """Relative paths of a manifest that lies in `folder`, made relative to where it is extended."""
    return {key: _rebased(value, keys[key], folder) for key, value in values.items()}


def _rebased(value: Any, spec: dict[str, Any], folder: str) -> Any:
    if "list" in spec:
        return [_rebased(item, spec["list"], folder) for item in value]
    if "keys" in spec:
        return {key: _rebased(item, spec["keys"][key], folder) for key, item in value.items()}
    if spec["type"] == "path" and not os.path.isabs(value):
        return os.path.normpath(os.path.join(folder, value)).replace(os.sep, "/")
    return value


#: What the root of a repository says for all its subjects.
SHARED = ("licensee", "agreements", "policy", "waivers")


def under(manifest: Manifest, root: Manifest) -> Manifest:
    """A subject's manifest as if it extended the shared part of its root's; one that extends it by itself stays as it is."""
    own = {os.path.realpath(source.path) for source in manifest.sources}
    if root.sources and os.path.realpath(root.sources[0].path) in own:
        return manifest
    shared = {key: value for key, value in root.values.items() if key in SHARED}
    lines = {path: where for path, where in root.lines.items() if path and path[0] in SHARED}
    values, lines = merge(manifest.table["keys"], (manifest.values, manifest.lines), (shared, lines))
    return manifest._replace(values=values, lines=lines, sources=(*manifest.sources, *root.sources))
