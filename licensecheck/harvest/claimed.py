"""What documents claim of a model's descent in, the model that each such sentence names out: for want of a better source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licensecheck.evidence import Found

from .claims import Claim
from .documents import ids_in, until_stop

_MOST = 8
#: characters behind a phrase that still belong to the name in it
_BEHIND = 120
_NAME_ENDS = (")", " and ", " with ", ", ", "和", "与")


def bases_claimed(claims: Iterable[Claim]) -> Iterator[Found]:
    """One `claim` for each sentence that says what the model is based on: the id in it, or its words; those with an id first."""
    named: list[Found] = []
    spoken: list[Found] = []
    for claim in claims:
        if claim.id != "based-on" or not claim.strong or len(named) + len(spoken) >= _MOST:
            continue
        words = _words(claim)
        found = ids_in(words, every=False)
        (named if found else spoken).append(Found(None, "claim", found[0][0] if found else words, claim.evidence))
    yield from named
    yield from spoken


def _words(claim: Claim) -> str:
    """The words of the claim, and what follows them in their clause."""
    value, snippet, column = claim.evidence["value"], claim.evidence.get("snippet"), claim.evidence.get("column")
    if not snippet or not column:
        return value
    rest = snippet[column - 1 :]
    return value + _rest_of_name(until_stop(rest[len(value) :])[:_BEHIND]) if rest.startswith(value) else value


def _rest_of_name(text: str) -> str:
    """What follows, as far as it belongs to the name: to the end of a link, not to what is named beside it."""
    return text[: min((at for mark in _NAME_ENDS if (at := text.find(mark)) >= 0), default=len(text))]
