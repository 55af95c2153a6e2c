"""A subject without a named base in, the material that its licence or its name speaks of out; inferred, never more."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.knowledge import Knowledge
from licensecheck.report import Evidence

from .component import Component, Doubt
from .names import family_of

_NO_BASE = ("data", "evaluates", "tokenizer", "architecture")


def implied(
    components: Sequence[Component],
    offered: tuple[str, Evidence] | None,
    names: Sequence[tuple[str, Evidence]],
    knowledge: Knowledge,
    wording: str,
) -> tuple[tuple[Component, ...], tuple[Doubt, ...]]:
    """The unnamed base and the doubt about it.

    `offered` is the licence the subject is offered under: one that only its publisher's material carries says that the material is there.
    Otherwise the first of `names` that sounds like a family speaks for it. `wording` is how unnamed material is called, with `{material}`.
    """
    if any(component.relation not in _NO_BASE and component.type != "service" for component in components):
        return (), ()
    if offered is not None and knowledge.brief(offered[0]).get("publisher_material"):
        component = _unnamed(offered[0], offered[1], knowledge, wording)
        return (component,), (("base-not-named", None, component.id, component.evidence),)
    for name, evidence in names:
        family = family_of(name, knowledge.table("families")["families"])
        if family is not None and knowledge.brief(family["license"]).get("publisher_material"):
            component = _unnamed(family["license"], evidence, knowledge, wording)
            return (component,), (("name-suggests", None, knowledge.brief(family["license"])["publisher_material"], component.evidence),)
    return (), ()


def _unnamed(license_id: str, evidence: Evidence, knowledge: Knowledge, wording: str) -> Component:
    brief = knowledge.brief(license_id)
    name = wording.replace("{material}", brief["publisher_material"])
    edition = next(iter(brief["editions"][-1:]), None)
    inferred = evidence.copy()
    inferred["how"] = "inferred"
    return Component(
        id=name,
        type="model",
        relation="finetune",
        path=(("finetune", name),),
        license=license_id,
        license_source="card",
        verified=True,
        edition={"text": edition["text"], "in_force_from": edition.get("from")} if edition else None,
        evidence=(inferred,),
        certain=False,
        personal=False,
        attributes={},
    )
