"""A target in, its attribution section out: printed, written into the README between markers, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import examine_options, folder
from licensecheck.cli.place import place_document, place_options

STYLES = ("markdown",)


@click.command("attribution", short_help="Render the attribution section.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--style", type=click.Choice(STYLES), default="markdown", show_default=True, help="Mark-up of the section.")
@click.option("--file", "file", metavar="FILE", default="README.md", show_default=True, help="The document, seen from the target.")
@place_options
@examine_options
def command(
    target: str,
    style: str,
    file: str,
    write: bool,
    check: bool,
    as_: str | None,
    sets: tuple[str, ...],
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Render the attribution section: what the model is built from, the words to display, what was changed."""
    from licensecheck import pipeline
    from licensecheck.render import documents

    home = folder(target)
    report = pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules)
    return place_document(
        "attribution",
        lambda existing: documents.attribution(report, lang, existing),
        lambda text: documents.missing_texts(report, None, text),
        path=os.path.join(home, file),
        home=home,
        write=write,
        check=check,
    )
