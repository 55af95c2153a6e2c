"""Targets and options in, a report of each out: the main job."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import click

from licensecheck.cli.common import (
    as_option,
    colour_and_width,
    evidence_option,
    folder,
    lang_option,
    not_both,
    offline_option,
    put,
    rules_option,
    say,
    set_option,
)
from licensecheck.errors import InputError, LicenseCheckError, Problem, UnreachableError, UsageError
from licensecheck.report import VERDICTS

FORMATS = ("text", "json", "sarif", "markdown", "html", "github", "gitlab", "junit")
STOPPING = VERDICTS[:3]


def _also(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Files by the form of the report in each; every file is written once."""
    files: dict[str, str] = {}
    for item in given:
        form, _equals, file = item.partition("=")
        if form not in FORMATS or file in ("", "-"):
            raise click.BadParameter(f"{item!r} is not FORMAT=FILE; formats are {', '.join(FORMATS)}.", param=parameter)
        if file in files:
            raise click.BadParameter(f"{file!r} is named twice.", param=parameter)
        files[file] = form
    return files


@click.command("check", short_help="Check models against the terms of what they are made of.")
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@as_option
@set_option
@evidence_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the report.")
@click.option("--output", "-o", metavar="FILE", help="Write the report into a file, whole or not at all.")
@click.option("--also", metavar="FORMAT=FILE", multiple=True, callback=_also, help="Write it in a further form too (repeatable).")
@click.option("--graph", metavar="FILE", help="Draw the lineage: .mmd (Mermaid), .dot, or .svg where Graphviz is installed.")
@click.option(
    "--fail-on",
    metavar="KIND[,KIND]",
    default="fail",
    show_default=True,
    help="What makes the exit code 1: fail, open, review; one kind alone includes worse ones.",
)
@click.option("--baseline", metavar="FILE", help="Findings listed there do not count; new and worse ones do.")
@click.option("--write-baseline", "new_baseline", metavar="FILE", help="List today's findings in a file for --baseline.")
@click.option("--all", "everything", is_flag=True, help="Also list what is met, noted or not applicable.")
@lang_option
@rules_option
@offline_option
@click.option("--allow-partial", "partial", is_flag=True, help="What could not be reached does not make the exit code 3.")
@click.option("--quiet", "-q", is_flag=True, help="One line for each finding.")
def command(
    targets: tuple[str, ...],
    as_: str | None,
    sets: tuple[str, ...],
    evidence: tuple[str, ...],
    format_: str,
    output: str | None,
    also: dict[str, str],
    graph: str | None,
    fail_on: str,
    baseline: str | None,
    new_baseline: str | None,
    everything: bool,
    lang: str,
    rules: str | None,
    offline: bool,
    partial: bool,
    quiet: bool,
) -> int:
    """Check models: what they are made of, which terms follow, which are met, which are not, which nobody can tell yet.

    TARGET is a folder (default: the current one; one whose manifest lists `subjects` stands for those), a weight file
    (.gguf, .safetensors), or a repository on the Hub (org/name, datasets/org/name, each with @revision).
    Exit codes: 0 nothing to stop for, 1 findings, 2 bad usage or unreadable input, 3 something could not be reached, 70 a bug.
    """
    stopping = kinds(fail_on)
    not_both("--baseline", "--write-baseline", baseline is not None and new_baseline is not None)
    known = _known(baseline)
    options = {"sets": sets, "as_": as_, "lang": lang, "rules": rules, "everything": everything, "evidence": evidence}
    if evidence and len(targets) > 1:
        raise UsageError("--evidence speaks of one target: check the targets one by one")
    reports, errors = examined(targets or (".",), options, offline)
    if known is not None:
        _suppress(known, reports, str(baseline))
    refused = [error for error in errors if not isinstance(error, UnreachableError)]

    def packet() -> str:
        from licensecheck.cli.review import packet_of

        return packet_of(reports, targets or (".",), options, offline, known)

    if new_baseline is not None and errors:
        say(f"{new_baseline}: not written, since not everything could be read")
    elif new_baseline is not None:
        _write_baseline(new_baseline, reports)
    for file, form in [(output, format_), *also.items()] if reports else ():
        if not (refused and file):
            _deliver(reports, form, file, lang=lang, everything=everything, quiet=quiet, packet=packet)
    if reports and graph is not None:
        _draw(reports, graph, lang, rules)
    tell(errors)
    if refused:
        return 2
    if any(stops(report, stopping) for report in reports):
        return 1
    unreached = any(report.get("unreached") for report in reports) and not partial
    return 3 if errors or unreached else 0


def tell(errors: Sequence[LicenseCheckError]) -> None:
    """What could not be examined, a line for each problem."""
    for error in errors:
        problems: Sequence[object] = error.problems if isinstance(error, InputError) else (error,)
        for problem in problems:
            say(str(problem) if isinstance(problem, Problem) else f"llm-licensecheck: {problem}")


