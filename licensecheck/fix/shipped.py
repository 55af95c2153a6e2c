"""A report and a folder in, the notices that its upstreams ship out, as far as the user has copies of them; nothing is fetched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from licensecheck.errors import LicenseCheckError
from licensecheck.render.notices.parts import is_notice
from licensecheck.render.notices.shipped import Shipped, material, shipped
from licensecheck.sources.folder import Folder
from licensecheck.sources.names import printable

from .hub import snapshots

#: Larger files are no notices; of more than so many, none is looked at.
MOST_BYTES, MOST_FILES = 256_000, 50
_OURS = "llm-licensecheck:begin notice"


def shipped_notices(report: Any, home: str) -> tuple[tuple[Shipped, ...], tuple[str, ...]]:
    """Notices in folders that the manifest names, in the Hub cache, and below the folder itself; and a line for each left out."""
    found: list[Shipped] = []
    notes: list[str] = []
    bases = []
    components = sorted(material(report))
    for component in components:
        base = os.path.join(home, component)
        if _is_folder(report, component) and os.path.isdir(base):
            bases.append(os.path.normpath(component))
            _take(base, component, component, found, notes)
            continue
        for snapshot, address in snapshots(component):
            if _take(snapshot, component, address, found, notes):
                break
    place = Folder(home)
    for name in _below(place, bases) if components else ():
        _read(place, name, os.path.dirname(name), name, found, notes, own=True)
    return tuple(found[:MOST_FILES]), tuple(notes)


def _is_folder(report: Any, component: str) -> bool:
    """Was it named as a folder, and not as a model that happens to be called like one?"""
    evidence = [item for edge in report["lineage"]["edges"] if edge["to"] == component for item in edge["evidence"]]
    folders = [node["id"] for node in report["lineage"]["nodes"] if node.get("license_source") == "folder"]
    return component in folders or component.startswith(".") or any(item["source"] == component for item in evidence)


def _below(place: Folder, bases: list[str]) -> Iterator[str]:
    """Notices in folders of the folder; what lies in a base was taken already."""
    for name in place.names:
        folder, _, base = name.rpartition("/")
        if folder and is_notice(base) and not any(folder == path or folder.startswith(path + "/") for path in bases):
            yield name


def _take(folder: str, component: str, origin: str, found: list[Shipped], notes: list[str]) -> bool:
    """The notices at the top of a folder; were there any?"""
    try:
        place = Folder(folder)
    except LicenseCheckError as error:
        notes.append(str(error))
        return False
    names = [name for name in place.names if is_notice(name)]
    for name in names:
        _read(place, name, component, f"{origin}/{name}", found, notes)
    return bool(names)


def _read(folder: Folder, name: str, component: str, origin: str, found: list[Shipped], notes: list[str], own: bool = False) -> None:
    """One file, whole or not at all; below the folder itself, one that this tool wrote is another subject's."""
    file = folder.read(name, MOST_BYTES)
    if own and _OURS in file.text:
        return
    if file.truncated or file.replaced:
        reason = "larger than any notice" if file.truncated else "not UTF-8"
        notes.append(f"{printable(origin)}: {reason}, so it is not reproduced: put what is owed into the notice file by hand")
    elif (item := shipped([component], printable(origin), file.text)).text:
        found.append(item)
