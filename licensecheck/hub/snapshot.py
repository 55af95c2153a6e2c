"""A repository on the Hub in, a folder on disk with what it says of itself out; never its weights, only the beginning of their headers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from . import cache, matters
from .client import Absent, Hub, Info
from .target import Target

AT_ONCE = 8


class Snapshot(NamedTuple):
    """The folder, what the Hub says of the repository, the true sizes of files of which the beginning was taken, and what is missing."""

    folder: str
    info: Info
    sizes: Mapping[str, int]
    absent: tuple[Absent, ...]


def take(hub: Hub | None, target: Target, into: str) -> Snapshot | Absent:
    """The files that matter, written below the folder `into`; from the cache where it has them, and only from there without a `hub`."""
    info = hub.info(target) if hub else cache.info(target)
    if isinstance(info, Absent):
        return info
    folder = os.path.join(into, target.id.rsplit("/", 1)[-1])
    os.makedirs(folder, exist_ok=True)
    texts, headers = matters.texts(info.files), matters.headers(info.files)
    left = texts[matters.MOST_FILES :]
    wanted = [(name, matters.MOST) for name in texts[: matters.MOST_FILES]] + [(name, matters.BEGINNING) for name in headers]
    sizes: dict[str, int] = {}
    absent: list[Absent] = []
    if left:
        absent.append(Absent("cut", f"{left[0]}: only {matters.MOST_FILES} of {len(texts)} files like it were read"))
    for (name, most), data in zip(wanted, _all(hub, target, info.sha, wanted), strict=True):
        if isinstance(data, Absent):
            absent.append(data)
        elif _write(folder, name, data) and most == matters.BEGINNING:
            sizes[name] = max(info.files.get(name) or 0, len(data))
        elif most == matters.MOST and (info.files.get(name) or 0) > most:
            absent.append(Absent("cut", f"{name}: only the first {len(data):,} of {info.files[name]:,} bytes were fetched"))
    for name in matters.weights(info.files):
        if name not in sizes:
            _write(folder, name, b"")
    return Snapshot(folder, info, sizes, _told_once(absent))


def _all(hub: Hub | None, target: Target, sha: str, wanted: Iterable[tuple[str, int]]) -> list[bytes | Absent]:
    def one(item: tuple[str, int]) -> bytes | Absent:
        return file(hub, target, sha, *item)

    return at_once(one, list(wanted))


def file(hub: Hub | None, target: Target, sha: str, name: str, most: int) -> bytes | Absent:
    """The beginning of one file: from the cache, else from the Hub."""
    data = cache.read(target, sha, name, most)
    if data is not None:
        return data
    if hub is None:
        return Absent("offline", f"{target.shown}: {name}: not in the Hub's cache")
    return hub.read(target, sha, name, most)


def at_once(ask: Callable[[tuple[str, int]], bytes | Absent], items: list[tuple[str, int]]) -> list[bytes | Absent]:
    """The answers in the order of the questions; several are under way at a time."""
    if len(items) < 2:
        return [ask(item) for item in items]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, items))


def _write(folder: str, name: str, data: bytes) -> bool:
    """A file below the folder; a name that could lead elsewhere is left out."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part or ":" in part or len(part.encode()) > 200 for part in parts):
        return False
    path = os.path.join(folder, *parts)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as stream:
            stream.write(data)
    except OSError:  # two names that this file system takes for one
        return False
    return True


def _told_once(absent: list[Absent]) -> tuple[Absent, ...]:
    """One sentence for files of a gated repository, or of a Hub that has gone, however many there are."""
    found: dict[str, Absent] = {}
    for item in absent:
        found.setdefault(item.reason if item.reason in ("gated", "unreachable") else item.says, item)
    return tuple(found.values())
