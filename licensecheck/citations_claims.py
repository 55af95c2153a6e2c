"""A licence or policy with all that it takes from others, and one of its texts, in, everything it claims to stand there out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from licensecheck.knowledge.files import RuleFile, clause_name
from licensecheck.knowledge.shape import Path

#: Requirements that ask for words which the text itself gives.
_EXACT = ("notice", "display", "name_begins", "name_contains")
#: Where a condition stands that is judged by the words of the section its clause cites.
_JUDGED = ("when", "forbids", "attest", "unsettled")


class Figure(NamedTuple):
    """A limit that a condition tests: `{above: 1000000, currency: USD}`."""

    value: float
    currency: str | None


class Cited(NamedTuple):
    """A citation as a text numbers it: where the file says so, whose it is, and the words and figures that must stand at that place."""

    section: str
    where: Path
    whose: str
    words: tuple[tuple[str, Path], ...] = ()
    figures: tuple[tuple[Figure, Path], ...] = ()


def cited(whole: Mapping[str, Any], file: RuleFile, text: str) -> Iterator[Cited]:
    """All that a licence or policy cites of one text, clause by clause, at the lines of its own file."""
    for key, part in whole.items():
        if key != "clauses":
            where: Path = (key,) if key in file.value else ("like",)
            whose = "" if key in file.value else f"`{key}`, taken from there: "
            yield from (Cited(said, _at(where, place), whose) for said, place, _ in _sections(part, (), text))
    terms = whole.get("terms", {})
    for clause in whole.get("clauses", ()):
        if text not in clause.get("editions", [text]):
            continue
        where, _ = file.clause(clause_name(clause))
        whose = f"the clause `{clause_name(clause)}`: " if where == ("like",) else ""
        for said, place, holder in _sections(clause, (), text):
            judged = {key: holder.get(key) for key in (_JUDGED if holder is clause else ("when",))}
            figures = tuple(dict.fromkeys((figure, _at(where, place)) for figure in _figures(judged, terms, ())))
            words = tuple((words, _at(where, at)) for words, at in _exact(clause.get("requires", {}))) if holder is clause else ()
            yield Cited(said, _at(where, place), whose, words, figures)


def _at(where: Path, place: Path) -> Path:
    """What comes from another file is shown where the file says which one, and nowhere below that."""
    return where if where == ("like",) else (*where, *place)


def _sections(value: Any, path: Path, text: str) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    """Every citation of a text, with its place and what it stands beside; an edition's own numbering before the general one."""
    if isinstance(value, dict) and text not in value.get("editions", [text]) and path:
        return
    if isinstance(value, dict) and isinstance(value.get("section"), str):
        own = value.get("sections", {}).get(text)
        yield (own, (*path, "sections", text), value) if own else (value["section"], (*path, "section"), value)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _sections(item, (*path, key), text)


def _figures(condition: Any, terms: Mapping[str, Any], seen: tuple[str, ...]) -> Iterator[Figure]:
    """Every limit in a condition, and in the terms it is made of."""
    if isinstance(condition, str) and condition in terms and condition not in seen:
        yield from _figures(terms[condition], terms, (*seen, condition))
    elif isinstance(condition, list):
        for item in condition:
            yield from _figures(item, terms, seen)
    elif isinstance(condition, dict):
        for test in {"above", "at_least"} & set(condition):
            yield Figure(condition[test], condition.get("currency"))
        for key, item in condition.items():
            if key not in ("section", "why", "ask"):
                yield from _figures(item, terms, seen)


def _exact(requires: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The words that a requirement asks for as the text has them; what names the component or the subject cannot stand there."""
    for key in _EXACT:
        value = requires.get(key, [])
        for index, words in enumerate(value if isinstance(value, list) else [value]):
            if "{" not in words:
                yield words, ("requires", key, index)
