"""The shingles of a print and of a file in, the stretches they share out, in the order of both."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of the print and the stretch of the file that goes with it; ends are exclusive."""

    ref: int
    ref_end: int
    doc: int
    doc_end: int


class Side:
    """One sequence of shingles, also as bytes (for comparing stretches at once)."""

    __slots__ = ("items", "raw")

    def __init__(self, items: array[int]) -> None:
        self.items = items
        self.raw = items.tobytes()


def positions(items: array[int], start: int, end: int) -> dict[int, int]:
    """The first place of every shingle between `start` and `end`."""
    return dict(zip(items[start:end][::-1], range(end - 1, start - 1, -1), strict=True))


def align(ref: Side, doc: Side, where: Mapping[int, int]) -> list[Stretch]:
    """The heaviest chain of agreeing runs, in the order of both sides, its gaps searched once more on their own."""
    size = len(ref.items)
    chain = _trimmed(_heaviest(_runs(ref, doc, where, Stretch(0, size, 0, len(doc.items)))), size)
    if not chain:
        return []
    filled: list[Stretch] = []
    first, last = chain[0], chain[-1]
    ref_end, doc_end = 0, max(0, first.doc - first.ref - 64)
    beyond = min(len(doc.items), last.doc_end + size - last.ref_end + 64)
    for run in (*chain, Stretch(size, size, beyond, beyond)):
        if run.ref > ref_end and run.doc > doc_end:
            gap = Stretch(ref_end, run.ref, doc_end, run.doc)
            filled += _heaviest(_runs(ref, doc, positions(doc.items, doc_end, run.doc), gap))
        filled.append(run)
        ref_end, doc_end = run.ref_end, run.doc_end
    return _trimmed(_joined(filled[:-1]), size)


def _runs(ref: Side, doc: Side, where: Mapping[int, int], within: Stretch) -> list[Stretch]:
    """Agreeing runs found greedily along the print: where the last one would go on, else at the first place in the file."""
    position, stop, start, end = within
    items, others = ref.items, doc.items
    found: list[Stretch] = []
    shift = start - position
    while position < stop:
        place = position + shift
        if not (start <= place < end and others[place] == items[position]):
            place = where.get(items[position], -1)
            if place < 0:
                position += 1
                continue
        length = _common(ref.raw, position, stop, doc.raw, place, end)
        found.append(Stretch(position, position + length, place, place + length))
        shift = place - position
        position += length
    return found


def _common(left: bytes, start: int, stop: int, right: bytes, place: int, end: int) -> int:
    """How many shingles agree from there on, at least one."""
    limit = min(stop - start, end - place)
    length, step = 1, 256
    while step:
        while (
            length + step <= limit
            and left[4 * (start + length) : 4 * (start + length + step)] == right[4 * (place + length) : 4 * (place + length + step)]
        ):
            length += step
        step //= 4
    return length


def _heaviest(runs: list[Stretch]) -> list[Stretch]:
    """The runs, in the order of the file too, that agree on most: a longest increasing subsequence with weights."""
    if len(runs) < 2:
        return runs
    ends, weights, tails = [0], [0], [-1]
    before: list[int] = []
    for number, run in enumerate(runs):
        at = bisect_right(ends, run.doc) - 1
        before.append(tails[at])
        weight, end = weights[at] + run.ref_end - run.ref, run.doc_end
        slot = bisect_right(ends, end)
        if weights[slot - 1] >= weight:
            continue
        stop = bisect_right(weights, weight, slot)
        if ends[slot - 1] == end:
            slot -= 1
        ends[slot:stop], weights[slot:stop], tails[slot:stop] = [end], [weight], [number]
    chain: list[Stretch] = []
    last = tails[-1]
    while last >= 0:
        chain.append(runs[last])
        last = before[last]
    return chain[::-1]


def _joined(runs: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.ref_end == run.ref and last.doc_end == run.doc:
            joined[-1] = Stretch(last.ref, run.ref_end, last.doc, run.doc_end)
        else:
            joined.append(run)
    return joined


def _trimmed(chain: list[Stretch], size: int) -> list[Stretch]:
    """The chain without small agreements far away from the rest: a phrase of the licence quoted elsewhere in the file."""
    return _without_head(_without_head(chain, size)[::-1], size, -1)[::-1] if chain else chain


def _without_head(chain: list[Stretch], size: int, sign: int = 1) -> list[Stretch]:
    start = weight = 0
    for number in range(1, len(chain)):
        earlier, later = (chain[number - 1], chain[number])[::sign]
        weight += chain[number - 1].ref_end - chain[number - 1].ref
        extra = (later.doc - earlier.doc_end) - (later.ref - earlier.ref_end)
        if extra > 40 and (weight < size * 0.08 or weight < extra // 8):
            start = number
        elif weight >= size * 0.5:
            break
    return chain[start:]
