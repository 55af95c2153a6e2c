"""`rules/bom.yaml` in, how relations and components are written in each format, and in which words, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Table:
    """`rules/bom.yaml` and the words of the relations, in one language."""

    def __init__(self, table: Mapping[str, Any], relations: Mapping[str, Any], lang: str) -> None:
        self.relations: Mapping[str, Any] = table["relations"]
        self.components: Mapping[str, Any] = table["components"]
        self.guesses: Sequence[str] = table["guesses"]
        self.nameless: Sequence[str] = table["nameless"]
        self._words, self._lang = table["words"], lang
        self._means = relations["relations"]

    def say(self, key: str, /, **blanks: object) -> str:
        """A sentence of the table; a blank may hold any text."""
        return str(self._words[key][self._lang]).format(**blanks)

    def known(self, key: str) -> bool:
        return key in self._words

    def means(self, relation: str) -> str:
        """A relation in words."""
        return str(self._means[relation]["means"][self._lang])

    def inside(self, relation: str | None) -> bool:
        """Does a component of this relation have its material inside?"""
        return relation is not None and bool(self._means[relation]["derives"])

    def row(self, relation: str, kind: str) -> Mapping[str, Any]:
        """How a relation to a component of this kind is written."""
        found: Mapping[str, Any] = self.relations[relation]
        return found["dataset"] if kind == "dataset" and "dataset" in found else found
