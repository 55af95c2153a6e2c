"""A place in a sentence and the table of words in, which model its words are said of out: this one, another, none in particular."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from licensecheck.records import Record

from .saying import clause_around, first_place, holds, last_place
from .sentences import Sentence

#: how far before a phrase its subject stands
REACH = 80
_DIRECTLY = 12
_MARKS, BULLETS = (":", "：", "|", "——", "—"), " |-*+•·"
_AND = len("and ")
_VERBS = ("is ", "was ", "are ", "were ", "has ", "have ")
ARTICLES = ("", "a", "an", "the", "一个", "一款", "一种")
_COMPARED = r"\bcompar(?:e|ed|es|ing) [^,;.]{1,30} (?:with|to|against) (?!our|this|it)"
_LIST = r"\s*(?:、|等|、等|或|以及|及|或者)\s*"
_FORM = r"[\s的]*(?:架构|结构|architecture\b)"
_ASIDE = r",[^,]{1,60},\s*$"
_BY_WHICH = r"\s*(?:基于|在|通过|采用|使用|利用|经|以|$)"
_RELATIVE = r"\s*(?:which|that|who|其|它)"


class Place(Record):
    """Where a phrase stands in its sentence, with its clause cut in two around it."""

    sentence: Sentence
    start: int
    end: int
    before: str
    inside: str
    after: str
    #: the clause before, when this one has no words but an article before the phrase
    leading: str


def place_of(sentence: Sentence, start: int, end: int) -> Place:
    """A phrase and the clause that it stands in."""
    text = sentence.text
    first, last = clause_around(text, start, end)
    before = text[first:start]
    leading = ""
    if first > 1 and text[first - 1] not in ";；":
        if before.strip() in ARTICLES:
            leading = text[clause_around(text, first - 1, first)[0] : first - 1]
        elif before.lstrip().startswith(_VERBS):
            leading = re.split("[;；。]", text[max(0, first - REACH) : first - 1])[-1]
    return Place(sentence, start, end, before, text[start:end], text[end:last], leading)


def of_no_model_in_particular(place: Place, table: Mapping[str, Any], *, origin: bool) -> bool:
    """Compared with, spoken of in general, or said of an earlier version."""
    before = place.before.replace("rather than", "").replace("other than", "").replace("不曾", "").replace("未曾", "")
    if place.sentence.text.startswith(tuple(table["spoken_of"]), place.end):
        return True
    if holds(place.inside, table["permits"]):
        return True
    if holds(before, table["theirs"]) or holds(place.inside, table["not_ours"]) or _of_all(place, table, origin=origin):
        return True
    if before.rstrip().endswith(tuple(table["indefinite_subjects"])) and not holds(before, table["presenting"]):
        return True
    if ("compar" in before and re.search(_COMPARED, before)) or _behind_the_noun(place, table).startswith(tuple(table["is_compared"])):
        return True
    compared = max((at for word in table["compared"] if (at := last_place(before, word)) >= 0), default=-1)
    if compared >= 0 and not holds(before[compared:], table["self"]) and (before[compared] < "\x7f" or _modifies(place)):
        return True
    if holds(_until(place.after, table["compared"]), table["set_aside"]) or holds(place.leading + place.before, table["set_aside"]):
        return True
    if holds(place.after, table["planned"]) or holds(place.sentence.text[: place.start], table["planned"]):
        return True
    subject = place.leading + before if before.lstrip().startswith(_VERBS) else before
    return holds(subject, table["earlier"]) or before.rstrip().endswith(tuple(table["any_of_them"]))


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


def of_another_model(
    place: Place, names: Iterable[tuple[int, int]], table: Mapping[str, Any], mine: Iterable[tuple[int, int]] = ()
) -> bool:
    """Is another model named before the words, with nothing after it that speaks of this one?

    `names` are those of others, in order, `mine` those of this one.
    """
    text = place.sentence.text
    clause = place.start - len(place.before)
    named = [span for span in names if span[1] <= place.start]
    if not named:
        return False
    first, last = named[-1]
    if place.before.lstrip().startswith(_VERBS) and not text[: named[0][0]].strip(BULLETS) and re.match(_ASIDE, text[named[0][1] : clause]):
        return True
    if holds(text[last : place.start], table["self"]) or any(last <= start < place.start for start, _ in mine):
        return False
    if text[last : place.start].strip() == "," and place.after.startswith(" by ") and not holds(place.after, table["speaker"]):
        return True
    if re.fullmatch(_LIST, text[last : place.start]) or re.match(_FORM, text[last : place.start]):
        return False
    if first < clause and text[last:clause].strip() == "," and _goes_on_about(place, text[:first]):
        return True
    if first < clause and text[last:clause].strip() in _MARKS and not text[:first].strip(BULLETS):
        return True  # a row or an entry about it
    if first < clause and _goes_on(text, clause):
        begin = clause_around(text, clause - _AND, clause - _AND)[0]
        return any(start - begin <= 1 for start, _ in named if start >= begin)
    lead = text[max(0, first - 20) : first].strip()
    compared = any(lead.endswith(word) for word in table["beside"])
    if first < clause:
        if text[last:clause].strip() in (",", "，") and not place.inside.isascii() and re.match(_BY_WHICH, place.before):
            return not compared  # in Chinese, a clause without a subject goes on about the last
        return bool(re.match(_RELATIVE, text[clause : place.start])) and not holds(text[clause : place.start], table["self"])
    return not compared


def _goes_on_about(place: Place, lead: str) -> bool:
    """Is the name before a comma the subject: "X, *a* version of Y, serves as ..."; "the first version, X, *was* ..."?"""
    if place.before.startswith((" a ", " an ", " the ")):
        return not lead.strip(BULLETS) and place.sentence.text.startswith(",", place.end + len(place.after))
    return place.before.lstrip().startswith(_VERBS)


def _goes_on(text: str, clause: int) -> bool:
    """Does the clause say more of the subject of the one before (it does this *and was* that)?"""
    return text.endswith("and ", 0, clause) and text.startswith(_VERBS, clause)


def begins_with_subject(place: Place, names: Iterable[tuple[int, int]], table: Mapping[str, Any]) -> bool:
    """Do the words begin with the name of another model as their subject (某模型是基于…微调的)?"""
    text = place.sentence.text
    subject = next(((first, last) for first, last in names if first == place.start), None)
    if subject is None or not text[subject[1] :].lstrip().startswith(tuple(table["as_subject"])):
        return False
    called = text[slice(*subject)]  # what has the base's name and more for its own is made of it
    return not any(first > place.start and called.startswith(text[first:last]) for first, last in names)
