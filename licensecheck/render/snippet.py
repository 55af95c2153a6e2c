"""Evidence of one block in, its places out: `file:line:column`, the line itself and the spot marked below it."""

from __future__ import annotations

from typing import Any

from .terminal import Look, cell, cells, safe

#: At most so many files and lines of one file are shown for one block.
FILES, LINES = 3, 4
GUTTER = 3


Spot = tuple[str, int, int]


def places(evidence: list[dict[str, Any]], look: Look, known: set[Spot]) -> list[str]:
    """Where the block's evidence stands, file by file, the first place first; nothing for evidence without a file.

    `known` are the places that blocks before this one were about: they are not shown again unless there is no other.
    """
    found = in_files(evidence)
    fresh = [item for item in found if _spot_of(item) not in known] or found[:1]
    by_source: dict[str, list[dict[str, Any]]] = {}
    for item in sorted(fresh, key=lambda item: not item.get("line")):
        by_source.setdefault(item["source"], []).append(item)
    shown, left = [], 0
    for index, items in enumerate(by_source.values()):
        unique = _distinct(items)
        if index >= FILES:
            left += len(unique)
            continue
        left += max(len(unique) - LINES, 0)
        shown += _file(unique[:LINES], look, known)
        known.add(_spot_of(items[0]))
    if left:
        shown.append(" " * GUTTER + "  " + look.paint("dim", look.say("more_places", n=left)))
    return shown


def in_files(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Evidence that stands in a file; what was said on the command line, or is the folder itself, does not."""
    return [item for item in evidence if item.get("source") not in (None, "", ".") and not item["source"].startswith("--")]


def place(item: dict[str, Any]) -> str:
    """`file:line:column` as far as it is known.

    >>> place({"source": "README.md", "line": 3, "column": 5}), place({"source": "LICENSE", "line": None})
    ('README.md:3:5', 'LICENSE')
    """
    parts = [safe(item.get("source") or "", 120)]
    if item.get("line"):
        parts.append(str(item["line"]))
        if item.get("column"):
            parts.append(str(item["column"]))
    return ":".join(parts)


def _spot_of(item: dict[str, Any]) -> Spot:
    return item.get("source") or "", item.get("line") or 0, item.get("column") or 0


def _distinct(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each place once, in the order given; a line whose column is known stands for the line as a whole."""
    exact = {item.get("line") for item in items if item.get("column")}
    kept = [item for item in items if item.get("column") or item.get("line") not in exact]
    return list({_spot_of(item): item for item in reversed(kept)}.values())[::-1]


def _file(items: list[dict[str, Any]], look: Look, known: set[Spot]) -> list[str]:
    """The first item is the place itself (`^`), the others bear on it (`-`)."""
    fresh = [item for item in items if item.get("line") and (item.get("snippet") or "").strip() and _spot_of(item) not in known]
    gutter = max([GUTTER, *(len(str(item["line"])) for item in fresh)])
    arrow, bar = " " * gutter + look.paint("gutter", "--> "), " " * gutter + look.paint("gutter", " |")
    lines = [arrow + _exact_place(items[0])]
    if items[0] not in fresh:
        return lines + [arrow + place(item) for item in items[1:]]
    lines.append(bar)
    last = 0
    for item in sorted(fresh, key=_spot_of):
        code, marks = _line(item, look, look.width - gutter - 3, "^" if item is items[0] else "-")
        if item["line"] != last:
            lines += [look.paint("gutter", "...")] if last and item["line"] > last + 1 else []
            lines.append(look.paint("gutter", f"{item['line']:>{gutter}} |") + " " + code)
        lines += [bar + " " + marks] if marks else []
        last = item["line"]
    return lines + [arrow + place(item) for item in items[1:] if item not in fresh]


def _exact_place(item: dict[str, Any]) -> str:
    """The place with the column that the mark stands at, where the value itself was found in the line."""
    start, end = _spot(item, (item.get("snippet") or "").rstrip())
    return place({**item, "column": start + 1}) if end > start else place(item)


def _line(item: dict[str, Any], look: Look, room: int, mark: str) -> tuple[str, str]:
    raw = item["snippet"].rstrip()
    start, end = _spot(item, raw)
    code, offset, length = _window(safe(raw[:start]), safe(raw[start:end]), safe(raw[end:]), room)
    if not length:
        return code, ""
    note = look.words.get("how." + str(item.get("how")), "")
    marks = look.paint("fail" if mark == "^" else "gutter", mark * length)
    if note and offset + length + 1 + cells(note) <= room:
        marks += " " + look.paint("dim", note)
    return code, " " * offset + marks


def _spot(item: dict[str, Any], raw: str) -> tuple[int, int]:
    """First and last character of the spot in the line; an empty range if it cannot be told."""
    value = item.get("value")
    value = value.split("\n")[0].strip() if isinstance(value, str) else ""
    start = (item.get("column") or 1) - 1
    if value and not raw.startswith(value, start):
        start = raw.find(value) if value in raw else start
    if value and raw.startswith(value, start):
        return start, start + len(value)
    if not item.get("column") or start >= len(raw):
        return 0, 0
    end = raw.find(" ", start + 1)
    return start, end if end > 0 else len(raw)


def _window(before: str, spot: str, after: str, room: int) -> tuple[str, int, int]:
    """The line cut to `room` columns with the spot visible; columns before the spot; columns of the spot."""
    offset, length = cells(before), cells(spot)
    line = before + spot + after
    if cells(line) <= room:
        return line, offset, length
    if offset + length <= room - 1:
        return _take(line, room - 1)[0] + "…", offset, length
    skip = max(offset - max((room - length) // 2, 4), 0)
    tail, cut = _drop(line, skip)
    lead = "…" if cut else ""
    text, whole = _take(tail, room - len(lead) - 1)
    start = len(lead) + offset - cut
    text = lead + text + ("" if whole else "…")
    return text, start, max(min(length, cells(text) - start - (0 if whole else 1)), 1)


def _take(text: str, width: int) -> tuple[str, bool]:
    used = 0
    for index, char in enumerate(text):
        used += cell(char)
        if used > width:
            return text[:index], False
    return text, True


def _drop(text: str, width: int) -> tuple[str, int]:
    """The text without its first `width` columns or one more, and how many were dropped."""
    used = 0
    for index, char in enumerate(text):
        if used >= width:
            return text[index:], used
        used += cell(char)
    return "", used
