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
from .saying import clause_around, holds, is_said
from .sentences import Sentence, sentences_about

_MOST = 40
#: of one document that speak of generating; a card has a dozen
_MOST_SENTENCES = 300
#: what a family's name goes on with: a version, a size, a kind
_REST = r"(?:-[A-Z0-9][A-Za-z0-9]*(?:\.\d+)*)*"


class Named(Record):
    """A name in a sentence: where it stands, and the id of the service that it is, or None for what may be a model."""

    start: int
    end: int
    service: str | None


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
        names = _names(sentence, table, lexicon)
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
    """The names of which a sentence says that they generated something; an enumeration is one name to what stands around it."""
    for group in _enumerations(sentence.text, names, table["between"]):
        if _generated(sentence, group, [phrase for phrase in _phrases(table) if not phrase.startswith("{")], table, lexicon):
            yield from group
        else:
            yield from (name for name in group if _generated(sentence, [name], _phrases(table), table, lexicon))


def _phrases(table: Mapping[str, Any]) -> list[str]:
    return [*table["whole"], *table["phrases"]]


def _generated(sentence: Sentence, group: Sequence[Named], phrases: Sequence[str], table: Mapping[str, Any], lexicon: Lexicon) -> bool:
    text, span = sentence.text, (group[0].start, group[-1].end)
    for phrase in phrases:
        for start, end in lexicon.matches(phrase, text, [span]):
            before = text[clause_around(text, start, end)[0] : start]
            said = is_said(sentence, start, end, lexicon.table) and not holds(before, table["denied"])
            if said and (phrase in table["whole"] or holds(text, table["data"])):
                return True
    return False


def _enumerations(text: str, names: Sequence[Named], between: Sequence[str]) -> list[list[Named]]:
    """Names that stand one after the other with nothing but a comma or an "and" between them."""
    groups: list[list[Named]] = []
    for name in names:
        if groups and text[groups[-1][-1].end : name.start] in between:
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


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
        if tool in text:
            text = text.replace(tool, "\0" * len(tool))
    found: dict[int, Named] = {}
    for row in table["services"]:
        for name in sorted(row["names"], key=len, reverse=True):
            for match in re.finditer(_spelling(name, table["tails"]), text) if name in text else ():  # patterns are slow to make
                if match.start() not in found and not text.startswith(tuple(row.get("not", ())), match.start()):
                    found[match.start()] = Named(match.start(), match.end(), f"{row['maker']}/{_id(match[0], name, row)}")
    return list(found.values())


def _spelling(name: str, tails: Sequence[str]) -> str:
    """A name with its version and kind: `name 3.5 pro-2024-08`; not inside a longer word or an id."""
    tail = "|".join(tails)
    return rf"(?<![a-z0-9/-]){re.escape(name)}(?:[a-z]?(?:\.?\d)*[a-z]?)(?:[- ](?:v?\d[\d.]*\d|\d[a-z]?|{tail})(?![a-z0-9]))*(?![a-z0-9/])"


def _id(written: str, name: str, row: Mapping[str, Any]) -> str:
    plain = written.strip(" .-")
    if plain in row.get("bare", {}):
        return str(row["bare"][plain])
    spelt = str(row.get("spelt", {}).get(name, name)) + plain[len(name) :]
    return spelt.replace(" ", "-")


def _evidence(document: Document, place: int, written: str) -> Evidence:
    line = document.content.count("\n", 0, place) + 1
    end = document.content.find("\n", place)
    snippet = document.content[document.content.rfind("\n", 0, place) + 1 : end if end >= 0 else len(document.content)]
    return observed(document.source, line, "sentence", written, "prose", snippet)
