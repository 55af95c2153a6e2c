"""A target that is no folder in, its report or an error out: repositories on the Hub, and weight files by themselves."""

from __future__ import annotations

import os
import sys
from typing import Any

from licensecheck.cli.common import say
from licensecheck.errors import LicenseCheckError

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
