"""A link of a bill in, what is said of it in words out."""

from __future__ import annotations

from .bill import Bill
from .lineage import Link, Place
from .table import Table


def link_comment(link: Link, table: Table) -> str:
    """The relation by its name and in words, where it is said, and whether it is only inferred."""
    told = [table.say("relation", relation=link.relation, means=table.means(link.relation))]
    if link.places:
        told.append(table.say("evidence", where=table.say("list").join(shown(place) for place in link.places)))
    if not link.sure:
        told.append(table.say("inferred"))
    return table.say("gap").join(told)


def shown(place: Place) -> str:
    """A place in one line.

    >>> shown(Place("README.md", 3, "base_model", "acme/tiny", "declared"))
    'README.md:3 base_model acme/tiny (declared)'
    """
    where = place.source + (f":{place.line}" if place.line else "")
    return f"{where} {place.key} {place.value} ({place.how})"


def training(bill: Bill, table: Table) -> str:
    """What the subject was made with, one clause for each component that is sure to be there."""
    names = {part.ref: part.name for part in bill.parts}
    own = [link for link in bill.links if link.start == bill.subject.ref and link.sure]
    return table.say("list").join(table.say("training", means=table.means(link.relation), name=names[link.end]) for link in own)
