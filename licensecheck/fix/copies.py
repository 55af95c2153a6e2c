"""Licence texts that are owed in, exact copies of them out: of the folder given, of the user's Hub cache, of the Hub."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from licensecheck.harvest.texts import Recogniser
from licensecheck.knowledge import Knowledge
from licensecheck.sources.names import printable
from licensecheck.sources.reading import decode, digest, read_bytes

from .records import CopyMade

#: Larger files are no licences.
MOST = 400_000
_ENDINGS = ("", ".txt", ".md")


class Owed(NamedTuple):
    """A licence of which a copy is owed: the text in force (None: any edition) and the components that bring it along."""

    license: str
    text: str | None
    components: tuple[str, ...]


class Candidate(NamedTuple):
    """A file that may be the text: where it lies, and its origin as others may read it."""

    path: str
    origin: str


#: The files that a component's publisher ships, wherever they are at hand.
Shelf = Callable[[str], Sequence[Candidate]]


def owed(findings: Sequence[Any]) -> tuple[Owed, ...]:
    """One for each licence and edition that findings want a copy of."""
    groups: dict[tuple[str, str | None], dict[str, None]] = {}
    for finding in findings:
        edition = finding["license_version"] or {}
        groups.setdefault((finding["license"], edition.get("text")), {})[str(finding["component"])] = None
    return tuple(Owed(name, text, tuple(components)) for (name, text), components in groups.items())


def find_copy(
    want: Owed, name: str, texts: str | None, shelves: Sequence[Shelf], knowledge: Knowledge, recognise: Recogniser
) -> tuple[CopyMade | None, list[str]]:
    """The first file that is exactly the text; and why others, which looked like it, are not."""
    doubts: list[str] = []
    template: CopyMade | None = None
    for candidate in _candidates(want, texts, shelves, knowledge):
        try:
            data, size = read_bytes(os.path.realpath(candidate.path), MOST)
        except OSError:
            continue
        reason = "larger than any licence" if size > MOST else _differs(data, want, knowledge, recognise)
        if reason is None:
            copy = CopyMade(name, want.license, want.text or want.license, data, candidate.origin, candidate.path, digest(data))
            if not lacks_holder(data):
                return copy, []
            template = template or copy
        else:
            doubts.append(f"{printable(candidate.path)}: {reason}")
    return template, [] if template else doubts


def lacks_holder(data: bytes) -> bool:
    """Is it a template: a text that speaks of the copyright notice above it, with none there?

    >>> lacks_holder(b"Keep the above copyright notice."), lacks_holder(b"Copyright 2024 Acme\\nKeep the above copyright notice.")
    (True, False)
    """
    words = " ".join(data.decode("utf-8", "replace").lower().split())
    above, mark, _ = words.partition("above copyright notice")
    return bool(mark) and not re.search(r"(copyright|\(c\)|©)[^a-z]*(19|20)[0-9]{2}|copyright (\(c\)|©|by) [a-z]", above)


def _candidates(want: Owed, texts: str | None, shelves: Sequence[Shelf], knowledge: Knowledge) -> Iterator[Candidate]:
    if texts is not None:
        yield from _in_folder(want, texts, knowledge)
    for shelf in shelves:
        for component in want.components:
            yield from shelf(component)


def _in_folder(want: Owed, texts: str, knowledge: Knowledge) -> Iterator[Candidate]:
    """Files called like the text, the licence, or one of its other names."""
    law = knowledge.license(want.license)
    own = (want.text, *(() if want.text else (edition["text"] for edition in law.get("editions", ()))))
    named = (*own, want.license, law.get("spdx"), law.get("name"), *law.get("aliases", ()))
    wanted = list(dict.fromkeys(str(name).lower() + ending for name in named if name for ending in _ENDINGS))
    there = {entry.lower(): entry for entry in sorted(os.listdir(texts), reverse=True)}
    for name in wanted:
        if name in there:
            yield Candidate(os.path.join(texts, there[name]), there[name])


def _differs(data: bytes, want: Owed, knowledge: Knowledge, recognise: Recogniser) -> str | None:
    """Why the file is not exactly the text; None if it is. Its use policies may stand in the same file."""
    text, encoding, replaced = decode(data)
    if replaced or not encoding.startswith("utf-8"):
        return "not UTF-8 text"
    matches = recognise(text.replace("\r\n", "\n").replace("\r", "\n"))
    right = [match for match in matches if _is_wanted(match.text, want, knowledge)]
    if not right:
        found = ", ".join(dict.fromkeys(match.text for match in matches))
        return f"holds another text ({found})" if found else "holds no known licence text"
    policies = {knowledge.policy(name).get("text") for name in knowledge.license(want.license).get("policies", ())}
    strange = [match.text for match in matches if match not in right and match.text not in policies]
    if strange or len(right) > 1:
        return f"holds more than the text ({', '.join(strange or [match.text for match in right])})"
    changed = (*right[0].missing_sections, *right[0].altered_sections)
    if changed:
        return f"not exactly the text: differs in {', '.join('§' + section if section else 'what is around it' for section in changed)}"
    return None


def _is_wanted(text: str, want: Owed, knowledge: Knowledge) -> bool:
    return text == want.text if want.text is not None else knowledge.license_of_text(text) == want.license


def free_name(license_id: str, text: str | None, present: Sequence[str]) -> str | None:
    """The name for a new copy: LICENSE where nothing is called so, else with the licence's id; None where all are taken.

    >>> free_name("x-1", None, []), free_name("x-1", None, ["License.md"]), free_name("x-1", "x-text", ["LICENSE", "license-x-1"])
    ('LICENSE', 'LICENSE-x-1', 'LICENSE-x-text')
    """
    taken = {name.lower() for name in present}
    stems = {name.split(".", 1)[0] for name in taken}
    if not stems & {"license", "licence"}:
        return "LICENSE"
    names = [f"LICENSE-{part}" for part in (license_id, text) if part]
    return next((name for name in names if name.lower() not in taken), None)
