"""Notices that upstreams ship in, the blocks of a NOTICE that reproduce them out; what a NOTICE has on record of them stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from licensecheck.render.markdown import plain
from licensecheck.render.templating import words
from licensecheck.render.terminal import safe

from . import parts

#: What moves a cursor, hides or turns text round; tabs and line feeds are none of these.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_MARKER = re.compile(r"^.*llm-licensecheck:(?:begin|end) .*\n?", re.MULTILINE)
_BETWEEN = " | "
#: Topics of what licences want to go along with copies.
_WITH_COPIES = ("license-copy", "notice-file", "retain-notices")
LANGUAGES = ("en", "zh")


class Shipped(NamedTuple):
    """The notice of an upstream: the ids of the components, or the folder it lies in; its origin as others may read it; its words."""

    components: tuple[str, ...]
    origin: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the words as they are reproduced, with a line feed at their end."""
        return sha256(f"{self.text}\n".encode()).hexdigest()

    def written(self, spoken: Mapping[str, Any], fence: bool) -> dict[str, Any]:
        """For the template: words that introduce it, the record of its origin, and the text itself."""
        names = [plain(name).replace(_BETWEEN.strip(), "/") for name in self.components]
        ticks = max((len(run) for run in re.findall("`{3,}", self.text)), default=2) + 1
        record = {"origin": plain(self.origin, 500), "sha256": self.digest, "lines": self.text.count("\n") + 1}
        return {
            "source": spoken["source"].format(components=spoken["comma"].join(names)),
            "record": spoken["record"].format(**record, components=_BETWEEN.join(names)),
            "text": f"{'`' * ticks}text\n{self.text}\n{'`' * ticks}" if fence else self.text,
        }


def shipped(components: Sequence[str], origin: str, text: str) -> Shipped:
    r"""The words of a notice file, line for line: without the byte order mark, empty lines around, markers, and what a terminal obeys.

    >>> shipped(["acme/base"], "base/NOTICE", "\ufeff\r\nA  \x1b[0m\r\n\r\nB\r\n\r\n").text
    'A  ␛[0m\n\nB'
    """
    plain_text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    clean = _UNSAFE.sub(lambda match: safe(match.group()), _MARKER.sub("", plain_text))
    return Shipped(tuple(sorted(components)), origin, re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", clean))


def on_record(existing: str) -> tuple[Shipped, ...]:
    """The notices of upstreams that a NOTICE reproduces, each with the origin it states; one that was edited is none any more."""
    lines = existing.replace("\r\n", "\n").split("\n")
    found: list[Shipped] = []
    start = 0
    for n, line in enumerate(lines):
        match = next((match for pattern in _records() if (match := pattern.fullmatch(line))), None) if n >= start else None
        if match is None or len(match["lines"]) > 6:
            continue
        start = n + 1
        while start < len(lines) and (not lines[start] or re.fullmatch("`{3,}text", lines[start])):
            start += 1
        end = start + int(match["lines"])
        item = Shipped(tuple(match["components"].split(_BETWEEN)), match["origin"], "\n".join(lines[start:end]))
        if item.digest == match["sha256"]:
            found.append(item)
            start = end  # the words may hold records of their own
    return tuple(found)


@cache
def _records() -> tuple[re.Pattern[str], ...]:
    """The line that states origin and digest, in every language."""
    blanks = {"origin": ".+?", "sha256": "[0-9a-f]{64}", "lines": "[0-9]+", "components": ".+"}
    return tuple(
        re.compile(re.sub(r"\\\{(\w+)\\\}", lambda match: f"(?P<{match[1]}>{blanks[match[1]]})", re.escape(words(lang)["record"])))
        for lang in LANGUAGES
    )


def material(report: Any) -> set[str]:
    """Components whose material goes along with the subject, as far as that is more than a guess."""
    known = {edge["to"] for edge in parts.known_edges(report)}
    nodes = [node for node in report["lineage"]["nodes"] if node["id"] in known and node.get("relation") in parts.SHIPPED]
    return {node["id"] for node in nodes if _goes_out(report, node["id"])}


def _goes_out(report: Any, component: str) -> bool:
    """Not where all that its licence wants to go along with copies is not triggered: then nobody gets any."""
    own = [finding for finding in report["findings"] if finding["component"] == component and finding["topic"] in _WITH_COPIES]
    return not own or any(parts.applies(finding) for finding in own)


def blocks(report: Any, found: Sequence[Shipped], recorded: Sequence[Shipped], sentences: Sequence[str], own: str) -> list[Shipped]:
    """Each text once, for all components that ship it; what is on record stays as long as its component is there and ships nothing else."""
    fresh = {name for item in found for name in item.components}
    here = material(report)
    kept = [item for item in recorded if _stays(item, fresh, here, found)]
    origins = {item.text: item.origin for item in reversed(kept)}
    merged: dict[str, set[str]] = {}
    for item in (*found, *kept):
        merged.setdefault(item.text, set()).update(name for name in item.components)
    first = {item.text: item.origin for item in (*reversed(kept), *sorted(found, reverse=True))}
    items = [Shipped(tuple(sorted(names)), origins.get(text, first[text]), text) for text, names in merged.items()]
    said = {*sentences, *(line.strip() for line in own.splitlines())}
    return sorted(item for item in items if item.text and not says_it_all(said, item.text))


def _stays(item: Shipped, fresh: set[str], here: set[str], found: Sequence[Shipped]) -> bool:
    if any(item.text == other.text for other in found):
        return True
    shown = {plain(name).replace(_BETWEEN.strip(), "/") for name in here}
    return not fresh & set(item.components) and any(name in shown for name in item.components)


def says_it_all(said: Iterable[str], text: str) -> bool:
    """Is every line of the text among what is said already?"""
    known = set(said)
    return all(line.strip() in known for line in text.split("\n") if line.strip())
