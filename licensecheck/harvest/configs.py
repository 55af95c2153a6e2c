"""Files that tools write in (configs, adapters, tokenizers, merges), what they say the model was made from out."""

from __future__ import annotations

import json
from typing import Any

from licensecheck.evidence import Found, How, line_with, observed
from licensecheck.report import Evidence
from licensecheck.sources.folder import Folder
from licensecheck.sources.reading import TextFile

#: what trainers leave beside their recipes; the last is a pickle, which is never opened
TRAINERS = ("training_args.json", "trainer_state.json", "args.json", "training_args.bin")
#: A config larger than this is not one.
_MOST = 2_000_000


def read_configs(folder: Folder, flaws: list[tuple[str, int | None, str]]) -> tuple[Found, ...]:
    """Everything the configs at the top of the folder name; a file that is not JSON is a flaw, not an end."""
    found: list[Found] = []
    for name, reader in READERS.items():
        if folder.has(name):
            file = folder.read(name, _MOST)
            value = _json(file, flaws) if name.endswith(".json") else _yaml(file, flaws)
            if isinstance(value, dict):
                found.extend(reader(file, value))
    return tuple(found)


def _json(file: TextFile, flaws: list[tuple[str, int | None, str]]) -> Any:
    try:
        return json.loads(file.text)
    except json.JSONDecodeError as error:
        if file.text.strip():
            flaws.append((file.path, error.lineno, f"not valid JSON: {error.msg}"))
    except (ValueError, RecursionError):
        flaws.append((file.path, None, "not JSON that can be read: nested or numbered beyond reason"))
    return None


def _yaml(file: TextFile, flaws: list[tuple[str, int | None, str]]) -> Any:
    from licensecheck.marked import MarkedError, parse

    try:
        return parse(file.text).value
    except MarkedError as error:
        flaws.append((file.path, error.line, error.message))
        return None


def _seen(file: TextFile, key: str, value: str, how: How = "tool-written") -> Evidence:
    line = line_with(file.text, f'"{key}"') if file.path.endswith(".json") else _line_of_word(file.text, value)
    snippet = file.text.split("\n")[line - 1] if line else None
    return observed(file.path, line, key, value, how, snippet)


def _line_of_word(text: str, word: str) -> int | None:
    """The line of a model's name that is not part of a longer one."""
    for number, line in enumerate(text.split("\n"), 1):
        at = line.find(word)
        while at >= 0:
            after = line[at + len(word) : at + len(word) + 1]
            if not (after.isalnum() or after in ("-", "_", "/", ".")):
                return number
            at = line.find(word, at + 1)
    return None


def _config(file: TextFile, value: dict[str, Any]) -> list[Found]:
    found = []
    name = value.get("_name_or_path")
    if isinstance(name, str) and name.strip(" ./"):
        found.append(Found(None, "model", name.strip(), _seen(file, "_name_or_path", name)))
    if isinstance(value.get("quantization_config"), dict):
        method = str(value["quantization_config"].get("quant_method") or "quantization_config")[:40]
        found.append(Found("quantized", "mark", method, _seen(file, "quantization_config", method)))
    return found


def _adapter(file: TextFile, value: dict[str, Any]) -> list[Found]:
    key = "base_model_name_or_path" if value.get("base_model_name_or_path") else "base_model"
    name = value.get(key)
    if not isinstance(name, str) or not name.strip():
        return [Found("adapter", "mark", "adapter_config", _seen(file, "peft_type", str(value.get("peft_type", ""))))]
    return [Found("adapter", "model", name.strip(), _seen(file, key, name))]


def _tokenizer(file: TextFile, value: dict[str, Any]) -> list[Found]:
    name = value.get("name_or_path")
    if isinstance(name, str) and name.strip(" ./"):
        return [Found("tokenizer", "model", name.strip(), _seen(file, "name_or_path", name))]
    return []


def _merge(file: TextFile, value: dict[str, Any]) -> list[Found]:
    return [Found("merge", "model", name, _seen(file, "model", name)) for name in models_of_merge(value)]


def models_of_merge(recipe: Any) -> tuple[str, ...]:
    """Every model that a merge recipe names, in order."""
    names: dict[str, None] = {}
    _models(recipe, names, 0)
    return tuple(names)


def _models(value: Any, names: dict[str, None], depth: int) -> None:
    """Every model a merge recipe names, with `+adapter` and `@revision` taken apart, in order."""
    if depth > 8 or len(names) > 200:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("model", "base_model", "source_model", "path") and isinstance(item, str):
                names.update(dict.fromkeys(part.split("@")[0].strip() for part in item.split("+") if part.strip()))
            else:
                _models(item, names, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _models(item, names, depth + 1)


#: One reader per file name; to add a harvester, add a line.
READERS = {
    "config.json": _config,
    "adapter_config.json": _adapter,
    "tokenizer_config.json": _tokenizer,
    "mergekit_config.yml": _merge,
    "mergekit_config.yaml": _merge,
}
