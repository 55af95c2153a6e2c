"""Edits and a folder in, the folder with all of them or none out; killed at any point, every file is the old one or the new one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence

from licensecheck.errors import UsageError
from licensecheck.sources.names import printable

from .records import Edit

_LEFT = re.compile(r"\.(?P<name>.+)\.llm-licensecheck-(?P<pid>\d+)\.tmp")


def apply(edits: Sequence[Edit], home: str) -> None:
    """Write everything beside its place first, then put one after the other in place; what fails is taken back."""
    targets = {edit.name: _target(edit, home) for edit in edits}
    _sweep(targets.values())
    staged: list[tuple[Edit, str, str]] = []
    done: list[Edit] = []
    try:
        for edit in edits:
            staged.append((edit, _beside(targets[edit.name]), targets[edit.name]))
            _write(*staged[-1])
        for edit, temporary, target in staged:
            _unchanged(edit, target)
            os.replace(temporary, target)
            done.append(edit)
        for folder in {os.path.dirname(target) for target in targets.values()}:
            _settle(folder)
    except BaseException as error:
        _discard([temporary for _, temporary, _ in staged])
        undo(done, home)
        if isinstance(error, OSError):
            raise UsageError(f"{printable(home)}: cannot be written, so nothing was changed: {error.strerror or error}") from error
        raise


def undo(edits: Sequence[Edit], home: str) -> None:
    """The files as they were before; one that has been changed since stays as it is."""
    for edit in reversed(edits):
        target = _target(edit, home)
        if _read(target) != edit.after:
            continue
        if edit.before is None:
            os.unlink(target)
        else:
            temporary = _beside(target)
            _write(edit._replace(after=edit.before), temporary, target)
            os.replace(temporary, target)


def _target(edit: Edit, home: str) -> str:
    """Where the file lies, links followed; never outside the folder, never anything but a file."""
    path, root = os.path.join(home, edit.name), os.path.realpath(home)
    real = os.path.realpath(path)
    if os.path.commonpath([root, real]) != root or os.path.dirname(edit.name):
        raise UsageError(f"{printable(path)}: is a link that leaves the folder: nothing is written there")
    if os.path.lexists(real) and not stat.S_ISREG(os.lstat(real).st_mode):
        raise UsageError(f"{printable(path)}: not a regular file: nothing is written there")
    return real


def _beside(target: str) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.llm-licensecheck-{os.getpid()}.tmp")


def _write(edit: Edit, temporary: str, target: str) -> None:
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(edit.after)
        stream.flush()
        os.fsync(stream.fileno())
    if edit.before is not None:
        os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))


def _unchanged(edit: Edit, target: str) -> None:
    if _read(target) != edit.before:
        raise UsageError(f"{printable(target)}: was changed by somebody else in the meantime, so nothing was written: run it again")


def _read(target: str) -> bytes | None:
    try:
        with open(target, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _discard(temporaries: Sequence[str]) -> None:
    for temporary in temporaries:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _settle(folder: str) -> None:
    """New names reach the disk too, where the system can be asked for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(targets: object) -> None:
    """What a run that was killed left behind, as long as that run is no longer there."""
    wanted = {os.path.split(target) for target in targets}  # type: ignore[attr-defined]
    for folder in {folder for folder, _ in wanted}:
        for entry in os.listdir(folder):
            match = _LEFT.fullmatch(entry)
            if match and (folder, match["name"]) in wanted and not _alive(int(match["pid"])):
                os.unlink(os.path.join(folder, entry))


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return False
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
