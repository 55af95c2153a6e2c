"""The licences of a bill's parts in, CycloneDX licence choices out, each with who says so: declared or concluded.

Version 1.6 takes a list of licences or one expression; 1.7 lets expressions stand beside one another, which the library does not write yet.
https://cyclonedx.org/docs/1.6/json/#components_items_licenses
"""

from __future__ import annotations

from typing import Any

from cyclonedx.model import AttachedText, Property, XsUri
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseAcknowledgement, LicenseExpression
from cyclonedx.spdx import is_supported_id

from .bill import Bill
from .lineage import Part

#: The reference, or the expression, as SPDX writes it, where the field beside it cannot hold that.
_REF = "llm-licensecheck:spdx"


class Licences:
    """Writes licences. The texts stand in the document once, as evidence: they lie beside the subject."""

    def __init__(self, bill: Bill) -> None:
        self._records = {licence.ref: licence for licence in bill.licences}
        texts = [licence.ref for licence in bill.licences if licence.text is not None]
        self._seen = tuple(dict.fromkeys((*bill.observed, *texts)))

    def of(self, part: Part) -> list[License]:
        """What the part's licence is declared to be, and what is concluded; nothing stands for what is not known."""
        said = ((LicenseAcknowledgement.DECLARED, part.declared), (LicenseAcknowledgement.CONCLUDED, part.concluded))
        told = [(how, text) for how, text in said if text is not None]
        if len(told) == 1 and told[0][1] not in self._records:
            return [LicenseExpression(told[0][1], acknowledgement=told[0][0])]
        return [self._single(text, how) for how, text in told]

    def seen(self) -> list[License]:
        """The licences whose texts were found, with the texts."""
        return [self._single(ref, None, with_text=True) for ref in self._seen]

    def _single(self, text: str, how: LicenseAcknowledgement | None, *, with_text: bool = False) -> DisjunctiveLicense:
        """A licence by its id; one without an id, or an expression where none may stand, by its name."""
        record = self._records.get(text)
        if record is None:
            return DisjunctiveLicense(name=text, acknowledgement=how, properties=[Property(name=_REF, value=text)])
        told = [] if record.listed else [(_REF, record.ref)]
        words = record.text if with_text else None
        if words is not None:
            told.append(("llm-licensecheck:comment", record.comment))
        listed = record.listed and is_supported_id(record.ref)
        return DisjunctiveLicense(
            id=record.ref if listed else None,
            name=None if listed else record.name,
            url=XsUri(record.url) if record.url else None,
            text=AttachedText(content=words, content_type="text/plain") if words is not None else None,
            acknowledgement=how,
            properties=[Property(name=name, value=value) for name, value in told],
        )


def with_expressions(content: Any, bill: Bill) -> Any:
    """The same JSON of version 1.7, where a compound licence that had to be a name is the expression that it is."""
    single = {licence.ref for licence in bill.licences}
    if isinstance(content, list):
        return [with_expressions(item, bill) for item in content]
    if not isinstance(content, dict):
        return content
    told = {key: with_expressions(value, bill) for key, value in content.items() if key != "licenses"}
    if "licenses" in content:
        told["licenses"] = [_as_expression(item, single) for item in content["licenses"]]
    return told


def _as_expression(item: dict[str, Any], single: set[str]) -> dict[str, Any]:
    licence = item.get("license", {})
    text = next((told["value"] for told in licence.get("properties", ()) if told["name"] == _REF), None)
    if text is None or text in single:
        return item
    return {"expression": text, "acknowledgement": licence["acknowledgement"]}
