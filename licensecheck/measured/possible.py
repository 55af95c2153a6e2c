"""Results of comparisons in, readings and the components they make possible out; a possible component is never a certain one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.evidence import observed
from licensecheck.facts.measured import Measured, Reading
from licensecheck.harvest import Harvest
from licensecheck.knowledge import Knowledge
from licensecheck.lineage import Assembler
from licensecheck.lineage.component import Component
from licensecheck.lineage.entries import Entry
from licensecheck.report import Evidence

from .read import Compared, Result
from .references import code_named, model_in_identifier, model_named
from .weigh import is_noted, with_value

#: Rows followed behind one base.
_MOST_STEPS = 24
#: Models and code bases that results may bring into one report.
_MOST_NOTED = 25


def readings(results: Sequence[Result], knowledge: Knowledge, table: Mapping[str, Any]) -> tuple[Reading, ...]:
    """Every result with the published model, or the code base, that it was compared with."""
    return tuple(reading for result in results for reading in _readings(result, knowledge, table))


def _readings(result: Result, knowledge: Knowledge, table: Mapping[str, Any]) -> Iterator[Reading]:
    technique = table["techniques"][result.formula]
    data = with_value(result)
    if result.formula == "E1":
        for identifier in data["strings"]:
            named = model_in_identifier(identifier, knowledge, table["points"])
            if named is not None:
                evidence = _evidence(result, technique, identifier)
                yield Reading(result.formula, technique, named, evidence, True, {**data, "identifier": identifier})
        return
    component = str(data.get("compared_to") or "")
    if technique["speaks_of"] == "code":
        component, license_id = code_named(component, table["code_origins"])
        data = {"license": license_id, **data} if license_id else data
    elif component:
        component = model_named(component, knowledge)
    value = data.get("value")
    yield Reading(result.formula, technique, component, _evidence(result, technique, value), is_noted(data, technique), data)


def _evidence(result: Result, technique: Mapping[str, Any], value: object) -> Evidence:
    shown = "-" if value is None else value
    return observed(result.source, result.line, f"{result.formula} {technique['name']['en']}", shown, "inferred")


def measured(
    compared: Compared, components: Sequence[Component], knowledge: Knowledge, rows: Mapping[Any, Any], table: Mapping[str, Any]
) -> Measured:
    """The readings beside the declared lineage."""
    found, cut = _first(readings(compared.results, knowledge, table))
    left = tuple(table["techniques"][formula] for formula in compared.not_run)
    relations = knowledge.table("relations")["relations"]
    bases = [component for component in components if relations[component.relation]["derives"]]
    words = {key: table[key] for key in ("establishes", "not_proof")}
    return Measured(words, found, frozenset(_explained(bases, knowledge, rows)), left, cut)


def _first(found: tuple[Reading, ...]) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """Of very many models that come close the first ones, and a line that says so: a report has to be read."""
    names = list(dict.fromkeys(reading.component.lower() for reading in found if reading.noted))
    if len(names) <= _MOST_NOTED:
        return found, ()
    kept = frozenset(names[:_MOST_NOTED])
    said = f"comparisons: {len(names)} models come close; only the first {_MOST_NOTED} were looked at"
    return tuple(reading if reading.component.lower() in kept else reading._replace(noted=False) for reading in found), (said,)


def _explained(bases: Sequence[Component], knowledge: Knowledge, rows: Mapping[Any, Any]) -> set[str]:
    """The declared bases, and what those were made from."""
    known: set[str] = set()
    waiting = [step for component in bases for _, step in component.path]
    for _ in range(_MOST_STEPS * max(1, len(waiting))):
        if not waiting:
            break
        name = waiting.pop().lower()
        if name not in known:
            known.add(name)
            told = (knowledge.model(name, None) or {}, rows.get(("model", name)) or {})
            waiting += [str(row["base"]) for row in told if row.get("base")]
            waiting += [str(base["id"]) for row in told for base in row.get("bases") or ()]
    return known


def possible(
    record: Measured, components: Sequence[Component], assembler: Assembler, harvest: Harvest, relations: Mapping[str, Any]
) -> tuple[Component, ...]:
    """What the subject may be made of by the readings that are worth attention, and nothing declares: inferred, with what lies behind."""
    declared = {(component.id.lower(), relations[component.relation]["carries"]) for component in components}
    from_code = {str(component.attributes.get("code")) for component in components if component.type == "code"}
    entries: dict[tuple[str, str], Entry] = {}
    for reading in record.readings:
        relation = reading.technique.get("relation")
        if not reading.noted or relation is None or not reading.component:
            continue
        carries = relations[relation]["carries"]
        if (reading.component.lower(), carries) in declared or (carries == "weights" and record.explains(reading.component)):
            continue
        if relation == "code" and str(reading.said.get("file")).removeprefix("./") in from_code:
            continue
        key = (reading.component.lower() + str(reading.said.get("file") if relation == "code" else ""), relation)
        if key in entries:
            entries[key].evidence.append(reading.evidence)
        else:
            entries[key] = _entry(reading, relation, harvest, assembler.knowledge)
    for name, relation in [*entries]:  # what may have given its weights may have given the rest
        if relation in ("architecture", "tokenizer") and (name, "finetune") in entries:
            del entries[name, relation]
    found = [part for entry in entries.values() for part in assembler.components([entry])]
    certain = {(component.license, relations[component.relation]["carries"]) for component in components}
    kept = [part for part in found if len(part.path) == 1 or (part.license, relations[part.relation]["carries"]) not in certain]
    return tuple(_marked(part) for part in kept)


def _entry(reading: Reading, relation: str, harvest: Harvest, knowledge: Knowledge) -> Entry:
    attributes: dict[str, Any] = {}
    if reading.said.get("license") and (relation == "code" or knowledge.model(reading.component, None) is None):
        attributes["license"] = reading.said["license"]
    if relation == "code":
        name = str(reading.said["file"]).removeprefix("./")
        file = next((file for file in harvest.code if file.source == name), None)
        header = {True: "kept", False: "dropped"}.get(reading.said.get("header_found"))  # type: ignore[arg-type]
        if file is not None:
            attributes["shown"] = (*file.copyrights, file.license_evidence)
            header = file.header
        attributes.update({"code": name, **({"header": header} if header else {})})
    kind = "code" if relation == "code" else "model"
    return Entry(reading.component, kind, relation, [reading.evidence], attributes)


def _marked(component: Component) -> Component:
    source = "evidence" if component.license_source == "manifest" else component.license_source
    return component._replace(certain=False, possible=True, license_source=source)
