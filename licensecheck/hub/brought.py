"""A repository on the Hub in, its report out: fetched, examined where it lies, and put away again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from licensecheck.errors import InputError, Problem, UnreachableError, UsageError
from licensecheck.sources.names import printable
from licensecheck.sources.origin import Origin
from licensecheck.sources.reading import read_bytes

from .ancestry import NOTHING, Ancestry, trace
from .client import SITE, Absent, Hub
from .parents import license_text, with_notices
from .snapshot import Snapshot, take
from .target import Target

#: bytes: as much of a weight file as is looked at; the texts come first in its header
_MOST_HEADER = 16_000_000


def bring(target: Target, examine: Callable[..., Any], *, offline: bool, progress: Callable[[str], None] | None = None) -> Any:
    """What `examine(folder, origin=...)` says of the repository; raises what `fetched` raises."""
    with fetched(target, offline=offline, progress=progress) as (folder, origin):
        return examine(folder, origin=origin)


@contextmanager
def fetched(target: Target, *, offline: bool, progress: Callable[[str], None] | None = None) -> Iterator[tuple[str, Origin]]:
    """The repository as a folder, as long as it is looked at, and where it came from.

    UnreachableError where the Hub, or without it the cache, does not have what is needed; UsageError for a repository that is not there.
    """
    hub = None if offline else Hub()
    say = progress or (lambda line: None)
    say(f"{target.shown}: asking the Hub" if hub else f"{target.shown}: looking in the Hub's cache")
    with tempfile.TemporaryDirectory(prefix="licensecheck-") as into:
        snapshot = take(hub, target, into)
        if isinstance(snapshot, Absent):
            raise (UsageError if snapshot.reason == "missing" else UnreachableError)(snapshot.says)
        yield snapshot.folder, _origin(hub, target, snapshot, say)


def _origin(hub: Hub | None, target: Target, snapshot: Snapshot, say: Callable[[str], None]) -> Origin:
    traced: list[Ancestry] = []

    def behind(names: Sequence[tuple[str, str]]) -> Ancestry:
        found = trace(hub, names, lambda done, known: say(f"{target.shown}: lineage: {done} of {known} repositories read"))
        traced.append(with_notices(hub, found))
        return traced[-1]

    def text(name: str) -> tuple[str, str] | None:
        row = traced[-1].model(name) if traced else None
        return license_text(hub, row) if row and row["license_file"] else None

    page = f"{SITE}/{'datasets/' if target.kind == 'dataset' else ''}{target.id}"
    stated: tuple[tuple[tuple[str, ...], object, str], ...] = ((("model", "name"), target.id.rsplit("/", 1)[-1], page),)
    if hub is not None and target.kind == "model":
        stated = (*stated, (("release", "weights"), "private" if snapshot.info.private else "public", page))
    return Origin(target.shown, snapshot.sizes, stated, behind, text, snapshot.absent, target.kind == "dataset", snapshot.info.sha)


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
