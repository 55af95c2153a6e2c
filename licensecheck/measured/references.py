"""A name as a tool wrote it in, the published model or code base that is meant out, with its licence where the name stands for code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.knowledge import Knowledge
from licensecheck.lineage.names import named_in

#: Parts of an identifier that are looked at.
_MOST_PARTS = 12


def model_named(written: str, knowledge: Knowledge) -> str:
    """The id of a published model, or the name as it was written.

    An id stays what it is; a bare name is one where a publisher of that family has a model so called.
    """
    name = written.strip().removeprefix("https://huggingface.co/").rstrip("/")
    if "/" in name:
        return name.split("@", 1)[0]
    near = knowledge.near(f"-/{name}")
    if near and "*" not in near[0]:
        return near[0]
    named = named_in(name, knowledge, 0)
    return named[1] if named is not None and "/" in named[1] and len(named[0]) == len(name) else name


def code_named(written: str, origins: Sequence[Mapping[str, Any]]) -> tuple[str, str | None]:
    """The code base that a file or library belongs to, with its licence where it is known."""
    lowered = written.lower()
    for origin in origins:
        if any(word in lowered for word in origin["words"]):
            return str(origin["id"]), str(origin["license"])
    return written, None


def model_in_identifier(identifier: str, knowledge: Knowledge, points: Sequence[str]) -> str | None:
    """The published model whose name an identifier begins with, as served ids are made: a letter for the point, marks behind.

    Whole parts only, the longest first: `acme-2p5-rl-0317` names what `acme-2.5` names.
    """
    plain = re.sub(rf"(?<=\d)[{''.join(points)}](?=\d)", ".", identifier.strip().lower().rsplit("/", 1)[-1][:200])
    parts = re.split(r"[-_:@ ]+", plain)[:_MOST_PARTS]
    for first in range(min(3, len(parts))):
        for last in range(len(parts), first, -1):
            near = [name for name in knowledge.near("-/" + "-".join(parts[first:last])) if "*" not in name]
            if near:
                return near[0]
    return None
