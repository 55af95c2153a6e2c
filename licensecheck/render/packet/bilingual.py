"""Two reports on the same thing in two languages in, one whose texts know both out, cleaned for being shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from licensecheck.render.terminal import safe

#: Longest line of a value that is shown; the JSON report has all of it.
LONGEST = 20_000


@dataclass(frozen=True)
class Both:
    """A text in both languages. In a template it becomes two spans, of which the page shows one."""

    en: str
    zh: str

    def __html__(self) -> Markup:
        return self.marked_up(escape)

    def marked_up(self, write: Callable[[str], Markup]) -> Markup:
        """The two spans, each text written by `write`; one text without spans where the languages agree."""
        if self.en == self.zh:
            return write(self.en)
        spans = Markup('<span class="en" lang="en">{}</span><span class="zh" lang="zh-Hans">{}</span>')
        return spans.format(write(self.en), write(self.zh))

    def __str__(self) -> str:
        return self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def format(self, **values: object) -> Both:
        """The text with its blanks filled, each language with its own words.

        >>> Both("of {name}", "属于 {name}").format(name=Both("a", "b"))
        Both(en='of a', zh='属于 b')
        """
        first = {key: value.en if isinstance(value, Both) else value for key, value in values.items()}
        second = {key: value.zh if isinstance(value, Both) else value for key, value in values.items()}
        return Both(self.en.format(**first), self.zh.format(**second))


def prose(text: object) -> Markup:
    """A sentence whose words between backticks are set as code.

    >>> prose("record it under `agreements` <b>")
    Markup('record it under <code>agreements</code> &lt;b&gt;')
    """
    if isinstance(text, Both):
        return text.marked_up(prose)
    parts = str(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def clean(text: str) -> str:
    """Printable text, line by line.

    >>> clean("a\\x1b[2J\\nb\\u202e")
    'a␛[2J\\nb�'
    """
    return "\n".join(safe(line, LONGEST) for line in text.replace("\r\n", "\n").split("\n"))


def twins(report: Any, other: Any) -> Any:
    """A report with the texts of the same report in the other language; one that says something else does not count."""
    ids = [[finding["id"] for finding in one["findings"]] for one in (report, other)]
    return paired(report, other if ids[0] == ids[1] else report)


def paired(first: Any, second: Any) -> Any:
    """Two values of the same shape as one: what differs becomes `Both`. Where the shapes part, the first counts.

    >>> paired({"a": ["x", "one"]}, {"a": ["x", "一"]})
    {'a': ['x', Both(en='one', zh='一')]}
    """
    if isinstance(first, str):
        one = clean(first)
        other = clean(second) if isinstance(second, str) else one
        return one if one == other else Both(one, other)
    if isinstance(first, dict):
        there = second if isinstance(second, dict) else {}
        return {clean(str(key)): paired(value, there.get(key, value)) for key, value in first.items()}
    if isinstance(first, list | tuple):
        others = second if isinstance(second, list | tuple) and len(second) == len(first) else first
        return [paired(one, other) for one, other in zip(first, others, strict=True)]
    return first
