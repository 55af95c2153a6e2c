"""A place in a sentence and the table of words in, whether it is said there out: not asked, denied, supposed or reported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .sentences import Sentence

#: compiled where they are used: most documents claim nothing
_CLAUSE = (
    r"[;:，；：()（）—–。|]|,(?![0-9]{3})|\s-\s|\bbut\b|\bwhile\b|\bwhereas\b|\balthough\b|\bthough\b|\bhowever\b"
    r"|\band (?=(?:is|was|are|were|has|have|does|do|did|it|we|the|they)\b)"
    r"|但是|但|而是|然而|不过|只是|因此|所以"
)
_QUOTED = r"[\"“”「『‘《]([^\"“”「」『』‘’《》]{1,120})[\"“”」』’》]"
_QUOTES = '"”」』'
#: up to here, a pair of quotes is open
_OPEN = r"^[^\"]*(?:\"[^\"]*\"[^\"]*)*\"[^\"]*$|[“「『][^”」』]*$"
#: not an x, y or
_DENIED_LIST = r"(?:\b(?:not|neither|never)|n['’]t) an? [a-z -]{1,20},[a-z ,-]{0,30} (?:or|nor) (?:an? )?$"
#: "to build it, we did" tells what was done, "to build it, do" how it is done
_TO_DO_IT = r"to [a-z-]{2,12} [^,]{1,60}(?:, (?:we|our|i|the|an?|this)| (?:we|i))\b"
_UNLIKE_OTHERS = r"(?:与|和|跟|不同于)[^，]{1,20}，"
_WORD_BEFORE = 60
#: characters before a phrase in which Chinese denies it
_NEGATION_BEFORE = 14


def is_said(sentence: Sentence, start: int, end: int, table: Mapping[str, Any], *, denies: bool = False) -> bool:
    """Is it said here, and as it is: not asked, denied (unless the words themselves deny), supposed or reported?"""
    first, _ = clause_around(sentence.text, start, end)
    before = sentence.text[first:start]
    if sentence.asks or (not denies and is_denied(before, table["denied"])) or is_supposed(before, table):
        return False
    return not is_reported(sentence.text, start, end, table)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a phrase begins and ends."""
    first = 0
    for match in re.compile(_CLAUSE).finditer(text, 0, start):
        first = match.end()
    following = re.compile(_CLAUSE).search(text, end)
    return first, following.start() if following else len(text)


def denial_in(before: str, words: Mapping[str, Sequence[str]]) -> int:
    """Where the last word stands, before a phrase in its clause, that denies it; the length of the text for none."""
    skipped = max(0, len(before) - _WORD_BEFORE)
    near = before[skipped:].replace("’", "'")
    for idiom in words["not_only"]:
        near = near.replace(idiom, " " * len(idiom))
    found = [(at, len(word)) for word in words["words"] if (at := last_place(near, word)) >= 0]
    contracted = near.rfind("n't")
    if contracted > 0:  # the whole word: isn't
        first = near.rfind(" ", 0, contracted) + 1
        found.append((first, contracted + len("n't") - first))
    if before.rstrip().endswith(" no"):
        found.append((len(near.rstrip()) - 2, 2))
    if not found:
        return len(before) - len(before.lstrip()) if before.lstrip().startswith("no ") else len(before)
    end = max(at + length for at, length in found)
    return skipped + min(at for at, length in found if at + length == end)


def is_denied(before: str, words: Mapping[str, Sequence[str]], inside: str = "") -> bool:
    """Does what stands before a phrase in its clause, or between its words, deny it?"""
    near = before[-_WORD_BEFORE:].replace("’", "'") + inside
    for idiom in words["not_only"]:
        near = near.replace(idiom, " ")
    behind = near[-_NEGATION_BEFORE - len(inside) :]
    denied = any(word in behind if not word[0].isascii() or word == "n't" else _holds_one(near, word) for word in words["words"])
    return denied or before.rstrip().endswith(" no")


