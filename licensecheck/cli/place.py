"""A rendered document in, what becomes of it out: printed, written between its markers and read back, or compared."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from licensecheck.cli.common import Command, not_both, put, say
from licensecheck.errors import LicenseCheckError, UsageError

templates_option = click.option("--templates", metavar="DIR", help="Your own templates, called like the shipped ones; see docs/notices.md.")


def place_options(command: Command) -> Command:
    write = click.option("--write", is_flag=True, help="Put it in place, between markers; the rest of the file stays as it is.")
    check = click.option("--check", is_flag=True, help="Exit with 1 if the file differs from what --write would give.")
    return write(check(command))


class IncompleteError(LicenseCheckError):
    """What was written does not hold what had to be written."""

    exit_code = 2


def place_document(
    name: str,
    render: Callable[[str], str],
    missing: Callable[[str], list[str]],
    *,
    path: str,
    home: str,
    write: bool,
    check: bool,
    again: str = "",
    nothing: str = "nothing is owed here",
) -> int:
    """`render` is given the document as it is, `missing` names the required words that a text lacks.

    `again` are the options to repeat when it is out of date, `nothing` says why there is nothing to write.
    """
    from licensecheck.render.files import read_editable, write_whole

    not_both("--write", "--check", write and check)
    root = home if _inside(path, home) else None
    existing = read_editable(path, root) if write or check else _peek(path, root)
    body = render(existing or "")
    if not body:
        say(f"{name}: {nothing}, so nothing is written")
        return 0
    if not write and not check:
        _complete(missing(f"{existing or ''}\n{body}"), name, "rendered")
        put(body)
        return 0
    wanted = _wanted(existing or "", name, body, path, missing)
    _complete(missing(wanted), name, "rendered")
    if wanted == existing:
        if write:
            say(f"{path}: up to date")
        return 0
    if check:
        command = name.partition("-")[0]
        say(f"{os.path.basename(path)} is out of date: llm-licensecheck {command}{again} --write{shown_target(home)}")
        return 1
    write_whole(path, wanted.encode("utf-8"), root)
    _complete(missing(read_editable(path, root) or ""), path, "written")
    say(f"{path}: {'written' if existing is None else 'updated'}")
    return 0


def _complete(lacking: list[str], name: str, done: str) -> None:
    if lacking:
        raise IncompleteError(f"{name}: what was {done} lacks {lacking[0]!r}, which has to stand there")


def _wanted(existing: str, name: str, body: str, path: str, missing: Callable[[str], list[str]]) -> str:
    """A notice file kept by hand that has every sentence is as good as ours."""
    from licensecheck.render.files import between_markers, body_of, style_of

    style = style_of(path)
    if name == "notice" and existing and body_of(existing, name, style, path) is None and not missing(existing):
        return existing
    return between_markers(existing, name, body, style, path)


def _peek(path: str, root: str | None) -> str | None:
    """For printing only: a file that cannot be edited is no reason not to print."""
    from licensecheck.render.files import read_editable

    try:
        return read_editable(path, root)
    except UsageError:
        return None


def _inside(path: str, home: str) -> bool:
    return os.path.commonpath([os.path.abspath(path), os.path.abspath(home)]) == os.path.abspath(home)


def shown_target(home: str) -> str:
    from licensecheck.render.blocks import quoted

    return "" if home == "." else " " + quoted(home)
