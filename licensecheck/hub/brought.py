"""A repository on the Hub in, its report out: fetched, examined where it lies, and put away again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from licensecheck.errors import InputError, Problem, UnreachableError, UsageError
from licensecheck.sources.names import printable
from licensecheck.sources.origin import Origin
from licensecheck.sources.reading import decode, read_bytes

from .ancestry import NOTHING, Ancestry, trace
from .client import SITE, Absent, Hub
from .matters import MOST
from .snapshot import file, take
from .target import Target

#: bytes: as much of a weight file as is looked at; the texts come first in its header
_MOST_HEADER = 16_000_000


def bring(target: Target, examine: Callable[..., Any], *, offline: bool, progress: Callable[[str], None] | None = None) -> Any:
    """What `examine(folder, origin=...)` says of the repository.

    UnreachableError where the Hub, or without it the cache, does not have what is needed; UsageError for a repository that is not there.
    """
    hub = None if offline else Hub()
    say = progress or (lambda line: None)
    say(f"{target.shown}: asking the Hub" if hub else f"{target.shown}: looking in the Hub's cache")
    with tempfile.TemporaryDirectory(prefix="licensecheck-") as into:
        snapshot = take(hub, target, into)
        if isinstance(snapshot, Absent):
            raise (UsageError if snapshot.reason == "missing" else UnreachableError)(snapshot.says)

        traced: list[Ancestry] = []

        def behind(names: Sequence[tuple[str, str]]) -> Ancestry:
            traced.append(trace(hub, names, lambda done, known: say(f"{target.shown}: lineage: {done} of {known} repositories read")))
            return traced[-1]

        def text(name: str) -> tuple[str, str] | None:
            row = traced[-1].model(name) if traced else None
            return _license_text(hub, row) if row and row["license_file"] else None

        page = f"{SITE}/{'datasets/' if target.kind == 'dataset' else ''}{target.id}"
        stated: tuple[tuple[tuple[str, ...], object, str], ...] = ((("model", "name"), target.id.rsplit("/", 1)[-1], page),)
        if hub is not None and target.kind == "model":
            stated = (*stated, (("release", "weights"), "private" if snapshot.info.private else "public", page))
        origin = Origin(target.shown, snapshot.sizes, stated, behind, text, snapshot.absent, target.kind == "dataset")
        return examine(snapshot.folder, origin=origin)


def _license_text(hub: Hub | None, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The licence file of a repository, where it may be read."""
    data = file(hub, Target("model", row["id"]), row["sha"], row["license_file"], MOST)
    if isinstance(data, Absent):
        return None
    return f"{row['source']}/blob/{row['sha']}/{row['license_file']}", decode(data)[0].replace("\r\n", "\n")


def weight_file(path: str, examine: Callable[..., Any]) -> Any:
    """What `examine` says of one weight file, by its header alone."""
    name = os.path.basename(path)
    stem = name.rsplit(".", 1)[0]
    with tempfile.TemporaryDirectory(prefix="licensecheck-") as into:
        try:
            data, size = read_bytes(os.path.realpath(path), _MOST_HEADER)
        except OSError as error:
            raise InputError([Problem(printable(path), None, f"can't be read: {error.strerror or error}")]) from None
        folder = os.path.join(into, stem)
        os.makedirs(folder)
        with open(os.path.join(folder, name), "wb") as stream:
            stream.write(data)
        stated: tuple[tuple[tuple[str, ...], object, str], ...] = ((("model", "name"), stem, path),)
        return examine(folder, origin=Origin(path, {name: size}, stated, lambda names: NOTHING))
