"""A model id in, the licence files of its repository out: from the user's Hub cache, and from the Hub itself where that is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from licensecheck.errors import UnreachableError
from licensecheck.harvest.texts import is_license_name
from licensecheck.hubnames import cache_folder
from licensecheck.render.markdown import is_hub_id

from .copies import Candidate

_SITE = "https://huggingface.co"


def cached(component: str) -> Sequence[Candidate]:
    """Licence files in the snapshots of a model, latest reference first."""
    return [
        Candidate(os.path.join(folder, name), f"{address}/{name}")
        for folder, address in snapshots(component)
        for name in _license_files(folder)
    ]


def snapshots(component: str) -> Iterator[tuple[str, str]]:
    """Folders of the cache that hold the repository of that name, latest reference first, each with the address of its files."""
    for kind, page in (("models", ""), ("datasets", "datasets/")) if is_hub_id(component) else ():
        repo = os.path.join(cache_folder(), f"{kind}--{component.replace('/', '--')}")
        for revision in _revisions(repo):
            yield os.path.join(repo, "snapshots", revision), f"{_SITE}/{page}{component}/blob/{revision}"


def _revisions(repo: str) -> list[str]:
    try:
        names = sorted(os.listdir(os.path.join(repo, "snapshots")))
    except OSError:
        return []
    main = ""
    try:
        with open(os.path.join(repo, "refs", "main"), encoding="ascii") as stream:
            main = stream.read(100).strip()
    except (OSError, UnicodeDecodeError):
        pass
    return sorted(names, key=lambda name: name != main)


def _license_files(folder: str) -> list[str]:
    try:
        return sorted((name for name in os.listdir(folder) if is_license_name(name)), key=lambda name: (len(name), name))
    except OSError:
        return []


def downloaded(component: str) -> Sequence[Candidate]:
    """Licence files fetched into the cache first; UnreachableError with one line where that fails."""
    if not is_hub_id(component):
        return ()
    from huggingface_hub import errors, list_repo_files, snapshot_download

    failures = tuple(getattr(errors, name) for name in ("HfHubHTTPError", "HTTPError") if hasattr(errors, name))
    try:
        names = [name for name in list_repo_files(component) if "/" not in name and is_license_name(name)]
        if names:
            snapshot_download(component, allow_patterns=names)
    except (OSError, ValueError, *failures) as error:
        line = " ".join(str(error).split())[:200]
        raise UnreachableError(f"{component}: its licence files could not be fetched: {line or type(error).__name__}") from None
    return cached(component)
