"""The knowledge base in, a table of the licences it has rules for out."""

from __future__ import annotations

import json

import click

from licensecheck.cli.common import colour_and_width, lang_option, put, rules_option


@click.command("licenses")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True, help="Form of the table.")
@lang_option
@rules_option
def command(format_: str, lang: str, rules: str | None) -> int:
    """List the licences that have rules."""
    from licensecheck import knowledge
    from licensecheck.render import explain
    from licensecheck.render.terminal import Look
    from licensecheck.render.words import WORDS

    known = knowledge.load(rules)
    rows = []
    for identifier in known.license_ids():
        record = known.license(identifier)
        editions = [str(edition["text"]) for edition in record.get("editions") or []]
        row = {"id": identifier, "name": record["name"], "publisher": record["publisher"], "verified": bool(record.get("verified"))}
        rows.append({**row, "clauses": len(record["clauses"]), "editions": editions})
    if format_ == "json":
        put(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    colour, width = colour_and_width()
    put(explain.table(rows, Look(WORDS[lang], width, colour), lang))
    return 0
