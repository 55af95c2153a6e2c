"""A folder of licence texts in, the two files of fingerprints out, the same byte for byte on every run.

    python -m licensecheck.recognise.build --texts DIR --out rules/fingerprints

DIR holds `index.yaml` (`licences:` with `id`, `file`, `kind`, `family`, `spdx` and `variants: [{file}]`) and the texts it names.
The first edition of a text is its `file`; a variant is printed too where its words differ. A text that is another one word for word, but
for names and years, is recognised under that one's id; so is one that `same.yaml` in the folder written to says is another edition of it.
Only hashes are written: of every run of four words (prints.bin), and a sample of them that says which prints to compare (index.bin);
besides, the labels of sections and where they begin.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple
from zlib import crc32

from .align import Side, align, positions
from .differences import hunks_of, is_free
from .freedoms import free_stretches, tail_line
from .numbering import ANNEX, Start, outline
from .shingles import THINNING, WIDTH, sampled, shingles_of, word_hashes
from .store import HEAD, INDEX_NAME, OWN, PRINTS_NAME, Index, Print, pack_index, pack_print
from .words import Words, figures, words_of

#: In the folder written to: `name: text` for names under which a text is listed twice.
SAME_NAME = "same.yaml"
#: Texts of fewer words have all their sampled shingles listed.
SHORT_TEXT = 700
#: A text with more words of its own before and after another's is not the same.
MAX_AROUND = 30
#: The share of an annex that must be in a use policy known by itself for the text to be a text without the annex too.
MIN_ANNEX = 0.8
#: Families of texts that everybody takes over with his own name in them.
_OPEN = ("permissive", "copyleft", "creative-commons", "open-data")


class Text(NamedTuple):
    """One edition of one text, as read."""

    id: str
    content: str
    policy: bool
    family: str
    named_by_copies: bool


class Edition(NamedTuple):
    """A text's id, its print, and the shingles of it that the index lists."""

    id: str
    entry: Print
    sample: frozenset[int]


def edition_of(text: Text) -> Edition | None:
    """The fingerprint of one text; none if it is too short to have one."""
    words = words_of(text.content)
    if len(words.tokens) < 2 * WIDTH:
        return None
    lines = text.content.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = outline(lines, text.policy)
    tail = tail_line(lines, words) if text.named_by_copies else 0
    if tail:
        starts = [start for start in starts if start.line < tail] + [Start(tail, "appendix")]
    first = next((start.line for start in starts if start.label), 0)
    free = free_stretches(lines, words, first_section=first, named_by_copies=text.named_by_copies)
    if text.family == "creative-commons" and (end := _grant(lines, words)):
        free.append((0, end, HEAD))
    hashes = word_hashes(words.tokens)
    thinning = 1 if len(hashes) < SHORT_TEXT else THINNING
    sample = frozenset(
        shingle
        for shingle, place in sampled(hashes)
        if not shingle % thinning and not any(start - WIDTH < place < end for start, end, _ in free)
    )
    numbers = tuple([(place, number) for place, number, said in figures(words, 1, len(words.lines)) if said and place < len(words.tokens)])
    return Edition(text.id, Print(shingles_of(hashes), _in_words(starts, words), tuple(sorted(set(free))), numbers), sample)


def _grant(lines: list[str], words: Words) -> int:
    """The words before the sentence by which one accepts a text that opens with notices on its use."""
    for number, line in enumerate(lines):
        if number and re.match(r"\W*by exercising\b", line, re.IGNORECASE):
            return words.ends[number - 1]
    return 0


def _in_words(starts: Iterable[Start], words: Words) -> tuple[tuple[int, str], ...]:
    """Section starts counted in words, without stretches that hold none."""
    found: list[tuple[int, str]] = []
    for start in starts:
        place = words.ends[start.line - 1] if start.line else 0
        if found and found[-1][0] == place and not start.label.startswith(f"{found[-1][1]}."):
            found.pop()
        if place < len(words.tokens):
            found.append((place, start.label))
    return tuple(found)


def editions(texts: Iterable[Text]) -> tuple[list[Edition], dict[str, str]]:
    """The prints to store, in the order of ids, and the ids that are another text word for word."""
    kept: dict[str, list[Edition]] = {}
    general: list[str] = []
    same: dict[str, str] = {}
    for text in texts:
        new = edition_of(text)
        if new is None or any(_is_same(new.entry, other.entry) for other in kept.get(text.id, ())):
            continue
        owner = next((name for name in general if name != text.id and _is_same(new.entry, kept[name][0].entry)), None)
        if owner is None and text.id not in same:
            kept.setdefault(text.id, []).append(new)
            general += [text.id] if text.named_by_copies and text.id not in general else []
        elif owner and text.id not in kept:
            same[text.id] = owner
    sources = [source.entry for name in general for source in kept[name]]
    stored = [one._replace(entry=_with_own(one.entry, [] if name in general else sources)) for name in sorted(kept) for one in kept[name]]
    return stored, dict(sorted(same.items()))


