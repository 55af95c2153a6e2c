"""The records of a lineage: what the subject is built from, how it is known, and under which terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.expressions import Expression, Term
from licensecheck.records import Record
from licensecheck.report import Edition, Evidence

#: what the sources leave open: kind (a sentence of messages.yaml), component, other, evidence
Doubt = tuple[str, str | None, str, tuple[Evidence, ...]]


class Component(Record):
    """An upstream of the subject, at the end of a path of relations."""

    id: str
    #: model, dataset, service or code
    type: str
    #: the relations of the path composed into one
    relation: str
    #: (relation, id) from the subject outwards
    path: tuple[tuple[str, str], ...]
    license: str | None
    #: manifest, registry, card, license-file, name, or none
    license_source: str
    #: was the source of the licence checked against a text?
    verified: bool
    edition: Edition | None
    evidence: tuple[Evidence, ...]
    #: false when only inferred or uncorroborated evidence says that the component is there
    certain: bool
    #: true when a step of the path is somebody else's act
    personal: bool
    #: registry row and manifest entry: modality, hosted_by, received_in_product, stage, ...
    attributes: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    #: further licences that apply together with `license`, each with its edition
    also: tuple[tuple[str, Edition | None], ...] = ()
    #: the licence as written, where that is more than an id, and what is taken of it
    expression: Expression | None = None
    taken: tuple[Term, ...] = ()
    #: only comparisons say that it may be there: nobody declares it, and no file names it
    possible: bool = False

    @property
    def licenses(self) -> tuple[str, ...]:
        """Every licence that applies."""
        return (*((self.license,) if self.license else ()), *(name for name, _ in self.also))

    def under_each(self) -> Iterator[Component]:
        """The component once for each licence that applies to it."""
        yield self
        for n, (name, edition) in enumerate(self.also, 1):
            yield self._replace(license=name, edition=edition, also=(), taken=self.taken[n : n + 1])

    @property
    def publisher(self) -> str | None:
        return self.id.split("/", 1)[0] if "/" in self.id else None


class Lineage(Record):
    """All components, nearest first, and what is open about them."""

    components: tuple[Component, ...]
    doubts: tuple[Doubt, ...]
    #: has a person answered what the subject was built from?
    stated: bool
    #: ids of the claims about origin that documents and manifest make
    claims: tuple[str, ...] = ()
    #: what lies behind the components as their own cards say, where somebody was asked
    ancestry: Any = None
    #: what comparisons make possible, apart from everything above, which they never change
    possible: tuple[Component, ...] = ()
    #: the readings of comparisons, and what the configuration shows of the architecture
    measured: Any = None
    shape: Any = None
    #: files of code whose heads keep notices, and whose origin nobody declares
    kept: tuple[Component, ...] = ()
    #: what was not followed
    notes: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Component, ...]:
        """What is declared or found in files, then what may be there, then files of code of no declared origin."""
        return (*self.components, *self.possible, *self.kept)
