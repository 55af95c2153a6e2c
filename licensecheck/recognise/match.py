"""A file and the candidates for it in, the licence texts it holds out, each with its lines and every section altered or missing."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .align import Side, Stretch, align, positions
from .candidates import Hits, candidates, nearest, shared_words, tally, without
from .differences import MAX_FILLED, binding, hunks_of, lacks_its_own, may_differ, size_of
from .records import SectionSpan, TextMatch
from .shingles import WIDTH, shingles_of
from .store import HEAD, Fingerprints, Print
from .surroundings import binds, restrictions
from .verdict import judged, spans_of, with_label
from .whole import find_whole
from .words import Words

if TYPE_CHECKING:
    from .figures import Change

#: Licences looked for in one file.
MAX_MATCHES = 12
#: Least share of the text that the file must hold, and least share of the file's stretch that must be the text's.
MIN_HELD, MIN_PURE = 0.4, 0.5
#: Fewer will do for a long stretch left as it is: a text cut off.
MIN_PIECE, MIN_PIECE_HELD, PIECE_PURE = 200, 0.2, 0.9
#: Short texts have near relations by the dozen: of one of fewer words this share must be there, but for one stretch left out, and as pure.
SHORT, SHORT_HELD, SHORT_PURE = 300, 0.75, 0.7
#: A text of fewer words that is but a small part of what no other text explains is quoted there.
TINY = 100
#: A stretch left out within so many words is the beginning.
OPENING = 40
#: What leaving out or putting in words counts against a print, in words: once, and for each word of it.
EDIT, LENGTH_WEIGHT = 6, 0.05
#: Words that a print found without a difference is ahead of one that shares more but differs.
WHOLE_BONUS = 20
#: How many prints may contend for a part of what the best one explains, and the least share of it that is worth it.
MAX_PARTS, MIN_PART = 6, 0.05


class Found:
    """A print laid against the file: what agrees, the differences that count and those that don't, and how good an explanation it is."""

    __slots__ = ("chain", "entry", "free", "gain", "held", "hunks", "number")

    def __init__(self, number: int, entry: Print, chain: list[Stretch], hunks: list[Stretch], held: int, free: list[Stretch]) -> None:
        self.number = number
        self.entry = entry
        self.chain = chain
        self.hunks = hunks
        self.free = free
        self.held = held
        self.gain = held - sum(map(_cost, hunks)) + (0 if hunks else WHOLE_BONUS)

    @property
    def first(self) -> int:
        """The first word of the file that is the text's."""
        return self.chain[0].doc

    @property
    def end(self) -> int:
        """The word of the file after the last that is the text's."""
        return self.chain[-1].doc_end + WIDTH - 1


def matches(words: Words, hashes: array[int], hits: Hits, counts: dict[int, int], prints: Fingerprints) -> tuple[TextMatch, ...]:
    """The known texts among the candidates that the file really holds, in its order: the best one first, then what is left of the file."""
    shingles = shingles_of(hashes)
    found: list[Found] = []
    while counts and len(found) < MAX_MATCHES and (best := _best(prints, Side(shingles), hits, counts)):
        found.append(best)
        start, stop = best.first, best.chain[-1].doc_end
        shingles[start:stop] = array("I", bytes(4 * (stop - start)))
        hits = without(hits, start, stop)
        counts = candidates(hits, prints.index)
    found = [item for item in found if item.held >= TINY or item.held >= MIN_PART * (len(words.tokens) - _others(item, found))]
    found.sort(key=lambda item: item.first)
    return tuple([_match(prints, words, hashes, item, found) for item in found])


def _others(item: Found, found: list[Found]) -> int:
    """How many words of the file other texts take."""
    return sum([other.end - other.first for other in found if other is not item])


