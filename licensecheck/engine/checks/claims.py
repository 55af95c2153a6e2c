"""What documents and manifest claim about the model's origin in, how that stands beside its lineage out.

The finding speaks of statements that do or do not agree, never of what anybody meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from licensecheck.lineage.component import Component
from licensecheck.report import Evidence, Finding, Kind

from .base import DERIVED, Checker

_ORIGIN = ("trained-from-scratch", "self-developed")
#: findings that propose the sentence which would make the documents say it
_DISCLOSE = ("claim-soft", "claim-possible", "claim-beside-base", "claim-not-derived")


def claims(check: Checker) -> Iterator[Finding]:
    """One finding for each claim recognised."""
    bases = [component for component in (*check.subject.components, *check.subject.possible) if component.relation in DERIVED]
    seen: set[tuple[str, str, int | None]] = set()
    for claim, strong, sentence, evidence in check.subject.claims:
        key = (claim, evidence["source"], evidence["line"])
        if key not in seen:
            seen.add(key)
            yield _finding(check, claim, strong, sentence, evidence, bases)


def _finding(check: Checker, claim: str, strong: bool, sentence: str, evidence: Evidence, bases: list[Component]) -> Finding:
    possible, bases = [base for base in bases if base.possible], [base for base in bases if not base.possible]
    sentence = _without_own_name(sentence, check.subject.name, bases)
    about = [base for base in bases if _names(sentence, base)]
    if claim in _ORIGIN:
        if possible and not bases:
            return _made(check, "review" if strong else "informational", "claim-possible", claim, evidence, possible[0])
        return _origin(check, claim, strong, evidence, bases, about)
    if claim == "not-derived":
        against = about or (bases if not sentence or (not about and _general(sentence)) else [])
        sure = [base for base in against if base.certain]
        denied = [base for base in possible if _names(sentence, base) or (not about and (not sentence or _general(sentence)))]
        if denied and not against:
            return _made(check, "review", "claim-possible", claim, evidence, denied[0])
        kind: Kind = "fail" if sure and strong else "review" if against else "informational"
        return _made(check, kind, "claim-not-derived" if against else "claim-noted", claim, evidence, next(iter(sure or against), None))
    return _made(
        check,
        "pass" if bases else "informational",
        "claim-supported" if bases else "claim-noted",
        claim,
        evidence,
        bases[0] if bases else None,
    )


def _origin(check: Checker, claim: str, strong: bool, evidence: Evidence, bases: list[Component], about: list[Component]) -> Finding:
    sure = [base for base in bases if base.certain]
    if not bases:
        return _made(check, "pass" if strong else "informational", "claim-unopposed", claim, evidence, None)
    if about:  # the sentence speaks of the base, not of this model
        return _made(check, "informational", "claim-noted", claim, evidence, about[0])
    if not strong:
        return _made(check, "informational", "claim-soft", claim, evidence, bases[0])
    return _made(check, "fail" if sure else "review", "claim-beside-base", claim, evidence, (sure or bases)[0])


def _made(check: Checker, kind: Kind, sentence: str, claim: str, evidence: Evidence, base: Component | None) -> Finding:
    where = f"{evidence['source']}:{evidence['line']}" if evidence["line"] else evidence["source"]
    blanks = {"claim": claim, "words": evidence["value"], "where": where, "component": base.id if base else ""}
    actions: tuple[dict[str, str], ...] = ()
    if base is not None and sentence in _DISCLOSE:
        from .disclosed import proposal

        actions = proposal(check, base)
    found = check.finding(
        "claims",
        kind,
        sentence,
        blanks,
        component=base,
        evidence=(evidence, *(base.evidence[:1] if base else ())),
        actions=actions,
    )
    if sentence == "claim-possible" and base is not None:
        found["basis"], found["confidence"] = "measured", "low"
        found["would_change"] = check.words.say("measured", "would-change", {"component": base.id})
    return found


def _without_own_name(sentence: str, name: str, bases: list[Component]) -> str:
    """A model may be called after its base, and often has to be; that its name stands there says nothing of the base."""
    own = name.lower().rsplit("/", 1)[-1]
    if any(own in base.id.lower() for base in bases):
        return sentence
    for spelt in (own, own.replace("-", " "), own.replace(" ", "-")):
        sentence = sentence.replace(spelt, " ") if spelt else sentence
    return sentence


def _names(sentence: str, base: Component) -> bool:
    short = base.id.rsplit("/", 1)[-1].lower()
    family = short.split("-", 1)[0]
    return short in sentence or (len(family) > 3 and family in sentence)


def _general(sentence: str) -> bool:
    """A denial of every base rather than of a named one."""
    return any(word in sentence for word in (" any ", "other vendors", "third-party", "\u5176\u4ed6", "\u4efb\u4f55"))
