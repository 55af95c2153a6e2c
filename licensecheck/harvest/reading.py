"""One sentence and the lexicon in, the claims about a model's origin that it makes out.

The object of the word decides (a tokenizer that was trained from scratch is no model), who it is said of, and whether it is said at all:
denied, supposed, reported and compared are told apart. What is denied of a base is itself a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.records import Record

from .about import (
    Place,
    begins_with_subject,
    has_other_subject,
    holds_a_part,
    names_a_thing_of,
    of_a_part,
    of_a_thing,
    of_another_model,
    of_no_model_in_particular,
    place_of,
)
from .grammar import GAP, NAME, OTHERS, OWN, Word, words_of
from .lexicon import Lexicon
from .saying import denial_in, ends_denied_list, holds, is_denied, is_reported, is_supposed
from .sentences import Sentence

#: no sentence says more
_MOST_HITS = 30
#: words of one sentence that are read
_MOST_WORDS = 400
#: where a denial stands of a word that names no base
_RIGHT_BEFORE = 12

_KINDS = {"strong": 0, "soft": 1, "denied": 2}
_DENIED = 2

ORIGIN = ("trained-from-scratch", "self-developed")


class Reading(Record):
    """A claim: its id, without reserve or not, and where its words stand in the sentence."""

    claim: str
    strong: bool
    start: int
    end: int


class _Words(Record):
    """The words of a sentence with the names of models in them made one word each."""

    words: Sequence[Word]
    texts: Sequence[str]
    others: Sequence[tuple[int, int]]


def read(sentence: Sentence, lexicon: Lexicon, own: Sequence[str] = ()) -> tuple[Reading, ...]:
    """The claims of one sentence, at most one of a kind; `own` are names of the subject, in lower case."""
    if sentence.asks:
        return ()
    words = _words(sentence, lexicon, own)
    found: dict[str, Reading] = {}
    dismissed: list[Reading] = []
    for hit in _hits(words, lexicon):
        if hit.claim in found or any(_lies_in(hit, other) for other in dismissed):
            continue
        reading = _counted(hit, sentence, words, lexicon, own)
        if reading is None:
            dismissed.append(hit)
        elif reading.claim not in found:
            found[reading.claim] = reading
    return _without_shadows(list(found.values()))


def _lies_in(hit: Reading, other: Reading) -> bool:
    """A part of a longer phrase says no more than the whole."""
    return hit.claim == other.claim == ORIGIN[0] and not hit.strong and other.start <= hit.start and hit.end <= other.end


def _words(sentence: Sentence, lexicon: Lexicon, own: Sequence[str]) -> _Words:
    text = sentence.text
    words: list[Word] = []
    others = []
    whole = [name for name in own if name not in lexicon.families]  # of a model called after its base, the first word is no name of its own
    at = 0
    for start, end in lexicon.whole_names(text, sentence.cased):
        mine = _is_own(text[start:end], whole)
        words += words_of(text, at, start)
        words.append(Word(OWN if mine else NAME, start, end))
        if not mine and text[end : end + 1] != "-" and lexicon.is_known(text[start:end]) and not text.startswith(tuple(own), start):
            others.append((start, end))
        at = end
    words = _with_others([*words, *words_of(text, at)][:_MOST_WORDS], lexicon)
    return _Words(words, [word.text for word in words], others)


def _with_others(words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """ "Any other model", "第三方的权重" made one word: such an adjective and the last noun of models within reach."""
    texts = [word.text for word in words]
    foreign = lexicon.grammar.choice("foreign")
    if foreign.keys().isdisjoint(texts):
        return list(words)
    kept: list[Word] = []
    at = 0
    while at < len(words):
        step = lexicon.grammar.length("foreign", texts, at) if texts[at] in foreign else 0
        end = _noun_behind(texts, at + step, lexicon) if step else 0
        if end:
            kept.append(Word(OTHERS, words[at].start, words[end - 1].end))
            at = end
        else:
            kept.append(words[at])
            at += 1
    return kept


def _noun_behind(texts: Sequence[str], at: int, lexicon: Lexicon) -> int:
    """Behind the last noun of models that stands within reach, before anything that ends the noun phrase; 0 for none."""
    found = 0
    reach = at + GAP
    while at < min(reach, len(texts)):
        if texts[at] in lexicon.table["ends_noun"] or (not texts[at].isalnum() and texts[at] not in ("'s", "'")):
            break
        step = lexicon.grammar.length("borrowed", texts, at)
        if step:
            found = at + step
        at += step or 1
    return found


def _hits(words: _Words, lexicon: Lexicon) -> list[Reading]:
    """Where phrases stand, claims in the order of the table, strong ones first, of those at one place the longest."""
    found = sorted(
        (order, _KINDS[kind], words.words[first].start, -words.words[last - 1].end, claim)
        for order, claim, kind, first, last in lexicon.places(words.texts)
    )
    return [Reading(claim if kind < _DENIED else "", kind != 1, start, -end) for _, kind, start, end, claim in found[:_MOST_HITS]]


def _counted(hit: Reading, sentence: Sentence, words: _Words, lexicon: Lexicon, own: Sequence[str]) -> Reading | None:
    """The claim that the words make where they stand, if any."""
    table = lexicon.table
    place = place_of(sentence, hit.start, hit.end)
    if is_supposed(place.before, table, place.inside) or is_supposed(sentence.text[: hit.start], {**table, "hypothetical": ()}):
        return None
    if is_reported(sentence.text, hit.start, hit.end, table) or of_no_model_in_particular(place, table, origin=hit.claim in ORIGIN):
        return None
    near = place.before if hit.claim or " " in place.inside or not place.inside.isascii() else place.before[-_RIGHT_BEFORE:]
    denied = (
        is_denied(near, table["denied"], place.inside if hit.claim != "not-derived" else "")
        or (holds(place.inside, table["never_so"]) and is_denied(sentence.text[: hit.start], table["denied"]))
        or (hit.claim != "" and place.before.lstrip().startswith("no "))
        or ends_denied_list(sentence.text[: hit.start])
    )
    if not denied:
        return hit if hit.claim and _is_of_this_model(hit, place, words, lexicon, own) else None
    if hit.claim in ORIGIN or hit.claim == "same-architecture" or (hit.claim != "not-derived" and _says_what_instead(place, table)):
        return None
    hit = hit._replace(claim="not-derived", start=_start_of_denial(hit, place, table))
    return hit if _is_of_this_model(hit, place, words, lexicon, own) else None


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


def _is_of_this_model(hit: Reading, place: Place, words: _Words, lexicon: Lexicon, own: Sequence[str]) -> bool:
    table = lexicon.table
    if hit.claim in ORIGIN:
        if not hit.strong and _is_done_with_any_model(place, table):
            return False
        if not _is_plain(hit, place, table) and not _speaks_of_a_model(place.sentence.text, table, own):
            return False
        if hit.claim != ORIGIN[0] and of_a_thing(place, table):
            return False
        if (
            holds(place.before, table["makers"])
            or place.after.lstrip().startswith(tuple(table["by_makers"]))
            or of_a_part(place, table["object"], table["made_with"])
        ):
            return False
        if hit.claim == ORIGIN[0] and _speaks_of_doing(place, table, own):
            return False
    elif has_other_subject(place, table):
        return False
    elif hit.claim == "same-architecture":
        if not _compares_forms(place, table):
            return False
    elif names_a_thing_of(place, table):
        return False
    return not of_another_model(place, words.others, table) and not begins_with_subject(place, words.others, table)


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
    return not own and not holds(place.inside, table["unlike"]) and not holds_a_part(place, table["object"])


def _speaks_of_doing(place: Place, table: Mapping[str, Any], own: Sequence[str]) -> bool:
    """Training a model from scratch, 从头训练一个模型: the doing in general, by nobody and of no model in particular."""
    if any(len(name) > 2 and name in place.inside for name in own) or holds(place.inside, table["definite"]):
        return False
    first = place.inside.split(" ", 1)[0]
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
        text.startswith(tuple(table["by_itself"]))
        or holds(text, table["object"]["model"])
        or any(len(name) > 2 and name in text for name in own)
    )


def _is_own(name: str, own: Sequence[str]) -> bool:
    return any(len(known) > 2 and known in name for known in own)


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
