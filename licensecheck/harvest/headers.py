"""The headers of weight files in, what their makers wrote there of base models, datasets and licences out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licensecheck.evidence import Found, observed
from licensecheck.hubnames import address, is_id
from licensecheck.records import Record
from licensecheck.report import Evidence
from licensecheck.sources.folder import Folder

#: Quantizations of one model lie side by side and say the same.
_MOST_FILES = 6
_SHARD = r"-(\d{5})-of-\d{5}\."
#: compiled where they are used: most headers say nothing
_GGUF_BASE = r"general\.(?:base_model\.\d+|source)\.(?:repo_url|url)$"
_GGUF_DATA = r"general\.dataset\.\d+\.(?:repo_url|url)$|general\.datasets$"
_GGUF_LICENSE = ("general.license", "general.license.name")
_BASE_KEYS = ("base_model", "base_model_name_or_path", "ss_sd_model_name")
_LICENSE_KEYS = ("license", "modelspec.license")

Flaws = list[tuple[str, int | None, str]]


class Headers(Record):
    """What weight files say of themselves: upstreams, the licences written into them, and a note for what was not read."""

    found: tuple[Found, ...]
    licenses: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def read_headers(folder: Folder, flaws: Flaws) -> Headers:
    """The weight files at the top of the folder, of each format the first few; a header that cannot be read is a flaw."""
    found: dict[tuple[str, str], Found] = {}
    licenses: dict[tuple[str, str], Evidence] = {}
    notes: list[str] = []
    for name in _first(folder, ".gguf", notes):
        for key, value in _gguf(folder, name, flaws):
            _sort_in(name, key, value, found, licenses)
    for name in _first(folder, ".safetensors", notes):
        for key, value in _safetensors(folder, name, flaws):
            _sort_in(name, key, value, found, licenses)
    return Headers(tuple(found.values()), tuple(licenses.values()), tuple(notes))


def _first(folder: Folder, ending: str, notes: list[str]) -> list[str]:
    """Files of one format, without the later parts of one that is split."""
    names = [name for name in folder.names if name.endswith(ending) and "/" not in name]
    firsts = [name for name in names if (shard := re.search(_SHARD, name)) is None or int(shard[1]) <= 1]
    if len(firsts) > _MOST_FILES:
        notes.append(f"{min(firsts)}: only {_MOST_FILES} of {len(firsts)} files like it were read")
    return [name for name in sorted(firsts)[:_MOST_FILES] if not _stands_in(folder, name)]


def _stands_in(folder: Folder, name: str) -> bool:
    """Nothing, or what git leaves in the place of a large file that was not fetched."""
    return folder.size(name) < 24 or (folder.size(name) < 1_024 and folder.head(name, 8) == b"version ")


def _gguf(folder: Folder, name: str, flaws: Flaws) -> Iterator[tuple[str, str]]:
    from licensecheck.sources.gguf import read_strings

    try:
        pairs = read_strings(folder.path(name), lambda key: key.startswith("general."), beginning=name in folder.sizes, brief=True)
    except (ValueError, OSError) as error:
        flaws.append((name, None, f"not a GGUF header that can be read: {error}"))
        return
    for key, value in pairs.items():
        for item in [value] if isinstance(value, str) else value:
            yield key, item


def _safetensors(folder: Folder, name: str, flaws: Flaws) -> Iterator[tuple[str, str]]:
    from licensecheck.sources.safetensors import read_metadata

    try:
        yield from read_metadata(folder.path(name), folder.sizes.get(name)).items()
    except (ValueError, OSError) as error:
        flaws.append((name, None, f"not a safetensors header that can be read: {error}"))


def _sort_in(name: str, key: str, value: str, found: dict[tuple[str, str], Found], licenses: dict[tuple[str, str], Evidence]) -> None:
    """One entry of a header, where it belongs; most belong nowhere."""
    text = value.strip()
    evidence = observed(name, None, key, text, "tool-written")
    if (key in _GGUF_LICENSE or key in _LICENSE_KEYS) and text:
        licenses.setdefault((key, text.lower()), evidence)
        return
    if key not in _BASE_KEYS and not key.startswith("general."):
        return
    link = address(text)
    model = link[1] if link else text if is_id(text) else None
    if model is None:
        return
    if re.match(_GGUF_DATA, key):
        found.setdefault(("data", model.lower()), Found("data", "dataset", model, evidence))
    elif (re.match(_GGUF_BASE, key) and link and link[0] == "model") or key in _BASE_KEYS:
        found.setdefault(("", model.lower()), Found(None, "model", model, evidence))
