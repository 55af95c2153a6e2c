"""One licence or policy file in, its compiled form out, or every problem it has with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .conditions import Compiler
from .shape import Check, Context, Key, Path, anything, date, flag, many, mapping, one_of, record, text, word, words

_UNSETTLED = many(record({"when": Key(anything, True), "why": Key(words, True)}))
_UNLESS = many(record({"when": Key(anything, True), "section": Key(text, True), "why": Key(words, True)}))
_PURPOSES = many(record({"purposes": Key(many(word("purposes")), True), "section": Key(text, True), "why": Key(words)}))
_PLACES = one_of("website", "user-interface", "documentation", "blogpost", "about-page", "terms-of-use")

#: What a duty can ask for: the operator, and the keys that go with it.
REQUIREMENTS: dict[str, Check] = {
    "copy": one_of("agreement"),
    "notice": text,
    "display": many(text),
    "name_begins": text,
    "name_contains": text,
    "changes": one_of("stated"),
    "agreement": one_of("held"),
    "declared": one_of("same"),
    "credit": many(one_of("name", "license")),
    "upstream_notice": one_of("kept"),
    "mentions": many(many(text)),
}
_REQUIRES = record(
    {
        **{name: Key(check) for name, check in REQUIREMENTS.items()},
        "places": Key(many(_PLACES)),
        "arguable_after": Key(many(text)),
        "file": Key(one_of("notice", "any")),
        "compatible": Key(many(text)),
    }
)

_CLAUSE = record(
    {
        "id": Key(text),
        "topic": Key(word("topics"), True),
        "section": Key(text),
        "effect": Key(one_of("duty", "prohibition", "rights-not-granted", "termination", "permission")),
        "layer": Key(one_of("weights", "code", "data", "service-output", "name", "claim", "metadata")),
        "binds": Key(one_of("material", "account-holder", "licensee")),
        "says": Key(words),
        "when": Key(anything),
        "unless": Key(_UNLESS),
        "unsettled": Key(_UNSETTLED),
        "requires": Key(_REQUIRES),
        "forbids": Key(anything),
        "policy": Key(text),
        "purposes": Key(record({"forbids": Key(_PURPOSES), "conditions": Key(_PURPOSES)})),
        "attest": Key(record({"ask": Key(words, True), "concrete": Key(anything)})),
        "remedy": Key(words),
        "inform": Key(flag),
        "title": Key(words),
        "covered_by": Key(many(word("topics"))),
        "editions": Key(many(text)),
        "verified": Key(flag),
    }
)
_EDITION = record({"text": Key(text, True), "from": Key(date), "title": Key(text), "modality": Key(text)})
LICENSE: Check = record(
    {
        "schema": Key(one_of("license/1"), True),
        "id": Key(text, True),
        "name": Key(text, True),
        "publisher": Key(text, True),
        "url": Key(text),
        "spdx": Key(text),
        "scancode": Key(text),
        "aliases": Key(many(text)),
        "verified": Key(flag, True),
        "like": Key(text),
        "without": Key(many(text)),
        "editions": Key(many(_EDITION), True),
        "policies": Key(many(text)),
        "publisher_material": Key(text),
        "own_terms": Key(record({"allowed": Key(one_of("yes", "no", "conditional"), True), "section": Key(text, True)})),
        "share_alike": Key(record({"section": Key(text, True), "compatible": Key(many(text)), "unsettled": Key(words)})),
        "restricts": Key(record({"section": Key(text, True), "what": Key(words, True)})),
        "commercial": Key(record({"allowed": Key(flag, True), "section": Key(text, True)})),
        "words": Key(mapping(text)),
        "terms": Key(mapping(anything)),
        "clauses": Key(many(_CLAUSE)),
    }
)
POLICY: Check = record(
    {
        "schema": Key(one_of("policy/1"), True),
        "id": Key(text, True),
        "name": Key(text, True),
        "publisher": Key(text, True),
        "url": Key(text),
        "verified": Key(flag, True),
        "text": Key(text),
        "like": Key(text),
        "forbids": Key(_PURPOSES),
        "conditions": Key(_PURPOSES),
        "clauses": Key(many(_CLAUSE)),
    }
)

_OWN = {"schema", "id", "name", "url", "spdx", "scancode", "aliases", "editions", "policies", "like", "without"}


def inherit(child: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, Any]:
    """A file that is `like` another: what it does not say itself is the other's; clauses with the same id are overlaid key by key."""
    merged = {key: value for key, value in parent.items() if key not in _OWN}
    merged.update({key: value for key, value in child.items() if key not in ("like", "without", "clauses", "words", "terms")})
    for key in ("words", "terms"):
        if key in child or key in parent:
            merged[key] = {**parent.get(key, {}), **child.get(key, {})}
    own = {clause.get("id", clause.get("topic")): clause for clause in child.get("clauses", ())}
    dropped = set(child.get("without", ()))
    clauses = []
    for clause in parent.get("clauses", ()):
        name = clause.get("id", clause.get("topic"))
        if name not in dropped:
            clauses.append({**clause, **own.pop(name, {})})
    merged["clauses"] = [*clauses, *own.values()]
    return merged


