"""A target in, everything that can be mended in it out: as a diff, as a patch, or written and proven."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from licensecheck.cli.common import examine_options, folder, not_both, put, say
from licensecheck.errors import LicenseCheckError, UsageError

if TYPE_CHECKING:
    from licensecheck.fix.plan import Sources
    from licensecheck.fix.records import Edit, Plan

Examine = Callable[[str], Any]


class UnprovenError(LicenseCheckError):
    """What was written does not check as it did on the copy; it was taken back."""


@click.command("fix", short_help="Mend everything that can be mended safely.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--write", is_flag=True, help="Write it, all or nothing, and check again; without it, the diff is shown.")
@click.option("--patch", metavar="FILE", help="Write the diff into a file that `git apply` takes.")
@click.option("--texts", metavar="DIR", help="A folder of licence texts, each called like its text or licence.")
@examine_options
def command(
    target: str,
    write: bool,
    patch: str | None,
    texts: str | None,
    as_: str | None,
    sets: tuple[str, ...],
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Mend everything that can be mended safely: NOTICE, attribution section, front matter of the card, copies of licences.

    Exit codes: 0 nothing to mend, or mended; 1 there is something to mend (without --write); 2 a part could not be written or input cannot
    be used; 3 something could not be reached.
    """
    from licensecheck import pipeline
    from licensecheck.fix.plan import plan
    from licensecheck.many import places

    not_both("--write", "--patch", bool(write and patch))
    if texts is not None and not os.path.isdir(texts):
        raise UsageError(f"--texts {texts}: no such folder")
    sources = _sources(texts, rules, offline)
    plans: list[tuple[str, Plan, Examine]] = []
    for home, root in places(folder(target), rules):
        examine: Examine = partial(pipeline.examine, sets=sets, as_=as_, lang=lang, rules=rules, root=root)
        plans.append((home, plan(home, examine, sources, lang), examine))
    if write:
        for home, made, again in plans:
            _write(home, made, again)
    else:
        _deliver(plans, patch)
    for home, made, _ in plans:
        _tell(home, made, lang, write)
    return _code([made for _, made, _ in plans], done=write or patch is not None)


def _sources(texts: str | None, rules: str | None, offline: bool) -> Sources:
    """The folder given, then the cache, then the Hub."""
    from licensecheck.fix import hub
    from licensecheck.fix.plan import Sources
    from licensecheck.hub import cache
    from licensecheck.knowledge import load

    knowledge = load(rules)
    shelves = [hub.cached] if offline or cache.offline_by_environment() else [hub.cached, hub.downloaded]

    def recognise(text: str) -> Any:
        from licensecheck import recognise as recogniser

        return recogniser.recognise(text, recogniser.load_fingerprints(os.path.join(knowledge.rules, "fingerprints")))

    return Sources(texts, tuple(shelves), knowledge, recognise)


def _write(home: str, made: Plan, examine: Examine) -> None:
    """All edits or none; then the same check once more, on the folder itself."""
    from licensecheck.fix.aims import still
    from licensecheck.fix.apply import apply, undo

    if not made.edits:
        return
    apply(made.edits, home)
    left = still(made.mended, examine(home))
    if left:
        undo(made.edits, home)
        raise UnprovenError(f"{home}: {left[0]['rule']} does not become pass, so everything was put back as it was")


def _deliver(plans: Sequence[tuple[str, Plan, Examine]], patch: str | None) -> None:
    from licensecheck.fix.diff import patch as diff
    from licensecheck.fix.diff import prefix_of

    text = "".join(diff(made.edits, prefix_of(home)) for home, made, _ in plans)
    if patch is None:
        put(_shown(text))
    elif text:
        from licensecheck.render.files import write_whole

        write_whole(patch, text.encode("utf-8", "surrogateescape"))
        say(f"{patch}: written")


def _shown(text: str) -> str:
    """For a terminal without what it would obey; a file or a pipe gets every byte."""
    import sys

    from licensecheck.render.terminal import safe

    if not sys.stdout.isatty():
        return text
    return "".join(safe(line, 2000) + "\n" for line in text.split("\n")[:-1])


def _tell(home: str, made: Plan, lang: str, done: bool) -> None:
    from licensecheck.fix.proposals import summary, words

    spoken = words(lang)
    lines = summary(made, lang, done)
    if made.edits:
        lines = [*(_written(home, edit, spoken) for edit in made.edits if done), *([""] if done else []), *lines]
        put("".join(line + "\n" for line in ([] if done else [""]) + lines))
    else:
        nothing = [] if made.refusals else [spoken["nothing"].format(target=home), *([""] if lines else [])]
        put("".join(line + "\n" for line in [*nothing, *lines]))


def _written(home: str, edit: Edit, spoken: Any) -> str:
    what = spoken["created" if edit.before is None else "updated"]
    return str(spoken["written"].format(path=os.path.join(home, edit.name), what=what))


def _code(plans: Sequence[Plan], done: bool) -> int:
    """A part that could not be written outweighs everything; a network that could not be reached only counts where nothing else does."""
    if any(made.refusals for made in plans):
        return 2
    if not done and any(made.edits for made in plans):
        return 1
    return 3 if any(made.unreachable for made in plans) else 0
