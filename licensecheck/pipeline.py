"""A folder in, its report out: reading, gathering, deciding, in this order. The only place where the stages meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from licensecheck import __version__
from licensecheck.citations import quote_clauses, texts_of_components
from licensecheck.engine.decide import Decision, Law, decide
from licensecheck.engine.findings import Words
from licensecheck.engine.release import licenses_of
from licensecheck.facts.base import Facts
from licensecheck.facts.collect import declared_license, make_subject, observed_files, subject_name
from licensecheck.facts.derive import component_facts, subject_facts
from licensecheck.facts.publishers import publishers_of
from licensecheck.facts.shared_name import settled
from licensecheck.facts.subject import Declared, Subject
from licensecheck.harvest import Harvest, gather
from licensecheck.harvest.texts import Recogniser
from licensecheck.knowledge import Knowledge, load
from licensecheck.lineage import Component, Lineage
from licensecheck.manifest import Manifest, overlay, underlay
from licensecheck.manifest import load as load_manifest
from licensecheck.report import KINDS, SCHEMA, VERDICTS, Finding, Kind, Report
from licensecheck.sources.folder import Folder
from licensecheck.upstreams import kept_of, lineage_of, read_compared, read_nearby

if TYPE_CHECKING:
    from datetime import date

    from licensecheck.facts.observed import CopySeen
    from licensecheck.sources.origin import Origin
    from licensecheck.sources.reading import TextFile

    #: is shown what was read: the harvest, the licence texts found, the files of the manifest
    Watch = Callable[[Harvest, Sequence[CopySeen], Sequence[TextFile]], None]


def examine(
    target: str,
    *,
    sets: Sequence[str] = (),
    as_: str | None = None,
    lang: str = "en",
    rules: str | None = None,
    everything: bool = False,
    today: date | None = None,
    recognise: Recogniser | None = None,
    root: Manifest | None = None,
    origin: Origin | None = None,
    evidence: Sequence[str] = (),
    watch: Watch | None = None,
) -> Report:
    """The report on one folder. Raises LicenseCheckError for input that cannot be used; flaws of the model become findings.

    `sets` and `as_` are laid over the manifest; `rules` is a folder of own licence files; `everything` keeps what does not apply;
    `recognise` stands in for the recogniser of licence texts; `root` is the manifest of the repository that the folder is a subject of;
    `origin` says where the folder was brought from; `evidence` are files of provenance results, beside those that the manifest names;
    `watch` is shown what was read, while the folder is there.
    """
    folder = Folder(target, origin.sizes if origin else None)
    knowledge = load(rules)
    recognise = recogniser(knowledge, rules) if recognise is None else recognise
    manifest = _from_inside(manifest_of(target, knowledge, sets, as_, root), target)
    manifest = underlay(manifest, origin.stated) if origin is not None else manifest
    harvest = gather(folder, knowledge.words(), recognise)
    now = str(today or _today())
    as_of = str(manifest.get("model.released") or now)
    until = max(as_of, now)  # what has run out today, or will have on the day of release, counts no more
    name = subject_name(manifest, harvest, os.path.basename(os.path.abspath(target)), knowledge.table("phrases")["titles"])
    declared = declared_license(manifest, harvest, knowledge)
    nearby = read_nearby(manifest, target, knowledge, recognise, lambda place: manifest_of(place, knowledge))
    compared = read_compared(manifest, target, evidence, knowledge)
    lineage = lineage_of(manifest, harvest, knowledge, declared, name, as_of, origin, nearby, compared)
    declared = settled(declared, lineage.components, harvest.texts.copies, knowledge)
    base, facts = _facts(manifest, harvest, declared, lineage, knowledge, dataset=bool(origin and origin.dataset))
    seen = observed_files(harvest, manifest, knowledge, name, declared, until)
    subject = make_subject(name[0], str(base.get("subject.kind")), manifest, harvest, lineage, seen, declared, knowledge)
    address = origin.target if origin else None
    subject = subject._replace(publishers=publishers_of(name[0], address, manifest, lineage.components, knowledge))
    decision = decide(subject, facts, seen, _law(knowledge, lineage.all), lang)
    if manifest.get("policy") or manifest.get("waivers"):
        from licensecheck.house import apply_house_rules

        apply_house_rules(decision, subject, manifest, knowledge, until, lang)
    elsewhere = origin or kept_of(component.id for component in lineage.components)
    far = texts_of_components(decision.findings, seen.copies, elsewhere.text, recognise) if elsewhere else []
    quote_clauses(decision.findings, [*seen.copies, *far])
    if watch is not None:
        watch(harvest, [*seen.copies, *far], manifest.sources)
    report = _report(subject, decision, harvest, manifest, knowledge, origin.target if origin else target, as_of, lang, everything)
    report["incomplete"] += [*lineage.notes, *(lineage.measured.left_aside if compared is not None else ())]
    if compared is not None:
        report["inputs"] += [{"path": file.path, "sha256": file.sha256, "read": True} for file in compared.files]
    report = report if origin is None else _completed(report, origin, lineage)
    if lang != "en":
        report["incomplete"] = [*map(Words(knowledge.table("messages"), lang).retold, report["incomplete"])]
    return report


def _facts(
    manifest: Manifest, harvest: Harvest, declared: Declared, lineage: Lineage, knowledge: Knowledge, *, dataset: bool
) -> tuple[Facts, list[Facts]]:
    """The facts of the subject, and those of each component, of each possible one and of each file of code that keeps its notices."""
    base = subject_facts(
        manifest,
        _pipeline_tag(harvest),
        declared.id,
        lineage.claims,
        lineage.components,
        knowledge.table("facts"),
        knowledge.table("relations"),
        dataset=harvest.looks_like_dataset or dataset,
    )
    facts = component_facts(base, lineage.components)
    if lineage.possible or lineage.kept:  # these see what is declared; what is declared never sees them
        facts += component_facts(base, lineage.all)[len(facts) :]
    return base, facts


def _completed(report: Report, origin: Origin, lineage: Lineage) -> Report:
    """The report with the whole ancestry, and with what could not be had."""
    from licensecheck.hub.told import tell

    tell(report, origin, lineage.ancestry)
    return report


def manifest_of(
    target: str, knowledge: Knowledge, sets: Sequence[str] = (), as_: str | None = None, root: Manifest | None = None
) -> Manifest:
    """The manifest of a folder below that of its repository's root, with what the command line says laid over both."""
    manifest = load_manifest(target, knowledge.table("manifest"), _Ids(knowledge))
    if root is not None:
        from licensecheck.manifest.merge import under

        manifest = under(manifest, root)
    return overlay(manifest, sets, as_)


