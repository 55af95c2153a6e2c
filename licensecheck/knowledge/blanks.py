"""Sentences with `{word}` in them and what the words stand for in, the sentences filled in out, and every word that nobody defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .shape import Context, Path, nearest

#: Defined for every licence: `publisher` by its file, the others when a report is written.
ALWAYS = ("component", "subject", "publisher")


def substitute(value: Any, replacements: Mapping[str, str]) -> Any:
    """Every `{word}` of the licence's `words` replaced in all strings below `value`."""
    if isinstance(value, str):
        if "{" in value:
            for name, replacement in replacements.items():
                value = value.replace("{" + name + "}", replacement)
        return value
    if isinstance(value, list):
        return [substitute(item, replacements) for item in value]
    if isinstance(value, dict):
        return {key: substitute(item, replacements) for key, item in value.items()}
    return value


def check_blanks(value: object, defined: Mapping[str, str], context: Context) -> None:
    """Every `{word}` below `value` must be defined."""
    known = (*defined, *ALWAYS)
    for name, path in _blanks(value, ()):
        if name not in known:
            context.problem(path, f"the word `{{{name}}}` is not defined{nearest(name, known)}")


def _blanks(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    """Every word in braces, with the place of the string that holds it."""
    if isinstance(value, str) and "{" in value:
        for piece in value.split("{")[1:]:
            name, end, _ = piece.partition("}")
            if end:
                yield name, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _blanks(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _blanks(item, (*path, key))
