"""The folder of fingerprints in, sketches and prints of licence texts out, read when needed and checked by their sums."""

from __future__ import annotations

import os
import sys
from array import array
from zlib import crc32

from licensecheck.errors import InputError, Problem

INDEX_NAME = "index.bin"
PRINTS_NAME = "prints.bin"
MAGIC = b"LCFP0002"
#: Kinds of stretches: a head and a tail may be missing in a copy, blanks are filled in; of what is its own, not borrowed from another text,
#: some must be there.
HEAD, BLANK, TAIL, OWN = 0, 1, 2, 3


class Print:
    """One edition of one text: its shingles, where each section begins (in words), and where copies may differ (or may not)."""

    __slots__ = ("figures", "sections", "shingles", "stretches")

    def __init__(
        self,
        shingles: array[int],
        sections: tuple[tuple[int, str], ...],
        stretches: tuple[tuple[int, int, int], ...],
        figures: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.shingles = shingles
        #: (first word, label), in order; a section ends where the next begins, and a label may occur more than once.
        self.sections = sections
        #: (first word, word after the last, kind)
        self.stretches = stretches
        #: (words before it, number): numbers that end a sentence and look like list markers, so that they are no words.
        self.figures = figures


class Index:
    """What chooses candidates: sampled shingles, sorted, each with the group of prints it occurs in; and where each print is stored."""

    __slots__ = ("arrays", "counts", "groups", "members", "offsets", "same", "samples", "sizes", "starts", "sums", "texts")

    def __init__(self, arrays: list[array[int]], texts: list[str], same: dict[str, str]) -> None:
        self.arrays = arrays
        self.samples, self.groups, self.starts, self.members, self.counts, self.offsets, self.sizes, self.sums = arrays
        self.texts = texts
        self.same = same


#: Item types of the arrays of an index, in order: `members[starts[g]:starts[g + 1]]` are the prints of group `g`.
INDEX_TYPES = "IHIHHIII"


class Fingerprints:
    """All known texts of a folder of fingerprints. Nothing is read before it is needed."""

    __slots__ = ("_index", "_prints", "directory")

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self._index: Index | None = None
        self._prints: dict[int, Print] = {}

    @property
    def index(self) -> Index:
        if self._index is None:
            self._index = _read_index(os.path.join(self.directory, INDEX_NAME))
        return self._index

    @property
    def texts(self) -> tuple[str, ...]:
        """Ids of all texts known, the other names of the same text included."""
        return tuple(sorted({*self.index.texts, *self.index.same}))

    def canonical(self, text: str) -> str:
        """The id under which a text is recognised: some are stored under several names, word for word the same."""
        return self.index.same.get(text, text)

    def load(self, number: int) -> Print:
        """The print of that number in the index."""
        known = self._prints.get(number)
        if known is None:
            known = self._prints[number] = self._read_print(number)
        return known

    def _read_print(self, number: int) -> Print:
        path = os.path.join(self.directory, PRINTS_NAME)
        index = self.index
        try:
            with open(path, "rb", buffering=0) as file:
                file.seek(index.offsets[number])
                raw = file.read(index.sizes[number])
        except OSError as error:
            raise _broken(path, f"cannot be read ({error.strerror})") from error
        if crc32(raw) != index.sums[number]:
            raise _broken(path, "does not belong to the index beside it")
        return unpack_print(raw)


def load_fingerprints(directory: str | os.PathLike[str]) -> Fingerprints:
    """The fingerprints in a folder; whether they are whole shows when they are first used."""
    return Fingerprints(os.fspath(directory))


def _broken(path: str, what: str) -> InputError:
    return InputError([Problem(path, None, f"{what}: build it anew with python -m licensecheck.recognise.build")])


def _read_index(path: str) -> Index:
    try:
        with open(path, "rb", buffering=0) as file:
            raw = file.read()
    except OSError as error:
        raise _broken(path, f"cannot be read ({error.strerror})") from error
    start = len(MAGIC) + 4
    body = memoryview(raw)[start:]
    if raw[: len(MAGIC)] != MAGIC or crc32(body).to_bytes(4, "little") != raw[len(MAGIC) : start]:
        raise _broken(path, "is not an index of fingerprints or is damaged")
    arrays, lines = _unpack(body, INDEX_TYPES)
    names = len(arrays[-1])
    return Index(arrays, lines[:names], dict([line.split("=", 1) for line in lines[names:] if line]))


def pack_index(index: Index) -> bytes:
    body = _pack(index.arrays, [*index.texts, *(f"{name}={other}" for name, other in index.same.items())])
    return MAGIC + crc32(body).to_bytes(4, "little") + body


def pack_print(entry: Print) -> bytes:
    starts = array("I", [start for start, _ in entry.sections])
    numbers = array("I", [number for stretch in entry.stretches for number in stretch])
    figures = array("I", [number for figure in entry.figures for number in figure])
    return _pack([entry.shingles, starts, numbers, figures], [label for _, label in entry.sections])


def unpack_print(raw: bytes) -> Print:
    (shingles, starts, numbers, figures), labels = _unpack(memoryview(raw), "IIII")
    stretches = tuple([(numbers[i], numbers[i + 1], numbers[i + 2]) for i in range(0, len(numbers), 3)])
    return Print(shingles, tuple(zip(starts, labels, strict=True)), stretches, tuple(zip(figures[::2], figures[1::2], strict=True)))


def _pack(arrays: list[array[int]], lines: list[str]) -> bytes:
    """Arrays and lines as bytes: the number of items of each array, the arrays, then the lines; little-endian."""
    head = array("I", [len(items) for items in arrays])
    return b"".join([*map(_little, [head, *arrays]), "\n".join(lines).encode()])


def _little(items: array[int]) -> bytes:
    if sys.byteorder == "big":
        items = items[:]
        items.byteswap()
    return items.tobytes()


def _unpack(raw: memoryview, types: str) -> tuple[list[array[int]], list[str]]:
    start = 4 * len(types)
    arrays = []
    for count, kind in zip(_array("I", raw[:start]), types, strict=True):
        end = start + count * (4 if kind == "I" else 2)
        arrays.append(_array(kind, raw[start:end]))
        start = end
    return arrays, str(raw[start:], "utf-8").split("\n")


def _array(kind: str, raw: memoryview) -> array[int]:
    items: array[int] = array(kind)
    items.frombytes(raw)
    if sys.byteorder == "big":
        items.byteswap()
    return items
