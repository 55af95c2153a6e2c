"""What a subject says of its making, and what others know of that, in; its lineage out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from licensecheck.evidence import observed
from licensecheck.facts.subject import Declared
from licensecheck.harvest import Harvest
from licensecheck.harvest.texts import Recogniser, notice_kind
from licensecheck.hubnames import cache_folder
from licensecheck.knowledge import Knowledge
from licensecheck.lineage import Assembler, Doubt, Lineage, declared_evidence, entries, implied, settle
from licensecheck.lineage.relations import relation_doubts, title_doubt
from licensecheck.manifest import Manifest
from licensecheck.report import Evidence

if TYPE_CHECKING:
    from licensecheck.hub.parents import Kept
    from licensecheck.measured.read import Compared
    from licensecheck.nearby import Nearby
    from licensecheck.sources.origin import Origin


def read_nearby(
    manifest: Manifest, target: str, knowledge: Knowledge, recognise: Recogniser, manifest_of: Callable[[str], Manifest]
) -> Nearby | None:
    """What the folders say that the manifest names as upstreams; most manifests name none."""
    paths = [item["path"] for item in manifest.get("built_from") or () if item.get("path")]
    if not paths:
        return None
    from licensecheck.nearby import Nearby

    nearby = Nearby(target, knowledge, recognise, manifest_of)
    nearby.read(paths)
    return nearby


def read_compared(manifest: Manifest, target: str, given: Sequence[str], knowledge: Knowledge) -> Compared | None:
    """The provenance results that the manifest names and that were given beside it; most subjects have none."""
    named = manifest.get("evidence") or ()
    if not named and not given:
        return None
    from licensecheck.measured.compared import read_all

    inside = [(str(path), manifest.where("evidence", n)) for n, path in enumerate(named)]
    return read_all(target, inside, given, knowledge)


def kept_of(names: Iterable[str]) -> Kept | None:
    """What the Hub's cache on this machine holds of these models, where there is a cache with one of them."""
    folder = cache_folder()
    if not os.path.isdir(folder):
        return None
    held = [name for name in names if "/" in name and os.path.isdir(os.path.join(folder, f"models--{name.replace('/', '--')}"))]
    if not held:
        return None
    from licensecheck.hub.parents import Kept

    return Kept(held)


def lineage_of(
    manifest: Manifest,
    harvest: Harvest,
    knowledge: Knowledge,
    declared: Declared,
    name: tuple[str, Evidence],
    as_of: str,
    origin: Origin | None,
    nearby: Nearby | None,
    compared: Compared | None = None,
) -> Lineage:
    """Everything the subject is made of, by its own files, the registry, the folders `nearby` and whoever `origin` can ask."""
    built_from = manifest.get("built_from") or []
    stated = [(item, _said(manifest, "built_from", n, _named(item))) for n, item in enumerate(built_from)]
    found, doubts = entries(stated, harvest, name[0], knowledge)
    doubts += relation_doubts(harvest)
    asked = [(entry.type, entry.id) for entry in found if entry.type in ("model", "dataset")] + (nearby.names if nearby else [])
    ancestry = origin.behind(asked) if origin else None
    kept = kept_of(entry.id for entry in found if entry.type == "model") if origin is None else None
    rows = {**(kept.rows if kept else {}), **(ancestry.rows if ancestry else {}), **(nearby.rows if nearby else {})}
    copies = {license_id: copy for copy in harvest.texts.copies if (license_id := knowledge.license_of_text(copy.match.text))}
    offered: tuple[str, Evidence] | None = None
    if declared.id is not None and declared.evidence is not None:
        offered = (declared.id, declared.evidence)
    elif declared.raw is None and len(own := _own_texts(copies)) == 1:
        ((license_id, copy),) = own.items()
        offered = (license_id, observed(copy.source, copy.match.start_line, "license text", license_id, "declared"))
    assembler = Assembler(knowledge, as_of, offered[0] if offered else None, frozenset(copies), rows)
    under = frozenset(declared.parts or ([offered[0]] if offered else ()))
    components = settle(assembler.components(found), knowledge, assembler.edition, under)
    claims = [str(claim if isinstance(claim, str) else claim.get("claim")) for claim in manifest.get("claims") or ()]
    claims += [claim.id for claim in harvest.claims]
    answered = bool(built_from) or "trained-from-scratch" in claims
    names = () if answered else (name, (os.path.basename(os.path.abspath(harvest.folder.root)), name[1]))
    wording = str(knowledge.table("messages")["checks"]["implied-material"]["says"]["en"])  # an id: the same in every language
    unnamed, about = implied(components, offered, names, knowledge, wording)
    doubts += title_doubt(name, components, knowledge)
    absent = ancestry.absent if ancestry else ()
    gone: list[Doubt] = [("not-found", None, item.says, ()) for item in absent if item.reason == "missing"]
    gone += [("not-found", None, line, ()) for line in (nearby.absent if nearby else ())]
    notes = tuple(assembler.notes.values())
    lineage = Lineage((*components, *unnamed), (*doubts, *about, *gone), answered, tuple(claims), ancestry, notes=notes)
    if harvest.code:
        from licensecheck.lineage.heads import heads

        lineage = lineage._replace(kept=heads(harvest.code, components, assembler))
    relations = knowledge.table("relations")["relations"]
    based = any(relations[component.relation]["derives"] for component in lineage.components)
    if compared is None and (based or not harvest.folder.has("config.json")):
        return lineage
    from licensecheck.measured.compared import beside

    return beside(lineage, compared, assembler, harvest, based=based)


def _own_texts(copies: Mapping[str, Any]) -> Mapping[str, Any]:
    """The licence texts that may be the subject's own: not those in its NOTICE, where there are others."""
    own = {license_id: copy for license_id, copy in copies.items() if not notice_kind(copy.source)}
    return own or copies


def _named(item: Mapping[str, Any]) -> str:
    return str(next(item[key] for key in ("model", "dataset", "service", "from", "code", "path") if item.get(key)))


def _said(manifest: Manifest, key: str, n: int, value: str) -> Any:
    where = manifest.where(key, n) or ("licensecheck.yaml", None)
    return declared_evidence(where[0], where[1], f"{key}[{n}]", value)
