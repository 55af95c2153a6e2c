"""A target in, its NOTICE out: printed, written between markers, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import examine_options, folder
from licensecheck.cli.place import place_document, place_options


@click.command("notice", short_help="Render the NOTICE file.")
@click.argument("target", metavar="[TARGET]", default=".")
@place_options
@examine_options
def command(
    target: str, write: bool, check: bool, as_: str | None, sets: tuple[str, ...], lang: str, rules: str | None, offline: bool
) -> int:
    """Render the NOTICE file: the sentences that licences want to be kept with copies, each exactly and once."""
    from licensecheck import pipeline
    from licensecheck.render import documents

    home = folder(target)
    report = pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules)
    return place_document(
        "notice",
        lambda existing: documents.notice(report, lang, existing),
        lambda text: documents.missing_texts(report, "notice", text),
        path=os.path.join(home, documents.notice_name(os.listdir(home))),
        home=home,
        write=write,
        check=check,
    )