def _best(prints: Fingerprints, doc: Side, hits: Hits, counts: dict[int, int]) -> Found | None:
    """The print that explains most of the file: whole if one is there word for word, else the one that leaves least over."""
    whole = _longest_whole(prints, doc, counts)
    best, rivals = whole, list(counts)
    if whole is not None:
        outside = tally(without(hits, whole.first, whole.end), prints.index)
        rivals = [number for number in counts if number in outside and shared_words(number, counts[number], prints.index) > whole.held]
    if not rivals:
        return whole
    known = set(doc.items)
    where = positions(doc.items, 0, len(doc.items))
    where.pop(0, None)
    bounds = {number: _at_most(prints.load(number), known) for number in nearest(rivals, counts, prints.index)}
    for number, bound in sorted(bounds.items(), key=lambda item: size_of(prints.load(item[0])) - 2 * item[1]):
        entry = prints.load(number)
        if best is None or bound + (WHOLE_BONUS if size_of(entry) - bound <= may_differ(entry) else 0) > best.gain:
            laid = _laid(number, entry, doc, where)
            if laid and (best is None or laid.gain > best.gain) and not (whole and _better_inside(whole, laid)):
                best = laid
    if best is None or not best.hunks:
        return best
    parts = list(_parts(best, doc, where, counts, prints))
    better = [part for part in parts if _better_inside(part, best)]
    if not better and whole is not None and whole is not best and _together(whole, parts) > best.gain:
        return whole
    return max(better, key=lambda part: part.gain) if better else best


def _together(whole: Found, parts: list[Found]) -> float:
    """How good an explanation a whole text is with other whole ones beside it."""
    taken = [whole]
    for part in sorted(parts, key=lambda part: -part.gain):
        if not part.hunks and all(part.end <= other.first or part.first >= other.end for other in taken):
            taken.append(part)
    return sum([part.gain for part in taken])


def _longest_whole(prints: Fingerprints, doc: Side, counts: dict[int, int]) -> Found | None:
    """The longest print that the file holds word for word."""
    best: Found | None = None
    for number, count in counts.items():
        if count >= prints.index.counts[number]:
            entry = prints.load(number)
            if (best is None or size_of(entry) > best.held) and (whole := _whole(number, entry, doc)):
                best = whole if best is None or whole.held > best.held else best
    return best


def _whole(number: int, entry: Print, doc: Side) -> Found | None:
    chain = find_whole(entry, doc)
    if not chain:
        return None
    held = sum([run.ref_end - run.ref + WIDTH - 1 for run in chain])
    return Found(number, entry, chain, [], held, hunks_of(entry, chain, doc.items) if len(chain) > 1 else [])


def _parts(best: Found, doc: Side, where: dict[int, int], counts: dict[int, int], prints: Fingerprints) -> Iterator[Found]:
    """Shorter prints of which no less is in the file than of the best one: a licence and a policy in one may look like another's."""
    index = prints.index
    share = {number: min(1.0, count / index.counts[number]) for number, count in counts.items()}
    shared = {number: shared_words(number, counts[number], index) for number in counts}
    limit, laid = index.sizes[best.number], 0
    for number in sorted(counts, key=lambda number: (-share[number], -shared[number], number)):
        if share[number] < share[best.number] or index.sizes[number] >= limit or shared[number] < MIN_PART * best.held:
            continue
        entry = prints.load(number)
        part = _whole(number, entry, doc) if share[number] == 1 else None
        if part is None and laid < MAX_PARTS:
            part, laid = _laid(number, entry, doc, where), laid + 1
        if part is not None:
            yield part


def _better_inside(part: Found, other: Found) -> bool:
    """Does a print differ less than another where that one, which goes beyond it, differs too?"""
    first, end = part.first, part.end
    if part.held < MIN_PART * other.held:
        return False
    inside = [hunk for hunk in other.hunks if first < hunk.doc_end and hunk.doc < end]
    inside = [hunk for hunk in inside if not any(blank.doc <= hunk.doc and hunk.doc_end <= blank.doc_end for blank in part.free)]
    return sum(map(_cost, inside)) > sum(map(_cost, part.hunks))


def _at_most(entry: Print, known: set[int]) -> int:
    """How many words the file can share with the print at most."""
    return size_of(entry) - len(set(entry.shingles) - known)


