"""Phrases of the table of claims and the words of a sentence in, where the phrases stand out.

A phrase is a row of words. `{tune}` stands for any of the words of that class, `(from|of)` for one of these, `[the]` may be missing, and
`*` or `~` is up to a dozen or up to three words that do not end a clause. There is neither repetition nor nesting, and what was tried
in vain from a place on is not tried again: all phrases are found in time in proportion to the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from licensecheck.records import Record

#: what stands in the text of a word that is a name of another model, of this one, or "any other model"
NAME, OWN, OTHERS = "\ue000", "\ue001", "\ue002"
_NAMES = frozenset((NAME, OWN, OTHERS))
#: words that a `*` and a `~` may stand for; a Chinese word has two characters
GAP, SHORT_GAP = 12, 3
_WORD, _CHARACTER = 2, 1
_WORDS = (
    r"[a-z]+(?=n['’]t(?![a-z]))|n['’]t(?![a-z])|['’]s(?![a-z])|[a-z0-9]+(?:[.:][0-9]+|,[0-9]{3}(?![0-9]))*(?:['’]d(?![a-z]))?|[^\sa-z0-9]"
)
_ITEMS = r"\{([^{}]+)\}|\(([^()]*)\)|\[([^\[\]]*)\]|([*~])|([^\s{}()\[\]*~]+)"
_STOPS = frozenset(",;:.!?，；：。！？()（）、|")
_Choice = Mapping[str, Sequence[tuple[str, ...]]]


class Word(Record):
    """A word, a Chinese character or a mark, and where it stands in the sentence."""

    text: str
    start: int
    end: int


class Item(Record):
    """A place in a phrase: by their first word what may stand there, or how many words may be passed over."""

    choice: _Choice
    optional: bool = False
    gap: int = 0


def words_of(text: str, begin: int = 0, end: int | None = None) -> list[Word]:
    """The words of a text in lower case; a hyphen within a word parts it, an apostrophe begins a word of its own.

    >>> [word.text for word in words_of("it isn't pre-trained 自研")]
    ['it', 'is', "n't", 'pre', 'trained', '自', '研']
    """
    found = []
    for match in re.compile(_WORDS).finditer(text, begin, len(text) if end is None else end):
        word = match.group()
        if word == "-" and match.start() and not text[match.start() - 1].isspace():
            continue
        found.append(Word(word.replace("’", "'"), *match.span()))
    return found


class Grammar:
    """Phrases by the words that they begin with; each is parsed when one of these stands in a sentence."""

    def __init__(self, classes: Mapping[str, Sequence[str]], phrases: Sequence[str] = ()) -> None:
        self._written = classes
        self._classes: dict[str, _Choice] = {
            "base": {NAME: ((NAME,),), OTHERS: ((OTHERS,),)},
            "name": {NAME: ((NAME,),)},
            "others": {OTHERS: ((OTHERS,),)},
            "own": {OWN: ((OWN,),)},
        }
        self._parsed: dict[str, tuple[Item, ...]] = {}
        self._needed: dict[str, tuple[frozenset[str], ...]] = {}
        self._by_first: dict[str, list[str]] = {}
        for phrase in phrases:
            for first in self._firsts(phrase):
                self._by_first.setdefault(first, []).append(phrase)

    def places(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Which phrases stand where: a phrase, the index of its first word and that behind its last."""
        present = set(words)
        vain: dict[str, set[tuple[int, int]] | None] = {}
        for start, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                if phrase not in vain:
                    vain[phrase] = set() if self._may_stand(phrase, present) else None
                tried = vain[phrase]
                end = None if tried is None else _end(self._parsed[phrase], 0, words, start, tried)
                if end is not None:
                    yield phrase, start, end

    def _may_stand(self, phrase: str, present: set[str]) -> bool:
        """Is there, for each place of a phrase that must be filled, a word that can begin it?"""
        needed = self._needed.get(phrase)
        if needed is None:
            items = self._parsed[phrase] = self.parse(phrase)
            needed = self._needed[phrase] = tuple(frozenset(item.choice) for item in items[1:] if not item.gap and not item.optional)
        return not any(present.isdisjoint(firsts) for firsts in needed)

    def parse(self, phrase: str) -> tuple[Item, ...]:
        """The places of a phrase; it begins with a word."""
        items = []
        for name, either, maybe, gap, plain in re.findall(_ITEMS, phrase):
            if gap:
                items.append(Item({}, gap=GAP if gap == "*" else SHORT_GAP))
            elif plain:
                items.extend(Item({word: ((word,),)}) for word in _row(plain))
            else:
                items.append(Item(self.choice(name) if name else _choice((either or maybe).split("|")), bool(maybe)))
        return tuple(items)

    def choice(self, name: str) -> _Choice:
        """A class of words, by their first."""
        known = self._classes.get(name)
        if known is None:
            known = self._classes[name] = _choice(self._written[name])
        return known

    def length(self, name: str, words: Sequence[str], at: int) -> int:
        """How many words of the class stand at a place; 0 for none."""
        return max((len(row) for row in self.choice(name).get(words[at], ()) if _stands(row, words, at)), default=0)

    def _firsts(self, phrase: str) -> Iterable[str]:
        """The words that a phrase can begin with."""
        if phrase[0] == "{":
            return self.choice(phrase[1 : phrase.index("}")])
        if phrase[0] == "(":
            return {_row(text)[0] for text in phrase[1 : phrase.index(")")].split("|")}
        return (_row(phrase.partition(" ")[0])[0],)


def _row(text: str) -> tuple[str, ...]:
    """The words of a text in the table."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.split(" "))
    if min(text) > "\x7f":  # each Chinese character is a word
        return tuple(text)
    return tuple(word.text for word in words_of(text)) if len(text) > 1 else (text,)


def _choice(written: Sequence[str]) -> _Choice:
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in written:
        row = _row(text)
        found.setdefault(row[0], []).append(row)
    for rows in found.values():
        if len(rows) > 1:
            rows.sort(key=len, reverse=True)
    return found


def _stands(row: Sequence[str], words: Sequence[str], at: int) -> bool:
    return len(row) == 1 or tuple(words[at : at + len(row)]) == row


def _end(items: Sequence[Item], place: int, words: Sequence[str], at: int, vain: set[tuple[int, int]]) -> int | None:
    """Behind the last word, when the places from one on can be filled from a word on; `vain` remembers where they can't."""
    if place == len(items):
        return at
    if (place, at) in vain:
        return None
    item = items[place]
    for behind in _behind(item, words, at):
        end = _end(items, place + 1, words, behind, vain)
        if end is not None:
            return end
    vain.add((place, at))
    return None


def _behind(item: Item, words: Sequence[str], at: int) -> Iterator[int]:
    """Where what fills a place of a phrase can end."""
    if item.gap:
        left = item.gap * _WORD
        for behind in range(at, len(words) + 1):
            yield behind
            if behind == len(words) or words[behind] in _STOPS:
                return
            left -= _WORD if words[behind].isascii() or words[behind] in _NAMES else _CHARACTER
            if left < 0:
                return
    elif at < len(words):
        for row in item.choice.get(words[at], ()):
            if _stands(row, words, at):
                yield at + len(row)
    if item.optional:
        yield at
