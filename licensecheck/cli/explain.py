"""An id in, what the knowledge base says of it out: a licence, a clause, a model, a fact, a topic, a relation, a purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from licensecheck.cli.common import colour_and_width, lang_option, put, rules_option
from licensecheck.errors import UsageError
from licensecheck.render import explain as render
from licensecheck.render.terminal import Look

if TYPE_CHECKING:
    from licensecheck.knowledge import Knowledge

#: Table → its entries, and what one of them is called in the words of `explain`.
TABLES = (("facts", "facts", "fact"), ("relations", "relations", "relation"), ("topics", "topics", "topic_"), ("topics", "checks", "check"))
PURPOSES = ("purposes", "purposes", "purpose")


@click.command("explain", short_help="Explain a licence, clause, model, fact, topic or purpose.")
@click.argument("identifier", metavar="ID[/CLAUSE]")
@lang_option
@rules_option
def command(identifier: str, lang: str, rules: str | None) -> int:
    """Explain a licence, a clause (LICENSE/CLAUSE), a model, data set or service, a use policy, or a fact, topic, relation or purpose.

    The words facts, relations, topics, checks and purposes list what there is of them.
    """
    from licensecheck import knowledge
    from licensecheck.render.words import WORDS

    known = knowledge.load(rules)
    colour, width = colour_and_width()
    look = Look(WORDS[lang], width, colour)
    for text in _readings(known, identifier.strip(), look, lang):
        put(text)
        return 0
    raise UsageError(f"nothing is known of {identifier!r}{_hint(known, identifier)}")


def _readings(known: Knowledge, name: str, look: Look, lang: str) -> Iterator[str]:
    """What the id can mean, nearest meaning first."""
    exact = known.resolve(name) if "/" not in name else None
    if exact in known.license_ids():
        yield render.licence(known.license(str(exact)), look, lang)
    head, _, tail = name.partition("/")
    owner = known.resolve(head) if tail else None
    if owner in known.license_ids():
        record = known.license(str(owner))
        for item in record["clauses"]:
            if item["id"] == tail:
                yield render.clause(record, item, look, lang)
    if head == "check":
        name = tail.split(".")[0]
    for kind in ("model", "dataset", "service"):
        material = name.removeprefix("datasets/")
        row = getattr(known, kind)(material, None)
        if row and row.get("license") != "inherits":
            yield render.row(kind, name, _with_terms(known, kind, material, row), _license_name(known, row), look, lang)
    for table, entries, kind in (*TABLES, PURPOSES):
        record = known.table(table).get(entries, {})
        if name in record:
            yield render.entry(kind, name, record[name], look, lang, _used_by(known, kind, name))
        if name == entries:
            yield render.listing(record, look, lang)
    if name in known.policy_ids():
        yield render.policy(known.policy(name), look, lang)
    if exact:
        yield render.entry("named", exact, known.brief(exact), look, lang)
    guess = known.guess(name, None) if tail and head not in (owner, "check") else None
    if guess:
        yield render.row("guess", name, _with_terms(known, "model", name, guess), _license_name(known, guess), look, lang)


def _with_terms(known: Knowledge, kind: str, name: str, row: Any) -> dict[str, Any]:
    """A row with what follows from it: the edition in force today, and the terms of others that travel along."""
    from licensecheck.evidence import observed
    from licensecheck.lineage import Assembler, Entry

    evidence = observed("registry", None, "id", name, "declared")
    near, *behind = Assembler(known, None, None, frozenset()).components([Entry(name, kind, "serves", [evidence])])
    travelling = [f"{far.license} ({far.id})" for far in behind if far.license]
    return {**row, "id": row["id"], "edition": near.edition, "travelling": travelling}


def _license_name(known: Knowledge, row: Any) -> str | None:
    identifier = known.license_of_text(str(row.get("text") or "")) or known.resolve(str(row.get("license") or row.get("terms") or ""))
    return str(known.license(identifier)["name"]) if identifier in known.license_ids() and identifier else None


def _used_by(known: Knowledge, kind: str, name: str) -> list[str]:
    """The clauses that read a fact, or are about a topic."""
    if kind not in ("fact", "topic_"):
        return []
    clauses = ((identifier, item) for identifier in known.license_ids() for item in known.license(identifier)["clauses"])
    about = (lambda item: item["topic"] == name) if kind == "topic_" else (lambda item: name in _facts(item))
    return [f"{identifier}/{item['id']}" for identifier, item in clauses if about(item)]


def _facts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("fact"), str):
            yield value["fact"]
        for item in value.values():
            yield from _facts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _facts(item)


def _hint(known: Knowledge, name: str) -> str:
    head, _, tail = name.partition("/")
    owner = known.resolve(head)
    if tail and owner in known.license_ids() and owner:
        clauses = [str(item["id"]) for item in known.license(owner)["clauses"]]
        near = _nearest(tail, clauses)
        return f": did you mean {owner}/{near}?" if near else f": its clauses are {', '.join(clauses)}"
    names = [entry for table, entries, _ in (*TABLES, PURPOSES) for entry in known.table(table).get(entries, {})]
    near = known.suggest(name) or _nearest(name, names) or (known.suggest(head) if tail else None)
    return f": did you mean {near}?" if near else "; llm-licensecheck licenses lists the licences"


def _nearest(name: str, names: list[str]) -> str | None:
    from difflib import get_close_matches

    close = get_close_matches(name, names, 1, 0.6)
    return close[0] if close else None
