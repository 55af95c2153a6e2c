"""A bill in, a CycloneDX ML-BOM out: JSON of version 1.6 or 1.7 (https://cyclonedx.org/docs/1.6/json/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from warnings import catch_warnings, simplefilter

from cyclonedx.model import HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType, Pedigree
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.model.dependency import Dependency
from cyclonedx.model.service import Service
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6, JsonV1Dot7
from packageurl import PackageURL

from licensecheck.render.as_json import render as as_json

from .bill import Bill, Entry, identity
from .cyclonedx_licences import Licences, with_expressions
from .cyclonedx_model_card import add_to
from .lineage import Link, Part
from .table import Table
from .wording import shown

_OUT = {"1.6": JsonV1Dot6, "1.7": JsonV1Dot7}
_NAME = "llm-licensecheck"


def render(bill: Bill, table: Table, spec: str) -> str:
    """`spec` is 1.6 or 1.7."""
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # a subject that nothing is known to be made of is no mistake
        content: dict[str, Any] = json.loads(_OUT[spec](_Writer(bill, table, spec).bom()).output_as_string())
    return as_json(add_to(content if spec == "1.6" else with_expressions(content, bill), bill, table))


class _Writer:
    def __init__(self, bill: Bill, table: Table, spec: str) -> None:
        self.bill, self.table, self.spec = bill, table, spec
        self.licences = Licences(bill)
        self.into: dict[str, list[Link]] = {}
        for link in bill.links:
            self.into.setdefault(link.end, []).append(link)

    def bom(self) -> Bom:
        bill = self.bill
        subject = self._component(bill.subject)
        subject.components = [_file(entry) for entry in bill.files]
        listed = [self._component(part) for part in bill.parts if part.type != "service"]
        services = [self._service(part) for part in bill.parts if part.type == "service"]
        return Bom(
            serial_number=identity(bill, f"cyclonedx-{self.spec}"),
            metadata=BomMetaData(
                timestamp=datetime.strptime(bill.created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc),
                tools=ToolRepository(components=[_tool(bill.tool)]),
                component=subject,
                properties=[_property("comment", bill.comment)],
            ),
            components=listed,
            services=services,
            dependencies=self._dependencies([subject, *listed, *services]),
        )

    def _component(self, part: Part) -> Component:
        return Component(
            **_name(part),
            type=ComponentType(self.table.components[part.type]["cyclonedx"]),
            bom_ref=part.ref,
            version=part.version,
            supplier=OrganizationalEntity(name=part.owner) if part.owner else None,
            scope=self._scope(part),
            licenses=self.licences.of(part),
            purl=PackageURL.from_string(part.purl) if part.purl else None,
            external_references=_pages(part),
            properties=self._properties(part),
            pedigree=self._pedigree(part),
            evidence=self._evidence(part),
        )

    def _service(self, part: Part) -> Service:
        return Service(
            **_name(part),
            bom_ref=part.ref,
            version=part.version,
            provider=OrganizationalEntity(name=part.owner) if part.owner else None,
            licenses=self.licences.of(part),
            properties=[*self._properties(part), *(_property("evidence", shown(place)) for _, place in self._places(part))],
        )

    def _scope(self, part: Part) -> ComponentScope | None:
        """The scope that all relations to the part agree on."""
        scopes = {self._row(link).get("scope") for link in self.into.get(part.ref, ())}
        scope = scopes.pop() if len(scopes) == 1 else None
        return ComponentScope(scope) if scope else None

    def _row(self, link: Link) -> dict[str, Any]:
        return dict(self.table.row(link.relation, self.bill.part(link.end).type)["cyclonedx"])

    def _pedigree(self, part: Part) -> Pedigree | None:
        """The bases of a part in brief; each of them stands in the list of components, with its own pedigree."""
        ends = [link.end for link in self.bill.links if link.start == part.ref and link.sure and self._row(link)["ancestor"]]
        bases = [self.bill.part(end) for end in dict.fromkeys(ends)]
        if not bases or part.type == "service":
            return None
        return Pedigree(ancestors=[self._ancestor(base) for base in bases])

    def _ancestor(self, base: Part) -> Component:
        return Component(
            **_name(base),
            type=ComponentType(self.table.components[base.type if base.type != "service" else "application"]["cyclonedx"]),
            version=base.version,
            purl=PackageURL.from_string(base.purl) if base.purl else None,
            properties=[_property("bom-ref", base.ref)],
        )

    def _properties(self, part: Part) -> list[Property]:
        """What has no field of its own. `relation` is the reference of what was made with the part, and how."""
        told = [("type", part.type), ("license-comment", part.comment)]
        told += [("attribution", text) for text in part.attributions]
        told += [("path", " > ".join((self.bill.subject.name, *part.path)))] if part.path else []
        told += [
            ("relation" if link.sure else "relation-inferred", f"{link.start} {link.relation}") for link in self.into.get(part.ref, ())
        ]
        return [_property(name, value) for name, value in told if value]

    def _places(self, part: Part) -> Iterator[tuple[Link, Any]]:
        return ((link, place) for link in self.into.get(part.ref, ()) for place in link.places)

    def _evidence(self, part: Part) -> ComponentEvidence | None:
        """Where it is said that the part was used; for the subject, the licences whose texts were found, with the texts."""
        if part.ref == self.bill.subject.ref:
            seen = self.licences.seen()
            return ComponentEvidence(licenses=seen) if seen else None
        occurrences = [
            Occurrence(
                bom_ref=f"{part.ref}:place-{n}",
                location=place.source,
                line=place.line,
                symbol=place.key,
                additional_context=f"{place.value} ({place.how}), {link.relation}",
            )
            for n, (link, place) in enumerate(self._places(part), 1)
        ]
        return ComponentEvidence(occurrences=occurrences) if occurrences else None

    def _dependencies(self, written: list[Component | Service]) -> list[Dependency]:
        """What depends on what, as far as somebody says so."""
        ends: dict[str, list[str]] = {}
        for link in self.bill.links:
            if link.sure and self._row(link)["depends"]:
                ends.setdefault(link.start, []).append(link.end)
        refs = {item.bom_ref.value: item.bom_ref for item in written}
        return [
            Dependency(ref, dependencies=[Dependency(refs[end]) for end in dict.fromkeys(ends.get(name, ()))])
            for name, ref in refs.items()
            if name is not None
        ]


def _name(part: Part) -> dict[str, Any]:
    """A repository's owner is the group."""
    if part.owner is not None and part.name.startswith(part.owner + "/"):
        return {"group": part.owner, "name": part.name[len(part.owner) + 1 :]}
    return {"name": part.name}


def _pages(part: Part) -> list[Any]:
    from cyclonedx.model import ExternalReference, ExternalReferenceType

    if part.url is None:
        return []
    kind = ExternalReferenceType.MODEL_CARD if part.type == "model" else ExternalReferenceType.WEBSITE
    return [ExternalReference(type=kind, url=XsUri(part.url))]


def _tool(tool: str) -> Component:
    name, _, version = tool.rpartition("-")
    return Component(name=name, version=version, type=ComponentType.APPLICATION, bom_ref="tool")


def _file(entry: Entry) -> Component:
    hashes = ((HashAlgorithm.SHA_1, entry.sha1), (HashAlgorithm.SHA_256, entry.sha256))
    return Component(
        name=entry.path,
        type=ComponentType.FILE,
        bom_ref=entry.ref,
        hashes=[HashType(alg=algorithm, content=value) for algorithm, value in hashes],
    )


def _property(name: str, value: str) -> Property:
    return Property(name=f"{_NAME}:{name}", value=value)
