"""What each source names in, one entry per upstream and relation with all its evidence out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.evidence import Found, observed
from licensecheck.harvest import Harvest
from licensecheck.harvest.card import MOST_LISTED, Card
from licensecheck.knowledge import Knowledge
from licensecheck.report import Evidence

from .component import Doubt
from .names import named_in
from .readings import read

_ID = re.compile(r"[A-Za-z0-9_][\w.-]{0,95}/[\w.-]{1,96}$")
_HUB_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:models/)?([\w.-]+/[\w.-]+)")
_CACHED = re.compile(r"(?:^|[\\/])models--([\w.]+(?:-[\w.]+)*)--([\w.-]+)(?:[\\/]|$)")
WEIGHTS = ("finetune", "adapter", "merge", "quantized")
#: relations that contradict no base: one more of them is one more component
_ADDS = ("tokenizer", "merge", "data", "serves")


class Entry:
    """One upstream as the sources name it, while they are being read. `relation` is None until it is settled."""

    __slots__ = ("attributes", "evidence", "id", "relation", "type")

    def __init__(
        self, name: str, kind: str, relation: str | None, evidence: list[Evidence], attributes: dict[str, Any] | None = None
    ) -> None:
        self.id = name
        self.type = kind
        self.relation = relation
        self.evidence = evidence
        self.attributes = attributes or {}


def entries(
    built_from: Sequence[tuple[Mapping[str, Any], Evidence]], harvest: Harvest, own_name: str, knowledge: Knowledge
) -> tuple[list[Entry], list[Doubt]]:
    """Entries of manifest, card, prose and tool-written files, merged by id; and where the sources do not agree."""
    collected: list[Entry] = [_from_manifest(item, evidence, harvest) for item, evidence in built_from]
    doubts: list[Doubt] = []
    manifest_weights = {entry.id.lower() for entry in collected if entry.relation in WEIGHTS}
    card = harvest.card
    card_entries = _from_card(card, harvest, doubts) if card else []
    for entry in card_entries:
        _add(collected, entry)
    card_weights = {entry.id.lower() for entry in card_entries if entry.type == "model"}
    if manifest_weights and card_weights and not manifest_weights & card_weights:
        told = [
            item for entry in collected if entry.relation in WEIGHTS and entry.id.lower() in manifest_weights for item in entry.evidence[:1]
        ]
        shown = [item for entry in card_entries if entry.type == "model" for item in entry.evidence[:1]]
        doubts.append(("sources-differ", None, ", ".join(sorted(card_weights)), (*told, *shown)))
    for found in read(harvest.found, own_name, knowledge, doubts):
        if found.type == "suggestion":
            if found.relation != "outputs":
                _suggested(collected, found.id, found)
            continue
        if found.type == "service":
            _service(collected, found)
            continue
        name = _clean(found.id)
        if name.lower() in (own_name.lower(), own_name.lower().rsplit("/", 1)[-1]) or _own_address(name, found, own_name, knowledge):
            continue
        if found.relation == "merge" and card_weights and name.lower() not in card_weights and _ID.match(name):
            doubts.append(("merge-not-listed", name, "", (found.evidence,)))
        if not _ID.match(name):
            _local(collected, name, found, doubts, knowledge)
            continue
        _tool_written(collected, Entry(name, found.type, found.relation, [found.evidence]), doubts, knowledge)
    for entry in collected:
        if entry.relation is None:
            entry.relation = "finetune"
        hows = {item["how"] for item in entry.evidence}
        if hows == {"tool-written"} and len(entry.evidence) == 1 and entry.relation in ("finetune", "quantized") and "/" in entry.id:
            doubts.append(("config-alone", entry.id, "", tuple(entry.evidence)))
    return collected, doubts


def _own_address(name: str, found: Found, own_name: str, knowledge: Knowledge) -> bool:
    """Tools write the address a model was last loaded from: its own, where the name after the slash is its own and nobody else's."""
    last = name.lower().rsplit("/", 1)[-1]
    if found.evidence["how"] != "tool-written" or last != own_name.lower().rsplit("/", 1)[-1]:
        return False
    return knowledge.model(name, None) is None and named_in(last, knowledge) is None


def _from_manifest(item: Mapping[str, Any], evidence: Evidence, harvest: Harvest) -> Entry:
    kind = next(key for key in ("model", "dataset", "service", "code", "path") if key in item)
    name = str(item.get("from") or item[kind]) if kind == "code" else str(item[kind])
    file = next((file for file in harvest.code if kind == "code" and file.source == str(item["code"]).removeprefix("./")), None)
    shown = {} if file is None else {"header": file.header, "shown": (*file.copyrights, file.license_evidence)}
    return Entry(name, "model" if kind == "path" else kind, str(item["relation"]), [evidence], {**item, **shown})


