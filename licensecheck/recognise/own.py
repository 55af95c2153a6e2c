"""The text of a file and a folder of a house's own licence texts in, those that it holds out: word by word, without fingerprints."""

from __future__ import annotations

import os
from collections.abc import Container
from functools import lru_cache

from .numbering import outline
from .records import SectionSpan, TextMatch

#: Of its words this share must be there for a text to be that text.
_LEAST = 0.8


#: A text of which fewer words than this share are there is not looked at section by section.
_WORTH_A_LOOK = 0.6


def recognise_own(text: str, folder: str, beside: Container[str] = ()) -> tuple[TextMatch, ...]:
    """Texts `<id>.txt` of the folder that stand in `text`, best first; a section that is not there as written is altered or missing.

    The texts named in `beside` are recognised by other means and left out.
    """
    whole = _words(text)
    found = []
    for name in sorted(os.listdir(folder)) if whole and os.path.isdir(folder) else ():
        if name.endswith(".txt") and name.removesuffix(".txt") not in beside:
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                match = _compared(name.removesuffix(".txt"), file.read(), text, whole)
            if match is not None:
                found.append(match)
    return tuple(sorted(found, key=lambda match: (-match.score, match.text)))


def outlined(name: str, content: str) -> TextMatch:
    """A text as it stands, with its sections as its own numbers say."""
    lines = content.replace("\r\n", "\n").split("\n")
    return TextMatch(name, 1.0, 1, len(lines), (), (), _sections(lines), True)


def _compared(name: str, known: str, text: str, whole: str) -> TextMatch | None:
    words = _words(known)
    if not words:
        return None
    if f" {words} " in f" {whole} ":
        return outlined(name, text)
    here = frozenset(whole.split(" "))
    own = words.split(" ")
    if sum(word in here for word in own) < _WORTH_A_LOOK * len(own):
        return None
    altered: list[str] = []
    missing: list[str] = []
    kept = total = 0
    for label, said in _worded(known):
        total += len(said)
        if f" {said} " in f" {whole} ":
            kept += len(said)
            continue
        shared = sum(len(word) for word in said.split(" ") if word in here)
        (altered if shared >= _LEAST * len(said.replace(" ", "")) else missing).append(label)
    score = kept / total if total else 0.0
    if score < _LEAST:
        return None
    return outlined(name, text)._replace(score=score, altered_sections=tuple(altered), missing_sections=tuple(missing), complete=False)


@lru_cache(maxsize=64)
def _worded(known: str) -> tuple[tuple[str, str], ...]:
    """The sections of a text, each with its words."""
    lines = known.replace("\r\n", "\n").split("\n")
    return tuple((span.label, _words("\n".join(lines[span.start_line - 1 : span.end_line]))) for span in _sections(lines))


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
