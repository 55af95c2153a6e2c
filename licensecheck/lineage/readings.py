"""What a source names in its own way in, the model that is meant out: words of prose, rows of tables, names of a runner's library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from licensecheck.evidence import Found
from licensecheck.knowledge import Knowledge

from .component import Doubt
from .names import guessed_in, license_named, named_in, of_library

#: sentences whose words are searched for a mere name; a card has a dozen
_MOST_GUESSES = 300


def read(found: Sequence[Found], own_names: Sequence[str], knowledge: Knowledge, doubts: list[Doubt]) -> Iterator[Found]:
    """Each finding as a model, a dataset, or the suggestion of one; what names nothing known is left out, or is a doubt."""
    own_name = own_names[0]
    tabled = [item for item in found if item.type == "row"]
    rows = next((rows for name in own_names if (rows := _own_rows(tabled, name))), []) if tabled else []
    known: dict[str, tuple[str, str] | None] = {}
    guesses: dict[str, str | None] = {}
    for item in found:
        if item.type == "row" and item in rows:
            item = item._replace(type="prose")
        if item.type in ("model", "dataset", "service"):
            yield item
        elif item.type == "library":
            behind = of_library(item.id, knowledge)
            if behind is None:
                doubts.append(("library-name", None, item.id, (item.evidence,)))
            else:
                yield item._replace(type=_kind(behind), id=behind)
        elif item.type == "path":
            called = _called(item.id, knowledge)
            if called is not None:
                yield item._replace(type="suggestion", id=called)
        elif item.type == "prose":
            if item.id not in known:
                known[item.id] = named_in(item.id, knowledge)
            named = known[item.id] or _guessed(item, knowledge, guesses)
            if named is None and item.attributes.get("terms"):
                part = _part(item, knowledge)
                if part is not None:
                    yield part
            elif named is not None and not own_name.lower().endswith(named[0].lower()):
                yield item._replace(type=_kind(named[1]), id=named[1], evidence={**item.evidence, "value": named[0]})


def _called(path: str, knowledge: Knowledge) -> str | None:
    """The model that the last part of a path is called after."""
    last = re.split(r"[\\/]", path.rstrip("\\/ "))[-1]
    named = named_in(last, knowledge)
    return named[1] if named else last if knowledge.guess(last, None) else None


def _guessed(item: Found, knowledge: Knowledge, known: dict[str, str | None]) -> tuple[str, str] | None:
    """What the words right behind the phrase suggest; not of who generated something, where services are named too."""
    if item.relation == "outputs":
        return None
    words = item.id[:40]
    if words not in known and len(known) < _MOST_GUESSES:
        known[words] = guessed_in(words, knowledge)
    name = known.get(words)
    return (name, name) if name else None


def _part(item: Found, knowledge: Knowledge) -> Found | None:
    """A part that no registry knows, under the licence that its sentence names."""
    license_id = license_named(str(item.attributes["terms"]), knowledge)
    name = re.split(r"[,;(，；（]| which | is | are ", item.id, maxsplit=1)[0].strip(" *_`[]:").removeprefix("the ")
    if license_id is None or not 3 < len(name) <= 60:
        return None
    return Found("merge", "part", name, item.evidence, {"license": license_id, "license_source": "card"})


def _kind(name: str) -> str:
    """A name without a publisher only suggests a model."""
    return "model" if "/" in name else "suggestion"


def _own_rows(rows: list[Found], own_name: str) -> list[Found]:
    """The row that is about this very model; where there is none, those about models of its name."""
    own = _folded(own_name.rsplit("/", 1)[-1])
    if len(own) < 4:
        return []
    exact = [row for row in rows if _folded(str(row.attributes["of"])) == own]
    return exact or [row for row in rows if _folded(str(row.attributes["of"])).startswith(own)]


def _folded(name: str) -> str:
    return "".join(char for char in name.rsplit("/", 1)[-1].casefold() if char.isalnum())
