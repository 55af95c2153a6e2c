"""What was read of a subject and the knowledge in, what its bill of materials needs beside the report out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from licensecheck.errors import InputError, Problem
from licensecheck.harvest.texts import is_license_name
from licensecheck.render.sbom.bill import Sources
from licensecheck.render.sbom.table import Table
from licensecheck.render.sbom.terms import Shelf, Text
from licensecheck.sources.names import WEIGHTS, printable
from licensecheck.sources.reading import digests

if TYPE_CHECKING:
    from licensecheck.facts.observed import CopySeen
    from licensecheck.harvest import Harvest
    from licensecheck.knowledge import Knowledge
    from licensecheck.sources.reading import TextFile


class Kept:
    """What a bill needs of the files, kept while they are at hand: a repository's are gone when its report is there."""

    def __init__(self, *, hash_weights: bool = False) -> None:
        self._hash_weights = hash_weights
        #: SHA-1 and SHA-256 by the path below the subject
        self.weights: dict[str, tuple[str, str]] = {}
        #: by the path of the report: the path below the subject, and the SHA-1
        self.files: dict[str, tuple[str, str]] = {}
        self.texts: dict[str, Text] = {}
        self.found_in: dict[str, list[str]] = {}
        #: the name that the card gives its licence, and the only licence file, where no known text is in it
        self.own: tuple[str, Text] | None = None

    def keep(self, harvest: Harvest, copies: Sequence[CopySeen], manifest: Sequence[TextFile]) -> None:
        """To be called by the pipeline."""
        own = [(file, file.path) for file in harvest.folder.files_read()]
        own += [(file, name) for file in manifest if (name := _below(file.path, harvest.folder.root)) is not None]
        for file, name in own:
            if not file.truncated:
                self.files[file.path] = name, sha1(file.data, usedforsecurity=False).hexdigest()
        for name in harvest.folder.names if self._hash_weights else ():
            if name.lower().endswith(WEIGHTS):
                self.weights[name] = _hashed(harvest.folder.path(name), harvest.folder.shown(name))
        for copy in sorted(copies, key=_worse):
            if copy.license is not None:
                self.texts.setdefault(copy.license, _text(copy, alone=sum(other.source == copy.source for other in copies) == 1))
                source = copy.source.split(" (", 1)[0]  # the part of a file, such as a card's gate, stands in brackets
                if copy.license not in self.found_in.setdefault(source, []):
                    self.found_in[source].append(copy.license)
        unread = [file for file in harvest.texts.files if not file.matches and file.content.strip()]
        named = harvest.card.meta.get("license_name") if harvest.card else None
        if len(unread) == 1 and isinstance(named, str):
            self.own = named.strip(), Text(unread[0].source, unread[0].content, (), known=False)

    def sources(self, knowledge: Knowledge, table: Table, declared: Mapping[tuple[str, str], str]) -> Sources:
        texts = dict(self.texts)
        if self.own is not None and knowledge.resolve(self.own[0]) is None:
            texts.setdefault(*self.own)
        return Sources(self.files, Shelf(knowledge.resolve, knowledge.brief, texts, table.nameless), declared, self.found_in, self.weights)


def _hashed(path: str, shown: str) -> tuple[str, str]:
    try:
        return digests(path)
    except OSError as error:
        raise InputError([Problem(printable(shown), None, f"can't be read: {error.strerror or error}")]) from None


def _below(path: str, root: str) -> str | None:
    """A file of the manifest as it is named from inside the folder; None for one that lies outside.

    >>> _below("models/a/x.yaml", "models/a"), _below("x.yaml", "."), _below("../x.yaml", ".")
    ('x.yaml', 'x.yaml', None)
    """
    inside = os.path.relpath(path, root)
    return None if inside.startswith(os.pardir) else inside.replace(os.sep, "/")


def _worse(copy: CopySeen) -> tuple[bool, int, str, int]:
    """Of several copies of one licence: the whole one, the one in a file of its own, the first."""
    return not is_license_name(copy.source), len(copy.altered) + len(copy.missing), copy.source, copy.line


def _text(copy: CopySeen, *, alone: bool) -> Text:
    """The whole file where it holds this text alone and is called a licence, else the lines of the text."""
    changed = (*copy.missing, *copy.altered)
    if alone and is_license_name(copy.source):
        return Text(copy.source, copy.content, changed)
    lines = copy.content.split("\n")[copy.match.start_line - 1 : copy.match.end_line]
    return Text(copy.source, "\n".join(lines), changed)


def read_table(knowledge: Knowledge, lang: str) -> Table:
    """The table of `rules/bom.yaml`."""
    from licensecheck.knowledge.files import read_yaml

    problems: list[Problem] = []
    read = read_yaml(os.path.join(knowledge.rules, "bom.yaml"), problems)
    if read is None:
        raise InputError(problems)
    return Table(read[0], knowledge.table("relations"), lang)


def declared_licences(report: Mapping[str, Any], knowledge: Knowledge) -> dict[tuple[str, str], str]:
    """What the registry knows, checked, of what publishers declare; by type and id in lower case."""
    rows = {"model": knowledge.model, "dataset": knowledge.dataset, "service": knowledge.service}
    found = {}
    for node in report["lineage"]["nodes"]:
        ask = rows.get(node["type"])
        row = ask(str(node["id"]), report["as_of"]) if ask else None
        stated = (row.get("license") or row.get("terms")) if row and row.get("verified") else None
        if stated and stated != "inherits":
            found[str(node["type"]), str(node["id"]).lower()] = str(stated)
    return found
