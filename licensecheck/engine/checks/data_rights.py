"""The data behind a subject in, what a licence does not settle of it out: disputed rights, people's words, two licences for one dataset.

None of it is decided here: a person looks at what the subject itself was trained on; what was upstream's doing is worth knowing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind

from .base import DERIVED, Checker

#: words between the deed and what was trained on
_APART = 7
_ENDS = r"[\n。！？；;]|[.!?](?=\s)"


def data_rights(check: Checker) -> Iterator[Finding]:
    yield from _disputed(check)
    yield from _personal(check)
    yield from _two_licenses(check)


def _disputed(check: Checker) -> Iterator[Finding]:
    """One finding for each dispute: the subject's own training data before what others trained on."""
    told: set[str] = set()
    carriers = [component for component in check.subject.components if component.attributes.get("disputed")]
    for component in sorted(carriers, key=lambda one: not _own_data(one)):
        for name in component.attributes["disputed"]:
            dispute = check.subject.data.get("disputes", {}).get(name)
            own = _own_data(component)
            if dispute is None or name in told or not (own or component.relation in (*DERIVED, "data", "serves")):
                continue
            told.add(name)
            kind: Kind = "review" if own else "informational"
            blanks = {"component": component.id, "data": dispute["name"], "facts": check.words.pick(dispute["facts"])}
            sentence = "data-rights" if own else "upstream-dispute"
            blanks["license"] = component.license or str(component.attributes.get("license") or "-")
            yield check.finding("lineage", kind, sentence, blanks, component=component, evidence=component.evidence[:1], about=name)


def _own_data(component: Component) -> bool:
    return component.type == "dataset" and len(component.path) == 1 and component.relation in ("data", "outputs")


def _personal(check: Checker) -> Iterator[Finding]:
    """Datasets that are by their names records of what users wrote; else the first sentence that says so."""
    words = check.subject.data.get("personal")
    if not words:
        return
    found = False
    for component in check.subject.components:
        if _own_data(component) and _is_record(component.id, words["names"]):
            found = True
            blanks = {"words": component.id}
            yield check.finding("lineage", "review", "personal-data", blanks, component=component, evidence=component.evidence[:1])
    sentence = None if found else _sentence(check, words)
    if sentence is not None:
        yield check.finding("lineage", "review", "personal-data", {"words": sentence["value"]}, evidence=(sentence,), about="sentence")


def _is_record(name: str, words: list[str]) -> bool:
    plain = re.sub(r"[-_./ ]+", " ", name.casefold())
    return any(re.search(rf"(?<![a-z]){word}(?![a-z])", plain) for word in words if word in plain)


def _sentence(check: Checker, words: Any) -> Evidence | None:
    for page, text in check.documents():
        if not any(word in text for word in words["stems"]):
            continue
        for name in (name for name in words["names"] if name in text):
            for match in re.finditer(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text):
                before = re.split(_ENDS, text[max(0, match.start() - 300) : match.start()])[-1]
                after = re.split(_ENDS, text[match.end() : match.end() + 300])[0]
                sentence = before + match[0] + after
                if _speaks_of_training(sentence, words) and not any(word in sentence for word in words["denied"]):
                    line = page.words.line_at(match.start())
                    return {"source": page.source, "line": line, "key": "sentence", "value": match[0], "how": "prose"}
    return None


def _speaks_of_training(sentence: str, words: Any) -> bool:
    return any(word in sentence for word in words["trained"]) or _trained_apart(sentence, words["trained_apart"])


def _trained_apart(sentence: str, apart: Mapping[str, list[str]]) -> bool:
    """Trained, with a few words before what it was trained on: from scratch, further, first."""
    for deed in apart["deeds"]:
        for match in re.finditer(rf"(?<![a-z]){re.escape(deed)}(?![a-z])", sentence) if deed in sentence else ():
            between = re.findall(r"[a-z-]+", sentence[match.end() : match.end() + 80])[: _APART + 1]
            first = next((at for at, word in enumerate(between) if word in apart["on"]), None)
            if first is not None and not any(word in apart["other"] for word in between[:first]):
                return True
    return False


def _two_licenses(check: Checker) -> Iterator[Finding]:
    """A sentence that puts the data under another licence than the licence file that lies beside it for the data."""
    texts = {
        copy.license: copy for copy in check.subject.observed.copies if copy.license and "data" in copy.source.lower().rsplit("/", 1)[-1]
    }
    for name, said in check.subject.stated_of_data if texts else ():
        if name not in texts:
            license_id, copy = next(iter(texts.items()))
            beside: Evidence = {
                "source": copy.source,
                "line": copy.line,
                "key": "license text",
                "value": str(license_id),
                "how": "declared",
            }
            blanks = {"where": f"{said['source']}:{said['line']}", "words": said["value"], "file": copy.source, "license": license_id}
            yield check.finding("declared-license", "review", "data-statements-differ", blanks, evidence=(said, beside))
            return
