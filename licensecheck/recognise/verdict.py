"""Differences from a print in, what they mean for its sections out: altered, missing, and where each stands in the file."""

from __future__ import annotations

from bisect import bisect_right

from .align import Stretch
from .differences import size_of
from .shingles import WIDTH
from .store import Print
from .words import Words

#: A section of which this share of the words is gone is missing rather than altered.
MISSING_SHARE = 0.85


def with_label(labels: tuple[str, ...], label: str) -> tuple[str, ...]:
    return labels if label in labels else (*labels, label)


def judged(entry: Print, hunks: list[Stretch], words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sections that differ and sections that are not there at all, in the order of the text."""
    if not hunks:
        return (), ()
    starts = [start for start, _ in entry.sections]
    ends = [*starts[1:], size_of(entry)]
    lost = [0] * len(ends)
    touched = set()
    for hunk in hunks:
        number = max(0, bisect_right(starts, hunk.ref) - 1)
        if hunk.ref == hunk.ref_end:
            touched.add(_receiver(starts, number, hunk, words))
        while hunk.ref < hunk.ref_end and number < len(ends) and starts[number] < hunk.ref_end:
            loss = min(ends[number], hunk.ref_end) - max(starts[number], hunk.ref)
            if loss:
                lost[number] += loss
                touched.add(number)
            number += 1
    sizes: dict[str, int] = {}
    losses: dict[str, int] = {}
    for (start, label), end, loss in zip(entry.sections, ends, lost, strict=True):
        sizes[label] = sizes.get(label, 0) + end - start
        losses[label] = losses.get(label, 0) + loss
    labels = dict.fromkeys([entry.sections[number][1] for number in sorted(touched)])
    missing = tuple([label for label in labels if losses[label] and losses[label] >= MISSING_SHARE * sizes[label]])
    return tuple([label for label in labels if label not in missing]), missing


def _receiver(starts: list[int], number: int, hunk: Stretch, words: Words) -> int:
    """The section that words put in between two belong to: the one before, unless they stand on the line of the one after."""
    if number == 0 or hunk.ref != starts[number]:
        return number
    before, start, end, after = map(words.line, (hunk.doc - 1, hunk.doc, hunk.doc_end - 1, hunk.doc_end))
    return number if start != before and end == after else number - 1


def label_at(entry: Print, position: int) -> str:
    """The section that a word of the print belongs to."""
    return entry.sections[bisect_right(entry.sections, (position, "\uffff")) - 1][1]


def spans_of(entry: Print, chain: list[Stretch]) -> list[tuple[str, int, int]]:
    """Label, first and last word in the file of each section, as far as its words are there; a mark without words has those of the next."""
    spans: list[tuple[str, int, int]] = []
    starts = [start for start, _ in entry.sections]
    at = 0
    for (start, label), end in zip(entry.sections, [*starts[1:], size_of(entry)], strict=True):
        while at < len(chain) - 1 and chain[at].ref_end + WIDTH - 1 <= start:
            at += 1
        first = last = -1
        for number in range(at, len(chain)):
            run = chain[number]
            if run.ref >= max(end, start + 1):
                break
            low, high = max(start, run.ref), min(max(end, start + 1), run.ref_end + WIDTH - 1)
            if low < high:
                first = run.doc + low - run.ref if first < 0 else first
                last = run.doc + high - 1 - run.ref
        if first >= 0:
            spans.append((label, first, last))
    return spans
