"""The words around a licence in, whether they restrict it out: a clause set before or after the text alters it, a notice does not."""

from __future__ import annotations

from collections.abc import Iterable

#: How many words before and after are looked at.
REACH = 80

_SINGLE = frozenset({"noncommercial", "prohibited", "forbidden", "restriction", "restrictions", "disallowed", "fee", "fees"})
_PAIRS = frozenset(
    {
        ("non", "commercial"), ("may", "not"), ("shall", "not"), ("must", "not"), ("not", "permitted"), ("not", "allowed"),
        ("you", "shall"), ("licensee", "shall"), ("not", "use"), ("only", "for"), ("not", "grant"), ("prior", "written"),
        ("research", "only"), ("evaluation", "only"), ("use", "only"),
        ("不", "得"), ("禁", "止"), ("非", "商"), ("不", "可"), ("仅", "限"),
    }
)  # fmt: skip


def restrictions(tokens: list[str], start: int, end: int, taken: Iterable[tuple[int, int]]) -> tuple[bool, bool]:
    """Do the words just before `start`, and those just after `end`, as far as no other text found takes them, put in a condition?"""
    before, after = max(0, start - REACH), min(len(tokens), end + REACH)
    for low, high in taken:
        if high <= start:
            before = max(before, high)
        if low >= end:
            after = min(after, low)
    return binds(tokens[before:start]), binds(tokens[end:after])


def binds(tokens: list[str]) -> bool:
    return not _SINGLE.isdisjoint(tokens) or any(pair in _PAIRS for pair in zip(tokens, tokens[1:], strict=False))
