"""A CycloneDX document as JSON in, the same with model cards and what is known of its completeness out: the library has neither yet.

https://cyclonedx.org/docs/1.6/json/#components_items_modelCard, https://cyclonedx.org/docs/1.6/json/#compositions
"""

from __future__ import annotations

from typing import Any

from .bill import Bill
from .table import Table
from .wording import training

_MODEL = "machine-learning-model"


def add_to(content: dict[str, Any], bill: Bill, table: Table) -> dict[str, Any]:
    """Each model gets a card with the datasets it was trained on; the subject's also says in words what it was made with."""
    for component in (content["metadata"]["component"], *content.get("components", ())):
        if component["type"] == _MODEL:
            card = _card(component["bom-ref"], bill, table)
            if card:
                component["modelCard"] = card
    # whoever has read the files of a model cannot know that they tell everything
    aggregate = "incomplete" if bill.incomplete else "unknown"
    content["compositions"] = [{"aggregate": aggregate, "assemblies": [bill.subject.ref], "dependencies": [bill.subject.ref]}]
    return content


def _card(ref: str, bill: Bill, table: Table) -> dict[str, Any]:
    data = dict.fromkeys(link.end for link in bill.links if link.start == ref and link.relation == "data" and link.sure)
    card: dict[str, Any] = {"modelParameters": {"datasets": [{"ref": end} for end in data]}} if data else {}
    words = training(bill, table) if ref == bill.subject.ref else ""
    if words:
        card["properties"] = [{"name": "llm-licensecheck:made-with", "value": words}]
    return card
