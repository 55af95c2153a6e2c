"""What card and documents state in, whether changes, licence and source are said out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.evidence import observed as make_evidence
from licensecheck.facts.observed import Observed
from licensecheck.lineage.component import Component
from licensecheck.report import Action
from licensecheck.wording import folded

from .record import Verdict


def changes(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    text: Action = {"kind": "add-text", "file": "README.md", "proposal": "changes"}
    if seen.changes:
        return Verdict("met", "changes.met", {"source": seen.changes[0]["source"]}, (seen.changes[0],))
    front = tuple(item for item in component.evidence if item["key"].startswith("base_model") and item["how"] == "declared")
    if front:
        return Verdict("arguable", "changes.arguable", {}, front[:1], (text,))
    return Verdict("unmet", "changes.unmet", {}, (), (text,))


def declared(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    evidence = (seen.declared_evidence,) if seen.declared_evidence else ()
    field: Action = {"kind": "set-field", "file": "README.md", "proposal": f"license: {clause['license']}"}
    if seen.declared is None:
        return Verdict("arguable", "declared.absent", {}, evidence, (field,))
    if seen.declared == clause["license"] or seen.declared in requires.get("compatible", ()):
        return Verdict("met", "declared.met", {"declared": seen.declared}, evidence)
    # what the data asks for may be what the weights forbid: then the two are for a person
    return Verdict("unmet", "declared.unmet", {"declared": seen.declared}, evidence, () if component.relation == "data" else (field,))


def credit(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """The source named in a document or notice, with its licence where the clause wants that too."""
    short = component.id.rsplit("/", 1)[-1]
    telling = any(not char.isalpha() for char in short)
    names = [component.id, short, short.replace("-", " ")]
    licenses = [_folded(name) for name in clause.get("license_names", ()) if name]
    text: Action = {"kind": "add-text", "file": "README.md", "proposal": "changes"}
    named: Verdict | None = None
    for page in (*seen.documents, *seen.notices):
        lowered = page.words.text.lower()
        # a plain word is a name only where its maker is named as well
        known = names if telling or (component.publisher or "").lower() in lowered else names[:1]
        spots = ((name, _stands_in(_folded(name), lowered)) for name in known)
        found, at = next(((name, at) for name, at in spots if at >= 0), ("", -1))
        if at < 0:
            continue
        line = page.words.line_at(at)
        evidence = (make_evidence(page.source, line, "text", found, "declared", page.words.snippet(line)),)
        if "license" not in requires["credit"] or any(name in lowered for name in licenses):
            return Verdict("met", "credit.met", {"source": page.source}, evidence)
        named = named or Verdict(
            "arguable", "credit.arguable", {"source": page.source, "missing": clause["license_name"]}, evidence, (text,)
        )
    front = tuple(item for item in component.evidence if item["how"] == "declared" and item["key"] in ("base_model", "datasets"))
    if named is None and front:
        return Verdict("arguable", "credit.arguable", {"source": front[0]["source"], "missing": clause["license_name"]}, front[:1], (text,))
    return named or Verdict("unmet", "credit.unmet", {}, (), (text,))


def _folded(name: str) -> str:
    """A name as it stands in a folded document: an underscore may be mark-up there."""
    return folded(name).text.lower()


def _stands_in(name: str, text: str) -> int:
    """Where a name stands on its own in a text, or -1."""
    position = text.find(name)
    while position >= 0:
        around = text[position - 1 : position] + text[position + len(name) : position + len(name) + 1]
        if not any(char.isascii() and char.isalnum() for char in around):
            return position
        position = text.find(name, position + 1)
    return -1
