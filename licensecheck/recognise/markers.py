"""One line in, the list markers it begins with out: 1.  3.2  (a)  iv)  Section 4  Article 2  第二条  三、  and bullets."""

from __future__ import annotations

import re
from typing import NamedTuple

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")
_CJK = "一二三四五六七八九十"

_LEAD = re.compile(r"[\s>#]*")
_BULLET = re.compile(r"[-*+•●○◦]\s+(?=\S)")
_NAMED = re.compile(r"(?:section|article|clause)\s+(\d{1,2}|[ivx]{1,5})(?=$|[\s.:–—-](?!\s*[,;)]))[.:]?\s*", re.IGNORECASE)
_CHINESE = re.compile(rf"(?:第\s*([{_CJK}]{{1,3}}|\d{{1,2}})\s*[条章]|([{_CJK}]{{1,3}})、|[(]([{_CJK}]{{1,3}})[)])\s*")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?(?!\w*%|[\d,])(?=\s|$|[^\x00-\x7f]|[A-Z\"“(])\s*")
_ENCLOSED = re.compile(r"\(\s?([0-9]{1,2}|[a-zA-Z]|[ivxIVX]{2,5})\s?\)\s*")
_PLAIN = re.compile(r"([0-9]{1,2}|[a-zA-Z]|[ivxIVX]{2,5})\s?([.)])(?=\s|$|[A-Z\"“(]|[^\x00-\x7f])\s*")
#: A number needs no full stop where a tabulator keeps it from its words, or `、` in a heading.
_BARE = re.compile(r"^(\s*\d{1,2}(?=\t+[A-Z\"“])|\s*#+\s*\d{1,2}(?=、))[\t、]+")
#: A title that stands before its sentence: `Grant of Licence. You may ...`
_TITLE = re.compile(r"[A-Z][^.:;\"“]{2,60}\.\s+[A-Z]")


class Marker(NamedTuple):
    """A marker: what it may be (style and ordinal; `i` may be a letter or a Roman number), how far in, and an explicit path (3.2.1).

    `titled`: a title stands behind it, and its sentence behind that.
    """

    readings: tuple[tuple[str, int], ...]
    indent: int
    path: tuple[int, ...] = ()
    bullet: bool = False
    titled: bool = False


def markers_of(line: str) -> list[Marker]:
    """The markers a line begins with: usually one or none, two in `2. (a) …`."""
    line = _BARE.sub(r"\1. ", line).expandtabs(4).replace("（", "(").replace("）", ")").replace("．", ".")
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    found: list[Marker] = []
    bullet = _BULLET.match(line, start)
    if bullet:
        found.append(Marker((("bullet", 0),), start, bullet=True))
        start = bullet.end()
    rest = line[start:].replace("*", "").replace("\\", "").replace("__", "").lstrip("_ ")
    for _ in range(2):
        marker, length = _first(rest, start)
        if marker is None:
            break
        rest, start = rest[length:], start + length
        found = [*(other for other in found if not other.bullet), marker._replace(titled=bool(_TITLE.match(rest)))]
    return found


def _first(rest: str, indent: int) -> tuple[Marker | None, int]:
    if match := _NAMED.match(rest):
        return Marker((("section", _number(match[1])),), indent), match.end()
    if match := _CHINESE.match(rest):
        style = "section" if match[1] else "hanzi" if match[2] else "(hanzi)"
        return Marker(((style, _number(match[1] or match[2] or match[3])),), indent), match.end()
    if match := _DOTTED.match(rest):
        return Marker((), indent, tuple(map(int, match[1].split(".")))), match.end()
    if (match := _ENCLOSED.match(rest)) and not _within_sentence(match[1], rest):
        return Marker(_readings(match[1], "("), indent), match.end()
    if match := _PLAIN.match(rest):
        return Marker(_readings(match[1], match[2]), indent), match.end()
    return None, 0


def _within_sentence(sign: str, rest: str) -> bool:
    """`(1) one thing, and (2) another` counts within a sentence that happens to break before its first item."""
    return sign == "1" and "(2)" in rest


def _number(sign: str) -> int:
    if sign.isdigit() and sign.isascii():
        return int(sign)
    if sign.lower() in ROMAN:
        return ROMAN.index(sign.lower()) + 1
    tens, ten, ones = sign.rpartition("十")
    number = 10 * (_CJK.find(tens) + 1 if tens else 1) if ten else 0
    return number + (_CJK.find(ones) + 1 if ones else 0)


def _readings(sign: str, enclosure: str) -> tuple[tuple[str, int], ...]:
    if sign.isdigit():
        return ((f"digit{'' if enclosure == '.' else enclosure}", int(sign)),)
    case = "upper " if sign.isupper() else ""
    found = []
    if len(sign) == 1:
        found.append((f"{case}letter", ord(sign.lower()) - ord("a") + 1))
    if sign.lower() in ROMAN:
        found.append((f"{case}roman", ROMAN.index(sign.lower()) + 1))
    return tuple(found)
