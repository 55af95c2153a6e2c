"""Targets and options in, the legal review packet out: one page that a lawyer reads, fills in and signs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import click

from licensecheck.cli.check import examined, tell
from licensecheck.cli.common import LANGUAGES, as_option, evidence_option, lang_option, offline_option, put, rules_option, say, set_option
from licensecheck.errors import LicenseCheckError, UnreachableError, UsageError

#: Types of the manifest that are read from a line of text by rules of their own.
_TYPED = frozenset({"figure", "money", "country", "providers", "license", "date", "bool"})


@click.command("review", short_help="Write the legal review packet, one HTML page.")
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@as_option
@set_option
@evidence_option
@click.option("--output", "-o", metavar="FILE", help="Write the page into a file, whole or not at all.")
@click.option("--baseline", metavar="FILE", help="Findings listed there are shown as accepted.")
@lang_option
@rules_option
@offline_option
@click.option("--allow-partial", "partial", is_flag=True, help="What could not be reached does not make the exit code 3.")
def command(
    targets: tuple[str, ...],
    as_: str | None,
    sets: tuple[str, ...],
    evidence: tuple[str, ...],
    output: str | None,
    baseline: str | None,
    lang: str,
    rules: str | None,
    offline: bool,
    partial: bool,
) -> int:
    """Write the legal review packet: every clause with its section, its evidence and its judgement, the questions as a form, sign-off.

    The page holds both languages; --lang says which is shown first. It asks for nothing from anywhere, and prints.
    Exit codes: 0 written, whatever it says; 2 bad usage or unreadable input, 3 something could not be reached.
    """
    if evidence and len(targets) > 1:
        raise UsageError("--evidence speaks of one target: write a packet for each")
    options = {"sets": sets, "as_": as_, "lang": lang, "rules": rules, "everything": True, "evidence": evidence}
    known = _known(baseline)
    reports, errors = examined(targets or (".",), options, offline)
    if known is not None:
        from licensecheck.baseline import apply

        apply(known, reports)
    refused = [error for error in errors if not isinstance(error, UnreachableError)]
    if reports and not (refused and output):
        _deliver(packet_of(reports, targets or (".",), options, offline, known), output)
    tell(errors)
    if refused:
        return 2
    unreached = any(report.get("unreached") for report in reports) and not partial
    return 3 if errors or unreached else 0


def _known(path: str | None) -> Any:
    if path is None:
        return None
    from licensecheck.baseline import read

    return read(path)


def _deliver(page: str, output: str | None) -> None:
    if output is None or output == "-":
        put(page)
        return
    from licensecheck.render.files import write_whole

    write_whole(output, page.encode("utf-8", "backslashreplace"))
    say(f"{output}: written")


def packet_of(reports: Sequence[Any], targets: Sequence[str], options: Mapping[str, Any], offline: bool, known: Any) -> str:
    """The page about reports that were made with `options`; they are made once more in the other language."""
    from licensecheck import __version__
    from licensecheck.knowledge import load
    from licensecheck.render.packet import render

    knowledge = load(options["rules"])
    lang = str(options["lang"])
    others = _again(reports, targets, {**options, "lang": next(other for other in LANGUAGES if other != lang)}, offline, known)
    english, chinese = (reports, others) if lang == "en" else (others, reports)
    return render(
        english,
        chinese,
        tool={"version": __version__, "knowledge": knowledge.version},
        glossary=_glossary(knowledge),
        forms=[_form(report, knowledge) for report in reports],
        lists=_lists(knowledge),
        lang=lang,
    )


def _again(reports: Sequence[Any], targets: Sequence[str], options: dict[str, Any], offline: bool, known: Any) -> list[Any]:
    """The same reports in another language; one that cannot be had stands for itself."""
    found, _ = examined(targets, options, offline)
    if known is not None:
        from licensecheck.baseline import apply

        apply(known, found)
    others = {report["subject"]["target"]: report for report in found}
    return [others.get(report["subject"]["target"], report) for report in reports]


def _glossary(knowledge: Any) -> Any:
    from licensecheck.render.packet import Glossary

    relations = {name: row["means"] for name, row in knowledge.table("relations")["relations"].items()}
    facts = {}
    for section, row in knowledge.table("manifest")["keys"].items():
        facts.update({f"{section}.{key}": {"en": item["en"], "zh": item["zh"]} for key, item in row.get("keys", {}).items()})
    entry = knowledge.table("manifest")["keys"]["built_from"]["list"]["keys"]
    facts.update({f"component.{key}": {"en": item["en"], "zh": item["zh"]} for key, item in entry.items()})
    return Glossary(relations, facts)


def _lists(knowledge: Any) -> dict[str, Any]:
    """What answers are compared with in the page, as the manifest's own reader compares them."""
    table = knowledge.table("manifest")
    return {
        "countries": table["countries"].split(),
        "aliases": dict(table["country_aliases"]),
        "currencies": table["currencies"].split(),
        "licenses": list(knowledge.license_ids()),
    }


def _form(report: Any, knowledge: Any) -> dict[str, Any] | None:
    """What the page writes the manifest with: the text of the present one in pieces, and a row for each answer."""
    from licensecheck.interview.blanks import fields_of, pieces

    try:
        path, text, entries = _manifest(str(report["subject"]["target"]), knowledge)
    except LicenseCheckError:
        return None
    fields = fields_of(report, knowledge.table("manifest")["keys"])
    parts, by_hand = pieces(fields, text, entries, report["lineage"]["nodes"])
    rows = [_row(field, knowledge) for field in fields]
    return {"file": path, "exists": text is not None, "fields": rows, "pieces": parts, "by_hand": by_hand}


def _manifest(target: str, knowledge: Any) -> tuple[str, str | None, list[Any] | None]:
    """The manifest's path and text as they are, and what its own file says under `built_from`; nothing of that for what is no folder."""
    from licensecheck import pipeline
    from licensecheck.cli.init import manifest_path
    from licensecheck.interview.changes import plain
    from licensecheck.render.files import read_editable
    from licensecheck.sources.names import printable

    if not os.path.isdir(target):
        return "licensecheck.yaml", None, []
    path = manifest_path(target)
    text = read_editable(path)
    manifest = pipeline.manifest_of(target, knowledge)
    where = manifest.where("built_from")
    elsewhere = "built_from" in manifest.values and where is not None and where[0] != printable(manifest.sources[0].path)
    return path, text, None if elsewhere else plain(manifest.get("built_from") or [])


def _row(field: Any, knowledge: Any) -> dict[str, Any]:
    """How one answer is given, by the manifest's table: the kind of input, its choices, whether there may be several."""
    row, several = (field.row["list"], True) if "type" in field.row.get("list", {}) else (field.row, False)
    kind = str(row.get("type", "made"))
    found: dict[str, Any] = {"fact": field.fact, "component": field.component, "key": ".".join(field.place), "several": several}
    if kind == "enum":
        return {**found, "control": "choices" if several else "enum", "values": list(row["values"])}
    if kind == "id" and row["of"] == "purposes":
        purposes = knowledge.table("purposes")["purposes"]
        return {**found, "control": "choices", "choices": [(name, dict(item["means"])) for name, item in purposes.items()]}
    if kind == "country":
        found["groups"] = list(row.get("groups", ()))
    return {**found, "control": kind if kind in _TYPED else "made" if field.place == ("built_from",) else "text"}
