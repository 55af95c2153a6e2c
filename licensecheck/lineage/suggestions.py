"""Sources that name no base but sound like one in, the base that they suggest out, where nothing better is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import Found
from licensecheck.harvest import Harvest
from licensecheck.hubnames import is_id, repository
from licensecheck.knowledge import Knowledge
from licensecheck.report import Evidence

from .component import Doubt
from .entry import Entry, has_base, inferred
from .names import guessed_in, named_in

#: models that sentences speak of in words alone: more than these are a survey, not a lineage
_MOST_SPOKEN = 3
_DOING = r"(?!starting|building)(?:[a-z]+[- ])?[a-z]+ing\b"
_NEWS = r"[\W_]{0,12}20[0-9]{2}\b"
_BASE = ("base model", "base llm", "base:", "backbone", "基座", "底座", "基础")


def claimed(collected: list[Entry], harvest: Harvest, own_name: str, knowledge: Knowledge) -> None:
    """The base that a sentence names in other words than those of lineage, where no other source names one."""
    claims = [found for found in harvest.found if found.type == "claim"]
    if not claims:
        return
    if has_base(collected):
        _confirmed(collected, claims, knowledge)
        return
    relation = shown_relation(harvest, {}, 1)
    guesses: dict[str, Entry] = {}
    merged = None
    for found in claims:
        name = repository(found.id)
        if is_id(name):
            if not _is_own(name, own_name) and (merged is None or merged["line"] == found.evidence["line"]):
                collected.append(Entry(name, "model", found.relation or relation, [found.evidence]))
                if found.relation != "merge":
                    return
                merged = found.evidence
        elif (spoken := guessed_in(found.id, knowledge)) is not None and not _is_own(spoken, own_name):
            evidence = found.evidence if "/" in spoken and _is_told(found.evidence) else inferred(found.evidence)
            guesses.setdefault(spoken.lower(), Entry(spoken, "model", relation, [evidence]))
    if merged is not None:
        return
    # what is called the base comes before what is spoken of in passing
    ordered = sorted(guesses.values(), key=lambda entry: not any(word in str(entry.evidence[0]["value"]).lower() for word in _BASE))
    # in the card of a listed model such sentences are about that model
    if len(ordered) <= _MOST_SPOKEN and not _listed(own_name, knowledge):
        collected.extend(ordered[:1])


def _is_told(evidence: Evidence) -> bool:
    """Does the sentence tell what was done? "Tuning it" may be anybody's doing, and news speak of many models."""
    doing = re.match(_DOING, str(evidence["value"]), re.IGNORECASE)
    return doing is None and re.match(_NEWS, evidence.get("snippet") or "") is None


def _confirmed(collected: Sequence[Entry], claims: Sequence[Found], knowledge: Knowledge) -> None:
    """A sentence that names the same model as a file that a tool wrote says that the file is right."""
    for found in claims:
        name = repository(found.id)
        meant = name if is_id(name) else guessed_in(found.id, knowledge) or ""
        for entry in collected:
            if entry.id.lower() == meant.lower() and all(item["how"] == "tool-written" for item in entry.evidence):
                entry.evidence.append(found.evidence)


def _listed(own_name: str, knowledge: Knowledge) -> bool:
    named = named_in(own_name, knowledge)
    return named is not None and named[0] == own_name and "/" in named[1]


def local(collected: list[Entry], name: str, own_name: str, found: Found, doubts: list[Doubt], knowledge: Knowledge) -> None:
    """A path on somebody's machine names nothing that others can follow; its last part may still suggest a model."""
    if has_base(collected):
        return
    evidence, relation = found.evidence, found.relation
    if evidence["key"] in ("_name_or_path", "base_model_name_or_path", "model"):
        doubts.append(("local-path", None, name, (evidence,)))
        last = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
        named = named_in(last, knowledge)
        guess = knowledge.guess(last, None) or {} if named is None else {}
        # an adapter has a base of another name; a model that was saved locally may have its own
        sounds = guess.get("base") or (guess and evidence["key"] == "base_model_name_or_path")
        known = named[1] if named is not None else last if sounds else None
        if known is not None and known.lower() != own_name.lower():
            suggested(collected, known, Found(relation, "model", known, evidence))


def suggested(collected: list[Entry], name: str, found: Found) -> None:
    """A base that a name suggests and nothing declares: only where no base is known."""
    if not has_base(collected):
        collected.append(Entry(name, "model", found.relation, [inferred(found.evidence)]))


def _is_own(name: str, own_name: str) -> bool:
    return name.lower().rsplit("/", 1)[-1] == own_name.lower().rsplit("/", 1)[-1]


def shown_relation(harvest: Harvest, meta: Mapping[str, Any], bases: int) -> str | None:
    """The relation that the tags and the files show."""
    tags = meta.get("tags")
    words = {str(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    relations = {found.relation for found in harvest.found}
    if "adapter" in relations or meta.get("library_name") == "peft" or "lora" in words:
        return "adapter"
    if bases > 1 or "merge" in relations or words & {"merge", "mergekit"}:
        return "merge"
    if "quantized" in relations or words & {"gguf", "gptq", "awq"} or any(name.endswith(".gguf") for name in harvest.folder.names):
        return "quantized"
    return None