def _laid(number: int, entry: Print, doc: Side, where: dict[int, int]) -> Found | None:
    chain = align(Side(entry.shingles), doc, where)
    if not chain:
        return None
    hunks = hunks_of(entry, chain, doc.items)
    counted = binding(entry, hunks)
    missing = sum([hunk.ref_end - hunk.ref for hunk in counted])
    forgiven = sum([hunk.ref_end - hunk.ref for hunk in hunks]) - missing
    held = size_of(entry) - forgiven - missing
    if not _enough(size_of(entry) - forgiven, held, counted) or lacks_its_own(entry, hunks):
        return None
    return Found(number, entry, chain, counted, held, [hunk for hunk in hunks if hunk not in counted])


def _cost(hunk: Stretch) -> float:
    """What a difference counts against a print: a stretch left out or put in is one edit, other words in its place are many."""
    missing, inserted = hunk.ref_end - hunk.ref, hunk.doc_end - hunk.doc
    if missing and inserted:
        return missing + inserted / 2
    length = missing + inserted
    return min(length, EDIT + length * LENGTH_WEIGHT)


def _enough(size: int, held: int, hunks: list[Stretch]) -> bool:
    """Does the file hold enough of the text, and is what it holds there mostly the text?"""
    inserted = sum([hunk.doc_end - hunk.doc for hunk in hunks])
    if held < min(size, 12):
        return False
    pure = held / (held + inserted)
    if size < SHORT and (pure < SHORT_PURE or held < SHORT_HELD * (size - _left_out(hunks))):
        return False
    return (held >= MIN_HELD * size and pure >= MIN_PURE) or (held >= max(MIN_PIECE, size * MIN_PIECE_HELD) and pure >= PIECE_PURE)


def _left_out(hunks: list[Stretch]) -> int:
    """The longest stretch left out, but not from the beginning: warranty clauses alone are everybody's."""
    return max([hunk.ref_end - hunk.ref for hunk in hunks if hunk.doc == hunk.doc_end and hunk.ref > OPENING], default=0)


def _other_title(entry: Print, hunk: Stretch, words: Words) -> bool:
    """Is a difference another way to write the title, without a word on dates, numbers or conditions?"""
    inserted = words.tokens[hunk.doc : hunk.doc_end]
    title = max([end for _, end, kind in entry.stretches if kind == HEAD], default=0)
    written = hunk.ref_end <= title and hunk.ref < hunk.ref_end and 0 < len(inserted) <= MAX_FILLED
    return written and not binds(inserted) and not any(word[0].isdigit() for word in inserted)


def _match(prints: Fingerprints, words: Words, hashes: array[int], item: Found, others: list[Found]) -> TextMatch:
    entry, last = item.entry, item.end - 1
    filled = [hunk for hunk in item.free if binds(words.tokens[hunk.doc : hunk.doc_end])]
    altered, missing = judged(entry, [hunk for hunk in item.hunks if not _other_title(entry, hunk, words)] + filled, words)
    changes: list[Change] = []
    if entry.figures or item.hunks:
        from .figures import other_figures, replaced_numbers  # few texts need it

        changes = other_figures(entry, item.chain, words)
        for change in changes:
            altered = with_label(altered, change.label)
        changes += replaced_numbers(entry, item.hunks, words, hashes)
    before, after = restrictions(words.tokens, item.first, item.end, [(other.first, other.end) for other in others])
    if after and words.line(last + 1) == words.line(last) and not missing:
        altered, after = with_label(altered, entry.sections[-1][1]), False
    if before or after:
        altered = with_label(altered, "")
    lost = sum([hunk.ref_end - hunk.ref for hunk in item.hunks])
    added = sum([hunk.doc_end - hunk.doc for hunk in item.hunks])
    score = round(2 * item.held / (2 * item.held + lost + added), 4)
    spans = tuple([SectionSpan(label, words.line(start), words.line(end)) for label, start, end in spans_of(entry, item.chain)])
    text = prints.index.texts[item.number]
    whole = not altered and not missing
    return TextMatch(text, score, words.line(item.first), words.line(last), altered, missing, spans, whole, tuple(changes))
