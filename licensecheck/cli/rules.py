"""A folder of rule files in, what is wrong with them out."""

from __future__ import annotations

from collections.abc import Iterable

import click

from licensecheck.cli.common import put, say
from licensecheck.errors import Problem
from licensecheck.render.terminal import safe


@click.group("rules")
def command() -> None:
    """Validate licence and policy files, one's own included."""


@command.command("lint")
@click.argument("path", metavar="[PATH]", required=False)
@click.option("--texts", metavar="DIR", help="Prove sections and exact strings against the licence texts DIR/<text>.txt.")
def lint(path: str | None, texts: str | None) -> int:
    """Read every rule file and list what is wrong, with file, line and the nearest right word."""
    if texts is not None:
        from licensecheck.citations_proof import prove

        return _told(prove(path, texts), "no problem found, and the texts hold what is cited")
    from licensecheck.knowledge.compile import lint as lint_rules

    return _told(lint_rules(path), "no problem found")


@command.command("test")
@click.argument("path", metavar="[PATH]", required=False)
def test(path: str | None) -> int:
    """Run the scenarios of the licences and list those that do not give what they expect."""
    from licensecheck.scenarios import run

    return _told(
        (Problem(case.source, case.line, f"{case.name}: {wrong}") for case, found in run(path) for wrong in found),
        "every scenario gives what it expects",
    )


def _told(problems: Iterable[Problem], well: str) -> int:
    found = list(problems)
    for problem in found:
        put(safe(str(problem), 2000) + "\n")
    if not found:
        say(well)
    return 1 if found else 0
