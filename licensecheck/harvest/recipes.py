"""Training recipes in, the models and datasets that they start from out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.evidence import Found, observed
from licensecheck.markdown import fenced
from licensecheck.sources.folder import Folder

from .configs import TRAINERS, models_of_merge
from .trainers import MODEL_KEYS, SURE_KEYS, Named, named_by

#: A recipe is a page, not a book; of many recipes the first few tell what there is to tell.
_MOST = 100_000
_MOST_RECIPES = 40
_MOST_BLOCKS = 12
#: of all of them together: characters, and names
_MOST_TEXT = 400_000
_MOST_NAMES = 300
#: Recipes for more models than this are a collection: what each makes is a subject of its own.
_MOST_MODELS = 3
_NOT_RECIPES = ("examples", "example", "tests", "test", "docs", "data", "datasets", "benchmarks", "node_modules", "vendor", "third_party")
_NOT_FILES = ("mergekit_config", "licensecheck", ".", "docker-compose", "mkdocs")
#: without one of these beside it, `model_name` or `model` is about something else than training
_TRAINING = (
    r"(?m)(?:^[ \t]*|\")"
    r"(?:learning_rate|num_train_epochs|num_epochs|lora_\w+|adapter|finetuning_type|iters|per_device_train_batch_size)\"?\s*:"
)
_HINT = re.compile(rf"^[ \t]*[\"']?(?:{'|'.join(MODEL_KEYS)}|checkpointer|teacher_model\w*|reward_model\w*)[\"']?\s*:", re.M)
#: what the names of datasets stand for in one trainer
_ALIASES = ("data/dataset_info.json", "dataset_info.json")


def read_recipes(folder: Folder, card: tuple[str, str] | None) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What the recipes of a folder, and those printed in its card (source, text), start from; and a note for what was not read."""
    found: dict[tuple[str | None, str], Found] = {}
    left = _MOST_TEXT
    notes: list[str] = []
    aliases = _aliases(folder)
    for source, text, first_line in (*_in_card(card, notes), *_files(folder, notes)):
        if not (source.endswith(".json") or _HINT.search(text)):
            continue
        left -= len(text)
        if left < 0 or len(found) >= _MOST_NAMES:
            notes.append(f"{source} and later recipes were not read: the first {_MOST_TEXT:,} characters and {_MOST_NAMES} names were")
            break
        for count, item in enumerate(_read(source, text, first_line, aliases)):
            if count >= _MOST_NAMES:
                notes.append(f"{source}: only the first {_MOST_NAMES} names of it were looked at")
                break
            found.setdefault((item.relation, item.id.lower()), item)
    models = [item for item in found.values() if item.type == "model" and item.relation != "outputs"]
    if len(models) > _MOST_MODELS:
        note = f"training recipes for {len(models)} models ({models[0].evidence['source']}, ...): what each makes is a subject of its own"
        return (), (note, *notes)
    return tuple(found.values()), tuple(notes)


def _files(folder: Folder, notes: list[str]) -> Iterator[tuple[str, str, int]]:
    names = [name for name in folder.names if name.count("/") <= 2 and _may_be(name)]
    names = sorted(names, key=lambda name: (name.count("/"), name))
    if len(names) > _MOST_RECIPES:
        notes.append(f"only {_MOST_RECIPES} of {len(names)} files that may be training recipes were read")
    for name in names[:_MOST_RECIPES]:
        if name.endswith(".bin"):
            notes.append(f"{name}: not read: it is a pickle, and opening one runs what is in it")
            continue
        if folder.size(name) <= _MOST:
            yield name, folder.read(name, _MOST).text, 1
        elif _HINT.search(folder.head(name, _MOST).decode("utf-8", "replace")):
            notes.append(f"{name}: not read: a training recipe has at most {_MOST:,} bytes")


def _may_be(name: str) -> bool:
    *folders, base = name.lower().split("/")
    if base in TRAINERS:
        return not set(folders) & set(_NOT_RECIPES)
    return base.endswith((".yaml", ".yml")) and not set(folders) & set(_NOT_RECIPES) and not base.startswith(_NOT_FILES)


def _aliases(folder: Folder) -> dict[str, str]:
    """The ids on the Hub behind the names of datasets, where the folder has the list of them."""
    name = next((name for name in _ALIASES if folder.has(name)), None)
    try:
        listed = json.loads(folder.read(name, _MOST).text) if name else None
    except (ValueError, RecursionError):
        return {}
    rows = listed.items() if isinstance(listed, dict) else ()
    return {key: str(row["hf_hub_url"]) for key, row in rows if isinstance(row, dict) and row.get("hf_hub_url")}


def _in_card(card: tuple[str, str] | None, notes: list[str]) -> Iterator[tuple[str, str, int]]:
    """The recipes that trainers print into the cards they write."""
    if card is None or "```" not in card[1] or not _HINT.search(card[1]):
        return
    blocks = (block for block in fenced(card[1]) if block[1] in ("yaml", "yml", "") and len(block[2]) <= _MOST and _HINT.search(block[2]))
    for number, (line, _, text) in enumerate(blocks):
        if number >= _MOST_BLOCKS:
            notes.append(f"{card[0]}: only the first {_MOST_BLOCKS} recipes in blocks of code were looked at")
            return
        yield card[0], text, line


def _read(source: str, text: str, first_line: int, aliases: Mapping[str, str]) -> Iterator[Found]:
    value = _parsed(source, text, first_line)
    if not isinstance(value, dict):
        return
    if "merge_method" in value:  # a recipe of its own kind; as a file it has a reader of its own
        for name in models_of_merge(value):
            yield Found("merge", "model", name, _seen(source, text, first_line, "model", name))
        return
    keys = MODEL_KEYS if re.search(_TRAINING, text) else SURE_KEYS
    for item in named_by(value, keys, aliases):
        yield _found(source, text, first_line, item)


def _parsed(source: str, text: str, first_line: int) -> Any:
    """The values of a recipe; None for what is none: somebody else's file is not ours to mend."""
    if source.endswith(".json"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None
    from licensecheck.marked import MarkedError, parse

    try:
        return parse(text, first_line=first_line).value
    except MarkedError:
        return None


def _found(source: str, text: str, first_line: int, item: Named) -> Found:
    return Found(item.relation, item.type, item.id, _seen(source, text, first_line, item.key, item.written))


def _seen(source: str, text: str, first_line: int, key: str, name: str) -> Any:
    at = text.find(name)
    if at < 0:
        return observed(source, None, f"recipe.{key}", name, "tool-written", None)
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return observed(source, first_line + text.count("\n", 0, at), f"recipe.{key}", name, "tool-written", line)