def substitute(value: Any, replacements: Mapping[str, str]) -> Any:
    """Every `{word}` of the licence's `words` replaced in all strings below `value`."""
    if isinstance(value, str):
        if "{" in value:
            for name, replacement in replacements.items():
                value = value.replace("{" + name + "}", replacement)
        return value
    if isinstance(value, list):
        return [substitute(item, replacements) for item in value]
    if isinstance(value, dict):
        return {key: substitute(item, replacements) for key, item in value.items()}
    return value


def compile_clauses(data: Mapping[str, Any], context: Context, tables: Mapping[str, Any], own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The clauses of a merged file with conditions compiled, defaults filled in and cross-references checked.

    `own` is the file before merging: problems are shown at its lines.
    """
    places = {clause.get("id", clause.get("topic")): index for index, clause in enumerate(own.get("clauses", ()))}
    replacements = {**data.get("words", {}), "publisher": data["publisher"]}
    facts, topics = tables["facts"]["facts"], tables["topics"]["topics"]
    compiler = Compiler(context, facts, substitute(data.get("terms", {}), replacements), tables["territories"]["territories"])
    clauses: list[dict[str, Any]] = []
    for raw in data.get("clauses", ()):
        place = places.get(raw.get("id", raw.get("topic")))
        where: Path = ("like",) if place is None else ("clauses", place)
        lacking = [key for key in ("section", "effect", "says", "when") if key not in raw]
        if lacking:
            context.problem(where, f"{', '.join(f'`{key}`' for key in lacking)} missing")
            continue
        clause = substitute(dict(raw), replacements)
        clause.setdefault("id", clause["topic"])
        clause.setdefault("layer", topics.get(clause["topic"], {}).get("layer", "weights"))
        clause.setdefault("binds", "material")
        clause.setdefault("title", topics.get(clause["topic"], {}).get("title"))
        clause["when"] = compiler.compile(clause["when"], (*where, "when"))
        for key in ("unless", "unsettled"):
            branches = clause.get(key, ())
            clause[key] = [
                {**branch, "when": compiler.compile(branch["when"], (*where, key, n, "when"))} for n, branch in enumerate(branches)
            ]
        if "forbids" in clause:
            clause["forbids"] = compiler.compile(clause["forbids"], (*where, "forbids"))
        if "concrete" in clause.get("attest", {}):
            clause["attest"]["concrete"] = compiler.compile(clause["attest"]["concrete"], (*where, "attest", "concrete"))
        if clause["effect"] == "duty" and not {"requires", "attest", "inform"} & set(clause):
            context.problem(where, "a duty needs `requires` or `attest`, or `inform: true`")
        if any(other["id"] == clause["id"] for other in clauses):
            context.problem(where, f"two clauses are called `{clause['id']}`; give one an `id` of its own")
        clauses.append(clause)
    return clauses
