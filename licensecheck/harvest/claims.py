"""Documents in, what they claim about where the model comes from out, each with its sentence and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from licensecheck.evidence import observed
from licensecheck.report import Evidence

from .documents import Document, is_skipped, sentences_with


class Claim(NamedTuple):
    """One claim: its id, whether it is made of the whole model without reserve, and the sentence it stands in (lower case)."""

    id: str
    strong: bool
    sentence: str
    evidence: Evidence


def claims_in(documents: Iterable[Document], phrases: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Every claim, at most one of a kind per sentence; what a sentence takes back or says of something else does not count."""
    found: dict[tuple[str, str, str], Claim] = {}
    ignored = phrases["claims_not"]
    for document in documents:
        for claim, words in phrases["claims"].items():
            for strong in (True, False):
                for position, phrase, sentence in sentences_with(document.content, words["strong" if strong else "soft"]):
                    if is_skipped(document, position) or any(word in sentence for word in ignored["negation"]):
                        continue
                    key = (claim, document.source, sentence)
                    sure = strong and not _about_something_else(sentence, position, phrase, ignored["other_object"])
                    if key not in found:
                        found[key] = Claim(claim, sure, sentence, _evidence(document, position, phrase, claim))
    return tuple(found.values())


def _about_something_else(sentence: str, position: int, phrase: str, objects: list[str]) -> bool:
    """The claim is made of a tool or a part: such a word stands close to it, within one clause."""
    at = sentence.find(phrase)
    before = max(sentence.rfind(mark, 0, at) for mark in (",", ";", "\uff0c", "\uff1b"))
    after = min(
        (found for mark in (",", ";", "\uff0c", "\uff1b") if (found := sentence.find(mark, at + len(phrase))) >= 0), default=len(sentence)
    )
    clause = sentence[before + 1 : after]
    return any(word in clause for word in objects)


def _evidence(document: Document, position: int, phrase: str, claim: str) -> Evidence:
    line = document.content.count("\n", 0, position) + 1
    start = document.content.rfind("\n", 0, position) + 1
    end = document.content.find("\n", position)
    snippet = document.content[start : end if end >= 0 else len(document.content)]
    return observed(document.source, line, f"claims.{claim}", document.content[position : position + len(phrase)], "prose", snippet)
