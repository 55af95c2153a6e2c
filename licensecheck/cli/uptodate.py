"""A target in, whether what is written in it is up to date out: NOTICE, card and an attribution section, for one hook."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from licensecheck.cli.common import as_option, folder, lang_option, offline_option, rules_option, set_option
from licensecheck.many import mentions

#: A section that nobody asked for is not missing: only one that is there has to be up to date.
MARKER = b"llm-licensecheck:begin attribution"


@click.command("uptodate")
@click.argument("target", metavar="[TARGET]", default=".")
@as_option
@set_option
@lang_option
@rules_option
@offline_option
def command(target: str, as_: str | None, sets: tuple[str, ...], lang: str, rules: str | None, offline: bool) -> int:
    """Exit with 1 if NOTICE, card or attribution section differ from what the commands of that name would write."""
    home = folder(target)
    names = ["notice", "card"]
    if any(mentions(home, name, MARKER) for name in os.listdir(home) if name.lower().startswith("readme")):
        names.append("attribution")
    options = {"target": target, "as_": as_, "sets": sets, "lang": lang, "rules": rules, "offline": offline, "write": False, "check": True}
    context = click.get_current_context()
    codes = []
    for name in names:
        own: click.Command = import_module(f"licensecheck.cli.{name}").command
        codes.append(int(context.invoke(own, **options) or 0))
    return max(codes)


if __name__ == "__main__":
    from licensecheck.cli.main import exit_code

    sys.exit(exit_code(lambda: command.main(standalone_mode=False)))
