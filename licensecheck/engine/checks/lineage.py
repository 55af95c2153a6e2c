"""What the sources say of the lineage in, where they are silent, broken or at odds out."""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind

from .base import DERIVED, Checker

_DOUBTS: dict[str, Kind] = {
    "sources-differ": "fail",
    "adapter-differs": "fail",
    "config-differs": "review",
    "base-not-named": "review",
    "name-suggests": "review",
    "merge-not-listed": "review",
    "config-alone": "review",
    "not-an-id": "review",
    "library-name": "review",
    "not-found": "review",
    "local-path": "informational",
    # a fine-tune may be published only in a converted form, and put together from parts: both can be true, and every base is judged
    "relation-quantized": "informational",
    "relation-unstated": "informational",
    "relation-several": "informational",
    # what is in the folder is not what the card says: an adapter is not without its base
    "relation-adapter": "review",
    "title-of-another": "review",
}


#: what a card need not name: nothing of it is in the model, or its licence is kept elsewhere
_NOT_ASKED = ("serves", "evaluates", "code", "architecture", "tokenizer")


def lineage(check: Checker) -> Iterator[Finding]:
    subject = check.subject
    inside = subject.leaves is False
    for kind, component, other, evidence in subject.doubts:
        if not inside or kind in ("sources-differ", "adapter-differs"):
            yield check.finding(
                "lineage",
                _DOUBTS[kind],
                kind,
                {"component": component, "other": other, "material": other, "declared": subject.declared.id or ""},
                name=component,
                evidence=evidence,
                actions=_disclosed(check, kind, component),
            )
    for flaw, line, sentence in subject.card_flaws:
        where: Evidence = {"source": subject.card or "", "line": line, "key": "front matter", "value": "", "how": "declared"}
        if not inside or flaw == "broken-front-matter":
            weight: Kind = "informational" if flaw in ("no-front-matter", "unfilled-card") else "review"
            yield check.finding("lineage", weight, flaw, {"flaw": sentence}, evidence=(where,))
    for file, place, sentence in subject.file_flaws:
        broken: Evidence = {"source": file, "line": place, "key": "content", "value": "", "how": "declared"}
        yield check.finding("lineage", "review", "unreadable-file", {"file": file, "flaw": sentence}, evidence=(broken,))
    if not inside:
        yield from _copied_code(check)
        yield from _not_mentioned(check)
        yield from _nothing_known(check)
    for upstream in subject.components:
        if upstream.attributes.get("obtained", "mirror" if upstream.attributes.get("mirror") else None) == "mirror":
            yield check.finding(
                "lineage", "review", "mirrored", {"component": upstream.id}, component=upstream, evidence=upstream.evidence[:1]
            )


def _disclosed(check: Checker, kind: str, component: str | None) -> tuple[dict[str, str], ...]:
    """The sentence that would name a base which only a file of a tool names."""
    if component is None or kind not in ("config-alone", "merge-not-listed"):
        return ()
    from .disclosed import proposed, sentence

    return proposed(check, sentence(check, component, "merge" if kind == "merge-not-listed" else "finetune", None))


def _copied_code(check: Checker) -> Iterator[Finding]:
    """Code that says it was copied, from where nobody declares; without a head it has lost its notices."""
    declared = {part for component in check.subject.components if component.type == "code" for part in component.id.lower().split("/")}
    for header, copied in check.subject.copied:
        if str(copied["value"]).lower() not in declared:
            known = {"file": copied["source"], "package": copied["value"]}
            kind: Kind = "review" if header == "dropped" else "informational"
            sentence = "code-without-head" if header == "dropped" else "code-copied"
            about = f"{copied['source']} {copied['value']}"
            yield check.finding("lineage", kind, sentence, known, evidence=(copied,), about=about)


def _not_mentioned(check: Checker) -> Iterator[Finding]:
    subject = check.subject
    for component in subject.components:
        if len(component.path) > 1 or component.relation in _NOT_ASKED or _only_used(component):
            continue
        if component.id.lower() in subject.mentioned or not component.certain:
            continue
        from .disclosed import proposal  # most cards name what they were made from

        sentence = "not-in-card" if subject.card else "no-card"
        yield check.finding(
            "lineage",
            "review",
            sentence,
            {"component": component.id},
            component=component,
            evidence=component.evidence[:1],
            actions=proposal(check, component),
        )


def _only_used(component: Component) -> bool:
    """Outputs that were served or measured with, and trained on by nobody."""
    stages = set(component.attributes.get("stage") or ())
    return bool(stages) and component.relation == "outputs" and stages <= {"serve", "evaluate"}


def _nothing_known(check: Checker) -> Iterator[Finding]:
    subject = check.subject
    named = any(component.relation in DERIVED for component in subject.components)
    if named or subject.lineage_stated or subject.kind != "model" or not subject.looks_like_model:
        return
    told = next((evidence for claim, _, _, evidence in subject.claims if claim == "based-on"), None)
    if told is not None:
        known = {"where": f"{told['source']}:{told['line']}" if told["line"] else told["source"], "words": told["value"]}
        yield check.finding("lineage", "open", "base-not-told", known, evidence=(told,), missing="built_from")
        return
    where: Evidence = {"source": subject.card or ".", "line": 1, "key": "base_model", "value": "", "how": "declared"}
    yield check.finding("lineage", "open", "no-base", evidence=(where,), missing="built_from")
