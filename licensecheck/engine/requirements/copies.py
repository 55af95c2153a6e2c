"""Licence texts and notices of a folder in, whether the agreement or the publisher's notice goes along out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import observed as make_evidence
from licensecheck.facts.observed import CopySeen, Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action, Evidence
from licensecheck.wording import find

from .record import Verdict


def copy(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    own = [copy for copy in seen.copies if copy.license == clause["license"]]
    add: Action = {"kind": "add-file", "file": "LICENSE", "proposal": clause["license_name"]}
    if not own:
        return _same_terms(requires.get("or", ()), clause, seen, add)
    wanted = component.edition["text"] if component.edition else None
    best = min(own, key=lambda copy: (copy.text != wanted, len(copy.missing) + len(copy.altered)))
    evidence = (make_evidence(best.source, best.line, "license text", best.text, "declared"),)
    if wanted is not None and best.text != wanted:
        return Verdict("arguable", "copy.older", {"source": best.source, "text": best.text}, evidence, (add,))
    if best.missing or best.altered:
        return _changed_copy(best, clause, evidence, add)
    return Verdict("met", "copy.met", {"source": best.source}, evidence)


def _same_terms(licenses: Sequence[str], clause: Mapping[str, Any], seen: Observed, add: Action) -> Verdict:
    """The text of another licence whose terms are the agreement's own, word for word."""
    same = [copy for copy in seen.copies if copy.license in licenses]
    if not same:
        return Verdict("unmet", "copy.unmet", {}, (), (add,))
    best = min(same, key=lambda copy: len(copy.missing) + len(copy.altered))
    evidence = (make_evidence(best.source, best.line, "license text", best.text, "declared"),)
    if best.missing or best.altered:
        return _changed_copy(best, clause, evidence, add)
    return Verdict("met", "copy.same", {"source": best.source, "text": best.text}, evidence)


def _changed_copy(copy: CopySeen, clause: Mapping[str, Any], evidence: tuple[Evidence, ...], add: Action) -> Verdict:
    """Where a section with a duty was changed, or much is missing, it is not the agreement any more; elsewhere a person must look."""
    weighty = clause.get("sections_with_clauses", ())
    changed = (*copy.missing, *copy.altered)
    touched = len(copy.missing) > 2 or any(_covers(section, own) for section in changed for own in weighty)
    blanks = {"source": copy.source, "sections": ", §".join(changed)}
    return Verdict("unmet" if touched else "arguable", "copy.partial" if copy.missing else "copy.altered", blanks, evidence, (add,))


def _covers(section: str, other: str) -> bool:
    section, other = section.lower(), other.lower()
    return section == other or section.startswith(other + ".") or other.startswith(section + ".")


def upstream_notice(_: Mapping[str, Any], __: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """The attributions of the publisher's NOTICE: in a file of that kind, or in the documentation."""
    add: Action = {"kind": "add-file", "file": "NOTICE", "proposal": component.id}
    lines, asked = _attributions(component)
    found = [_stands((line,), seen) for line in lines]
    lost = [line for line, place in zip(lines, found, strict=True) if place is None]
    told = _stands(asked, seen)
    kept = next(iter(seen.notices), None)
    if kept is not None:
        short = component.id.rsplit("/", 1)[-1].lower()
        if asked and told is None and all(short not in page.words.text.lower() for page in seen.notices):
            lost = [*lost, asked[0]]  # a notice of something else
        evidence = (make_evidence(kept.source, 1, "notice", kept.source, "declared"),)
        if not lost:
            return Verdict("met", "upstream_notice.met", {"source": kept.source}, evidence)
        blanks = {"source": kept.source, "line": lost[0], "count": str(len(lost))}
        return Verdict("arguable", "upstream_notice.arguable", blanks, evidence, (add,))
    places = tuple(place for place in (*found, told) if place is not None)
    if places and not lost:
        return Verdict("met", "upstream_notice.told", {"source": places[0]["source"]}, places)
    return Verdict("unmet", "upstream_notice.unmet", {}, (), (add,))


def _attributions(component: Component) -> tuple[list[str], tuple[str, ...]]:
    """The lines of copyright that go along, and the line that the publisher asks for in every way it may be written."""
    notice = [" ".join(line.split()) for line in str(component.attributes.get("notice_text") or "").split("\n")]
    told = [line for line in dict.fromkeys(notice) if "copyright" in line.lower() or "©" in line]
    short = component.id.rsplit("/", 1)[-1]
    asked = str(component.attributes.get("notice_line") or "")
    ways = dict.fromkeys(asked.replace("{component}", name) for name in (short, component.id, short.replace("-", " ")) if asked)
    return told, tuple(ways)


def _stands(ways: Sequence[str], seen: Observed) -> Evidence | None:
    """Where a line stands in the notices and documents of the subject."""
    for page in (*seen.notices, *seen.documents):
        for line in ways:
            spot = find(line, page.words)
            if spot is not None:
                return make_evidence(page.source, spot.line, "notice", line, "declared", spot.snippet)
    return None
