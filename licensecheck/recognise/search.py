"""A text and the fingerprints in, the licence texts it holds out: a quick first test, and a comparison only for what passes it."""

from __future__ import annotations

from .candidates import candidates, hits_of
from .records import TextMatch
from .shingles import word_hashes
from .store import Fingerprints
from .words import words_of


def recognise(text: str, prints: Fingerprints) -> tuple[TextMatch, ...]:
    """Which known licence texts a file holds, in the order of the file; none for prose, links and texts unknown."""
    words = words_of(text)
    hashes = word_hashes(words.tokens)
    hits = hits_of(hashes, prints.index)
    counts = candidates(hits, prints.index)
    if not counts:
        return ()
    from .match import matches  # most files are no licence and need none of it

    return matches(words, hashes, hits, counts, prints)
