"""Agreeing runs in, what differs out: the stretches of words that the print or the file has alone."""

from __future__ import annotations

from array import array

from .align import Stretch
from .shingles import WIDTH
from .store import BLANK, HEAD, OWN, TAIL, Print

#: Words that may be filled in where a text leaves a blank for names and years.
MAX_FILLED = 16


def size_of(entry: Print) -> int:
    """How many words the text has."""
    return len(entry.shingles) + WIDTH - 1


def hunks_of(entry: Print, chain: list[Stretch], doc: array[int]) -> list[Stretch]:
    """What differs, in words: of the text alone, of the file alone, one in place of the other; and what is missing before and after."""
    starts = {start for start, _ in entry.sections}
    first, last = chain[0], chain[-1]
    found = [Stretch(0, first.ref, first.doc, first.doc)] if first.ref else []
    for run, later in zip(chain, chain[1:], strict=False):
        found.append(_between(run, later, starts, _overlap(entry.shingles, doc, run, later)))
    end, doc_end = last.ref_end + WIDTH - 1, last.doc_end + WIDTH - 1
    if end < size_of(entry):
        found.append(Stretch(end, size_of(entry), doc_end, doc_end))
    return found


def _overlap(ref: array[int], doc: array[int], run: Stretch, later: Stretch) -> int:
    """How many shingles before the later run agree too: they may as well belong to it as to the run before."""
    count = 0
    while count < run.ref_end - run.ref and later.doc - count > run.doc and ref[later.ref - count - 1] == doc[later.doc - count - 1]:
        count += 1
    return count


def _between(run: Stretch, later: Stretch, starts: set[int], more: int) -> Stretch:
    """What lies between two runs. Where the same words end and begin what was put in or left out, it may slide: to a section's start."""
    ref, doc = run.ref_end + WIDTH - 1, run.doc_end + WIDTH - 1
    shared = min(later.ref - ref, later.doc - doc, 0)
    slide = next((step for step in range(more - shared + 1) if ref - step in starts), 0)
    ref, doc = ref - slide, doc - slide
    return Stretch(ref, max(ref, later.ref - shared - slide), doc, max(doc, later.doc - shared - slide))


def binding(entry: Print, hunks: list[Stretch]) -> list[Stretch]:
    """The differences that count, without the title where more than the title is missing."""
    found = [hunk for hunk in hunks if not is_free(entry, hunk)]
    if found and not found[0].ref:
        title = max((end for _, end, kind in entry.stretches if kind == HEAD), default=0)
        found[0] = found[0]._replace(ref=min(title, found[0].ref_end))
    return found


def is_free(entry: Print, hunk: Stretch) -> bool:
    """May a faithful copy differ there: a title or a notice left out, a name filled in, an appendix left out?"""
    inserted = hunk.doc_end - hunk.doc
    for start, end, kind in entry.stretches:
        if kind == HEAD and hunk.ref_end <= end and not inserted:
            return True
        if kind == BLANK and start <= hunk.ref < hunk.ref_end <= end and inserted <= MAX_FILLED:
            return True
        if kind == TAIL and start <= hunk.ref and hunk.ref_end == size_of(entry):
            return True
    return False


def lacks_its_own(entry: Print, hunks: list[Stretch]) -> bool:
    """Is most of what the text does not share with a more general one missing? Then the file holds the other."""
    own = [(start, end) for start, end, kind in entry.stretches if kind == OWN]
    lost = sum(max(0, min(end, hunk.ref_end) - max(start, hunk.ref)) for start, end in own for hunk in hunks)
    return 2 * lost > sum(end - start for start, end in own)


def may_differ(entry: Print) -> int:
    """How many shingles a faithful copy may lack."""
    return sum([end - start + WIDTH for start, end, kind in entry.stretches if kind != OWN])
