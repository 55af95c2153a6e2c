"""A path in, a bounded part of a regular file out; nothing else is ever opened for reading."""

from __future__ import annotations

import os
import stat
import sys
from importlib import import_module

from licensecheck.records import Record

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_CHUNK = 1 << 20


class TextFile(Record):
    """What was read of a text file; `text` has `\\n` line breaks only."""

    path: str
    text: str
    data: bytes  # as on disk, as far as it was read
    size: int  # of the whole file
    truncated: bool  # the file is longer than what was read
    replaced: bool  # bytes that are not text were replaced by U+FFFD
    encoding: str  # utf-8 | utf-8-sig | utf-16-le | utf-16-be
    newline: str  # the first line break of the file on disk: "\n" or "\r\n"

    @property
    def sha256(self) -> str | None:
        """Of the bytes on disk; None where only part of them was read."""
        return None if self.truncated else digest(self.data)


def digest(data: bytes) -> str:
    """The SHA-256, in hexadecimal."""
    # hashlib loads OpenSSL, which takes longer than reading a folder does; the interpreter has the function itself.
    for module in ("_sha2", "_sha256", "hashlib") if sys.version_info >= (3, 12) else ("_sha256", "hashlib"):
        try:
            sha256 = import_module(module).sha256
        except ImportError:
            continue
        return str(sha256(data).hexdigest())
    raise AssertionError("hashlib is always there")


def read_bytes(path: str, limit: int) -> tuple[bytes, int]:
    """At most `limit` bytes from the start, and how many there are in all. OSError for what is not a regular file."""
    handle, whole = _opened(path)
    try:
        parts: list[bytes] = []
        missing = limit
        while missing > 0 and (part := os.read(handle, min(missing, _CHUNK))):
            parts.append(part)
            missing -= len(part)
        data = b"".join(parts)
        return data, max(whole, len(data))
    finally:
        os.close(handle)


def digests(path: str) -> tuple[str, str]:
    """SHA-1 and SHA-256 of a whole file of any size, in hexadecimal. OSError for what is not a regular file."""
    from hashlib import sha1, sha256

    sums = (sha1(usedforsecurity=False), sha256())
    handle, _ = _opened(path)
    try:
        while part := os.read(handle, _CHUNK):
            for each in sums:
                each.update(part)
    finally:
        os.close(handle)
    return sums[0].hexdigest(), sums[1].hexdigest()


def _opened(path: str) -> tuple[int, int]:
    """A handle of a regular file, and how many bytes it has."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError("not a regular file")
    handle = os.open(path, _FLAGS)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return handle, status.st_size


def read_text(path: str, shown: str, limit: int) -> TextFile:
    """The text of a file, whatever its bytes; `shown` is the path the result carries."""
    data, size = read_bytes(path, limit)
    truncated = size > len(data)
    text, encoding, replaced = decode(data, truncated=truncated)
    newline = "\n"
    if "\r" in text:
        first = text.find("\n")
        newline = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return TextFile(shown, text, data, size, truncated, replaced, encoding, newline)


def decode(data: bytes, *, truncated: bool = False) -> tuple[str, str, bool]:
    """Text, encoding, and whether anything had to be replaced; a character cut off by truncation is dropped instead.

    >>> decode(b"\\xef\\xbb\\xbfa"), decode(b"a\\xff"), decode("é".encode()[:1], truncated=True)
    (('a', 'utf-8-sig', False), ('a\\ufffd', 'utf-8', True), ('', 'utf-8', False))
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
        body = data[2 : len(data) - len(data) % 2] if truncated else data[2:]
    else:
        body = data.removeprefix(b"\xef\xbb\xbf")
        encoding = "utf-8" if body is data or len(body) == len(data) else "utf-8-sig"
    try:
        return body.decode(encoding.removesuffix("-sig")), encoding, False
    except UnicodeDecodeError as error:
        if truncated and error.end == len(body) and error.reason == "unexpected end of data":
            return body[: error.start].decode(encoding.removesuffix("-sig")), encoding, False
        return body.decode(encoding.removesuffix("-sig"), errors="replace"), encoding, True
