"""A line of a file in, one observation out: the only place where evidence is made."""

from __future__ import annotations

from typing import Literal

from licensecheck.records import Record
from licensecheck.report import Evidence
from licensecheck.sources.names import printable
from licensecheck.sources.reading import digest

How = Literal["declared", "prose", "tool-written", "inferred"]

_MOST = 200


class Found(Record):
    """Something the subject is made with, as one source names it; `relation` is None where the source does not say which."""

    relation: str | None
    type: str
    id: str
    evidence: Evidence
    attributes: dict[str, object] = {}  # noqa: RUF012 - never changed


def observed(source: str, line: int | None, key: str, value: object, how: How, snippet: str | None = None) -> Evidence:
    """Evidence with the line it stands on; `column` is where `value` begins on that line."""
    text = printable(str(value), _MOST)
    evidence: Evidence = {"source": source, "line": line, "key": key, "value": text, "how": how}
    if snippet is not None:
        spot = snippet.find(str(value).split("\n", 1)[0][:_MOST])
        shown, start = _around(snippet, spot)
        evidence["snippet"] = printable(shown, _MOST + 50)
        if spot >= 0:
            evidence["column"] = spot - start + 1
    return evidence


def _around(line: str, spot: int) -> tuple[str, int]:
    """The part of a long line that shows the spot, and where that part begins."""
    line = line.rstrip("\r\n")
    if len(line) <= _MOST:
        return line, 0
    start = max(0, min(spot - 60, len(line) - _MOST)) if spot > _MOST - 60 else 0
    return line[start : start + _MOST], start


def line_with(text: str, needle: str) -> int | None:
    """The 1-based number of the first line that holds `needle`."""
    position = text.find(needle)
    return None if position < 0 else text.count("\n", 0, position) + 1


def digest_of(*parts: str) -> str:
    """SHA-256 over texts, in hex: what stable ids are made of."""
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))
