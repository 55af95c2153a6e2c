"""The path of a safetensors file in, the texts its header carries beside the tensors out; lengths in it are never believed."""

from __future__ import annotations

import json
import os
import stat
import struct
from json.decoder import JSONDecoder
from typing import Any

#: A header that says it is longer than this is no header.
MAX_HEADER = 100_000_000
#: As much of it as is read: writers put the texts first.
MAX_READ = 2_000_000
_FIRST = '{"__metadata__":'


def read_metadata(path: str, size: int | None = None) -> dict[str, str]:
    """The texts under `__metadata__`; empty where there are none. ValueError if the header can't be read, OSError as usual.

    `size` is that of the whole file in bytes, where `path` holds its beginning only.
    Format: https://github.com/huggingface/safetensors#format (8 bytes little-endian length, then JSON).
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("not a regular file")
        start = file.read(8)
        if len(start) < 8:
            raise ValueError("the header is cut off")
        (length,) = struct.unpack("<Q", start)
        if length > MAX_HEADER or length > (size or status.st_size) - 8:
            raise ValueError("the header is longer than the file")
        raw = file.read(min(length, MAX_READ))
    return {
        key: value for key, value in _metadata(raw.decode("utf-8", "replace"), whole=len(raw) == length).items() if isinstance(value, str)
    }


def _metadata(text: str, *, whole: bool) -> dict[str, Any]:
    """The mapping of texts: at the very beginning, or anywhere in a header that is at hand as a whole."""
    try:
        squeezed = text[:200].replace(" ", "")
        if squeezed.startswith(_FIRST):
            value, _ = JSONDecoder().raw_decode(text, text.index(":") + 1 + _blanks(text, text.index(":") + 1))
        elif whole:
            header = json.loads(text)
            value = header.get("__metadata__") if isinstance(header, dict) else None
        else:
            return {}
    except RecursionError:
        raise ValueError("the header is nested beyond reason") from None
    except ValueError:
        raise ValueError("the header is not JSON") from None
    return value if isinstance(value, dict) else {}


def _blanks(text: str, start: int) -> int:
    return len(text[start : start + 200]) - len(text[start : start + 200].lstrip())