def kinds(fail_on: str) -> frozenset[str]:
    """The kinds that stop a build; a single one stands for itself and everything worse.

    >>> sorted(kinds("open")), sorted(kinds("fail,review"))
    (['fail', 'open'], ['fail', 'review'])
    """
    given = [kind.strip() for kind in fail_on.split(",")]
    for kind in given:
        if kind not in STOPPING:
            raise click.BadParameter(f"{kind!r} is not one of {', '.join(STOPPING)}.", param_hint="'--fail-on'")
    if len(given) > 1:
        return frozenset(given)
    return frozenset(STOPPING[: STOPPING.index(given[0]) + 1])


def stops(report: Any, stopping: frozenset[str]) -> bool:
    from licensecheck.render.blocks import is_waived

    return any(finding["kind"] in stopping and not is_waived(finding) for finding in report["findings"])


def examined(targets: Sequence[str], options: dict[str, Any], offline: bool) -> tuple[list[Any], list[LicenseCheckError]]:
    """A report of each target that can be read; what is wrong with the others does not hide it."""
    answers = [answer for target in dict.fromkeys(targets) for answer in _answers(target, options, offline)]
    errors = [answer for answer in answers if isinstance(answer, LicenseCheckError)]
    reports = [answer for answer in answers if not isinstance(answer, LicenseCheckError)]
    return list({report["subject"]["target"]: report for report in reports}.values()), errors


def _answers(target: str, options: dict[str, Any], offline: bool) -> list[Any]:
    """A report or an error for the target, or for each subject that its manifest lists."""
    if not os.path.isdir(target):
        from licensecheck.cli.elsewhere import brought

        report = brought(target, options, offline)
        if report is not None:
            return [report]
    from licensecheck.many import places, settle_shared_waivers

    try:
        found = places(folder(target), options["rules"])
    except LicenseCheckError as error:
        return [error]
    if options["evidence"] and len(found) > 1:
        return [UsageError("--evidence speaks of one subject: give the folder of that subject, or name the file in its manifest")]
    answers = [_answer(place, root, options) for place, root in found]
    root = found[0][1]
    if root is not None:
        shared = frozenset(source.path for source in root.sources)
        settle_shared_waivers([answer for answer in answers if not isinstance(answer, LicenseCheckError)], shared)
    return answers


def _answer(place: str, root: Any, options: dict[str, Any]) -> Any:
    from licensecheck import pipeline

    shared = {"root": root} if root is not None else {}
    try:
        return pipeline.examine(place, **shared, **options)
    except LicenseCheckError as error:
        return error


def _known(path: str | None) -> Any:
    if path is None:
        return None
    from licensecheck import baseline

    return baseline.read(path)


def _suppress(known: Any, reports: list[Any], path: str) -> None:
    from licensecheck import baseline

    gone = baseline.apply(known, reports)
    if gone:
        say(baseline.gone(gone, path))


def _write_baseline(path: str, reports: list[Any]) -> None:
    """What is written counts at once: the run that takes the baseline passes."""
    from datetime import date

    from licensecheck import baseline
    from licensecheck.render.files import write_whole

    taken = baseline.take(reports, date.today().isoformat())
    write_whole(path, baseline.dump(taken).encode("ascii"))
    baseline.apply(taken, reports)
    say(f"{path}: {len(taken.findings)} finding{'s' * (len(taken.findings) != 1)} written")


def _draw(reports: list[Any], path: str, lang: str, rules: str | None) -> None:
    from licensecheck.knowledge import load
    from licensecheck.render import graph
    from licensecheck.render.files import write_whole

    relations = load(rules).table("relations")["relations"]
    words = {name: str(relation["means"].get(lang) or relation["means"]["en"]) for name, relation in relations.items()}
    write_whole(path, graph.render(reports, path, words))


def _deliver(
    reports: list[Any], format_: str, output: str | None, *, lang: str, everything: bool, quiet: bool, packet: Callable[[], str]
) -> None:
    colour, width = (False, 100) if output else colour_and_width()
    if format_ == "json":
        from licensecheck import pipeline
        from licensecheck.render import as_json

        written = as_json.render(pipeline.envelope(reports))
    elif format_ == "html":
        written = packet()
    elif format_ != "text":
        from licensecheck.cli.machines import written_for

        written = written_for(format_, reports, lang=lang, everything=everything)
    else:
        from licensecheck.cli.main import COMMANDS
        from licensecheck.render import text

        # nothing can be written into what lies elsewhere
        commands = COMMANDS if all(os.path.isdir(report["subject"]["target"]) for report in reports) else ()
        written = text.render(reports, lang=lang, width=width, colour=colour, everything=everything, quiet=quiet, commands=commands)
    if output is None or output == "-":
        put(written)
        return
    from licensecheck.render.files import write_whole

    write_whole(output, written.encode("utf-8", "backslashreplace"))
