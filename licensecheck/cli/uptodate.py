"""A target in, whether what is written in it is up to date out: NOTICE, card and an attribution section, for one hook."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from licensecheck.cli.common import as_option, folder, lang_option, offline_option, rules_option, set_option
from licensecheck.cli.place import templates_option
from licensecheck.many import mentions

#: An attribution that nobody asked for is not missing: only one that is there has to be up to date.
MARKERS = {
    "section": (
        b"llm-licensecheck:begin attribution -->",
        b"llm-licensecheck:begin attribution\n",
        b"llm-licensecheck:begin attribution\r",
    ),
    "badge": (b"llm-licensecheck:begin attribution-badge",),
    "paragraph": (b"llm-licensecheck:begin attribution-paragraph",),
}
DOCUMENTS = (".md", ".markdown", ".rst", ".tex", ".html", ".htm", ".txt")


@click.command("uptodate")
@click.argument("target", metavar="[TARGET]", default=".")
@as_option
@set_option
@lang_option
@rules_option
@offline_option
@templates_option
def command(target: str, as_: str | None, sets: tuple[str, ...], lang: str, rules: str | None, offline: bool, templates: str | None) -> int:
    """Exit with 1 if NOTICE, card or an attribution differ from what the commands of that name would write."""
    home = folder(target)
    options = {"target": target, "as_": as_, "sets": sets, "lang": lang, "rules": rules, "offline": offline, "write": False, "check": True}
    runs: list[tuple[str, dict[str, object]]] = [("notice", {"templates": templates}), ("card", {})]
    runs += [("attribution", {"templates": templates, "file": name, "length": length}) for name, length in attributions(home)]
    context = click.get_current_context()
    codes = []
    for name, more in runs:
        own: click.Command = import_module(f"licensecheck.cli.{name}").command
        codes.append(int(context.invoke(own, **options, **more) or 0))
    return max(codes)


def attributions(home: str) -> list[tuple[str, str]]:
    """The documents at the top that hold an attribution, with its length."""
    names = sorted(name for name in os.listdir(home) if name.lower().startswith("readme") or name.lower().endswith(DOCUMENTS))
    return [(name, length) for name in names for length, markers in MARKERS.items() if any(mentions(home, name, mark) for mark in markers)]


if __name__ == "__main__":
    from licensecheck.cli.main import exit_code

    sys.exit(exit_code(lambda: command.main(standalone_mode=False)))
