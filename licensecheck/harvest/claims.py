"""Documents in, what they claim about where the model comes from out, each with its sentence and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from licensecheck.evidence import observed
from licensecheck.records import Record
from licensecheck.report import Evidence

from .documents import Document, is_skipped
from .lexicon import Lexicon
from .sentences import sentences_about

#: Of all documents of a folder; a card has a dozen.
_MOST_SENTENCES = 300
#: characters; what is longer counts for several
_USUAL = 200


class Claim(Record):
    """One claim: its id, whether it is made of the whole model without reserve, and the sentence it stands in (lower case)."""

    id: str
    strong: bool
    sentence: str
    evidence: Evidence


def claims_in(
    documents: Iterable[Document], lexicon: Lexicon, own: Sequence[str] = (), notes: list[str] | None = None
) -> tuple[Claim, ...]:
    """Every claim, at most one of a kind per sentence; `own` are names of the subject, in lower case; `notes` take what was left unread."""
    found: dict[tuple[str, str, str], Claim] = {}
    left, count = _MOST_SENTENCES, 0
    for document in documents:
        for sentence in sentences_about(document.content, lexicon.stems, lexicon.simplified, lexicon.stems_beside_names, lexicon.families):
            from .reading import read  # most documents have no such sentence

            left -= 1 + len(sentence.text) // _USUAL
            if left < 0:
                if notes is not None:
                    notes.append(f"{document.source}: only {count} sentences of all documents were read for claims of origin")
                return tuple(found.values())
            count += 1
            for claim, strong, start, end in read(sentence, lexicon, own):
                first, last = sentence.places[start], sentence.places[end - 1]
                key = (claim, document.source, sentence.text)
                if key not in found and not is_skipped(document, first):
                    found[key] = Claim(claim, strong, sentence.text, _evidence(document, first, last + 1, claim))
    return tuple(found.values())


def _evidence(document: Document, position: int, end: int, claim: str) -> Evidence:
    line = document.content.count("\n", 0, position) + 1
    start = document.content.rfind("\n", 0, position) + 1
    stop = document.content.find("\n", position)
    snippet = document.content[start : stop if stop >= 0 else len(document.content)]
    return observed(document.source, line, f"claims.{claim}", " ".join(document.content[position:end].split()), "prose", snippet)
