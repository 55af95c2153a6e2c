"""A folder on disk in, its files as bounded, safe reads out."""

from __future__ import annotations

import os
from collections.abc import Mapping

from licensecheck.errors import InputError, Problem, UsageError
from licensecheck.sources.names import printable
from licensecheck.sources.reading import TextFile, read_bytes, read_text
from licensecheck.sources.walk import Walker

MAX_TEXT = 1_000_000
#: For all files of a folder together; whatever comes after that is cut to its share, and says so by `truncated`.
MAX_TEXTS = 8_000_000
SHARE = 32_000


class Folder:
    """The regular files below `root`; links out of it, devices, pipes and hidden folders are not among them.

    `notes` has one line for each thing that was not looked at. Names may hold any character: show them with `printable`.
    """

    def __init__(self, root: str, sizes: Mapping[str, int] | None = None) -> None:
        _check_is_folder(root)
        self.root = root
        #: bytes of the whole, for files of which only the beginning is here
        self.sizes: Mapping[str, int] = sizes or {}
        try:
            self._paths, self.notes = Walker(root).walk()
        except OSError as error:
            raise UsageError(f"{printable(root)}: the folder can't be opened: {error.strerror or error}") from None
        self.names = tuple(self._paths)
        self._texts: dict[tuple[str, int], TextFile] = {}
        self._left = MAX_TEXTS

    def has(self, name: str) -> bool:
        return name in self._paths

    def read(self, name: str, limit: int = MAX_TEXT) -> TextFile:
        """The text of one of `names`, at most `limit` bytes of it. InputError if it can't be read."""
        known = self._texts.get((name, limit))
        if known is None:
            try:
                known = read_text(self._paths[name], name, min(limit, max(self._left, SHARE)))
            except OSError as error:
                raise self._unreadable(name, error) from None
            self._texts[name, limit] = known
            self._left -= len(known.data)
        return known

    def path(self, name: str) -> str:
        """Where one of `names` lies, for readers of binary headers."""
        return self._paths[name]

    def head(self, name: str, n: int) -> bytes:
        """The first `n` bytes of one of `names`, or all if there are fewer."""
        try:
            return read_bytes(self._paths[name], n)[0]
        except OSError as error:
            raise self._unreadable(name, error) from None

    def size(self, name: str) -> int:
        try:
            return os.lstat(self._paths[name]).st_size
        except OSError as error:
            raise self._unreadable(name, error) from None

    def files_read(self) -> tuple[TextFile, ...]:
        """Every file whose text was read so far, in the order of reading."""
        return tuple(self._texts.values())

    def shown(self, name: str) -> str:
        """The path of a file as the user would write it."""
        return beside(self.root, name)

    def _unreadable(self, name: str, error: OSError) -> InputError:
        return InputError([Problem(printable(self.shown(name)), None, f"can't be read: {error.strerror or error}")])


def beside(root: str, name: str) -> str:
    """`root` and `name` joined the way people write it: nothing in front of what lies in the current folder.

    >>> beside(".", "README.md"), beside("models/a/", "README.md")
    ('README.md', 'models/a/README.md')
    """
    return name if root in ("", ".", "./") else os.path.join(root, name)


def _check_is_folder(root: str) -> None:
    try:
        if os.path.isdir(root):
            return
        exists = os.path.lexists(root)
    except ValueError:  # a NUL in the path
        exists = False
    if exists:
        raise UsageError(f"{printable(root)} is not a folder: name the folder it lies in")
    near = _near(root)
    raise UsageError(f"{printable(root)}: no such folder" + (f"; did you mean {printable(near)}?" if near else ""))


def _near(root: str) -> str | None:
    from difflib import get_close_matches

    parent, name = os.path.split(root.rstrip("/" + os.sep))
    try:
        with os.scandir(parent or ".") as found:
            folders = sorted(entry.name for entry, _ in zip(found, range(1_000), strict=False) if entry.is_dir())
    except (OSError, ValueError):
        return None
    matches = get_close_matches(name, folders, 1)
    return os.path.join(parent, matches[0]) if matches else None
