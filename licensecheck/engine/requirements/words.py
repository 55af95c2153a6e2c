"""Required words in, where documents, notices and displays show them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.evidence import observed as make_evidence
from licensecheck.facts.observed import Observed, Page
from licensecheck.lineage.component import Component
from licensecheck.report import Action, Evidence
from licensecheck.wording import Spot, find, folded

from .record import Verdict


def notice(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    words = requires["notice"]
    add: Action = {"kind": "add-text", "file": "NOTICE", "text": words, "proposal": words}
    arguable: Verdict | None = None
    for page in seen.notices:
        spot = find(words, page.words)
        if spot is None:
            continue
        evidence = (_spotted(page, spot, words),)
        if (page.plain or requires.get("file") == "any") and spot.exactness == "exact":
            return Verdict("met", "notice.met", {"source": page.source}, evidence)
        arguable = arguable or Verdict("arguable", "notice.arguable", {"source": page.source}, evidence, (add,))
    if arguable is not None:
        return arguable
    for page in seen.documents:
        spot = find(words, page.words)
        if spot is not None and requires.get("file") == "any" and spot.exactness == "exact":
            return Verdict("met", "notice.met", {"source": page.source}, (_spotted(page, spot, words),))
        if spot is not None:
            return Verdict("unmet", "notice.elsewhere", {"source": page.source}, (_spotted(page, spot, words),), (add,))
    other = next((page for page in seen.notices if page.plain), None)
    if other is not None:
        found = (make_evidence(other.source, 1, "notice", other.words.snippet(1), "declared", other.words.snippet(1)),)
        return Verdict("unmet", "notice.other", {"source": other.source}, found, (add,))
    return Verdict("unmet", "notice.nowhere" if requires.get("file") == "any" else "notice.unmet", {}, (), (add,))


def display(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    wanted: list[str] = requires["display"]
    places = requires.get("places") or []
    add: Action = {"kind": "add-text", "file": "README.md", "text": f"**{wanted[0]}**", "proposal": wanted[0]}
    arguable: Verdict | None = None
    if not places or "documentation" in places:
        for page in seen.documents:
            for words in wanted:
                spot = find(words, page.words)
                if spot is not None and spot.exactness == "exact":
                    return Verdict("met", "display.met", {"source": page.source}, (_spotted(page, spot, words),))
                if spot is not None:
                    arguable = arguable or Verdict(
                        "arguable", f"display.{spot.exactness}", {"source": page.source}, (_spotted(page, spot, words),), (add,)
                    )
    elsewhere = None
    for text, place, where, evidence in seen.displays:
        if not any(_says(words, text) for words in wanted):
            continue
        if not places or place in places:
            return Verdict("met", "display.met", {"source": where or place}, (evidence,))
        elsewhere = Verdict("unmet", "display.place", {"place": place}, (evidence,), (add,))
    return arguable or elsewhere or Verdict("unmet", "display.unmet", {}, (), (add,))


def _says(words: str, text: str) -> bool:
    spot = find(words, folded(text))
    return spot is not None and spot.exactness == "exact"


def _spotted(page: Page, spot: Spot, words: str) -> Evidence:
    return make_evidence(page.source, spot.line, "text", words, "declared", spot.snippet)


def mentions(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """One paragraph of a document or notice that holds one of the words of every group; case does not count."""
    groups: list[list[str]] = [[word.lower() for word in group] for group in requires["mentions"]]
    declared = (seen.declared_evidence,) if seen.declared_evidence else ()
    for page in (*seen.documents, *seen.notices):
        start = 0
        for paragraph in page.words.text.lower().split("\n\n"):
            if all(any(word in paragraph for word in group) for group in groups):
                first = next(word for word in groups[0] if word in paragraph)
                line = page.words.line_at(start + paragraph.index(first))
                evidence = (make_evidence(page.source, line, "text", first, "declared", page.words.snippet(line)),)
                if seen.declared in (None, "other", "unknown", clause["license"]):
                    return Verdict("met", "mentions.met", {"source": page.source}, evidence)
                blanks = {"source": page.source, "declared": str(seen.declared)}
                return Verdict("arguable", "mentions.beside", blanks, (*declared, *evidence))
            start += len(paragraph) + 2
    if seen.declared == clause["license"]:
        return Verdict("arguable", "mentions.declared", {"declared": str(seen.declared)}, declared)
    return Verdict("unmet", "mentions.unmet", {}, ())
