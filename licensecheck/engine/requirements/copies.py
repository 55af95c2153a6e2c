"""Licence texts and notices of a folder in, whether the agreement or the publisher's notice goes along out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.evidence import observed as make_evidence
from licensecheck.facts.observed import CopySeen, Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action, Evidence
from licensecheck.wording import find

from .record import Verdict


def copy(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    own = [copy for copy in seen.copies if copy.license == clause["license"]]
    add: Action = {"kind": "add-file", "file": "LICENSE", "proposal": clause["license_name"]}
    if not own:
        return Verdict("unmet", "copy.unmet", {}, (), (add,))
    wanted = component.edition["text"] if component.edition else None
    best = min(own, key=lambda copy: (copy.text != wanted, len(copy.missing) + len(copy.altered)))
    evidence = (make_evidence(best.source, best.line, "license text", best.text, "declared"),)
    if wanted is not None and best.text != wanted:
        return Verdict("arguable", "copy.older", {"source": best.source, "text": best.text}, evidence, (add,))
    if best.missing or best.altered:
        return _changed_copy(best, clause, evidence, add)
    return Verdict("met", "copy.met", {"source": best.source}, evidence)


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


def upstream_notice(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    kept = next((page for page in seen.notices), None)
    lost = _lost_lines(str(component.attributes.get("notice_text") or ""), seen)
    if kept is not None and lost:
        blanks = {"source": kept.source, "line": lost[0], "count": str(len(lost))}
        evidence = (make_evidence(kept.source, 1, "notice", kept.source, "declared"),)
        return Verdict(
            "arguable", "upstream_notice.arguable", blanks, evidence, ({"kind": "add-file", "file": "NOTICE", "proposal": component.id},)
        )
    if kept is not None:
        return Verdict(
            "met", "upstream_notice.met", {"source": kept.source}, (make_evidence(kept.source, 1, "notice", kept.source, "declared"),)
        )
    return Verdict("unmet", "upstream_notice.unmet", {}, (), ({"kind": "add-file", "file": "NOTICE", "proposal": component.id},))


def _lost_lines(notice: str, seen: Observed) -> list[str]:
    """The lines of copyright in an upstream's notice that stand in none of the subject's notices and documents."""
    lines = [" ".join(line.split()) for line in notice.split("\n")]
    told = [line for line in lines if "copyright" in line.lower() or "©" in line]
    return [line for line in dict.fromkeys(told) if all(find(line, page.words) is None for page in (*seen.notices, *seen.documents))]
