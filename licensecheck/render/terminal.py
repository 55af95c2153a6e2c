"""Untrusted text in, text that a terminal can show out: no control characters, measured, wrapped or cut."""

from __future__ import annotations

#: Longest value shown in one piece; the JSON report has all of it.
LONGEST = 400
#: Widest a line of prose gets: longer ones are hard to read, however wide the terminal.
PROSE = 120
#: Typographic signs of our own that are one column wide; asking for each would load the Unicode tables.
_NARROW = (("\u2010", "\u2027"), ("\u2500", "\u257f"))
_CLOSING = "，。、；：！？）》」』】”’…,.;:!?)"
_OPENING = "（《「『【“‘("

COLOURS = {
    "fail": "1;31",
    "open": "1;33",
    "review": "1;35",
    "pass": "1;32",
    "informational": "1;36",
    "not-applicable": "2",
    "waived": "2",
    "strong": "1",
    "dim": "2",
    "gutter": "1;34",
}


def safe(text: object, limit: int = LONGEST) -> str:
    """One line without anything that moves a cursor, hides or turns text round.

    >>> safe("a\\x1b[2Jb\\u202ec\\nd")
    'a␛[2Jb�c␊d'
    >>> safe("x" * 9, limit=4)
    'xxx…'
    """
    line = text if isinstance(text, str) else str(text)
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    return line if line.isprintable() else "".join([_shown(char) for char in line])


def safe_block(text: str, lines: int = 40) -> list[str]:
    """Text of several lines, each one safe; what is beyond `lines` is left off.

    >>> safe_block("a\\nb\\x07\\n")
    ['a', 'b␇']
    """
    return [safe(line) for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")[:lines]]


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    if char == "\t":
        return " "
    if code < 32 or code == 127:
        return chr(0x2400 + code) if code < 32 else "␡"
    if char.isspace():
        return " "
    return "" if char in "\u200c\u200d" else "\ufffd"


def cells(text: str) -> int:
    """Columns that a safe text takes.

    >>> cells("abc"), cells("模型"), cells("e\\u0301")
    (3, 4, 1)
    """
    return len(text) if text.isascii() else sum([cell(char) for char in text])


def cell(char: str) -> int:
    if char < "\u0300" or any(low <= char <= high for low, high in _NARROW):
        return 1
    if "\u3400" <= char <= "\u9fff" or "\u3000" <= char <= "\u303e" or "\uff01" <= char <= "\uff60":
        return 2
    from unicodedata import combining, east_asian_width

    if combining(char) or "\ufe00" <= char <= "\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def clip(text: str, width: int) -> str:
    """At most `width` columns, with … where something is left off.

    >>> clip("模型模型", 5), clip("abc", 3)
    ('模型…', 'abc')
    """
    if cells(text) <= width:
        return text
    return _prefix(text, width - 1) + "…"


def _prefix(text: str, width: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += cell(char)
        if used > width:
            return text[:index]
    return text


def pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """Prose in lines of at most `width` columns; Chinese breaks between characters, an address is never broken.

    >>> wrap("one two three", 7)
    ['one two', 'three']
    >>> wrap("许可协议，副本", 8)
    ['许可协', '议，副本']
    """
    lines: list[str] = []
    line, used = "", 0
    for word in text.replace("§ ", "§\0").split():
        gap = 1 if line else 0
        for piece in _pieces(word, width):
            size = cells(piece)
            if line and used + gap + size > width:
                lines.append(line)
                line, used, gap = "", 0, 0
            line += " " * gap + piece.replace("\0", " ")
            used += gap + size
            gap = 0
    return [*lines, line] if line else lines


def _pieces(word: str, width: int) -> list[str]:
    if word.isascii():
        return [word] if len(word) <= width or "://" in word else _chunks(word, width)
    pieces: list[str] = []
    for char in word:
        together = pieces and (char in _CLOSING or pieces[-1][-1] in _OPENING or (cell(char) < 2 and cell(pieces[-1][-1]) < 2))
        if together:
            pieces[-1] += char
        else:
            pieces.append(char)
    return [chunk for piece in pieces for chunk in (_chunks(piece, width) if cells(piece) > width else [piece])]


def _chunks(piece: str, width: int) -> list[str]:
    chunks: list[str] = []
    while piece:
        head = _prefix(piece, width) or piece[0]
        chunks.append(head)
        piece = piece[len(head) :]
    return chunks


class Look:
    """How wide and in which colours a text is set, and its fixed words."""

    __slots__ = ("colour", "lang", "width", "words")

    def __init__(self, words: dict[str, str], width: int, colour: bool) -> None:
        self.words, self.width, self.colour = words, width, colour
        self.lang = words.get("lang", "en")

    def paint(self, style: str, text: str) -> str:
        return f"\x1b[{COLOURS[style]}m{text}\x1b[0m" if self.colour and text else text

    def say(self, key: str, **values: object) -> str:
        """A fixed phrase; with `n`, the singular is the key followed by `.1` if the language has one."""
        phrase = self.words.get(key + ".1") if values.get("n") == 1 else None
        return (phrase or self.words[key]).format(**values)

    def named(self, table: str, word: str) -> str:
        """A word of a closed list as the language has it; the identifier itself where it has none."""
        return self.words.get(f"{table}.{word}") or safe(word)

    def prose(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        """Wrapped prose behind a first and a hanging indent, which may already be painted."""
        hang = " " * cells(first) if rest is None else rest
        lines = wrap(safe(" ".join(text.split()), 2000), max(min(self.width, PROSE) - cells(hang), 20))
        return [(first if index == 0 else hang) + line for index, line in enumerate(lines)]
