"""What a duty requires and what the files show in, whether it is met and what would meet it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from licensecheck.evidence import observed as make_evidence
from licensecheck.facts.observed import CopySeen, Observed, Page
from licensecheck.lineage.component import Component
from licensecheck.report import Action, Evidence
from licensecheck.wording import Spot, begins, find

State = Literal["met", "arguable", "unmet"]


class Verdict(NamedTuple):
    """How a requirement stands: the state, the sentence of messages.yaml that says so with its blanks, the evidence, what to do."""

    state: State
    sentence: str
    blanks: dict[str, str]
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[Action, ...] = ()


Requirement = Callable[[Mapping[str, Any], Mapping[str, Any], Component, Observed], Verdict]


def judge_requirement(clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """The requirement of a clause, or a permission held instead of it, whatever the clause is about."""
    requires = clause["requires"]
    operator = next(name for name in REQUIREMENTS if name in requires)
    return REQUIREMENTS[operator](requires, clause, component, seen)


def permission(clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """A separate agreement on this clause's topic under this licence that has not lapsed."""
    lapsed = None
    for agreement in seen.agreements:
        if agreement["license"] != clause["license"] or agreement["topic"] not in (clause["topic"], *clause.get("covered_by", ())):
            continue
        reference = str(agreement.get("reference") or agreement.get("with") or "agreement")
        if agreement.get("expires") and str(agreement["expires"]) < seen.as_of:
            lapsed = str(agreement["expires"])
            continue
        return Verdict("met", "agreement.met", {"reference": reference}, (agreement["evidence"],))
    request: Action = {"kind": "request", "proposal": f"{clause['license']}/{clause['topic']}"}
    return Verdict("unmet", "agreement.lapsed" if lapsed else "agreement.unmet", {"expires": lapsed or ""}, (), (request,))


