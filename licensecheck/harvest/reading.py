"""One sentence and the lexicon in, the claims about a model's origin that it makes out.

The object of the word decides (a tokenizer that was trained from scratch is no model), who it is said of, and whether it is said at all:
denied, supposed, reported and compared are told apart. What is denied of a base is itself a claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.records import Record

from .about import Place, begins_with_subject, of_another_model, of_no_model_in_particular, place_of
from .grammar import OWN
from .lexicon import Lexicon
from .named import SIZE, NamedWords, named_words, rows_of, veiled
from .saying import denial_in, ends_denied_list, holds, is_denied, is_reported, is_supposed
from .sentences import Sentence
from .things import has_other_subject, holds_a_part, names_a_thing_of, of_a_part, of_a_thing, tells_what_it_is

#: no sentence says more
_MOST_HITS = 30
#: where a denial stands of a word that names no base
_RIGHT_BEFORE = 12
#: from words to the name of what they describe
_CALLED = 24

#: what says that a model was tuned; another size of it
_TUNED = r"tuned|微调|训练"
_SIZE_OF = r"[\s|*-]*(?:the |our |其中|而)?\s?([0-9]{1,4}(?:\.[0-9]{1,3})?[bm])\s?-?(?:版本|版|模型|version|variant|model|size|sibling)"
_KINDS = {"strong": 0, "soft": 1, "denied": 2}
_DENIED = 2

ORIGIN = ("trained-from-scratch", "self-developed")


class Reading(Record):
    """A claim: its id, without reserve or not, and where its words stand in the sentence."""

    claim: str
    strong: bool
    start: int
    end: int


def read(sentence: Sentence, lexicon: Lexicon, own: Sequence[str] = ()) -> tuple[Reading, ...]:
    """The claims of one sentence, at most one of a kind; `own` are names of the subject, in lower case."""
    if sentence.asks:
        return ()
    words = named_words(sentence, lexicon, own)
    seen = sentence._replace(text=veiled(sentence.text, words.mine))  # a word within the model's own name says nothing
    found: dict[str, Reading] = {}
    dismissed: list[Reading] = []
    for hit in _hits(words, lexicon):
        if hit.claim in found or any(_lies_in(hit, other, sentence.text) for other in dismissed):
            continue
        reading = _counted(hit, seen, words, lexicon, own)
        if reading is None:
            dismissed.append(hit)
        elif reading.claim not in found:
            found[reading.claim] = reading
    return _without_shadows(list(found.values()), sentence.text)


def _lies_in(hit: Reading, other: Reading, text: str) -> bool:
    """A part of a longer phrase says no more than the whole: neither a soft one nor the rest of a word with a hyphen."""
    if hit.claim != other.claim or not (other.start <= hit.start and hit.end <= other.end):
        return False
    return (hit.claim == ORIGIN[0] and not hit.strong) or text[hit.start - 1 : hit.start] == "-"


def _hits(words: NamedWords, lexicon: Lexicon) -> list[Reading]:
    """Where phrases stand, claims in the order of the table, strong ones first, of those at one place the longest."""
    found = sorted(
        {
            (order, _KINDS[kind], row[first].start, -row[last - 1].end, claim)
            for row in rows_of(words.words)
            for order, claim, kind, first, last in lexicon.places([word.text for word in row])
        }
    )
    return [Reading(claim if kind < _DENIED else "", kind != 1, start, -end) for _, kind, start, end, claim in found[:_MOST_HITS]]


def _counted(hit: Reading, seen: Sentence, words: NamedWords, lexicon: Lexicon, own: Sequence[str]) -> Reading | None:
    """The claim that the words make where they stand, if any; the sentence is `seen` without the model's own name."""
    table = lexicon.table
    place = place_of(seen, hit.start, hit.end)
    doing = all(start != hit.start for start, _ in words.others)
    if is_supposed(place.before, table, place.inside, doing=doing) or is_supposed(
        seen.text[: hit.start], {**table, "hypothetical": ()}, doing=doing
    ):
        return None
    if is_reported(seen.text, hit.start, hit.end, table) or of_no_model_in_particular(place, table, origin=hit.claim in ORIGIN):
        return None
    if _is_of_another_size(place, own) or (not hit.strong and holds(seen.text[hit.end :], table["lessons"])):
        return None
    near = place.before if hit.claim or " " in place.inside or not place.inside.isascii() else place.before[-_RIGHT_BEFORE:]
    denied = (
        is_denied(near, table["denied"], place.inside if hit.claim != "not-derived" else "")
        or (holds(place.inside, table["never_so"]) and is_denied(seen.text[: hit.start], table["denied"]))
        or (hit.claim != "" and place.before.lstrip().startswith("no "))
        or ends_denied_list(seen.text[: hit.start])
    )
    if not denied:
        return hit if hit.claim and _is_of_this_model(hit, place, words, lexicon, own) else None
    if hit.claim in ORIGIN or hit.claim == "same-architecture" or (hit.claim != "not-derived" and _says_what_instead(place, table)):
        return None
    hit = hit._replace(claim="not-derived", start=_start_of_denial(hit, place, table))
    return hit if _is_of_this_model(hit, place, words, lexicon, own) else None


def _is_of_another_size(place: Place, own: Sequence[str]) -> bool:
    """Does the clause begin with another size of this model: the 8B version, 8B 版本?"""
    text = place.sentence.text
    if not any(char.isdigit() for char in text[: place.start]):
        return False
    found = re.match(_SIZE_OF, place.before)
    if found is None and OWN not in text[: place.start]:
        found = re.match(_SIZE_OF, text)
    known = {size for name in own for size in re.findall(SIZE, name)}
    return found is not None and bool(known) and found[1] not in known


