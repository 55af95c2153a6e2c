"""A report on a repository in, what the Hub told and what it did not tell put into it."""

from __future__ import annotations

from typing import Any

from licensecheck.report import Report
from licensecheck.sources.origin import Ancestry, Origin


def tell(report: Report, origin: Origin, ancestry: Ancestry | None) -> None:
    """The whole ancestry into the lineage, and what could not be had into `incomplete` and `unreached`."""
    if origin.revision:
        report["subject"]["revision"] = origin.revision
    absent = [*origin.absent, *(ancestry.absent if ancestry else ())]
    report["incomplete"] += [item.says for item in absent if item.reason != "missing"]
    report["incomplete"] += list(ancestry.notes) if ancestry else []
    unreached = [item.says for item in absent if item.reason not in ("missing", "gated", "cut")]
    if unreached:
        report["unreached"] = unreached
    if ancestry is not None:
        _draw(report["lineage"], ancestry)


def _draw(lineage: dict[str, Any], ancestry: Ancestry) -> None:
    """Nodes that carry no terms of their own belong to the lineage all the same; all keep what their own cards declare."""
    for node in lineage["nodes"]:
        own = ancestry.rows.get((node["type"], str(node["id"]).lower()))
        if own is not None and own["license"]:
            node["declared"] = own["license"]
    nodes = {str(node["id"]).lower() for node in lineage["nodes"]}
    edges = {(str(edge["from"]).lower(), str(edge["to"]).lower()) for edge in lineage["edges"]}
    for (kind, name), row in ancestry.rows.items():
        if name not in nodes:
            told = {"license": row["license"], "declared": row["license"], "license_source": "hub", "verified": True, "relation": None}
            lineage["nodes"].append({"id": row["id"], "type": kind, **told})
        for relation, to in [*((base["relation"], base["id"]) for base in row["bases"]), *(("data", data) for data in row["data"])]:
            if (name, to.lower()) not in edges:
                guess = any(base["id"] == to and base["how"] == "guess" for base in row["bases"])
                evidence = {"source": row["source"], "line": None, "key": "datasets" if relation == "data" else "base_model", "value": to}
                how = "inferred" if guess else "declared"
                lineage["edges"].append({"from": row["id"], "to": to, "relation": relation, "evidence": [{**evidence, "how": how}]})
