"""Modelling code in, what the heads of its files say about copyright and licence, and where its parts were copied from, out.

Such files are loaded with a model: https://huggingface.co/docs/transformers/custom_models.
Their heads are those of the files they come from; so are the comments that say what was copied (utils/check_copies.py there).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.evidence import observed
from licensecheck.report import Evidence
from licensecheck.sources.folder import Folder

_SPDX = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+() -]{2,100})")
#: with a year or a sign: licence texts speak of "the above copyright notice" too
_COPYRIGHT = re.compile(r"\bcopyright\b.{0,40}?(?:\d{4}|\(c\)|©)|(?:\(c\)|©)\s*\d{4}", re.I)
_COPIED = re.compile(r"#\s*Copied from ([A-Za-z_]\w{1,60})\.[\w.]{1,200}")
_BEGINS = ("import ", "from ", "class ", "def ", "@")
_HEAD = 80
_MOST_FILES = 20
_MOST_COPIED = 10
_MOST = 400_000


class CodeFile(NamedTuple):
    """One file of code: the licence its head names, as written or by id, the lines of copyright, and what parts of it were copied from."""

    source: str
    license: str | None
    license_evidence: Evidence | None
    copyrights: tuple[Evidence, ...]
    #: the packages that parts were copied from, one observation each
    copied: tuple[Evidence, ...]

    @property
    def header(self) -> str:
        """`kept`, `partial` (a licence without a line of copyright) or `dropped`."""
        return "kept" if self.copyrights else "partial" if self.license_evidence else "dropped"


def is_code(name: str, beginnings: tuple[str, ...]) -> bool:
    """Is it, by its name, a file of modelling code at the top of the folder or one level below?"""
    folder, _, base = name.rpartition("/")
    return "/" not in folder and folder not in ("tests", "examples", "docs") and base.endswith(".py") and base.startswith(beginnings)


def read_code(folder: Folder, words: Mapping[str, Any], notes: list[str] | None = None) -> tuple[CodeFile, ...]:
    """Every file of modelling code; never raises for what is in it. `notes` take what was left unread."""
    names = sorted(name for name in folder.names if is_code(name, tuple(words["files"])))
    if len(names) > _MOST_FILES and notes is not None:
        notes.append(f"{names[0]}: only {_MOST_FILES} of {len(names)} files like it were read")
    return tuple(_read(name, folder.read(name, _MOST).text, words) for name in names[:_MOST_FILES])


def _read(source: str, text: str, words: Mapping[str, Any]) -> CodeFile:
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[:_HEAD]) if line.startswith(_BEGINS)), min(len(lines), _HEAD))
    head = [line[:500] for line in lines[:end]]
    license_id, where = _license(source, head, words)
    copyrights = tuple(
        observed(source, n, "copyright", line.strip(" \t#*"), "declared", line) for n, line in enumerate(head, 1) if _COPYRIGHT.search(line)
    )
    return CodeFile(source, license_id, where, copyrights, _copied(source, lines))


def _license(source: str, head: list[str], words: Mapping[str, Any]) -> tuple[str | None, Evidence | None]:
    for number, line in enumerate(head, 1):
        match = _SPDX.search(line)
        if match:
            return match[1].strip(), observed(source, number, "SPDX-License-Identifier", match[1].strip(), "declared", line)
    for number, line in enumerate(head, 1):
        after = " ".join(" ".join(head[number - 1 : number + 2]).replace("#", " ").lower().split())
        for row in words["headers"]:
            spoken = next((phrase for phrase in row["words"] if phrase in after), None)
            if spoken is not None and spoken.split(" ", 1)[0] in line.lower():
                return str(row["license"]), observed(source, number, "code header", row["license"], "declared", line)
    return None, None


def _copied(source: str, lines: list[str]) -> tuple[Evidence, ...]:
    """One observation for each package that parts are said to be copied from."""
    found: dict[str, Evidence] = {}
    for number, line in enumerate(lines, 1):
        match = _COPIED.search(line[:500]) if "Copied from" in line else None
        if match and match[1] not in found and len(found) < _MOST_COPIED:
            found[match[1]] = observed(source, number, "copied from", match[1], "declared", line)
    return tuple(found.values())
