"""Readings of comparisons in, what they say beside the declared lineage out: values, references, counter-evidence and limits.

A finding names a possible base for a person to judge; no value of any technique makes it more than that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from licensecheck.facts.measured import Measured, Reading
from licensecheck.lineage.component import Component
from licensecheck.report import Finding

from .base import Checker
from .disclosed import proposal

#: From the weakest up; two techniques that look at different things count for one step more.
CONFIDENCE = ("lowest", "low", "medium", "high")
#: Of lists in a sentence.
_MOST = 8
#: For the interval of a share: 95 %.
_Z = 1.959964


def measured(check: Checker) -> Iterator[Finding]:
    """One finding for each possible base and tokenizer, and one for all replies about identity."""
    record = check.subject.measured
    if record is None:
        return
    noted = [reading for reading in record.readings if reading.noted and reading.component]
    bases = dict.fromkeys(reading.component.lower() for reading in noted if reading.technique["speaks_of"] == "weights")
    for name in bases:
        yield _base(check, record, record.about(name), record.explains(name))
    tokenizers = dict.fromkeys(reading.component.lower() for reading in noted if reading.technique["speaks_of"] == "tokenizer")
    for name in tokenizers:
        if name not in bases and not record.explains(name) and not _declared(check, name):
            yield _tokenizer(check, record, record.about(name))
    probes = [reading for reading in record.readings if reading.technique["speaks_of"] == "claim"]
    if probes:
        yield _identity(check, record, probes)


def _base(check: Checker, record: Measured, readings: Sequence[Reading], declared: bool) -> Finding:
    noted = [reading for reading in readings if reading.noted]
    component = next((part for part in check.subject.possible if part.id == noted[0].component and part.relation == "finetune"), None)
    said = check.words.say("measured", "join", {}).join(_said(check, reading) for reading in noted)
    blanks = {"component": noted[0].component, "readings": said, "establishes": check.words.pick(record.words["establishes"])}
    found = check.finding(
        "lineage",
        "pass" if declared else "review",
        "base-agrees" if declared else "base",
        blanks,
        component=component,
        name=noted[0].component,
        evidence=tuple(reading.evidence for reading in noted),
        actions=() if declared or component is None else proposal(check, component),
    )
    independent = len({reading.technique["independent"] for reading in noted})
    best = max(CONFIDENCE.index(reading.technique["confidence"]) for reading in noted)
    found["confidence"] = CONFIDENCE[min(best + (independent > 1), len(CONFIDENCE) - 1)]
    found["notes"] += [check.words.say("measured", "agree", {"count": independent})] if independent > 1 else []
    found["notes"] += _notes(check, readings)
    left = check.words.say("measured", "join", {}).join(check.words.pick(technique["name"]) for technique in record.not_run)
    found["notes"] += [check.words.say("measured", "not-run", {"techniques": left})] if left else []
    return _measured(check, record, found, readings, component)


def _tokenizer(check: Checker, record: Measured, readings: Sequence[Reading]) -> Finding:
    noted = [reading for reading in readings if reading.noted]
    blanks = {"component": noted[0].component, "readings": _said(check, noted[0])}
    evidence = tuple(reading.evidence for reading in noted)
    found = check.finding("lineage", "informational", "tokenizer", blanks, name=noted[0].component, evidence=evidence)
    found["confidence"] = "low"
    found["notes"] += _notes(check, noted)
    return _measured(check, record, found, noted, None)


def _identity(check: Checker, record: Measured, readings: Sequence[Reading]) -> Finding:
    """All recorded replies, by language and prompt; no base is named and no terms are cited: none of that is in evidence."""
    named = any(probe["named"] for reading in readings for probe in reading.said["probes"])
    lines = [_probed(check, reading, probe) for reading in readings for probe in reading.said["probes"][:_MOST]]
    blanks = {"readings": check.words.say("measured", "join", {}).join(lines)}
    evidence = tuple(reading.evidence for reading in readings)
    found = check.finding("lineage", "review" if named else "pass", "identity" if named else "identity-own", blanks, evidence=evidence)
    found["confidence"] = "lowest"
    found["notes"] += _notes(check, readings)
    return _measured(check, record, found, readings, None)


def _probed(check: Checker, reading: Reading, probe: dict[str, Any]) -> str:
    low, high = wilson(probe["named"], probe["of"])
    vendor = check.words.say("measured", "vendor", {"vendor": probe["vendor"]}) if probe.get("vendor") else ""
    blanks = {**probe, "prompt": probe.get("prompt") or "…", "vendor": vendor, "low": f"{low:.2f}", "high": f"{high:.2f}"}
    return _filled(check, reading, blanks)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson.

    >>> [round(end, 2) for end in wilson(5, 8)], [round(end, 2) for end in wilson(0, 5)]
    ([0.31, 0.86], [0.0, 0.43])
    """
    share, square = hits / of, _Z * _Z
    middle = share + square / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, (middle - half) / (1 + square / of)), min(1.0, (middle + half) / (1 + square / of))


