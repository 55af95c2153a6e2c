"""A target in, its attribution section out: printed, written into the README between markers, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import as_option, folder, lang_option, offline_option, rules_option, set_option
from licensecheck.cli.place import examine, place_document, place_options

STYLES = ("markdown",)


@click.command("attribution", short_help="Render the attribution section.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--style", type=click.Choice(STYLES), default="markdown", show_default=True, help="Mark-up of the section.")
@click.option("--file", "file", metavar="FILE", default="README.md", show_default=True, help="The document, seen from the target.")
@place_options
@as_option
@set_option
@lang_option
@rules_option
@offline_option
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
    from licensecheck.render import documents

    home = folder(target)
    report = examine(home, sets=sets, as_=as_, lang=lang, rules=rules)
    return place_document(
        "attribution",
        lambda existing: documents.attribution(report, lang, existing),
        lambda text: documents.missing_texts(report, None, text),
        path=os.path.join(home, file),
        home=home,
        write=write,
        check=check,
    )
