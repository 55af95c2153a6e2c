"""Reports in, the findings of today as a baseline out; a baseline and later reports in, what is old suppressed and what is gone out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from licensecheck.errors import InputError, Problem
from licensecheck.report import KINDS, VERDICTS
from licensecheck.sources.names import printable
from licensecheck.sources.reading import read_text

SCHEMA = "licensecheck-baseline/1"
MAX_BYTES = 8_000_000
#: Kinds that a baseline holds: those that can stop a build.
HELD = VERDICTS[:3]
_KEYS = ("id", "rule", "kind", "subject")


class Baseline(NamedTuple):
    """Findings that were there on a day: each with id, rule, component, kind and the name of its subject."""

    date: str
    findings: tuple[dict[str, Any], ...]


def take(reports: Sequence[Any], date: str) -> Baseline:
    """Everything in the reports that is not suppressed already."""
    found = [
        {"id": item["id"], "rule": item["rule"], "component": item["component"], "kind": item["kind"], "subject": report["subject"]["name"]}
        for report in reports
        for item in report["findings"]
        if item["kind"] in HELD and not item["suppressions"]
    ]
    return Baseline(date, tuple(sorted(found, key=lambda item: (str(item["subject"]), item["rule"], item["component"] or "", item["id"]))))


def dump(baseline: Baseline) -> str:
    """The file: one finding per line, so that a difference of two baselines can be read."""
    import json

    rows = ",\n".join("  " + json.dumps(item, ensure_ascii=True, sort_keys=True) for item in baseline.findings)
    head = f'{{"schema": {json.dumps(SCHEMA)}, "date": {json.dumps(baseline.date)}, "findings": ['
    return f"{head}\n{rows}\n]}}\n" if rows else f"{head}]}}\n"


def read(path: str) -> Baseline:
    """The baseline in a file; InputError in one line for whatever is none."""
    import json

    shown = printable(path)
    try:
        file = read_text(path, path, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise _wrong(shown, None, f"the baseline can't be read: {getattr(error, 'strerror', None) or error}") from None
    if file.truncated:
        raise _wrong(shown, None, f"larger than {MAX_BYTES:,} bytes: too large for a baseline")
    try:
        document = json.loads(file.text)
    except json.JSONDecodeError as error:
        raise _wrong(shown, error.lineno, f"not a baseline: not valid JSON ({error.msg})") from None
    except (RecursionError, ValueError):
        raise _wrong(shown, None, "not a baseline: nested too deeply, or a number is too long") from None
    return _checked(document, shown)


def _checked(document: Any, shown: str) -> Baseline:
    again = "write it anew with `check --write-baseline`"
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise _wrong(shown, None, f'not a baseline: `"schema": "{SCHEMA}"` is missing; {again}')
    date, findings = document.get("date"), document.get("findings")
    if not isinstance(date, str) or not _is_date(date) or not isinstance(findings, list):
        raise _wrong(shown, None, f"not a baseline: `date` (year-month-day) or `findings` (a list) is missing; {again}")
    for number, item in enumerate(findings, 1):
        good = isinstance(item, dict) and all(isinstance(item.get(key), str) for key in _KEYS) and item["kind"] in HELD
        if not good or not isinstance(item.get("component"), str | None):
            wanted = ", ".join(_KEYS)
            raise _wrong(shown, None, f"finding {number} is not one of a baseline ({wanted} as texts, kind {'|'.join(HELD)}); {again}")
    return Baseline(date, tuple(findings))


def _is_date(text: str) -> bool:
    return len(text) == 10 and text.isascii() and text[4] == text[7] == "-" and text.replace("-", "").isdecimal()


def _wrong(path: str, line: int | None, message: str) -> InputError:
    return InputError([Problem(path, line, message)])


def apply(baseline: Baseline, reports: Sequence[Any]) -> list[dict[str, Any]]:
    """Suppress what the baseline knows, count anew, and return its findings that are gone from the subjects looked at.

    A finding that is worse than the one in the baseline stays as it is.
    """
    known: dict[str, list[dict[str, Any]]] = {}
    for item in baseline.findings:
        known.setdefault(item["id"], []).append(item)
    for report, finding in _findings(reports):
        held = known.get(finding["id"])
        if not held:
            continue
        entry = min(held, key=lambda item: KINDS.index(item["kind"]))
        held.remove(entry)
        if not finding["suppressions"] and KINDS.index(finding["kind"]) >= KINDS.index(entry["kind"]):
            justification = f"in the baseline of {baseline.date}"
            finding["suppressions"].append({"kind": "external", "status": "accepted", "justification": justification})
            report["counts"][finding["kind"]] -= 1
    for report in reports:
        live = {finding["kind"] for finding in report["findings"] if not finding["suppressions"]}
        report["verdict"] = next((kind for kind in VERDICTS if kind in live), "pass")
        asked = {(item["question"] or {}).get("fact") for item in report["findings"] if not item["suppressions"]}
        report["questions"][:] = [question for question in report["questions"] if question["fact"] in asked]
    subjects = {report["subject"]["name"] for report in reports}
    return [item for held in known.values() for item in held if item["subject"] in subjects]


def _findings(reports: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for report in reports:
        for finding in report["findings"]:
            if finding["kind"] in HELD:
                yield report, finding


def gone(entries: Sequence[dict[str, Any]], path: str) -> str:
    """The one line that tells of findings which are gone."""
    named = [f"{item['rule']} ({item['component']})" if item["component"] else item["rule"] for item in entries[:3]]
    more = f" and {len(entries) - 3} more" if len(entries) > 3 else ""
    verb = "finding of the baseline is" if len(entries) == 1 else "findings of the baseline are"
    return printable(f"{path}: {len(entries)} {verb} gone: {', '.join(named)}{more}; shrink it with `check --write-baseline`", 600)
