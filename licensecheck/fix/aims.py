"""Findings in, which part of a fix each is for and which of them have been mended out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from licensecheck.render.blocks import is_waived

#: In this order: the card links to the copies, the attribution section names all the others.
PARTS = ("copies", "notice", "card", "attribution")
ADVERSE = ("fail", "open", "review")
_BY_CARD = ("check/declared-license", "check/lineage.not-in-card", "check/lineage.no-card", "check/lineage.merge-not-listed")


def part_of(finding: Any) -> str | None:
    """The part that can mend a finding; None where a person must."""
    topic, required = finding["topic"], finding["required"]
    if topic == "license-copy":
        return "copies"
    if topic == "notice-file":
        return "notice" if required and required["file"] == "notice" else None
    if topic == "display-attribution":
        places = (required or {}).get("places") or []
        return "attribution" if required and (not places or "documentation" in places) else None
    if topic in ("state-changes", "attribution"):
        return "attribution"
    return "card" if finding["rule"].startswith(_BY_CARD) else None


def adverse(report: Any, part: str | None = None) -> list[Any]:
    """What is not in order and not waived; with a part, what that part is for: a document states nothing that is only inferred."""
    found = [finding for finding in report["findings"] if finding["kind"] in ADVERSE and not is_waived(finding)]
    if part is None:
        return found
    guessed = _guessed(report)
    return [item for item in found if part_of(item) == part and (item["kind"] == "fail" or item["component"] not in guessed)]


def _guessed(report: Any) -> frozenset[str]:
    edges = report["lineage"]["edges"]
    known = {edge["to"] for edge in edges if not edge["evidence"] or any(item["how"] != "inferred" for item in edge["evidence"])}
    return frozenset(edge["to"] for edge in edges) - known


def mended(before: Any, after: Any) -> list[Any]:
    """Findings of `before` that are `pass` in `after`; a check that finds nothing any more says nothing any more."""
    now = {finding["id"]: finding["kind"] for finding in after["findings"]}
    return [
        finding
        for finding in adverse(before)
        if now.get(finding["id"]) == "pass" or (finding["license"] is None and finding["id"] not in now)
    ]


def worse(before: Any, after: Any) -> list[Any]:
    """Findings that the changes brought; that a question is asked, or an old finding weighs more where a copy bears it out, is no harm."""
    known = {finding["id"] for finding in adverse(before)}
    return [finding for finding in adverse(after) if finding["kind"] != "open" and finding["id"] not in known]


def still(findings: Sequence[Any], after: Any) -> list[Any]:
    """Those of the findings that are not mended in `after`."""
    done = {finding["id"] for finding in mended({"findings": list(findings)}, after)}
    return [finding for finding in findings if finding["id"] not in done]
