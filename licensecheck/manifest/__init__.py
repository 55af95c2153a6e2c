"""What only people know in, checked values with their lines out: the manifest, its `extends`, `--set` and `--as`."""

from __future__ import annotations

from licensecheck.manifest.load import load
from licensecheck.manifest.overlay import overlay, underlay
from licensecheck.manifest.record import Manifest

__all__ = ["Manifest", "load", "overlay", "underlay"]
