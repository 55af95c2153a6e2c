"""A card without a licence field in, the words that say under which licence the whole is offered out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from licensecheck.evidence import observed
from licensecheck.markdown import blanked
from licensecheck.report import Evidence

from .documents import Document, is_skipped, is_written_here

#: compiled where they are used: most cards have the field
_BADGE = r"img\.shields\.io/badge/([^-/\s]{1,40})-((?:[^-\s()\"'?/]|--){1,60})-"
_FIELD = r"[ \t]*(?:[-*+][ \t]+)?\|?[ \t*_]{0,6}([^\W\d_][^:：|*_\n]{0,24}?)[ \t*_]{0,4}[:：|][ \t*_]{0,4}([^|\n]{1,160})"
_HEADING = r"#{1,6}[ \t]+[^\w\n]{0,8}([^\n]{1,40}?)[\W_]{0,8}$"
_MOST, _MOST_WORDS, _BELOW = 5, 90, 4


def licenses_offered(document: Document, words: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """What a section, a field, a badge or a sentence names for the project as a whole, as written; nothing of its code or data."""
    found: list[Evidence] = []
    lowered = document.content.lower()
    if not any(word in lowered for word in words["fields"]):
        return ()
    written = document.content.split("\n")
    starts = _starts(written)
    for number, value in _values(blanked(document.content).split("\n"), words):
        at = starts[number]
        if value and len(found) < _MOST and not is_skipped(document, at) and not is_written_here(document, at):
            found.append(observed(document.source, number + 1, "offered", value[:_MOST_WORDS], "prose", written[number]))
    return tuple(found)


def _starts(lines: Sequence[str]) -> list[int]:
    at, starts = 0, []
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _values(lines: Sequence[str], words: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Line (0-based) and words, in the order of the lines."""
    badge, field, heading = re.compile(_BADGE, re.I), re.compile(_FIELD), re.compile(_HEADING)
    section = -1
    for number, line in enumerate(lines):
        if len(line) > 2_000:
            continue
        lowered = line.lower()
        title = heading.match(lowered)
        if title:
            section = number if title[1].strip() in words["headings"] else -1
            continue
        yield from ((number, _unescaped(match[2])) for match in badge.finditer(line) if unquote(match[1]).lower() in words["fields"])
        named = field.match(line)
        within = section >= 0 and number - section <= _BELOW
        if named and named[1].strip().lower() in (*words["fields"], *(words["weights"] if within else ())):
            yield number, _plain(named[2])
        elif within and line.strip():
            yield number, _stated(line, words, ("", *words["whole"]))
            section = -1
        elif any(word in lowered for word in words["under"]):
            yield number, _stated(line, words, words["whole"])


def _unescaped(value: str) -> str:
    return _plain(unquote(value).replace("--", "-").replace("_", " "))


def _stated(line: str, words: Mapping[str, Any], whole: Sequence[str]) -> str:
    """The words behind "licensed under" of the first sentence that is about the whole; at the top of a section, those it begins with."""
    for sentence in re.split(r"(?<=[.;；。])\s+|。", line)[:3]:
        lowered = sentence.lower()
        if any(re.search(rf"\b{re.escape(word)}", lowered) if word.isascii() else word in lowered for word in words["parts"]):
            continue
        under = next((word for word in words["under"] if word in lowered), None)
        if under is not None and any(word in lowered[: lowered.find(under)] for word in whole):
            return _plain(sentence[lowered.find(under) + len(under) :])
        if under is None and "" in whole:
            return _plain(sentence)
    return ""


def _plain(words: str) -> str:
    """Without mark-up and articles, to the end of the clause."""
    text = re.sub(r"\]\([^()\s]{0,500}\)|<[^<>]{0,200}>|[*_`\[\]“”\"]", "", words).strip()
    text = re.split(r"[,，(（;；。]|\. |\.$| - | – | — | for | and | see | as ", text, maxsplit=1)[0].strip(" :：.")
    return re.sub(r"^(?:the|an?) ", "", text, flags=re.I)
