"""A repository in, what the Hub's own cache holds of it out; the layout is the client's
(https://huggingface.co/docs/huggingface_hub/guides/manage-cache)."""

from __future__ import annotations

import os

from licensecheck.harvest.card import read_card
from licensecheck.hubnames import cache_folder as folder
from licensecheck.sources.reading import read_bytes, read_text

from .client import Absent, Info
from .target import Target

_MOST = 1_000_000


def offline_by_environment() -> bool:
    """The switches of the Hub's own client count here too."""
    values = (os.environ.get(name, "").upper() for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))
    return any(value in ("1", "ON", "YES", "TRUE") for value in values)


def _repo(target: Target) -> str:
    return os.path.join(folder(), f"{target.kind}s--{target.id.replace('/', '--')}")


def info(target: Target) -> Info | Absent:
    """What a snapshot in the cache tells; it may be partial."""
    repo = _repo(target)
    sha = _commit(repo, target.revision or "main")
    snapshot = os.path.join(repo, "snapshots", sha) if sha else ""
    if not sha or not os.path.isdir(snapshot):
        return Absent("offline", f"{target.shown}: no such folder, not in the Hub's cache, and --offline forbids asking for it")
    files: dict[str, int | None] = {}
    for where, folders, names in os.walk(snapshot):
        folders[:] = sorted(folders)[:50]
        for name in sorted(names)[:1_000]:
            path = os.path.join(where, name)
            if os.path.isfile(path):
                files[os.path.relpath(path, snapshot).replace(os.sep, "/")] = os.path.getsize(path)
        if len(files) > 5_000:
            break
    card = read_card("README.md", _text(os.path.join(snapshot, "README.md"))) if "README.md" in files else None
    return Info(target.id, sha, card.meta if card else {}, (), files, False, False)


def _commit(repo: str, revision: str) -> str | None:
    if len(revision) == 40 and all(char in "0123456789abcdef" for char in revision):
        return revision
    try:
        data, _ = read_bytes(os.path.join(repo, "refs", *revision.split("/")), 100)
    except (OSError, ValueError):
        return None
    sha = data.decode("ascii", "replace").strip()
    return sha if sha.isalnum() else None


def _text(path: str) -> str:
    try:
        return read_text(os.path.realpath(path), "README.md", _MOST).text
    except OSError:
        return ""


def read(target: Target, sha: str, path: str, most: int) -> bytes | None:
    """The beginning of a file of a commit, if the cache has it."""
    inside = os.path.join(_repo(target), "snapshots", sha, *path.split("/"))
    try:
        real = os.path.realpath(inside)
        return read_bytes(real, most)[0] if real.startswith(os.path.realpath(_repo(target)) + os.sep) else None
    except (OSError, ValueError):
        return None
