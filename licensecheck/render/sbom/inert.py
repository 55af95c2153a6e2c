"""Text of strangers in, text out that no format, terminal or reader takes for anything but text."""

from __future__ import annotations

import re

from licensecheck.sources.names import printable

#: characters of one value, and of one line of a licence text
_MOST, _MOST_LINE = 300, 20_000
#: The marks around a text in SPDX's tag-value form: the only thing in it that could end a value early.
_MARK = re.compile(r"<(/?)text>", re.IGNORECASE)
#: Values that SPDX, or the readers of its tag-value form, take for something else than text: the words for nothing, actors, checksums,
#: moments, and the names of tags.
_TAKEN = re.compile(
    r"NONE|NOASSERTION|(?:Tool|Organization|Person|ADLER32|BLAKE[\w-]+|MD\d|SHA[\d-]+):.*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ.*"
    r"|(?:SPDX|Annotation|Annotator|Artifact|Attribution|Built|Created|Creator|Data|Document|External|Extracted|File|License|Other|Package"
    r"|Primary|Relationship|Release|Review|Snippet|ValidUntil)\w*",
    re.DOTALL,
)


def line(text: object, most: int = _MOST) -> str:
    """One line, bounded, without controls or signs that turn text round.

    >>> line("a\\nSPDXID: b"), line("<text>x</text>"), line("NONE")
    ('a\\\\nSPDXID: b', '&lt;text>x&lt;/text>', "'NONE'")
    """
    return quoted(unmarked(printable(str(text).strip(), most)))


def paragraphs(text: str) -> str:
    """A text of many lines: lines and tabs stay, other controls become visible.

    >>> paragraphs("a\\r\\n\\tb\\x1b[0m\\n")
    'a\\n\\tb\\\\x1b[0m'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return quoted(unmarked("\n".join("\t".join(printable(part, _MOST_LINE) for part in one.split("\t")) for one in lines)))


def quoted(text: str) -> str:
    """In quotes, if a reader could take it for more than text."""
    return f"'{text}'" if _TAKEN.fullmatch(text) else text


def unmarked(text: str) -> str:
    """The marks of the tag-value form, made harmless."""
    return _MARK.sub(r"&lt;\1text>", text) if "<" in text else text


def slug(text: str, most: int = 80) -> str:
    """Letters, digits, dots and hyphens only: what identifiers of SPDX may hold.

    >>> slug("acme/Tiny 8B++"), slug("模型")
    ('acme-Tiny-8B', '')
    """
    return re.sub(r"[^A-Za-z0-9.]+", "-", text)[:most].strip("-.")
