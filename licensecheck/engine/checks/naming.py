"""The subject's own name and what documents call it in, whether it may be taken for somebody else's product out.

Only the head of a name counts: a name that says further on what it was made from, or uses a service's name to describe it, is in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from licensecheck.engine.edition import standing_in
from licensecheck.facts.publishers import first_word
from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding
from licensecheck.wording import begins

from .base import DERIVED, Checker

_BETWEEN = " -_"
#: what may stand between a mark and a word that goes on with it: nothing, a version, a version with its letter
_VERSIONS = (_BETWEEN, "0123456789.v -_", "0123456789.ov -_")
_NUMBER = r"[ _-]?v?(\d{1,2})(?:[._](\d{1,2}))?(?!\d|[._]\d|[bmkx])"


def naming(check: Checker) -> Iterator[Finding]:
    """At most one finding about the name, then one for each sentence that calls the subject by somebody's mark."""
    if check.subject.kind == "dataset" or not check.subject.marks:  # a dataset's name says what is in it
        return
    own = check.subject.name.rsplit("/", 1)[-1].strip()
    found = _continued(check, own) or _required(check, own) or _headed(check, own)
    called = list(_called(check))
    if found is not None:
        yield found
    yield from called
    if found is None and not called:
        yield from _described(check)


def _continued(check: Checker, own: str) -> Finding | None:
    """A name that goes on with the versions of a publisher's line, where the base is an earlier one of them."""
    word = first_word(own)
    publishers = check.subject.marks["lines"].get(word)
    if not publishers or _is_theirs(check, publishers):
        return None
    bases = [component for component in check.subject.components if component.relation in DERIVED and word in _last(component).casefold()]
    version = _version(own, word)
    if version is None or not any(_publisher(base) in publishers for base in bases):
        return None
    base = max(bases, key=lambda component: _version(_last(component), word) or (1, 0))
    if version <= (_version(_last(base), word) or (1, 0)):
        return None
    publisher = next(one.publisher for one in bases if _publisher(one) in publishers)
    blanks = {"line": own[: len(word)], "component": base.id, "publisher": publisher}
    return _finding(check, "naming-continued", blanks, base, (_name_evidence(check), *base.evidence[:1]))


def _required(check: Checker, own: str) -> Finding | None:
    """A word at the head that a licence of the lineage asks for."""
    for component in check.subject.terms:
        for said in _said(check, component):
            if said.get("words") and begins(own, said["words"]) == "yes":
                blanks = {"words": said["words"], "license": component.license, "section": check.words.section(said["section"])}
                evidence, section = (_name_evidence(check),), said["section"]
                return check.finding("claims", "pass", "naming-required", blanks, component=component, evidence=evidence, section=section)
    return None


def _headed(check: Checker, own: str) -> Finding | None:
    """A name with somebody's mark at its head; one that goes on to say what it is about is not taken for the product."""
    table = check.subject.marks
    row, rest = _mark_at_head(own.casefold(), table)
    if row is None or _is_theirs(check, row["publishes"], row["company"]) or _from_such_a_base(check, row["mark"]):
        return None
    words = {"".join(filter(str.isalnum, word)) for word in re.split(r"[\s_-]+", rest)}
    about = words & set(table["about"]) or any(word in rest for word in table["about"] if not word.isascii())
    if about:
        return check.finding("claims", "pass", "naming-about", {"mark": row["mark"]}, evidence=(_name_evidence(check),))
    component = next((one for one in check.subject.components if _publisher(one) == row["owner"]), None)
    blanks = {"mark": row["mark"], "company": row["company"]}
    found = _finding(check, "naming", blanks, component, (_name_evidence(check),))
    found["notes"] += _kept_apart(check, row)
    return found


def _called(check: Checker) -> Iterator[Finding]:
    """Sentences that call the subject itself by a mark and a word that makes an edition of it."""
    table = check.subject.marks
    for page, text in check.documents():
        for row in table["marks"]:
            mark = row["mark"].lower()
            if mark not in text or _is_theirs(check, row["publishes"], row["company"]):
                continue
            for match in re.finditer(f"{re.escape(mark)}[ -]?(?:{'|'.join(map(re.escape, table['tails']))})", text):
                before = text[max(0, match.start() - 40) : match.start()]
                if any(word in re.split(r"[\n。！？!?.;；]", before)[-1] for word in table["self"]):
                    line = page.words.line_at(match.start())
                    words = page.words.text[match.start() : match.end()]
                    blanks = {"where": f"{page.source}:{line}", "words": words, "mark": row["mark"], "company": row["company"]}
                    evidence = (_prose(page.source, line, words),)
                    yield _finding(check, "naming-called", blanks, None, evidence, about=f"{page.source} {match[0]}")
                    break


