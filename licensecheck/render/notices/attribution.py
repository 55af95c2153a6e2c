"""A report, a mark-up, a language and a length in, the values that an attribution's template places out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from licensecheck.render.terminal import cells

from . import parts
from .parts import Part, Terms
from .styles import Style

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ENDS = (".", "!", "?", "。", "！", "？")


class Writing:
    """One attribution being written. Every value that comes out is written in the style already; a template only places it."""

    def __init__(self, report: Any, style: Style, words: Mapping[str, Any], existing: str) -> None:
        self.report = report
        self.style = style
        other = words["dataset"] if report["subject"].get("kind") == "dataset" else {}
        self.words = {**words, **other, "relations": {**words["relations"], **other.get("relations", {})}}
        self.existing = existing
        self.name = style.value(report["subject"].get("name") or report["subject"]["target"])
        #: what notes say, in the order of their numbers
        self.notes: list[str] = []

    def shared(self) -> dict[str, Any]:
        """What templates of every length may place."""
        style = self.style
        return {
            "name": self.name,
            "heading": self.words["heading"],
            "heading_width": cells(self.words["heading"]),
            "displays": self._displays(),
            "notices": [style.words(text) for text in self._texts("notice")],
        }

    def _texts(self, file: str | None) -> list[str]:
        return sorted({parts.chosen(finding, self.existing, self.style.words) for finding in parts.required(self.report, file)})

    def _displays(self) -> list[str]:
        """The words to show; words that go on from the name of the work stand behind it."""
        return [f"{self.name} {self.style.words(text)}" if text[:1].islower() else self.style.words(text) for text in self._texts(None)]

    # --------------------------------------------------------------------------------------- a section

    def section(self, copied: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
        """`copied` are licence files with their origins and digests."""
        style, words, finish = self.style, self.words, self.style.finish
        return {
            "built_from": finish(words["built_from"].format(name=self.name)),
            "components": [self._component(part) for part in parts.components(self.report)],
            "changes": finish(self._changes()),
            "passed_on": [finish(text) for text in self._passed_on()],
            "copies": finish(self._files("copies", parts.license_files(self.report))),
            "origins": [
                finish(f"{style.code(name)}: {style.code(origin)}, SHA-256 {style.code(digest)}") for name, origin, digest in copied
            ],
            "notice_files": finish(self._files("notices", parts.notice_files(self.report))),
        }

    def _component(self, part: Part) -> dict[str, Any]:
        style, words = self.style, self.words
        shown = style.value(part.id)
        linked = style.address(part.url, shown) if part.url else shown
        own = {
            "id": linked,
            "relation": self._relation(part),
            "license": self._license(part.terms, linked=True),
            "through": self._through(part),
        }
        return {
            **{key: style.finish(text) for key, text in own.items()},
            "editions": [terms.since for terms in part.terms],
            "line": style.finish(words["component"].format(**own)),
        }

    def _relation(self, part: Part) -> str:
        return str(self.words["relations"].get(part.relation) or self.style.value(part.relation))

    def _through(self, part: Part) -> str:
        return "" if part.through is None else self.words["through"].format(through=self.style.value(part.through))

    def _license(self, terms: Sequence[Terms], *, linked: bool = False) -> str:
        """The licences by their names; each with its edition and, where it has one, its address: `linked`, or in a note."""
        if not terms:
            return str(self.words["licence_unknown"])
        return self._listed(self.words["licence"].format(license=self._linked(item) if linked else self._noted(item)) for item in terms)

    def _noted(self, terms: Terms) -> str:
        return self.style.value(terms.name or terms.license) + self._note(self._term(terms, terms.name), terms.url)

    def _linked(self, terms: Terms) -> str:
        return self._term(terms, terms.name, terms.url)

    def _term(self, terms: Terms, name: str | None, url: str | None = None) -> str:
        shown = self.style.value(terms.license)
        if name and name != terms.license:
            called = self.style.value(name)
            shown = self.words["named"].format(name=self.style.address(url, called) if url else called, license=shown)
        elif url:
            shown = self.style.address(url, shown)
        if terms.since:
            date = terms.since if _DATE.fullmatch(terms.since) else self.style.value(terms.since)
            return str(self.words["edition"].format(license=shown, date=date))
        return shown

    def _changes(self) -> str:
        """One paragraph that says what was done to which base; it begins with fixed words, never with a value."""
        sentences = [
            self.words["sentences"][relation].format(name=self.name, bases=self._listed(map(self.style.value, bases)))
            for relation, bases in parts.changes(self.report)
        ]
        return str(self.words["between"]).join(sentences)

    def _passed_on(self) -> list[str]:
        """For each licence one paragraph, which begins with fixed words."""
        style, words, found = self.style, self.words, []
        for item in parts.passed_on(self.report):
            kinds = [words["restricted"]["use-based"], *(self._restriction(topic, places) for topic, places in item.restrictions)]
            section = words["section"].format(section=style.value(item.section)) if item.section else ""
            named = style.value(item.terms.license)
            found.append(words["passed_on"].format(license=named, kinds=words["apart"].join(kinds), section=section))
        return found

    def _restriction(self, topic: str, places: Sequence[str]) -> str:
        where = self.words["comma"].join(map(self.style.value, places))
        return str(self.words["restricted"][topic]) + (self.words["where"].format(places=where) if where else "")

    def _files(self, key: str, names: Sequence[str]) -> str:
        return self.words[key].format(files=self.words["comma"].join(map(self.style.code, names))) if names else ""

    def _listed(self, items: Iterable[str]) -> str:
        *most, last = items
        return self.words["comma"].join(most) + self.words["and"] + last if most else last

    # --------------------------------------------------------------------------------------- a badge

    def badge(self) -> dict[str, Any]:
        """One line: the words to show, and what it is built from."""
        style, words = self.style, self.words
        own = [style.strong(text) for text in self._displays()]
        for part in parts.components(self.report):
            if part.through is None:
                shown = style.value(part.id)
                linked = style.address(part.url, shown) if part.url and style.name != "text" else shown
                terms = self._listed(style.value(item.license) for item in part.terms) if part.terms else words["licence_unknown"]
                own.append(words["short"].format(id=linked, license=terms))
        return {"line": style.finish(" · ".join(dict.fromkeys(own)))}

    # --------------------------------------------------------------------------------------- a paragraph

    def paragraph(self) -> dict[str, Any]:
        """Sentences for a technical report, with a note for each component and licence that has an address."""
        words, style = self.words, self.style
        built = [self._short(part) for part in parts.components(self.report)]
        sentences = [words["built_from_all"].format(name=self.name, components=self._listed(built))] if built else []
        sentences += [self._stopped(style.strong(text), text) for text in self._displays()]
        sentences += [text for text in (self._changes(), *self._passed_on()) if text]
        sentences += [" ".join(self._stopped(style.words(text), text) for text in self._texts("notice"))]
        text = style.finish(str(words["between"]).join(filter(None, sentences)))
        return {"paragraph": text, "citations": [{"number": n, "text": style.finish(note)} for n, note in enumerate(self.notes, 1)]}

    def _short(self, part: Part) -> str:
        shown = self.style.value(part.id)
        mark = self._note(shown, part.url)
        own = {"relation": self._relation(part), "license": self._license(part.terms), "through": self._through(part)}
        return str(self.words["component_short"].format(id=shown, mark=mark, **own))

    def _stopped(self, written: str, text: str) -> str:
        return written if text.endswith(_ENDS) else written + str(self.words["stop"])

    def _note(self, shown: str, url: str | None) -> str:
        """The sign of the note that names the address; the same note keeps its number."""
        if not url:
            return ""
        text = self.words["cited"].format(id=shown, url=self.style.address(url))
        if text not in self.notes:
            self.notes.append(text)
            return self.style.mark(len(self.notes), self.style.finish(text))
        number = self.notes.index(text) + 1
        return "" if self.style.name == "latex" else self.style.mark(number, self.style.finish(text))
