"""The ids of models and datasets in, what the Hub says lies behind them out, to the roots."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from . import cache, matters
from .client import SITE, Absent, Hub, Info
from .snapshot import AT_ONCE
from .target import Target, parse

MAX_NODES = 1_000
MAX_DEPTH = 24
#: of one card
_MOST_BASES = 200
_RELATIONS = ("finetune", "adapter", "merge", "quantized")
_PEFT = re.compile(r"(?:^|/)adapter_(?:config|model)\.")


class Ancestry(NamedTuple):
    """Rows like those of the registry, by kind and id in lower case; what could not be had; and whether it ends early."""

    rows: Mapping[tuple[str, str], Mapping[str, Any]]
    absent: tuple[Absent, ...]
    notes: tuple[str, ...]

    def model(self, name: str) -> Mapping[str, Any] | None:
        return self.rows.get(("model", name.lower()))

    def dataset(self, name: str) -> Mapping[str, Any] | None:
        return self.rows.get(("dataset", name.lower()))


NOTHING = Ancestry({}, (), ())


def trace(hub: Hub | None, names: Iterable[tuple[str, str]], progress: Callable[[int, int], None] | None = None) -> Ancestry:
    """What lies behind the (kind, id) pairs: level by level, each repository asked about once, several at a time.

    Without a `hub`, as far as the cache knows.
    """
    rows: dict[tuple[str, str], Mapping[str, Any]] = {}
    absent: dict[str, Absent] = {}
    notes: list[str] = []
    seen: set[tuple[str, str]] = set()
    level = _new(names, seen)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for depth in range(MAX_DEPTH + 1):
            if not level:
                break
            if depth == MAX_DEPTH or len(seen) > MAX_NODES:
                notes.append(f"the lineage is followed to {MAX_DEPTH} levels and {MAX_NODES} repositories; there is more")
                break
            following: list[tuple[str, str]] = []
            for target, answer in zip(level, pool.map(lambda target: _ask(hub, target), level), strict=True):
                if isinstance(answer, Absent):
                    absent.setdefault(answer.says if answer.reason != "unreachable" else answer.reason, answer)
                    continue
                row = as_row(target, answer)
                rows[target.kind, target.id.lower()] = row
                following += [("model", base["id"]) for base in row["bases"]] + [("dataset", name) for name in row["data"]]
            level = _new(following, seen)
            if progress is not None:
                progress(len(rows), len(seen))
    return Ancestry(rows, tuple(absent.values()), tuple(notes))


def _ask(hub: Hub | None, target: Target) -> Info | Absent:
    return hub.info(target) if hub else cache.info(target)


def _new(names: Iterable[tuple[str, str]], seen: set[tuple[str, str]]) -> list[Target]:
    """Repositories not asked about yet, each once."""
    found = []
    for kind, name in names:
        target = parse(("datasets/" if kind == "dataset" else "") + name)
        if target is not None and (kind, name.lower()) not in seen and len(seen) <= MAX_NODES:
            seen.add((kind, name.lower()))
            found.append(target)
    return found


def as_row(target: Target, info: Info) -> dict[str, Any]:
    """What a card says, in the form of a registry row."""
    page = f"{SITE}/{'datasets/' if target.kind == 'dataset' else ''}{target.id}"
    named = info.card.get("license_name")
    license_ = info.card.get("license")
    notice = matters.notice_of(info.files)
    license_ = license_[0] if isinstance(license_, list) and license_ else license_
    if license_ in ("other", None) and isinstance(named, str):
        license_ = named
    return {
        "id": target.id,
        "license": license_ if isinstance(license_, str) else None,
        "bases": bases(info) if target.kind == "model" else [],
        "data": _names(info.card.get("datasets")) if target.kind == "model" else [],
        "verified": True,
        "license_source": "card",
        "source": page,
        "notice": notice is not None,
        "notice_file": notice,
        "license_file": matters.license_of(info.files),
        "sha": info.sha,
    }


def bases(info: Info) -> list[dict[str, Any]]:
    """The bases of a card, each with the relation that the card states, else the Hub's, else a guess, which says that it is one.

    The order of the guess: https://huggingface.co/docs/hub/model-cards#specifying-a-base-model
    """
    stated = info.card.get("base_model_relation")
    listed = _names(info.card.get("base_model")) or [name for name, _ in info.bases]
    hub = {name.lower(): relation for name, relation in info.bases}
    found = []
    for name in listed[:_MOST_BASES]:
        relation, how = (stated, "stated") if stated in _RELATIONS else (hub.get(name.lower()), "hub")
        if relation not in _RELATIONS:
            relation, how = _guess(info, len(listed)), "guess"
        found.append({"id": name, "relation": relation, "how": how})
    return found


def _guess(info: Info, count: int) -> str:
    tags = info.card.get("tags")
    words = {str(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    if any(_PEFT.search(name) for name in info.files) or info.card.get("library_name") == "peft":
        return "adapter"
    if any(name.endswith(".gguf") for name in info.files) or words & {"gguf", "gptq", "awq"}:
        return "quantized"
    return "merge" if count > 1 or words & {"merge", "mergekit"} else "finetune"


def _names(value: object) -> list[str]:
    items: Sequence[object] = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(item.strip() for item in items if isinstance(item, str) and parse(item.strip())))[:_MOST_BASES]
