"""A value with line numbers and a table in, problems out: closed keys, types and the nearest right word."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from licensecheck.errors import Problem

Path = tuple[str | int, ...]


class Key(NamedTuple):
    """What a key may hold: a check of the value, and whether the key must be there."""

    check: Check
    required: bool = False


class Context:
    """Adds what is wrong with one file to `problems`; `vocabulary` holds the closed lists that words are checked against."""

    def __init__(self, source: str, lines: Mapping[Path, int], vocabulary: Mapping[str, frozenset[str]], problems: list[Problem]) -> None:
        self.source = source
        self.lines = lines
        self.vocabulary = vocabulary
        self.problems = problems

    def problem(self, path: Path, message: str) -> None:
        line = next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)
        where = breadcrumb(path)
        self.problems.append(Problem(self.source, line, f"{where}: {message}" if where else message))


Check = Callable[[object, Path, Context], None]


def breadcrumb(path: Path) -> str:
    """A path of keys as a person writes it.

    >>> breadcrumb(("clauses", 1, "when"))
    'clauses[1].when'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(word: str, words: Iterable[str]) -> str:
    """The hint that ends a message about an unknown word."""
    from difflib import get_close_matches

    known = sorted(words)
    close = get_close_matches(word, known, 1, 0.6)
    if close:
        return f"; did you mean `{close[0]}`?"
    return f"; one of {', '.join(known)}" if 0 < len(known) <= 12 else ""


def text(value: object, path: Path, context: Context) -> None:
    if not isinstance(value, str) or not value.strip():
        context.problem(path, f"a text is wanted, not {_name(value)} (quote numbers, dates, yes and no)")


def flag(value: object, path: Path, context: Context) -> None:
    if not isinstance(value, bool):
        context.problem(path, f"true or false is wanted, not {_name(value)}")


def number(value: object, path: Path, context: Context) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        context.problem(path, f"a number is wanted, not {_name(value)}")


def date(value: object, path: Path, context: Context) -> None:
    if not isinstance(value, datetime.date):
        context.problem(path, f"a date such as 2024-07-23 is wanted, not {_name(value)}")


def word(vocabulary: str) -> Check:
    """One word of a closed list."""

    def check(value: object, path: Path, context: Context) -> None:
        words = context.vocabulary[vocabulary]
        if not isinstance(value, str):
            context.problem(path, f"one of the {vocabulary} is wanted, not {_name(value)}")
        elif value not in words:
            context.problem(path, f"unknown {vocabulary} `{value}`{nearest(value, words)}")

    return check


def one_of(*words: str) -> Check:
    def check(value: object, path: Path, context: Context) -> None:
        if value not in words:
            context.problem(path, f"`{value}` is not one of {', '.join(words)}{nearest(str(value), words)}")

    return check


def many(item: Check) -> Check:
    def check(value: object, path: Path, context: Context) -> None:
        if not isinstance(value, list):
            context.problem(path, f"a list is wanted, not {_name(value)}")
            return
        for index, element in enumerate(value):
            item(element, (*path, index), context)

    return check


def some(item: Check) -> Check:
    """A list that is not empty."""

    def check(value: object, path: Path, context: Context) -> None:
        many(item)(value, path, context)
        if value == []:
            context.problem(path, "at least one is wanted")

    return check


def record(keys: Mapping[str, Key]) -> Check:
    """A mapping with closed keys."""

    def check(value: object, path: Path, context: Context) -> None:
        if not isinstance(value, dict):
            context.problem(path, f"a mapping is wanted, not {_name(value)}")
            return
        for name, element in value.items():
            if name not in keys:
                context.problem((*path, name), f"unknown key{nearest(name, keys)}")
            else:
                keys[name].check(element, (*path, name), context)
        for name, key in keys.items():
            if key.required and name not in value:
                context.problem(path, f"`{name}` is missing")

    return check


def mapping(item: Check) -> Check:
    """A mapping with free keys."""

    def check(value: object, path: Path, context: Context) -> None:
        if not isinstance(value, dict):
            context.problem(path, f"a mapping is wanted, not {_name(value)}")
            return
        for name, element in value.items():
            item(element, (*path, name), context)

    return check


#: A sentence in the languages of the reports.
words = record({"en": Key(text, True), "zh": Key(text, True)})


def anything(value: Any, path: Path, context: Context) -> None:
    """Checked elsewhere."""


def _name(value: object) -> str:
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: f"the text `{value}`", list: "a list", dict: "a mapping"}
    return kinds.get(type(value), f"a {type(value).__name__}")
