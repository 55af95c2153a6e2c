"""The path of a GGUF file in, the texts of its header under the keys asked for out; sizes in it are never believed."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

MAGIC = b"GGUF"
#: Far more than any header has: beyond that the file is not what it says.
MAX_PAIRS = 4_096
MAX_KEY = 65_535
MAX_ITEMS = 64_000_000
#: A longer value is cut: no licence known is a fifth as long.
MAX_VALUE = 1_000_000
#: Strings inside arrays, of all arrays together: they must be passed one by one.
MAX_STRINGS = 1_500_000
#: Texts of one list that are kept.
MAX_TEXTS = 200
#: As many texts in one list are a vocabulary: writers put what they say of the model before it.
VOCABULARY = 10_000
_PIECE = 1 << 20
_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


class _Header:
    """The file from where it is read; everything past its end is an error."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file = file
        self.size = size
        self.strings = 0

    def number(self, form: str) -> int:
        raw = self.file.read(struct.calcsize(form))
        if len(raw) < struct.calcsize(form):
            raise ValueError("the header is cut off")
        return int(struct.unpack(form, raw)[0])

    def skip(self, length: int) -> None:
        if length > self.size - self.file.tell():
            raise ValueError("the header is cut off")
        self.file.seek(length, os.SEEK_CUR)

    def string(self, limit: int) -> bytes:
        length = self.number("<Q")
        if length > self.size - self.file.tell():
            raise ValueError("a string is longer than the file")
        raw = self.file.read(min(length, limit))
        self.skip(length - len(raw))
        return raw

    def skip_value(self, kind: int) -> None:
        if kind == _STRING:
            self.skip(self.number("<Q"))
        elif kind in _SIZES:
            self.skip(_SIZES[kind])
        else:
            raise ValueError(f"there is no value type {kind}")

    def texts(self) -> list[str]:
        """The first few of a list of texts; of a list of anything else, none."""
        kind, count = self.number("<I"), self.number("<Q")
        if kind != _STRING:
            self.skip_items(kind, count)
            return []
        found = [self.string(MAX_KEY).decode("utf-8", "replace") for _ in range(min(count, MAX_TEXTS))]
        self.skip_items(kind, count - len(found))
        return found

    def skip_items(self, kind: int, count: int) -> None:
        if count > MAX_ITEMS:
            raise ValueError("an array is too long")
        if kind in _SIZES:
            self.skip(_SIZES[kind] * count)
        elif kind == _STRING:
            self.strings += count
            if self.strings > MAX_STRINGS:
                raise ValueError("the header has too many strings")
            self._skip_strings(count)
        else:
            raise ValueError("an array holds what can't be read")

    def _skip_strings(self, count: int) -> None:
        """Lengths are read from large pieces: a vocabulary has hundreds of thousands."""
        length_at = struct.Struct("<Q").unpack_from
        start, at, piece = self.file.tell(), 0, self.file.read(_PIECE)
        for _ in range(count):
            if at + 8 > len(piece):
                start, at = start + at, 0
                if start > self.size - 8:
                    raise ValueError("the header is cut off")
                self.file.seek(start)
                piece = self.file.read(_PIECE)
                if len(piece) < 8:
                    raise ValueError("the header is cut off")
            at += 8 + int(length_at(piece, at)[0])
        if start + at > self.size:
            raise ValueError("the header is cut off")
        self.file.seek(start + at)


def license_strings(path: str) -> dict[str, str]:
    """Keys with `license` in them and their text values, in the order of the header. ValueError if it can't be read, OSError as usual."""
    found = read_strings(path, lambda key: "license" in key.lower() or "licence" in key.lower())
    return {key: value for key, value in found.items() if isinstance(value, str)}


def read_strings(path: str, wanted: Callable[[str], bool], *, beginning: bool = False, brief: bool = False) -> dict[str, str | list[str]]:
    """The texts, and lists of texts, under the keys that are `wanted`, in the order of the header.

    ValueError if the header can't be read, OSError as usual. Where `path` holds the `beginning` of a file only, what stands there is all.
    To be `brief`, the keys behind a vocabulary are left alone once something was found: there are hundreds of thousands of words to pass.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("not a regular file")
        header = _Header(file, status.st_size)
        if file.read(4) != MAGIC:
            raise ValueError("this is no GGUF file")
        version = header.number("<I")
        if version not in (2, 3):
            raise ValueError(f"GGUF version {version} is not known")
        header.number("<Q")
        found: dict[str, str | list[str]] = {}
        try:
            for key, value in _pairs(header, header.number("<Q"), wanted, brief):
                found[key] = value
        except ValueError:
            if not beginning:
                raise
        return found


def _pairs(header: _Header, count: int, wanted: Callable[[str], bool], brief: bool) -> Iterator[tuple[str, str | list[str]]]:
    if count > MAX_PAIRS:
        raise ValueError("the header has too many entries")
    told = False
    for _ in range(count):
        key = header.string(MAX_KEY).decode("utf-8", "replace")
        kind = header.number("<I")
        if wanted(key) and kind in (_STRING, _ARRAY):
            told = True
            yield key, header.string(MAX_VALUE).decode("utf-8", "replace") if kind == _STRING else header.texts()
        elif kind == _ARRAY:
            item, length = header.number("<I"), header.number("<Q")
            if brief and told and item == _STRING and length > VOCABULARY:
                return
            header.skip_items(item, length)
        else:
            header.skip_value(kind)
