"""Repositories that a subject was made from in, the texts of their licences and notices out: from the cache, else from the Hub."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from licensecheck.hubnames import cache_folder
from licensecheck.sources.names import printable
from licensecheck.sources.reading import decode

from . import cache
from .ancestry import Ancestry, as_row
from .client import Absent, Hub
from .matters import MOST
from .snapshot import at_once, file
from .target import Target, parse

#: bytes of one notice; notices of one report
_LONGEST_NOTICE = 100_000
_MOST_NOTICES = 40
_MOST_LINES = 400
_LONGEST_LINE = 200


def with_notices(hub: Hub | None, ancestry: Ancestry) -> Ancestry:
    """The same ancestry, where a repository ships a NOTICE with its text: one request each, several at a time."""
    shipping = [(key, row) for key, row in ancestry.rows.items() if row.get("notice_file")][:_MOST_NOTICES]
    if not shipping:
        return ancestry
    wanted = {row["id"]: row for _, row in shipping}

    def ask(item: tuple[str, int]) -> bytes | Absent:
        row = wanted[item[0]]
        return file(hub, Target("model", row["id"]), row["sha"], row["notice_file"], item[1])

    answers = at_once(ask, [(name, _LONGEST_NOTICE) for name in wanted])
    texts = {name: _shown(decode(data)[0]) for name, data in zip(wanted, answers, strict=True) if not isinstance(data, Absent)}
    told = {key: {**row, "notice_text": texts[row["id"]]} for key, row in shipping if row["id"] in texts}
    return ancestry._replace(rows={**ancestry.rows, **told})


def _shown(text: str) -> str:
    """Its lines as they may be shown."""
    return "\n".join(printable(line, _LONGEST_LINE) for line in text.splitlines()[:_MOST_LINES])


def license_text(hub: Hub | None, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The licence file of a repository, where it may be read: its address and its text."""
    data = file(hub, Target("model", row["id"]), row["sha"], row["license_file"], MOST)
    if isinstance(data, Absent):
        return None
    return f"{row['source']}/blob/{row['sha']}/{row['license_file']}", decode(data)[0].replace("\r\n", "\n")


class Kept:
    """What the Hub's cache on this machine holds of repositories that a folder names: their notices, and their licences when asked."""

    def __init__(self, names: Iterable[str]) -> None:
        rows = {}
        for name in names:
            target = parse(name)
            if target is not None and os.path.isdir(os.path.join(cache_folder(), f"models--{target.id.replace('/', '--')}")):
                info = cache.info(target)
                if not isinstance(info, Absent):
                    rows["model", target.id.lower()] = as_row(target, info)
        self._rows = with_notices(None, Ancestry(rows, (), ())).rows

    @property
    def rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Of each repository only whether it ships a notice: what its card says may be of another day than the registry's row."""
        return {key: {name: row[name] for name in ("id", "notice", "notice_text") if row.get(name)} for key, row in self._rows.items()}

    def text(self, name: str) -> tuple[str, str] | None:
        """The address and the text of the licence of one repository."""
        row = self._rows.get(("model", name.lower()))
        return license_text(None, row) if row and row["license_file"] else None
