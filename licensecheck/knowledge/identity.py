"""Licence files and the table of identifiers in, one list of who is who out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
#: duties that go along with every part of the material
_KEEPS = ("license-copy", "retain-notices", "notice-file", "attribution")


def identify(licenses: Mapping[str, Any], identifiers: Mapping[str, Any]) -> dict[str, Any]:
    """Names, texts and what is said of each licence in brief.

    `names`: every name, alias, SPDX and ScanCode id, folded, to a licence id; `texts`: text id to licence id; `brief`: about each.

    An id without a file has `known: false`: it has a name and no rules yet.
    """
    names: dict[str, str] = {}
    texts: dict[str, str] = dict(identifiers["texts"])
    brief: dict[str, Any] = {}
    for name, data in licenses.items():
        naming = _naming(data["clauses"])
        brief[name] = {**{key: data[key] for key in _BRIEF if key in data}, **({"naming": naming} if naming else {}), "known": True}
        brief[name]["files"] = sorted(
            {need for clause in data["clauses"] for need in ("copy", "notice") if need in clause.get("requires", {})}
        )
        brief[name]["keeps"] = any(clause["topic"] in _KEEPS for clause in data["clauses"])
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


def _naming(clauses: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What a licence says of names: its clauses on marks, and those that ask for a word in the name, each with its section."""
    found = []
    for clause in clauses:
        words = clause.get("requires", {}).get("name_begins") or clause.get("requires", {}).get("name_contains")
        if (clause["topic"] == "trademark" and "policy_clause" not in clause) or words:
            said = {key: clause[key] for key in ("topic", "section", "sections", "editions") if clause.get(key)}
            found.append({**said, "words": words} if words else said)
    return found


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
