"""Reports in, a JUnit test report out: a suite for each subject, a case for each clause and component.

Format: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from .blocks import cited, is_waived
from .snippet import in_files
from .terminal import safe, safe_block

#: What stands before the reason why a case was skipped.
WORDS = {
    "en": {"lang": "en", "accepted": "accepted: ", "open": "open: ", "review": "review: "},
    "zh": {"lang": "zh", "accepted": "已接受：", "open": "待定：", "review": "待审："},
}


def render(reports: Sequence[Any], *, lang: str = "en") -> str:
    """XML in UTF-8: `fail` is a failure; what is open or for a person is a skipped case with the question; waived ones are skipped too."""
    root = ElementTree.Element("testsuites", {"name": "llm-licensecheck"})
    for report in reports:
        _suite(root, report, WORDS[lang])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, report: Any, words: dict[str, str]) -> None:
    findings = [finding for finding in report["findings"] if finding["kind"] != "not-applicable"]
    failures = sum(finding["kind"] == "fail" and not is_waived(finding) for finding in findings)
    skipped = sum(finding["kind"] in ("open", "review") or is_waived(finding) for finding in findings)
    counts = {"tests": str(len(findings)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
    suite = ElementTree.SubElement(root, "testsuite", {"name": _attribute(report["subject"]["name"]), **counts})
    for finding in findings:
        name = f"{finding['rule']} ({finding['component']})" if finding["component"] else finding["rule"]
        case = ElementTree.SubElement(suite, "testcase", {"classname": _attribute(finding["topic"]), "name": _attribute(name)})
        if is_waived(finding):
            accepted = _attribute(finding["suppressions"][0].get("justification") or "")
            ElementTree.SubElement(case, "skipped", {"message": words["accepted"] + accepted})
        elif finding["kind"] == "fail":
            failure = ElementTree.SubElement(case, "failure", {"type": finding["topic"], "message": _attribute(finding["message"])})
            failure.text = _text(_lines(finding, words["lang"]))
        elif finding["kind"] in ("open", "review"):
            asked = (finding["question"] or {}).get("ask") or finding["message"]
            ElementTree.SubElement(case, "skipped", {"message": words[finding["kind"]] + _attribute(asked)})
        elif finding["kind"] == "informational":
            ElementTree.SubElement(case, "system-out").text = _text([finding["message"]])


def _lines(finding: Any, lang: str) -> list[str]:
    places = [f"{item['source']}:{item.get('line') or 1}" for item in in_files(finding["evidence"])]
    clause = [cited(finding, finding["license"], lang)] if finding["license"] else []
    return [*places, finding["message"], *clause, *([finding["remedy"]["summary"]] if finding["remedy"] else [])]


def _attribute(text: object) -> str:
    return _legal(safe(" ".join(str(text).split()), 1_000))


def _text(lines: list[str]) -> str:
    return _legal("\n".join(line for text in lines for line in safe_block(str(text))))


def _legal(text: str) -> str:
    """Without what XML 1.0 has no way to say (https://www.w3.org/TR/xml/#charsets)."""
    return "".join(
        char if char in "\t\n" or 0x20 <= ord(char) < 0xD800 or 0xE000 <= ord(char) < 0xFFFE or ord(char) > 0xFFFF else "\ufffd"
        for char in text
    )
