"""A report in, the words that a product has to show and the places for them, as JSON, out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from licensecheck.render.markdown import plain
from licensecheck.render.templating import words

from . import parts
from .styles import WHOLE

SCHEMA = "licensecheck-ui/1"


def ui_strings(report: Any, lang: str = "en") -> str:
    """`schema/ui-strings-1.json` describes it. Words are never translated; the names of places are."""
    named = words(lang, "fix.yaml")["places"]
    strings = [_string(report, key, findings, named) for key, findings in sorted(_alike(report).items())]
    built_from = [_credit(part) for part in parts.components(report) if part.through is None]
    document = {
        "schema": SCHEMA,
        "lang": lang,
        "subject": _name(report),
        "as_of": report["as_of"],
        "strings": strings,
        "components": built_from,
    }
    return json.dumps(_plain(document), ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    """Strings without what a terminal would obey."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return plain(value, WHOLE) if isinstance(value, str) else value


def _name(report: Any) -> str:
    return str(report["subject"].get("name") or report["subject"]["target"])


_Key = tuple[tuple[str, ...], tuple[str, ...]]


def _alike(report: Any) -> dict[_Key, list[Any]]:
    """Duties that ask for the same words at the same places."""
    found: dict[_Key, list[Any]] = {}
    for finding in sorted(parts.required(report, None), key=lambda item: str(item["id"])):
        key = (tuple(map(parts.line, finding["required"]["texts"])), tuple(finding["required"]["places"]))
        found.setdefault(key, []).append(finding)
    return found


def _string(report: Any, key: _Key, findings: list[Any], named: Mapping[str, str]) -> dict[str, Any]:
    texts, places = key
    text = parts.chosen(findings[0], "")
    shown = [(item["source"], item.get("line")) for finding in findings if finding["kind"] == "pass" for item in finding["evidence"][:1]]
    clauses = {finding["rule"]: _clause(finding) for finding in findings}
    return {
        "text": text,
        "shown_as": f"{_name(report)} {text}" if text[:1].islower() else text,
        "alternatives": [other for other in texts if other != text],
        "places": [{"place": place, "name": named.get(place, place)} for place in places],
        "components": sorted({finding["component"] for finding in findings if finding["component"]}),
        "clauses": [clauses[rule] for rule in sorted(clauses)],
        "state": _state({finding["kind"] for finding in findings}),
        "seen": [{"source": source, "line": line} for source, line in dict.fromkeys(shown)],
    }


def _state(kinds: set[str]) -> str:
    if kinds == {"pass"}:
        return "shown"
    return "owed" if "fail" in kinds else "undecided"


def _clause(finding: Any) -> dict[str, Any]:
    cited = finding["citation"]
    return {"rule": finding["rule"], "license": finding["license"], "section": cited.get("section"), "url": cited.get("url")}


def _credit(part: parts.Part) -> dict[str, Any]:
    licenses = [{"id": terms.license, "in_force_from": terms.since, "url": terms.url} for terms in part.terms]
    return {"id": part.id, "type": part.type, "relation": part.relation, "url": part.url, "licenses": licenses}
