"""What each source names in, one entry per upstream and relation with all its evidence out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import Found, observed
from licensecheck.harvest import Harvest
from licensecheck.harvest.card import MOST_LISTED, Card
from licensecheck.harvest.documents import is_card
from licensecheck.hubnames import is_id, repository
from licensecheck.knowledge import Knowledge
from licensecheck.report import Evidence

from .component import Doubt
from .entry import WEIGHTS as WEIGHTS
from .entry import Entry as Entry
from .entry import inferred, same_kind
from .names import is_short_for, named_in
from .readings import read
from .suggestions import claimed, local, shown_relation, suggested

#: relations that contradict no base: one more of them is one more component
_ADDS = ("tokenizer", "merge", "data", "serves", "outputs")


def entries(
    built_from: Sequence[tuple[Mapping[str, Any], Evidence]], harvest: Harvest, own_name: str, knowledge: Knowledge
) -> tuple[list[Entry], list[Doubt]]:
    """Entries of manifest, card, prose and tool-written files, merged by id; and where the sources do not agree."""
    collected: list[Entry] = [_from_manifest(item, evidence, harvest) for item, evidence in built_from]
    doubts: list[Doubt] = []
    manifest_weights = {entry.id.lower() for entry in collected if entry.relation in WEIGHTS}
    card = harvest.card
    card_entries = _from_card(card, harvest, doubts, knowledge) if card else []
    for entry in card_entries:
        _add(collected, entry)
    card_weights = {entry.id.lower() for entry in card_entries if entry.type == "model"}
    if manifest_weights and card_weights and not manifest_weights & card_weights:
        told = [
            item for entry in collected if entry.relation in WEIGHTS and entry.id.lower() in manifest_weights for item in entry.evidence[:1]
        ]
        shown = [item for entry in card_entries if entry.type == "model" for item in entry.evidence[:1]]
        doubts.append(("sources-differ", None, ", ".join(sorted(card_weights)), (*told, *shown)))
    parts: list[Entry] = []
    for found in read(harvest.found, (own_name, _folder(harvest)), knowledge, doubts):
        if found.type == "suggestion":
            if found.relation != "outputs":
                suggested(collected, found.id, found)
            continue
        if found.type == "service":
            _service(collected, found)
            continue
        if found.type == "part":
            parts.append(Entry(found.id, "model", found.relation, [inferred(found.evidence)], dict(found.attributes)))
            continue
        name = repository(found.id)
        if name.lower() in (own_name.lower(), own_name.lower().rsplit("/", 1)[-1]) or _own_address(name, found, own_name, knowledge):
            continue
        if found.relation == "merge" and card_weights and name.lower() not in card_weights and is_id(name):
            doubts.append(("merge-not-listed", name, "", (found.evidence,)))
        if not is_id(name):
            local(collected, name, own_name, found, doubts, knowledge)
            continue
        entry = Entry(name, found.type, found.relation, [found.evidence])
        _known_in_full(collected, entry, knowledge)
        _tool_written(collected, entry, doubts, knowledge)
    collected = _named_services(collected)
    claimed(collected, harvest, own_name, knowledge)
    for part in parts:  # after the base: a part is none
        _add(collected, part)
    for entry in collected:
        if entry.relation is None:
            entry.relation = "finetune"
        hows = {item["how"] for item in entry.evidence}
        if hows == {"tool-written"} and len(entry.evidence) == 1 and entry.relation in ("finetune", "quantized") and "/" in entry.id:
            doubts.append(("config-alone", entry.id, "", tuple(entry.evidence)))
    return collected, doubts


def _folder(harvest: Harvest) -> str:
    return os.path.basename(os.path.abspath(harvest.folder.root))


def _own_address(name: str, found: Found, own_name: str, knowledge: Knowledge) -> bool:
    """Tools write the address a model was last loaded from: its own, where the name after the slash is its own and nobody else's."""
    last, own = name.lower().rsplit("/", 1)[-1], own_name.lower().rsplit("/", 1)[-1]
    below = found.evidence["key"].startswith("recipe.") and "/" in found.evidence["source"]
    # a recipe further down may go on from what this very project has published
    if found.evidence["how"] != "tool-written" or not (last == own or (below and len(own) > 5 and last.startswith(own))):
        return False
    return knowledge.model(name, None) is None and named_in(last, knowledge) is None


def _from_manifest(item: Mapping[str, Any], evidence: Evidence, harvest: Harvest) -> Entry:
    kind = next(key for key in ("model", "dataset", "service", "code", "path") if key in item)
    name = str(item.get("from") or item[kind]) if kind == "code" else str(item[kind])
    file = next((file for file in harvest.code if kind == "code" and file.source == str(item["code"]).removeprefix("./")), None)
    shown = {} if file is None else {"header": file.header, "shown": (*file.copyrights, file.license_evidence)}
    return Entry(name, "model" if kind == "path" else kind, str(item["relation"]), [evidence], {**item, **shown})


