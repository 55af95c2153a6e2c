"""Words in, one hash per run of four words out: stable between machines, versions and runs."""

from __future__ import annotations

import sys
from array import array
from zlib import crc32

#: Words per shingle. A changed word breaks four shingles; chance agreement of four words in a row is rare in other prose.
WIDTH = 4
#: A shingle is sampled if its first word's hash is divisible by this: the others need not even be computed to find candidates.
ANCHOR = 4
#: Of long texts, only one sampled shingle in so many is listed in the index.
THINNING = 4


def word_hashes(tokens: list[str]) -> array[int]:
    """One hash per word."""
    return array("I", map(crc32, map(str.encode, tokens)))


def shingles_of(hashes: array[int]) -> array[int]:
    """Hashes of all runs of `WIDTH` words, in order.

    >>> shingles_of(word_hashes("you may copy this".split())) == shingles_of(word_hashes("you may copy this work".split()))[:1]
    True
    """
    raw, end = little(hashes), 4 * WIDTH
    return array("I", [crc32(raw[start : start + end]) for start in range(0, len(raw) - end + 4, 4)])


def sampled(hashes: array[int]) -> list[tuple[int, int]]:
    """(shingle, place) wherever a sampled shingle begins."""
    raw, end = little(hashes), 4 * WIDTH
    stop = len(hashes) - WIDTH + 1
    places = [place for place, word in enumerate(hashes) if not word % ANCHOR and place < stop]
    return [(crc32(raw[4 * place : 4 * place + end]), place) for place in places]


def little(items: array[int]) -> bytes:
    """The bytes that are hashed, the same on every machine."""
    if sys.byteorder == "big":
        items = items[:]
        items.byteswap()
    return items.tobytes()
