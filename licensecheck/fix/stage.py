"""A folder in, a copy of it in which changes can be tried out: the same checks read the same things there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from types import TracebackType

from licensecheck.errors import UsageError
from licensecheck.harvest.texts import is_license_name, notice_kind
from licensecheck.render.files import LARGEST
from licensecheck.sources.folder import Folder
from licensecheck.sources.names import printable

#: Of a document that is larger the beginning is copied, and the size is kept: no check reads farther.
MOST = 2_000_000
_CARD = ("readme", "model_card", "model-card", "modelcard")
#: Of other files the beginning is enough, and of all of them together not more than this.
HEAD, HEADS = 64_000, 64_000_000
_DOCUMENTS = (".md", ".markdown", ".txt", ".json", ".yaml", ".yml", ".toml", ".rst", ".html", ".htm", ".py")


class Stage:
    """The copy. Paths lie in it as they do on disk, so that a manifest that extends one above it finds that too.

    `folder` is the one to be checked and changed, `home` the one it is a copy of; `also` are files outside it that are read along.
    """

    def __init__(self, home: str, also: Iterable[str] = ()) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="llm-licensecheck-")
        root = os.path.realpath(self._temporary.name)
        self.home = home
        self.folder = _mirrored(root, home)
        source = Folder(home)
        self._kept: dict[str, bytes | None] = {}
        #: What lies at the top of the folder, and what of it is no file to be read or written: links that leave, folders, pipes.
        self.present = tuple(sorted(os.listdir(home)))
        self._closed = frozenset(self.present) - frozenset(source.names)
        try:
            os.makedirs(self.folder, exist_ok=True)
            left = HEADS
            for name in source.names:
                limit = _limit(name, left)
                _copy(os.path.join(os.path.realpath(home), *name.split("/")), os.path.join(self.folder, *name.split("/")), limit)
                left -= 0 if limit >= MOST else limit
            for path in also:
                if os.path.isfile(path):
                    _copy(path, _mirrored(root, path))
        except OSError as error:
            self._temporary.cleanup()
            raise UsageError(f"{printable(home)}: cannot be copied to try the changes out: {error.strerror or error}") from error

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._temporary.cleanup()

    def names(self) -> list[str]:
        """What lies at the top, new files included."""
        return sorted({*self.present, *self._kept})

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def read(self, name: str) -> bytes | None:
        if name in self._closed:
            return None
        try:
            with open(self.path(name), "rb") as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Change a file at the top of the copy; `reset` undoes it."""
        if name in self._closed:
            raise UsageError(f"{printable(name)}: is not a file, or a link that leaves the folder: nothing is written there")
        self._kept.setdefault(name, self.read(name))
        with open(self.path(name), "wb") as stream:
            stream.write(data)

    def changes(self) -> Mapping[str, tuple[bytes | None, bytes]]:
        """What was written and differs: name → before, after."""
        now = {name: (before, self.read(name)) for name, before in self._kept.items()}
        return {name: (before, after) for name, (before, after) in sorted(now.items()) if after is not None and after != before}

    def reset(self) -> None:
        for name, before in self._kept.items():
            if before is None:
                os.unlink(self.path(name))
            else:
                self.write(name, before)
        self._kept.clear()


def _mirrored(root: str, path: str) -> str:
    _, tail = os.path.splitdrive(os.path.abspath(path))
    return os.path.join(root, tail.lstrip("/" + os.sep))


def _limit(name: str, left: int) -> int:
    """How much of a file is copied: what may be edited whole, or so much that it is seen to be too large for that."""
    base = name.rsplit("/", 1)[-1].lower()
    if "/" not in name and (base.startswith(_CARD) or notice_kind(base) is not None):
        return LARGEST + 1
    document = base.endswith(_DOCUMENTS) or "." not in base or is_license_name(base) or notice_kind(base) is not None
    return MOST if document else min(HEAD, left)


def _copy(source: str, target: str, limit: int = MOST) -> None:
    """The beginning of a regular file; the rest of a document is a hole of the same length."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(source, "rb") as stream:
        data = stream.read(limit)
        size = max(os.fstat(stream.fileno()).st_size, len(data)) if limit >= MOST else len(data)
    with open(target, "wb") as stream:
        stream.write(data)
        stream.truncate(size)
