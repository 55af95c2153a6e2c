"""The ancestry of a subject in, each step between two of its upstreams as their own cards tell it out."""

from __future__ import annotations

from typing import Any

from licensecheck.knowledge import Knowledge

from .subject import Upstream


def steps_of(ancestry: Any, knowledge: Knowledge) -> tuple[Upstream, ...]:
    """Every step from a repository to a base whose licence is known: by the base's checked row, else by its own card."""
    steps = []
    for (kind, _), row in ancestry.rows.items() if ancestry else ():
        for base in row["bases"] if kind == "model" else ():
            known = knowledge.model(base["id"], None) or {}
            card = ancestry.rows.get(("model", base["id"].lower())) or {}
            name = known.get("license") if known.get("verified") else card.get("license")
            base_license = knowledge.resolve(str(name)) if name else None
            if base_license is not None:
                own = knowledge.resolve(str(row["license"])) if row.get("license") else None
                files = (bool(row["license_file"]), bool(row["notice_file"])) if "notice_file" in row else None
                steps.append(Upstream(row["id"], own or row.get("license"), base["id"], base_license, row["source"], files))
    return tuple(steps)
