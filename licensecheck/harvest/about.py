"""A place in a sentence and the table of words in, what its words are said of out: this model, a part of it, another, any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from licensecheck.records import Record

from .saying import clause_around, first_place, holds, last_place
from .sentences import Sentence

#: how far before a phrase its subject stands, and how far behind it its object
_SUBJECT_REACH, _OBJECT_REACH = 80, 30
_DIRECTLY = 12
_AND = len("and ")
_ENDING = tuple("on with by using in at over via through for and is was took has which that from to".split())
#: from one end of the making to the other
_ALL_ALONG = r"从[^从，。]{1,12}到[^，。]{1,16}?(?=均|都|全|皆|完全|纯)"
_COMPARED = r"\bcompar(?:e|ed|es|ing) [^,;.]{1,30} (?:with|to|against) (?!our|this|it)"
_SUBJECT = (
    r"(?:the|each|every|all|our|its|their|these|both|an?|most|some) ([a-z0-9 -]{1,50}?)"
    r" (?:is|was|are|were|has been|have been)(?: [a-z]+)?\s*$"
)
_RELATIVE = r"\s*(?:which|that|who|其|它)"


class Place(Record):
    """Where a phrase stands in its sentence, with its clause cut in two around it."""

    sentence: Sentence
    start: int
    end: int
    before: str
    inside: str
    after: str
    #: the clause before, when this one has no words before the phrase
    leading: str


def place_of(sentence: Sentence, start: int, end: int) -> Place:
    """A phrase and the clause that it stands in."""
    text = sentence.text
    first, last = clause_around(text, start, end)
    before = text[first:start]
    leading = ""
    if not before.strip() and first > 1:
        leading = text[clause_around(text, first - 1, first)[0] : first - 1]
    return Place(sentence, start, end, before, text[start:end], text[end:last], leading)


def of_a_part(place: Place, objects: Mapping[str, Sequence[str]], made_with: Sequence[str] = ()) -> bool:
    """Is the nearest thing that it can be said of a tool or a part rather than the model?"""
    if "从" in place.before and "到" in place.before:
        place = place._replace(before=re.sub(_ALL_ALONG, "", place.before))
    if place.before.strip():
        objects = {**objects, "other": (*objects["other"], *objects["form"])}
    within = _nearest(place.inside, objects, last=True)
    if within is not None:
        return within[1]
    after = place.after[:_OBJECT_REACH]
    right = _nearest(after, objects, last=False)
    left = _subject(place, objects)
    # what follows directly (自研的框架, an in-house tokenizer) is what it is about; else what went before (the tokenizer was trained ...)
    if right is not None and (right[0] <= _DIRECTLY or left is None) and not _ends_before(after[: right[0]]):
        return right[1]
    if left is None or not left[1]:
        return False
    tail = place.before[: len(place.before) - left[0]][-_SUBJECT_REACH // 4 :]
    return not (place.before.strip() and not place.inside.isascii() and any(word in tail for word in made_with))


def of_a_thing(place: Place, table: Mapping[str, Any]) -> bool:
    """Is the subject a noun with an article that no table knows as that of a model: *each question* was independently developed?"""
    found = re.match(_SUBJECT, place.before.lstrip())
    return found is not None and not holds(found[1], table["object"]["model"]) and not holds(found[1], table["may_be_a_model"])


def has_other_subject(place: Place, table: Mapping[str, Any]) -> bool:
    """Is the subject of a statement about bases a tool or a part? An adapter, a repository or "we" is none."""
    left = _subject(place, table["object"], table["self"])
    return left is not None and left[1]


def holds_a_part(place: Place, objects: Mapping[str, Sequence[str]]) -> bool:
    """Do the words themselves speak of a tool or a part (the architecture *of the classifier* is that of ...)?"""
    for lead in (" of the ", " of our ", " of "):
        nearest = _nearest(place.inside.partition(lead)[2], objects, last=False)
        if nearest is not None and nearest[0] == 0:
            return nearest[1]
    return False


def names_a_thing_of(place: Place, table: Mapping[str, Any]) -> bool:
    """Do the words go on with what is not the model that they name (based on the X *tokenizer*, 基于某模型*的分词器*)?"""
    nearest = _nearest(place.inside.partition(" from ")[0], table["object"], last=True)
    if nearest == (0, True):  # we adapted *the tokenizer* from ...
        return True
    after = place.after.lstrip(" -")
    for lead in ("'s ", "’s ", "的", "generated "):
        after = after.removeprefix(lead)
    nearest = _nearest(after[:16], table["object"], last=False)
    return after.startswith(tuple(table["goes_on"])) or (nearest is not None and nearest[0] <= 1 and nearest[1])


def of_no_model_in_particular(place: Place, table: Mapping[str, Any], *, origin: bool) -> bool:
    """Compared with, spoken of in general, or said of an earlier version."""
    before = place.before.replace("rather than", "").replace("other than", "")
    if place.sentence.text.startswith(tuple(table["spoken_of"]), place.end):
        return True
    if holds(before, table["theirs"]) or _of_all(place, table, origin=origin):
        return True
    if before.rstrip().endswith(tuple(table["indefinite_subjects"])) and not holds(before, table["presenting"]):
        return True
    if ("compar" in before and re.search(_COMPARED, before)) or _behind_the_noun(place, table).startswith(tuple(table["is_compared"])):
        return True
    compared = max((at for word in table["compared"] if (at := last_place(before, word)) >= 0), default=-1)
    if compared >= 0 and not holds(before[compared:], table["self"]) and (before[compared] < "\x7f" or _modifies(place)):
        return True
    if holds(_until(place.after, table["compared"]), table["set_aside"]) or holds(place.before, table["set_aside"]):
        return True
    return holds(before, table["earlier"]) or before.rstrip().endswith(tuple(table["any_of_them"]))


def _of_all(place: Place, table: Mapping[str, Any], *, origin: bool) -> bool:
    """Does the clause begin with the words, or with a noun that they describe, and go on about it: self-developed models cost much."""
    if place.before.strip():
        return False
    if origin and place.after.startswith(tuple(table["in_general"])):
        return True
    after = place.after
    kind = next((word for word in table["kind"] if 0 <= after.find(word) <= _DIRECTLY), None)
    rest = after.partition(kind)[2].strip() if kind else ""
    if origin:
        return rest.startswith(tuple(table["of_the_kind"]))
    return len(rest) > 1 and not rest[:_DIRECTLY].isascii() and not rest.startswith(tuple(table["object"]["form"]))


def _until(text: str, words: Sequence[str]) -> str:
    """The text before the first of the words: what is outperformed is not what outperforms."""
    return text[: min((at for word in words if word.isascii() and (at := first_place(text, word)) >= 0), default=len(text))]


def _behind_the_noun(place: Place, table: Mapping[str, Any]) -> str:
    """The rest of the clause, without a noun for models that the words describe."""
    after = place.after.lstrip().removeprefix("的")
    kind = next((word for word in table["kind"] if after.startswith(word)), "")
    return after.removeprefix(kind)


def _modifies(place: Place) -> bool:
    """In Chinese, do the words stand before a noun that they describe?"""
    return "的" in place.after[:8]


def of_another_model(place: Place, names: Iterable[tuple[int, int]], table: Mapping[str, Any]) -> bool:
    """Is another model named before the words, with nothing after it that speaks of this one? `names` are those of others, in order."""
    text = place.sentence.text
    clause = place.start - len(place.before)
    named = [span for span in names if span[1] <= place.start]
    if not named:
        return False
    first, last = named[-1]
    if holds(text[last : place.start], table["self"]):
        return False
    if text[last : place.start].strip() == "," and place.after.startswith(" by ") and not holds(place.after, table["speaker"]):
        return True
    if first < clause and _goes_on(text, clause):
        begin = clause_around(text, clause - _AND, clause - _AND)[0]
        return any(start - begin <= 1 for start, _ in named if start >= begin)
    if first < clause:
        return bool(re.match(_RELATIVE, text[clause : place.start])) and not holds(text[clause : place.start], table["self"])
    lead = text[max(0, first - 20) : first].strip()
    return not any(lead.endswith(word) for word in table["beside"])


def _goes_on(text: str, clause: int) -> bool:
    """Does the clause say more of the subject of the one before (it does this *and was* that)?"""
    return text.endswith("and ", 0, clause) and text.startswith(("is ", "was ", "are ", "were ", "has ", "have "), clause)


def begins_with_subject(place: Place, names: Iterable[tuple[int, int]], table: Mapping[str, Any]) -> bool:
    """Do the words begin with the name of another model as their subject (某模型是基于…微调的)?"""
    text = place.sentence.text
    subject = next(((first, last) for first, last in names if first == place.start), None)
    if subject is None or not text[subject[1] :].lstrip().startswith(tuple(table["as_subject"])):
        return False
    called = text[slice(*subject)]  # what has the base's name and more for its own is made of it
    return not any(first > place.start and called.startswith(text[first:last]) for first, last in names)


def _subject(place: Place, objects: Mapping[str, Sequence[str]], speaker: Sequence[str] = ()) -> tuple[int, bool] | None:
    """The nearest thing before the words, in their clause or, when they begin it, in the one before."""
    text = (place.before if place.before.strip() else place.leading)[-_SUBJECT_REACH:]
    nearest = _nearest(text, objects, last=True)
    if nearest is None or not speaker:
        return nearest
    said = max((at + len(word) for word in speaker if (at := last_place(text, word)) >= 0), default=-1)
    return nearest if len(text) - nearest[0] >= said else (len(text) - said, False)


def _ends_before(text: str) -> bool:
    """A preposition between: from scratch *on our cluster*, 从零训练*于*…: what follows is where, not what."""
    return holds(text, _ENDING) or any(char in text for char in "于用由在并和与")


def _nearest(text: str, objects: Mapping[str, Sequence[str]], *, last: bool) -> tuple[int, bool] | None:
    """Distance to the nearest object, and whether it is something other than the model; of two at one place the longer counts."""
    best: tuple[int, int, bool] | None = None
    for other in (True, False):
        for word in objects["other" if other else "model"]:
            if word not in text:
                continue
            at = last_place(text, word) if last else first_place(text, word)
            if at < 0:
                continue
            distance = len(text) - (at + len(word)) if last else at
            candidate = (distance, -len(word), other)
            if best is None or candidate < best:
                best = candidate
    return None if best is None else (best[0], best[2])