def _with_own(entry: Print, sources: list[Print]) -> Print:
    """A short text that mostly repeats a piece of another: what is its own is marked, so that the piece alone is not taken for it."""
    for source in sources if len(entry.shingles) < SHORT_TEXT else ():
        borrowed = set(source.shingles)
        shared = [shingle in borrowed for shingle in entry.shingles]
        if sum(shared) > 0.5 * len(shared) and sum(shared) < 0.5 * len(borrowed):
            own = [(place, place + WIDTH, OWN) for place in range(0, len(shared), WIDTH) if not any(shared[place : place + WIDTH])]
            return Print(entry.shingles, entry.sections, (*entry.stretches, *own), entry.figures)
    return entry


def _is_same(entry: Print, other: Print) -> bool:
    left, right = Side(other.shingles), Side(entry.shingles)
    chain = align(left, right, positions(entry.shingles, 0, len(entry.shingles)))
    if not chain:
        return False
    around = chain[0].doc + len(entry.shingles) - chain[-1].doc_end
    return around <= MAX_AROUND and all(is_free(other, hunk) for hunk in hunks_of(other, chain, entry.shingles))


def _without_annex(stored: list[Edition], policies: set[str]) -> list[Edition]:
    """Texts again without an annex that is a use policy known by itself: who hands on the text without it hands on a copy of the text."""
    found: list[Edition] = []
    known = [set(one.entry.shingles) for one in stored if one.id in policies]
    for one in stored:
        annex = next((start for start, label in one.entry.sections if label == ANNEX), 0)
        own = set(one.entry.shingles[annex:])
        if annex and one.id not in policies and any(len(own & shingles) > MIN_ANNEX * len(own) for shingles in known):
            shingles = one.entry.shingles[: annex - WIDTH + 1]
            sections = tuple([section for section in one.entry.sections if section[0] < annex])
            stretches = tuple([stretch for stretch in one.entry.stretches if stretch[1] <= annex])
            numbers = tuple([figure for figure in one.entry.figures if figure[0] < annex])
            found.append(Edition(one.id, Print(shingles, sections, stretches, numbers), one.sample & set(shingles)))
    return sorted([*stored, *found], key=lambda one: one.id)


def files_of(stored: list[Edition], same: dict[str, str]) -> tuple[bytes, bytes]:
    """The bytes of both files."""
    holders: dict[int, list[int]] = {}
    for number, one in enumerate(stored):
        for shingle in one.sample:
            holders.setdefault(shingle, []).append(number)
    samples = sorted(holders)
    groups = sorted({tuple(numbers) for numbers in holders.values()})
    number_of = {group: number for number, group in enumerate(groups)}
    blocks = [pack_print(one.entry) for one in stored]
    sizes = [len(block) for block in blocks]
    arrays = [
        array("I", samples),
        array("H", [number_of[tuple(holders[shingle])] for shingle in samples]),
        array("I", accumulate(map(len, groups), initial=0)),
        array("H", [number for group in groups for number in group]),
        array("H", [len(one.sample) for one in stored]),
        array("I", list(accumulate(sizes, initial=0))[:-1]),
        array("I", sizes),
        array("I", map(crc32, blocks)),
    ]
    return pack_index(Index(arrays, [one.id for one in stored], same)), b"".join(blocks)


def read_texts(directory: str, same_text: dict[str, str]) -> Iterator[Text]:
    """The texts that `index.yaml` lists, those that others take over with their own names first, other names for a text after it."""
    import yaml

    with open(os.path.join(directory, "index.yaml"), encoding="utf-8") as file:
        rows: list[dict[str, Any]] = yaml.safe_load(file)["licences"]
    kinds = {row["id"]: row.get("kind") for row in rows}
    rows.sort(key=lambda row: (str(row.get("spdx") or "").lower() != row["id"], not row.get("spdx"), row["id"] in same_text, row["id"]))
    for row in rows:
        name = same_text.get(row["id"], row["id"])
        family = str(row.get("family"))
        for path in [row["file"], *(variant["file"] for variant in row.get("variants") or ())]:
            with open(os.path.join(directory, path), encoding="utf-8", newline="") as file:
                yield Text(name, file.read(), kinds[name] == "use-policy", family, family in _OPEN)


def same_texts(directory: str) -> dict[str, str]:
    """What people have found to be two names of one text, from the folder written to: its own file says which."""
    import yaml

    try:
        with open(os.path.join(directory, SAME_NAME), encoding="utf-8") as file:
            return {str(name): str(other) for name, other in (yaml.safe_load(file) or {}).items()}
    except FileNotFoundError:
        return {}


def write(directory: str, index: bytes, prints: bytes) -> None:
    os.makedirs(directory, exist_ok=True)
    for name, content in ((INDEX_NAME, index), (PRINTS_NAME, prints)):
        with open(os.path.join(directory, name), "wb") as file:
            file.write(content)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m licensecheck.recognise.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", required=True, help="folder with index.yaml and the texts")
    parser.add_argument("--out", required=True, help="folder to write index.bin and prints.bin to")
    options = parser.parse_args(arguments)
    known = same_texts(options.out)
    texts = list(read_texts(options.texts, known))
    stored, same = editions(texts)
    stored = _without_annex(stored, {text.id for text in texts if text.policy})
    index, prints = files_of(stored, {**same, **known})
    write(options.out, index, prints)
    count, names, size = len({one.id for one in stored}), len({**same, **known}), len(index) + len(prints)
    print(f"{len(stored)} prints of {count} texts, {names} other names, {size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
