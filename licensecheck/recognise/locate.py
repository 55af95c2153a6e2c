"""A match and the label of a section in, its lines in the file out."""

from __future__ import annotations

from .records import SectionSpan, TextMatch


def locate(match: TextMatch, label: str) -> SectionSpan | None:
    """Where a section stands in the file; `3(c)`, `3.c` and `Section 3 (c)` are the same label, `1.2` finds `1.b` if there is no `1.2`."""
    wanted = normalised(label)
    for span in match.sections:
        if span.label == wanted or _in_english(span.label) == wanted:
            return span
    ordinals = _ordinals(wanted)
    first = wanted.partition(".")[0]
    alike = (span for span in match.sections if span.label.partition(".")[0] == first and _ordinals(span.label) == ordinals)
    return next(alike, None) if ordinals else None


def normalised(label: str) -> str:
    """A label as it is written in matches.

    >>> normalised("§ 3(c)"), normalised("Section 1 (b)(iii)"), normalised("5.C"), normalised("closing paragraph")
    ('3.c', '1.b.iii', '5.c', 'closing paragraph')
    """
    import re

    plain = re.sub(r"(?i)^\s*(?:§+|sections?|articles?|sec\.)\s*", "", label.strip()).lower()
    if not re.fullmatch(r"[\w.()\s]*\d[\w.()\s]*", plain) or re.search(r"annex|[a-z]{6}|[\u4e00-\u9fff]", plain):
        return plain
    return ".".join(re.findall(r"\w+", plain))


def _in_english(label: str) -> str:
    """The parts of a Chinese text go by the names of the English one too."""
    return label.replace("附录", "appendix").replace("附件", "attachment")


def _ordinals(label: str) -> tuple[int, ...] | None:
    """The label as numbers, letters and Roman numbers counted: the same place however a copy marks its lists."""
    numbers = []
    for depth, part in enumerate(label.split(".")):
        if part.isdigit():
            numbers.append(int(part))
        elif depth >= 2 and part in _ROMAN:
            numbers.append(_ROMAN.index(part) + 1)
        elif len(part) == 1 and part.isascii() and part.isalpha():
            numbers.append(ord(part) - ord("a") + 1)
        else:
            return None
    return tuple(numbers) if numbers else None


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
