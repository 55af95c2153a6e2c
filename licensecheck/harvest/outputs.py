"""A document in, the services and models out that it says generated what the subject was trained on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.evidence import Found, observed
from licensecheck.hubnames import ID
from licensecheck.records import Record
from licensecheck.report import Evidence

from .documents import Document, is_skipped, is_written_here
from .lexicon import Lexicon
from .saying import clause_around, first_place, holds, is_denied, is_said, last_place
from .sentences import Sentence, sentences_about

_MOST = 40
#: of one document that speak of generating; a card has a dozen
_MOST_SENTENCES = 300
#: of one sentence
_MOST_NAMES = 30
#: characters before a name
_LEAD = 90
_GAP = r"[^,;:.!?，；：。！？()（）]{0,40}?"
_APART = r"[^,;:.!?，；：。！？()（）、]{0,30}?"
_ASIDE = r" ?[(（][^()（）,;:，；：]{1,40}[)）]"
#: what a family's name goes on with: a version, a size, a kind
_REST = r"(?:-[A-Z0-9][A-Za-z0-9]*(?:\.\d+)*)*"


class Named(Record):
    """A name in a sentence: where it stands, and the id of the service that it is, or None for what may be a model."""

    start: int
    end: int
    service: str | None


class Parts(Record):
    """Patterns of what stands before and behind a name, next to it or apart from it, of one kind: `told` or `rated`."""

    kind: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    apart: re.Pattern[str] | None


def generated_with(document: Document, table: Mapping[str, Any], lexicon: Lexicon, notes: list[str] | None = None) -> tuple[Found, ...]:
    """Each service or model once, at the first sentence that says so; not what is denied, supposed, reported, measured or compared.

    `notes` take what was left unread.
    """
    found: dict[str, Found] = {}
    for count, sentence in enumerate(sentences_about(document.content, table["stems"], lexicon.simplified)):
        if count >= _MOST_SENTENCES or len(found) >= _MOST:
            if notes is not None:
                notes.append(f"{document.source}: only {count} sentences of it were read for what generated the data")
            break
        if holds(sentence.text, table["not"]):
            continue
        names = _names(sentence, table, lexicon)[:_MOST_NAMES]
        if names and "parts" not in table:
            table = _prepared(table)
        written = {name: document.content[sentence.places[name.start] : sentence.places[name.end - 1] + 1] for name in names}
        if all((name.service or written[name]) in found for name in names):
            continue  # most tables and lists repeat themselves
        for name in _told(sentence, names, table, lexicon):
            place = sentence.places[name.start]
            if is_skipped(document, place) or is_written_here(document, place) or len(found) >= _MOST:
                continue
            kind = "service" if name.service else "model" if re.fullmatch(ID, written[name]) else "prose"
            key = name.service or written[name]
            if key not in found:
                found[key] = Found("outputs", kind, key, _evidence(document, place, written[name]))
    return tuple(found.values())


def _told(sentence: Sentence, names: Sequence[Named], table: Mapping[str, Any], lexicon: Lexicon) -> Iterator[Named]:
    """The names of which a sentence says that they made something; an enumeration is one name to what stands around it."""
    for group in _enumerations(sentence.text, names, table):
        if _made(sentence, group, [phrase for phrase in _phrases(table) if not phrase.startswith("{")], table, lexicon):
            yield from group
        else:
            yield from (name for name in group if _made(sentence, [name], _phrases(table), table, lexicon))


def _phrases(table: Mapping[str, Any]) -> list[str]:
    return [*table["whole"], *table["phrases"]]


def _made(sentence: Sentence, group: Sequence[Named], phrases: Sequence[str], table: Mapping[str, Any], lexicon: Lexicon) -> bool:
    """Does the sentence say that these generated what it was trained on, or chose it?"""
    text = sentence.text
    if all(_is_plain(name, table) for name in group) and not holds(text, table["of_an_api"]):
        return False
    for start, end in dict.fromkeys(_places(text, group, phrases, table, lexicon)):
        before = text[clause_around(text, start, end)[0] : start]
        if (
            not holds(before, table["denied"])
            and is_said(sentence, start, end, lexicon.table)
            and not _is_measured(text, start, end, table)
        ):
            return True
    return False


def _places(
    text: str, group: Sequence[Named], phrases: Sequence[str], table: Mapping[str, Any], lexicon: Lexicon
) -> Iterator[tuple[int, int]]:
    """Where phrases stand around a name that count in this sentence."""
    data = holds(text, table["data"])
    kinds = {"told": data, "rated": data and holds(text, table["purpose"])}
    reach = _reach(text, group[0].start, group[-1].end, table)
    for phrase in phrases if data else table["whole"]:
        yield from lexicon.matches(phrase, text, sorted({(group[0].start, group[-1].end), reach}))
    services = all(name.service for name in group)
    for parts in table["parts"]:
        place = _around(parts, text, reach, services=services) if kinds[parts.kind] else None
        if place and not is_denied("", lexicon.table["denied"], text[place[0] : reach[0]] + text[reach[1] : place[1]]):
            yield place


def _around(parts: Parts, text: str, span: tuple[int, int], *, services: bool) -> tuple[int, int] | None:
    """Where the words before a name begin and those behind it end; None where they do not stand there."""
    first, last = span
    if parts.before:
        found = parts.before.search(text[max(0, first - _LEAD) : first].rstrip(" "))
        if found is None:
            return None
        first = max(0, first - _LEAD) + found.start()
    if parts.after:
        begin = last + 1 if text.startswith(" ", last) else last
        behind = parts.after.match(text, begin) or (parts.apart.match(text, begin) if services and parts.apart else None)
        if behind is None:
            return None
        last = behind.end()
    return first, last


def _prepared(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with patterns of what is told in parts; made when a sentence has names."""
    return {**table, "parts": [_parts(kind, row, table["adverbs"]) for kind in ("told", "rated") for row in table[kind]]}


