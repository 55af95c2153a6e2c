"""A file in, the licences whose texts it holds out: which edition, on which lines, what somebody altered."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, NamedTuple, TypedDict

from licensecheck.errors import InputError, Problem
from licensecheck.knowledge import Knowledge
from licensecheck.recognise import Fingerprints, TextMatch, recognise
from licensecheck.sources.names import printable
from licensecheck.sources.reading import decode, read_bytes

#: Bytes read of one file; recognition looks at a part of that.
MAX_BYTES = 2_000_000
#: A longer value of a header is a text, a shorter one a name.
LONGEST_NAME = 200
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?$")
_GATE = "extra_gated_prompt"
_BLOCK = re.compile(r'^[ \t]*LICENSE[ \t]+("""|.*$)', re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(r"^[ \t]*FROM[ \t]+\S+[ \t]*$", re.IGNORECASE | re.MULTILINE)
_INSTRUCTION = re.compile(r"(?:\s|#.*\n)*(?:FROM|PARAMETER|TEMPLATE|SYSTEM|ADAPTER|LICENSE|MESSAGE|REQUIRES)[ \t]", re.IGNORECASE)
_NO_NAME = frozenset({"", "other", "unknown", "none"})


class Version(TypedDict):
    """An edition: the id of its text, and its date where that is known."""

    text: str
    date: str | None


class Match(TypedDict):
    """One licence in a file. `part` says where in it, if not in its text as such; a licence that is only named there has no version."""

    license: str
    name: str | None
    version: Version | None
    score: float
    start_line: int | None
    end_line: int | None
    altered_sections: list[str]
    missing_sections: list[str]
    complete: bool
    changes: list[dict[str, Any]]
    part: str | None


class Identified(TypedDict):
    """What a file is: no licence (null), one, or several."""

    path: str
    license: str | list[str] | None
    score: float
    matches: list[Match]


class Part(NamedTuple):
    """A stretch of a file that is looked at by itself, with empty lines in place of the others; or a licence's name."""

    name: str | None
    text: str
    only_named: bool = False


def identify(path: str, knowledge: Knowledge, prints: Fingerprints) -> Identified:
    """What the file at a path is, `-` for standard input. InputError if it can't be read."""
    try:
        parts = _parts_of_file(path)
    except IsADirectoryError:
        raise _unreadable(path, "is a folder: name the files in it") from None
    except OSError as error:
        raise _unreadable(path, f"can't be read: {error.strerror or error}") from None
    except ValueError as error:
        raise _unreadable(path, f"can't be read: {error}") from None
    return identify_parts(path, parts, knowledge, prints)


def identify_parts(path: str, parts: list[Part], knowledge: Knowledge, prints: Fingerprints) -> Identified:
    """What the parts of a file are, in its order."""
    matches: list[Match] = []
    for part in parts:
        if part.only_named:
            matches += [_named(name, part, knowledge) for name in _known_names(part.text, knowledge)]
        else:
            matches += [_match(found, part, knowledge) for found in recognise(part.text, prints)]
    matches.sort(key=lambda match: match["start_line"] or 0)
    ids = list(dict.fromkeys([match["license"] for match in matches]))
    score = min([match["score"] for match in matches], default=0.0)
    return {"path": path, "license": ids if len(ids) > 1 else ids[0] if ids else None, "score": score, "matches": matches}


def _unreadable(path: str, what: str) -> InputError:
    return InputError([Problem(printable(path), None, what)])


def _parts_of_file(path: str) -> list[Part]:
    if path == "-":
        return parts_of(text_of(sys.stdin.buffer.read(MAX_BYTES)))
    real = os.path.realpath(path)  # files in the Hub's cache are links
    if os.path.isdir(real):
        raise IsADirectoryError
    data, _ = read_bytes(real, MAX_BYTES)
    if data[:4] != b"GGUF":
        return parts_of(text_of(data))
    from licensecheck.sources.gguf import license_strings

    values = license_strings(real)
    named = [key for key in ("general.license", "general.license.name") if values.get(key, "").lower() not in _NO_NAME]
    texts = [Part(key, value) for key, value in values.items() if len(value) > LONGEST_NAME]
    return texts + [Part(key, values[key], True) for key in named[:1] if len(values[key]) <= LONGEST_NAME]


