"""Provenance results in, readings of them and the components they make possible out; a result alone never decides anything."""

from __future__ import annotations
