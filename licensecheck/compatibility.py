"""Licences and what is said of each in brief in, whether they can stand in one work out, and under which of them the whole can go.

Nothing is known here of any licence: all of it is in the briefs (docs/compatibility.md). A licence that wants the whole under itself
(`share_alike`) decides; where several do, one must be found that all of them allow and that every other licence inside can go along with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

from licensecheck.records import Record

Brief = Mapping[str, Any]
Briefs = Mapping[str, Brief]
#: Can it be done? `unsure`: the texts do not say.
Answer = Literal["yes", "unsure", "no"]
_RANK: Mapping[Answer, int] = {"yes": 0, "unsure": 1, "no": 2}


class Clash(Record):
    """Licences that do not go together, the one that wants the whole first; `answer` is `no`, or `unsure` where the texts leave it open."""

    licenses: tuple[str, ...]
    answer: Answer


def copyleft(license_id: str, briefs: Briefs) -> bool:
    """Does it want the whole under itself?"""
    return bool(_brief(license_id, briefs).get("share_alike"))


def is_read(license_id: str, briefs: Briefs) -> bool:
    """Is anything known of how it goes together with others?"""
    return bool(_brief(license_id, briefs).get("own_terms") or _brief(license_id, briefs).get("share_alike"))


def admits(whole: str, license_id: str, briefs: Briefs) -> Answer:
    """Can material under a licence be in a work that as a whole is under another?"""
    brief = _brief(license_id, briefs)
    if whole == license_id or not is_read(license_id, briefs):
        return "yes"
    if brief.get("share_alike"):
        return "yes" if whole in brief["share_alike"].get("compatible", ()) else "no"
    if whole in (brief.get("excludes") or {}).get("licenses", ()):
        return "no"
    if whole in (brief.get("joins") or {}).get("licenses", ()):
        return "yes"
    strict = copyleft(whole, briefs)
    if brief.get("restricts"):
        return "no" if strict else "unsure"
    return "yes" if brief["own_terms"]["allowed"] == "yes" else "unsure"


def wholes(licenses: Sequence[str], briefs: Briefs, present: Iterable[str]) -> dict[str, Answer]:
    """The licences under which everything can go out as a whole, with how surely; empty where no licence wants the whole, or none will do.

    `present` are all licences inside: some allow another only beside material under it.
    """
    options: list[list[str]] = []
    for license_id in sorted(set(licenses)):
        alike = _brief(license_id, briefs).get("share_alike")
        if alike:
            others = alike.get("compatible", ())
            options.append([license_id, *(other for other in others if not alike.get("beside") or other in set(present))])
    if not options:
        return {}
    shared = [whole for whole in options[0] if all(whole in option for option in options[1:])]
    found: dict[str, Answer] = {}
    for whole in shared:
        answer = max((admits(whole, license_id, briefs) for license_id in licenses), key=lambda each: _RANK[each])
        if answer != "no":
            found[whole] = answer
    return found


def clashes(licenses: Iterable[str], briefs: Briefs) -> list[Clash]:
    """Every pair that does not go together; where each pair does and all of them do not, those that want the whole, as one."""
    inside = sorted(set(licenses))
    whole = wholes(inside, briefs, inside)
    if "yes" in whole.values() or not any(copyleft(license_id, briefs) for license_id in inside):
        return []
    found = []
    for one, other in combinations(inside, 2):
        answer = _together((one, other), briefs, inside)
        if answer != "yes":
            first, second = (one, other) if copyleft(one, briefs) else (other, one)
            found.append(Clash((first, second), answer))
    if not found:
        strict = tuple(license_id for license_id in inside if copyleft(license_id, briefs))
        found.append(Clash(strict if len(strict) > 2 else (*strict, *(name for name in inside if name not in strict)), "no"))
    return found


def _together(pair: tuple[str, str], briefs: Briefs, present: Sequence[str]) -> Answer:
    if not any(copyleft(license_id, briefs) for license_id in pair):
        return "yes"
    found = wholes(pair, briefs, present)
    return min(found.values(), key=lambda each: _RANK[each], default="no")


def against(license_id: str, others: Iterable[str], briefs: Briefs) -> Brief | None:
    """What a licence says that keeps it from others: how far it wants the whole, whom it excludes, what it restricts."""
    brief = _brief(license_id, briefs)
    alike = brief.get("share_alike")
    beside = [other for other in others if other != license_id]
    if alike:
        restricting = any(not copyleft(other, briefs) for other in beside)
        return dict(alike["further"] if restricting and alike.get("further") else alike)
    excludes: Brief = brief.get("excludes") or {}
    if any(other in excludes.get("licenses", ()) for other in beside):
        return excludes
    found: Brief | None = brief.get("restricts") or brief.get("own_terms")
    return found


def named(brief: Brief) -> dict[str, list[str]]:
    """The other licences that a brief speaks of, by the key that does."""
    found = {key: list((brief.get(key) or {}).get("licenses", ())) for key in ("joins", "excludes", "later")}
    return {**found, "share_alike": list((brief.get("share_alike") or {}).get("compatible", ()))}


def _brief(license_id: str, briefs: Briefs) -> Brief:
    return briefs.get(license_id) or {}