def _parts(kind: str, row: Mapping[str, Any], adverbs: Sequence[str]) -> Parts:
    before, after = (_spelt(row[side]) if side in row else "" for side in ("before", "after"))
    return Parts(
        kind,
        re.compile(before + "$") if before else None,
        re.compile(f"(?:{_spelt([adverbs])} ?){{0,3}}{after}") if after else None,
        re.compile(f"{_APART}{after}(?!的|后)") if row.get("apart") else None,
    )


def _spelt(lists: Sequence[Sequence[str]]) -> str:
    """One word of each list, in order, with a gap between them."""
    return _GAP.join("(?:" + "|".join(_guarded(word) for word in sorted(words, key=len, reverse=True)) + ")" for words in lists)


def _guarded(word: str) -> str:
    """Whole words, in scripts that have them."""
    before = "(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    return before + re.escape(word) + ("(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else "")


def _is_measured(text: str, start: int, end: int, table: Mapping[str, Any]) -> bool:
    """Does the clause speak of rating, without a word in the sentence that it was for training?"""
    first, last = clause_around(text, start, end)
    return holds(text[first:last], table["rating"]) and not holds(text, table["purpose"])


def _reach(text: str, start: int, end: int, table: Mapping[str, Any]) -> tuple[int, int]:
    """A name with what belongs to it: whose it is, what kind of thing, what stands in parentheses behind it."""
    earliest = max(0, start - _LEAD)
    lead = text[earliest:start].rstrip(" ")
    while word := next(
        (word for word in table["before_name"] if lead.endswith(word) and last_place(lead, word) == len(lead) - len(word)), ""
    ):
        lead = lead[: -len(word)].rstrip(" ")
    latest = min(len(text), end + _LEAD)
    while end < latest and (last := _behind(text, end, table["after_name"])):
        end = last
    return earliest + len(lead), end


def _behind(text: str, at: int, words: Sequence[str]) -> int:
    """Where parentheses or one of the words end that stand there; 0 for none."""
    aside = re.compile(_ASIDE).match(text, at)
    begin = at + 1 if text.startswith(" ", at) else at
    found = [len(word) for word in words if text.startswith(word, begin) and first_place(text[begin : begin + len(word) + 1], word) == 0]
    return aside.end() if aside else begin + max(found) if found else 0


