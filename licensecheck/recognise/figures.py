"""Differences of one number in, the number that stands in the licence out: the prints hold hashes, and there are few numbers to try."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain as joined
from typing import NamedTuple
from zlib import crc32

from .align import Stretch
from .shingles import WIDTH, little
from .store import Print
from .verdict import label_at
from .words import Words, figures

#: Numbers looked for in one text: trying one out takes milliseconds.
MAX_TRIED = 20


class Change(NamedTuple):
    """A number of the licence that is another one in the user's file: its section, its line, what it was and is."""

    label: str
    line: int
    was: str
    now: str


def other_figures(entry: Print, chain: list[Stretch], words: Words) -> list[Change]:
    """Numbers that end a sentence and are others in the file: a small number before a full stop is no word."""
    found = []
    for place, number in entry.figures:
        run = next((run for run in chain if run.ref < place < run.ref_end + WIDTH - 1), None)
        if run is None:
            continue
        there = run.doc + place - run.ref
        said = [other for at, other, _ in figures(words, words.line(there - 1), words.line(there)) if at == there]
        if said and number not in said:
            found.append(Change(label_at(entry, place - 1), words.line(there - 1), str(number), str(said[0])))
    return found


def replaced_numbers(entry: Print, hunks: Iterable[Stretch], words: Words, hashes: array[int]) -> Iterator[Change]:
    """Differences of one word that put another number in place of one."""
    single = [hunk for hunk in hunks if hunk.ref_end - hunk.ref == 1 == hunk.doc_end - hunk.doc]
    for hunk in [hunk for hunk in single if words.tokens[hunk.doc][0].isdigit()][:MAX_TRIED]:
        was = _number(entry, hunk, hashes)
        if was is not None:
            yield Change(label_at(entry, hunk.ref), words.line(hunk.doc), was, words.tokens[hunk.doc])


def _number(entry: Print, hunk: Stretch, hashes: array[int]) -> str | None:
    """The one number that with the words around it has the hashes of the print."""
    frames: list[tuple[int, int, bytes]] = []
    for back in range(WIDTH - 1, -1, -1):
        start, place = hunk.ref - back, hunk.doc - back
        if 0 <= start < len(entry.shingles) and place >= 0 and place + WIDTH <= len(hashes):
            before, after = hashes[place : hunk.doc], hashes[hunk.doc + 1 : place + WIDTH]
            frames.append((entry.shingles[start], crc32(little(before)), little(after)))
    if len(frames) < 2:
        return None
    for number in _candidates():
        word = crc32(number.encode()).to_bytes(4, "little")
        if all(crc32(word + after, before) == wanted for wanted, before, after in frames):
            return number
    return None


def _candidates() -> Iterator[str]:
    """Numbers that occur in licences: small ones, years, versions, round ones with and without separators."""
    plain = map(str, range(2101))
    versions = (f"{major}.{minor}" for major in range(21) for minor in range(10))
    large = (leading * 10**zeros for zeros in range(2, 10) for leading in range(1, 1000))
    return joined(plain, versions, (form for number in large for form in (str(number), f"{number:,}")))
