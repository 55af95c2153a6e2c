"""What the checks of the subject itself look at: its card, its declared licence, its licence files and its lineage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from licensecheck.expressions import Expression
from licensecheck.lineage.component import Component
from licensecheck.records import Record
from licensecheck.report import Evidence

from .observed import Observed

if TYPE_CHECKING:
    from .measured import Measured, Shape


class Declared(Record):
    """The licence that the subject declares: as written, as resolved, and the nearest known id where it is misspelt."""

    raw: str | None
    id: str | None
    name: str | None
    evidence: Evidence | None
    suggestion: str | None
    hub: bool
    #: the ids of an SPDX expression or a list, when every part of it is known
    parts: tuple[str, ...] = ()
    #: the expression or list, where it is more than an id
    expression: Expression | None = None


class Upstream(Record):
    """A step between two upstreams, as the nearer one's own card tells it: the licence it declares, its base, what that base carries."""

    id: str
    license: str | None
    base: str
    base_license: str
    source: str
    #: does its repository show a licence text, and a file called Notice? None: nobody looked
    files: tuple[bool, bool] | None = None


class Subject(Record):
    """One subject, ready to be checked. `leaves` says whether anything of it leaves the house (None: not declared)."""

    name: str
    kind: str
    leaves: bool | None
    card: str | None
    declared: Declared
    observed: Observed
    components: tuple[Component, ...]
    #: lower-case ids of components that the card mentions
    mentioned: frozenset[str]
    #: (kind, component, other, evidence)
    doubts: tuple[tuple[str, str | None, str, tuple[Evidence, ...]], ...]
    #: (kind, line, sentence) of the card; (file, line, sentence) of other files
    card_flaws: tuple[tuple[str, int, str], ...]
    file_flaws: tuple[tuple[str, int | None, str], ...]
    #: licence-like files in which no known text was found
    unrecognised: tuple[str, ...]
    #: a file that the card names as its licence and that is not there
    missing_link: Evidence | None
    looks_like_model: bool
    #: has anybody said what it was built from, or that it was built from nothing?
    lineage_stated: bool
    #: (claim, made without reserve, sentence in lower case, evidence) of documents and manifest
    claims: tuple[tuple[str, bool, str, Evidence], ...]
    briefs: dict[str, dict[str, Any]]
    #: do copies of it go to others, by themselves or in a product? None: not declared
    hands_over: bool | None = None
    #: is it offered to others as a service? None: not declared
    serves: bool | None = None
    #: licences written into the headers of weight files: the id, where it is known, and the evidence
    labels: tuple[tuple[str | None, Evidence], ...] = ()
    #: the tool that wrote the card, and the licence that its template writes
    generator: tuple[str, str | None] | None = None
    #: steps of the ancestry beyond the subject, where somebody was asked
    upstream: tuple[Upstream, ...] = ()
    #: licences that heads of code name, as written where they are not known
    code_licenses: tuple[str, ...] = ()
    #: what parts of the code say they were copied from, with how the head of the file stands: kept, partial or dropped
    copied: tuple[tuple[str, Evidence], ...] = ()
    #: licences that sentences of the card name: id and evidence
    stated: tuple[tuple[str, Evidence], ...] = ()
    #: licences that further cards beside the first declare: id and evidence
    rivals: tuple[tuple[str, Evidence], ...] = ()
    #: who publishes it: organisations and companies, case folded
    publishers: frozenset[str] = frozenset()
    #: marks.yaml: names that stand for somebody's product
    marks: Mapping[str, Any] = {}
    #: data.yaml: disputes, and words that speak of people's conversations
    data: Mapping[str, Any] = {}
    #: licences that sentences name for the data: id and evidence
    stated_of_data: tuple[tuple[str, Evidence], ...] = ()
    #: components that only comparisons make possible, and the readings of these
    possible: tuple[Component, ...] = ()
    measured: Measured | None = None
    #: what the configuration shows of the architecture, where no base is declared
    shape: Shape | None = None
    #: files of code whose heads name a licence and keep lines of copyright, and whose origin nobody declares
    kept: tuple[Component, ...] = ()

    @property
    def terms(self) -> tuple[Component, ...]:
        """The components, each once for every licence that applies to it."""
        return tuple(view for component in self.components for view in component.under_each())
