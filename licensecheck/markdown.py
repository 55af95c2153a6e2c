"""Markdown in, the same text with code blocks and comments blanked out: every character and line stays in its place."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def blanked(text: str) -> str:
    """What a reader of the rendered page takes for prose; the rest is spaces.

    https://spec.commonmark.org/0.31.2/#fenced-code-blocks

    >>> blanked("a\\n```\\nb\\n```\\nc<!-- d -->")
    'a\\n   \\n \\n   \\nc          '
    """
    if "```" in text or "~~~" in text:
        text = "\n".join(_without_code(text.split("\n")))
    return _COMMENT.sub(_spaces, text) if "<!--" in text else text


def _without_code(lines: list[str]) -> list[str]:
    kept = []
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
            kept.append(" " * len(line))
        elif match and not (match[1][0] == "`" and "`" in match[2]):
            fence = match[1]
            kept.append(" " * len(line))
        else:
            kept.append(line)
    return kept


def _spaces(match: re.Match[str]) -> str:
    return "\n".join(" " * len(line) for line in match.group().split("\n"))
