"""Untrusted values in, Markdown and plain text out in which they can be nothing but text."""

from __future__ import annotations

from .terminal import safe

_SPECIAL = "\\`*[]{}~|$"
#: What makes a heading, a list or a rule of a line that it begins, or begins after a number.
_LEADING = "#+-=.)"
_HUB = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def plain(value: object, limit: int = 200) -> str:
    """One line of printable text.

    >>> plain("a\\x1b[0m\\n<!-- x -->")
    'a [0m <!-- x -->'
    """
    return " ".join(safe("".join(" " if ord(char) < 32 or char == "\x7f" else char for char in str(value)), limit).split())


def escaped(value: object, limit: int = 200) -> str:
    """Markdown that shows the value as it is: no mark-up, no HTML, no address that becomes a link by itself.

    >>> escaped("<b>x_y *z* [a](http://b)</b>")
    '&lt;b&gt;x_y \\\\*z\\\\* \\\\[a\\\\](http\\\\://b)&lt;/b&gt;'
    """
    text = plain(value, limit)
    out: list[str] = []
    number = len(text) - len(text.lstrip("0123456789"))
    for index, char in enumerate(text):
        inner = 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()
        if char in _SPECIAL or (char == "_" and not inner) or (index == number and char in _LEADING):
            out.append("\\" + char)
        else:
            out.append({"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(char, char))
    return "".join(out).replace("://", "\\://").replace("@", "\\@").replace("www.", "www\\.")


def code(value: object, limit: int = 200) -> str:
    """A code span, whatever the value holds.

    >>> code("LICENSE"), code("a`b")
    ('`LICENSE`', '``a`b``')
    """
    text = plain(value, limit).replace("<!--", "<! --")
    longest = run = 0
    for char in text:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def is_hub_id(identifier: str) -> bool:
    """Could it be `organisation/name` on the Hub?

    >>> is_hub_id("acme/tiny"), is_hub_id("./tiny")
    (True, False)
    """
    parts = identifier.split("/")
    return len(identifier) <= 200 and len(parts) == 2 and all(part and set(part) <= _HUB and part[0] not in "._-" for part in parts)


def link(identifier: str, kind: str) -> str:
    """The id, linked to its page on the Hub if it is a model's or data set's id there.

    >>> link("acme/tiny", "model"), link("acme", "model")
    ('[acme/tiny](https://huggingface.co/acme/tiny)', 'acme')
    """
    if not is_hub_id(identifier) or kind not in ("model", "dataset"):
        return escaped(identifier)
    return f"[{escaped(identifier)}](https://huggingface.co/{'datasets/' if kind == 'dataset' else ''}{identifier})"
