"""The documents of a folder in, what they say about changes and about bases out, each with its line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence

from licensecheck.evidence import Found, observed
from licensecheck.hubnames import ID
from licensecheck.markdown import blanked
from licensecheck.records import Record
from licensecheck.report import Evidence
from licensecheck.sources.folder import Folder

from .texts import is_license_name, notice_kind

_DOCUMENT = (".md", ".markdown", ".rst", ".txt", ".html", ".htm", ".tex")
MARKED_UP = (".rst", ".tex", ".html", ".htm")
_CARD = ("readme", "model_card", "model-card", "modelcard")
_LINKED = rf"(?:huggingface\.co|hf\.co)/({ID})(?![\w/-]*/(?:issues|discussions))|`({ID})`"
#: an id right after the phrase needs neither a link nor backquotes
_PLAIN = r"[\s*_:]{0,6}\[?([A-Za-z][\w.-]{0,95}/[A-Za-z][\w.-]{0,95})(?![\w/])"
FILES = (".py", ".json", ".md", ".txt", ".yaml", ".yml", ".toml", ".sh", ".csv", ".ipynb", ".cpp", ".c", ".h")
_NOT_MODELS = ("upstream/", "origin/", "feature/", "datasets/", "spaces/", "docs/", "blog/", "papers/", "collections/", "api/")
_BOUNDARIES = (". ", ".\n", "\n\n", "\n- ", "\n* ", "\n#", "\n|", "。", "；", "！", "? ", "! ", "\u2029")
_PROJECT = (
    "contributing",
    "code_of_conduct",
    "security",
    "governance",
    "requirements",
    "requirements_dev",
    "vocab",
    "merges",
    "cmakelists",
)
_MOST = 1_000_000
_MOST_HITS = 40
#: A name belongs to the phrase before it when nothing that ends a clause stands between them, and not much else.
_STOPS = (". ", ".\n", "，", "。", "；", "、", "！", "\n\n", "\n- ", "\n* ", "\n#", "; ", " | ", "\u2029")
_NEAR = 160
#: How comments begin in the mark-ups that a section can be written into.
_COMMENTS = ("<!--", "..", "%", "#")
_SENTENCE_ENDS = (". ", ".\n", "。", "\n\n", "\n- ", "\n* ", "\n#")


class Document(Record):
    """A document of the product: its text and the line ranges that are not its own words (front matter, licence texts)."""

    source: str
    content: str
    skip: tuple[tuple[int, int], ...] = ()


def card_names(folder: Folder) -> tuple[str, ...]:
    """The model cards at the top of the folder, README.md first."""
    names = [name for name in folder.names if "/" not in name and is_card(name)]
    return tuple(sorted(names, key=lambda name: (name != "README.md", not name.lower().startswith("readme."), name)))


def is_card(name: str) -> bool:
    """README.md, README_zh.md, MODEL_CARD.md; not readme_assets_of_something.md."""
    stem, _, ending = name.lower().rpartition(".")
    rest = next((stem[len(start) :] for start in _CARD if stem.startswith(start)), None)
    return ending in ("md", "markdown") and rest is not None and (not rest or (rest[0] in "._-" and len(rest) <= 9))


def document_names(folder: Folder) -> tuple[str, ...]:
    """What readers are given to read: documents at the top and below `docs/`; not licences, not notices."""
    names = []
    for name in folder.names:
        if not name.lower().endswith(_DOCUMENT) or is_license_name(name) or notice_kind(name) or _is_of_the_project(name):
            continue
        if "/" not in name or name.lower().startswith(("docs/", "doc/", "documentation/")):
            names.append(name)
    return tuple(names)


def own_names(folder: Folder, headings: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """What the subject is called, in lower case: its first heading, its folder, and the words of those before a number."""
    names = [os.path.basename(os.path.abspath(folder.root)), *(title for title, _ in headings[:1])]
    lowered = [name.lower().strip() for name in (names if headings else [*names, *_titles(folder)])]
    return tuple(dict.fromkeys([*lowered, *(name.split("-")[0].split(" ")[0] for name in lowered)]))


def _titles(folder: Folder) -> list[str]:
    """The titles of documents at the top in other mark-ups than Markdown."""
    marked = [name for name in document_names(folder) if "/" not in name and name.lower().endswith(MARKED_UP)]
    if not marked:
        return []
    from .markup import title

    return [found for name in marked[:5] if (found := title(name, folder.read(name, _MOST).text))]


def _is_of_the_project(name: str) -> bool:
    """By its name, is it for those who work on a project, or for machines, and not about what it makes?"""
    return name.lower().rsplit("/", 1)[-1].rsplit(".", 1)[0].rstrip("0123456789-_").replace("-", "_") in _PROJECT


def sentences_with(text: str, phrases: list[str]) -> Iterator[tuple[int, str, str]]:
    """Each sentence that holds one of the phrases: where the phrase is, the phrase, the sentence (lower case, code blocks left out)."""
    plain = blanked(text)
    lowered = plain.lower()
    if len(lowered) != len(plain):  # a few letters grow when lowered: then case counts, but lines stay right
        lowered = plain
    for phrase in phrases:
        position = lowered.find(phrase)
        hits = 0
        while position >= 0 and hits < _MOST_HITS:
            hits += 1
            if _stands_alone(lowered, position, phrase):
                yield position, phrase, _sentence(lowered, position, position + len(phrase))
            position = lowered.find(phrase, position + len(phrase))


def statements_of_changes(document: Document, phrases: Mapping[str, list[str]]) -> tuple[Evidence, ...]:
    """The first sentence that says the material was changed, and how, as evidence; empty when none does."""
    best: tuple[int, str] | None = None
    for position, phrase, sentence in sentences_with(document.content, [*phrases["made_from"], *phrases["deed"]]):
        if any(word in sentence for word in phrases["not"]) or is_skipped(document, position):
            continue
        if is_written_here(document, position, "notice"):  # what others' notices say of their changes
            continue
        if is_denied(document.content, position, sentence, phrase, phrases["denied"]):
            continue
        whole = phrase in phrases["made_from"] or any(_holds(sentence, word) for word in phrases["object"])
        if whole and (best is None or position < best[0]):
            best = (position, phrase)
    if best is None:
        return ()
    return (_evidence(document, best[0], "statement of changes", best[1]),)


def prose_lineage(document: Document, phrases: Mapping[str, list[str]]) -> tuple[Found, ...]:
    """Models that a sentence says the subject was made from, where it gives a Hub link or an id in backquotes."""
    found: dict[str, Found] = {}
    for position, phrase, sentence in sentences_with(document.content, phrases["before"]):
        if any(word in sentence for word in phrases["not"]) or is_skipped(document, position) or is_written_here(document, position):
            continue
        if is_denied(document.content, position, sentence, phrase, phrases["denied"]):
            continue
        tail = document.content[position + len(phrase) : position + len(phrase) + 400]
        tail = until_stop(tail)[:_NEAR]
        named = ids_in(tail, every=_relation(phrase) == "merge")
        if not named:
            words = " ".join(tail[:60].split())
            if words and len(found) < 20:
                evidence = _evidence(document, position, "sentence", phrase)
                terms = _terms_behind(document.content, position + len(phrase), phrases)
                found.setdefault(f"\0{position}", Found(_relation(phrase), "prose", words, evidence, {"terms": terms} if terms else {}))
        for name, at in named:
            if name not in found:
                evidence = _evidence(document, position + len(phrase) + at, "sentence", name)
                found[name] = Found(_relation(phrase), "model", name, evidence)
    return tuple(found.values())


def _terms_behind(content: str, start: int, phrases: Mapping[str, list[str]]) -> str | None:
    """The licence that the same sentence says the material comes under, as written; not one of code."""
    rest = content[start : start + 2 * _NEAR]
    rest = rest[: min((at for mark in _SENTENCE_ENDS if (at := rest.find(mark)) >= 0), default=len(rest))]
    lowered = content[max(0, start - 80) : start].rpartition("\n")[2].lower() + rest.lower()
    phrase = next((phrase for phrase in phrases["under"] if phrase in rest.lower()), None)
    if phrase is None or any(_holds(lowered, word) for word in phrases["not_parts"]):
        return None
    return " ".join(rest[rest.lower().index(phrase) + len(phrase) :][:60].split()) or None


def until_stop(text: str) -> str:
    """The text up to what ends a clause."""
    return text[: min((at for mark in _STOPS if (at := text.find(mark)) >= 0), default=len(text))]


def ids_in(tail: str, *, every: bool) -> list[tuple[str, int]]:
    """The model ids that stand after a phrase, with their places: the first, or all of them where a phrase has several."""
    plain = re.match(_PLAIN, tail)
    if plain and any(char.isdigit() for char in plain[1]) and not plain[1].lower().endswith(FILES):
        return [(plain[1].rstrip("."), plain.start(1))]
    found: list[tuple[str, int]] = []
    if ".co/" not in tail and "`" not in tail:
        return found
    for match in re.finditer(_LINKED, tail):
        group = 1 if match[1] else 2
        name = match[group].rstrip(".")
        if not name.startswith(_NOT_MODELS) and not name.lower().endswith(FILES):
            found.append((name, match.start(group)))
        if not every:
            break
    return found


def is_denied(content: str, position: int, sentence: str, phrase: str, words: list[str]) -> bool:
    """Is the phrase denied, or only said to be possible, by what stands right before it in its sentence?"""
    before = re.split("[;；]", sentence[: max(0, sentence.find(phrase))][-40:])[-1]
    return any(_holds(before, word) if word[0].isascii() and "'" not in word else word in before[-12:] for word in words)


def _relation(phrase: str) -> str:
    return next((kind for word, kind in _RELATIONS if word in phrase), "finetune")


_RELATIONS = (
    *((word, "quantized") for word in ("quanti", "quants", "gguf", "gptq", "awq", "exl2", "mlx", "conver", "files for", "量化", "转换")),
    ("merge", "merge"),
    *((word, "adapter") for word in ("adapter", "lora")),
)


def _evidence(document: Document, position: int, key: str, value: str) -> Evidence:
    line = document.content.count("\n", 0, position) + 1
    start = document.content.rfind("\n", 0, position) + 1
    end = document.content.find("\n", position)
    snippet = document.content[start : end if end >= 0 else len(document.content)]
    original = document.content[position : position + len(value)]
    return observed(document.source, line, key, original, "prose", snippet)


def is_written_here(document: Document, position: int, section: str = "") -> bool:
    """Inside a section that this tool wrote (of that name): it repeats what is known, it is no source of it."""
    for sign in _COMMENTS:
        begin = document.content.rfind(f"{sign} llm-licensecheck:begin {section}", 0, position)
        if begin >= 0 and document.content.find(f"{sign} llm-licensecheck:end {section}", begin, position) < 0:
            return True
    return False


def is_skipped(document: Document, position: int) -> bool:
    """Does the position lie in lines that are not the document's own words?"""
    if not document.skip:
        return False
    line = document.content.count("\n", 0, position) + 1
    return any(first <= line <= last for first, last in document.skip)


def _stands_alone(text: str, position: int, phrase: str) -> bool:
    before = text[position - 1] if position else " "
    after = text[position + len(phrase)] if position + len(phrase) < len(text) else " "
    return not (phrase[0].isascii() and before.isascii() and before.isalnum()) and not (
        phrase[-1].isascii() and after.isascii() and after.isalnum()
    )


def _holds(sentence: str, word: str) -> bool:
    position = sentence.find(word)
    while position >= 0:
        if _stands_alone(sentence, position, word):
            return True
        position = sentence.find(word, position + 1)
    return False


def _sentence(text: str, start: int, end: int) -> str:
    first = max(
        (
            text.rfind(mark, max(0, start - 600), start) + len(mark)
            for mark in _BOUNDARIES
            if text.rfind(mark, max(0, start - 600), start) >= 0
        ),
        default=max(0, start - 600),
    )
    last = min((found for mark in _BOUNDARIES if (found := text.find(mark, end, end + 600)) >= 0), default=min(len(text), end + 600))
    return text[first:last]
