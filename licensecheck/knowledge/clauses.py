"""A merged licence or policy file in, its clauses ready to be judged out, or what is wrong with them, at the lines of the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .blanks import check_blanks, substitute
from .conditions import Compiler
from .files import RuleFile, clause_name
from .shape import Context, Path, nearest


def compile_clauses(data: Mapping[str, Any], context: Context, tables: Mapping[str, Any], file: RuleFile) -> list[dict[str, Any]]:
    """The clauses of a merged file with conditions compiled, defaults filled in and cross-references checked.

    `file` is the file before merging: problems are shown at its lines.
    """
    replacements = {**data.get("words", {}), "publisher": data["publisher"]}
    check_blanks({key: value for key, value in file.value.items() if key != "words"}, replacements, context)
    compiler = Compiler(context, tables, substitute(data.get("terms", {}), replacements))
    for term in file.value.get("terms", ()):
        compiler.compile(term, ("terms", term))
    _check_names(file, context)
    _check_sections(file.value, {edition["text"] for edition in data.get("editions", ())}, context, ())
    clauses = []
    for raw in data.get("clauses", ()):
        where, _ = file.clause(clause_name(raw))
        lacking = [key for key in ("section", "effect", "says", "when") if key not in raw]
        if lacking:
            context.problem(where, f"{', '.join(f'`{key}`' for key in lacking)} missing")
            continue
        clause = _with_defaults(_begun_well(substitute(dict(raw), replacements)), tables["topics"]["topics"])
        _compile_conditions(clause, compiler, where)
        if clause["effect"] == "duty" and not {"requires", "attest", "inform"} & set(clause):
            context.problem(where, "a duty needs `requires` or `attest`, or `inform: true`")
        _check_editions(clause, data, context, where)
        clauses.append(clause)
    return clauses


def _begun_well(clause: dict[str, Any]) -> dict[str, Any]:
    """What it says, as a sentence: a word that was put in at its beginning may be an article."""
    said = clause["says"].get("en", "")
    return {**clause, "says": {**clause["says"], "en": "T" + said[1:]}} if said.startswith("the ") else clause


def _with_defaults(clause: dict[str, Any], topics: Mapping[str, Any]) -> dict[str, Any]:
    topic = topics.get(clause["topic"], {})
    return {"id": clause["topic"], "layer": topic.get("layer", "weights"), "binds": "material", "title": topic.get("title"), **clause}


def _compile_conditions(clause: dict[str, Any], compiler: Compiler, where: Path) -> None:
    """Every condition of a clause, in its place."""
    clause["when"] = compiler.compile(clause["when"], (*where, "when"))
    for key in ("unless", "unsettled"):
        clause[key] = [
            {**branch, "when": compiler.compile(branch["when"], (*where, key, n, "when"))} for n, branch in enumerate(clause.get(key, ()))
        ]
    if "forbids" in clause:
        clause["forbids"] = compiler.compile(clause["forbids"], (*where, "forbids"))
    if "concrete" in clause.get("attest", {}):
        clause["attest"]["concrete"] = compiler.compile(clause["attest"]["concrete"], (*where, "attest", "concrete"))


def _check_names(file: RuleFile, context: Context) -> None:
    """Each clause of a file has a name of its own; clauses of a file it is like are overlaid by theirs."""
    seen = set()
    for index, clause in enumerate(file.value.get("clauses", ())):
        name = clause_name(clause)
        if name in seen:
            context.problem(("clauses", index), f"two clauses are called `{name}`; give one an `id` of its own")
        seen.add(name)


def _check_editions(clause: Mapping[str, Any], data: Mapping[str, Any], context: Context, where: Path) -> None:
    """A clause or purpose that stands in some editions only names editions of this very licence."""
    known = {edition["text"] for edition in data.get("editions", ())}
    groups = clause.get("purposes", {}).items()
    rows = [(("purposes", group, number), row) for group, rows in groups for number, row in enumerate(rows)]
    for place, part in [((), clause), *rows]:
        for index, name in enumerate(part.get("editions", ())):
            if name not in known:
                whose = f"the clause `{clause['id']}` stands in `{name}`, which" if where == ("like",) else f"`{name}`"
                context.problem((*where, *place, "editions", index), f"{whose} is no edition of this licence{nearest(name, known)}")


def _check_sections(value: Any, known: Iterable[str], context: Context, where: Path) -> None:
    """Only editions of this very licence number what it says in their own way."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key == "sections":
            for name in item:
                if name not in known:
                    context.problem((*where, key, name), f"`{name}` is no edition of this licence{nearest(name, known)}")
        else:
            _check_sections(item, known, context, (*where, key))
