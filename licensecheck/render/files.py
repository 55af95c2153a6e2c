"""Text and a path in, a file out: written whole or not at all, and changed only between its markers."""

from __future__ import annotations

import os
import stat
from typing import Literal

from licensecheck.errors import UsageError

from .prose import end_of, prose
from .terminal import safe

Style = Literal["markdown", "rst", "latex", "html", "hash"]
_ENDINGS: dict[str, Style] = {".md": "markdown", ".markdown": "markdown", ".rst": "rst", ".tex": "latex", ".html": "html", ".htm": "html"}
#: A comment of each mark-up. In RST it is one only where empty lines part it from what it is not.
_COMMENTS = {"markdown": "<!-- {} -->", "html": "<!-- {} -->", "rst": ".. {}", "latex": "% {}", "hash": "# {}"}
#: Larger files are not documents that somebody edits.
LARGEST = 16 * 1024 * 1024


def write_whole(path: str, data: bytes, root: str | None = None) -> None:
    """Replace `path` in one step, keeping its mode; a link is followed only inside `root` (default: the file's folder)."""
    real = _inside(path, root)
    folder, name = os.path.split(real)
    mode = _mode(real)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, real)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise UsageError(f"{safe(path)}: cannot be written: {error.strerror or error}") from error


def read_editable(path: str, root: str | None = None) -> str | None:
    """The text of a file that may be edited, line ends and all; None if there is no such file."""
    real = _inside(path, root)
    if _mode(real) is None:
        return None
    try:
        with open(real, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{safe(path)}: cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise UsageError(f"{safe(path)}: too large to be edited: print the text and paste it")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{safe(path)}:{line}: not UTF-8: convert the file, or print the text and paste it") from error


def _inside(path: str, root: str | None) -> str:
    home = os.path.realpath(root if root is not None else os.path.dirname(path) or ".")
    real = os.path.realpath(path)
    if os.path.commonpath([home, real]) != home:
        raise UsageError(f"{safe(path)}: is a link that leaves {safe(home)}: nothing is written there")
    return real


def _mode(real: str) -> int | None:
    """Permissions of a regular file; None if there is none yet."""
    try:
        status = os.stat(real)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{safe(real)}: {error.strerror or error}") from error
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{safe(real)}: not a regular file: nothing is written there")
    return stat.S_IMODE(status.st_mode)


def style_of(path: str) -> Style:
    """The markers that fit a file.

    >>> style_of("README.md"), style_of("NOTICE"), style_of("report.TEX")
    ('markdown', 'hash', 'latex')
    """
    return _ENDINGS.get(os.path.splitext(path)[1].lower(), "hash")


def markers(name: str, style: Style) -> tuple[str, str]:
    """The two lines that a generated section stands between.

    >>> markers("notice", "hash")
    ('# llm-licensecheck:begin notice', '# llm-licensecheck:end notice')
    """
    form = _COMMENTS[style]
    return form.format(f"llm-licensecheck:begin {name}"), form.format(f"llm-licensecheck:end {name}")


def between_markers(existing: str, name: str, body: str, style: Style, path: str = "") -> str:
    """`existing` with `body` between its markers, or behind everything else where there are none; the rest stays byte for byte.

    >>> between_markers("# Notes", "notice", "Words.", "hash")
    '# Notes\\n\\n# llm-licensecheck:begin notice\\nWords.\\n# llm-licensecheck:end notice\\n'
    """
    begin, end = markers(name, style)
    if any(line.strip() in (begin, end) for line in body.split("\n")):
        raise UsageError(f"{safe(path or name)}: the text to be written holds the marker {begin!r} or {end!r}: nothing is written")
    lines = _lines(existing)
    spot = _markers_at(lines, begin, end, style, path or name)
    windows = lines[spot[0]].endswith("\r\n") if spot else existing.count("\r\n") * 2 > existing.count("\n")
    newline = "\r\n" if windows else "\n"
    text = body.replace("\r\n", "\n").strip("\n").replace("\n", newline) + newline
    if style == "rst":
        text = newline + text + newline
    if spot is not None:
        return "".join(lines[: spot[0] + 1]) + text + "".join(lines[spot[1] :])
    last = end_of(lines, style, path or name)
    before, behind = "".join(lines[:last]), "".join(lines[last:])
    gap = "" if not before.strip("\ufeff") else newline if before.endswith("\n") else newline * 2
    if before.endswith(newline * 2):
        gap = ""
    return before + gap + begin + newline + text + end + newline + behind


def body_of(existing: str, name: str, style: Style, path: str = "") -> str | None:
    """What stands between the markers; None where there are none."""
    begin, end = markers(name, style)
    lines = _lines(existing)
    spot = _markers_at(lines, begin, end, style, path or name)
    return None if spot is None else "".join(lines[spot[0] + 1 : spot[1]])


def without_section(existing: str, name: str, style: Style, path: str = "") -> str:
    """What a person wrote: everything but what stands between the markers."""
    lines = _lines(existing)
    spot = _markers_at(lines, *markers(name, style), style, path or name)
    return existing if spot is None else "".join(lines[: spot[0] + 1] + lines[spot[1] :])


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends a line."""
    return [line + "\n" for line in text.split("\n")[:-1]] + ([text[text.rfind("\n") + 1 :]] if not text.endswith("\n") else [])


def _markers_at(lines: list[str], begin: str, end: str, style: Style, path: str) -> tuple[int, int] | None:
    begins: list[int] = []
    ends: list[int] = []
    for index, line in prose(lines, style, path):
        bare = line.strip("\ufeff \t\r\n")
        if bare == begin:
            begins.append(index)
        elif bare == end:
            ends.append(index)
    if not begins and not ends:
        return None
    where = sorted(begins + ends)[0] + 1
    if len(begins) > 1 or len(ends) > 1:
        again = (begins[1:2] or ends[1:2])[0] + 1
        raise UsageError(f"{safe(path)}:{again}: this marker stands here a second time: keep one section and delete the other")
    if not ends:
        raise UsageError(f"{safe(path)}:{where}: the section begins here and never ends: add the line {end!r}, or delete this one")
    if not begins or begins[0] > ends[0]:
        raise UsageError(f"{safe(path)}:{where}: the section ends here and has no beginning: add the line {begin!r}, or delete this one")
    return begins[0], ends[0]
