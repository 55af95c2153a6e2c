"""Licences as people write them in, SPDX expressions and a record of each licence in them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from licensecheck.expressions import Term, parse, written

from .inert import line, paragraphs, slug

_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]{1,200}")


class Text(NamedTuple):
    """A licence text that lies beside the model: where, the words, the sections that differ, and whether it is known which text it is."""

    source: str
    content: str
    changed: tuple[str, ...] = ()
    known: bool = True


class Licence(NamedTuple):
    """A licence of the bill: `ref` as SPDX writes it, `listed` if SPDX lists it; `text` from the user's own copy; what to say of it."""

    ref: str
    listed: bool
    name: str
    url: str | None
    text: str | None
    comment: str


class Shelf(NamedTuple):
    """Where licences are looked up: a name's id, what is said of an id in brief, texts by id (or by name, where there is no id)."""

    resolve: Callable[[str], str | None]
    brief: Callable[[str], Mapping[str, Any]]
    texts: Mapping[str, Text]
    nameless: Collection[str]


class Book:
    """Turns licences into expressions and keeps a record of each that it met. `say` gives a sentence in the bill's language."""

    def __init__(self, shelf: Shelf, say: Callable[..., str]) -> None:
        self._shelf, self._say = shelf, say
        self._records: dict[str, Licence] = {}
        self._keys: dict[str, str] = {}
        self._listed = _spdx_list()

    @property
    def licences(self) -> tuple[Licence, ...]:
        """Every licence met so far, by its reference."""
        return tuple(self._records[ref] for ref in sorted(self._records))

    def expression(self, text: object) -> str | None:
        """The SPDX expression that a licence, an expression or a list of licences comes to; None where it says nothing."""
        if isinstance(text, list | tuple):
            parts = [found for item in text if (found := self.expression(item)) is not None]
            return " AND ".join(f"({part})" if " OR " in part and len(parts) > 1 else part for part in dict.fromkeys(parts)) or None
        raw = "" if text is None else str(text).strip()
        if self._says_nothing(raw):
            return None
        read = parse(raw, self._shelf.resolve)
        if read.flaw is not None or not read.alternatives:
            return self._named(raw)
        if any(self._says_nothing(term.license) for term in read.terms):
            return None
        choices = [[self._term(term) for term in alternative] for alternative in read.alternatives]
        joined = [" AND ".join(dict.fromkeys(choice)) for choice in choices]
        return " OR ".join(f"({each})" if " AND " in each and len(joined) > 1 else each for each in dict.fromkeys(joined))

    def _says_nothing(self, name: str) -> bool:
        return not name or name.lower() in self._shelf.nameless

    def _term(self, term: Term) -> str:
        if not term.known:
            return self._named(written(term, str))
        plain = self._known(term.license)
        if term.later is None and term.exception is None:
            return plain
        text = written(term._replace(exception=None), lambda _: plain)
        exception = self._listed.get((term.exception or "").lower())
        if (text != plain and text.lower() not in self._listed) or (term.exception and not exception):
            return self._named(written(term, str))
        self._record(text, term.license, self._shelf.brief(term.license).get("name") or term.license)
        return f"{text} WITH {exception}" if exception else text

    def _known(self, license_id: str) -> str:
        """The reference of a licence that has an id."""
        brief = self._shelf.brief(license_id)
        stated = str(brief.get("spdx") or "")
        ref = self._listed.get(stated.lower()) or (stated if _OWN.fullmatch(stated) else self._own(license_id))
        return self._record(ref, license_id, brief.get("name") or license_id)

    def _named(self, name: str) -> str:
        """The reference of a licence that is only a name."""
        listed = self._listed.get(name.lower())
        return self._record(listed or self._own(name), name, name)

    def _own(self, name: str) -> str:
        """A reference of our own; where letters were lost, or two names would share it, a few digits of its hash tell them apart."""
        bare = name[len("LicenseRef-") :] if _OWN.fullmatch(name) else name
        short = slug(bare)
        ref = f"LicenseRef-{short}"
        if short != bare or self._keys.get(ref, name) != name:
            ref = f"LicenseRef-{short}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}".replace("LicenseRef--", "LicenseRef-")
        return ref

    def _record(self, ref: str, key: str, name: str) -> str:
        if ref not in self._records:
            listed = ref.lower() in self._listed
            found = self._shelf.texts.get(key)
            url = self._shelf.brief(key).get("url")
            shown = line(name)
            record = Licence(ref, listed, shown, str(url) if url else None, None, "")
            self._keys[ref] = key
            self._records[ref] = self._with_text(record, found)
        return ref

    def _with_text(self, record: Licence, found: Text | None) -> Licence:
        """The record with the user's own copy, or with a note that none is at hand."""
        if found is None:
            told = [self._say("no-text", name=record.name), *([self._say("see", url=record.url)] if record.url else [])]
            return record._replace(comment=self._say("gap").join(told))
        told = [self._say("text-from", source=line(found.source))]
        if found.changed:
            told.append(self._say("text-changed", sections=", ".join(line(section, 40) for section in found.changed[:20])))
        if not found.known:
            told.append(self._say("text-unread"))
        return record._replace(text=paragraphs(found.content), comment=self._say("gap").join(told))

    def refs_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """The references of single licences, without those that say nothing."""
        return tuple(dict.fromkeys(ref for name in names if (ref := self.expression(name)) is not None))


def _spdx_list() -> dict[str, str]:
    """Ids of the SPDX list, licences and exceptions, by their small letters."""
    from license_expression import get_spdx_licensing

    return {key.lower(): key for key in get_spdx_licensing().known_symbols if not key.startswith(("LicenseRef-", "DocumentRef-"))}
