"""A report and the front matter at hand in, what the front matter should say beyond it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .blocks import is_waived
from .front_matter import Change, extended
from .front_matter_edits import written
from .markdown import is_hub_id

#: Relations that `base_model` stands for, as the Hub names them.
BASES = ("finetune", "adapter", "merge", "quantized")
#: Keys of other times and spellings, under the name that the Hub reads.
LEGACY = {"licence": "license", "licenses": "license", "licence_name": "license_name", "licence_link": "license_link"}
LEGACY |= {"finetuned_from": "base_model", "base_models": "base_model"}
#: A relation that people look for by a tag.
TAGS = {"merge": "merge"}
#: While the sources disagree about the base, which of them is right is not ours to say.
DISPUTES = tuple(f"check/lineage.{slug}" for slug in ("sources-differ", "adapter-differs", "config-differs", "not-an-id"))
DECLARED = "check/declared-license"
NOTHING = Change({}, {}, {})


def change(report: Any, meta: Mapping[str, Any], card: str, on_hub: Callable[[str], bool]) -> Change:
    """What to rename, put and add; `meta` is what the front matter of `card` says, `on_hub` knows the licence ids of the Hub."""
    if report["subject"]["kind"] != "model":
        return NOTHING
    rename = {old: new for old, new in LEGACY.items() if old in meta and new not in meta}
    rename = {old: new for n, (old, new) in enumerate(rename.items()) if new not in list(rename.values())[:n]}
    known = {rename.get(key, key): value for key, value in meta.items()}
    put = _license(report, known, card, on_hub)
    edges = [edge for edge in report["lineage"]["edges"] if edge["from"] == report["subject"]["name"] and is_hub_id(edge["to"])]
    add = _datasets(edges, known)
    bases, relation = _bases(report, edges, known)
    if bases:
        add["base_model"] = bases
    if relation:
        put["base_model_relation"] = relation
    tags = _missing([TAGS[edge["relation"]] for edge in edges if edge["relation"] in TAGS and (bases or _stated(edge))], known.get("tags"))
    if tags:
        add["tags"] = tags
    return Change(rename, put, add)


def by_hand(wanted: Change, meta: Mapping[str, Any]) -> list[str]:
    """The lines that a person would write for it."""
    known = {wanted.rename.get(key, key): value for key, value in meta.items()}
    lines = [line for new in wanted.rename.values() if new not in (*wanted.put, *wanted.add) for line in written(new, known[new])]
    lines += [line for key, text in wanted.put.items() for line in written(key, text)]
    return lines + [line for key, items in wanted.add.items() for line in written(key, extended(key, known.get(key), items))]


def _license(report: Any, known: Mapping[str, Any], card: str, on_hub: Callable[[str], bool]) -> dict[str, str]:
    """`license` and what belongs to it: where the card says nothing, and where what it says cannot stand."""
    declared, current = report["licenses"]["declared"], known.get("license")
    if current in (None, "", []):
        wanted = declared or _travelling(report)
        return _fields(wanted, report, known, on_hub) if wanted else {}
    if not isinstance(current, str):
        return {}
    if current.lower() == "other" and not known.get("license_name"):
        wanted = _travelling(report)
        return {"license_name": wanted, **_link(report, wanted, known)} if wanted else {}
    against = [f for f in report["findings"] if f["rule"].startswith(DECLARED) and f["kind"] == "fail" and not is_waived(f)]
    wanted = _travelling(report)
    if wanted and against and all(f["evidence"] and f["evidence"][0]["source"] == card for f in against):
        return _fields(wanted, report, known, on_hub)
    return {}


def _travelling(report: Any) -> str | None:
    """The one licence that the weights bring along, if it is known for certain."""
    concluded, inherited = report["licenses"]["concluded"].get("weights"), report["licenses"]["inherited"]
    edges = {edge["to"]: edge for edge in report["lineage"]["edges"]}
    for node in report["lineage"]["nodes"]:
        sure = node["id"] in edges and any(item["how"] != "inferred" for item in edges[node["id"]]["evidence"])
        if node.get("license") == concluded and concluded in inherited and node.get("verified") and sure:
            return str(concluded)
    return None


def _fields(wanted: str, report: Any, known: Mapping[str, Any], on_hub: Callable[[str], bool]) -> dict[str, str]:
    if not on_hub(wanted):
        return {"license": "other", "license_name": wanted, **_link(report, wanted, known, renamed=True)}
    fields = {"license": wanted}
    if known.get("license_name"):
        fields["license_name"] = wanted
    if known.get("license_link"):
        fields.update(_link(report, wanted, known, renamed=True))
    return fields


def _link(report: Any, wanted: str, known: Mapping[str, Any], renamed: bool = False) -> dict[str, str]:
    """The file at the top of the folder that holds the text, else the address of the licence; a link that is there only gives way to these
    where it belongs to another licence."""
    own = [finding for finding in report["findings"] if finding["license"] == wanted]
    held = [
        item["source"]
        for finding in own
        if finding["topic"] == "license-copy" and finding["kind"] == "pass"
        for item in finding["evidence"]
        if item["key"] == "license text" and "/" not in item["source"] and "(" not in item["source"]
    ]
    urls = [f["citation"]["url"] for f in own if f["citation"].get("url") and not f["citation"].get("policy")]
    target = next(iter([*held, *urls]), None)
    if target is None or (known.get("license_link") and not renamed):
        return {}
    return {"license_link": str(target)}


def _bases(report: Any, edges: list[Any], known: Mapping[str, Any]) -> tuple[tuple[str, ...], str | None]:
    """Bases that the card does not name yet, and the relation where it is stated, or must be for the Hub to read several bases rightly."""
    stated = [edge for edge in edges if edge["relation"] in BASES and _named(edge)]
    relations = {edge["relation"] for edge in stated}
    current = known.get("base_model")
    listed = current if isinstance(current, list) else [current] if current else []
    disputed = any(finding["rule"] in DISPUTES for finding in report["findings"])
    missing = () if disputed or not all(isinstance(item, str) for item in listed) else _missing([edge["to"] for edge in stated], listed)
    if missing and len(listed) + len(missing) > 1 and len(relations) > 1:
        return (), None
    wanted = len(relations) == 1 and not known.get("base_model_relation") and not disputed
    several = len(listed) + len(missing) > 1
    if wanted and (any(_stated(edge) for edge in stated) or (missing and (several or any(_by_tool(edge) for edge in stated)))):
        return missing, relations.pop()
    return missing, None


def _named(edge: Any) -> bool:
    """Declared by a person, or written by a tool that cannot work without it; a sentence in a document may speak of another model."""
    return _by_tool(edge) or any(item["how"] == "declared" and item["source"] != "registry" for item in edge["evidence"])


def _stated(edge: Any) -> bool:
    """Is the relation itself on record, rather than the usual one taken for granted?"""
    return any(item["key"].startswith("built_from") for item in edge["evidence"])


def _by_tool(edge: Any) -> bool:
    return edge["relation"] in ("adapter", "merge") and any(item["how"] == "tool-written" for item in edge["evidence"])


def _datasets(edges: list[Any], known: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    named = [edge["to"] for edge in edges if edge["relation"] == "data" and _named(edge)]
    missing = _missing(named, known.get("datasets"))
    return {"datasets": missing} if missing else {}


def _missing(wanted: list[str], present: Any) -> tuple[str, ...]:
    """What is wanted and not there, each once; what is there may be a link or name a revision."""
    listed = present if isinstance(present, list) else [present] if present else []
    have = {_id(item) for item in listed}
    return tuple(item for n, item in enumerate(wanted) if _id(item) not in have and item not in wanted[:n])


def _id(item: object) -> str:
    name = str(item).strip().lower().removeprefix("https://").removeprefix("www.")
    for host in ("huggingface.co/", "hf.co/"):
        name = name.removeprefix(host)
    return name.removeprefix("datasets/").removeprefix("models/").split("@", 1)[0].rstrip("/")