def text_of(data: bytes) -> str:
    """Bytes of any encoding as text, with `\\n` line breaks."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and data[:400].count(0) > len(data[:400]) // 3:
        little = data[1:400:2].count(0) > data[0:400:2].count(0)
        text = data[: len(data) & ~1].decode("utf-16-le" if little else "utf-16-be", "replace")
    else:
        text, _, replaced = decode(data, truncated=len(data) == MAX_BYTES)
        if replaced:
            text = _other_encoding(data) or text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other_encoding(data: bytes) -> str | None:
    """Chinese text in its older encoding: mostly pairs of high bytes, which no Western text has."""
    high = len(re.findall(rb"[\xb0-\xf7][\xa1-\xfe]", data))
    if high < 50 or 4 * high < len(data) - len(data.translate(None, bytes(range(128, 256)))):
        return None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def parts_of(text: str) -> list[Part]:
    """A card's gate and the licence blocks of an Ollama Modelfile by themselves, then what is left.

    >>> [part.name for part in parts_of("---\\nextra_gated_prompt: |\\n  You may.\\n---\\n")], parts_of("FROM x\\nLICENSE mit\\n")[0]
    (['extra_gated_prompt', None], Part(name='LICENSE', text='mit', only_named=True))
    """
    if text.startswith("---") and f"\n{_GATE}:" in text:
        return _gated(text)
    if _INSTRUCTION.match(text) and _FROM.search(text):
        return _modelfile(text)
    return [Part(None, text)]


def _gated(text: str) -> list[Part]:
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{_GATE}:"))
    end = next((number for number in range(start + 1, len(lines)) if lines[number][:1].strip()), len(lines))
    gate = [""] * start + [lines[start].partition(":")[2], *lines[start + 1 : end]]
    rest = [*lines[:start], *[""] * (end - start), *lines[end:]]
    return [Part(_GATE, "\n".join(gate)), Part(None, "\n".join(rest))]


def _modelfile(text: str) -> list[Part]:
    parts: list[Part] = []
    rest, position = "", 0
    while match := _BLOCK.search(text, position):
        start, end = match.start(1), match.end()
        if match[1] != '"""':
            parts.append(Part("LICENSE", match[1].strip().strip('"'), True))
        else:
            start, end = end, text.find('"""', end)
            end = end if end >= 0 else len(text)
            parts.append(Part("LICENSE", "\n" * text.count("\n", 0, start) + text[start:end]))
        rest += text[position : match.start()] + "\n" * text.count("\n", match.start(), end)
        position = end + 3 if match[1] == '"""' else end
    return [*parts, Part(None, rest + text[position:])]


def _known_names(value: str, knowledge: Knowledge) -> list[str]:
    names = [knowledge.resolve(name.strip()) for name in value.split(",")[:20]]
    return [name for name in dict.fromkeys(names) if name]


def _named(license_id: str, part: Part, knowledge: Knowledge) -> Match:
    return {
        "license": license_id,
        "name": knowledge.brief(license_id).get("name"),
        "version": None,
        "score": 1.0,
        "start_line": None,
        "end_line": None,
        "altered_sections": [],
        "missing_sections": [],
        "complete": False,
        "changes": [],
        "part": part.name,
    }


def _match(found: TextMatch, part: Part, knowledge: Knowledge) -> Match:
    license_id = knowledge.license_of_text(found.text) or found.text
    brief = knowledge.brief(license_id)
    return {
        "license": license_id,
        "name": brief.get("name"),
        "version": {"text": found.text, "date": _date(found.text, brief)},
        "score": found.score,
        "start_line": found.start_line,
        "end_line": found.end_line,
        "altered_sections": list(found.altered_sections),
        "missing_sections": list(found.missing_sections),
        "complete": found.complete,
        "changes": [{"section": label, "line": line, "was": was, "now": now} for label, line, was, now in found.changes],
        "part": part.name,
    }


def _date(text: str, brief: dict[str, Any]) -> str | None:
    """Since when the edition is in force, else the date in its id."""
    for edition in brief.get("editions", ()):
        if edition["text"] == text and edition.get("from"):
            return str(edition["from"])
    match = _DATE.search(text)
    return match[0] if match else None
