"""A report in, the parts of its bill and the links between them out, each part with its licences as declared and as concluded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from licensecheck.hubnames import is_id

from .inert import line, slug

if TYPE_CHECKING:
    from .table import Table
    from .terms import Book

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_SITE = "https://huggingface.co"
#: the source of the licence of a folder that the manifest names: its name is none of the Hub
_AT_HAND = "folder"
_TYPES = ("model", "dataset", "service", "code")
#: Places of one link that are written down.
_MOST_PLACES = 12


class Place(NamedTuple):
    """Where a link is said: file (or address), line from 1, key, value, and how: declared, prose, tool-written, inferred."""

    source: str
    line: int | None
    key: str
    value: str
    how: str


class Part(NamedTuple):
    """The subject or a component. `declared` and `concluded` are SPDX expressions, None where nothing is known."""

    ref: str
    #: model, dataset, service, code, application
    type: str
    name: str
    #: the owner of the repository, or the provider of the service
    owner: str | None
    version: str | None
    purl: str | None
    url: str | None
    declared: str | None
    concluded: str | None
    comment: str
    #: exact words that a licence of the part wants shown or kept
    attributions: tuple[str, ...] = ()
    #: relations and names from the subject to the part
    path: tuple[str, ...] = ()


class Link(NamedTuple):
    """`start` is made with `end`; `sure` is false where nothing but a guess or a trace says so."""

    start: str
    end: str
    relation: str
    sure: bool
    places: tuple[Place, ...]


class Lineage(NamedTuple):
    """The subject, its components in the order of the report, and the links."""

    subject: Part
    parts: tuple[Part, ...]
    links: tuple[Link, ...]


def lineage_of(report: Mapping[str, Any], table: Table, book: Book, declared: Mapping[tuple[str, str], str]) -> Lineage:
    """`declared` tells, by type and id in lower case, the licence that a publisher is known to declare."""
    return _Reader(report, table, book, declared).read()


class _Reader:
    def __init__(self, report: Mapping[str, Any], table: Table, book: Book, declared: Mapping[tuple[str, str], str]) -> None:
        self.report, self.table, self.book, self.declared = report, table, book, declared
        self.parts: dict[tuple[str, str], Part] = {}
        self.links: dict[tuple[str, str, str], Link] = {}
        self.words = _required_words(report["findings"])
        self.own = {str(report["subject"][key]).lower() for key in ("name", "target")}

    def read(self) -> Lineage:
        for node in self.report["lineage"]["nodes"]:
            self._part(str(node["type"]), str(node["id"]), node)
        subject = self._subject()
        for edge in self.report["lineage"]["edges"]:
            self._link(str(edge["from"]), str(edge["to"]), str(edge["relation"]), edge["evidence"], possible=bool(edge.get("possible")))
        for finding in self.report["findings"]:
            self._steps(finding["path"])
        paths = _paths({part.ref: part.name for part in self.parts.values()}, self.links.values())
        parts = tuple(part._replace(path=paths.get(part.ref, ())) for part in self.parts.values())
        return Lineage(subject, parts, tuple(self.links.values()))

    def _part(self, kind: str, name: str, node: Mapping[str, Any] | None = None) -> Part:
        """The part of this type and id, made where there is none yet."""
        kind = kind if kind in _TYPES else "model"
        key = (kind, name.lower())
        known = self.parts.get(key)
        if known is not None and (node is None or known.concluded is not None):
            return known
        ref = known.ref if known else self._ref(kind, name)
        declared, concluded, comment = self._licences(key, node)
        at_hand = (node or {}).get("license_source") == _AT_HAND
        owner, url, purl = (None, None, None) if at_hand else _address(kind, name, None)
        self.parts[key] = Part(ref, kind, line(name), owner, None, purl, url, declared, concluded, comment, self.words.get(key[1], ()))
        return self.parts[key]

    def _ref(self, kind: str, name: str) -> str:
        taken = {part.ref for part in self.parts.values()}
        stem = "-".join(filter(None, (kind, slug(name))))
        return next(ref for n in range(1, len(taken) + 2) if (ref := stem if n == 1 else f"{stem}-{n}") not in taken)

    def _licences(self, key: tuple[str, str], node: Mapping[str, Any] | None) -> tuple[str | None, str | None, str]:
        """Declared, concluded, and a sentence on it: what is only guessed or was never checked is not concluded."""
        say = self.table.say
        told = node or {}
        declared = self.book.expression(told.get("declared") or self.declared.get(key))
        found = self.book.expression(told.get("license"))
        if found is None:
            return declared, None, say("unknown")
        source = str(told.get("license_source") or "none")
        named = say(f"source.{source}") if self.table.known(f"source.{source}") else line(source, 60)
        if source in self.table.guesses or told.get("verified") is False:
            return declared, None, say("unsure", license=found, source=named)
        return declared, found, say("source", source=named)

    def _subject(self) -> Part:
        report, licenses = self.report, self.report["licenses"]
        subject = report["subject"]
        name, target, kind = line(subject["name"] or "unnamed"), str(subject["target"]), str(subject["kind"])
        revision = str(subject.get("revision") or "")
        version = revision if _COMMIT.fullmatch(revision) else None
        on_hub = target.removeprefix("datasets/").split("@", 1)[0] if version else ""
        owner, url, purl = _address(kind, on_hub, version)
        declared, concluded = self.book.expression(licenses["declared"]), self.book.expression(licenses["concluded"].get("weights"))
        unsettled = [
            line(node["id"])
            for node in report["lineage"]["nodes"]
            if self.table.inside(node.get("relation")) and not node.get("possible") and self.parts[self._key(node)].concluded is None
        ]
        comment = ""
        if unsettled:
            told = [self.table.say("undecided-inside", components=", ".join(unsettled[:20]))]
            told += [self.table.say("points-to", license=concluded)] if concluded else []
            concluded, comment = None, self.table.say("gap").join(told)
        elif concluded is None:
            comment = self.table.say("unknown")
        elif concluded != declared:
            comment = self.table.say("differs")
        return Part("subject", kind, on_hub or name, owner, version, purl, url, declared, concluded, comment)

    def _key(self, node: Mapping[str, Any]) -> tuple[str, str]:
        kind = str(node["type"])
        return (kind if kind in _TYPES else "model", str(node["id"]).lower())

    def _link(self, start: str, end: str, relation: str, evidence: Sequence[Mapping[str, Any]], *, possible: bool) -> None:
        if relation not in self.table.relations:
            return
        first = "subject" if start.lower() in self.own else self._end(start, "").ref
        last = self._end(end, relation).ref
        if first == last:
            return
        places = tuple(_place(item) for item in evidence[:_MOST_PLACES])
        known = self.links.get((first, last, relation))
        sure = (not possible and any(item.get("how") != "inferred" for item in evidence)) or bool(known and known.sure)
        before = known.places if known else ()
        self.links[first, last, relation] = Link(first, last, relation, sure, tuple(dict.fromkeys((*before, *places))))

    def _end(self, name: str, relation: str) -> Part:
        """The part of that id: a dataset where it was trained on, else whatever bears the name."""
        kinds = ("dataset", "model", "service", "code") if relation == "data" else ("model", "service", "code", "dataset")
        found = next((part for kind in kinds if (part := self.parts.get((kind, name.lower()))) is not None), None)
        return found or self._part(kinds[0], name)

    def _steps(self, path: Sequence[Sequence[str]]) -> None:
        """Steps of a finding's path that no edge tells: a model on the way that brings no terms of its own."""
        start, sure = "subject", True
        linked = {(link.start, link.end): link for link in self.links.values()}
        for relation, name in path:
            end = self._end(name, relation).ref
            known = linked.get((start, end))
            sure = sure and (known is None or known.sure)
            if known is None and start != end and relation in self.table.relations:
                self.links[start, end, relation] = Link(start, end, relation, sure, ())
            start = end


