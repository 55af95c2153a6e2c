"""A licence text with its sections and a citation in, the words of the text that stand at each place cited out, or that there are none.

    1.b.iii   3(c)   attachment a.2   closing paragraph      as the text numbers it (recognise/numbering.py)
    3.3, item e   4.2, item 3   2, items 4 and 7             a mark within a section, wherever the line breaks; else counted
    1st paragraph   4, 2nd sentence   1st and 2nd condition  counted
    Use Restrictions, 2nd paragraph   “Term”, item a         a heading, the title of a paragraph, a word that is defined
    preamble                                                 what stands before the first section

Several may stand side by side: `2.a, 4`. In an edition with `numbering: counted` the copy at hand shows no numbers: what is not numbered
is counted, the outermost by the `headings` that the edition lists, all of which must stand in the text in that order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from licensecheck.citations_layout import headed, items, lists, marked, ordinal_of, paragraphs, sentences, under, unmarked_first
from licensecheck.recognise import TextMatch, locate
from licensecheck.recognise.locate import normalised
from licensecheck.recognise.markers import ROMAN

#: Not in the text at all, and said to be so.
_ELSEWHERE = re.compile(r"\bREADME\b")
_PARTS = "attachment|exhibit|annex|schedule|appendix|附件|附录|closing paragraph"
_LABEL = re.compile(rf"(?:(?:{_PARTS})(?: \w{{1,2}})?|\w{{1,5}})(?:\.\w{{1,5}})*(?: \(\d+\))?")
_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINALS = {
    **{word: number + 1 for number, word in enumerate(_WORDS)},
    **{f"{number}th": number for number in range(4, 31)},
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "last": 0,
}
_COUNTED = re.compile(
    r"(?:(?P<first>\w+)(?: and (?P<second>\w+))? )?(?P<what>paragraph|sentence|condition|item|list)s?(?: (?P<signs>\w+(?: and \w+)*))?"
    r"(?P<but> but one)?"
)
#: `part 4.2 (a)`, `paragraph “Term”`: the place itself.
_CALLED = re.compile(r"(?:part|paragraph|list)\s+(?=[“\"]|[\dIVX]+\b)|under (?=[“\"])")


class Edition(NamedTuple):
    """How a text is numbered: do labels count what the copy does not number, and which headings are the outermost?"""

    counted: bool = False
    headings: tuple[str, ...] = ()


class Places:
    """One text: where its sections stand."""

    def __init__(self, content: str, match: TextMatch, edition: Edition) -> None:
        self.text = re.sub(r"[\ufeff\u200b\u2060]", "", content).replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.text.split("\n")
        self.match = match
        self.edition = edition

    def cited(self, citation: str) -> list[tuple[str, str | None]]:
        """Each place of a citation with its words; what is said to stand elsewhere is left out."""
        found: list[tuple[str, str | None]] = []
        for part in citation.split(", "):
            before = found[-1][1] if found else None
            if _ELSEWHERE.search(part):
                continue
            within = self._narrower(before, part) if before is not None else None
            if within is not None or (found and _is_counted(part)):
                found[-1] = (f"{found[-1][0]}, {part}", within)
            else:
                found.append((part, self._place(_CALLED.sub("", part), before)))
        return found

    def _narrower(self, stretch: str, part: str) -> str | None:
        """What a part of a citation names within the place before it, if it names anything there; a label names a place of its own."""
        if _is_counted(part):
            return _within(stretch, part)
        if re.fullmatch(r"[a-z]|[ivx]+", part):
            return _item(stretch, part)
        if _LABEL.fullmatch(normalised(part)) and locate(self.match, part) is not None:
            return None
        place = headed(stretch, _CALLED.sub("", part))
        return under(stretch, *place) if place and place[0] > 0 else None

    def misplaced_heading(self) -> str | None:
        """The first of the headings of the edition that does not stand in the text, or not in its place."""
        at = 0
        for heading in self.edition.headings:
            place = headed(self.text, heading, at, exact=True)
            if place is None:
                return heading
            at = place[1]
        return None

    def _place(self, part: str, before: str | None) -> str | None:
        if _is_counted(part):
            return _within(self.text, part)
        if part == "preamble":
            first = next((span.start_line for span in self.match.sections if span.label), 1)
            return "\n".join(self.lines[: first - 1]) or None
        label = normalised(part)
        words = self._label(label) if _LABEL.fullmatch(label) else None
        after = self.text.find(before) if before else 0
        return words if words is not None else self._heading(part, max(after, 0)) or self._heading(part, 0)

    def _heading(self, part: str, start: int) -> str | None:
        place = headed(self.text, part, start)
        return under(self.text, *place) if place else None

    def _label(self, label: str) -> str | None:
        """By the headings of the edition, if it has some; numbered by the text; else a mark within the section above, or counted there."""
        first, *rest = label.split(".")
        words = self._headed(first)
        if words is None:
            found = locate(self.match, label)
            if found is not None:
                return self._section(found.label)
            above, _, sign = label.rpartition(".")
            whole = self._label(above) if above else None
            return self._below(whole, above, sign) if whole is not None else self._counted(label)
        for depth, sign in enumerate(rest):
            words = None if words is None else self._below(words, ".".join((first, *rest[:depth])), sign)
        return words

    def _below(self, whole: str, above: str, sign: str) -> str | None:
        words = marked(whole, sign, above)
        if words is None and self.edition.counted:
            words = unmarked_first(whole, sign) or _nth(items(whole), ordinal_of(sign, roman="." in above))
        return words

    def _counted(self, sign: str) -> str | None:
        """An outermost item of a text without headings."""
        if not self.edition.counted or self.edition.headings or "." in sign:
            return None
        return _nth(items(self.text), ordinal_of(sign, roman=True))

    def _section(self, label: str) -> str:
        """The lines of a section and of what is below it."""
        spans = [span for span in self.match.sections if span.label == label or span.label.startswith(f"{label}.")]
        first, last = spans[0].start_line, spans[0].end_line
        for span in self.match.sections:
            if span.start_line >= first and span in spans and span.start_line <= last + 2:
                last = max(last, span.end_line)
        return "\n".join(self.lines[first - 1 : last])

    def _headed(self, sign: str) -> str | None:
        """What stands under a heading of the edition, by its number."""
        if not (self.edition.headings and (sign.isdigit() or sign in ROMAN)):
            return None
        at, places = 0, []
        for heading in self.edition.headings:
            place = headed(self.text, heading, at, exact=True)
            if place is None:
                return None
            places.append(place[0])
            at = place[1]
        ends = [*places[1:], self._end_of_last(len(self.text[:at].split("\n")))]
        return _nth([self.text[start:end] for start, end in zip(places, ends, strict=True)], ordinal_of(sign, roman=True))

    def _end_of_last(self, line: int) -> int:
        """Where the first section after this line begins that the text numbers itself, beyond what the headings count."""
        beyond = (span for span in self.match.sections if span.start_line > line and span.label.isdigit())
        following = next((span for span in beyond if int(span.label) > len(self.edition.headings)), None)
        return len("\n".join(self.lines[: following.start_line - 1])) if following else len(self.text)


def _is_counted(part: str) -> bool:
    match = _COUNTED.fullmatch(part)
    return bool(match and (match["signs"] or match["first"] in _ORDINALS))


def _within(stretch: str, part: str) -> str | None:
    """`2nd paragraph`, `items 4 and 7`, `last item` of a stretch."""
    match = _COUNTED.fullmatch(part)
    if match is None:
        return None
    by_place = match["what"] == "paragraph"
    if match["signs"]:
        signs = match["signs"].split(" and ")
        found = [_item(stretch, sign) or (_nth(paragraphs(stretch), ordinal_of(sign, roman=False)) if by_place else None) for sign in signs]
    else:
        kinds = {"paragraph": paragraphs, "sentence": sentences, "condition": _items, "item": _items, "list": lists}
        pieces = kinds[match["what"]](stretch)
        pieces = pieces[:-1] if match["but"] else pieces
        found = [_nth(pieces, _ORDINALS.get(word, -1)) for word in (match["first"], match["second"]) if word]
    return None if None in found else "\n".join(filter(None, found))


def _item(stretch: str, sign: str) -> str | None:
    words = marked(stretch, sign)
    return words if words is not None else _nth(items(stretch), ordinal_of(sign, roman=True))


def _items(stretch: str) -> list[str]:
    """By their marks if they have some."""
    found: list[str] = []
    while (words := marked(stretch, str(len(found) + 1))) is not None:
        found.append(words)
    return found or items(stretch)


def _nth(pieces: Sequence[str], ordinal: int | None) -> str | None:
    """The piece at a place, from 1; 0 is the last."""
    if ordinal is None or ordinal < 0 or not pieces:
        return None
    return pieces[ordinal - 1] if ordinal <= len(pieces) else None