def _enumerations(text: str, names: Sequence[Named], table: Mapping[str, Any]) -> list[list[Named]]:
    """Names that stand one after the other with nothing but a comma or an "and" between them."""
    groups: list[list[Named]] = []
    for name in names:
        if groups and _is_between(text, groups[-1][-1], name, table):
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _is_between(text: str, left: Named, right: Named, table: Mapping[str, Any]) -> bool:
    behind, before = _reach(text, left.start, left.end, table)[1], _reach(text, right.start, right.end, table)[0]
    starts, ends = {left.end, behind}, {right.start, before, before + (text[before : before + 1] == " ")}
    return any(text[start:end].strip() in {word.strip() for word in table["between"]} for start in starts for end in ends if start < end)


def _names(sentence: Sentence, table: Mapping[str, Any], lexicon: Lexicon) -> list[Named]:
    """Names of services with what belongs to them, and names of models, in order."""
    services = _services(sentence.text, table, lexicon)
    taken = [(name.start, name.end) for name in services]
    found = list(services)
    spans = [*lexicon.names_in(sentence.text, sentence.cased), *(match.span() for match in re.finditer(ID, sentence.cased))]
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if all(end <= first or last <= start for first, last in taken):
            rest = re.compile(_REST).match(sentence.cased, end)
            end = start + len(sentence.cased[start : rest.end() if rest else end].rstrip(".-"))
            taken.append((start, end))
            found.append(Named(start, end, None))
    return sorted(found)


def _services(text: str, table: Mapping[str, Any], lexicon: Lexicon) -> list[Named]:
    for tool in lexicon.table["not_names"]:
        if tool in text and not any(name.startswith(tool) for row in table["services"] for name in row["names"]):
            text = text.replace(tool, "\0" * len(tool))
    found: dict[int, Named] = {}
    for row in table["services"]:
        for name in sorted(row["names"], key=len, reverse=True):
            for match in re.finditer(_spelling(name, table["tails"]), text) if name in text else ():  # patterns are slow to make
                if match.start() not in found and not text.startswith(tuple(row.get("not", ())), match.start()):
                    found[match.start()] = Named(match.start(), match.end(), f"{row['maker']}/{_id(match[0], name, row)}")
    return _without_plain(sorted(found.values()), table)


def _without_plain(services: Sequence[Named], table: Mapping[str, Any]) -> list[Named]:
    """Without those inside another, and without "the API of" a maker whose service the sentence names."""
    kept: list[Named] = []
    makers = {_maker(name) for name in services if not _is_plain(name, table)}
    for name in services:
        if not (_is_plain(name, table) and _maker(name) in makers) and not (kept and name.start < kept[-1].end):
            kept.append(name)
    return kept


def _maker(name: Named) -> str:
    return str(name.service).partition("/")[0]


def _is_plain(name: Named, table: Mapping[str, Any]) -> bool:
    """Somebody's API, and nothing of which model."""
    return str(name.service).partition("/")[2] in table["plain"]


def _spelling(name: str, tails: Sequence[str]) -> str:
    """A name with its version and kind: `name 3.5 pro-2024-08`; not inside a longer word or an id."""
    tail = "|".join(tails)
    return rf"(?<![a-z0-9/-]){re.escape(name)}(?:[a-z]?(?:\.?\d)*[a-z]?)(?:[- ](?:v?\d[\d.]*\d|\d[a-z]?|{tail})(?![a-z0-9]))*(?![a-z0-9/])"


def _id(written: str, name: str, row: Mapping[str, Any]) -> str:
    plain = written.strip(" .-")
    if plain.removesuffix("s") in row.get("bare", {}):
        return str(row["bare"][plain.removesuffix("s")])
    spelt = str(row.get("spelt", {}).get(name, name)) + plain[len(name) :]
    return spelt.replace(" ", "-")


def _evidence(document: Document, place: int, written: str) -> Evidence:
    line = document.content.count("\n", 0, place) + 1
    end = document.content.find("\n", place)
    snippet = document.content[document.content.rfind("\n", 0, place) + 1 : end if end >= 0 else len(document.content)]
    return observed(document.source, line, "sentence", written, "prose", snippet)
