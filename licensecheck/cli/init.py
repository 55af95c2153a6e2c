"""A target in, its manifest with the answers that were missing out: asked for one by one, or taken from a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from licensecheck.cli.common import LANGUAGES, folder, offline_option, rules_option, say, set_option
from licensecheck.errors import InputError, Problem, UsageError

NAMES = ("licensecheck.yaml", "licensecheck.yml")
STOP = ("q", "quit", "exit", "stop")


@click.command("init", short_help="Ask what only people know, and write licensecheck.yaml.")
@click.argument("target", metavar="[TARGET]", default=".")
@click.option("--answers", metavar="FILE", help="Answers by fact, as YAML; what is not in it is asked.")
@set_option
@click.option("--by", metavar="NAME", help="Who answers; stands beside the answers with the date.")
@click.option("--non-interactive", is_flag=True, help="Ask nothing (as without a terminal, or where CI is set).")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the questions.")
@rules_option
@offline_option
def command(
    target: str,
    answers: str | None,
    sets: tuple[str, ...],
    by: str | None,
    non_interactive: bool,
    lang: str,
    rules: str | None,
    offline: bool,
) -> int:
    """Ask only what changes a finding, best question first, and write the answers into licensecheck.yaml.

    What --set says counts as answered and is written too. Exit codes: 0, or 1 if nobody could be asked and questions stay open.
    """
    from licensecheck.interview import Interview

    home = folder(target)
    path = manifest_path(home)
    stored = stored_answers(answers) if answers is not None else {}
    interview = Interview(home, sets=sets, lang=lang, rules=rules)
    _refuse_root(home, interview)
    unused = answer_from(interview, stored, str(answers))
    asking = not non_interactive and not os.environ.get("CI") and sys.stdin.isatty() and sys.stderr.isatty()
    if asking:
        converse(interview, lang, _typed)
    changes = interview.all_changes()
    if changes:
        keep(interview, changes, path, home, by)
    return _close(interview, path, bool(changes), unused, asking, lang)


def manifest_path(home: str) -> str:
    """Where the answers go: the manifest that is there, else licensecheck.yaml."""
    from licensecheck.many import mentions
    from licensecheck.sources.folder import beside

    found = [name for name in NAMES if os.path.lexists(os.path.join(home, name))]
    if not found and mentions(home, "pyproject.toml", b"[tool.llm-licensecheck"):
        raise UsageError(
            f"{beside(home, 'pyproject.toml')}: holds the manifest, and init writes YAML only: move it to licensecheck.yaml first"
        )
    return beside(home, found[0] if found else NAMES[0])


def stored_answers(path: str) -> dict[str, tuple[Any, int | None]]:
    """The answers of a file by fact, each with its line; what is nested is flattened, except for answers by component."""
    from licensecheck.marked import MarkedError, parse
    from licensecheck.sources.names import printable
    from licensecheck.sources.reading import read_text

    shown = printable(path)
    try:
        marked = parse(read_text(path, path, 1_000_001).text)
    except (OSError, ValueError) as error:
        raise InputError([Problem(shown, None, f"can't be read: {getattr(error, 'strerror', None) or error}")]) from None
    except MarkedError as error:
        raise InputError([Problem(shown, error.line, error.message)]) from None
    value = {} if marked.value is None else marked.value
    if not isinstance(value, dict):
        raise InputError([Problem(shown, 1, "answers are a mapping of facts such as `release.weights: public`")])
    found: dict[str, tuple[Any, int | None]] = {}
    for key, item in value.items():
        line = marked.lines.get((key,))
        if isinstance(item, dict) and "." not in key:
            found.update({f"{key}.{name}": (inner, marked.lines.get((key, name))) for name, inner in item.items()})
        else:
            found[str(key)] = (item, line)
    return found


def answer_from(interview: Any, stored: dict[str, tuple[Any, int | None]], path: str) -> list[str]:
    """Answer what the file has an answer for, best question first; returns the facts that nothing asked for."""
    from licensecheck.interview.answers import UNKNOWN

    used: set[str] = set()
    _refuse_unknown(interview, stored, path)
    tried: set[Any] = set()
    while query := next((query for query in interview.queries() if query.key not in tried and query.fact in stored), None):
        tried.add(query.key)
        used.add(query.fact)
        value, line = stored[query.fact]
        if isinstance(value, dict):
            value = value.get(query.component)
        text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else _text(value)
        if text.strip().lower() in UNKNOWN:
            continue
        try:
            interview.answer(query, text)
        except InputError as error:
            raise InputError([Problem(path, line, f"`{query.fact}`: {problem.message}") for problem in error.problems]) from None
    return [fact for fact in stored if fact not in used]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refuse_unknown(interview: Any, stored: dict[str, tuple[Any, int | None]], path: str) -> None:
    from licensecheck.manifest.wrong import near

    known = [*interview.knowledge.table("facts")["facts"], *interview.knowledge.table("messages")["asks"]]
    problems = []
    for fact, (_, line) in stored.items():
        if fact not in known:
            match = near(fact, known)
            problems.append(Problem(path, line, f"`{fact}` is no fact" + (f"; did you mean `{match}`?" if match else "")))
    if problems:
        raise InputError(problems)


def _refuse_root(home: str, interview: Any) -> None:
    from licensecheck.many import own_subjects

    listed = own_subjects(interview.manifest)
    if listed:
        raise UsageError(f"{home}: holds several subjects; name one of them: {', '.join(map(str, listed[:8]))}")


def converse(interview: Any, lang: str, read: Callable[[], str | None]) -> None:
    """Ask until nothing is left, or until a person stops; `read` gives a line, or None at the end of the input."""
    from licensecheck.interview.answers import UNKNOWN
    from licensecheck.render import question
    from licensecheck.render.terminal import Look
    from licensecheck.render.words import WORDS

    colour, width = _terminal()
    look = Look(WORDS[lang], width, colour)
    words = question.WORDS[lang]
    number, last = 0, None
    while queries := interview.queries():
        query = queries[0]
        if query.key != last:
            number += 1
            _show("\n".join(question.block(query, number, len(queries) - 1, look, lang)) + "\n")
        last = query.key
        _show("> ")
        typed = read()
        if typed is None or typed.strip().lower() in STOP:
            return
        if typed.strip().lower() in UNKNOWN:
            interview.skip(query)
            _show("\n")
            continue
        try:
            interview.answer(query, typed)
        except InputError as error:
            for problem in error.problems:
                _show("\n".join(look.prose(words["wrong"].format(why=question.why_not(query, problem.message, lang)), "  ")) + "\n")
            continue
        still = any(left.key == query.key for left in interview.queries())
        _show("  " + words["still" if still else "noted"] + "\n" + ("" if still else "\n"))


def _terminal() -> tuple[bool, int]:
    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        width = 100
    return "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb", width or 100


def _show(text: str) -> None:
    """Talk, to stderr; every value in it has been made safe where it was put in."""
    sys.stderr.flush()
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def _typed() -> str | None:
    line = sys.stdin.buffer.readline()
    return line.decode("utf-8", "replace") if line else None


def keep(interview: Any, changes: list[Any], path: str, home: str, by: str | None) -> None:
    """Write the changes and read them back; a file that does not say what was meant is put back as it was."""
    from datetime import date

    from licensecheck import pipeline
    from licensecheck.interview import write
    from licensecheck.render.files import read_editable, write_whole
    from licensecheck.render.terminal import safe

    existing = read_editable(path, home)
    read = interview.manifest.sources[0].data if interview.manifest.sources else None
    if existing is not None and existing.encode("utf-8") != read:
        raise UsageError(f"{path}: has changed since it was read: nothing was written; run init again")
    note = f"answered {date.today().isoformat()}" + (f" by {safe(by, 80)}" if by else "")
    write_whole(path, write(existing, changes, note, path).encode("utf-8"), home)
    try:
        got = pipeline.manifest_of(home, interview.knowledge).values
    except InputError:
        got = {}
    if {**got, "version": 1} != {**interview.meant().values, "version": 1}:
        if existing is None:
            os.unlink(path)
        else:
            write_whole(path, existing.encode("utf-8"), home)
        raise UsageError(f"{path}: does not read back as meant, so it was put back as it was; add by hand what was answered")


def _close(interview: Any, path: str, wrote: bool, unused: list[str], asking: bool, lang: str) -> int:
    """What was written, what was not needed, and what stays open and why."""
    from licensecheck.render.question import WORDS

    words = WORDS[lang]
    if unused:
        say(words["unused"].format(facts=words["list"].join(unused)))
    if wrote:
        facts = dict.fromkeys(".".join(str(step) for step in change.path if isinstance(step, str)) for change in interview.all_changes())
        say(words["wrote"].format(path=path, facts=words["list"].join(facts)))
    left = interview.left()
    askable = {query.key for query in left if interview.can_answer(query)}
    for query in left:
        about = f" ({query.component})" if query.component else ""
        rules = words["list"].join(dict.fromkeys(finding["rule"] for finding in query.findings)) or query.fact
        line = words["open" if query.key in askable else "confirm"]
        say(line.format(fact=query.fact + about, ask=query.ask, rules=rules + about))
    if not left:
        say(words["settled"])
    return 1 if askable and not asking else 0
