"""Word hashes of a file and the index in, the prints worth comparing out: those of whose sample enough occurs in the file."""

from __future__ import annotations

from array import array
from bisect import bisect_left

from .shingles import sampled
from .store import Index

#: Share of a print's sample that must occur for it to be compared, and the fewest hits.
MIN_SHARE = 0.12
MIN_HITS = 3
#: How many prints are compared for one licence in one file, and how near to the best they must be, by their hits.
MAX_COMPARED = 10
NEAR = 0.6
#: Shingles found in the file, by the group of prints they belong to: their places.
Hits = dict[int, list[int]]


def hits_of(hashes: array[int], index: Index) -> Hits:
    """Where sampled shingles of any known text occur in the file."""
    samples, groups, size = index.samples, index.groups, len(index.samples)
    hits: Hits = {}
    for shingle, place in sampled(hashes):
        at = bisect_left(samples, shingle)
        if at < size and samples[at] == shingle:
            hits.setdefault(groups[at], []).append(place)
    return hits


def without(hits: Hits, start: int, end: int) -> Hits:
    """The hits outside a stretch of the file."""
    return {group: left for group, places in hits.items() if (left := [place for place in places if not start <= place < end])}


def tally(hits: Hits, index: Index) -> dict[int, int]:
    """How many hits each print has."""
    found: dict[int, int] = {}
    starts, members = index.starts, index.members
    for group, places in hits.items():
        count = len(places)
        for number in members[starts[group] : starts[group + 1]]:
            found[number] = found.get(number, 0) + count
    return found


def candidates(hits: Hits, index: Index) -> dict[int, int]:
    """The tally of prints of whose sample enough occurs, the best first."""
    counts = index.counts
    found = tally(hits, index).items()
    enough = [(-hit, number) for number, hit in found if hit >= MIN_SHARE * counts[number] and hit >= min(MIN_HITS, counts[number])]
    return {number: -hit for hit, number in sorted(enough)}


def shared_words(number: int, hits: int, index: Index) -> float:
    """About how many words the file shares with a print."""
    return hits * index.sizes[number] / index.counts[number] / 4


def nearest(numbers: list[int], counts: dict[int, int], index: Index) -> list[int]:
    """Those of the prints that share most with the file, as far as their samples tell."""
    shared = {number: shared_words(number, counts[number], index) for number in numbers}
    least = NEAR * max(shared.values())
    return [number for number in sorted(shared, key=lambda number: (-shared[number], number))[:MAX_COMPARED] if shared[number] >= least]
