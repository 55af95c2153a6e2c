"""What a source names in its own way in, the model that is meant out: words of prose, rows of tables, names of a runner's library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.evidence import Found
from licensecheck.knowledge import Knowledge

from .component import Doubt
from .names import named_in, of_library


def read(found: Sequence[Found], own_name: str, knowledge: Knowledge, doubts: list[Doubt]) -> Iterator[Found]:
    """Each finding as a model, a dataset, or the suggestion of one; what names nothing known is left out, or is a doubt."""
    rows = _own_rows([item for item in found if item.type == "row"], own_name)
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
        elif item.type == "prose":
            named = named_in(item.id, knowledge)
            if named is not None and not own_name.lower().endswith(named[0].lower()):
                yield item._replace(type=_kind(named[1]), id=named[1], evidence={**item.evidence, "value": named[0]})


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
