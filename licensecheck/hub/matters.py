"""The list of a repository's files in, those that say something about its licences and its making out."""

from __future__ import annotations

from collections.abc import Mapping

from licensecheck.harvest.documents import is_card
from licensecheck.harvest.texts import is_license_name, notice_kind
from licensecheck.sources.names import WEIGHTS

_NAMES = frozenset(
    "config.json adapter_config.json tokenizer_config.json generation_config.json mergekit_config.yml mergekit_config.yaml params.json "
    "training_args.json trainer_state.json args.json model.safetensors.index.json modelfile licensecheck.yaml".split()
)
_DOCUMENTS = (".md", ".rst", ".txt", ".markdown")
_RECIPES = (".yaml", ".yml")
#: bytes: a text longer than this is no document of a model; enough of a weight file to hold the texts of its header
MOST = 2_000_000
BEGINNING = 400_000
MOST_FILES = 40


def texts(files: Mapping[str, int | None]) -> tuple[str, ...]:
    """The texts worth reading, the telling ones first; of a card, a licence or a notice that is too long the beginning is."""
    found = [name for name in files if _tells(name) and ((files[name] or 0) <= MOST or _is_read_anyway(name))]
    return tuple(sorted(found, key=lambda name: (name.count("/"), not name.lower().startswith("readme"), name)))


def _is_read_anyway(name: str) -> bool:
    return "/" not in name and (is_card(name) or is_license_name(name) or bool(notice_kind(name)))


def _tells(name: str) -> bool:
    *folders, base = name.lower().split("/")
    if any(part.startswith(".") or part == ".." for part in (*folders, base)):
        return False
    if is_license_name(name) or notice_kind(name):
        return len(folders) <= 1
    if folders and folders != ["docs"]:
        return False
    return base in _NAMES or base.startswith("modelfile") or base.endswith((*_DOCUMENTS, *_RECIPES))


def headers(files: Mapping[str, int | None]) -> tuple[str, ...]:
    """The weight files whose header is asked for: of each format the first at the top."""
    top = sorted(name for name in files if "/" not in name)
    firsts = (next((name for name in top if name.endswith(ending)), None) for ending in (".gguf", ".safetensors"))
    return tuple(name for name in firsts if name)


def weights(files: Mapping[str, int | None]) -> tuple[str, ...]:
    """All weight files at the top: that they are there is worth knowing."""
    return tuple(sorted(name for name in files if "/" not in name and name.endswith(WEIGHTS))[:MOST_FILES])


def license_of(files: Mapping[str, int | None]) -> str | None:
    """The file at the top that by its name holds the licence."""
    names = [name for name in files if "/" not in name and is_license_name(name)]
    return min(names, key=lambda name: (len(name), name)) if names else None


def notice_of(files: Mapping[str, int | None]) -> str | None:
    """The file at the top that is called Notice."""
    names = [name for name in files if "/" not in name and notice_kind(name) == "plain"]
    return min(names, key=lambda name: (len(name), name)) if names else None
