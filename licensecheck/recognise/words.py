"""Text in, the words that count and the line of each out: what re-wrapping, mark-up and list markers leave unchanged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

#: Longer input is cut here: no licence known is a fifth as long.
MAX_CHARS = 400_000

# Addresses and list markers standing alone ("3.", "(b)", "iv)") match without a group and so count as nothing, wherever they stand: links
# are written in many ways, and re-wrapping moves markers to line starts and away. A number keeps its inner dots (3.1); other scripts go
# character by character.
_ADDRESS = r"https?://[!#-(*-;=?-\\^-~]+"
_WORD = re.compile(
    _ADDRESS + r"|(?<!\S)\(?(?:[a-z]|[ivx]{2,5}|\d\d?)[.)](?=\s|$)|([0-9]+(?:[.,][0-9]+)*[a-z0-9]*|[a-z][a-z0-9]*|[^\x00-\x7f\W])"
)

#: Characters that are no part of a word whatever their normal form.
_SILENT = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2011\u2022\u25cf\u00b7\u2026\u00a9\u00ae\u2122\u2120\u00a7\ufffd")
#: Characters that do not show: they neither part words nor belong to them.
_UNSEEN = frozenset("\ufeff\u00ad\u200b\u200c\u200d\u2060")
_ASCII = bytes(range(128))


class Words:
    """The words of a text in order; `ends[i]` is how many there are up to the end of line `i + 1`, as folded in `lines`."""

    __slots__ = ("ends", "lines", "tokens")

    def __init__(self, tokens: list[str], ends: list[int], lines: list[str]) -> None:
        self.tokens = tokens
        self.ends = ends
        self.lines = lines

    def line(self, position: int) -> int:
        """The line, from 1, on which the word at `position` stands."""
        return min(bisect_right(self.ends, position) + 1, len(self.ends))


def cut(text: str) -> str:
    return text[:MAX_CHARS]


def fold_line_ends(text: str) -> str:
    """Old and mixed line ends become one; line numbers stay those an editor shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def fold_case(text: str) -> str:
    return text.casefold()


def drop_html(text: str) -> str:
    if "</" in text or "<br" in text or ("&" in text and ";" in text):
        from .markup import strip_html

        return strip_html(text)
    return text


def join_urls(text: str) -> str:
    """An address that re-wrapping has broken after a hyphen becomes one again, on its first line."""
    if "://" not in text or "-\n" not in text:
        return text
    broken = rf"{_ADDRESS}(?:(?<=-)\n[ \t]*[!#-(*-;=?-\\^-~]+)+"
    return re.sub(broken, lambda match: re.sub(r"\n[ \t]*", "", match[0]) + "\n" * match[0].count("\n"), text)


def fold_typography(text: str) -> str:
    """Compatibility forms (full-width, ligatures, accents) become plain ones; spaces become spaces; marks are left to be no words."""
    if text.isascii():
        return text
    present = set(text.encode("utf-8", "replace").translate(None, _ASCII).decode()) - _SILENT
    folds = {character: _plain(character) for character in present}
    changed = {character: plain for character, plain in folds.items() if plain != character}
    if len(changed) > 10:
        text = text.translate({ord(character): plain for character, plain in changed.items()})[: 2 * MAX_CHARS]
    else:
        for character, plain in changed.items():
            text = text.replace(character, plain)
    return text if any(not plain.isascii() and plain.isalnum() for plain in folds.values()) else text.encode("ascii", "replace").decode()


def _plain(character: str) -> str:
    """What a character counts as. Character by character: normalising long runs of combining marks as a whole takes quadratic time."""
    code = ord(character)
    if character in _UNSEEN:
        return ""
    if 0xFF01 <= code <= 0xFF5E:  # full-width ASCII
        return chr(code - 0xFEE0).lower()
    if character.isspace():
        return " "
    if not character.isalnum() or 0x3040 <= code <= 0x9FFF:
        return character
    from unicodedata import combining, normalize

    return "".join(part for part in normalize("NFKD", character) if not combining(part)).lower()


def drop_emphasis(text: str) -> str:
    """Markdown and RST emphasis, escapes (also of line ends in quoted YAML and JSON) and code marks."""
    return text.replace("\\n", " ").replace("\\", "").replace("*", "").replace("`", "")


STEPS: tuple[Callable[[str], str], ...] = (cut, fold_line_ends, fold_case, drop_html, join_urls, fold_typography, drop_emphasis)


def words_of(text: str) -> Words:
    """The words of a text.

    >>> words_of("1. **Use** of Ax-3.1\\n   (a) “You” may").tokens
    ['use', 'of', 'ax', '3.1', 'you', 'may']
    """
    for step in STEPS:
        text = step(text)
    tokens: list[str] = []
    ends: list[int] = []
    find = _WORD.findall
    lines = text.split("\n")
    for line in lines:
        tokens += filter(None, find(line))
        ends.append(len(tokens))
    return Words(tokens, ends, lines)


def figures(words: Words, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Small numbers on some lines that look like list markers and so are no words: words before it, the number, is it in a sentence?"""
    for number in range(first - 1, last):
        line = words.lines[number]
        before = words.ends[number - 1] if number else 0
        for match in _WORD.finditer(line):
            if match[1]:
                before += 1
            elif (digits := match[0].strip("().")).isdecimal():
                yield before, int(digits), line[: match.start()].rstrip()[-1:].isalpha()
