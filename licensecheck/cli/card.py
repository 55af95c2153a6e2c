"""A target in, the front matter of its card out: printed, written into the card, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import examine_options, not_both, put, say
from licensecheck.cli.elsewhere import located
from licensecheck.cli.place import place_options, shown_target
from licensecheck.errors import InputError, Problem


@click.command("card", short_help="Render the front matter of the model card.")
@click.argument("target", metavar="[TARGET]", default=".")
@place_options
@examine_options
def command(
    target: str, write: bool, check: bool, as_: str | None, sets: tuple[str, ...], lang: str, rules: str | None, offline: bool
) -> int:
    """Render the front matter of the model card: licence, base, data; what a person wrote there stays, byte for byte."""
    from licensecheck import pipeline
    from licensecheck.fix.card import by_hand, mend_card
    from licensecheck.knowledge import load
    from licensecheck.render.files import write_whole
    from licensecheck.render.front_matter import UnsafeEditError, front_matter

    not_both("--write", "--check", write and check)
    with located(target, offline=offline, changes=write or check) as (home, origin):
        report = pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules, origin=origin)
        knowledge = load(rules)

        def on_hub(name: str) -> bool:
            return bool(knowledge.brief(name).get("hub"))

        try:
            card = mend_card(report, home, on_hub)
        except UnsafeEditError as error:
            raise InputError(_explained(error, by_hand(report, home, on_hub), home)) from None
        path = os.path.join(home, card.name)
        if not write and not check:
            put(front_matter(card.result))
        elif card.result == (card.text or ""):
            if write:
                say(
                    f"{path}: up to date"
                    if card.text is not None
                    else "card: nothing is known that a card should say, so nothing is written"
                )
        elif check:
            say(f"{card.name} is out of date: llm-licensecheck card --write{shown_target(home)}")
            return 1
        else:
            write_whole(path, card.result.encode("utf-8"), home)
            say(f"{path}: {'written' if card.text is None else 'updated'}")
        return 0


def _explained(error: object, lines: list[str], home: str) -> list[Problem]:
    """Why it is left alone, and what a person would write."""
    from licensecheck.fix.card import card_name
    from licensecheck.sources.folder import Folder

    path = os.path.join(home, card_name(Folder(home)))
    line, message = getattr(error, "line", None), getattr(error, "message", str(error))
    return [Problem(path, line, message), *(Problem(path, None, f"to be written by hand: {text}") for text in lines)]