def _from_card(card: Card, harvest: Harvest, doubts: list[Doubt], knowledge: Knowledge) -> list[Entry]:
    found: list[Entry] = []
    key, value = card.get("base_model", "base_models", "finetuned_from") or ("base_model", None)
    bases = [(item, (key, n)) for n, item in enumerate(value[:MOST_LISTED])] if isinstance(value, list) else [(value, (key,))]
    relation = _card_relation(card, harvest, len(bases))
    for item, path in bases:
        if isinstance(item, str) and item.strip():
            evidence: Evidence = card.evidence(item, *path)
            name = repository(item)
            if is_id(name):
                stated = {"relation": relation} if card.meta.get("base_model_relation") == relation else None
                found.append(Entry(name, "model", relation, [evidence], stated))
            else:
                if not any(doubt[0] == "not-an-id" and doubt[1] == name for doubt in doubts):
                    doubts.append(("not-an-id", name, "", (evidence,)))
                found.append(Entry(name, "model", relation, [inferred(evidence)]))
    for key in ("datasets", "source_datasets"):
        data = card.meta.get(key)
        for n, item in enumerate(data[:MOST_LISTED] if isinstance(data, list) else [data]):
            name = item.strip().removeprefix("extended|") if isinstance(item, str) else ""
            if is_id(name) or (name and "/" not in name and knowledge.dataset(name, None) is not None):
                path = (key, n) if isinstance(data, list) else (key,)
                found.append(Entry(name, "dataset", "data", [card.evidence(item, *path)]))
    return found


def _card_relation(card: Card, harvest: Harvest, bases: int) -> str | None:
    """The relation that the card states, or the one that the files next to it show; None leaves it to others."""
    stated = card.meta.get("base_model_relation")
    return str(stated) if stated in WEIGHTS else shown_relation(harvest, card.meta, bases)


def _add(collected: list[Entry], entry: Entry) -> None:
    """Into the entry with the same id that speaks of the same kind of relation, else as a new one."""
    for known in collected:
        if known.id.lower() == entry.id.lower() and same_kind(known.relation, entry.relation):
            known.evidence.extend(entry.evidence)
            if known.relation is None or (entry.relation is not None and not known.attributes and known.relation == "finetune"):
                known.relation = entry.relation or known.relation
            return
    # a manifest that says of a model in the card that it is something other than a base has the last word
    if entry.relation is None and any(known.id.lower() == entry.id.lower() and known.attributes for known in collected):
        return
    collected.append(entry)


def _known_in_full(collected: Sequence[Entry], entry: Entry, knowledge: Knowledge) -> None:
    """A name in words alone speaks of the model that is named in full elsewhere, where it leaves nothing out but its last words."""
    same = [known for known in collected if known.type == entry.type and same_kind(known.relation, entry.relation)]
    if not _in_words(entry.evidence[0]) or any(known.id.lower() == entry.id.lower() for known in same):
        return
    meant = next((known for known in same if is_short_for(entry.id, known.id) and not all(map(_in_words, known.evidence))), None)
    if meant is not None:
        licenses = {row["license"] for name in (entry.id, meant.id) if (row := knowledge.model(name, None)) and row.get("license")}
        entry.id = entry.id if len(licenses) > 1 else meant.id


def _in_words(evidence: Evidence) -> bool:
    return evidence["how"] in ("prose", "inferred") and "/" not in str(evidence["value"])


def _tool_written(collected: list[Entry], entry: Entry, doubts: list[Doubt], knowledge: Knowledge) -> None:
    evidence = entry.evidence[0]
    bases = [known for known in collected if known.type == "model" and same_kind(known.relation, "finetune")]
    same = [known for known in collected if known.id.lower() == entry.id.lower() and same_kind(known.relation, entry.relation)]
    if evidence["how"] == "prose" and bases and not same and entry.relation != "outputs" and not is_card(evidence["source"]):
        return  # papers and guides beside a card speak of more models than this one
    if evidence["how"] == "prose" or entry.relation in _ADDS or same or not bases:
        if entry.relation != "tokenizer" or not any(known.id.lower() == entry.id.lower() for known in collected):
            _add(collected, entry)
        return
    if _told_elsewhere(entry, bases, knowledge):
        return
    declared = [item for known in bases for item in known.evidence]
    kind = "adapter-differs" if entry.relation == "adapter" else "config-differs"
    doubts.append((kind, entry.id, ", ".join(known.id for known in bases), (evidence, *declared)))
    if entry.relation == "adapter":
        _add(collected, entry)


def _service(collected: list[Entry], found: Found) -> None:
    """A service that a sentence names; a manifest that names one of that maker has said which it was."""
    maker = found.id.split("/", 1)[0].lower()
    stated = [entry for entry in collected if entry.type == "service" and entry.attributes and entry.id.lower().startswith(maker + "/")]
    if stated:
        for entry in stated[:1]:
            entry.evidence.append(found.evidence)
        return
    _add(collected, Entry(found.id, "service", found.relation, [found.evidence]))


def _named_services(collected: list[Entry]) -> list[Entry]:
    """Without an API as such where one of that maker's models is named: the sentence speaks of the same."""
    services = {entry.id for entry in collected if entry.type == "service"}
    bare = {
        name for name in services if name.endswith("/api") and any(name.split("/")[0] == other.split("/")[0] for other in services - {name})
    }
    return [entry for entry in collected if entry.id not in bare]


def _told_elsewhere(entry: Entry, bases: Sequence[Entry], knowledge: Knowledge) -> bool:
    """Another name beside a known base that contradicts nothing.

    A recipe below the top of the folder may be for something else; converters write down what the converted model was itself made from.
    """
    evidence = entry.evidence[0]
    if evidence["key"].startswith("recipe."):
        return "/" in evidence["source"]
    if not evidence["key"].startswith("general."):
        return False
    rows = [knowledge.model(known.id, None) or {} for known in bases]
    row = knowledge.model(entry.id, None) or {}
    return any(
        str(known.get("base", "")).lower() == entry.id.lower() or (row.get("license") and known.get("license") == row["license"])
        for known in rows
    )


def declared_evidence(source: str, line: int | None, key: str, value: object) -> Evidence:
    """Evidence of the manifest."""
    return observed(source, line, key, value, "declared")
