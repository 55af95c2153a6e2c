"""A print and a file in, where the file holds the text without any difference that counts out: the fast way for faithful copies."""

from __future__ import annotations

from .align import Side, Stretch
from .differences import MAX_FILLED, size_of
from .shingles import WIDTH
from .store import OWN, TAIL, Print


def find_whole(entry: Print, doc: Side) -> list[Stretch] | None:
    """Where the text stands word for word, but for title, filled blanks and an appendix left out; None if a closer look is needed."""
    ref = Side(entry.shingles)
    chain: list[Stretch] = []
    lost = False
    for start, end, optional in _pieces(entry):
        low, high = _window(chain[-1], start, end) if chain else (0, len(doc.items))
        place = None if lost else _find(ref.raw[4 * start : 4 * end], doc.raw, low, high)
        if place is not None:
            chain.append(Stretch(start, end, place, place + end - start))
        elif optional and (lost or _find(ref.raw[4 * start : 4 * start + 4], doc.raw, low, len(doc.items)) is None):
            lost = True
        else:
            return None
    if not chain or (opening := _with_title(chain[0], ref, doc)) is None:
        return None
    return [opening, *chain[1:]]


def _window(run: Stretch, start: int, end: int) -> tuple[int, int]:
    """Where the piece after a run may stand: after a blank filled in, or right there if there is no blank between."""
    if start - run.ref_end < WIDTH:
        return run.doc_end + start - run.ref_end, run.doc_end + end - run.ref_end
    return run.doc_end, run.doc_end + MAX_FILLED + 2 * WIDTH + end - start


def _pieces(entry: Print) -> list[tuple[int, int, bool]]:
    """The stretches of shingles that every copy has, and (true) those of the appendix that it may lack."""
    size = size_of(entry)
    tail = min([start for start, _, kind in entry.stretches if kind == TAIL], default=size)
    free = sorted([(start, end) for start, end, kind in entry.stretches if kind not in (TAIL, OWN)])
    pieces: list[tuple[int, int, bool]] = []
    at = 0
    for start, end in sorted([*free, (tail, tail), (size, size)]):
        if start - WIDTH + 1 > at:
            pieces.append((at, start - WIDTH + 1, at >= tail))
        at = max(at, end)
    return sorted(pieces)


def _find(piece: bytes, raw: bytes, low: int, high: int) -> int | None:
    place = raw.find(piece, 4 * low, 4 * high)
    for _ in range(8):
        if place < 0 or not place % 4:
            break
        place = raw.find(piece, place + 1, 4 * high)
    return None if place < 0 or place % 4 else place // 4


def _with_title(run: Stretch, ref: Side, doc: Side) -> Stretch | None:
    """The first piece with as much of the title as stands before it; None if there is a title that differs."""
    back = 0
    while back < min(run.ref, run.doc) and ref.items[run.ref - back - 1] == doc.items[run.doc - back - 1]:
        back += 1
    left = run.ref - back
    low, high = max(0, run.doc - run.ref - (64 if left > MAX_FILLED else 8)), run.doc - back
    if left and any(_find(ref.raw[4 * at : 4 * at + 4], doc.raw, low, high) is not None for at in range(left)):
        return None
    return Stretch(left, run.ref_end, run.doc - back, run.doc_end)
