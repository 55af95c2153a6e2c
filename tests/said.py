"""What a report says in its own words, and the words that it never says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: What no report ever says of anybody or anything.
ACCUSING = re.compile(r"plagiar|stolen|\bsteal|\btheft|\bthie[fv]|fraudulent|cheat|抄袭|套壳|剽窃|盗用|盗窃", re.I)
#: What only a clause may say, of the use that it forbids: a licence that speaks of unlawful purposes is quoted so.
JUDGING = re.compile(r"\bcopied\b|illegal|unlawful|违法|非法", re.I)
BLANK = re.compile(r"\{[a-z_.-]+\}")


def texts(report: Any) -> Iterator[str]:
    """Every sentence of a report that is this tool's own."""
    for finding in report["findings"]:
        yield from (finding["title"], finding["message"], *finding["notes"])
        if finding["remedy"]:
            yield finding["remedy"]["summary"]
            for action in finding["remedy"]["actions"]:
                yield from (str(action.get("proposal", "")), str(action.get("text", "")))
        if finding["held_back"]:
            yield from finding["held_back"]["reasons"]
        if finding["question"]:
            yield str(finding["question"].get("ask", ""))
        yield from (str(finding["citation"].get(key) or "") for key in ("section", "policy", "policy_section"))
    for question in report["questions"]:
        yield question["ask"]
    yield from report["not_examined"]
    yield from report["incomplete"]
