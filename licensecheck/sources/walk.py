"""A folder in, the regular files below it out, with a note for whatever was not looked at."""

from __future__ import annotations

import os
from itertools import islice

from licensecheck.sources.names import printable

MAX_DEPTH = 4
MAX_ENTRIES = 5_000
_MAX_LISTED = 100_000
_MAX_NOTES = 20
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_DOCUMENTS = (".md", ".txt", ".json", ".yaml", ".yml", ".toml", ".rst", ".html", ".gguf", ".safetensors")


class Walker:
    """Breadth first, so that the files next to the root are never crowded out by those below."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.allowed = _allowed(self.root)
        self.files: dict[str, str] = {}
        self.notes: list[str] = []
        self.seen = 0
        self.full = False

    def walk(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """Posix-relative names of regular files with the path to open each at, and one line for each thing left out."""
        level = [""]
        for _ in range(MAX_DEPTH + 1):
            level = [below for folder in level if not self.full for below in self.enter(folder)]
        notes = self.notes[:_MAX_NOTES]
        if len(self.notes) > _MAX_NOTES:
            notes.append(f"{len(self.notes) - _MAX_NOTES:,} more links and files like these were not looked at")
        if self.full:
            notes.append(f"more than {MAX_ENTRIES:,} entries: the rest was not looked at")
        elif len(level) == 1:
            notes.append(f"1 folder below {MAX_DEPTH} levels of folders: not looked at")
        elif level:
            notes.append(f"{len(level):,} folders below {MAX_DEPTH} levels of folders: not looked at")
        return {name: self.files[name] for name in sorted(self.files)}, tuple(notes)

    def enter(self, folder: str) -> list[str]:
        """Takes in one folder; the folders in it are returned."""
        try:
            with os.scandir(os.path.join(self.root, folder) if folder else self.root) as found:
                entries = list(islice(found, _MAX_LISTED))
        except OSError as error:
            if not folder:
                raise
            self.notes.append(f"{printable(folder)} can't be opened: {error.strerror or error}")
            return []
        entries.sort(key=lambda entry: entry.name)
        room = MAX_ENTRIES - self.seen
        if len(entries) > room:
            self.full = True
            entries.sort(key=lambda entry: not entry.name.lower().endswith(_DOCUMENTS) and "." in entry.name)
        self.seen += len(entries)
        below: list[str] = []
        for entry in entries[:room]:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if self.take(entry, name):
                below.append(name)
        return below

    def take(self, entry: os.DirEntry[str], name: str) -> bool:
        """Keeps a file, notes what is not one; true for a folder to enter."""
        try:
            if entry.is_symlink():
                self.link(name, entry.path)
            elif entry.is_dir(follow_symlinks=False):
                return not entry.name.startswith(".") and entry.name not in _SKIPPED
            elif entry.is_file(follow_symlinks=False):
                self.files[name] = entry.path
            else:
                self.notes.append(f"{printable(name)} is not a regular file: not looked at")
        except OSError as error:
            self.notes.append(f"{printable(name)} can't be looked at: {error.strerror or error}")
        return False

    def link(self, name: str, path: str) -> None:
        target = os.path.realpath(path)
        arrow = f"{printable(name)} -> {printable(os.readlink(path))}"
        if not target.startswith(self.allowed):
            self.notes.append(f"link leaves the folder: {arrow}")
        elif os.path.isfile(target):
            self.files[name] = target
        elif os.path.isdir(target):
            self.notes.append(f"link to a folder not followed: {arrow}")
        elif not os.path.lexists(target) or os.path.islink(target):
            self.notes.append(f"link leads nowhere: {arrow}")
        else:
            self.notes.append(f"link to what is not a regular file: {arrow}")


def resolve_inside(real_root: str, path: str) -> str | None:
    """The path to open a file of a folder at, links followed; None if one leads out of the folder."""
    target = os.path.realpath(path)
    return target if target.startswith(_allowed(real_root)) else None


def _allowed(root: str) -> tuple[str, ...]:
    """Where the links of a folder may lead: into itself.

    A snapshot in the Hub's cache, <cache>/<repo>/snapshots/<sha>, consists of links into <repo>/blobs, or <cache>/blobs since hub 2.
    """
    snapshots, _ = os.path.split(root)
    repo, name = os.path.split(snapshots)
    if name != "snapshots" or not os.path.basename(repo).startswith(("models--", "datasets--", "spaces--")):
        return (_with_separator(root),)
    candidates = (os.path.join(repo, "blobs"), os.path.join(os.path.dirname(repo), "blobs"))
    # A folder that is itself a link could lead anywhere, so it does not count.
    return tuple(_with_separator(folder) for folder in (root, *candidates) if os.path.realpath(folder) == folder)


def _with_separator(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep
