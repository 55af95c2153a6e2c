"""A target that is no folder in, its report or an error out, or the folder it becomes: repositories on the Hub, and weight files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from licensecheck.cli.common import folder, say
from licensecheck.errors import LicenseCheckError, UsageError

_WEIGHTS = (".gguf", ".safetensors")


def brought(target: str, options: dict[str, Any], offline: bool) -> Any:
    """The report, or what is wrong; None for a target that is neither."""
    from licensecheck import pipeline
    from licensecheck.hub import brought as hub
    from licensecheck.hub import cache
    from licensecheck.hub import target as repository

    def examine(folder: str, **more: Any) -> Any:
        return pipeline.examine(folder, **more, **options)

    try:
        if os.path.isfile(target) and target.lower().endswith(_WEIGHTS):
            return hub.weight_file(target, examine)
        named = None if os.path.lexists(target) else repository.parse(target)
        if named is None:
            return None
        progress = say if sys.stderr.isatty() else None
        return hub.bring(named, examine, offline=offline or cache.offline_by_environment(), progress=progress)
    except LicenseCheckError as error:
        return error


@contextmanager
def located(target: str, *, offline: bool, changes: bool) -> Iterator[tuple[str, Any]]:
    """The folder that a target names and None; or that of a repository on the Hub, as long as it is looked at, and its origin.

    UsageError for a repository if something is to be changed there or compared with what is there.
    """
    if os.path.lexists(target) or target.startswith((".", "/", "~")):
        yield folder(target), None
        return
    from licensecheck.hub import target as repository

    named = repository.parse(target)
    if named is None:
        yield folder(target), None
        return
    if changes:
        raise UsageError(f"{target}: this is done in a folder: {repository.download(named)}, then give that folder")
    from licensecheck.hub import brought as hub
    from licensecheck.hub import cache

    progress = say if sys.stderr.isatty() else None
    with hub.fetched(named, offline=offline or cache.offline_by_environment(), progress=progress) as (place, origin):
        yield place, origin
