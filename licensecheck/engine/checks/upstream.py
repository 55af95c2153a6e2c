"""What upstream repositories show of what they owe themselves in, what is not there out: theirs to mend, worth knowing here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.facts.subject import Upstream
from licensecheck.report import Evidence, Finding
from licensecheck.wording import begins

from .base import Checker


def upstream_declares(check: Checker) -> Iterator[Finding]:
    """One finding for each upstream whose card declares another licence than its base's terms allow; it is owed by upstream."""
    told: set[str] = set()
    for step in check.subject.upstream:
        terms = check.subject.briefs.get(step.base_license, {}).get("own_terms") or {}
        if step.license == step.base_license or terms.get("allowed", "yes") == "yes" or step.id.lower() in told:
            continue
        told.add(step.id.lower())
        blanks = {"component": step.id, "declared": step.license or "-", "base": step.base, "license": step.base_license}
        yield _of(check, step, "upstream-declares", blanks, "license", step.license or "")


def upstream_lacks(check: Checker) -> Iterator[Finding]:
    """One finding for each upstream of another publisher that shows no licence text, no notice or no name such as its base asks for."""
    told: set[str] = set()
    for step in check.subject.upstream:
        same_house = step.id.split("/", 1)[0].lower() == step.base.split("/", 1)[0].lower()
        lacking = _lacking(check, step, check.subject.briefs.get(step.base_license, {}))
        if same_house or not lacking or step.id.lower() in told:
            continue
        told.add(step.id.lower())
        words = check.words.messages["upstream_lacks"]
        listed = ", ".join(check.words.pick(words[kind]).replace("{words}", value) for kind, value in lacking)
        blanks = {"component": step.id, "base": step.base, "license": step.base_license, "lacking": listed}
        yield _of(check, step, "upstream-lacks", blanks, "files", listed)


def _lacking(check: Checker, step: Upstream, brief: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is not there: kind, and the words asked for."""
    found = []
    wanted = brief.get("files", ())
    for kind, there in zip(("copy", "notice"), step.files or (True, True), strict=True):
        if kind in wanted and not there and brief.get("publisher_material"):  # of other licences a text is easily had
            found.append((kind, ""))
    for row in brief.get("naming", ()):
        words = str(row.get("words") or "")
        if words and begins(step.id.rsplit("/", 1)[-1], words) == "no" and words.lower() not in step.id.lower():
            found.append(("name", words))
    return found


def _of(check: Checker, step: Upstream, sentence: str, blanks: dict[str, str], key: str, value: str) -> Finding:
    evidence: Evidence = {"source": step.source, "line": None, "key": key, "value": value, "how": "declared"}
    found = check.finding("lineage", "informational", sentence, blanks, name=step.id, evidence=(evidence,), about=step.id)
    found["owed_by"] = "upstream"
    return found
