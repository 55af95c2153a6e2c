"""A folder of rule files in, what is wrong with them out; and the pages that say what the rules say."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from licensecheck.cli.common import LANGUAGES, not_both, put, rules_option, say
from licensecheck.errors import Problem, UsageError
from licensecheck.render.terminal import safe

_texts = click.option("--texts", metavar="DIR", help="Licence texts, DIR/<text>.txt.")


@click.group("rules")
def command() -> None:
    """Validate licence and policy files, one's own included, and write the reference pages."""


@command.command("lint")
@click.argument("path", metavar="[PATH]", required=False)
@rules_option
@_texts
def lint(path: str | None, rules: str | None, texts: str | None) -> int:
    """Read every rule file and list what is wrong, with file, line and the nearest right word.

    PATH is a folder of own rules, laid out like the tool's, or one file; it is laid over the shipped rules. With --texts, cited sections
    and exact words are compared with the texts.
    """
    not_both("PATH", "--rules", path is not None and rules is not None)
    path = path if path is not None else rules
    if path is not None and not os.path.exists(path):
        raise UsageError(f"{path}: no such file or folder")
    if texts is not None:
        from licensecheck.citations_proof import prove

        return _told(prove(path, texts), "no problem found, and the texts hold what is cited")
    from licensecheck.knowledge.compile import layers
    from licensecheck.knowledge.compile import lint as lint_rules

    problems = lint_rules(path)
    for note in layers(path) if path is not None else ():
        say(note)
    return _told(problems, "no problem found")


@command.command("test")
@click.argument("arguments", metavar="[PATH] [LICENSE-ID]...", nargs=-1)
@rules_option
@_texts
def test(arguments: Sequence[str], rules: str | None, texts: str | None) -> int:
    """Run the scenarios and list those that do not give what they expect, and the clauses that none shows both ways.

    PATH is a folder of own rules with scenarios/ or tests/scenarios/ in it, a folder of scenarios, or one file of them; LICENSE-ID limits
    the run to some licences.
    """
    from licensecheck.scenarios_run import run_scenarios

    paths = [name for name in arguments if os.path.exists(name) or os.sep in name or name.endswith(".yaml")]
    if len(paths) > 1:
        raise UsageError(f"{paths[1]}: one PATH is enough; what follows it are ids of licences")
    if texts is not None and not os.path.isdir(texts):
        raise UsageError(f"{texts}: no such folder of texts")
    found = run_scenarios(paths[0] if paths else None, rules, texts, [name for name in arguments if name not in paths])
    code = _told(found.problems, "every scenario gives what it expects")
    say(
        f"{found.cases} cases of {_counted(found.licenses, 'licence')}: {found.differing} differ; "
        f"{_counted(found.clauses, 'clause')}: {found.unseen} never seen both ways"
    )
    return code


@command.command("docs")
@click.option("--output", metavar="DIR", required=True, help="Where the pages go: DIR/<language>/<licence>.md and index.md.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="One language only.")
@rules_option
def docs(output: str, lang: str | None, rules: str | None) -> int:
    """Write what the rules say as Markdown: an index, and for each licence what one must, must not and may do, by use and by section."""
    from licensecheck.knowledge import load
    from licensecheck.reference import licence, situations
    from licensecheck.render.reference_index import write_pages

    knowledge = load(rules)
    uses = situations(knowledge)
    records = [licence(name, knowledge, uses) for name in knowledge.license_ids()]
    for language in (lang,) if lang else LANGUAGES:
        write_pages(records, language, os.path.join(output, language))
    say(f"{_counted(len(records), 'licence')}: {os.path.join(output, lang or LANGUAGES[0], 'index.md')}")
    return 0


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _told(problems: Sequence[Problem], well: str) -> int:
    for problem in problems:
        put(safe(str(problem), 2000) + "\n")
    if not problems:
        say(well)
    return 1 if problems else 0
