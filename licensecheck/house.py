"""What an organisation allows and accepts in, findings of its policy and suppressions by its waivers out, in a decision already made."""

from __future__ import annotations

from licensecheck.engine.caps import Caps
from licensecheck.engine.decide import Decision, order
from licensecheck.engine.findings import Words
from licensecheck.engine.policy import Policy, apply_policy, named
from licensecheck.engine.waivers import apply_waivers
from licensecheck.facts.subject import Subject
from licensecheck.knowledge import Knowledge
from licensecheck.lineage import declared_evidence
from licensecheck.manifest import Manifest
from licensecheck.report import Evidence


def apply_house_rules(decision: Decision, subject: Subject, manifest: Manifest, knowledge: Knowledge, until: str, lang: str) -> None:
    """Policy first, then waivers over all findings; questions that only waived findings ask are dropped."""
    words, topics = Words(knowledge.table("messages"), lang), knowledge.table("topics")
    if manifest.get("policy"):
        caps = Caps(knowledge.table("caps"), knowledge.table("facts"), lang, knowledge.table("messages"))
        decision.findings.extend(apply_policy(subject, _policy(manifest, knowledge), knowledge.table("relations"), caps, words, topics))
        decision.findings.sort(key=order)
    waivers = [
        ({**item, "rule": _canonical(str(item["rule"]), knowledge)}, _stated(manifest, item["rule"], "waivers", n))
        for n, item in enumerate(manifest.get("waivers") or ())
    ]
    decision.findings.extend(apply_waivers(decision.findings, waivers, until, subject.name, words, topics))
    asked = {finding["question"]["fact"] for finding in decision.findings if finding["question"] and not finding["suppressions"]}
    decision.questions[:] = [question for question in decision.questions if question["fact"] in asked]


def _policy(manifest: Manifest, knowledge: Knowledge) -> Policy:
    where: dict[str, Evidence] = {}
    ids: dict[str, frozenset[str]] = {}
    for key in ("deny", "allow"):
        names = [named(name, knowledge.resolve) for name in manifest.get(f"policy.{key}") or ()]
        ids[key] = frozenset(names)
        for n, name in enumerate(names):
            where.setdefault(name, _stated(manifest, name, "policy", key, n))
        where[key] = _stated(manifest, key, "policy", key)
    return Policy(ids["allow"] if manifest.get("policy.allow") is not None else None, ids["deny"], where, knowledge.resolve)


def _stated(manifest: Manifest, value: object, *path: str | int) -> Evidence:
    """Evidence of a line of the manifest."""
    source, line = manifest.where(*path) or ("licensecheck.yaml", None)
    key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return declared_evidence(source, line, key, value)


def _canonical(rule: str, knowledge: Knowledge) -> str:
    """A rule under its licence's own id, whatever the licence is called in the waiver."""
    license_id, slash, clause = rule.partition("/")
    return rule if license_id == "check" else f"{knowledge.resolve(license_id) or license_id}{slash}{clause}"
