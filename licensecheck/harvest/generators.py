"""A model card in, the tool that wrote it out, with the licence that its template puts there whatever the base is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .card import Card


def generator_of(card: Card, generators: Sequence[Mapping[str, Any]]) -> tuple[str, str | None] | None:
    """Name of the tool and the licence its template writes (None: none), where tags, keys and headings are those of the template."""
    tags = card.meta.get("tags")
    words = {str(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    lowered = ""
    for row in generators:
        if not words >= set(row.get("tags", ())) or any(card.meta.get(key) != value for key, value in row.get("keys", {}).items()):
            continue
        lowered = lowered or card.text[:20_000].lower()
        if all(mark in lowered for mark in row.get("marks", ())):
            return str(row["name"]), row.get("license")
    return None
