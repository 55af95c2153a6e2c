"""What every check of a subject needs: the subject, the words, and one way to make a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.engine.caps import Caps
from licensecheck.engine.findings import Words, check_finding, fill
from licensecheck.facts.observed import Page
from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind, Remedy

#: relations through which the weights of a component are in the subject
DERIVED = ("finetune", "adapter", "merge", "quantized")


class Checker:
    """One subject under check, in one language."""

    def __init__(self, subject: Subject, words: Words, topics: Mapping[str, Any], caps: Caps) -> None:
        self.subject = subject
        self.words = words
        self.topics = topics
        self.caps = caps
        #: by finding: the kind it would have if copies went to others
        self.if_released: dict[str, Kind] = {}
        self._lowered: list[tuple[Page, str]] | None = None

    @property
    def based(self) -> bool:
        """Does the lineage name anything whose weights are inside?"""
        return any(component.relation in DERIVED for component in self.subject.components)

    def documents(self) -> list[tuple[Page, str]]:
        """Every document with its words in lower case."""
        if self._lowered is None:
            self._lowered = [(page, page.words.text.lower()) for page in self.subject.observed.documents]
        return self._lowered

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
        about: str = "",
    ) -> Finding:
        """A finding with the sentence `checks.<sentence>` of messages.yaml; its remedy is the sentence's own, and so may its slug be."""
        row = self.words.messages["checks"][sentence]
        blanks = {"subject": self.subject.name, **(blanks or {})}
        message = fill(self.words.pick(row["says"]), {key: str(value) for key, value in blanks.items()})
        remedy: Remedy | None = None
        if "help" in row and (actions or kind in ("fail", "review", "open")):
            listed: Any = [*actions]
            remedy = {
                "summary": fill(self.words.pick(row["help"]), {key: str(value) for key, value in blanks.items()}),
                "actions": listed,
                "command": None,
            }
        found = check_finding(
            topic,
            kind,
            message,
            subject=self.subject.name,
            title=self.words.pick(row.get("title") or self.topics["checks"][topic]["title"]),
            layer=str(row.get("layer") or self.topics["checks"][topic]["layer"]),
            slug=str(row.get("slug", sentence if sentence != topic else "")),
            component=component.id if component else name,
            path=[list(step) for step in component.path] if component else None,
            evidence=[item for item in evidence if item is not None],
            section=section,
            url=url,
            remedy=remedy,
            missing=missing,
            about=about,
        )
        if section is not None and component is not None and component.edition is not None:
            found["citation"]["text"] = component.edition["text"]
        return found
