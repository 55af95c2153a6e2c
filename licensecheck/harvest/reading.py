"""One sentence and the lexicon in, the claims about a model's origin that it makes out.

The object of the word decides (a tokenizer that was trained from scratch is no model), who it is said of, and whether it is said at all:
denied, supposed, reported and compared are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .lexicon import Lexicon
from .sentences import Sentence

#: compiled where they are used: most documents claim nothing
_CLAUSE = r"[,;:，；：()（）—–]|\s-\s|\bbut\b|\bwhile\b|\bwhereas\b|\balthough\b|\bthough\b|\bhowever\b|但是|但|而是|然而|不过|只是"
_QUOTED = r"[\"“”「『‘]([^\"“”「」『』‘’]{1,120})[\"“”」』’]"
_RELATIVE = r"\s*(?:which|that|who|其|它)"
_WORD_BEFORE = 60
_OBJECT_REACH = 30
#: no sentence says one thing more often
_MOST_HITS = 24

ORIGIN = ("trained-from-scratch", "self-developed")


class Reading(NamedTuple):
    """A claim: its id, without reserve or not, and where its words stand in the sentence."""

    claim: str
    strong: bool
    start: int
    end: int


def read(sentence: Sentence, lexicon: Lexicon, own: Sequence[str] = ()) -> tuple[Reading, ...]:
    """The claims of one sentence; `own` are names of the subject, in lower case."""
    text = sentence.text
    names = lexicon.names_in(text, sentence.cased)
    found: list[Reading] = []
    for claim, words in lexicon.table["claims"].items():
        hit = _hits(text, words, lexicon, names)
        for strong, start, end in hit[:_MOST_HITS]:
            if (strong or _speaks_of_a_model(text, lexicon, own)) and _counts(sentence, claim, start, end, lexicon, own):
                found.append(Reading(claim, strong, start, end))
                break
    return _without_shadows(found)


def _hits(text: str, words: Mapping[str, Sequence[str]], lexicon: Lexicon, names: Sequence[tuple[int, int]]) -> list[tuple[bool, int, int]]:
    """Where phrases stand, strong ones first, of those at one place the longest."""
    found = [
        (kind == "strong", start, end)
        for kind in ("strong", "soft")
        for phrase in words[kind]
        for start, end in lexicon.matches(phrase, text, names)
    ]
    return sorted(found, key=lambda hit: (not hit[0], hit[1], -hit[2]))


def _without_shadows(found: list[Reading]) -> tuple[Reading, ...]:
    """A sentence that says "not based on X" does not say "based on X"; "the X architecture" is no base."""
    kept = []
    for one in found:
        shadowed = any(
            other is not one and other.start < one.end and one.start < other.end and (one.claim, other.claim) in _SHADOWS for other in found
        )
        if not shadowed:
            kept.append(one)
    return tuple(kept)


#: (weaker, stronger) of two claims whose words overlap
_SHADOWS = frozenset(
    {
        ("based-on", "not-derived"),
        ("same-architecture", "not-derived"),
        ("based-on", "same-architecture"),
        ("self-developed", "not-derived"),
        ("trained-from-scratch", "not-derived"),
    }
)


def _counts(sentence: Sentence, claim: str, start: int, end: int, lexicon: Lexicon, own: Sequence[str]) -> bool:
    """Is it said, of this model, and as it is?"""
    table, text = lexicon.table, sentence.text
    if not is_said(sentence, start, end, table, denies=claim == "not-derived"):
        return False
    clause = clause_around(text, start, end)
    if claim in ORIGIN and (
        text.startswith(tuple(table["spoken_of"]), end) or _of_something_else(text, start, end, clause, table["object"])
    ):
        return False
    return claim not in (*ORIGIN, "based-on") or not _of_another_model(sentence, start, clause[0], lexicon, own)


def is_said(sentence: Sentence, start: int, end: int, table: Mapping[str, Any], *, denies: bool = False) -> bool:
    """Is it said here, and as it is: not asked, denied (unless the words themselves deny), supposed or reported?"""
    first, _ = clause_around(sentence.text, start, end)
    before = sentence.text[first:start]
    if sentence.asks or (not denies and _denied(before, table["denied"])) or holds(before, table["hypothetical"]):
        return False
    return not _reported(sentence.text, start, end, table["reported"])


def _speaks_of_a_model(text: str, lexicon: Lexicon, own: Sequence[str]) -> bool:
    """A word that leaves room says something only where a model is spoken of."""
    return holds(text, lexicon.table["object"]["model"]) or any(len(name) > 2 and name in text for name in own)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a phrase begins and ends."""
    first = 0
    for match in re.compile(_CLAUSE).finditer(text, 0, start):
        first = match.end()
    following = re.compile(_CLAUSE).search(text, end)
    return first, following.start() if following else len(text)