def _held(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    return permission(clause, component, seen)


def _copy(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
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


def _notice(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
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


def _display(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
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
    from licensecheck.wording import folded

    spot = find(words, folded(text))
    return spot is not None and spot.exactness == "exact"


def _spotted(page: Page, spot: Spot, words: str) -> Evidence:
    return make_evidence(page.source, spot.line, "text", words, "declared", spot.snippet)


def _name_begins(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    wanted = requires["name_begins"]
    own = seen.name.rsplit("/", 1)[-1].strip()
    how = begins(own, wanted)
    evidence = (seen.name_evidence,) if seen.name_evidence else ()
    blanks = {"name": own, "words": wanted}
    if how == "yes":
        return Verdict("met", "name.met", blanks, evidence)
    rename: Action = {"kind": "rename", "proposal": proposed_name(own, wanted)}
    for word in requires.get("arguable_after", ()):
        if begins(own, f"{word}{wanted}") != "no":
            how = "arguable"
    return Verdict(
        "arguable" if how == "arguable" else "unmet", f"name.{'arguable' if how == 'arguable' else 'unmet'}", blanks, evidence, (rename,)
    )


def proposed_name(name: str, prefix: str) -> str:
    """A name that would do: the prefix, then the rest of the old one without a second mention of it.

    >>> proposed_name("Acme-Foo-8B", "Foo"), proposed_name("acme 8b", "Foo 3")
    ('Foo-Acme-8B', 'Foo-3-acme-8b')
    """
    parts = [part for part in name.replace("_", "-").replace(" ", "-").split("-") if part]
    lead = prefix.split(" ")
    said = {lead[0].casefold(), "".join(lead).casefold()}
    rest = [part for part in parts if part.casefold() not in said]
    if rest and len(lead) > 1 and rest[0] == lead[1]:
        rest = rest[1:]
    return "-".join([*lead, *rest])


def _name_contains(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    wanted = requires["name_contains"]
    own = seen.name.rsplit("/", 1)[-1].strip()
    plain = own.casefold().replace("-", "").replace("_", "").replace(" ", "")
    evidence = (seen.name_evidence,) if seen.name_evidence else ()
    if wanted.casefold().replace("-", "").replace(" ", "") in plain:
        return Verdict("met", "name.met", {"name": own, "words": wanted}, evidence)
    rename: Action = {"kind": "rename", "proposal": f"{wanted}-{own}"}
    return Verdict("unmet", "name.unmet", {"name": own, "words": wanted}, evidence, (rename,))


def _changes(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    text: Action = {"kind": "add-text", "file": "README.md", "proposal": "changes"}
    if seen.changes:
        return Verdict("met", "changes.met", {"source": seen.changes[0]["source"]}, (seen.changes[0],))
    front = tuple(item for item in component.evidence if item["key"].startswith("base_model") and item["how"] == "declared")
    if front:
        return Verdict("arguable", "changes.arguable", {}, front[:1], (text,))
    return Verdict("unmet", "changes.unmet", {}, (), (text,))


def _declared(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    evidence = (seen.declared_evidence,) if seen.declared_evidence else ()
    field: Action = {"kind": "set-field", "file": "README.md", "proposal": f"license: {clause['license']}"}
    if seen.declared is None:
        return Verdict("arguable", "declared.absent", {}, evidence, (field,))
    met = seen.declared == clause["license"] or seen.declared in requires.get("compatible", ())
    return Verdict(
        "met" if met else "unmet", f"declared.{'met' if met else 'unmet'}", {"declared": seen.declared}, evidence, () if met else (field,)
    )


def _credit(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """The source named in a document or notice, with its licence where the clause wants that too."""
    short = component.id.rsplit("/", 1)[-1]
    telling = any(not char.isalpha() for char in short)
    names = [component.id, short, short.replace("-", " ")]
    licenses = [name for name in clause.get("license_names", ()) if name]
    text: Action = {"kind": "add-text", "file": "README.md", "proposal": "changes"}
    named: Verdict | None = None
    for page in (*seen.documents, *seen.notices):
        lowered = page.words.text.lower()
        # a plain word is a name only where its maker is named as well
        known = names if telling or (component.publisher or "").lower() in lowered else names[:1]
        spots = ((name, _stands_in(name.lower(), lowered)) for name in known)
        found, at = next(((name, at) for name, at in spots if at >= 0), ("", -1))
        if at < 0:
            continue
        line = page.words.line_at(at)
        evidence = (make_evidence(page.source, line, "text", found, "declared", page.words.snippet(line)),)
        if "license" not in requires["credit"] or any(name.lower() in lowered for name in licenses):
            return Verdict("met", "credit.met", {"source": page.source}, evidence)
        named = named or Verdict(
            "arguable", "credit.arguable", {"source": page.source, "missing": clause["license_name"]}, evidence, (text,)
        )
    front = tuple(item for item in component.evidence if item["how"] == "declared" and item["key"] in ("base_model", "datasets"))
    if named is None and front:
        return Verdict("arguable", "credit.arguable", {"source": front[0]["source"], "missing": clause["license_name"]}, front[:1], (text,))
    return named or Verdict("unmet", "credit.unmet", {}, (), (text,))


def _mentions(requires: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    """One paragraph of a document or notice that holds one of the words of every group; case does not count."""
    groups: list[list[str]] = [[word.lower() for word in group] for group in requires["mentions"]]
    for page in (*seen.documents, *seen.notices):
        start = 0
        for paragraph in page.words.text.lower().split("\n\n"):
            if all(any(word in paragraph for word in group) for group in groups):
                first = next(word for word in groups[0] if word in paragraph)
                line = page.words.line_at(start + paragraph.index(first))
                evidence = (make_evidence(page.source, line, "text", first, "declared", page.words.snippet(line)),)
                return Verdict("met", "mentions.met", {"source": page.source}, evidence)
            start += len(paragraph) + 2
    evidence = (seen.declared_evidence,) if seen.declared_evidence else ()
    if seen.declared == clause["license"]:
        return Verdict("arguable", "mentions.declared", {"declared": str(seen.declared)}, evidence)
    return Verdict("unmet", "mentions.unmet", {}, ())


def _stands_in(name: str, text: str) -> int:
    """Where a name stands on its own in a text, or -1."""
    position = text.find(name)
    while position >= 0:
        around = text[position - 1 : position] + text[position + len(name) : position + len(name) + 1]
        if not any(char.isascii() and char.isalnum() for char in around):
            return position
        position = text.find(name, position + 1)
    return -1


def _upstream_notice(_: Mapping[str, Any], clause: Mapping[str, Any], component: Component, seen: Observed) -> Verdict:
    kept = next((page for page in seen.notices), None)
    if kept is not None:
        return Verdict(
            "met", "upstream_notice.met", {"source": kept.source}, (make_evidence(kept.source, 1, "notice", kept.source, "declared"),)
        )
    return Verdict("unmet", "upstream_notice.unmet", {}, (), ({"kind": "add-file", "file": "NOTICE", "proposal": component.id},))


#: One function per operator that a duty can ask for (knowledge/licenses.py lists them for the files).
REQUIREMENTS: dict[str, Requirement] = {
    "copy": _copy,
    "notice": _notice,
    "display": _display,
    "name_begins": _name_begins,
    "name_contains": _name_contains,
    "changes": _changes,
    "agreement": _held,
    "declared": _declared,
    "credit": _credit,
    "mentions": _mentions,
    "upstream_notice": _upstream_notice,
}
