"""Options that several commands share, and the two ways out: data to stdout, talk to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

import click

from licensecheck.errors import UsageError
from licensecheck.render.terminal import safe

Command = TypeVar("Command", bound=Callable[..., Any])
AS = ("public", "private", "service", "product", "internal")
LANGUAGES = ("en", "zh")
#: Widths of a text that goes to a file or a pipe.
DEFAULT_WIDTH = 100

set_option = click.option("--set", "sets", metavar="KEY=VALUE", multiple=True, help="A fact, as in licensecheck.yaml (repeatable).")
as_option = click.option("--as", "as_", type=click.Choice(AS), help="How it is released: shorthand for release.*.")
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the report.")
rules_option = click.option("--rules", metavar="DIR", help="Further rules: a folder laid out like the tool's own.")
evidence_option = click.option(
    "--evidence", "evidence", metavar="FILE", multiple=True, help="Provenance results to take into account (repeatable)."
)
offline_option = click.option("--offline", is_flag=True, help="Never use the network.")


def examine_options(command: Command) -> Command:
    """The options of a command that examines one target before it does its own work."""
    return as_option(set_option(lang_option(rules_option(offline_option(command)))))


def not_both(first: str, second: str, given: bool) -> None:
    """UsageError if two options that exclude one another are both given."""
    if given:
        raise UsageError(f"{first} and {second} exclude one another: choose one")


def put(text: str) -> None:
    """Results: to stdout, in UTF-8 whatever the locale says. A reader that has gone is no error."""
    _write(sys.stdout, text)


def say(text: str) -> None:
    """Progress and diagnostics: to stderr, line by line, without control characters."""
    _write(sys.stderr, "".join(safe(line, 2000) + "\n" for line in text.rstrip("\n").split("\n")))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.flush()
        stream.buffer.write(text.encode("utf-8", "backslashreplace"))
        stream.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def flush() -> None:
    """Whatever others have written; a reader that has gone is no error."""
    from contextlib import suppress

    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def colour_and_width() -> tuple[bool, int]:
    """Colours only for a person at a terminal who has not declined them."""
    if not sys.stdout.isatty():
        return False, _columns() or DEFAULT_WIDTH
    width = _columns()
    try:
        width = width or os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        width = 0
    return "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb", width or DEFAULT_WIDTH


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() else 0


def folder(target: str) -> str:
    """The folder that a target names: itself, or the one that the model's own file lies in.

    A model file or a Hub id is not read yet: one line says what to do instead.
    """
    if os.path.isdir(target):
        return target
    name = os.path.basename(target).lower()
    if os.path.isfile(target):
        if name.startswith(("readme", "license", "licence", "notice")) or name.endswith((".md", ".yaml", ".yml", ".json", ".toml", ".txt")):
            return os.path.dirname(target) or "."
        raise UsageError(f"{target}: is a file: give the folder that holds the model")
    if os.path.lexists(target):
        raise UsageError(f"{target}: is neither a folder nor a file that can be read: give the folder that holds the model")
    from licensecheck.hub.target import download, parse

    named = None if target.startswith((".", "/", "~")) else parse(target)
    if named is not None:
        raise UsageError(f"{target}: no such folder; this command wants one: {download(named)}, then give that folder")
    raise UsageError(f"{target}: no such folder")
