"""The command line in, its man pages out: one for the tool, one for each command (`make man`)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from licensecheck import __version__

#: What every command may leave with; the text of `check` says more.
EXITS = (
    ("0", "Nothing to stop for."),
    ("1", "Findings, or a file that is out of date."),
    ("2", "Wrong usage, or an input that cannot be read: one line says which file, which line and what to do."),
    ("3", "Something needed could not be reached."),
    ("70", "A bug in the tool itself."),
)


def pages(command: click.Command, name: str, above: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """File names with their pages, the command's own first, then those of its commands."""
    context = click.Context(command, info_name=name, parent=above, **command.context_settings)
    words = command.list_commands(context) if isinstance(command, click.Group) else []
    inner = [(word, found) for word in words if isinstance(command, click.Group) and (found := command.get_command(context, word))]
    title = context.command_path.replace(" ", "-")
    yield f"{title}.1", "".join(line + "\n" for line in _page(title, context, inner))
    for word, found in inner:
        yield from pages(found, word, context)


def _page(title: str, context: click.Context, inner: list[tuple[str, click.Command]]) -> Iterator[str]:
    command = context.command
    yield f'.TH "{quoted(title.upper())}" "1" "" "llm\\-licensecheck {quoted(__version__)}" "llm\\-licensecheck"'
    yield from (".SH NAME", f"{quoted(title)} \\- {quoted(command.get_short_help_str(200).rstrip('.'))}")
    yield from (".SH SYNOPSIS", f"\\fB{quoted(context.command_path)}\\fR {quoted(' '.join(command.collect_usage_pieces(context)))}")
    yield ".SH DESCRIPTION"
    for number, paragraph in enumerate((command.help or "").split("\n\n")):
        yield from ([".PP"] if number else [])
        yield quoted(" ".join(paragraph.replace("\b", "").split()))
    options = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    records = [record for option in options if (record := option.get_help_record(context))]
    yield from _listed("OPTIONS", records)
    yield from _listed("COMMANDS", [(word, found.get_short_help_str(200)) for word, found in inner])
    yield from _listed("EXIT STATUS", EXITS)
    parents = [context.parent.command_path] if context.parent else []
    near = [*parents, *(f"{context.command_path} {word}" for word, _ in inner)]
    if near:
        yield ".SH SEE ALSO"
        yield ",\n".join(f"\\fB{quoted(path.replace(' ', '-'))}\\fR(1)" for path in near)


def _listed(title: str, records: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[str]:
    if records:
        yield f".SH {title}"
    for term, said in records:
        yield from (".TP", f"\\fB{quoted(term)}\\fR", quoted(" ".join(said.split())))


def quoted(text: str) -> str:
    """Text that no line of which is taken for a request.

    >>> quoted("--as .x\\\\y"), quoted(".TH"), quoted("'a'")
    ('\\\\-\\\\-as .x\\\\ey', '\\\\&.TH', "\\\\&'a'")
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


@click.command("manual")
@click.option("--output", "folder", metavar="DIR", default="build/man", show_default=True, help="Where the pages are written.")
def write(folder: str) -> int:
    """Write the man pages."""
    from licensecheck.cli.main import cli
    from licensecheck.render.files import write_whole

    os.makedirs(folder, exist_ok=True)
    for name, page in pages(cli, "llm-licensecheck"):
        write_whole(os.path.join(folder, name), page.encode())
    return 0


if __name__ == "__main__":
    write()
