"""Licence files and the table of identifiers in, one list of who is who out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BRIEF = (
    "name",
    "publisher",
    "url",
    "verified",
    "publisher_material",
    "own_terms",
    "share_alike",
    "joins",
    "excludes",
    "later",
    "restricts",
    "commercial",
    "derivatives",
    "spdx",
    "editions",
)


def identify(licenses: Mapping[str, Any], identifiers: Mapping[str, Any]) -> dict[str, Any]:
    """Names, texts and what is said of each licence in brief.

    `names`: every name, alias, SPDX and ScanCode id, folded, to a licence id; `texts`: text id to licence id; `brief`: about each.

    An id without a file has `known: false`: it has a name and no rules yet.
    """
    names: dict[str, str] = {}
    texts: dict[str, str] = dict(identifiers["texts"])
    brief: dict[str, Any] = {}
    for name, data in licenses.items():
        brief[name] = {**{key: data[key] for key in _BRIEF if key in data}, "known": True}
        for alias in (name, *data.get("aliases", ()), data.get("spdx"), data.get("scancode"), data["name"]):
            if alias:
                names.setdefault(fold_name(alias), name)
        for edition in data["editions"]:
            texts[edition["text"]] = name
            names.setdefault(fold_name(edition["text"]), name)
    for name, row in identifiers["hub"].items():
        brief.setdefault(name, {"name": row["name"], "known": False, "spdx": row.get("spdx")})
        brief[name]["hub"] = True
        for alias in (name, row.get("spdx"), row["name"]):
            if alias:
                names.setdefault(fold_name(alias), name)
    for name in identifiers["ids"]:
        brief.setdefault(name, {"name": name, "known": False})
        names.setdefault(fold_name(name), name)
    for alias, name in [*identifiers["aliases"].items(), *identifiers["texts"].items()]:
        names.setdefault(fold_name(alias), name)
    return {"names": names, "texts": texts, "brief": brief}


def resolved(names: Mapping[str, str], name: str) -> str | None:
    """The licence id that a name stands for, as SPDX writes it too, and with or without the word licence at its end."""
    wanted = fold_name(name)
    for candidate in (wanted, wanted.removeprefix("licenseref-"), wanted.removeprefix("licenseref-scancode-")):
        for ending in ("", "-license", "-licence", "-agreement", "-license-agreement"):
            found = names.get(candidate.removesuffix(ending)) if ending else names.get(candidate)
            if found:
                return found
    return None


def fold_name(name: str) -> str:
    """A licence name as it is compared: case, spaces and underscores do not count.

    >>> fold_name("Foo Community_License")
    'foo-community-license'
    """
    return "-".join(name.casefold().replace("_", " ").split())
