"""Rule files and a folder of licence texts in, every section and exact string they cite that those texts do not hold out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from licensecheck.errors import Problem
from licensecheck.knowledge import rules_folder
from licensecheck.knowledge.blanks import substitute
from licensecheck.knowledge.compile import read_rules
from licensecheck.knowledge.files import RuleFile, clause_name
from licensecheck.knowledge.likeness import merged
from licensecheck.knowledge.shape import Context, Path, nearest
from licensecheck.recognise import Fingerprints, SectionSpan, TextMatch, load_fingerprints, locate, recognise
from licensecheck.recognise.numbering import outline
from licensecheck.wording import Folded, find, folded

#: Requirements that ask for words which the text itself gives.
_EXACT = ("notice", "display", "name_begins", "name_contains")
#: A place that a rule file names in words because the text numbers nothing there: no numbering can show it.
_IN_WORDS = re.compile(r"\b(?:(?<!closing )paragraph|preamble|README|condition|part)", re.I)


class Known(NamedTuple):
    """A licence text at hand: its words, and where its sections stand if it is recognised."""

    words: Folded
    match: TextMatch | None


class Cited(NamedTuple):
    """A section, or words, that a file says stand in the text: where it says so, whose they are, and in which editions (none: all)."""

    said: str
    section: bool
    where: Path
    whose: str
    editions: list[str] | None


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
            return Known(folded(content), _outlined(name, content))
        wanted = self.prints.canonical(name)
        return Known(folded(content), next((match for match in recognise(content, self.prints) if match.text == wanted), None))


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
    cited = list(_cited(whole, file))
    for name, where in _texts(whole):
        known = library.text(name)
        here = [item for item in cited if item.editions is None or name in item.editions]
        if known is None:
            continue
        if known.match is None:
            context.problem(where, f"the text `{name}` in {library.folder} is not recognised as what its name says")
        else:
            _prove_sections(name, where, known.match, [item for item in here if item.section], context)
        for item in here:
            if not item.section and find(item.said, known.words) is None:
                context.problem(item.where, f"{item.whose}“{item.said}” does not stand in the text `{name}`")


def _prove_sections(name: str, where: Path, match: TextMatch, cited: list[Cited], context: Context) -> None:
    """Every section that is cited must be found in the text; where it has none, that is one problem."""
    labels = {span.label for span in match.sections if span.label}
    missed = [item for item in cited if locate(match, item.said) is None]
    if missed and not labels:
        shown = ", ".join(sorted({f"§{item.said}" for item in missed}))
        context.problem(where, f"no numbered section is found in the text `{name}`, so these cannot be located: {shown}")
        return
    for item in missed:
        context.problem(item.where, f"{item.whose}§{item.said} is not found in the text `{name}`{nearest(item.said, labels)}")


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The text of a policy, the texts of all editions of a licence."""
    if "text" in data:
        yield data["text"], ("text",)
    for index, edition in enumerate(data.get("editions", ())):
        yield edition["text"], ("editions", index)


def _cited(whole: Mapping[str, Any], file: RuleFile) -> Iterator[Cited]:
    """All that a licence or policy cites, clause by clause, at the lines of its own file."""
    for key, part in whole.items():
        if key != "clauses":
            where: Path = (key,) if key in file.value else ("like",)
            whose = "" if key in file.value else f"`{key}`, taken from there: "
            yield from (Cited(said, True, _at(where, place), whose, None) for said, place in _sections(part, ()))
    for clause in whole.get("clauses", ()):
        where, _ = file.clause(clause_name(clause))
        whose = f"the clause `{clause_name(clause)}`: " if where == ("like",) else ""
        editions = clause.get("editions")
        yield from (Cited(said, True, _at(where, place), whose, editions) for said, place in _sections(clause, ()))
        yield from (Cited(said, False, _at(where, place), whose, editions) for said, place in _exact(clause.get("requires", {})))


def _at(where: Path, place: Path) -> Path:
    """What comes from another file is shown where the file says which one, and nowhere below that."""
    return where if where == ("like",) else (*where, *place)


def _sections(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Every section cited, with its place: several may stand side by side (`2.a, 4`), and words may follow (`4, 2nd sentence`)."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key == "section" and isinstance(item, str):
            first, *rest = item.split(", ")
            labels = (first, *(label for label in rest if label[:1].isdigit() and " " not in label))
            yield from ((label, (*path, key)) for label in labels if not _IN_WORDS.search(label))
        else:
            yield from _sections(item, (*path, key))


def _exact(requires: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """The words that a requirement asks for as the text has them; what names the component or the subject cannot stand there."""
    for key in _EXACT:
        value = requires.get(key, [])
        for index, words in enumerate(value if isinstance(value, list) else [value]):
            if "{" not in words:
                yield words, ("requires", key, index)
