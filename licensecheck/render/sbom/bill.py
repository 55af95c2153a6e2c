"""A report in, its bill of materials out: the one structure that every format writes down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from .inert import line
from .lineage import Lineage, Link, Part, lineage_of
from .table import Table
from .terms import Book, Licence, Shelf

_HOME = "https://pypi.org/project/llm-licensecheck/"


class Sources(NamedTuple):
    """What the report does not hold: the subject's files, licences, and what publishers are known to declare (by type and id)."""

    #: by the path that the report has: the path below the subject, and the SHA-1
    files: Mapping[str, tuple[str, str]]
    shelf: Shelf
    declared: Mapping[tuple[str, str], str]
    #: licences whose texts were found, by file
    found_in: Mapping[str, Sequence[str]]
    #: SHA-1 and SHA-256 of weight files, by the path below the subject, where somebody wanted them
    weights: Mapping[str, tuple[str, str]]


class Entry(NamedTuple):
    """A file that was read: its path below the subject, its hashes, the licences whose texts are in it."""

    ref: str
    path: str
    sha1: str
    sha256: str
    licences: tuple[str, ...]


class Bill(NamedTuple):
    """What a subject is made of, in words that no format owns. `parts` leave the subject out; None stands for what is not known."""

    subject: Part
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    files: tuple[Entry, ...]
    licences: tuple[Licence, ...]
    #: licences whose texts lie beside the subject
    observed: tuple[str, ...]
    #: ISO 8601 in UTC, to the second
    created: str
    tool: str
    comment: str
    #: could something that was needed not be read or reached?
    incomplete: bool

    def part(self, ref: str) -> Part:
        return self.subject if ref == self.subject.ref else next(part for part in self.parts if part.ref == ref)


def bill_of(report: Mapping[str, Any], table: Table, sources: Sources, created: str, tool: str) -> Bill:
    """The bill of one report; the same report and sources give the same bill."""
    book = Book(sources.shelf, table.say)
    lineage: Lineage = lineage_of(report, table, book, sources.declared)
    files = _files(report, sources, book)
    observed = book.refs_of(report["licenses"]["observed"])
    return Bill(
        subject=lineage.subject,
        parts=lineage.parts,
        links=lineage.links,
        files=files,
        licences=book.licences,
        observed=observed,
        created=created,
        tool=line(tool),
        comment=_comment(report, table, lineage.subject.name),
        incomplete=bool(report["incomplete"]),
    )


def identity(bill: Bill, form: str) -> UUID:
    """The same bill in the same form has the same id, and nothing else has."""
    content = json.dumps(bill, sort_keys=True, ensure_ascii=True)
    return uuid5(uuid5(NAMESPACE_URL, _HOME), f"{form}\n{content}")


def _comment(report: Mapping[str, Any], table: Table, name: str) -> str:
    """What the bill is, what no report speaks about, and how many things could not be had."""
    told = [table.say("document", name=name)]
    if report["not_examined"]:
        told.append(table.say("not-examined", what=table.say("list").join(line(note) for note in report["not_examined"])))
    if report["incomplete"]:
        told.append(table.say("incomplete", count=len(report["incomplete"])))
    return table.say("gap").join(told)


def _files(report: Mapping[str, Any], sources: Sources, book: Book) -> tuple[Entry, ...]:
    """The files of the subject that were read whole, and the weights that were hashed, by path."""
    hashes = {str(item["path"]): str(item["sha256"]) for item in report["inputs"] if item["read"] and item["sha256"]}
    found = dict(sources.weights)
    found |= {sources.files[path][0]: (sources.files[path][1], sha256) for path, sha256 in hashes.items() if path in sources.files}
    return tuple(
        Entry(f"file-{n}", line(path, 1_000), *found[path], book.refs_of(sources.found_in.get(path, ())))
        for n, path in enumerate(sorted(found), 1)
    )
