"""A model's config.json in, the architecture that it names and the published model that has the same sizes under another name out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import line_with, observed
from licensecheck.facts.measured import Shape
from licensecheck.sources.folder import Folder

_NAME = "config.json"
_MOST = 2_000_000
_SIZES = ("hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size", "vocab_size")


def shape_of(folder: Folder, families: Sequence[Mapping[str, Any]]) -> Shape | None:
    """What the configuration says of the architecture; None where there is none that can be read."""
    if not folder.has(_NAME):
        return None
    file = folder.read(_NAME, _MOST)
    try:
        value = json.loads(file.text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    architectures = value.get("architectures")
    listed = str(architectures[0]) if isinstance(architectures, list) and architectures else ""
    named = str(value.get("model_type") or listed or "")[:80]
    if not named:
        return None
    key = "model_type" if value.get("model_type") else "architectures"
    line = line_with(file.text, f'"{key}"')
    return Shape(observed(file.path, line, key, named, "tool-written"), _like(value, named.lower(), families))


def _like(config: Mapping[str, Any], named: str, families: Sequence[Mapping[str, Any]]) -> str | None:
    """The first model with all the sizes, unless its architecture is the one that is named."""
    sizes = [config.get(key) for key in _SIZES]
    if sizes[3] is None:
        sizes[3] = sizes[2]  # no grouped heads
    for family in families:
        rare = family.get("rare") or {}
        if sizes == family["sizes"] and all(config.get(key) == value for key, value in rare.items()):
            return None if any(named.startswith(kind) for kind in family["types"]) else str(family["id"])
    return None
