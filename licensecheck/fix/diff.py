"""Edits in, one patch out that `git apply` takes."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable

from .records import Edit

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def patch(edits: Iterable[Edit], prefix: str = "") -> str:
    """The unified diff of all edits; `prefix` is the way from the top of the repository to the folder, "" or `a/b/`.

    >>> print(patch([Edit("NOTICE", None, b"Words.")]), end="")
    diff --git a/NOTICE b/NOTICE
    new file mode 100644
    --- /dev/null
    +++ b/NOTICE
    @@ -0,0 +1 @@
    +Words.
    \\ No newline at end of file
    """
    return "".join(_one(edit, prefix + (edit.leads_to or edit.name)) for edit in edits)


def _one(edit: Edit, path: str) -> str:
    old, new = _quoted("a/" + path), _quoted("b/" + path)
    before = (edit.before or b"").decode("utf-8", "surrogateescape")
    lines = list(difflib.unified_diff(_lines(before), _lines(edit.after.decode("utf-8", "surrogateescape"))))[2:]
    head = f"diff --git {old} {new}\n"
    if edit.before is None:
        head += "new file mode 100644\n"
        old = "/dev/null"
    # As git does it: a tab ends a name that holds a space.
    ends = {name: "\t" if " " in name and not name.startswith('"') else "" for name in (old, new)}
    head += f"--- {old}{ends[old]}\n+++ {new}{ends[new]}\n"
    return head + "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends, as git sees them: only a line feed ends one."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _quoted(path: str) -> str:
    if path.isprintable() and not set(path) & set(_ESCAPES):
        return path
    return '"' + "".join(_ESCAPES.get(char, char if char.isprintable() else _octal(char)) for char in path) + '"'


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def prefix_of(home: str) -> str:
    """The way from the top of the git repository that a folder is in to the folder; "" where it is in none, or is its top."""
    real = os.path.realpath(home)
    top = real
    while not os.path.exists(os.path.join(top, ".git")):
        above = os.path.dirname(top)
        if above == top:
            return ""
        top = above
    way = os.path.relpath(real, top).replace(os.sep, "/")
    return "" if way == "." else way + "/"
