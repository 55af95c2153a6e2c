"""A folder in, everything that can be mended in it out: made on a copy, until nothing more changes, and proven by checking that copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from licensecheck.errors import LicenseCheckError
from licensecheck.harvest.texts import Recogniser
from licensecheck.knowledge import Knowledge

from .aims import PARTS, adverse, mended, still, worse
from .copies import Shelf
from .records import CopyMade, Edit, Plan, Refusal
from .stage import Stage
from .write import Writer

#: A document names the files that other edits make, so it is written again when they are there.
_ROUNDS = 5


class Sources(NamedTuple):
    """Where licence texts may be taken from: a folder, and shelves of files by component."""

    texts: str | None
    shelves: tuple[Shelf, ...]
    knowledge: Knowledge
    recognise: Recogniser


class Round(NamedTuple):
    """What the parts gave on the copy: how it checks now, and what could not be done."""

    after: Any
    copies: tuple[CopyMade, ...]
    lacking: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    unreachable: tuple[str, ...]
    created: frozenset[str]


class UnsettledError(LicenseCheckError):
    """The edits call for one another without end."""


def plan(home: str, examine: Callable[[str], Any], sources: Sources, lang: str = "en") -> Plan:
    """`examine` gives the report on a folder. Nothing is written in `home`."""
    before = examine(home)
    refused: dict[str, Refusal] = {}
    with Stage(home, _read_along(before)) as stage:
        while True:
            active = [part for part in PARTS if part not in refused]
            done = _try(stage, before, active, examine, sources, lang)
            refusal = _harmful(stage, before, done, active, examine, sources, lang) or _useless(stage, before, done, active)
            if refusal is None:
                break
            refused[refusal.part] = refusal
            stage.reset()
        edits = tuple(_edit(home, name, *change) for name, change in stage.changes().items())
    return Plan(
        edits,
        before,
        done.after,
        tuple(mended(before, done.after)) if edits else (),
        done.copies,
        done.lacking,
        (*refused.values(), *done.refusals),
        done.unreachable,
    )


def _read_along(report: Any) -> Iterable[str]:
    """Files outside the folder that the report rests on: manifests that its own one extends."""
    return [item["path"] for item in report["inputs"] if os.path.isfile(item["path"])]


def _edit(home: str, name: str, before: bytes | None, after: bytes) -> Edit:
    path = os.path.join(home, name)
    leads_to = os.path.relpath(os.path.realpath(path), os.path.realpath(home)) if os.path.islink(path) else None
    return Edit(name, before, after, leads_to)


def _try(stage: Stage, before: Any, active: list[str], examine: Callable[[str], Any], sources: Sources, lang: str) -> Round:
    """Every part in turn, again and again, until none has anything to write."""
    writer = Writer(stage, sources, lang)
    report = before
    if "copies" in active and writer.copies(adverse(report, "copies")):
        report = examine(stage.folder)
    for _ in range(_ROUNDS):
        wrote = [part for part in PARTS[1:] if part in active and part not in writer.stuck and writer.part(part, report)]
        if not wrote:
            break
        report = examine(stage.folder)
    else:
        name = before["subject"]["target"]
        raise UnsettledError(f"{name}: the documents do not come to rest: write them one by one (notice, card, attribution)")
    return Round(
        after=report,
        copies=tuple(writer.made),
        lacking=tuple(dict.fromkeys(writer.lacking)),
        refusals=tuple(writer.stuck.values()),
        unreachable=tuple(writer.unreachable),
        created=frozenset(writer.created),
    )


def _harmful(
    stage: Stage, before: Any, done: Round, active: list[str], examine: Callable[[str], Any], sources: Sources, lang: str
) -> Refusal | None:
    """The part without which nothing gets worse, if something did."""
    harm = worse(before, done.after)
    if not harm:
        return None
    said = f"would bring up {harm[0]['rule']}: {harm[0]['message']}"
    for part in reversed(active):
        stage.reset()
        rest = _try(stage, before, [other for other in active if other != part], examine, sources, lang)
        if len(worse(before, rest.after)) < len(harm):
            return Refusal(part, f"({part})", None, f"left alone, because it {said}")
    return Refusal(active[0], f"({active[0]})", None, f"left alone, because it {said}") if active else None


def _useless(stage: Stage, before: Any, done: Round, active: list[str]) -> Refusal | None:
    """A new part that does not make `pass` of a single finding that it is for is not written."""
    for part in active:
        aims = adverse(before, part)
        if part in done.created and aims and len(still(aims, done.after)) == len(aims) and stage.changes():
            now = next((finding for finding in done.after["findings"] if finding["id"] == aims[0]["id"]), aims[0])
            return Refusal(part, f"({part})", None, f"not written, because {now['rule']} would stay {now['kind']}: {now['message']}")
    return None
