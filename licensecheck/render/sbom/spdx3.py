"""A bill in, an SPDX 3.0.1 document with the AI and dataset profiles' elements out, as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from spdx_python_model import v3_0_1 as spdx

from licensecheck.render.as_json import render as as_json

from .bill import Bill, Entry, identity
from .inert import slug
from .lineage import Link, Part
from .table import Table
from .terms import Licence
from .wording import link_comment, training

_SPACE = "https://spdx.org/spdxdocs"
#: The AI and dataset profiles want a version and a day of release of every model and dataset, which cards do not tell:
#: their elements are used, and no conformance to them is claimed.
_PROFILES = ("core", "software", "simpleLicensing")
#: Nothing is asserted; the specification has an individual for it.
_NO_LICENCE = spdx.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense


def render(bill: Bill, table: Table) -> str:
    """The JSON-LD text."""
    content: dict[str, Any] = spdx.JSONLDSerializer().serialize_data(_Writer(bill, table).objects(), force_at_graph=True)
    content["@graph"] = sorted(content["@graph"], key=lambda item: (item["type"], item.get("spdxId") or item.get("@id") or ""))
    return as_json(content)


class _Writer:
    """Makes the elements; each is told who made it, and kept under an id made of the document's and its own."""

    def __init__(self, bill: Bill, table: Table) -> None:
        self.bill, self.table = bill, table
        self.space = f"{_SPACE}/{slug(bill.subject.name) or 'model'}-{identity(bill, 'spdx-3.0.1')}"
        self.made = datetime.strptime(bill.created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        agent = spdx.SoftwareAgent(_id=self._id("agent"), name="llm-licensecheck")
        tool = spdx.Tool(_id=self._id("tool"), name=bill.tool)
        self.info = spdx.CreationInfo(_id="_:creation", created=self.made, specVersion="3.0.1", createdBy=[agent], createdUsing=[tool])
        self.elements: list[Any] = []
        self.owners: dict[str, Any] = {}
        self.expressions: dict[str, Any] = {}
        for element in (agent, tool):
            self._keep(element)

    def objects(self) -> Any:
        """Everything, linked: the document, its bill of materials, and what is in that."""
        texts = {licence.ref: self._text(licence) for licence in self.bill.licences if not licence.listed}
        parts = {part.ref: self._keep(self._part(part)) for part in (self.bill.subject, *self.bill.parts)}
        for part in (self.bill.subject, *self.bill.parts):
            self._licensed(part.ref, parts[part.ref], part.declared, part.concluded, texts)
        for n, link in enumerate(self.bill.links, 1):
            self._keep(self._link(f"link-{n}", link, parts))
        files = [self._keep(self._file(entry)) for entry in self.bill.files]
        if files:
            subject = parts[self.bill.subject.ref]
            self._relate("contains-files", subject, spdx.RelationshipType.contains, files, completeness="incomplete")
        for entry, file in zip(self.bill.files, files, strict=True):
            for n, ref in enumerate(entry.licences, 1):
                self._relate(f"{entry.ref}-found-{n}", file, spdx.RelationshipType.hasDeclaredLicense, [self._expression(ref, texts)])
        root = parts[self.bill.subject.ref]
        bom = spdx.software_Sbom(_id=self._id("sbom"), software_sbomType=[spdx.software_SbomType.analyzed], rootElement=[root])
        bom.element = list(self.elements)
        self._keep(bom)
        document = spdx.SpdxDocument(_id=self.space, name=self.bill.subject.name, comment=self.bill.comment, rootElement=[bom])
        document.profileConformance = [getattr(spdx.ProfileIdentifierType, name) for name in _PROFILES]
        document.element = [element for element in self.elements if element is not bom]
        self._keep(document)
        return spdx.SHACLObjectSet([self.info, *self.elements])

    def _keep(self, element: Any) -> Any:
        element.creationInfo = self.info
        self.elements.append(element)
        return element

    def _id(self, ref: str) -> str:
        return f"{self.space}#{ref}"

    def _part(self, part: Part) -> Any:
        common: dict[str, Any] = {
            "_id": self._id(part.ref),
            "name": part.name,
            "comment": part.comment or None,
            "software_primaryPurpose": getattr(spdx.software_SoftwarePurpose, self.table.components[part.type]["spdx3"]),
            "software_packageVersion": part.version,
            "software_packageUrl": part.purl,
            "software_downloadLocation": part.url,
            "software_attributionText": list(part.attributions),
            "suppliedBy": self._owner(part.owner),
        }
        given = {name: value for name, value in common.items() if value}
        if part.type == "model":
            words = training(self.bill, self.table) if part.ref == self.bill.subject.ref else ""
            return spdx.ai_AIPackage(**given, **({"ai_informationAboutTraining": words} if words else {}))
        if part.type == "dataset":
            return spdx.dataset_DatasetPackage(**given, dataset_datasetType=[spdx.dataset_DatasetType.noAssertion])
        return spdx.software_Package(**given)

    def _owner(self, owner: str | None) -> Any:
        """Whose repository it is: a person's or an organisation's, which its name does not tell."""
        if owner is None:
            return None
        if owner not in self.owners:
            self.owners[owner] = self._keep(spdx.Agent(_id=self._id(f"owner-{slug(owner)}-{len(self.owners) + 1}"), name=owner))
        return self.owners[owner]

    def _file(self, entry: Entry) -> Any:
        hashes = ((spdx.HashAlgorithm.sha1, entry.sha1), (spdx.HashAlgorithm.sha256, entry.sha256))
        return spdx.software_File(
            _id=self._id(entry.ref),
            name=entry.path,
            software_fileKind=spdx.software_FileKindType.file,
            verifiedUsing=[spdx.Hash(algorithm=algorithm, hashValue=value) for algorithm, value in hashes],
        )

    def _text(self, licence: Licence) -> Any:
        more = {"comment": licence.comment} if licence.text else {}
        return self._keep(
            spdx.simplelicensing_SimpleLicensingText(
                _id=self._id(f"text-{licence.ref}"),
                name=licence.name,
                simplelicensing_licenseText=licence.text or licence.comment,
                **more,
            )
        )

    def _expression(self, text: str, texts: dict[str, Any]) -> Any:
        if text not in self.expressions:
            element = spdx.simplelicensing_LicenseExpression(
                _id=self._id(f"license-{len(self.expressions) + 1}"), simplelicensing_licenseExpression=text
            )
            used = [name for name in dict.fromkeys(text.replace("(", " ").replace(")", " ").split()) if name in texts]
            element.simplelicensing_customIdToUri = [spdx.DictionaryEntry(key=name, value=texts[name]._id) for name in used]
            self.expressions[text] = self._keep(element)
        return self.expressions[text]

    def _licensed(self, ref: str, element: Any, declared: str | None, concluded: str | None, texts: dict[str, Any]) -> None:
        kinds = (
            ("declared", spdx.RelationshipType.hasDeclaredLicense, declared),
            ("concluded", spdx.RelationshipType.hasConcludedLicense, concluded),
        )
        for name, kind, text in kinds:
            self._relate(f"{ref}-{name}", element, kind, [_NO_LICENCE if text is None else self._expression(text, texts)])

    def _link(self, name: str, link: Link, parts: dict[str, Any]) -> Any:
        row = self.table.row(link.relation, self.bill.part(link.end).type)["spdx3"] if link.sure else {"type": "other", "of": "subject"}
        ends = (link.start, link.end) if row["of"] == "subject" else (link.end, link.start)
        given = {
            "_id": self._id(name),
            "from_": parts[ends[0]],
            "relationshipType": getattr(spdx.RelationshipType, row["type"]),
            "to": [parts[ends[1]]],
            "comment": link_comment(link, self.table),
        }
        if "scope" in row:
            return spdx.LifecycleScopedRelationship(**given, scope=getattr(spdx.LifecycleScopeType, row["scope"]))
        return spdx.Relationship(**given)

    def _relate(self, name: str, start: Any, kind: str, ends: list[Any], completeness: str | None = None) -> None:
        relation = spdx.Relationship(_id=self._id(name), from_=start, relationshipType=kind, to=ends)
        if completeness is not None:
            relation.completeness = getattr(spdx.RelationshipCompleteness, completeness)
        self._keep(relation)
