"""Markdown in, its prose (code and comments blanked out, every line in its place) and its code blocks out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"


@lru_cache(maxsize=4)  # one document is searched for several things
def blanked(text: str) -> str:
    """What a reader of the rendered page takes for prose; the rest is spaces.

    https://spec.commonmark.org/0.31.2/#fenced-code-blocks

    >>> blanked("a\\n```\\nb\\n```\\nc<!-- d -->")
    'a\\n   \\n \\n   \\nc          '
    """
    if "```" in text or "~~~" in text:
        text = "\n".join(_without_code(text.split("\n")))
    return re.sub(_COMMENT, _spaces, text) if "<!--" in text else text


def fenced(text: str) -> Iterator[tuple[int, str, str]]:
    """Each fenced code block: the number of its first line, the word after the fence, and what stands in it.

    >>> list(fenced("a\\n```yaml\\nb: 1\\n```"))
    [(3, 'yaml', 'b: 1')]
    """
    lines = text.split("\n")
    start, fence, word = 0, "", ""
    for number, line in enumerate(lines, 1):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if match is None:
            continue
        if not fence:
            start, fence, word = number, match[1], match[2].strip().lower()
        elif match[1].startswith(fence) and not match[2].strip():
            yield start + 1, word, "\n".join(lines[start : number - 1])
            fence = ""


def _without_code(lines: list[str]) -> list[str]:
    kept = []
    fence = ""
    for line in lines:
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
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
