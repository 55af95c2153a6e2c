"""Reports in, one SARIF log out: results with their kinds, rules with their help, suppressions, fingerprints that survive moved lines.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, as code scanning on GitHub reads it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from licensecheck.report import KINDS

from .anchors import Locate, anchor
from .blocks import cited
from .terminal import safe_block

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: kind of a finding → kind and level of a result (§3.27.9, §3.27.10); a level other than none goes with the kind `fail` only.
_KINDS = {
    "fail": ("fail", "error"),
    "open": ("open", "none"),
    "review": ("review", "none"),
    "pass": ("pass", "none"),
    "informational": ("informational", "none"),
    "not-applicable": ("notApplicable", "none"),
}
#: how bad a rule's results are where a viewer goes by that alone
_LEVELS = {"fail": "error", "open": "warning", "review": "warning", "informational": "note", "pass": "none", "not-applicable": "none"}
_MOST_TEXT = 1_000


def render(reports: Sequence[Any], locate: Locate, version: str, *, everything: bool = False, information: str) -> str:
    """The log as JSON with a final line break; `information` is the project's address.

    What passed or is not applicable is in it only with `everything`.
    """
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for report in reports:
        for finding in sorted(report["findings"], key=lambda item: (KINDS.index(item["kind"]), item["rule"], item["component"] or "")):
            if everything or finding["kind"] not in ("pass", "not-applicable"):
                rules.setdefault(finding["rule"], _rule(finding))
                results.append(_result(finding, report, locate, list(rules).index(finding["rule"])))
    driver = {
        "name": "llm-licensecheck",
        "semanticVersion": version,
        "version": version,
        "informationUri": information,
        "rules": list(rules.values()),
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _plain(text: object) -> str:
    """Text of strangers as one that nothing obeys; never empty."""
    return ("\n".join(safe_block(str(text), 60)) or "-")[:_MOST_TEXT]


def _rule(finding: Any) -> dict[str, Any]:
    remedy = (finding["remedy"] or {}).get("summary") or finding["title"]
    clause = cited(finding, finding["license"]) if finding["license"] else ""
    text = _plain(f"{remedy}\n{clause}".strip())
    rule: dict[str, Any] = {
        "id": finding["rule"],
        "name": finding["topic"],
        "shortDescription": {"text": _plain(finding["title"])},
        "fullDescription": {"text": _plain(f"{finding['title']} ({clause})" if clause else finding["title"])},
        "help": {"text": text, "markdown": _markdown(text)},
        "defaultConfiguration": {"level": _LEVELS[finding["kind"]]},
        "properties": {
            "tags": [tag for tag in (finding["topic"], finding["layer"], finding["license"]) if tag],
            "precision": _precision(finding),
        },
    }
    url = finding["citation"].get("url")
    return {**rule, "helpUri": quote(url, safe=":/?&=%#+,;@~.-_")} if isinstance(url, str) and url.startswith("https://") else rule


def _markdown(text: str) -> str:
    """Words only: nothing in them is a link, a picture or a tag."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()<>#+!|~" else char for char in text).replace("\n", "\n\n")


def _precision(finding: Any) -> str:
    return "very-high" if finding["verified"] and finding["kind"] == "fail" else "high" if finding["verified"] else "medium"


def _result(finding: Any, report: Any, locate: Locate, index: int) -> dict[str, Any]:
    kind, level = _KINDS[finding["kind"]]
    question = finding["question"] or {}
    message = question.get("ask") or finding["message"] if finding["kind"] == "open" else finding["message"]
    result: dict[str, Any] = {
        "ruleId": finding["rule"],
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": {"text": _plain(message)},
        "locations": [_location(anchor([finding], report, locate))],
        "partialFingerprints": {"licensecheckFinding/v1": finding["id"]},
        "properties": {key: finding[key] for key in ("kind", "outcome", "layer", "component", "license", "topic") if finding[key]},
    }
    if finding["suppressions"]:
        result["suppressions"] = [_suppression(item) for item in finding["suppressions"]]
    return result


def _location(place: dict[str, Any]) -> dict[str, Any]:
    """Code scanning wants a file and a line for everything; what has none is shown at the top of the card."""
    region = {"startLine": place.get("line", 1)}
    if "col" in place:
        region["startColumn"] = place["col"]
    if "endColumn" in place:
        region["endColumn"] = place["endColumn"]
    uri = quote(place.get("file", "README.md"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}}


def _suppression(item: Any) -> dict[str, Any]:
    told = {"kind": str(item.get("kind") or "external"), "status": str(item.get("status") or "accepted")}
    return {**told, "justification": _plain(item["justification"])} if item.get("justification") else told
