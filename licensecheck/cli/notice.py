"""A target in, its NOTICE out: printed, written between markers, or compared."""

from __future__ import annotations

import os

import click

from licensecheck.cli.common import examine_options, say
from licensecheck.cli.elsewhere import located
from licensecheck.cli.place import place_document, place_options, templates_option


@click.command("notice", short_help="Render the NOTICE file.")
@click.argument("target", metavar="[TARGET]", default=".")
@templates_option
@place_options
@examine_options
def command(
    target: str,
    templates: str | None,
    write: bool,
    check: bool,
    as_: str | None,
    sets: tuple[str, ...],
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Render the NOTICE file: the sentences that licences want to be kept with copies, each exactly and once, and the notices that the
    publishers of its bases ship, where copies of them are at hand (the Hub cache, folders that the manifest names)."""
    from licensecheck import pipeline
    from licensecheck.fix.shipped import shipped_notices
    from licensecheck.render import documents
    from licensecheck.render.files import style_of, without_section
    from licensecheck.render.notices.parts import notice_name

    with located(target, offline=offline, changes=write or check) as (home, origin):
        report = pipeline.examine(home, sets=sets, as_=as_, lang=lang, rules=rules, origin=origin)
        found, notes = shipped_notices(report, home)
        for note in notes:
            say(note)
        path = os.path.join(home, notice_name(os.listdir(home)))
        style = style_of(path)

        def render(existing: str) -> str:
            own = without_section(existing, "notice", style, path)
            return documents.notice(report, lang, existing, found, own, fence=style == "markdown", templates=templates)

        return place_document(
            "notice",
            render,
            lambda text: [*documents.missing_texts(report, "notice", text), *documents.missing_notices(text, found)],
            path=path,
            home=home,
            write=write,
            check=check,
        )
