"""A command line in, an exit code out: the group, its commands loaded by need, and one line for whatever went wrong."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from licensecheck.errors import InputError, LicenseCheckError

#: Each command is the `command` of the module of its name.
COMMANDS = ("check", "notice", "attribution", "card", "fix", "init", "identify", "licenses", "explain", "rules", "review", "sbom")
BUG, INTERRUPTED = 70, 130
TRACE = "LICENSECHECK_TRACE"


class Group(click.Group):
    """Commands are imported when they are called for; what they return is the exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"licensecheck.cli.{cmd_name}").command
        if ctx.resilient_parsing:  # a shell asks what can be typed
            from licensecheck.cli.completion import completed

            return completed(command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"there is no command {args[0]!r}" + (f": did you mean {near[0]}?" if near else ""))
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **extra: Any) -> NoReturn:
        run = super().main
        extra["standalone_mode"] = False
        sys.exit(exit_code(lambda: run(args, prog_name or "llm-licensecheck", **extra)))


def exit_code(run: Callable[[], object]) -> int:
    """The exit code of a run; every way to end it says one line on stderr at most (two with a hint)."""
    from licensecheck.cli.common import say

    try:
        code = run()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        return _usage(error)
    except InputError as error:
        for problem in error.problems:
            say(str(problem))
        return error.exit_code
    except LicenseCheckError as error:
        say(f"llm-licensecheck: {error}")
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:
        return _bug(error)


def _usage(error: click.ClickException) -> int:
    from licensecheck.cli.common import say

    context = getattr(error, "ctx", None)
    message = error.format_message()
    if message.startswith("Usage:"):  # called without a command: the message is the help text
        say(message)
    else:
        say("llm-licensecheck: " + " ".join(message.split()))
        say(f"hint: {context.command_path if context else 'llm-licensecheck'} --help")
    return 2


def _bug(error: Exception) -> int:
    from licensecheck.cli.common import say

    if os.environ.get(TRACE):
        import traceback

        sys.stderr.write(traceback.format_exc())
    text = " ".join(str(error).split())
    say(f"this is a bug in llm-licensecheck: {type(error).__name__}: {text}; please report it with the trace: set {TRACE}=1")
    clash = _clash()
    if clash:
        say(clash)
    return BUG


def _clash() -> str | None:
    """Another distribution called `licensecheck` writes its files into this package's folder."""
    from importlib.metadata import packages_distributions

    others = sorted(set(packages_distributions().get("licensecheck", [])) - {"llm-licensecheck"})
    if not others:
        return None
    return f"warning: {', '.join(others)} installs files into the same import package `licensecheck`: use separate environments"


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from licensecheck import __version__, knowledge
    from licensecheck.cli.common import put, say

    try:
        rules = knowledge.load().version
    except (LicenseCheckError, OSError) as error:
        rules = "unreadable"
        say(str(error))
    put(f"llm-licensecheck {__version__} (knowledge {rules})\n")
    clash = _clash()
    if clash:
        say(clash)
    context.exit()


@click.group("llm-licensecheck", cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Versions of the tool and its rules.")
def cli() -> None:
    """Licence and attribution checks for language models: what a model is made of, which terms follow, what has to be written where.

    It reports evidence and obligations. It is not legal advice.
    """


def main() -> NoReturn:
    """The console script. The process is short: no garbage is collected, and nothing is torn down at its end."""
    gc.disable()
    gc.freeze()
    try:
        cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    from licensecheck.cli.common import flush

    atexit._run_exitfuncs()
    flush()
    os._exit(code)