def _from_inside(manifest: Manifest, target: str) -> Manifest:
    """Files of the folder are named as seen from it, like all other evidence; those above it keep the path they were found by."""
    top = os.path.join(target, "")
    lines = {path: (source.removeprefix(top), line) for path, (source, line) in manifest.lines.items()}
    return manifest._replace(lines=lines)


def envelope(reports: Sequence[Report], rules: str | None = None) -> dict[str, Any]:
    """The JSON document that holds reports."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "llm-licensecheck", "version": __version__, "knowledge": load(rules).version},
        "reports": list(reports),
    }


class _Ids:
    """The closed lists that ids of a manifest are compared with."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        topics = knowledge.table("topics")
        self.topics = frozenset(topics["topics"]) | frozenset(topics["checks"])
        self.purposes = frozenset(knowledge.table("purposes")["purposes"])
        self.relations = frozenset(knowledge.table("relations")["relations"])
        self.claims = frozenset(knowledge.table("claims")["claims"])

    def license_known(self, license_id: str, /) -> bool:
        return self._knowledge.resolve(license_id) is not None

    def suggest_license(self, license_id: str, /) -> str | None:
        return self._knowledge.suggest(license_id)

    def suggest_provider(self, name: str, /) -> str | None:
        return self._knowledge.suggest_provider(name)

    def rule_known(self, rule: str, /) -> bool:
        license_id, _, clause = rule.partition("/")
        if license_id == "check":
            return clause.split(".", 1)[0] in self._knowledge.table("topics")["checks"]
        if license_id not in self._knowledge.license_ids():
            return self._knowledge.resolve(license_id) is not None and clause in self.topics
        return any(known["id"] == clause for known in self._knowledge.license(license_id)["clauses"])


