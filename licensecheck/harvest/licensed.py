"""A card in, the sentences that say under which licence this very model is given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from licensecheck.evidence import observed
from licensecheck.report import Evidence

from .documents import Document, is_denied, is_skipped, is_written_here, sentences_with

_STOPS = (". ", ".\n", "\n\n", ";", "。", "，", ", ", "；", "(", "（", " | ")
_MOST_WORDS = 90
_MOST = 5


def licenses_stated(document: Document, words: Mapping[str, Sequence[str]]) -> tuple[Evidence, ...]:
    """What stands behind "this model is released under", as written; which licence that is, others know."""
    found: dict[int, Evidence] = {}
    for position, phrase, sentence in sentences_with(document.content, list(words["before"])):
        before = sentence[: max(0, sentence.find(phrase))]
        if not any(word in before for word in words["object"]) or any(word in sentence for word in words["not"]):
            continue
        if is_denied(document.content, position, sentence, phrase, list(words["denied"])):
            continue
        if is_skipped(document, position) or is_written_here(document, position) or len(found) >= _MOST:
            continue
        start = position + len(phrase)
        tail = document.content[start : start + _MOST_WORDS]
        tail = tail[: min((at for mark in _STOPS if (at := tail.find(mark)) >= 0), default=len(tail))].split("\n\n")[0]
        line = document.content.count("\n", 0, position) + 1
        snippet = document.content.split("\n")[line - 1]
        if tail.strip():
            # the longer phrases come first
            found.setdefault(line, observed(document.source, line, "sentence", " ".join(tail.split()), "prose", snippet))
    return tuple(found.values())


def licenses_of_data(documents: Iterable[Document], words: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The same of the data beside the model; a document that is about the data by its name need not say so."""
    of_data, found = words["of_data"], list[Evidence]()
    for document in documents:
        about = any(word in document.source.lower() for word in of_data["documents"])
        found += licenses_stated(document, {**words, "object": [""] if about else of_data["object"], "not": of_data["not"]})
    return tuple(found)
