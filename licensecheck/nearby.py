"""Folders that a manifest names as upstreams in, what each says of its licence and its own upstreams out, as rows like the registry's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from licensecheck.errors import LicenseCheckError
from licensecheck.facts.collect import declared_license
from licensecheck.harvest import gather
from licensecheck.harvest.texts import Recogniser
from licensecheck.knowledge import Knowledge
from licensecheck.lineage import declared_evidence, entries
from licensecheck.manifest import Manifest
from licensecheck.sources.folder import Folder

_MOST = 100

Rows = dict[tuple[str, str], Mapping[str, Any]]


class Nearby:
    """Reads folders once each; those that name one another end there."""

    def __init__(self, top: str, knowledge: Knowledge, recognise: Recogniser, manifest_of: Callable[[str], Manifest]) -> None:
        self.top = top
        self.knowledge = knowledge
        self.recognise = recognise
        self.manifest_of = manifest_of
        #: by kind and path in lower case, the path as seen from the top
        self.rows: Rows = {}
        #: one line for each folder that could not be read
        self.absent: list[str] = []
        #: what the folders themselves were made from, by (kind, id): others may know what lies behind it
        self.names: list[tuple[str, str]] = []

    def read(self, paths: Iterable[str]) -> None:
        """The folders, and those that they name in turn."""
        level = [os.path.normpath(path) for path in paths]
        while level and len(self.rows) < _MOST:
            following = []
            for n, path in enumerate(level):
                if len(self.rows) >= _MOST:
                    following = level[n:]
                    break
                if ("model", path.lower()) not in self.rows:
                    following += self._read(path)
            level = following
        if level:
            self.absent.append(f"more than {_MOST} folders: {level[0]} and those after it were not read")

    def _read(self, path: str) -> list[str]:
        """One folder; the paths that its own manifest names are returned."""
        self.rows["model", path.lower()] = {"id": path, "bases": [], "data": [], "source": path}
        place = os.path.join(self.top, path)
        try:
            manifest = self.manifest_of(place)
            harvest = gather(Folder(place), self.knowledge.words(), self.recognise)
        except LicenseCheckError as error:
            self.absent.append(str(error).split("\n", 1)[0])
            return []
        stated = [(item, declared_evidence("licensecheck.yaml", None, "built_from", "")) for item in manifest.get("built_from") or ()]
        found, _ = entries(stated, harvest, os.path.basename(place), self.knowledge)
        declared = declared_license(manifest, harvest, self.knowledge)
        copies = {self.knowledge.license_of_text(copy.match.text) for copy in harvest.texts.copies} - {None}
        bases, below = [], []
        for entry in found:
            name = entry.id
            if "path" in entry.attributes:
                name = os.path.normpath(os.path.join(path, entry.id))
                below.append(name)
            elif entry.type in ("model", "dataset"):
                self.names.append((entry.type, name))
            bases.append({"id": name, "relation": str(entry.relation), "how": "stated"})
        self.rows["model", path.lower()] = {
            "id": path,
            "license": declared.id or declared.name or declared.raw or (copies.pop() if len(copies) == 1 else None),
            "verified": True,
            "license_source": "folder",
            "bases": bases,
            "data": [],
            "source": path,
        }
        return below
