"""The licences of everything inside a subject in, those that cannot be kept together out, with the clauses of all of them.

Weights are one work with one another; whether they are one with the data they were trained on is not settled; code that lies beside them is
not. What does not leave the house is in nobody's way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from licensecheck.compatibility import Answer, Clash, admits, against, clashes, copyleft, is_read
from licensecheck.engine.edition import section_of
from licensecheck.lineage.component import Component
from licensecheck.records import Record
from licensecheck.report import Citation, Finding, HeldBack, Kind

from .base import DERIVED, Checker

#: Components that are named of each licence.
_NAMED = 3


class Side(Record):
    """One licence of a conflict: what carries it, surest first, and what it says against the others; nothing carries the subject's own."""

    license: str
    carriers: tuple[Component, ...]
    says: Mapping[str, Any]


def license_conflict(check: Checker) -> Iterator[Finding]:
    """One finding for each combination of licences that cannot stand in one work."""
    inside = [c for c in check.subject.terms if c.license and is_read(c.license, check.subject.briefs)]
    weights = [c for c in inside if c.relation in DERIVED]
    data = [c for c in inside if c.relation == "data"]
    code = [c for c in inside if c.relation == "code"]
    seen: set[frozenset[str]] = set()
    yield from _among(check, weights, seen, ())
    yield from _among(check, [*weights, *data], seen, ("data",))
    for file in sorted({str(c.attributes["code"]) for c in code if c.attributes.get("code")}):
        yield from _among(check, [c for c in code if str(c.attributes.get("code")) == file], seen, ())
    yield from _among(check, code, seen, ("files",))
    yield from _with_own(check, weights, data, seen)


def _among(check: Checker, inside: Sequence[Component], seen: set[frozenset[str]], doubts: tuple[str, ...]) -> Iterator[Finding]:
    for clash in clashes((str(c.license) for c in inside), check.subject.briefs):
        if frozenset(clash.licenses) not in seen and _concerned(check, clash.licenses):
            seen.add(frozenset(clash.licenses))
            sides = tuple(_side(check, name, clash.licenses, inside) for name in clash.licenses)
            sentence = _sentence(check, clash)
            yield _finding(check, sentence, sides, clash.answer, doubts)


def _with_own(check: Checker, weights: Sequence[Component], data: Sequence[Component], seen: set[frozenset[str]]) -> Iterator[Finding]:
    """The declared licence against what is inside, where no other check asks: it wants the whole, and the material cannot go along."""
    subject = check.subject
    offered = subject.declared.parts or ((subject.declared.id,) if subject.declared.id else ())
    for own in sorted(name for name in offered if copyleft(name, subject.briefs)):
        for inside, doubts in ((weights, ()), (data, ("data",))):
            for name in sorted({str(c.license) for c in inside}):
                free = (subject.briefs[name].get("own_terms") or {}).get("allowed") == "yes"
                asked_elsewhere = copyleft(name, subject.briefs) or (inside is weights and not free)
                answer = admits(own, name, subject.briefs)
                pair = frozenset((own, name))
                if answer == "yes" or asked_elsewhere or pair in seen or not _concerned(check, (own, name)):
                    continue
                seen.add(pair)
                sides = (Side(own, (), against(own, (name,), subject.briefs) or {}), _side(check, name, (own, name), inside))
                yield _finding(check, "conflict-declared", sides, answer, doubts)


def _concerned(check: Checker, licenses: Sequence[str]) -> bool:
    """Does it go to others, or may it? A service counts for a licence that says so."""
    if check.subject.hands_over is not False:
        return True
    network = any((check.subject.briefs[name].get("share_alike") or {}).get("network") for name in licenses)
    return network and check.subject.serves is not False


def _side(check: Checker, name: str, licenses: Sequence[str], inside: Sequence[Component]) -> Side:
    carriers = [c for c in inside if c.license == name]
    carriers.sort(key=lambda c: (c.relation == "data", not c.certain, not c.verified, c.personal, len(c.path), c.id))
    return Side(name, tuple(carriers), against(name, licenses, check.subject.briefs) or {})


def _sentence(check: Checker, clash: Clash) -> str:
    briefs = check.subject.briefs
    if clash.answer == "unsure":
        return "conflict-open"
    if len(clash.licenses) > 2:
        return "conflict-jointly"
    other = clash.licenses[1]
    if copyleft(other, briefs):
        return "conflict-share-alike"
    excluded = clash.licenses[0] in (briefs[other].get("excludes") or {}).get("licenses", ())
    return "conflict-restrictions" if excluded or briefs[other].get("restricts") else "conflict-share-alike"