def ends_denied_list(before: str) -> bool:
    """Is what follows the last of several things denied together: not a fork, copy or …?"""
    return before.endswith(("or ", "or a ", "or an ")) and re.search(_DENIED_LIST, before[-_WORD_BEFORE:]) is not None


def is_supposed(before: str, table: Mapping[str, Any], inside: str = "", *, doing: bool = True) -> bool:
    """Does what stands before a phrase in its clause say that it may be, will be or should be? A name is no `doing`."""
    before = without_lead(before, table)
    if holds(before, table["was_done"]):
        return False
    begins = (before + inside).lstrip().startswith(tuple(table["supposing"]))
    begun = before.rstrip()
    about_to = doing and begun.endswith(tuple(table["about_to"])) and not begun.endswith(tuple(table["not_about_to"]))
    return begins or about_to or holds(before, table["hypothetical"])


def without_lead(text: str, table: Mapping[str, Any]) -> str:
    """The text behind words that only lead to what is said: "please note that", "contrary to what some say,", "to build it, we"."""
    begun = text.lstrip()
    lead = next((words for words in table["lead_ins"] if begun.startswith(words)), None)
    if lead is not None:
        return begun[len(lead) :]
    if (
        begun.startswith(tuple(table["in_spite_of"]))
        or (begun.startswith(("与", "和", "跟", "不同于")) and re.match(_UNLIKE_OTHERS, begun))
        or (begun.startswith("to ") and re.match(_TO_DO_IT, begun))
    ):
        return re.split("[,，]| we | i ", begun, maxsplit=1)[-1]
    return text


def is_reported(text: str, start: int, end: int, table: Mapping[str, Any]) -> bool:
    """Said by somebody else: a word of reporting before it, or the words between quotes that are not all there is."""
    told = text[:start]
    right = max((at for word in table["set_right"] if (at := last_place(told, word)) >= 0), default=0)
    if holds(without_lead(told[right:], table), table["reported"]):
        return True
    if any(quote in text[start:end] for quote in _QUOTES) and re.search(_OPEN, text[:start]) and re.search(_OPEN, text[:end]):
        return True  # from between one pair of quotes to between another
    for match in re.compile(_QUOTED).finditer(text):
        if match.start() < start and end < match.end():
            lead = text[: match.start()]
            if text.startswith(tuple(table["called_so"]), match.end()) or (
                holds(lead, table["told"]) and not holds(lead, table["speaker"])
            ):
                return True
            if len(match[1]) < len(text) - 12:
                return not holds(match[1], table["speaker"]) or holds(text[match.end() :], table["theirs"])
    return False


def holds(text: str, words: Sequence[str]) -> bool:
    """Does one of the words stand in the text, at word boundaries?"""
    return any(word in text and (not word[0].isascii() or _holds_one(text, word)) for word in words)


def last_place(text: str, word: str) -> int:
    """Where the word stands last, at word boundaries; -1 for nowhere."""
    position = text.rfind(word)
    while position >= 0 and word[0].isascii() and not _is_whole(text, word, position):
        position = text.rfind(word, 0, position + len(word) - 1)
    return position


def first_place(text: str, word: str) -> int:
    """Where the word stands first, at word boundaries; -1 for nowhere."""
    position = text.find(word)
    while position >= 0 and word[0].isascii() and not _is_whole(text, word, position):
        position = text.find(word, position + len(word))
    return position


def _holds_one(text: str, word: str) -> bool:
    position = text.find(word)
    while position >= 0:
        if _is_whole(text, word, position):
            return True
        position = text.find(word, position + len(word))
    return False


def _is_whole(text: str, word: str, position: int) -> bool:
    after = position + len(word)
    before = text[position - 1 : position]
    return not (word[0].isalnum() and before.isascii() and before.isalnum()) and not (
        word[-1].isalnum() and text[after : after + 1].isascii() and text[after : after + 1].isalnum()
    )
