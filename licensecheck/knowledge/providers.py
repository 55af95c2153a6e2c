"""Rows of services and compiled clauses in, the ids of providers that a manifest may name out; and the id that another word stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_FACT = "subject.competes_with"


def provider_ids(services: Iterable[Mapping[str, Any]], licenses: Mapping[str, Any]) -> list[str]:
    """Who offers a service, and whom clauses ask about."""
    named = {str(row["id"]).partition("/")[0].lower() for row in services}
    return sorted(named | {name for data in licenses.values() for clause in data["clauses"] for name in _asked(clause)})


def _asked(condition: Any) -> Iterator[str]:
    if isinstance(condition, Mapping):
        if condition.get("fact") == _FACT and isinstance(condition.get("value"), list):
            yield from (str(name) for name in condition["value"] if isinstance(name, str))
        for part in condition.values():
            yield from _asked(part)
    elif isinstance(condition, list):
        for part in condition:
            yield from _asked(part)


def meant(name: str, providers: Sequence[str], marks: Iterable[Mapping[str, Any]]) -> str | None:
    """The provider that a word probably stands for: by a product, by the company, by an organisation, by a slip of the pen.

    >>> meant("acmee", ["acme", "other"], []), meant("acme", ["acme"], []), meant("harbour", ["acme"], [])
    ('acme', None, None)
    >>> meant("foochat", ["acme"], [{"mark": "FooChat", "company": "Acme Inc", "owner": "acme", "publishes": ["acme-ai"]}])
    'acme'
    """
    word, marks = name.casefold(), list(marks)
    if word in providers or any(word == row["owner"] for row in marks):
        return None
    for row in marks:
        if word in (row["mark"].casefold(), row["company"].casefold(), *row["publishes"]):
            return str(row["owner"])
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, providers, 1, 0.75)), None)
