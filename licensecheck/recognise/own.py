"""The text of a file and a folder of a house's own licence texts in, those that it holds out: word by word, without fingerprints."""

from __future__ import annotations

import os

from .numbering import outline
from .records import SectionSpan, TextMatch

#: Of its words this share must be there for a text to be that text.
_LEAST = 0.8


def recognise_own(text: str, folder: str) -> tuple[TextMatch, ...]:
    """Texts `<id>.txt` of the folder that stand in `text`, best first; a section that is not there as written is altered or missing."""
    found = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith(".txt"):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                match = _compared(name.removesuffix(".txt"), file.read(), text)
            if match is not None:
                found.append(match)
    return tuple(sorted(found, key=lambda match: (-match.score, match.text)))


def outlined(name: str, content: str) -> TextMatch:
    """A text as it stands, with its sections as its own numbers say."""
    lines = content.replace("\r\n", "\n").split("\n")
    return TextMatch(name, 1.0, 1, len(lines), (), (), _sections(lines), True)


def _compared(name: str, known: str, text: str) -> TextMatch | None:
    lines = known.replace("\r\n", "\n").split("\n")
    whole = _words(text)
    if not whole or not _words(known):
        return None
    if f" {_words(known)} " in f" {whole} ":
        return outlined(name, text)
    altered: list[str] = []
    missing: list[str] = []
    kept = total = 0
    here = frozenset(whole.split(" "))
    for section in _sections(lines):
        words = _words("\n".join(lines[section.start_line - 1 : section.end_line]))
        total += len(words)
        if f" {words} " in f" {whole} ":
            kept += len(words)
            continue
        shared = sum(len(word) for word in words.split(" ") if word in here)
        (altered if shared >= _LEAST * len(words.replace(" ", "")) else missing).append(section.label)
    score = kept / total if total else 0.0
    if score < _LEAST:
        return None
    return outlined(name, text)._replace(score=score, altered_sections=tuple(altered), missing_sections=tuple(missing), complete=False)


def _sections(lines: list[str]) -> tuple[SectionSpan, ...]:
    """The stretches between one number and the next; what stands before the first has none."""
    starts = outline(lines, policy=False)
    spans = [
        SectionSpan(start.label, start.line + 1, end)
        for start, end in zip(starts, [*(s.line for s in starts[1:]), len(lines)], strict=True)
    ]
    head = starts[0].line if starts else len(lines)
    return (SectionSpan("", 1, head), *spans) if head and not (spans and spans[0].start_line == 1) else tuple(spans)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