def _finding(check: Checker, sentence: str, sides: tuple[Side, ...], answer: Answer, doubts: tuple[str, ...]) -> Finding:
    carriers = [side.carriers[0] for side in sides if side.carriers]
    first = next((carrier for carrier in carriers if carrier.possible), carriers[0])  # what the whole hangs on
    held = _held(check, sides, answer, doubts)
    kind: Kind = "fail" if held is None else "review"
    missing = _missing(check, sides)
    found = check.finding(
        "license-conflict",
        "open" if missing else kind,
        sentence,
        _blanks(check, sides),
        component=first,
        evidence=tuple(item for carrier in carriers for item in carrier.evidence[:1]) or (check.subject.declared.evidence,),
        section=_section(sides[0]),
        missing=missing,
        about=" ".join(sorted(side.license for side in sides)),
    )
    if not sides[0].carriers and check.subject.declared.evidence is not None:
        found["evidence"].insert(0, check.subject.declared.evidence)
    found["citation"], *also = (_citation(check, side) for side in sides)
    found["also_cites"] = also
    if missing:
        check.if_released[found["id"]] = kind
    else:
        found["held_back"] = held
    return found


def _missing(check: Checker, sides: tuple[Side, ...]) -> str | None:
    """The fact that decides whether it goes to others, while nobody has said."""
    network = any((check.subject.briefs[side.license].get("share_alike") or {}).get("network") for side in sides)
    if check.subject.hands_over or (network and check.subject.serves):
        return None
    return "release.service" if check.subject.hands_over is False else "release.weights"


def _held(check: Checker, sides: tuple[Side, ...], answer: Answer, doubts: tuple[str, ...]) -> HeldBack | None:
    """What holds it back from `fail`, of all sides together."""
    reasons = [*_doubts(check, sides, answer, doubts)]
    law = {"binds": "material", "verified": all(check.subject.briefs[side.license].get("verified", True) for side in sides)}
    found = [check.caps.hold(law, side.carriers[0], reasons) for side in sides if side.carriers]
    held = [each for each in found if each is not None]
    if not held:
        return None
    worst = min(held, key=lambda each: check.caps.order.index(each["cap"]))
    return {**worst, "reasons": list(dict.fromkeys(reason for each in held for reason in each["reasons"]))}


def _doubts(check: Checker, sides: tuple[Side, ...], answer: Answer, doubts: tuple[str, ...]) -> Iterator[str]:
    briefs, words = check.subject.briefs, check.words
    of_data = any(side.carriers and side.carriers[0].relation == "data" for side in sides)
    yield from (words.say("doubts", doubt, {}) for doubt in doubts if doubt != "data" or of_data)
    if answer == "unsure":
        yield words.say("doubts", "silent", {})
    for side in sides:
        unsettled = (briefs[side.license].get("share_alike") or {}).get("unsettled")
        if unsettled and any(carrier.relation in DERIVED for carrier in side.carriers):
            yield words.pick(unsettled)
        exceptions = {term.exception for carrier in side.carriers[:1] for term in carrier.taken if term.exception}
        yield from (words.say("doubts", "exception", {"exception": exception}) for exception in sorted(exceptions))
        if _may_be_later(check, side, sides):
            yield words.say("doubts", "later", {"license": side.license})


def _may_be_later(check: Checker, side: Side, sides: tuple[Side, ...]) -> bool:
    """Nobody says whether later versions may be followed, and one of them would do."""
    later = (check.subject.briefs[side.license].get("later") or {}).get("licenses", ())
    said = [term.later for carrier in side.carriers[:1] for term in carrier.taken if term.license == side.license]
    if not side.carriers and check.subject.declared.expression is not None:
        said = [term.later for term in check.subject.declared.expression.terms if term.license == side.license]
    if not later or (said and said[0] is not None):
        return False
    others = [each.license for each in sides if each is not side]
    return any(not clashes([newer, *others], check.subject.briefs) for newer in later)


def _blanks(check: Checker, sides: tuple[Side, ...]) -> dict[str, Any]:
    said = [_said(check, side) for side in sides]
    what = sides[-1].says.get("what")
    return {
        "one": said[0],
        "other": check.words.say("release", "and", {}).join(said[1:]),
        "what": check.words.join(check.words.say("doubts", "brings", {"what": check.words.pick(what)}) if what else ""),
    }


def _said(check: Checker, side: Side) -> str:
    section = _section(side)
    clause = check.words.section(section) if section else ""
    if not side.carriers:
        return check.words.say("doubts", "own", {"license": side.license, "clause": clause})
    names = list(dict.fromkeys(carrier.id for carrier in side.carriers))
    listed = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return check.words.say("doubts", "by-way-of", {"license": side.license, "clause": clause, "components": listed})


def _section(side: Side) -> str | None:
    if side.carriers:
        return section_of(side.says, side.carriers[0])
    section: str | None = side.says.get("section")
    return section


def _citation(check: Checker, side: Side) -> Citation:
    edition = side.carriers[0].edition if side.carriers else None
    return {
        "text": edition["text"] if edition else None,
        "section": _section(side),
        "url": check.subject.briefs[side.license].get("url"),
        "quote": None,
        "source": None,
        "line": None,
        "license": side.license,
    }
