"""One report that knows both languages in, everything the page says of its subject out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from licensecheck.render.blocks import is_waived
from licensecheck.render.snippet import place
from licensecheck.report import KINDS, VERDICTS

from .bilingual import clean
from .findings import Group, View, groups, views, web
from .picture import Picture, picture
from .questions import Asked, asked
from .words import Words


@dataclass(frozen=True)
class Row:
    """A component in the table of the lineage: its place in the tree, and the observations that it rests on."""

    edge: Any
    node: Any
    depth: int
    evidence: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Text:
    """An edition of a licence that findings rely on."""

    license: str
    text: str
    since: str | None
    url: str | None


@dataclass(frozen=True)
class Subject:
    """One subject of the packet. `key` makes its anchors its own."""

    key: str
    report: Any
    views: tuple[View, ...]
    groups: tuple[Group, ...]
    deciding: tuple[tuple[str, tuple[View, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    picture: Picture | None
    rows: tuple[Row, ...]
    questions: tuple[Asked, ...]
    waived: tuple[View, ...]
    idle: tuple[View, ...]
    texts: tuple[Text, ...]
    form: Mapping[str, Any] | None

    @property
    def answerable(self) -> bool:
        """Is there anything that the page could write into a manifest?"""
        return self.form is not None and (bool(self.questions) or any(view.full for view in self.views))


def subject(report: Any, number: int, first: int, anchors: Counter[str], form: Mapping[str, Any] | None, words: Words) -> Subject:
    """`number` counts the subjects and `first` is the number of its first finding; `anchors` are the ids taken so far."""
    found = views(report, words, anchors, first)
    live = [view for view in found if not view.waived]
    kinds = Counter(view.kind for view in found)
    return Subject(
        key=f"s{number}",
        report=report,
        views=tuple(found),
        groups=tuple(groups(found, report)),
        deciding=tuple((kind, of) for kind in VERDICTS[:3] if (of := tuple(view for view in live if view.kind == kind))),
        counts=tuple((kind, kinds[kind]) for kind in (*KINDS, "waived") if kinds[kind] or kind in VERDICTS),
        picture=picture(report),
        rows=tuple(_rows(report)),
        questions=tuple(asked(report, found, form, words)),
        waived=tuple(view for view in found if is_waived(view.finding)),
        idle=tuple(view for view in live if view.finding["topic"] == "waiver"),
        texts=tuple(_texts(found)),
        form={**form, "shown": clean(str(form["file"]))} if form is not None else None,
    )


def _rows(report: Any) -> list[Row]:
    """The components as a tree in a list: each below what it is behind, once for each way to it that is not a circle."""
    nodes = {str(node["id"]): node for node in report["lineage"]["nodes"]}
    children: dict[str, list[Any]] = {}
    for edge in report["lineage"]["edges"]:
        children.setdefault(str(edge["from"]), []).append(edge)
    root = str(report["subject"]["name"] or "")
    rows: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    starts = [root, *(name for name in children if name != root)]
    for start in starts:
        stack = [(edge, 0) for edge in reversed(children.get(start, ()))]
        while stack:
            edge, depth = stack.pop()
            key = (str(edge["from"]), str(edge["to"]), str(edge["relation"]))
            if key in seen:
                continue
            seen.add(key)
            node = nodes.get(key[1], {"id": key[1], "type": None, "license": None, "license_source": None, "verified": True})
            rows.append(Row(edge, node, min(depth, 6), tuple({place(item): (place(item), item) for item in edge["evidence"]}.values())))
            stack += [(below, depth + 1) for below in reversed(children.get(key[1], ()))]
    return rows


def _texts(found: Sequence[View]) -> list[Text]:
    """Each edition once, in alphabetical order, with the address that its clauses are cited from."""
    seen: dict[tuple[str, str], Text] = {}
    for view in found:
        edition, name = view.finding["license_version"], view.finding["license"]
        if name and edition and edition.get("text"):
            key = (str(name), str(edition["text"]))
            url = web(view.finding["citation"].get("url"))
            if key not in seen or (seen[key].url is None and url):
                seen[key] = Text(*key, edition.get("in_force_from"), url)
    return [seen[key] for key in sorted(seen)]
