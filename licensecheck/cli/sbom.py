"""A target in, the bill of materials of its lineage out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from licensecheck.cli.common import examine_options, folder, put, say
from licensecheck.errors import LicenseCheckError, UsageError

if TYPE_CHECKING:
    from licensecheck.knowledge import Knowledge
    from licensecheck.render.sbom.bill import Bill, Sources
    from licensecheck.render.sbom.table import Table

FORMATS = ("spdx", "spdx3", "cyclonedx")
ENCODINGS = ("json", "yaml", "tag")
SPECS = ("1.6", "1.7")
#: Encodings of SPDX 2.3 by the end of the file's name.
_ENDINGS = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".spdx": "tag", ".tag": "tag"}
_EPOCH = "SOURCE_DATE_EPOCH"


@click.command("sbom", short_help="Write the bill of materials of the lineage: SPDX or CycloneDX.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="spdx", show_default=True, help="SPDX 2.3 or 3.0.1, or CycloneDX.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Form of SPDX 2.3. Default: by the ending of --output, else json.")
@click.option("--spec", type=click.Choice(SPECS), help="Version of CycloneDX.  [default: 1.6]")
@click.option("--hash-weights", is_flag=True, help="List the weight files too, with their hashes: reads all of them.")
@click.option("--output", "-o", metavar="FILE", help="Write it into a file, whole or not at all.")
@examine_options
def command(
    target: str,
    format_: str,
    encoding: str | None,
    spec: str | None,
    hash_weights: bool,
    output: str | None,
    as_: str | None,
    sets: tuple[str, ...],
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Write what a model is made of as a bill of materials: components, relations, licences as declared and as concluded, hashes.

    TARGET is a folder (default: the current one), a weight file (.gguf, .safetensors), or a repository on the Hub (org/name,
    datasets/org/name, each with @revision). The same input gives the same bytes; SOURCE_DATE_EPOCH sets the time of creation,
    else the day of the report does.
    What was found wanting does not stop it: that is the business of `check`. Exit code 3: something needed could not be reached.
    """
    if encoding is not None and format_ != "spdx":
        raise UsageError(f"--encoding is for --format spdx: {format_} is always JSON")
    if spec is not None and format_ != "cyclonedx":
        raise UsageError("--spec is for --format cyclonedx")
    if hash_weights and not os.path.isdir(target):
        raise UsageError(f"--hash-weights is for folders: the weights of {target} are not here as a whole")
    created = os.environ.get(_EPOCH)
    report, sources, table = _examined(target, {"sets": sets, "as_": as_, "lang": lang, "rules": rules}, offline, hash_weights)
    from licensecheck import __version__
    from licensecheck.render.sbom.bill import bill_of

    bill = bill_of(report, table, sources, _moment(created, report["as_of"]), f"llm-licensecheck-{__version__}")
    text = _written(bill, table, format_, encoding or _by_ending(output), spec or SPECS[0])
    if output is None or output == "-":
        put(text)
    else:
        from licensecheck.render.files import write_whole

        write_whole(output, text.encode("utf-8"))
    for note in report.get("unreached", ()):
        say(f"llm-licensecheck: {note}")
    return 3 if report.get("unreached") else 0


def _written(bill: Bill, table: Table, format_: str, encoding: str, spec: str) -> str:
    if format_ == "spdx":
        from licensecheck.render.sbom import spdx2

        return spdx2.render(bill, table, encoding)
    if format_ == "spdx3":
        from licensecheck.render.sbom import spdx3

        return spdx3.render(bill, table)
    from licensecheck.render.sbom import cyclonedx

    return cyclonedx.render(bill, table, spec)


def _by_ending(output: str | None) -> str:
    return _ENDINGS.get(os.path.splitext(output or "")[1].lower(), "json")


def _moment(epoch: str | None, as_of: str) -> str:
    """When the bill was made (https://reproducible-builds.org/specs/source-date-epoch/), else the day the report is for, at midnight.

    >>> _moment("0", "2026-11-30"), _moment(None, "2026-11-30")
    ('1970-01-01T00:00:00Z', '2026-11-30T00:00:00Z')
    """
    if not epoch:
        return f"{as_of}T00:00:00Z"
    from datetime import datetime, timezone

    try:
        if not (epoch.isascii() and epoch.isdecimal()):
            raise ValueError
        return datetime.fromtimestamp(int(epoch), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"{_EPOCH}={epoch}: must be seconds since 1970-01-01, in digits") from None


def _examined(target: str, options: dict[str, Any], offline: bool, hash_weights: bool) -> tuple[Any, Sources, Table]:
    """The report of the target, what the bill needs beside it, and the table that it is written with."""
    from licensecheck.cli.bill_sources import Kept, declared_licences, read_table
    from licensecheck.knowledge import load

    kept = Kept(hash_weights=hash_weights)
    report = _report(target, {**options, "watch": kept.keep}, offline)
    knowledge: Knowledge = load(options["rules"])
    table = read_table(knowledge, options["lang"])
    return report, kept.sources(knowledge, table, declared_licences(report, knowledge)), table


def _report(target: str, options: dict[str, Any], offline: bool) -> Any:
    if not os.path.isdir(target):
        from licensecheck.cli.elsewhere import brought

        report = brought(target, options, offline)
        if isinstance(report, LicenseCheckError):
            raise report
        if report is not None:
            return report
    from licensecheck import pipeline

    return pipeline.examine(folder(target), **options)
