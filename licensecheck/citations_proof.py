"""Rule files and a folder of licence texts in, every section, exact string and number they cite that those texts do not hold there out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from licensecheck.citations_claims import Cited, cited
from licensecheck.citations_figures import stands
from licensecheck.citations_places import Edition, Places
from licensecheck.errors import Problem
from licensecheck.knowledge import rules_folder
from licensecheck.knowledge.blanks import substitute
from licensecheck.knowledge.compile import read_rules
from licensecheck.knowledge.files import RuleFile
from licensecheck.knowledge.likeness import merged
from licensecheck.knowledge.shape import Context, Path, nearest
from licensecheck.recognise import Fingerprints, SectionSpan, TextMatch, load_fingerprints, recognise
from licensecheck.recognise.numbering import outline
from licensecheck.wording import find, folded


class Known(NamedTuple):
    """A licence text at hand, and where its sections stand if it is recognised."""

    content: str
    match: TextMatch | None


class Library:
    """The texts of a folder by id, `<id>.txt`, each read when first asked for."""

    def __init__(self, folder: str, prints: Fingerprints) -> None:
        self.folder = folder
        self.prints = prints
        self._read: dict[str, Known | None] = {}

    def text(self, name: str) -> Known | None:
        if name not in self._read:
            self._read[name] = self._known(name)
        return self._read[name]

    def _known(self, name: str) -> Known | None:
        path = os.path.join(self.folder, f"{name}.txt")
        if os.path.basename(path) != f"{name}.txt" or not os.path.isfile(path):
            return None
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            content = file.read()
        if name not in self.prints.texts:
            return Known(content, _outlined(name, content))
        wanted = self.prints.canonical(name)
        return Known(content, next((match for match in recognise(content, self.prints) if match.text == wanted), None))


def _outlined(name: str, content: str) -> TextMatch:
    """A house's own text, of which there is no fingerprint: its sections as its numbers say."""
    lines = content.replace("\r\n", "\n").split("\n")
    starts = outline(lines, policy=False)
    ends = [*(start.line for start in starts[1:]), len(lines)]
    spans = tuple(SectionSpan(start.label, start.line + 1, end) for start, end in zip(starts, ends, strict=True))
    return TextMatch(name, 1.0, 1, len(lines), (), (), spans, True)


def prove(path: str | None, texts: str) -> list[Problem]:
    """What the shipped rule files, and those of a house at `path`, cite and the texts in the folder `texts` do not hold."""
    compiled, problems = read_rules(rules_folder(), path)
    if not os.path.isdir(texts):
        problems.append(Problem(texts, None, "no such folder of texts"))
    if problems:
        return problems
    library = Library(texts, load_fingerprints(os.path.join(rules_folder(), "fingerprints")))
    for files in compiled["files"].values():
        for name, file in files.items():
            _prove_file(file, merged(name, files), library, problems)
    return problems


def _prove_file(file: RuleFile, data: Mapping[str, Any], library: Library, problems: list[Problem]) -> None:
    """One licence or policy with all that it takes from the files it is like."""
    context = Context(file.path, file.lines, {}, problems)
    whole = substitute(data, {**data.get("words", {}), "publisher": data["publisher"]})
    for name, where, edition in _texts(whole):
        known = library.text(name)
        if known is None:
            continue
        if known.match is None:
            context.problem(where, f"the text `{name}` in {library.folder} is not recognised as what its name says")
            continue
        places = Places(known.content, known.match, edition)
        lost = places.misplaced_heading()
        if lost is not None:
            context.problem((*where, "headings"), f"“{lost}” is no heading of the text `{name}`, or stands before the one above it")
            continue
        _prove_text(name, where, places, list(cited(whole, file, name)), context)


def _prove_text(name: str, where: Path, places: Places, here: list[Cited], context: Context) -> None:
    """Every place must be found in the text, and what is said to stand there; where a text has no numbers, that is one problem."""
    labels = {span.label for span in places.match.sections if span.label}
    found = [(item, places.cited(item.section)) for item in here]
    missed = {said for _, stretches in found for said, words in stretches if words is None}
    if missed and not labels and not places.edition.counted:
        shown = ", ".join(sorted(f"§{said}" for said in missed))
        context.problem(where, f"no numbered section is found in the text `{name}`, so these cannot be located: {shown}")
    for item, stretches in found:
        lacking = [said for said, words in stretches if words is None]
        for said in lacking if labels or places.edition.counted else ():
            context.problem(item.where, f"{item.whose}§{said} is not found in the text `{name}`{nearest(said, labels)}")
        if stretches and not lacking:
            _prove_words(name, item, "\n".join(words for _, words in stretches if words), context)


def _prove_words(name: str, item: Cited, words: str, context: Context) -> None:
    """The exact words and the numbers that a clause takes from the section it cites."""
    text = folded(re.sub(r"\n\s*\n", "\n", words))  # a page of a PDF may break a sentence
    for said, where in item.words:
        if find(said, text) is None:
            context.problem(where, f"{item.whose}“{said}” does not stand in §{item.section} of the text `{name}`")
    for figure, where in item.figures:
        if not stands(figure.value, figure.currency, words):
            shown = f"{figure.value:,} {figure.currency or ''}".strip()
            context.problem(where, f"{item.whose}the number {shown} does not stand in §{item.section} of the text `{name}`")


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[str, Path, Edition]]:
    """The text of a policy, the texts of all editions of a licence, each with how it is numbered."""
    if "text" in data:
        yield data["text"], ("text",), _edition(data)
    for index, edition in enumerate(data.get("editions", ())):
        yield edition["text"], ("editions", index), _edition(edition)


def _edition(said: Mapping[str, Any]) -> Edition:
    return Edition("numbering" in said, tuple(said.get("headings", ())))
