"""Findings and the licence texts beside the model in, each citation with the clause as the user's own file has it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from licensecheck.facts.observed import CopySeen
from licensecheck.report import Citation, Finding
from licensecheck.sources.names import printable

_MOST = 400


#: repositories whose licence text is asked for, of one report
_MOST_TEXTS = 12


def texts_of_components(
    findings: Sequence[Finding],
    copies: Sequence[CopySeen],
    text_of: Callable[[str], tuple[str, str] | None],
    recognise: Callable[[str], Sequence[Any]],
) -> list[CopySeen]:
    """Copies that the components' own repositories hold (`text_of`: source and text), of cited texts that are not at hand."""
    wanted: dict[str, set[str]] = {}
    at_hand = {copy.text for copy in copies}
    for finding in findings:
        text = finding["citation"].get("text")
        if text and text not in at_hand and finding["component"] and finding["kind"] not in ("pass", "not-applicable", "informational"):
            wanted.setdefault(text, set()).add(finding["component"])
    found = []
    for text, components in list(wanted.items())[:_MOST_TEXTS]:
        told = next((told for component in sorted(components) if (told := text_of(component)) is not None), None)
        for match in recognise(told[1]) if told else ():
            if told is not None and match.text == text:
                found.append(CopySeen(None, text, told[0], match.start_line, (), (), told[1], match))
    return found


def quote_clauses(findings: Sequence[Finding], copies: Sequence[CopySeen]) -> None:
    """Fill `quote`, `source` and `line` where the folder holds the text that a finding cites; what asks for nothing is left alone."""
    by_text = {copy.text: copy for copy in copies}
    by_license = {copy.license: copy for copy in reversed(copies) if copy.license}
    for finding in findings:
        if finding["kind"] in ("pass", "not-applicable", "informational"):
            continue
        for citation in (finding["citation"], *finding.get("also_cites", ())):
            copy = by_text.get(citation.get("text") or "")
            if copy is None and citation.get("license") and not citation.get("text"):
                copy = by_license.get(citation["license"])  # a licence whose editions nobody lists
            if copy is not None and citation.get("section"):
                _quote(citation, copy)


def _quote(citation: Citation, copy: CopySeen) -> None:
    from licensecheck.recognise import locate

    span = locate(copy.match, citation["section"] or "")
    if span is None:
        return
    lines = copy.content.split("\n")[span.start_line - 1 : span.end_line]
    text = " ".join(" ".join(lines).split())
    citation["quote"] = printable(text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0] + " …", _MOST + 10)
    citation["source"] = copy.source
    citation["line"] = span.start_line