def _described(check: Checker) -> Iterator[Finding]:
    """The first sentence that names a service to describe it."""
    table = check.subject.marks
    names = dict.fromkeys(str(row[key]).lower() for row in table["marks"] for key in ("mark", "company"))
    for page, text in check.documents():
        for name in (name for name in names if name in text):
            for words in (phrase.replace("{name}", name) for phrase in table["describing"]):
                position = text.find(words)
                if position >= 0:
                    line = page.words.line_at(position)
                    words = page.words.text[position : position + len(words)]
                    blanks = {"where": f"{page.source}:{line}", "words": words}
                    yield check.finding("claims", "pass", "naming-described", blanks, evidence=(_prose(page.source, line, words),))
                    return


def _finding(
    check: Checker,
    sentence: str,
    blanks: Mapping[str, Any],
    component: Component | None,
    evidence: tuple[Evidence | None, ...],
    about: str = "",
) -> Finding:
    """A finding for a person to judge, with the clause on marks of the component's licence where it has one."""
    said = next((said for said in _said(check, component) if said["topic"] == "trademark"), None) if component else None
    section = said["section"] if said else None
    found = check.finding("claims", "review", sentence, blanks, component=component, evidence=evidence, section=section, about=about)
    if component is not None and section is not None:
        known = {"license": component.license, "section": check.words.section(section)}
        found["notes"].append(check.words.say("notes", "clause-on-marks", known))
        found["citation"]["url"] = check.subject.briefs[str(component.license)].get("url")
    return found


def _said(check: Checker, component: Component) -> Iterable[Mapping[str, Any]]:
    """What the licence of a component says of names, in its edition."""
    text = component.edition["text"] if component.edition else None
    return standing_in(check.subject.briefs.get(component.license or "", {}).get("naming", ()), text)


def _mark_at_head(name: str, table: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, str]:
    """The mark that a name (case folded) begins with, and the rest of it."""
    for head in table["heads"]:
        name = name.removeprefix(head).lstrip(_BETWEEN)
    for row in table["marks"]:
        rest = _after(name, row["mark"].casefold())
        if rest is not None and (row.get("coined") or rest.strip(_BETWEEN) == "" or _has_tail(rest, table["tails"])):
            return row, rest
    return None, ""


def _after(name: str, mark: str) -> str | None:
    """What follows a mark at the beginning of a name, ignoring spaces, hyphens and underscores; None where it does not begin so."""
    if name[:1] != mark[:1]:
        return None
    wanted = [character for character in mark if character not in _BETWEEN]
    matched = 0
    for position, character in enumerate(name):
        if matched == len(wanted):
            return name[position:]
        if character == wanted[matched]:
            matched += 1
        elif character not in _BETWEEN:
            return None
    return "" if matched == len(wanted) else None


def _has_tail(rest: str, tails: Iterable[str]) -> bool:
    goes_on = tuple(tails)
    return any(rest.lstrip(between).startswith(goes_on) for between in _VERSIONS)


def _version(name: str, word: str) -> tuple[int, int] | None:
    """The version right behind a word in a name; a size is none.

    >>> _version("Foo-2.5-7B", "foo"), _version("Big-Foo-3-8b", "foo"), _version("Foo-7B", "foo"), _version("foo2_5", "foo")
    ((2, 5), (3, 0), None, (2, 5))
    """
    found = re.search(rf"(?<![a-z]){re.escape(word)}{_NUMBER}", name.casefold())
    return (int(found[1]), int(found[2] or 0)) if found else None


def _from_such_a_base(check: Checker, mark: str) -> bool:
    """Does a base carry the mark at the head of its own name? Then it says what this was made from."""
    bases = (component for component in check.subject.components if component.relation in DERIVED)
    return any(_after(_last(base).casefold(), mark.casefold()) is not None for base in bases)


def _is_theirs(check: Checker, organisations: Iterable[str], company: str = "") -> bool:
    """Is the subject published by one of these, as its address or its licensee says?"""
    named = check.subject.publishers
    return any(name in organisations or (company != "" and company.casefold() in name) for name in named)


def _kept_apart(check: Checker, row: Mapping[str, Any]) -> list[str]:
    """A note where a line keeps the subject and the owner of the mark apart."""
    for page in check.subject.observed.documents:
        for number, line in enumerate(page.words.lines, 1):
            folded = line.lower()
            if row["company"].lower() in folded and any(words in folded for words in check.subject.marks["apart"]):
                return [check.words.say("notes", "kept-apart", {"where": f"{page.source}:{number}", "company": row["company"]})]
    return []


def _publisher(component: Component) -> str:
    return (component.publisher or "").lower()


def _last(component: Component) -> str:
    return component.id.rsplit("/", 1)[-1]


def _name_evidence(check: Checker) -> Evidence | None:
    return check.subject.observed.name_evidence


def _prose(source: str, line: int, words: str) -> Evidence:
    return {"source": source, "line": line, "key": "sentence", "value": words, "how": "prose"}
