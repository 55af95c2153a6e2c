"""Rows of the registry in, the words under which publishers number their own models out, with those publishers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_NUMBERED = re.compile(r"([a-z]{2,})[-_ ]?v?\d{1,2}(?:[._]\d{1,2})?(?![\d]|[._]\d|[bmkx])")


def lines_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Each word that stands before a version in the id of a model made from nobody else's, with the organisations that have such ids.

    >>> lines_of([{"id": "acme/Foo-2.5-7b"}, {"id": "acme/Foo-7b"}, {"id": "other/Foo-3-x", "base": "acme/Foo-2"}])
    {'foo': ['acme']}
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        organisation, _, name = str(row["id"]).lower().partition("/")
        base = str(row.get("base") or organisation).lower().partition("/")[0]
        theirs = base == organisation and not row.get("mirror") and organisation not in ("library", "*")
        numbered = _NUMBERED.match(name) if theirs else None
        if numbered:
            found.setdefault(numbered[1], set()).add(organisation)
    return {word: sorted(found[word]) for word in sorted(found)}