def _denied(before: str, words: Mapping[str, Sequence[str]]) -> bool:
    near = before[-_WORD_BEFORE:]
    for idiom in words["not_only"]:
        near = near.replace(idiom, " ")
    return any(_holds_one(near, word) if word[0].isascii() else word in near[-10:] for word in words["words"])


def holds(text: str, words: Sequence[str]) -> bool:
    """Does one of the words stand in the text, at word boundaries?"""
    return any(_holds_one(text, word) if word[0].isascii() else word in text for word in words)


def _holds_one(text: str, word: str) -> bool:
    position = text.find(word)
    while position >= 0:
        after = position + len(word)
        free = not word[0].isalnum() or not position or not (text[position - 1].isascii() and text[position - 1].isalnum())
        if free and not (word[-1].isalnum() and text[after : after + 1].isascii() and text[after : after + 1].isalnum()):
            return True
        position = text.find(word, after)
    return False


def _reported(text: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Said by somebody else: a word of reporting before it, or the words between quotes that are not all there is."""
    if holds(text[:start], words):
        return True
    return any(
        match.start() < start and end < match.end() and len(match[1]) < len(text) - 12 and end - start >= len(match[1]) - 8
        for match in re.compile(_QUOTED).finditer(text)
    )


def _of_something_else(text: str, start: int, end: int, clause: tuple[int, int], objects: Mapping[str, Sequence[str]]) -> bool:
    """Is the nearest thing that it can be said of a tool or a part rather than the model?"""
    after, before = text[end : min(clause[1], end + _OBJECT_REACH)], text[max(clause[0], start - _WORD_BEFORE) : start]
    inside = text[start:end]
    right = _nearest(after, objects, last=False)
    left = _nearest(before, objects, last=True)
    within = _nearest(inside, objects, last=True)
    if within is not None:
        return within[1]
    # what follows directly (自研的框架, an in-house tokenizer) is what it is about; else what went before (the tokenizer was trained ...)
    if right is not None and (right[0] <= 12 or left is None) and not _ends_before(after[: right[0]]):
        return right[1]
    return left[1] if left is not None else False


def _ends_before(text: str) -> bool:
    """A preposition between: from scratch *on our cluster*, 从零训练*于*…: what follows is where, not what."""
    return holds(text, ("on", "with", "by", "using", "in", "at", "over", "via", "through", "for", "and")) or any(
        char in text for char in "于用由在并和与"
    )


def _nearest(text: str, objects: Mapping[str, Sequence[str]], *, last: bool) -> tuple[int, bool] | None:
    """Distance to the nearest object, and whether it is something other than the model; of two at one place the longer counts."""
    best: tuple[int, int, bool] | None = None
    for other in (True, False):
        for word in objects["other" if other else "model"]:
            at = text.rfind(word) if last else text.find(word)
            if at < 0 or (word[0].isascii() and not _holds_one(text, word)):
                continue
            distance = len(text) - (at + len(word)) if last else at
            candidate = (distance, -len(word), other)
            if best is None or candidate < best:
                best = candidate
    return None if best is None else (best[0], best[2])


def _of_another_model(sentence: Sentence, start: int, clause_start: int, lexicon: Lexicon, own: Sequence[str]) -> bool:
    """Is another model named before the words, with nothing after it that speaks of this one?"""
    text = sentence.text
    named = [span for span in lexicon.names_in(text[:start]) if not _is_own(text[slice(*span)], own)]
    if not named:
        return False
    first, last = named[-1]
    between = text[last:start]
    if holds(between, lexicon.table["self"]):
        return False
    same_clause = first >= clause_start
    if not same_clause:
        return bool(re.match(_RELATIVE, text[clause_start:start])) and not holds(text[clause_start:start], lexicon.table["self"])
    lead = text[max(0, first - 20) : first].strip()
    return not any(lead.endswith(word) for word in lexicon.table["beside"])


def _is_own(name: str, own: Sequence[str]) -> bool:
    return any(len(known) > 2 and (known in name or name in known) for known in own)
