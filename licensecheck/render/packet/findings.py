"""A report's findings in, numbered views of them out, under the component and licence that each belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.render.blocks import cited, is_waived, whose
from licensecheck.render.snippet import place
from licensecheck.report import KINDS

from .bilingual import Both
from .reasons import Reason, tree
from .words import Words


@dataclass(frozen=True)
class Clause:
    """Where a clause stands, and its words where a text was at hand."""

    name: Both
    url: str | None
    quote: Any
    source: str


@dataclass(frozen=True)
class View:
    """A finding as the page shows it. `anchor` is its id, told apart where a report has it twice; `number` counts through the page."""

    finding: Any
    anchor: str
    number: int
    waived: bool
    heading: Any
    topic: Both | str
    clauses: tuple[Clause, ...]
    reasons: tuple[Reason, ...]
    evidence: tuple[tuple[str, Any], ...]
    question: int | None

    @property
    def kind(self) -> str:
        return "waived" if self.waived else str(self.finding["kind"])

    @property
    def full(self) -> bool:
        """Is it one that somebody has to read? The others are folded."""
        return not self.waived and self.finding["kind"] in KINDS[:3]


@dataclass(frozen=True)
class Group:
    """The findings about one component under one licence; `component` is None for the release itself."""

    component: Any
    license: str | None
    edition: Any
    path: tuple[str, ...]
    views: tuple[View, ...]


def views(report: Any, words: Words, anchors: Counter[str], first: int) -> list[View]:
    """All findings in the order of their groups; numbering goes on from `first`."""
    asked = {question["fact"]: number for number, question in enumerate(report["questions"], 1)}
    found = []
    for number, finding in enumerate(sorted(report["findings"], key=_order(report)), first):
        found.append(_view(finding, number, anchors, words, asked))
    return found


def groups(found: Iterable[View], report: Any) -> list[Group]:
    """The release itself first, then component by component, each licence apart."""
    together: dict[tuple[Any, Any], list[View]] = {}
    for view in found:
        together.setdefault(_key(view.finding), []).append(view)
    result = []
    for (component, license_id), members in together.items():
        edition = next((view.finding["license_version"] for view in members if view.finding["license_version"]), None)
        doubt = "?" if members[0].finding.get("basis") == "measured" else ""
        path = tuple(f"{step[0]}{doubt}" for step in members[0].finding["path"])
        result.append(Group(component, license_id, edition, path if component else (), tuple(members)))
    return result


def _key(finding: Any) -> tuple[Any, Any]:
    return (finding["component"], finding["license"]) if finding["license"] is not None else (None, None)


def _order(report: Any) -> Any:
    """Checks of the release first; components in the order of the lineage; the gravest first, what is waived behind it."""
    places = {str(node["id"]): n for n, node in enumerate(report["lineage"]["nodes"])}

    def order(finding: Any) -> tuple[Any, ...]:
        component, license_id = _key(finding)
        kind = KINDS.index(finding["kind"])
        return (component is not None, places.get(str(component), len(places)), str(component), str(license_id), is_waived(finding), kind)

    return order


def _view(finding: Any, number: int, anchors: Counter[str], words: Words, asked: dict[str, int]) -> View:
    name = _identifier(str(finding["id"]))
    anchors[name] += 1
    topic = words.topic(str(finding["topic"]))
    fact = (finding["question"] or {}).get("fact")
    grave = finding["kind"] in KINDS[:3]
    return View(
        finding=finding,
        anchor=name if anchors[name] == 1 else f"{name}-{anchors[name]}",
        number=number,
        waived=is_waived(finding),
        heading=finding["title"] if grave else topic,
        topic=topic,
        clauses=_clauses(finding),
        reasons=tree(finding["reasons"], words),
        evidence=_evidence(finding["evidence"]),
        question=asked.get(fact) if fact else None,
    )


def _identifier(name: str) -> str:
    """An id that can stand in an address, whatever the report says.

    >>> _identifier("f-3c1d"), _identifier('x" onload="')
    ('f-3c1d', 'x--onload--')
    """
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in name) or "f"


def _clauses(finding: Any) -> tuple[Clause, ...]:
    """The clause itself, and those of other licences where the finding rests on several; none where nothing is cited."""
    found = []
    for n, citation in enumerate((finding["citation"], *finding.get("also_cites", ()))):
        name = (finding["license"] if n == 0 else None) or whose(citation)
        if name or citation.get("section"):
            source = place(citation) if citation.get("source") else ""
            named = Both(*(cited({"citation": citation}, str(name), lang) for lang in ("en", "zh")))
            found.append(Clause(named, web(citation.get("url")), citation.get("quote"), source))
    return tuple(found)


def web(address: Any) -> str | None:
    """The address if it is one of the web, which a link may lead to.

    >>> web("https://a.example/x"), web("javascript:alert(1)"), web(None)
    ('https://a.example/x', None, None)
    """
    text = str(address or "")
    return text if text.startswith(("https://", "http://")) and not any(char.isspace() for char in text) else None


def _evidence(items: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    """Each place once, with the observation; in the order of the report."""
    seen: dict[tuple[str, str, str], tuple[str, Any]] = {}
    for item in items:
        where = place(item)
        seen.setdefault((where, str(item.get("key")), str(item.get("value"))), (where, item))
    return tuple(seen.values())
