"""A bill in, an SPDX 2.3 document out: JSON, YAML or tag-value (https://spdx.github.io/spdx-spec/v2.3/)."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from spdx_tools.common.spdx_licensing import spdx_licensing
from spdx_tools.spdx.model import (
    Actor,
    ActorType,
    Checksum,
    ChecksumAlgorithm,
    CreationInfo,
    Document,
    ExternalPackageRef,
    ExternalPackageRefCategory,
    ExtractedLicensingInfo,
    File,
    Package,
    PackagePurpose,
    Relationship,
    RelationshipType,
    SpdxNoAssertion,
)

from .bill import Bill, Entry, identity
from .inert import slug
from .lineage import Link, Part
from .table import Table
from .terms import Licence
from .wording import link_comment

_DOCUMENT = "SPDXRef-DOCUMENT"
_SPACE = "https://spdx.org/spdxdocs"


def render(bill: Bill, table: Table, encoding: str) -> str:
    """`encoding` is json, yaml or tag."""
    document = document_of(bill, table)
    if encoding == "tag":
        from spdx_tools.spdx.writer.tagvalue.tagvalue_writer import write_document_to_stream

        stream = io.StringIO()
        write_document_to_stream(document, stream, validate=False, drop_duplicates=False)
        return stream.getvalue()
    from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter

    content: dict[str, Any] = DocumentConverter().convert(document)
    if encoding == "yaml":
        import yaml

        return str(yaml.safe_dump(content, allow_unicode=True, width=120))
    from licensecheck.render.as_json import render as as_json

    return as_json(content)


def document_of(bill: Bill, table: Table) -> Document:
    """The document as the library has it."""
    return Document(
        CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id=_DOCUMENT,
            name=bill.subject.name,
            document_namespace=f"{_SPACE}/{slug(bill.subject.name) or 'model'}-{identity(bill, 'spdx-2.3')}",
            creators=[Actor(ActorType.TOOL, bill.tool)],
            created=datetime.strptime(bill.created, "%Y-%m-%dT%H:%M:%SZ"),
            document_comment=bill.comment,
        ),
        packages=[_package(part, table) for part in (bill.subject, *bill.parts)],
        files=[_file(entry) for entry in bill.files],
        relationships=_relationships(bill, table),
        extracted_licensing_info=[_extracted(licence) for licence in bill.licences if not licence.listed],
    )


def _package(part: Part, table: Table) -> Package:
    return Package(
        spdx_id=_id(part.ref),
        name=part.name,
        download_location=_download(part),
        version=part.version,
        supplier=Actor(ActorType.ORGANIZATION, part.owner) if part.owner else SpdxNoAssertion(),
        files_analyzed=False,
        license_declared=_expression(part.declared),
        license_concluded=_expression(part.concluded),
        license_comment=part.comment or None,
        copyright_text=SpdxNoAssertion(),
        comment=f"llm-licensecheck:type={part.type}",
        external_references=[ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", part.purl)] if part.purl else [],
        attribution_texts=list(part.attributions),
        primary_package_purpose=PackagePurpose[table.components[part.type]["spdx2"]],
    )


def _download(part: Part) -> str | SpdxNoAssertion:
    """A commit of a repository where it is known, else its page."""
    if part.url is None:
        return SpdxNoAssertion()
    return f"git+{part.url}@{part.version}" if part.version else part.url


def _expression(text: str | None) -> Any:
    return SpdxNoAssertion() if text is None else spdx_licensing.parse(text)


def _file(entry: Entry) -> File:
    return File(
        name=f"./{entry.path}",
        spdx_id=_id(entry.ref),
        checksums=[Checksum(ChecksumAlgorithm.SHA1, entry.sha1), Checksum(ChecksumAlgorithm.SHA256, entry.sha256)],
        license_concluded=SpdxNoAssertion(),
        license_info_in_file=[_expression(ref) for ref in entry.licences] or [SpdxNoAssertion()],
        copyright_text=SpdxNoAssertion(),
    )


def _relationships(bill: Bill, table: Table) -> list[Relationship]:
    told = [Relationship(_DOCUMENT, RelationshipType.DESCRIBES, _id(bill.subject.ref))]
    told += [_relationship(link, bill, table) for link in bill.links]
    # nothing is said of the files that were not read, so the package does not "contain" these ones in the sense of `filesAnalyzed`
    told += [Relationship(_id(entry.ref), RelationshipType.METAFILE_OF, _id(bill.subject.ref)) for entry in bill.files]
    return told


def _relationship(link: Link, bill: Bill, table: Table) -> Relationship:
    row = table.row(link.relation, bill.part(link.end).type)["spdx2"] if link.sure else {"type": "OTHER", "of": "subject"}
    ends = (link.start, link.end) if row["of"] == "subject" else (link.end, link.start)
    return Relationship(_id(ends[0]), RelationshipType[row["type"]], _id(ends[1]), comment=link_comment(link, table))


def _extracted(licence: Licence) -> ExtractedLicensingInfo:
    return ExtractedLicensingInfo(
        license_id=licence.ref,
        extracted_text=licence.text or licence.comment,
        license_name=licence.name,
        cross_references=[licence.url] if licence.url else [],
        comment=licence.comment if licence.text else None,
    )


def _id(ref: str) -> str:
    return f"SPDXRef-{ref}"