def _says_what_instead(place: Place, table: Mapping[str, Any]) -> bool:
    return place.before.rstrip().endswith(tuple(table["instead"]))


def _start_of_denial(hit: Reading, place: Place, table: Mapping[str, Any]) -> int:
    """Where the words of a denial begin: without the word that denies they would say the opposite."""
    if is_denied("", table["denied"], place.inside):
        return hit.start
    first = denial_in(place.before, table["denied"])
    if first < len(place.before):
        return hit.start - len(place.before) + first
    return denial_in(place.sentence.text[: hit.start], table["denied"])


def _is_of_this_model(hit: Reading, place: Place, words: NamedWords, lexicon: Lexicon, own: Sequence[str]) -> bool:
    table = lexicon.table
    if hit.claim in ORIGIN:
        if not hit.strong and _is_done_with_any_model(place, table):
            return False
        if not _is_plain(hit, place, table) and not _speaks_of_a_model(place.sentence.text, table, own):
            return False
        if hit.claim != ORIGIN[0] and of_a_thing(place, table):
            return False
        if holds(place.before, table["makers"]) or place.after.lstrip().startswith(tuple(table["by_makers"])):
            return False
        is_one = tells_what_it_is(place, own, table)
        if not _is_called(place) and of_a_part(place, table["object"], table["made_with"], is_one=is_one):
            return False
        if hit.claim == ORIGIN[0] and _speaks_of_doing(place, table, own):
            return False
    elif (
        not tells_what_it_is(place, own, table)
        and (has_other_subject(place, table) or (hit.claim != "same-architecture" and names_a_thing_of(place, table)))
    ) or (hit.claim == "same-architecture" and not _compares_forms(place, table)):
        return False
    return not of_another_model(place, words.others, table, words.mine) and not begins_with_subject(place, words.others, table)


def _is_called(place: Place) -> bool:
    """Is what the words describe called by this model's name: 自研向量模型 *Harbour-Embed*?"""
    noun, mine, _ = place.after[:_CALLED].partition(OWN)
    return bool(mine) and not any(mark in noun for mark in ",，的")


def _is_done_with_any_model(place: Place, table: Mapping[str, Any]) -> bool:
    """Was the model only tuned, tested, hosted there?"""
    if place.before.rstrip().endswith(tuple(table["done_to_others"])):
        return True
    return "house" in place.inside and holds(place.before, table["handled"]) and not holds(place.after, table["object"]["model"])


def _is_plain(hit: Reading, place: Place, table: Mapping[str, Any]) -> bool:
    """Need no model be named? Not where the words speak of learning, nor where a sentence without a subject begins with them."""
    if not hit.strong or hit.claim != ORIGIN[0] or any(stem in place.inside for stem in table["learning"]):
        return hit.strong
    return place.inside.isascii() and not (place.before + place.leading).strip()


def _compares_forms(place: Place, table: Mapping[str, Any]) -> bool:
    """Is the architecture that of the model, said to be like another's?"""
    own = place.after.lstrip().startswith(tuple(table["has_its_own"]))
    if "|" in place.inside and place.sentence.text.count("|", place.end) > 1:
        return False  # a table of several models
    return not own and not holds(place.inside, table["unlike"]) and not holds_a_part(place, table["object"])


def _speaks_of_doing(place: Place, table: Mapping[str, Any], own: Sequence[str]) -> bool:
    """Training a model from scratch, 从头训练一个模型: the doing in general, by nobody and of no model in particular."""
    if OWN in place.inside or any(len(name) > 2 and name in place.inside for name in own) or holds(place.inside, table["definite"]):
        return False
    first = place.inside.split(" ", 1)[0]
    if place.before.rstrip().endswith(tuple(word for word in table["presenting"] if not word.isascii())):
        return False
    if holds(place.inside, table["doing"]["done"]):
        return False
    if first in table["doing"]["noun"]:
        return not place.before.rstrip().endswith(tuple(table["doing"]["did"]))
    return not holds(place.before, table["speaker"]) and (
        first in table["doing"]["verb"] or place.after.startswith(tuple(table["indefinite"]))
    )


def _speaks_of_a_model(text: str, table: Mapping[str, Any], own: Sequence[str]) -> bool:
    """A word that leaves room says something only where a model is spoken of."""
    return (
        text.lstrip(" -*+•|").startswith(tuple(table["by_itself"]))
        or holds(text, table["object"]["model"])
        or OWN in text
        or any(len(name) > 2 and name in text for name in own)
    )


def _without_shadows(found: list[Reading], text: str) -> tuple[Reading, ...]:
    """A sentence that says "not based on X" does not say "based on X"; "the X architecture" is no base."""
    kept = []
    for one in found:
        shadowed = any(other is not one and _overlaps(one, other, text) and (one.claim, other.claim) in _SHADOWS for other in found)
        if not shadowed:
            kept.append(one)
    return tuple(kept)


def _overlaps(one: Reading, other: Reading, text: str) -> bool:
    """Of one piece; not where the words beside those of an architecture say that it was tuned (tuned from X, whose design it keeps)."""
    if not (other.start < one.end and one.start < other.end):
        return False
    beside = text[one.start : min(one.end, other.start)] + text[max(one.start, other.end) : one.end]
    return other.claim != "same-architecture" or re.search(_TUNED, beside) is None


#: (weaker, stronger) of two claims whose words overlap
_SHADOWS = frozenset(
    {
        ("based-on", "not-derived"),
        ("same-architecture", "not-derived"),
        ("based-on", "same-architecture"),
        ("self-developed", "not-derived"),
    }
)
