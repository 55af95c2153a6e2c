"""Training recipes in, the models and datasets that they start from out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from licensecheck.evidence import Found, observed
from licensecheck.markdown import fenced
from licensecheck.sources.folder import Folder

from .configs import models_of_merge

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
#: the keys under which trainers name what they start from
_MODEL_KEYS = ("base_model", "model_name_or_path", "model_name", "model_id", "base_model_name_or_path", "model")
_SURE_KEYS = ("base_model", "model_name_or_path", "base_model_name_or_path")
#: without one of these beside it, `model_name` or `model` is about something else than training
_TRAINING = (
    r"(?m)^[ \t]*(?:learning_rate|num_train_epochs|num_epochs|lora_\w+|adapter|finetuning_type|iters|per_device_train_batch_size)\s*:"
)
_HINT = re.compile(rf"^[ \t]*[\"']?(?:{'|'.join(_MODEL_KEYS)})[\"']?\s*:", re.M)
_ID = r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}$"
#: folders that people train from and into: what begins with them is a path
_PATHS = r"(?i)(?:\.|~|/|data|datasets?|outputs?|models?|checkpoints?|ckpts?|saves?|results?|runs?|tmp|mnt|home|workspace|root)/"


def read_recipes(folder: Folder, card: tuple[str, str] | None) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What the recipes of a folder, and those printed in its card (source, text), start from; and a note where they are too many to say."""
    found: dict[tuple[str | None, str], Found] = {}
    left = _MOST_TEXT
    for source, text, first_line in (*_in_card(card), *_files(folder)):
        if not _HINT.search(text):
            continue
        left -= len(text)
        if left < 0 or len(found) >= _MOST_NAMES:
            break
        for item in islice(_read(source, text, first_line), _MOST_NAMES):
            found.setdefault((item.relation, item.id.lower()), item)
    models = [item for item in found.values() if item.type == "model"]
    if len(models) > _MOST_MODELS:
        note = f"training recipes for {len(models)} models ({models[0].evidence['source']}, ...): what each makes is a subject of its own"
        return (), (note,)
    return tuple(found.values()), ()


def _files(folder: Folder) -> Iterator[tuple[str, str, int]]:
    names = [name for name in folder.names if name.endswith((".yaml", ".yml")) and name.count("/") <= 2 and _may_be(name)]
    for name in sorted(names, key=lambda name: (name.count("/"), name))[:_MOST_RECIPES]:
        if folder.size(name) <= _MOST:
            yield name, folder.read(name, _MOST).text, 1


def _may_be(name: str) -> bool:
    *folders, base = name.lower().split("/")
    return not set(folders) & set(_NOT_RECIPES) and not base.startswith(
        ("mergekit_config", "licensecheck", ".", "docker-compose", "mkdocs")
    )


def _in_card(card: tuple[str, str] | None) -> Iterator[tuple[str, str, int]]:
    """The recipes that trainers print into the cards they write."""
    if card is None or "```" not in card[1] or not _HINT.search(card[1]):
        return
    for number, (line, language, text) in enumerate(fenced(card[1])):
        if number >= _MOST_BLOCKS:
            return
        if language in ("yaml", "yml", "") and len(text) <= _MOST:
            yield card[0], text, line


def _read(source: str, text: str, first_line: int) -> Iterator[Found]:
    from licensecheck.marked import MarkedError, parse

    try:
        value = parse(text, first_line=first_line).value
    except MarkedError:
        return  # somebody else's file: not ours to mend
    if not isinstance(value, dict):
        return
    if "merge_method" in value:  # a recipe of its own kind; as a file it has a reader of its own
        for name in models_of_merge(value):
            yield Found("merge", "model", name, _seen(source, text, first_line, "model", name))
        return
    keys = _MODEL_KEYS if re.search(_TRAINING, text) else _SURE_KEYS
    for part in (value, value.get("model"), value.get("model_args"), value.get("base_config")):
        if isinstance(part, dict):
            yield from _of(source, text, first_line, part, keys)


def _of(source: str, text: str, first_line: int, value: dict[str, Any], keys: tuple[str, ...]) -> Iterator[Found]:
    for key in keys:
        name = value.get(key)
        if isinstance(name, str) and re.match(_ID, name.strip()) and not re.match(_PATHS, name.strip()):
            yield Found(None, "model", name.strip(), _seen(source, text, first_line, key, name.strip()))
            break
    for key, name in _datasets(value):
        if re.match(_ID, name) and not re.match(_PATHS, name):
            yield Found("data", "dataset", name, _seen(source, text, first_line, key, name))


def _datasets(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Datasets as the trainers list them: `path:` of a list, names with commas between, a mapping with shares."""
    for key in ("datasets", "dataset", "dataset_name", "pretraining_dataset", "dataset_mixer"):
        listed = value.get(key)
        items = listed if isinstance(listed, list | dict) else listed.split(",") if isinstance(listed, str) else ()
        for item in list(items)[:100]:
            name = item.get("path") if isinstance(item, dict) else item
            if isinstance(name, str):
                yield key, name.strip()


def _seen(source: str, text: str, first_line: int, key: str, name: str) -> Any:
    at = text.find(name)
    if at < 0:
        return observed(source, None, f"recipe.{key}", name, "tool-written", None)
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return observed(source, first_line + text.count("\n", 0, at), f"recipe.{key}", name, "tool-written", line)
