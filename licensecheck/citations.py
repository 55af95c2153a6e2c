"""Findings and the licence texts beside the model in, each citation with the clause as the user's own file has it out."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.facts.observed import CopySeen
from licensecheck.report import Finding
from licensecheck.sources.names import printable

_MOST = 400


def quote_clauses(findings: Sequence[Finding], copies: Sequence[CopySeen]) -> None:
    """Fill `quote`, `source` and `line` where the folder holds the text that a finding cites; what asks for nothing is left alone."""
    from licensecheck.recognise import locate

    by_text = {copy.text: copy for copy in copies}
    for finding in findings:
        citation = finding["citation"]
        copy = by_text.get(citation.get("text") or "")
        section = citation.get("section")
        if copy is None or not section or finding["kind"] in ("pass", "not-applicable", "informational"):
            continue
        span = locate(copy.match, section)
        if span is None:
            continue
        lines = copy.content.split("\n")[span.start_line - 1 : span.end_line]
        text = " ".join(" ".join(lines).split())
        citation["quote"] = printable(text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …", _MOST + 10)
        citation["source"] = copy.source
        citation["line"] = span.start_line