def described(check: Checker, found: Finding, component: Component) -> None:
    """What was measured of a file of code, beside the duty that would follow from its origin."""
    record, file = check.subject.measured, component.attributes.get("code")
    readings = [one for one in record.about(component.id) if str(one.said.get("file")).removeprefix("./") == file] if record else []
    if record is not None and readings:
        establishes = check.words.pick(record.words["establishes"])
        said = check.words.say("measured", "join", {}).join(_said(check, reading) for reading in readings if reading.noted)
        found["notes"] += [check.words.say("measured", "code", {"readings": said, "establishes": establishes}), *_notes(check, readings)]
        found["measured"] = [_row(check, reading) for reading in readings]


def _measured(check: Checker, record: Measured, found: Finding, readings: Sequence[Reading], component: Component | None) -> Finding:
    found["basis"] = "measured"
    found["notes"].insert(0, check.words.say("confidence", found["confidence"], {}))
    found["measured"] = [_row(check, reading) for reading in readings]
    found["notes"].append(check.words.pick(record.words["not_proof"]))
    if found["kind"] == "review":
        key = "would-change" if component is not None else "would-change-identity"
        found["would_change"] = check.words.say("measured", key, {"component": component.id if component else ""})
    return found


def _row(check: Checker, reading: Reading) -> dict[str, Any]:
    """One reading as the JSON report has it."""
    technique, said = reading.technique, reading.said
    kept = ("null_pairs", "references", "probes", "tool", "date")
    return {
        "formula": reading.formula,
        "technique": check.words.pick(technique["name"]),
        "compared_to": reading.component or None,
        "value": said.get("value"),
        "attention": reading.noted,
        "caveats": [check.words.pick(caveat) for caveat in technique["caveats"]],
        "does_not_show": check.words.pick(technique["cannot"]),
        "source": reading.evidence["source"],
        "line": reading.evidence["line"],
        **{key: list(said[key]) if isinstance(said[key], tuple) else said[key] for key in kept if key in said},
    }


def _notes(check: Checker, readings: Sequence[Reading]) -> list[str]:
    """What has to be read beside the values: other pairs, differences, values below attention, and the limits of each method."""
    notes: dict[str, None] = {}
    for reading in readings:
        name = check.words.say("measured", "method", {"name": check.words.pick(reading.technique["name"]), "formula": reading.formula})
        if not reading.noted and reading.said.get("value") is not None and reading.technique["attention"]:
            notes[check.words.say("measured", "below", {"method": name, "value": _number(check, reading.said["value"])})] = None
        notes.update(dict.fromkeys(_others(check, reading, name)))
        different = _differences(reading)
        if different:
            notes[check.words.say("measured", "differ", {"method": name, "fields": "; ".join(different[:_MOST])})] = None
        for caveat in reading.technique["caveats"] if reading.noted or not reading.technique["attention"] else ():
            notes[check.words.say("measured", "caveat", {"method": name, "caveat": check.words.pick(caveat)})] = None
        if reading.noted or not reading.technique["attention"]:
            notes[check.words.say("measured", "cannot", {"method": name, "what": check.words.pick(reading.technique["cannot"])})] = None
    return list(notes)


def _others(check: Checker, reading: Reading, name: str) -> Iterator[str]:
    """The same method over pairs that have nothing to do with one another."""
    if "null_pairs" not in reading.technique["fields"] or not reading.noted:
        return
    pairs = [*reading.said.get("null_pairs", ()), *reading.said.get("references", ())]
    if not pairs:
        yield check.words.say("measured", "no-others", {"method": name})
        return
    shown = ", ".join(_pair(check, pair) for pair in pairs[:_MOST])
    yield check.words.say("measured", "others", {"method": name, "values": shown, "count": len(pairs)})


def _pair(check: Checker, pair: dict[str, Any]) -> str:
    who = pair.get("compared_to") or " / ".join(pair.get("pair", ()))
    value = _number(check, pair["value"])
    return f"{value} ({who})" if who else value


def _differences(reading: Reading) -> list[str]:
    said = reading.said
    listed = [f"{item['field']} {_side(item.get('subject'))} / {_side(item.get('reference'))}" for item in said.get("differing", ())]
    return listed + [f"+ {name}" for name in said.get("extra", ())] + [f"- {name}" for name in said.get("missing", ())]


def _side(value: object) -> str:
    return "–" if value is None else str(value)


def _said(check: Checker, reading: Reading) -> str:
    said = reading.said
    blanks = {
        "component": reading.component,
        "value": _number(check, said.get("value")),
        "detrended": _number(check, said.get("detrended")),
        "identifier": said.get("identifier", ""),
        "file": said.get("file", ""),
    }
    return _filled(check, reading, blanks)


def _filled(check: Checker, reading: Reading, blanks: dict[str, Any]) -> str:
    from licensecheck.engine.findings import fill

    sentence = fill(check.words.pick(reading.technique["reading"]), {key: str(value) for key, value in blanks.items()})
    return check.words.say("measured", "reading", {"formula": reading.formula, "said": sentence})


def _number(check: Checker, value: Any) -> str:
    return check.words.say("measured", "not-reported", {}) if value is None else f"{value:.4g}"


def _declared(check: Checker, name: str) -> bool:
    """Does the lineage name it already, in whatever way?"""
    return any(component.id.lower() == name for component in check.subject.components)
