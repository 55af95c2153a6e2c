"""Reports in, a code quality report for GitLab out.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .anchors import Locate, anchor
from .blocks import is_waived
from .terminal import safe

_SEVERITY = {"fail": "critical", "open": "minor", "review": "major", "informational": "info"}
_LONGEST = 1_000


def render(reports: Sequence[Any], locate: Locate) -> str:
    """One entry for each finding that is not waived; the fingerprint is the finding's own, so that moved lines make no new one."""
    entries = []
    for report in reports:
        for finding in report["findings"]:
            if finding["kind"] not in _SEVERITY or is_waived(finding):
                continue
            question = finding["question"] or {}
            said = question.get("ask") if finding["kind"] == "open" else None
            place = anchor([finding], report, locate)
            entries.append(
                {
                    "description": safe(" ".join(str(said or finding["message"]).split()), _LONGEST),
                    "check_name": finding["rule"],
                    "fingerprint": finding["id"],
                    "severity": _SEVERITY[finding["kind"]],
                    "location": {"path": place.get("file", "README.md"), "lines": {"begin": place.get("line", 1)}},
                }
            )
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
