"""A folder and its report in, its card with a mended front matter out."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from licensecheck.harvest.card import read_card
from licensecheck.harvest.documents import card_names
from licensecheck.render import card as wanted
from licensecheck.render.files import read_editable
from licensecheck.render.front_matter import Change, UnsafeEditError, changed, values
from licensecheck.sources.folder import Folder

NAME = "README.md"
_MOST = 1_000_000
_MOVE = "where the Hub does not read it: move it to the first line of the file"
_ELSEWHERE = {
    "front-matter-misplaced": f"a front matter stands here, {_MOVE}",
    "front-matter-comment": f"a front matter stands here inside a comment, {_MOVE}",
}


class Mended(NamedTuple):
    """A card before and after, and what was changed; `text` is None where there was none."""

    name: str
    text: str | None
    result: str
    change: Change


def card_name(folder: Folder) -> str:
    """The card that the checks look at; README.md where there is none yet."""
    cards = [read_card(name, folder.read(name, _MOST).text) for name in card_names(folder)]
    card = next((card for card in cards if card.meta), cards[0] if cards else None)
    return card.source if card else NAME


def mend_card(report: Any, home: str, on_hub: Callable[[str], bool]) -> Mended:
    """The card as it should be. UnsafeEditError where a person has to do it, UsageError where the file cannot be edited at all."""
    name = card_name(Folder(home))
    text = read_editable(os.path.join(home, name), home)
    meta = values(text or "")
    elsewhere = _misplaced(name, text or "")
    change = wanted.change(report, meta, name, on_hub)
    if elsewhere and change:
        raise UnsafeEditError(*elsewhere)
    return Mended(name, text, changed(text or "", change), change)


def by_hand(report: Any, home: str, on_hub: Callable[[str], bool]) -> list[str]:
    """The lines for a person to write where no tool can: as far as the front matter could be read, what it lacks."""
    name = card_name(Folder(home))
    folder = Folder(home)
    meta = read_card(name, folder.read(name, _MOST).text).meta if folder.has(name) else {}
    return wanted.by_hand(wanted.change(report, meta, name, on_hub), meta)


def _misplaced(name: str, text: str) -> tuple[int, str] | None:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return next(((line, _ELSEWHERE[kind]) for kind, line, _ in read_card(name, plain).flaws if kind in _ELSEWHERE), None)