def _from_card(card: Card, harvest: Harvest, doubts: list[Doubt]) -> list[Entry]:
    found: list[Entry] = []
    key, value = card.get("base_model", "base_models", "finetuned_from") or ("base_model", None)
    bases = [(item, (key, n)) for n, item in enumerate(value[:MOST_LISTED])] if isinstance(value, list) else [(value, (key,))]
    relation = _card_relation(card, harvest, len(bases))
    for item, path in bases:
        if isinstance(item, str) and item.strip():
            evidence: Evidence = card.evidence(item, *path)
            name = _clean(item)
            if _ID.match(name):
                stated = {"relation": relation} if card.meta.get("base_model_relation") == relation else None
                found.append(Entry(name, "model", relation, [evidence], stated))
            else:
                if not any(doubt[0] == "not-an-id" and doubt[1] == name for doubt in doubts):
                    doubts.append(("not-an-id", name, "", (evidence,)))
                found.append(Entry(name, "model", relation, [_inferred(evidence)]))
    for key in ("datasets", "source_datasets"):
        data = card.meta.get(key)
        for n, item in enumerate(data[:MOST_LISTED] if isinstance(data, list) else [data]):
            name = item.strip().removeprefix("extended|") if isinstance(item, str) else ""
            if _ID.match(name):
                path = (key, n) if isinstance(data, list) else (key,)
                found.append(Entry(name, "dataset", "data", [card.evidence(item, *path)]))
    return found


def _card_relation(card: Card, harvest: Harvest, bases: int) -> str | None:
    """The relation that the card states, or the one that the files next to it show; None leaves it to others."""
    stated = card.meta.get("base_model_relation")
    if stated in WEIGHTS:
        return str(stated)
    tags = card.meta.get("tags")
    words = {str(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    relations = {found.relation for found in harvest.found}
    if "adapter" in relations or card.meta.get("library_name") == "peft" or "lora" in words:
        return "adapter"
    if bases > 1 or "merge" in relations or words & {"merge", "mergekit"}:
        return "merge"
    if "quantized" in relations or words & {"gguf", "gptq", "awq"} or any(name.endswith(".gguf") for name in harvest.folder.names):
        return "quantized"
    return None


def _add(collected: list[Entry], entry: Entry) -> None:
    """Into the entry with the same id that speaks of the same kind of relation, else as a new one."""
    for known in collected:
        if known.id.lower() == entry.id.lower() and _same_kind(known.relation, entry.relation):
            known.evidence.extend(entry.evidence)
            if known.relation is None or (entry.relation is not None and not known.attributes and known.relation == "finetune"):
                known.relation = entry.relation or known.relation
            return
    # a manifest that says of a model in the card that it is something other than a base has the last word
    if entry.relation is None and any(known.id.lower() == entry.id.lower() and known.attributes for known in collected):
        return
    collected.append(entry)


def _same_kind(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return (one or other) in (None, *WEIGHTS)
    return one == other or (one in WEIGHTS and other in WEIGHTS)


def _tool_written(collected: list[Entry], entry: Entry, doubts: list[Doubt], knowledge: Knowledge) -> None:
    evidence = entry.evidence[0]
    bases = [known for known in collected if known.type == "model" and _same_kind(known.relation, "finetune")]
    same = [known for known in collected if known.id.lower() == entry.id.lower() and _same_kind(known.relation, entry.relation)]
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


def _local(collected: list[Entry], name: str, found: Found, doubts: list[Doubt], knowledge: Knowledge) -> None:
    """A path on somebody's machine names nothing that others can follow; its last part may still suggest a model."""
    if any(entry.type == "model" and _same_kind(entry.relation, "finetune") for entry in collected):
        return
    evidence, relation = found.evidence, found.relation
    if evidence["key"] in ("_name_or_path", "base_model_name_or_path", "model"):
        doubts.append(("local-path", None, name, (evidence,)))
        last = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
        named = named_in(last, knowledge)
        if named is not None:
            _suggested(collected, named[1], Found(relation, "model", named[1], evidence))


def _suggested(collected: list[Entry], name: str, found: Found) -> None:
    """A base that a name suggests and nothing declares: only where no base is known."""
    if not any(entry.type == "model" and _same_kind(entry.relation, "finetune") for entry in collected):
        collected.append(Entry(name, "model", found.relation, [_inferred(found.evidence)]))


def _inferred(evidence: Evidence) -> Evidence:
    copy = evidence.copy()
    copy["how"] = "inferred"
    return copy


def _clean(name: str) -> str:
    """The id in an address or in a path of the Hub's own cache; other names as they are.

    >>> _clean("https://huggingface.co/acme/tiny/"), _clean("/x/hub/models--acme--tiny/snapshots/0a1b"), _clean("acme/tiny@main")
    ('acme/tiny', 'acme/tiny', 'acme/tiny')
    """
    cached = _CACHED.search(name)
    if cached:
        return f"{cached[1]}/{cached[2]}"
    link = _HUB_LINK.match(name.strip())
    return (link[1] if link else name.strip()).split("@", 1)[0].rstrip("/")


def declared_evidence(source: str, line: int | None, key: str, value: object) -> Evidence:
    """Evidence of the manifest."""
    return observed(source, line, key, value, "declared")
