"""An Ollama Modelfile or a store of models in, what is started from, the adapter added and the licences carried out.

Format: https://github.com/ollama/ollama/blob/main/docs/modelfile.md (instructions, `\"\"\"` values, comments).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from licensecheck.evidence import Found, observed
from licensecheck.hubnames import address
from licensecheck.sources.folder import Folder

_MOST = 200_000
_MOST_FILES = 10
#: instructions of one file
_MOST_TOLD = 200
_INSTRUCTION = re.compile(r"\s*(from|adapter|license|template|system|parameter|message|requires|draft|renderer|parser)\s+(.*)", re.I | re.S)
_LOCAL = re.compile(r"[./~]|[A-Za-z]:[\\/]|.*\.(?:gguf|bin|safetensors)$", re.I)
_MANIFEST = re.compile(r"(?:.*/)?manifests/[^/]+/[^/]+/[^/]+/[^/]+$")
#: the quantization that is asked for
_TAG = re.compile(r"(?<=[\w.-]):[\w.-]+$")
_QUOTES = '"""'


class Packaged(NamedTuple):
    """What a Modelfile names, the licence texts in it (source, line, text), and a note for what was not read."""

    found: tuple[Found, ...]
    licenses: tuple[tuple[str, int, str], ...]
    notes: tuple[str, ...] = ()


def read_modelfiles(folder: Folder) -> Packaged:
    """All Modelfiles at the top of the folder."""
    found: list[Found] = []
    licenses: list[tuple[str, int, str]] = []
    names = [name for name in folder.names if "/" not in name and _is_modelfile(name)]
    notes = _too_many(names)
    for name in sorted(names)[:_MOST_FILES]:
        told = list(islice(instructions(folder.read(name, _MOST).text), _MOST_TOLD + 1))
        if len(told) > _MOST_TOLD:
            notes.append(f"{name}: only the first {_MOST_TOLD} instructions were looked at")
            del told[_MOST_TOLD:]
        adapted = any(word == "adapter" for word, _, _ in told)
        for word, value, line in told:
            if word == "license" and value:
                licenses.append((name, line, value))
            elif word in ("from", "adapter"):
                item = _upstream(name, word, value, line, "adapter" if adapted else "serves")
                found.extend([item] if item else [])
    return Packaged(tuple(found), tuple(licenses), tuple(notes))


def _too_many(names: Sequence[str]) -> list[str]:
    return [f"{min(names)}: only {_MOST_FILES} of {len(names)} files like it were read"] if len(names) > _MOST_FILES else []


def _is_modelfile(name: str) -> bool:
    """By its name, is it one?

    >>> [_is_modelfile(name) for name in ("Modelfile", "Modelfile.q4", "tiny.modelfile", "modelfile.py")]
    [True, True, True, False]
    """
    lowered = name.lower()
    return lowered.endswith(".modelfile") or (lowered.partition(".")[0] == "modelfile" and not lowered.endswith((".py", ".md", ".txt")))


def instructions(text: str) -> Iterator[tuple[str, str, int]]:
    """The instructions of a Modelfile in order: the word in lower case, its value, its line.

    >>> list(instructions('# x\\nFROM a:1b\\nSYSTEM \"\"\"two\\nlines\"\"\"\\nlicense "MIT"'))
    [('from', 'a:1b', 2), ('system', 'two\\nlines', 3), ('license', 'MIT', 5)]
    """
    lines = text.removeprefix("\ufeff").split("\n")
    number = 0
    while number < len(lines):
        start = number
        match = _INSTRUCTION.match(lines[number])
        number += 1
        if match is None:
            continue
        value = match[2].strip()
        if value.startswith(_QUOTES) and _QUOTES not in value[3:]:
            rest = [value[3:]]
            while number < len(lines) and _QUOTES not in lines[number]:
                rest.append(lines[number])
                number += 1
            if number < len(lines):
                rest.append(lines[number].split(_QUOTES, 1)[0])
                number += 1
            value = "\n".join(rest)
        yield match[1].lower(), _unquoted(value), start + 1


def _unquoted(value: str) -> str:
    for quotes in (_QUOTES, '"'):
        if len(value) >= 2 * len(quotes) and value.startswith(quotes) and value.endswith(quotes):
            return value[len(quotes) : -len(quotes)].strip()
    return value.strip()


def _upstream(name: str, word: str, value: str, line: int, relation: str) -> Found | None:
    """What FROM or ADAPTER names: a Hub id, a name of the library, or a file that lies beside it."""
    evidence = observed(name, line, word.upper(), value, "tool-written", f"{word.upper()} {value}")
    link = address(_TAG.sub("", value))
    if link:
        return Found(relation, "model", link[1], evidence)
    if not value or _LOCAL.match(value):
        return Found("quantized", "mark", "modelfile", evidence) if value else None
    return Found(relation, "library", value, evidence)


def read_manifests(folder: Folder) -> Packaged:
    """The models of a local store, by its manifests: their names, and the licence layers beside them.

    Layout: https://github.com/ollama/ollama (`manifests/<host>/<namespace>/<name>/<tag>`, `blobs/sha256-<digest>`).
    """
    found: list[Found] = []
    licenses: list[tuple[str, int, str]] = []
    names = [name for name in folder.names if _MANIFEST.match(name)]
    notes = _too_many(names)
    for name in sorted(names)[:_MOST_FILES]:
        namespace, model, tag = name.rsplit("/", 3)[-3:]
        shown = f"{model}:{tag}" if namespace == "library" else f"{namespace}/{model}:{tag}"
        found.append(Found("serves", "library", shown, observed(name, None, "manifest", shown, "tool-written")))
        layers = _license_layers(folder.read(name, _MOST).text)
        if len(layers) > _MOST_FILES:
            notes.append(f"{name}: only the first {_MOST_FILES} of {len(layers):,} entries of layers were looked at")
        for digest in layers[:_MOST_FILES]:
            blob = f"{name.partition('manifests/')[0]}blobs/{digest.replace(':', '-')}"
            if folder.has(blob):
                licenses.append((blob, 1, folder.read(blob, _MOST).text))
    return Packaged(tuple(found), tuple(licenses), tuple(notes))


def _license_layers(text: str) -> list[str]:
    """The digests of the licence layers of one manifest."""
    try:
        layers = json.loads(text)["layers"]
        return [str(layer["digest"]) for layer in layers if str(layer["mediaType"]).endswith("image.license")]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
