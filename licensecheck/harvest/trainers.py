"""One training recipe as a mapping in, the models and datasets that its keys name out, each with its key; nothing is read or looked up.

Keys are those of the configurations that the trainers of large models read and write, component-wise ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from licensecheck.hubnames import is_id, repository

#: the keys under which trainers name what they start from
MODEL_KEYS = (
    "base_model",
    "model_name_or_path",
    "sft_model_path",
    "model_id_or_path",
    "model_name",
    "model_id",
    "base_model_name_or_path",
    "model",
)
#: these say so without anything else of training beside them
SURE_KEYS = ("base_model", "model_name_or_path", "sft_model_path", "model_id_or_path", "base_model_name_or_path")
#: what is asked for answers, scores or likelihoods, and gives no weights
_TEACHERS = ("teacher_model", "ref_model", "reference_model", "reward_model", "judge_model")
_ENDINGS = ("", "_name_or_path", "_path")
_DATA_KEYS = ("datasets", "dataset", "dataset_name", "pretraining_dataset", "dataset_mixer")
_PARTS = ("model", "model_args", "base_config")
#: folders that people train from and into: what begins with them is a path
_PATHS = r"(?i)(?:\.|~|/|data|datasets?|outputs?|models?|checkpoints?|ckpts?|saves?|results?|runs?|tmp|mnt|home|workspace|root)/"
_MOST_DATASETS = 400


class Named(NamedTuple):
    """What one key names: relation (None for what is trained on from), `model`, `dataset` or `path`, the id, the key, the words written."""

    relation: str | None
    type: str
    id: str
    key: str
    written: str


def named_by(recipe: Mapping[str, Any], keys: tuple[str, ...], aliases: Mapping[str, str]) -> Iterator[Named]:
    """Everything that a recipe names; `keys` are those that count here, `aliases` the ids behind names of datasets."""
    bases = set()
    for part in (recipe, *(recipe.get(name) for name in _PARTS)):
        if isinstance(part, dict):
            for item in _of(part, keys, aliases):
                bases.add(item.id.lower() if item.relation is None else "")
                yield item
    for key in (f"{name}{ending}" for name in _TEACHERS for ending in _ENDINGS):
        name = str(recipe.get(key) or "").strip()
        if _is_model(name) and name.lower() not in bases:  # most references are the base itself
            yield Named("outputs", "model", name, key, name)
    if isinstance(recipe.get("checkpointer"), dict):
        yield from _of_components(recipe)


def _of(part: Mapping[str, Any], keys: tuple[str, ...], aliases: Mapping[str, str]) -> Iterator[Named]:
    for key in keys:
        name = part.get(key)
        if isinstance(name, str) and _is_model(name.strip()):
            yield Named(None, "model", name.strip(), key, name.strip())
            break
    for key, written in _datasets(part):
        name = aliases.get(written, written.partition("#")[0])  # behind the sign some write how many rows
        if is_id(name) and not re.match(_PATHS, name):
            yield Named("data", "dataset", name, key, written)


def _is_model(name: str) -> bool:
    return is_id(name) and not re.match(_PATHS, name)


def _datasets(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Datasets as the trainers list them: `path:` or `source:` of one or of a list, names with commas between, a mapping with shares."""
    for key in _DATA_KEYS:
        listed = value.get(key)
        if isinstance(listed, dict) and "_component_" in listed:
            listed = [listed]
        items = listed if isinstance(listed, list | dict) else listed.split(",") if isinstance(listed, str) else ()
        for item in list(items)[:_MOST_DATASETS]:
            name = (item.get("path") or item.get("source")) if isinstance(item, dict) else item
            if isinstance(name, str):
                yield key, name.strip()


def _of_components(recipe: Mapping[str, Any]) -> Iterator[Named]:
    """The folder that weights are loaded from, which is often called after them; else the builder of the model."""
    for key, place, relation in (("checkpoint_dir", recipe["checkpointer"], None), ("path", recipe.get("tokenizer"), "tokenizer")):
        path = place.get(key) if isinstance(place, dict) else None
        if isinstance(path, str) and path.strip(" ./"):
            name = repository(path)
            if name != path and is_id(name):
                yield Named(relation, "model", name, key, path)
            elif relation is None:
                yield Named(None, "path", path, key, path)
    builder = recipe["model"].get("_component_") if isinstance(recipe.get("model"), dict) else None
    if isinstance(builder, str):
        yield Named(None, "path", spelt(builder), "_component_", builder)


def spelt(builder: str) -> str:
    """The name of a model as the function that builds it has it.

    >>> spelt("tool.models.tiny2_5.lora_tiny2_5_7b_instruct"), spelt("tool.models.tiny.tiny_13b")
    ('tiny2.5-7b-instruct', 'tiny-13b')
    """
    last = re.sub(r"^(?:q?lora|q?dora)_", "", builder.rpartition(".")[2])
    return re.sub(r"(?<=\d)_(\d)(?![\db])", r".\1", last).replace("_", "-")