def _address(kind: str, name: str, version: str | None) -> tuple[str | None, str | None, str | None]:
    """Owner, page and package URL of what is on the Hub; of a service only who provides it."""
    if not is_id(name):
        return None, None, None
    owner = name.split("/", 1)[0]
    if kind not in ("model", "dataset"):
        return (owner if kind == "service" else None), None, None
    page = f"{_SITE}/{'datasets/' if kind == 'dataset' else ''}{name}"
    # the type is for models alone: https://github.com/package-url/purl-spec
    purl = f"pkg:huggingface/{name}" + (f"@{version.lower()}" if version else "") if kind == "model" else None
    return owner, page, purl


def _place(item: Mapping[str, Any]) -> Place:
    number = item.get("line")
    told = [line(item.get(key) or "", 200) for key in ("source", "key", "value", "how")]
    return Place(told[0], number if isinstance(number, int) else None, *told[1:])


def _required_words(findings: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """By component in lower case: the first of the wordings that each duty allows."""
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        required = finding["required"]
        if required and required["texts"] and finding["component"] and finding["kind"] not in ("informational", "not-applicable"):
            found.setdefault(str(finding["component"]).lower(), {})[line(required["texts"][0], 2_000)] = None
    return {name: tuple(sorted(texts)) for name, texts in found.items()}


def _paths(names: Mapping[str, str], links: Any) -> dict[str, tuple[str, ...]]:
    """The shortest way from the subject to each part: relation, name, relation, name."""
    below: dict[str, list[Link]] = {}
    for link in links:
        below.setdefault(link.start, []).append(link)
    found: dict[str, tuple[str, ...]] = {"subject": ()}
    level = ["subject"]
    while level:
        following = []
        for start in level:
            for link in below.get(start, ()):
                if link.end not in found:
                    found[link.end] = (*found[start], link.relation, names[link.end])
                    following.append(link.end)
        level = following
    return found
