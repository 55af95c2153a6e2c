"""Judgements in, findings of the report out: words in the language asked for, stable ids, citations and remedies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.evidence import digest_of
from licensecheck.lineage.component import Component
from licensecheck.report import LEVELS, Action, Citation, Evidence, Finding, Kind, Outcome, Remedy

from .judge import Judgement


class Words:
    """The sentences of messages.yaml in one language, with English where there is no other."""

    def __init__(self, messages: Mapping[str, Any], lang: str) -> None:
        self.messages = messages
        self.lang = lang

    def pick(self, words: Mapping[str, str] | str) -> str:
        return words if isinstance(words, str) else str(words.get(self.lang) or words["en"])

    def join(self, *sentences: str) -> str:
        """Sentences one after the other, as the language sets them."""
        return ("" if self.lang == "zh" else " ").join(sentence for sentence in sentences if sentence)

    def section(self, section: str) -> str:
        """A section as it stands in a sentence: numbers with their sign, words as words."""
        named = self.messages["sections"].get(section)
        return self.pick(named) if named else f"§{section}"

    def retold(self, note: str) -> str:
        """A line about what was read, which is told in English, in the language of the report; as it is where nobody put it into words."""
        import re

        for said in self.messages["readings"] if self.lang != "en" else ():
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(said["en"]))
            found = re.fullmatch(pattern, note)
            if found:
                return fill(self.pick(said), found.groupdict())
        return note

    def say(self, group: str, key: str, blanks: Mapping[str, Any]) -> str:
        """A sentence with its blanks filled; values are put in as they are, never read as a template."""
        return fill(
            self.pick(self.messages[group][key]),
            {name: self.pick(value) if isinstance(value, dict) else str(value) for name, value in blanks.items()},
        )


def fill(sentence: str, blanks: Mapping[str, str]) -> str:
    """Every `{name}` replaced once, from left to right.

    >>> fill("{a} and {b}", {"a": "{b}", "b": "x"})
    '{b} and x'
    """
    parts = []
    position = 0
    while (start := sentence.find("{", position)) >= 0:
        end = sentence.find("}", start)
        name = sentence[start + 1 : end]
        if end < 0 or name not in blanks:
            parts.append(sentence[position : start + 1])
            position = start + 1
            continue
        parts += [sentence[position:start], blanks[name]]
        position = end + 1
    return "".join(parts) + sentence[position:]


def fingerprint(rule: str, component: str | None, subject: str, part: str = "") -> str:
    """The id of a finding: stable as long as rule, component and subject are, whatever the line numbers."""
    return f"f-{digest_of(rule, component or '', subject, part)[:16]}"


def from_judgement(
    clause: Mapping[str, Any], component: Component, judged: Judgement, subject: str, words: Words, relations: Mapping[str, Any]
) -> Finding:
    """The finding of a clause against a component."""
    rule = f"{clause['license']}/{clause['id']}"
    blanks = {**judged.blanks, "component": component.id, "subject": subject, "publisher": clause["publisher"]}
    if "section" in blanks:
        blanks["section"] = words.section(blanks["section"]) if judged.sentence == "excepted" else blanks["section"]
    texts = {name: value for name, value in blanks.items() if isinstance(value, str)}
    message = words.join(fill(words.pick(clause["says"]), texts), words.say("states", judged.sentence, blanks))
    carried = relations["relations"][component.relation]["layer"]
    layer = carried if clause["layer"] == "weights" and carried != "weights" else clause["layer"]
    notes = [words.say("notes", note, {}) for note in judged.notes]
    if judged.kind in ("fail", "review", "open") and not component.verified:
        notes.append(words.say("notes", "unverified-row", {"component": component.id}))
    if judged.kind in ("fail", "review", "open") and component.expression is not None and len(component.expression.alternatives) > 1:
        notes.append(words.say("notes", "choice", {"expression": component.expression.text, "license": " AND ".join(component.licenses)}))
    if judged.kind not in ("informational", "not-applicable"):
        notes += _of_the_use(component, words)
    edition = component.edition["text"] if component.edition else None
    citation: Citation = {
        "text": clause.get("policy_text") if clause.get("policy_clause") else edition,
        "section": clause["section"],
        "url": clause.get("policy_url") if clause.get("policy_clause") else clause.get("url"),
        "quote": None,
        "source": None,
        "line": None,
    }
    if clause.get("policy_name"):
        citation["policy"] = clause["policy_name"]
        citation["policy_section"] = judged.policy_section
    return {
        "id": fingerprint(rule, component.id, subject, component.relation),
        "rule": rule,
        "license": clause["license"],
        "license_name": clause["license_name"],
        "license_version": component.edition,
        "verified": bool(clause.get("verified", True) and component.verified),
        "topic": clause["topic"],
        "deontic": clause["effect"],
        "kind": judged.kind,
        "outcome": judged.outcome,
        "level": LEVELS[judged.kind],
        "layer": layer,
        "component": component.id,
        "path": [list(step) for step in component.path],
        "owed_by": "upstream" if component.personal else "subject" if clause["binds"] == "material" else clause["binds"],
        "title": words.pick(clause["title"]),
        "message": message,
        "notes": notes,
        "citation": citation,
        "evidence": _evidence(judged, component),
        "reasons": list(judged.reasons),
        "held_back": judged.held_back,
        "question": None,
        "required": _required(clause),
        "remedy": _remedy(clause, component, judged, subject, words, relations),
        "suppressions": [],
    }


def _of_the_use(component: Component, words: Words) -> list[str]:
    """When a service was used, and whether it is out of the release: what was mended later stays visible."""
    period, notes = component.attributes.get("period"), []
    if period:
        notes.append(words.say("notes", "used-during", {"start": period[0], "end": period[1]}))
    if component.attributes.get("in_release") is False:
        notes.append(words.say("notes", "not-in-release", {}))
    return notes


def _evidence(judged: Judgement, component: Component) -> list[Evidence]:
    found = list(judged.evidence)
    if judged.kind not in ("not-applicable", "informational"):
        found += [item for item in component.evidence[:2] if item not in found]
    return found


def _required(clause: Mapping[str, Any]) -> Any:
    requires = clause.get("requires") or {}
    if "notice" in requires:
        return {"texts": [requires["notice"]], "file": "notice", "places": []}
    if "display" in requires:
        return {"texts": list(requires["display"]), "file": None, "places": list(requires.get("places") or [])}
    return None


def _remedy(
    clause: Mapping[str, Any], component: Component, judged: Judgement, subject: str, words: Words, relations: Mapping[str, Any]
) -> Remedy | None:
    if judged.kind not in ("fail", "review", "open"):
        return None
    requires = clause.get("requires") or {}
    operator = next((name for name in requires if name in words.messages["remedies"]), "prohibition")
    blanks = {"publisher": clause["publisher"], "words": requires.get(operator, "")}
    summary = words.pick(clause["remedy"]) if clause.get("remedy") else words.say("remedies", operator, blanks)
    actions: list[Action] = []
    for action in judged.actions:
        if action.get("proposal") == "changes":
            text = words.say("changed", component.relation, {"name": subject, "component": component.id})
            action = {**action, "proposal": text, "text": text}
        actions.append(action)
    return {"summary": summary, "actions": actions, "command": COMMANDS.get(operator)}


#: The command that mends it; a remedy without one is for a person.
COMMANDS = {
    "notice": "llm-licensecheck notice --write",
    "display": "llm-licensecheck attribution --write",
    "changes": "llm-licensecheck attribution --write",
}


def _part(topic: str, component: str | None, evidence: list[Evidence] | None) -> str:
    """What tells two findings of one check apart: the statement, or the file it is about; never a line, never a language."""
    if topic == "claims" and evidence:
        return f"{evidence[0]['source']} {evidence[0]['key']} {evidence[0]['value']}"
    return evidence[0]["source"].rsplit("/", 1)[-1] if component is None and evidence else ""


def check_finding(
    topic: str,
    kind: Kind,
    message: str,
    *,
    subject: str,
    title: str,
    layer: str,
    slug: str = "",
    component: str | None = None,
    path: list[list[str]] | None = None,
    evidence: list[Evidence] | None = None,
    section: str | None = None,
    url: str | None = None,
    remedy: Remedy | None = None,
    missing: str | None = None,
    about: str = "",
) -> Finding:
    """A finding about the subject itself, which no licence clause is behind; `about` tells apart what one component has several of."""
    rule = f"check/{topic}" + (f".{slug}" if slug else "")
    outcomes: dict[Kind, Outcome] = {"fail": "unmet", "open": "undecided", "review": "undecided", "pass": "met", "informational": "noted"}
    return {
        "id": fingerprint(rule, component, subject, about or _part(topic, component, evidence)),
        "rule": rule,
        "license": None,
        "license_version": None,
        "verified": True,
        "topic": topic,
        "deontic": "check",
        "kind": kind,
        "outcome": outcomes[kind],
        "level": LEVELS[kind],
        "layer": layer,
        "component": component,
        "path": path or [],
        "owed_by": "subject",
        "title": title,
        "message": message,
        "notes": [],
        "citation": {"text": None, "section": section, "url": url, "quote": None, "source": None, "line": None},
        "evidence": evidence or [],
        "reasons": [],
        "held_back": None,
        "question": {"fact": missing} if missing else None,
        "required": None,
        "remedy": remedy,
        "suppressions": [],
    }
