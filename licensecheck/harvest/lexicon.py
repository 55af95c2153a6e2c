"""The table of claims in, its phrases and the names of models found in sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .grammar import Grammar
from .saying import first_place

_GAP = r"[^,;:.!?，；：。！？()（）]{0,40}?"
#: what looks like the name of a model whoever made it: an id on the Hub, a size; compiled where it is used, as are all patterns here
_NAMED = (
    r"(?<![A-Za-z0-9/.])(?:[A-Za-z][\w.-]{0,38}/[A-Za-z][\w.-]{1,60}"
    r"|(?:[A-Z][A-Za-z0-9.]{1,25}(?:[- ][A-Z0-9][A-Za-z0-9.]{0,15}){0,2}[- ]|[a-z][a-z0-9.]{1,25}(?:-[a-z0-9.]{1,15}){0,2}-)"
    r"\d{1,4}(?:\.\d)?[bBmM](?![A-Za-z])(?:-[A-Za-z0-9.]{1,20}){0,3})"
)
#: what belongs to the name of a family: versions, sizes, kinds
_REST_OF_NAME = r"[\w.]*(?:[- ]?(?:\d[\w.]*|v\d[\w.]*|instruct|chat|base|coder|math|vl|it|hf)(?![a-z]))*"
#: what hangs on a name
_HANGING = r"[-_./]([a-z0-9]+)"
#: of words
_BEGINNINGS = r"(?<![a-z0-9])[a-z0-9]{2}"
_LONG_NAME = 4
_ALNUM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Lexicon:
    """The table of claims with the names of model families; patterns are made when a sentence may hold them."""

    def __init__(self, table: Mapping[str, Any], families: Sequence[str]) -> None:
        self.table = table
        self.stems: Sequence[str] = table["stems"]
        self.stems_beside_names: Sequence[str] = table["stems_beside_names"]
        self.simplified = str.maketrans(table["simplified"])
        self.families = families
        self._grammar: Grammar | None = None
        self._makes: dict[str, list[tuple[int, str, str]]] = {}
        self._phrases: dict[str, re.Pattern[str]] = {}
        self._begins: dict[str, list[str]] = {}

    @property
    def grammar(self) -> Grammar:
        """The phrases of all claims; made when a document has a sentence to read."""
        if self._grammar is None:
            for order, (claim, phrases) in enumerate(self.table["claims"].items()):
                for kind, written in phrases.items():
                    for phrase in written:
                        self._makes.setdefault(phrase, []).append((order, claim, kind))
            self._grammar = Grammar(self.table["words"], list(self._makes))
        return self._grammar

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, str, str, int, int]]:
        """Where phrases stand: the place of the claim in the table, the claim, `strong`, `soft` or `denied`, first word and end."""
        for phrase, first, end in self.grammar.places(words):
            for order, claim, kind in self._makes[phrase]:
                yield order, claim, kind, first, end

    def names_in(self, text: str, cased: str = "") -> list[tuple[int, int]]:
        """Where names of models stand: of families, and in the `cased` text anything with a size, repositories."""
        for tool in self.table["not_names"]:
            if tool in text:
                text = text.replace(tool, "\0" * len(tool))
        spans = [span for match in re.finditer(_NAMED, cased) if (span := self._named(text, *match.span()))] if cased else []
        for family in self._families_by_beginning(text):
            position = text.find(family)
            while position >= 0:
                end = position + len(family)
                if not _letter(text, end) or text[end].isdigit() or _capital(family, cased, end):
                    if not _letter(text, position - 1):
                        spans.append((position, _end_of_name(text, end)))
                    elif _second_part(family, cased, position):
                        spans.append((_word_begins(text, position), _end_of_name(text, end)))
                position = text.find(family, position + len(family))
        return _joined(spans)

    def _named(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The span of what looks like a name, without words with a capital letter that belong to none; None for no name."""
        if "\0" in text[start:end]:
            return None
        while (space := text.find(" ", start, end)) > 0 and text[start:space] in self.table["no_names"]:
            start = space + 1
        return None if text[start].isdigit() else (start, end)

    def _families_by_beginning(self, text: str) -> Iterator[str]:
        """The families that begin as a word of the text does; what begins with another script is looked for itself."""
        if not self._begins:
            for family in self.families:
                self._begins.setdefault(family[:2] if family[:2].isascii() and family[:2].isalnum() else "", []).append(family)
        yield from self._begins.get("", ())
        for beginning in set(re.findall(_BEGINNINGS, text)):
            yield from self._begins.get(beginning, ())

    def whole_names(self, text: str, cased: str) -> list[tuple[int, int]]:
        """Where names of models stand, each with all that hangs on it by a hyphen, a dot or a slash, but for words such as `-based`."""
        spans: list[tuple[int, int]] = []
        for start, end in self.names_in(text, cased):
            end = self._hanging(text, end)
            if spans and (start <= spans[-1][1] or text[spans[-1][1] : start] in ("-", "/", "_", ".")):
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def _hanging(self, text: str, end: int) -> int:
        for match in re.compile(_HANGING).finditer(text, end):
            if match.start() != end or match[1] in self.table["suffixes"]:
                break
            end = match.end()
        return end

    def is_known(self, name: str) -> bool:
        """Does the name hold that of a family?"""
        return any(first_place(name, family) >= 0 or name.startswith(family) or name.endswith(family) for family in self.families)

    def matches(self, phrase: str, text: str, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Where a phrase of the table stands."""
        if "{model}" in phrase:
            before, _, after = phrase.partition("{model}")
            if before.strip().rpartition("*")[2] not in text or after.strip().partition("*")[0] not in text:
                return
            for start, end in names:
                found = self._around(before, after, text, start, end)
                if found is not None:
                    yield found
        elif "*" not in phrase:
            yield from _places(phrase, text)
        elif max(phrase.split("*"), key=len).strip() in text:
            yield from (match.span() for match in self._pattern(phrase).finditer(text))

    def _around(self, before: str, after: str, text: str, start: int, end: int) -> tuple[int, int] | None:
        """A phrase with a name in it, from where it begins to where it ends."""
        lead = text[max(0, start - 80) : start].rstrip(" ")
        for article in _ARTICLES:
            if lead.endswith(article) and not before.rstrip().endswith(article.strip()):
                lead = lead[: -len(article)].rstrip(" ")
        first = start
        if before.strip():
            found = self._ending(before.strip(), lead)
            if found is None:
                return None
            first = max(0, start - 80) + found
        if not after.strip():
            return first, end
        gap = len(text[end : end + 2]) - len(text[end : end + 2].lstrip(" "))
        last = self._beginning(after.strip(), text, end + gap)
        return None if last is None else (first, last)

    def _ending(self, phrase: str, text: str) -> int | None:
        """Where the words begin that a text ends with; patterns are slow to make, and most phrases are plain."""
        if not text.endswith(phrase.rpartition("*")[2]):
            return None
        if "*" in phrase:
            found = self._pattern(phrase + "$").search(text)
            return found.start() if found else None
        at = len(text) - len(phrase)
        return at if _free_before(phrase, text, at) else None

    def _beginning(self, phrase: str, text: str, at: int) -> int | None:
        """Where the words end that stand in a text at a place."""
        if not text.startswith(phrase.partition("*")[0], at):
            return None
        if "*" in phrase:
            found = self._pattern(phrase).match(text, at)
            return found.end() if found else None
        end = at + len(phrase)
        return end if _free_before(phrase, text, at) and _free_after(phrase, text, end) else None

    def _pattern(self, phrase: str) -> re.Pattern[str]:
        known = self._phrases.get(phrase)
        if known is None:
            plain = phrase.removesuffix("$")
            spelt = _GAP.join(re.escape(part) for part in plain.split("*"))
            before = "(?<![a-z0-9])" if _guarded(plain) else ""
            after = "$" if phrase.endswith("$") else "(?![a-z0-9])" if plain[-1].isascii() and plain[-1].isalnum() else ""
            known = self._phrases[phrase] = re.compile(before + spelt + after)
        return known


_ARTICLES = (" the", " a", " an", " meta", " meta's", " our", " original", " pretrained", " pre-trained", " open-source", " open")


def _guarded(phrase: str) -> bool:
    """Must a word begin where the phrase begins?"""
    return phrase[0].isascii() and phrase[0].isalnum() and not phrase.startswith("n't")


def _free_before(phrase: str, text: str, at: int) -> bool:
    return not at or text[at - 1] not in _ALNUM or not _guarded(phrase)


def _free_after(phrase: str, text: str, end: int) -> bool:
    return text[end : end + 1] not in _ALNUM or not (phrase[-1].isascii() and phrase[-1].isalnum())


def _places(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a phrase without gaps stands, at word boundaries."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        whole = _free_before(phrase, text, at) and _free_after(phrase, text, end)
        if whole:
            yield at, end
        at = text.find(phrase, end if whole else at + 1)


def _end_of_name(text: str, at: int) -> int:
    """Behind versions, sizes and kinds; a full stop belongs to the sentence."""
    rest = re.compile(_REST_OF_NAME, re.A).match(text, at)
    end = rest.end() if rest else at
    while end > at and text[end - 1] in ".-":
        end -= 1
    return end


def _capital(family: str, cased: str, at: int) -> bool:
    """Does a new part of a name begin there, as in a family's name with `VL` or `MoE` behind it?"""
    return len(family) >= _LONG_NAME and cased[at : at + 1].isupper() and cased[at - 1 : at].islower()


def _second_part(family: str, cased: str, at: int) -> bool:
    """Does a family's name begin there as the second part of a word, with a capital letter?"""
    return len(family) >= _LONG_NAME and cased[at : at + 1].isupper() and cased[at - 1 : at].islower()


def _word_begins(text: str, at: int) -> int:
    while _letter(text, at - 1):
        at -= 1
    return at


def _letter(text: str, at: int) -> bool:
    """Is there a Latin letter or a digit?"""
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
