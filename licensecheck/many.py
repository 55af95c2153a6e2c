"""Targets in, the folders to check out: a root of several subjects stands for each of them, with what it says for all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from licensecheck.errors import InputError, Problem
from licensecheck.manifest import Manifest
from licensecheck.sources.folder import beside
from licensecheck.sources.names import printable
from licensecheck.sources.reading import read_bytes
from licensecheck.sources.walk import resolve_inside

#: A folder can only have subjects if one of these files has this word; looking is cheap, reading a manifest twice is not.
_FILES = ("licensecheck.yaml", "licensecheck.yml", "pyproject.toml")
_WORD = b"subjects"
_MAX_BYTES = 1_000_000


#: A folder to check, and the manifest of the root that lists it as a subject. A plain pair: the hook pays for every class.
Place = tuple[str, "Manifest | None"]


def places(target: str, rules: str | None) -> list[Place]:
    """The subjects of a root, else the target itself. InputError with every subject that cannot be one."""
    if not _may_have_subjects(target):
        return [(target, None)]
    from licensecheck.knowledge import load
    from licensecheck.pipeline import manifest_of

    manifest = manifest_of(target, load(rules))
    listed = own_subjects(manifest)
    if not listed:
        return [(target, None)]
    problems: list[Problem] = []
    found: dict[str, Place] = {}
    for n, name in enumerate(listed):
        path, line = manifest.where("subjects", n) or ("licensecheck.yaml", None)
        real, wrong = _inside(target, name)
        if wrong or real is None:
            problems.append(Problem(path, line, f"`subjects[{n}]`: {printable(name)} {wrong}"))
            continue
        found.setdefault(real, (beside(target, os.path.normpath(name)), manifest))
    if problems:
        raise InputError(problems)
    return list(found.values())


def own_subjects(manifest: Manifest) -> Sequence[str]:
    """The subjects that the manifest itself lists; those of one that it extends are another root's."""
    where = manifest.where("subjects")
    own = where is not None and bool(manifest.sources) and where[0] == printable(manifest.sources[0].path)
    return (manifest.get("subjects") or ()) if own else ()


def _may_have_subjects(target: str) -> bool:
    return any(mentions(target, name, _WORD) for name in _FILES)


def mentions(target: str, name: str, word: bytes) -> bool:
    """Is there such a file, and does it have the word anywhere? Whoever reads it in earnest says what is wrong with it."""
    path = os.path.join(target, name)
    try:
        return os.path.isfile(path) and word in read_bytes(os.path.realpath(path), _MAX_BYTES)[0]
    except OSError:
        return False


def _inside(target: str, name: str) -> tuple[str | None, str]:
    """Where a subject really lies, or what is wrong with it."""
    root = os.path.realpath(target)
    if os.path.isabs(name):
        return None, "is an absolute path; write it relative to the folder of this file"
    path = os.path.join(root, name)
    real = os.path.realpath(path)
    if real != root and resolve_inside(root, path) is None:
        return None, "leads out of the folder of this file: subjects lie below it"
    if not os.path.isdir(real):
        return None, "is not a folder" if os.path.exists(real) else "does not exist; the path is relative to the folder of this file"
    if real != root and _lists_subjects(real):
        return None, "lists subjects of its own: list them all here"
    return real, ""


def _lists_subjects(folder: str) -> bool:
    if not _may_have_subjects(folder):
        return False
    from licensecheck.knowledge import load
    from licensecheck.pipeline import manifest_of

    return bool(own_subjects(manifest_of(folder, load())))


def settle_shared_waivers(reports: Sequence[Any], sources: frozenset[str]) -> None:
    """A waiver of the root that waives something in one subject is not stale because it waives nothing in the others."""
    stale = [{_spot(finding) for finding in report["findings"] if _is_stale(finding, sources)} for report in reports]
    idle = set.intersection(*stale) if stale else set()
    for number, report in enumerate(reports):
        kept = [item for item in report["findings"] if not (_is_stale(item, sources) and (_spot(item) not in idle or number))]
        report["counts"]["informational"] -= len(report["findings"]) - len(kept)
        report["findings"][:] = kept


def _is_stale(finding: Any, sources: frozenset[str]) -> bool:
    return finding["rule"] == "check/waiver.waiver-stale" and any(item["source"] in sources for item in finding["evidence"])


def _spot(finding: Any) -> tuple[str, int | None]:
    item = finding["evidence"][0]
    return item["source"], item["line"]
