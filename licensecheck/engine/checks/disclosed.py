"""A component in, the sentence that would make the documents say what they are silent about out."""

from __future__ import annotations

from licensecheck.lineage.component import Component

from .base import Checker

_NO_LICENSE = (None, "", "other", "unknown")


def sentence(check: Checker, name: str, relation: str, license_id: str | None) -> str | None:
    """What documents may say of a component; None for a relation that nobody asks to disclose."""
    words = check.words.messages["disclosures"]
    if relation not in words:
        return None
    known = "" if license_id in _NO_LICENSE else check.words.say("disclosures", "license", {"license": license_id})
    return check.words.say("disclosures", relation, {"name": check.subject.name, "component": name, "license": known})


def proposal(check: Checker, component: Component) -> tuple[dict[str, str], ...]:
    """The sentence as a step of a remedy, for the card; of a base that is only possible, with its condition."""
    text = sentence(check, component.id, component.relation, component.license)
    if text is not None and component.possible:
        text = check.words.say("conditions", "derived", {"component": component.id, "said": text})
    return proposed(check, text)


def proposed(check: Checker, text: str | None) -> tuple[dict[str, str], ...]:
    """A sentence as a step of a remedy, for the card."""
    return () if text is None else ({"kind": "add-text", "file": check.subject.card or "README.md", "proposal": text, "text": text},)
