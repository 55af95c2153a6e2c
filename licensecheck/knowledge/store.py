"""An index that is not there yet in, its folder out: built beside its place and moved there whole."""

from __future__ import annotations

import os
import shutil
import tempfile
import time

from .compile import build

_A_DAY = 86_400


def build_into(rules: str, extra: str | None, folder: str) -> str:
    """Build the index and return where it lies: `folder`, or a folder for this run only where the cache cannot be written."""
    parent = os.path.dirname(folder)
    try:
        os.makedirs(parent, exist_ok=True)
        work = tempfile.mkdtemp(prefix=".building-", dir=parent)
    except OSError:
        work = tempfile.mkdtemp(prefix="llm-licensecheck-")
        build(rules, work, extra)
        return _for_this_run(work)
    try:
        build(rules, work, extra)
        os.replace(work, folder)
    except OSError:
        if not os.path.isfile(os.path.join(folder, "index.json")):
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _forget_old(parent, keep=folder)
    return folder


def _for_this_run(work: str) -> str:
    import atexit

    atexit.register(shutil.rmtree, work, ignore_errors=True)
    return work


def _forget_old(parent: str, keep: str, most: int = 8) -> None:
    """Indexes of earlier states pile up in a checkout that is worked on: the newest few stay, and those another run may still read."""
    found = [entry.path for entry in os.scandir(parent) if entry.is_dir() and not entry.name.startswith(".") and entry.path != keep]
    for path in sorted(found, key=_built)[:-most]:
        if time.time() - _built(path) > _A_DAY:
            shutil.rmtree(path, ignore_errors=True)


def _built(path: str) -> float:
    try:
        return os.path.getmtime(path)
    except OSError:  # another run has just forgotten it
        return 0.0
