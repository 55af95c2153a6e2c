"""A sentence in, its words out, with each name of a model made one word: this one's, another's, "any other model"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from licensecheck.records import Record

from .grammar import GAP, NAME, OTHERS, OWN, Word, words_of
from .lexicon import Lexicon
from .sentences import Sentence

#: sizes and versions in names
SIZE = r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,3})?[bm](?![a-z])"
_VERSION = r"(?<![a-z0-9])v[0-9]{1,4}(?:\.[0-9]{1,4})?"
#: words of one sentence that are read
_MOST_WORDS = 400
#: characters of a name that is none
_SHORTEST = 2
_MARKS = str.maketrans("", "", "-_ .")


class NamedWords(Record):
    """The words of a sentence with the names of models in them made one word each; where names of others stand, and where this one's."""

    words: Sequence[Word]
    others: Sequence[tuple[int, int]]
    mine: Sequence[tuple[int, int]]


def named_words(sentence: Sentence, lexicon: Lexicon, own: Sequence[str]) -> NamedWords:
    """The words of a sentence; `own` are names of the subject, in lower case."""
    text = sentence.text
    words: list[Word] = []
    others = []
    whole = [name for name in own if name not in lexicon.families]  # of a model called after its base, the first word is no name of its own
    at = 0
    for start, end in _with_own(lexicon.whole_names(text, sentence.cased), text, own):
        mine = _is_own(text[start:end], whole) and not _is_sibling(text[start:end], own)
        if mine:  # without what a capital letter before it added
            start += max(0, min((found for name in own if (found := text[start:end].find(name)) >= 0), default=0))
        words += words_of(text, at, start)
        words.append(Word(OWN if mine else NAME, start, end))
        if not mine and text[end : end + 1] != "-" and _is_another(text[start:end], lexicon, own):
            others.append((start, end))
        at = end
    words = _with_others([*words, *words_of(text, at)][:_MOST_WORDS], lexicon)
    return NamedWords(words, others, [(word.start, word.end) for word in words if word.text == OWN])


def rows_of(words: Sequence[Word]) -> list[Sequence[Word]]:
    """The words as they stand and, where there are words in parentheses, without these."""
    if not any(word.text in "(（" for word in words):
        return [words]
    kept, depth = [], 0
    for word in words:
        depth += word.text in "(（"
        if not depth:
            kept.append(word)
        depth = max(0, depth - (word.text in ")）"))
    return [words, kept]


def veiled(text: str, mine: Sequence[tuple[int, int]]) -> str:
    """The text with the names of this model made of letters of no language, each as long as it is."""
    for start, end in mine:
        text = text[:start] + OWN * (end - start) + text[end:]
    return text


def _with_own(spans: Sequence[tuple[int, int]], text: str, own: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of names; where the subject's own name holds another's (Harbour-X, where X is known), its own."""
    mine = []
    for name in own:
        if ("-" in name or not name.isascii()) and name in text:  # a single English word may be any word
            size = r"(?:[ -]?[0-9]{1,4}(?:\.[0-9]{1,3})?[bm])?" if not name.isascii() else ""
            mine += [match.span() for match in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}{size}(?![a-z0-9])", text)]
    return sorted(
        {
            *(span for span in spans if not any(_holds(one, span) for one in mine)),
            *(one for one in mine if not any(_holds(span, one) for span in spans)),
        }
    )


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner


def _is_sibling(name: str, own: Sequence[str]) -> bool:
    """Has it this model's name, but another size or version?"""
    for pattern in (SIZE, _VERSION):
        told = re.findall(pattern, name)
        known = [found for one in own for found in re.findall(pattern, one)]
        if told and known and not set(told) & set(known):
            return True
    return False


def _is_another(name: str, lexicon: Lexicon, own: Sequence[str]) -> bool:
    """Is it known as the name of another model?"""
    if any(name.startswith(one) for one in own):
        return _is_sibling(name, own)
    return lexicon.is_known(name)


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
        if (
            texts[at] in lexicon.table["ends_noun"]
            or lexicon.grammar.length("ours", texts, at)
            or (not texts[at].isalnum() and texts[at] not in ("'s", "'"))
        ):
            break
        step = lexicon.grammar.length("borrowed", texts, at)
        if step:
            found = at + step
        at += step or 1
    return found


def _is_own(name: str, own: Sequence[str]) -> bool:
    """Does one of the subject's names stand in it, not as a part of another word, or with other marks between its parts?"""
    closed = name.translate(_MARKS)
    return any(
        len(known) > (_SHORTEST if known.isascii() else 1)
        and (
            re.search(rf"(?<![a-z]){re.escape(known)}(?![a-z])", name) is not None
            or (len(known) > 2 * _SHORTEST and closed.startswith(known.translate(_MARKS)))
        )
        for known in own
    )
