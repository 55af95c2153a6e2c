"""A target in, its attribution out: printed, written into a document between markers, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import examine_options, not_both, put
from licensecheck.cli.elsewhere import located
from licensecheck.cli.place import place_document, place_options, templates_option
from licensecheck.errors import UsageError

STYLES = ("markdown", "rst", "latex", "html", "text", "ui-json")
LENGTHS = ("badge", "section", "paragraph")
#: Where it goes if no file is named.
FILES = {"markdown": "README.md", "rst": "README.rst", "latex": "attribution.tex", "html": "attribution.html", "text": "ATTRIBUTION.txt"}


@click.command("attribution", short_help="Render the attribution section.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--style", type=click.Choice(STYLES), help="Mark-up; default: as the name of FILE says.")
@click.option("--length", type=click.Choice(LENGTHS), default="section", show_default=True, help="One line, a section, or a paragraph.")
@click.option("--file", "file", metavar="FILE", help="The document, seen from the target; default: README.md, or as the style wants.")
@templates_option
@place_options
@examine_options
def command(
    target: str,
    style: str | None,
    length: str,
    file: str | None,
    templates: str | None,
    write: bool,
    check: bool,
    as_: str | None,
    sets: tuple[str, ...],
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Render the attribution: what the model is built from, the words to display, what was changed.

    A badge is one line, a section goes into a README, a paragraph with notes into a technical report. `--style ui-json` gives the words
    that a product has to show and the places for them.
    """
    from licensecheck import pipeline

    with located(target, offline=offline, changes=write or check) as (home, origin):
        if style == "ui-json":
            not_both("--style ui-json", "--write, --check or --file", write or check or file is not None)
            from licensecheck.render.notices.ui import ui_strings

            put(ui_strings(pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules, origin=origin), lang))
            return 0
        style, file = _style_and_file(style, file)
        from licensecheck.render import documents

        report = pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules, origin=origin)
        origins = {} if style == "markdown" else documents.recorded(report, _readme(home))

        def render(existing: str) -> str:
            return documents.attribution(report, lang, existing, origins, style=style, length=length, templates=templates)

        return place_document(
            documents.section_name(length),
            render,
            lambda text: documents.missing_texts(report, None, text, style),
            path=os.path.join(home, file),
            home=home,
            write=write,
            check=check,
            again=_again(style, length, file),
            nothing="no component is known by more than inference here" if documents.is_owed(report) else "nothing is owed here",
        )


def _style_and_file(style: str | None, file: str | None) -> tuple[str, str]:
    """Both, from either; a file takes the mark-up that its name says and no other."""
    if file is None:
        style = style or "markdown"
        return style, FILES[style]
    from licensecheck.render.notices.styles import style_for

    own = style_for(file).name
    if style not in (None, own):
        raise UsageError(f"--style {style}: {file} takes {own}: name a file of that mark-up, or leave --style out")
    return own, file


def _again(style: str, length: str, file: str) -> str:
    """The options that tell this document from the usual one."""
    from licensecheck.render.blocks import quoted

    named = "" if file == "README.md" else f" --file {quoted(file)}" if file != FILES[style] else f" --style {style}"
    return named + ("" if length == "section" else f" --length {length}")


def _readme(home: str) -> str:
    """Where the Markdown section has on record from where licence texts were copied."""
    from licensecheck.render.files import read_editable

    try:
        return read_editable(os.path.join(home, FILES["markdown"]), home) or ""
    except UsageError:
        return ""
