"""Reports in, packets and what stands in them out: helpers of the tests of the review packet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import html5lib

from licensecheck.render.packet import Glossary, render
from tests.conftest import REPO

TOOL = {"version": "0", "knowledge": "2026.11"}
KINDS = ("fail", "open", "review", "pass", "informational", "not-applicable")


def sample(name: str) -> list[Any]:
    reports: list[Any] = json.loads((REPO / "tests" / "reports" / f"{name}.json").read_text(encoding="utf-8"))["reports"]
    return reports


def form_for(report: Any) -> dict[str, Any]:
    """A form with one text field for each question, as the command line makes them."""
    fields = [
        {"fact": item["fact"], "component": None, "key": item["fact"], "several": False, "control": "text"} for item in report["questions"]
    ]
    return {"file": "licensecheck.yaml", "exists": False, "fields": fields, "pieces": ["version: 1\n"], "by_hand": []}


def page_of(reports: list[Any], translated: list[Any] | None = None, lang: str = "en") -> str:
    glossary = Glossary(relations={"finetune": {"en": "fine-tuned from", "zh": "微调自"}})
    forms = [form_for(report) for report in reports]
    return render(reports, translated or reports, tool=TOOL, glossary=glossary, forms=forms, lang=lang)


class Parsed:
    """A page as a browser's parser reads it; errors of the mark-up are errors here."""

    def __init__(self, page: str) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self.root = parser.parse(page)
        self.errors = [error for _, error, _ in parser.errors]

    def all(self, *names: str) -> list[Any]:
        return [element for element in self.root.iter() if isinstance(element.tag, str) and (not names or local(element) in names)]

    def by_id(self, name: str) -> Any:
        return next(element for element in self.all() if element.get("id") == name)

    def attributes(self) -> Iterator[tuple[Any, str, str]]:
        for element in self.all():
            for key, value in element.attrib.items():
                yield element, str(key), value


def local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def words_of(element: Any, lang: str | None = None) -> str:
    """The text of an element with its spaces folded; with `lang`, without the other language."""

    def parts(node: Any) -> Iterator[str]:
        if lang and node.get("class") in ({"en", "zh"} - {lang}):
            yield node.tail or ""
            return
        yield node.text or ""
        for child in node:
            yield from parts(child)
        yield node.tail or ""

    return " ".join("".join(parts(element)).split())