def recogniser(knowledge: Knowledge, rules: str | None = None, texts: str | None = None) -> Recogniser:
    """The recogniser of the texts that have fingerprints, and of a house's own: those in `texts`, else those beside its rules."""
    own = texts or (os.path.join(rules, "texts") if rules and os.path.isdir(os.path.join(rules, "texts")) else None)

    def recognise(text: str) -> Any:
        from licensecheck.recognise import load_fingerprints
        from licensecheck.recognise import recognise as compare

        prints = load_fingerprints(os.path.join(knowledge.rules, "fingerprints"))
        found = compare(text, prints)
        if own is None:
            return found
        from licensecheck.recognise.own import recognise_own

        return (*found, *recognise_own(text, own, beside=prints.texts))

    return recognise


def _today() -> date:
    from datetime import date

    return date.today()


def _pipeline_tag(harvest: Harvest) -> str | None:
    tag = harvest.card.meta.get("pipeline_tag") if harvest.card else None
    return tag if isinstance(tag, str) else None


def _law(knowledge: Knowledge, components: Sequence[Component]) -> Law:
    clauses: dict[str, list[Mapping[str, Any]]] = {}
    policies: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    common: dict[str, dict[str, Any]] = {}
    for license_id in {license_id for component in components for license_id in component.licenses}:
        if knowledge.brief(license_id).get("known"):
            data = knowledge.license(license_id)
            common[license_id] = {
                "license": license_id,
                "license_name": data["name"],
                "publisher": data["publisher"],
                "url": data.get("url"),
                "license_names": (license_id, data.get("spdx"), data["name"], data.get("url"), *data.get("aliases", ())),
            }
            clauses[license_id] = [{"verified": data["verified"], **clause, **common[license_id]} for clause in data["clauses"]]
    for component in components:
        for policy in component.attributes.get("policies") or () if component.license in common else ():
            taken = [{**clause, **common[str(component.license)]} for clause in knowledge.policy_clauses(policy)]
            policies.setdefault((component.id, component.license), []).extend(taken)
    facts, relations, topics, caps, messages = (knowledge.table(name) for name in ("facts", "relations", "topics", "caps", "messages"))
    return Law(facts, relations, topics, caps, messages, clauses, policies)


def _report(
    subject: Subject,
    decision: Decision,
    harvest: Harvest,
    manifest: Manifest,
    knowledge: Knowledge,
    target: str,
    as_of: str,
    lang: str,
    everything: bool,
) -> Report:
    findings = decision.findings
    counts = {kind: sum(1 for finding in findings if finding["kind"] == kind and not finding["suppressions"]) for kind in KINDS}
    words = Words(knowledge.table("messages"), lang)
    shown = findings if everything else [finding for finding in findings if finding["kind"] != "not-applicable"]
    inputs = [*harvest.inputs, *({"path": source.path, "sha256": source.sha256, "read": True} for source in manifest.sources)]
    return {
        "subject": {"name": subject.name, "target": target, "kind": subject.kind},
        "as_of": as_of,
        "verdict": verdict(findings),
        "counts": {kind: counts[kind] for kind in KINDS if kind != "not-applicable" or everything},
        "licenses": licenses_of(subject, words),
        "lineage": _graph(subject),
        "findings": shown,
        "questions": decision.questions,
        "if_published": decision.if_published,
        "inputs": inputs,
        "not_examined": [words.pick(item) for item in words.messages["not_examined"]],
        "incomplete": [*harvest.incomplete, *(str(note) for note in manifest.notes)],
    }


def verdict(findings: Sequence[Finding]) -> Kind:
    """The worst kind among findings that are not suppressed; `pass` when there is nothing to decide."""
    kinds = {finding["kind"] for finding in findings if not finding["suppressions"]}
    return next((kind for kind in VERDICTS if kind in kinds), "pass")


def _graph(subject: Subject) -> dict[str, Any]:
    nodes = [
        {
            "id": c.id,
            "type": c.type,
            "license": " AND ".join(c.licenses) or None,
            "license_source": c.license_source,
            "verified": c.verified,
            "relation": c.relation,
            **({"possible": True} if c.possible else {}),
        }
        for c in (*subject.components, *subject.possible)
    ]
    edges = []
    for component in (*subject.components, *subject.possible):
        start = component.path[-2][1] if len(component.path) > 1 else subject.name
        edge = {"from": start, "to": component.id, "relation": component.path[-1][0], "evidence": list(component.evidence)}
        edges.append({**edge, "possible": True} if component.possible else edge)
    return {"nodes": nodes, "edges": edges}
