"""Required words and a document in, the place where the words stand out: folding that keeps line numbers.

Both sides are folded alike (white space, quotes, dashes, mark-up, the copyright sign), so that a person's reading decides, not typography.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from licensecheck.records import Record

Exactness = Literal["exact", "case", "continued"]

# Compiled where they are used: most documents hold none of it.
_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"
_TAG = r"</?[A-Za-z][^<>\n]{0,300}>"
_LINK = r"\]\([^()\s]{0,500}(?:[^\S\n]\"[^\"\n]{0,200}\")?\)|\]\[[^\[\]\n]{0,100}\]"
_COPYRIGHT = r"(?i)\\?\(c\\?\)|\uff08c\uff09|&copy;|&#169;"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_DROPPED = '\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d"#\\\\!'
#: What mark-up becomes in a document: nothing to a reader, but words end there.
_EDGE = "\x1f"
_BLANKS = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u3000"
_FOLD = str.maketrans(
    {
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_DROPPED, ""),
        **dict.fromkeys("*_`~>[]|", _EDGE),
        **dict.fromkeys(_BLANKS, " "),
    }
)
_SEVERAL = re.compile(" {2,}")


def fold(text: str) -> str:
    """One line, as a person reads it.

    >>> fold("> **Built  with** [Foo](https://foo.example) &copy; 2024")
    'Built with Foo © 2024'
    """
    return _SEVERAL.sub(" ", _edged(text).replace(_EDGE, "")).strip()


def _edged(text: str) -> str:
    """Lines without mark-up, each still on its own; blanks at their ends stay."""
    text = re.sub(_LINK, "]", text) if "](" in text or "][" in text else text
    text = re.sub(_TAG, f" {_EDGE}", text) if "<" in text else text
    text = re.sub(_COPYRIGHT, "©", text) if "(" in text or "&" in text or "\uff08" in text else text
    return _SEVERAL.sub(" ", text.replace("&nbsp;", " ").replace("&amp;", "&").translate(_FOLD))


class Spot(Record):
    """Where words stand: 1-based line, the document's own line, and how well they agree."""

    line: int
    snippet: str
    exactness: Exactness


class Folded(Record):
    """A folded document: paragraphs keep apart, lines of one paragraph join; `starts` are the offsets of the lines in `text`."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    lines: tuple[str, ...]

    def line_at(self, offset: int) -> int:
        return self.numbers[bisect_right(self.starts, offset) - 1]

    def snippet(self, line: int) -> str:
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def folded(text: str, *, skip: tuple[tuple[int, int], ...] = ()) -> Folded:
    """A document folded line by line; lines inside a `skip` range (1-based, inclusive) and inside comments do not count."""
    if "<!--" in text:
        text = re.sub(_COMMENT, lambda match: "\n" * match.group().count("\n"), text)
    lines = text.split("\n")
    edged = _edged(text).split("\n")
    parts: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    offset = 0
    for number, line in enumerate(edged, 1):
        if skip and any(first <= number <= last for first, last in skip):
            continue
        part = line.strip()
        starts.append(offset)
        numbers.append(number)
        parts.append(part)
        offset += len(part) + 1
    return Folded("\n".join(parts), tuple(starts), tuple(numbers), tuple(lines))


def find(words: str, document: Folded) -> Spot | None:
    """The best place where `words` stand: exact, else in other capitals, else continued by a further name or number.

    A final full stop of `words` may be missing. Words may be broken over lines of one paragraph.

    >>> find("Built with Foo", folded("# A\\n\\nThis is **Built with Foo**.")).line
    3
    >>> find("Built with Foo", folded("Built with Foo Factory")) is None
    True
    >>> [find("Built with Foo", folded(f"Built with Foo{more}")).exactness for more in (" 3", ".5", ". 5 of them")]
    ['continued', 'continued', 'exact']
    """
    wanted = fold(words).rstrip(".")
    if not wanted or not _may_hold(document.text, wanted):
        return None
    spelt = (f"{_EDGE}*".join(map(re.escape, part)) for part in wanted.split(" "))
    pattern = re.compile(r"(?<![A-Za-z0-9])" + f"(?:[ {_EDGE}]+|[ {_EDGE}]*\n[ {_EDGE}]*)".join(spelt) + r"(?![A-Za-z0-9])", re.I)
    best: Spot | None = None
    order: dict[Exactness, int] = {"exact": 0, "case": 1, "continued": 2}
    for match in pattern.finditer(document.text):
        exactness = _exactness(match.group(), wanted, document.text[match.end() : match.end() + 40])
        if exactness is None or document.text[max(0, match.start() - 5) : match.start()].lower().endswith("not "):
            continue
        line = document.line_at(match.start())
        if best is None or order[exactness] < order[best.exactness]:
            best = Spot(line, document.snippet(line), exactness)
        if exactness == "exact":
            break
    return best


def _may_hold(text: str, wanted: str) -> bool:
    """Does every word stand somewhere? Most documents lack one, and the search proper is dear."""
    plain = text.replace(_EDGE, "").casefold()
    return all(word in plain for word in wanted.casefold().split(" "))


_VERSION = re.compile(r"[ -]?\d|\.\d")
_NAME = re.compile(r"[ -][^\W\d_a-z]")


def _exactness(found: str, wanted: str, after: str) -> Exactness | None:
    """How `found` agrees with `wanted`; what follows on the same line may make other words of it: a version, a longer name."""
    if _VERSION.match(after):
        return "continued"
    if _NAME.match(after) and ord(after[1]) < 0x2E80 and wanted[-1].isalnum():
        return None
    plain = " ".join(found.replace(_EDGE, "").split())
    return "exact" if plain == wanted else "case"


def begins(name: str, prefix: str) -> Literal["yes", "arguable", "no"]:
    """Does a model's own name begin with `prefix`, ignoring case, spaces, hyphens and underscores?

    >>> begins("Foo-3V", "Foo"), begins("foo 3 acme", "Foo 3"), begins("Acme-Foo", "Foo")
    ('yes', 'yes', 'no')
    >>> begins("Foocare", "Foo"), begins("Foo-3.1-x", "Foo 3")
    ('arguable', 'arguable')
    """
    wanted = _squeeze(prefix)
    position = 0
    matched = 0
    folded_name = name.casefold()
    while matched < len(wanted) and position < len(folded_name):
        char = folded_name[position]
        if char == wanted[matched]:
            matched += 1
        elif char not in " -_" or matched == 0:
            return "no"
        position += 1
    if matched < len(wanted):
        return "no"
    rest = folded_name[position:]
    if wanted[-1].isdigit():
        return "arguable" if re.match(r"\d|\.\d", rest) else "yes"
    return "arguable" if rest[:1].isalpha() else "yes"


def _squeeze(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()
