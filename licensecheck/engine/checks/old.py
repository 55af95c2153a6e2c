"""The subject itself in, findings that no licence clause is behind out: its declared licence, its licence files, its lineage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind, Remedy

from .findings import Words, check_finding, fill

_DERIVED = ("finetune", "adapter", "merge", "quantized")


class Checks:
    """All checks of one subject, in one language."""

    def __init__(self, subject: Subject, words: Words, topics: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
        self.subject = subject
        self.words = words
        self.topics = topics
        self.texts = texts

    def run(self) -> list[Finding]:
        found: list[Finding] = []
        for check in CHECKS:
            found.extend(check(self))
        return found

    def finding(
        self,
        topic: str,
        kind: Kind,
        sentence: str,
        blanks: Mapping[str, Any] | None = None,
        *,
        component: Component | None = None,
        name: str | None = None,
        evidence: tuple[Evidence | None, ...] = (),
        actions: tuple[dict[str, str], ...] = (),
        section: str | None = None,
        url: str | None = None,
        missing: str | None = None,
    ) -> Finding:
        """A finding with the sentence `checks.<sentence>` of messages.yaml; its remedy is the sentence's own."""
        row = self.words.messages["checks"][sentence]
        blanks = {"subject": self.subject.name, **(blanks or {})}
        message = fill(self.words.pick(row["says"]), {key: str(value) for key, value in blanks.items()})
        remedy: Remedy | None = None
        if "help" in row and kind in ("fail", "review", "open"):
            listed: Any = [*actions]
            remedy = {
                "summary": fill(self.words.pick(row["help"]), {key: str(value) for key, value in blanks.items()}),
                "actions": listed,
                "command": None,
            }
        return check_finding(
            topic,
            kind,
            message,
            subject=self.subject.name,
            title=self.words.pick(self.topics["checks"][topic]["title"]),
            layer=str(self.topics["checks"][topic]["layer"]),
            slug=sentence if sentence != topic else "",
            component=component.id if component else name,
            path=[list(step) for step in component.path] if component else None,
            evidence=[item for item in evidence if item is not None],
            section=section,
            url=url,
            remedy=remedy,
            missing=missing,
        )

    # --- declared-license

    def declared_license(self) -> Iterator[Finding]:
        subject, declared = self.subject, self.subject.declared
        if subject.leaves is False and declared.raw is None:
            return
        if declared.raw is None:
            yield from self._nothing_declared()
        elif declared.id in ("other", None) and declared.raw == "other" and not declared.name:
            yield self.finding(
                "declared-license", "review", "other-without-name", {"found": self._copies_named()}, evidence=(declared.evidence,)
            )
        elif declared.id is None:
            hint = declared.suggestion
            yield self.finding(
                "declared-license",
                "review" if hint or not declared.name else "informational",
                "misspelt-id" if hint else "own-name" if declared.name else "unknown-id",
                {"declared": declared.name or declared.raw, "suggestion": hint or ""},
                evidence=(declared.evidence,),
            )
        yield from self._against_lineage()

    def _nothing_declared(self) -> Iterator[Finding]:
        subject = self.subject
        if subject.kind != "model" or (subject.card is None and not subject.looks_like_model):
            return
        copies = self._copies_named()
        where: Evidence = {"source": subject.card or ".", "line": 1, "key": "license", "value": "", "how": "declared"}
        yield self.finding(
            "declared-license",
            "informational" if copies else "review",
            "declared-nowhere" if not copies else "declared-in-file",
            {"found": copies},
            evidence=(where,),
        )

    def _copies_named(self) -> str:
        return ", ".join(dict.fromkeys(f"{copy.license} ({copy.source})" for copy in self.subject.observed.copies if copy.license))

    def _effective(self) -> tuple[str | None, Evidence | None]:
        """What the subject is offered under: what the card declares, else the one licence text at hand."""
        declared = self.subject.declared
        if declared.raw is not None:
            return declared.id, declared.evidence
        own = {copy.license: copy for copy in self.subject.observed.copies if copy.license and "/" not in copy.source}
        if len(own) != 1:
            return None, None
        ((name, copy),) = own.items()
        return name, {"source": copy.source, "line": copy.line, "key": "license text", "value": str(name), "how": "declared"}

    def _against_lineage(self) -> Iterator[Finding]:
        """A licence of the weights that does not allow other terms travels on: the card has to say so."""
        offered, evidence = self._effective()
        if offered is None and not (self.subject.declared.name and evidence):
            return
        inherited = [c for c in self.subject.components if c.relation in _DERIVED and c.license and c.type == "model"]
        licenses = {component.license for component in inherited}
        agreed = False
        for component in inherited:
            if component.license == offered:
                agreed = True
                continue
            yield from self._one_inherited(component, offered, evidence, licenses)
        if agreed and self.subject.declared.raw is not None:
            yield self.finding("declared-license", "pass", "declared-fits", {"declared": offered}, evidence=(evidence,))

    def _one_inherited(
        self, component: Component, offered: str | None, evidence: Evidence | None, licenses: set[str | None]
    ) -> Iterator[Finding]:
        brief = self.subject.briefs.get(component.license or "", {})
        terms = brief.get("own_terms") or {"allowed": "conditional", "section": None}
        if terms["allowed"] == "yes":
            return
        forbids = terms["allowed"] == "no" or (not self._commercial(component.license) and self._commercial(offered))
        sure = component.certain and component.verified and brief.get("known") and offered is not None and offered not in licenses
        kind: Kind = "fail" if forbids and sure else "review"
        sentence = (
            "declares-more"
            if forbids and offered not in licenses
            else "declares-one-of-several"
            if offered in licenses
            else "declares-other"
        )
        yield self.finding(
            "declared-license",
            kind,
            sentence,
            {
                "declared": offered or self.subject.declared.name,
                "component": component.id,
                "license": component.license,
                "section": terms["section"] or "",
            },
            component=component,
            evidence=(evidence, *component.evidence[:1]),
            actions=({"kind": "set-field", "file": self.subject.card or "README.md", "proposal": self._field(component.license)},),
            section=terms["section"],
            url=brief.get("url"),
        )

    def _commercial(self, license_id: str | None) -> bool:
        brief = self.subject.briefs.get(license_id or "", {})
        return bool((brief.get("commercial") or {"allowed": True})["allowed"])

    def _field(self, license_id: str | None) -> str:
        brief = self.subject.briefs.get(license_id or "", {})
        return f"license: {license_id}" if brief.get("hub") else f"license: other\nlicense_name: {license_id}\nlicense_link: LICENSE"

    # --- license-text

    def license_text(self) -> Iterator[Finding]:
        subject, declared = self.subject, self.subject.declared
        if subject.missing_link is not None and subject.leaves is not False:
            yield self.finding(
                "license-text", "review", "link-to-nothing", {"file": subject.missing_link["value"]}, evidence=(subject.missing_link,)
            )
        if declared.id is None:
            return
        copies = [copy for copy in subject.observed.copies if copy.license]
        expected = {declared.id, *(component.license for component in subject.components)}
        if any(copy.license == declared.id for copy in copies):
            yield self.finding("license-text", "pass", "text-fits", {"declared": declared.id}, evidence=(declared.evidence,))
            return
        disputed = any(
            c.relation in _DERIVED and (subject.briefs.get(c.license or "", {}).get("own_terms") or {}).get("allowed") == "no"
            for c in subject.components
        )
        for copy in copies:
            strange = copy.license not in expected
            if not strange and not disputed:
                continue
            evidence: Evidence = {
                "source": copy.source,
                "line": copy.line,
                "key": "license text",
                "value": str(copy.license),
                "how": "declared",
            }
            nested = "/" in copy.source
            kind: Kind = "informational" if nested else "fail"
            yield self.finding(
                "license-text",
                kind,
                "text-differs",
                {"file": copy.source, "found": copy.license, "declared": declared.id},
                evidence=(evidence, declared.evidence),
            )

    # --- lineage

    def lineage(self) -> Iterator[Finding]:
        subject = self.subject
        inside = subject.leaves is False
        for kind, component, other, evidence in subject.doubts:
            if not inside or kind in ("sources-differ", "adapter-differs"):
                yield self.finding(
                    "lineage",
                    _DOUBTS[kind],
                    kind,
                    {"component": component, "other": other, "material": other, "declared": subject.declared.id or ""},
                    name=component,
                    evidence=evidence,
                )
        for flaw, line, sentence in subject.card_flaws:
            where: Evidence = {"source": subject.card or "", "line": line, "key": "front matter", "value": "", "how": "declared"}
            if not inside or flaw == "broken-front-matter":
                yield self.finding(
                    "lineage", "informational" if flaw == "no-front-matter" else "review", flaw, {"flaw": sentence}, evidence=(where,)
                )
        for file, place, sentence in subject.file_flaws:
            broken: Evidence = {"source": file, "line": place, "key": "content", "value": "", "how": "declared"}
            yield self.finding("lineage", "review", "unreadable-file", {"file": file, "flaw": sentence}, evidence=(broken,))
        if not inside:
            yield from self._not_mentioned()
            yield from self._nothing_known()
        for upstream in subject.components:
            if upstream.attributes.get("obtained") == "mirror":
                yield self.finding(
                    "lineage", "review", "mirrored", {"component": upstream.id}, component=upstream, evidence=upstream.evidence[:1]
                )

    def _not_mentioned(self) -> Iterator[Finding]:
        subject = self.subject
        for component in subject.components:
            if len(component.path) > 1 or component.relation in ("serves", "evaluates", "code", "architecture", "tokenizer"):
                continue
            if component.id.lower() in subject.mentioned or not component.certain:
                continue
            sentence = "not-in-card" if subject.card else "no-card"
            yield self.finding(
                "lineage", "review", sentence, {"component": component.id}, component=component, evidence=component.evidence[:1]
            )

    def _nothing_known(self) -> Iterator[Finding]:
        subject = self.subject
        named = any(component.relation in _DERIVED for component in subject.components)
        if named or subject.lineage_stated or subject.kind != "model" or not subject.looks_like_model:
            return
        where: Evidence = {"source": subject.card or ".", "line": 1, "key": "base_model", "value": "", "how": "declared"}
        yield self.finding("lineage", "open", "no-base", evidence=(where,), missing="built_from")

    # --- unknown-license

    def unknown_license(self) -> Iterator[Finding]:
        for component in self.subject.components:
            if component.relation in ("evaluates", "tokenizer", "architecture") or component.id == "":
                continue
            brief = self.subject.briefs.get(component.license or "", {})
            if brief.get("known"):
                continue
            evidence = component.evidence[:1]
            if component.license in (None, "other", "unknown"):
                kind: Kind = "open" if len(component.path) == 1 and component.certain else "informational"
                yield self.finding(
                    "unknown-license",
                    kind,
                    "license-unknown",
                    {"component": component.id},
                    component=component,
                    evidence=evidence,
                    missing="component.license",
                )
                continue
            standard = bool(brief.get("hub") and brief.get("spdx"))
            far = len(component.path) > 1 or component.personal
            yield self.finding(
                "unknown-license",
                "informational" if standard or far else "review",
                "no-rules",
                {"component": component.id, "license": component.license},
                component=component,
                evidence=evidence,
            )


_DOUBTS: dict[str, Kind] = {
    "sources-differ": "fail",
    "adapter-differs": "fail",
    "config-differs": "review",
    "base-not-named": "review",
    "name-suggests": "review",
    "merge-not-listed": "review",
    "not-an-id": "review",
    "local-path": "informational",
}
#: Every check, in the order of the report; to add one, add a line.
CHECKS: tuple[Callable[[Checks], Iterator[Finding]], ...] = (
    Checks.declared_license,
    Checks.license_text,
    Checks.lineage,
    Checks.unknown_license,
)
