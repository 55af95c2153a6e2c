"""Manifest, card and lineage in, the facts that rules read out: defaults and assumptions are made here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import observed
from licensecheck.lineage.component import Component
from licensecheck.manifest import Manifest
from licensecheck.report import Evidence
from licensecheck.values import Figure, Interval

from .base import Facts

#: facts that the manifest states under the same key
_STATED = (
    "release.weights", "release.service", "release.product", "release.paid", "use.commercial", "use.purposes", "use.monthly_active_users",
    "use.daily_active_users", "use.devices", "use.monthly_revenue", "use.annual_revenue", "use.markets", "licensee.established",
    "licensee.monthly_active_users", "licensee.annual_revenue",
)  # fmt: skip
#: a figure of the licensee, and the figure of the product that stands in for it
_STAND_IN = {"licensee.monthly_active_users": "use.monthly_active_users", "licensee.annual_revenue": "use.annual_revenue"}


def subject_facts(
    manifest: Manifest,
    pipeline_tag: str | None,
    declared: str | None,
    claims: Sequence[str],
    components: Sequence[Component],
    table: Mapping[str, Any],
    relations: Mapping[str, Any],
    *,
    dataset: bool = False,
) -> Facts:
    """The facts of subject, release, use and licensee; a figure that stands in for another has the note `assumed-figure`."""
    values: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    notes: dict[str, str] = {}
    for fact in _STATED:
        value = manifest.get(fact)
        if value is not None and value != []:
            values[fact] = tuple(value) if isinstance(value, list) else value
            evidence[fact] = _evidence(manifest, fact)
    for fact, stand_in in _STAND_IN.items():
        if fact not in values and stand_in in values:
            values[fact], evidence[fact], notes[fact] = values[stand_in], evidence[stand_in], "assumed-figure"
        elif stand_in not in values and (bound := _upper(values.get(fact))) is not None:
            values[stand_in], evidence[stand_in] = bound, evidence[fact]
    values["subject.license"] = declared
    values["subject.kind"] = "dataset" if dataset else subject_kind(components, relations)
    # only a model must have come from somewhere
    values["lineage.open"] = values["subject.kind"] == "model" and lineage_is_open(components, claims, relations)
    task = manifest.get("model.task")
    values["subject.task"] = task or table.get("tasks", {}).get(pipeline_tag or "") or "language-model"
    if task:
        evidence["subject.task"] = _evidence(manifest, "model.task")
    competes = manifest.get("model.competes_with")
    if competes is not None:
        values["subject.competes_with"] = tuple(competes) if isinstance(competes, list) else competes
        evidence["subject.competes_with"] = _evidence(manifest, "model.competes_with")
    return Facts(values, evidence, notes=notes)


def lineage_is_open(components: Sequence[Component], claims: Sequence[str], relations: Mapping[str, Any]) -> bool:
    """No base is known, and nothing says that there is none."""
    derived = any(relations["relations"][component.relation]["derives"] for component in components)
    return not derived and "trained-from-scratch" not in claims


def component_facts(subject: Facts, components: Sequence[Component]) -> list[Facts]:
    """The facts of each component over those of the subject; `others` are the subject's other components, without those behind itself."""
    branches: dict[str, list[str | None]] = {}
    for component in components:
        branches.setdefault(component.path[0][1], []).append(component.license)
    values = [{**_component_values(one), "component.licenses": _known(branches[one.path[0][1]], one)} for one in components]
    bare = [Facts(own, over=subject) for own in values]
    near = [(other.path[0], facts) for other, facts in zip(components, bare, strict=True) if len(other.path) == 1]
    return [
        Facts(own, over=subject, others=[facts for step, facts in near if step != component.path[0]])
        for component, own in zip(components, values, strict=True)
    ]


def _known(licenses: Sequence[str | None], component: Component) -> tuple[str, ...] | None:
    """The licences along one branch; unknown as a whole when none of them is known.

    What stands between the subject and a service that somebody else used has terms of its own, known or not.
    """
    known = tuple(dict.fromkeys(license_id for license_id in licenses if license_id))
    between = component.type == "service" and len(component.path) > 1 and None in licenses
    return (*known, "unknown") if between else known or None


def subject_kind(components: Sequence[Component], relations: Mapping[str, Any]) -> str:
    """A subject that only uses models, or only copies code, is an application; everything else is a model."""
    if not components:
        return "model"
    near = [component for component in components if len(component.path) == 1 and not _only_told(component)]
    carried = {relations["relations"][component.relation]["carries"] for component in near}
    return "application" if carried <= {"use", "code", "none"} and carried & {"use", "code"} else "model"


def _only_told(component: Component) -> bool:
    """A service that nothing but a sentence names: an application says so too of its samples."""
    return component.type == "service" and all(item["how"] == "prose" for item in component.evidence)


def _component_values(component: Component) -> dict[str, Any]:
    attributes = component.attributes
    values: dict[str, Any] = {
        "component.relation": component.relation,
        "component.type": component.type,
        "component.license": component.license,
        "component.publisher": component.publisher,
        "component.modality": attributes.get("modality"),
        "component.hosted_by": attributes.get("hosted_by") or "self",
        "component.received_in_product": bool(attributes.get("received_in_product", False)),
        "component.obtained": attributes.get("obtained"),
        "component.stage": tuple(attributes["stage"]) if attributes.get("stage") else None,
        "component.account": attributes.get("account"),
        "component.in_release": attributes.get("in_release", True),
        "component.notice_known": bool(attributes.get("notice", False)),
        "component.header": attributes.get("header") or "unseen",
    }
    return values


def _upper(value: Any) -> Figure | None:
    """What the whole group does not reach, none of its products reaches: an upper bound, or nothing."""
    if not isinstance(value, Figure) or value.latest is None or value.latest.high is None:
        return None
    return Figure(Interval(high=value.latest.high, high_open=value.latest.high_open), {}, value.unit)


def _evidence(manifest: Manifest, key: str) -> Evidence:
    where = manifest.where(*key.split(".")) or ("licensecheck.yaml", None)
    value = manifest.get(key)
    shown = (
        ", ".join(map(str, value))
        if isinstance(value, list)
        else str(value.undated or dict(value.months))
        if isinstance(value, Figure)
        else _plain(value)
    )
    return observed(where[0], where[1], key, shown, "declared")


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
