"""One licence or policy file in, every key and value that may not stand there out: the closed tables of the format."""

from __future__ import annotations

from .shape import Check, Context, Key, Path, anything, date, flag, many, mapping, one_of, record, some, text, word, words

#: Where an edition numbers differently: the label in it, by the id of its text. Elsewhere `section` counts.
_SECTIONS = Key(mapping(text))
_UNSETTLED = many(record({"when": Key(anything, True), "why": Key(words, True)}))
_UNLESS = many(record({"when": Key(anything, True), "section": Key(text, True), "sections": _SECTIONS, "why": Key(words, True)}))
_PURPOSES = many(
    record(
        {
            "purposes": Key(many(word("purposes")), True),
            "section": Key(text, True),
            "sections": _SECTIONS,
            "editions": Key(some(text)),
            "why": Key(words),
        }
    )
)
_PLACES = one_of("website", "user-interface", "documentation", "blogpost", "about-page", "terms-of-use")

#: What a duty can ask for.
REQUIREMENTS: dict[str, Check] = {
    "copy": one_of("agreement"),
    "notice": text,
    "display": some(text),
    "name_begins": text,
    "name_contains": text,
    "changes": one_of("stated"),
    "agreement": one_of("held"),
    "declared": one_of("same"),
    "credit": some(one_of("name", "license")),
    "upstream_notice": one_of("kept"),
    "header": one_of("kept"),
    "mentions": some(some(text)),
}
#: How exactly: the key, its values, and the requirement that it goes with.
_MANNERS: dict[str, tuple[Check, str]] = {
    "places": (some(_PLACES), "display"),
    "arguable_after": (some(text), "name_begins"),
    "file": (one_of("notice", "any"), "notice"),
    "compatible": (some(text), "declared"),
    "or": (some(text), "copy"),
}
_REQUIREMENT = record(
    {name: Key(check) for name, check in {**REQUIREMENTS, **{key: check for key, (check, _) in _MANNERS.items()}}.items()}
)


def _requires(value: object, path: Path, context: Context) -> None:
    """One requirement, and what goes with it: two duties are two clauses."""
    _REQUIREMENT(value, path, context)
    if not isinstance(value, dict) or not set(value) <= {*REQUIREMENTS, *_MANNERS}:
        return
    asked = [name for name in value if name in REQUIREMENTS]
    if not asked:
        context.problem(path, f"asks for nothing: one of {', '.join(REQUIREMENTS)} is wanted")
    elif len(asked) > 1:
        context.problem((*path, asked[1]), f"asks for {' and '.join(asked)}: two requirements are two clauses")
    for key, (_, of) in _MANNERS.items():
        if key in value and asked and of not in asked:
            context.problem((*path, key), f"goes with `{of}` only, not with `{asked[0]}`")


_CLAUSE = record(
    {
        "id": Key(text),
        "topic": Key(word("topics"), True),
        "section": Key(text),
        "sections": _SECTIONS,
        "effect": Key(one_of("duty", "prohibition", "rights-not-granted", "termination", "permission")),
        "layer": Key(one_of("weights", "code", "data", "service-output", "name", "claim", "metadata")),
        "binds": Key(one_of("material", "account-holder", "licensee")),
        "says": Key(words),
        "when": Key(anything),
        "unless": Key(_UNLESS),
        "unsettled": Key(_UNSETTLED),
        "requires": Key(_requires),
        "forbids": Key(anything),
        "policy": Key(text),
        "purposes": Key(record({"forbids": Key(_PURPOSES), "conditions": Key(_PURPOSES)})),
        "attest": Key(record({"ask": Key(words, True), "concrete": Key(anything)})),
        "remedy": Key(words),
        "inform": Key(flag),
        "title": Key(words),
        "covered_by": Key(many(word("topics"))),
        "editions": Key(some(text)),
        "verified": Key(flag),
    }
)


def _brief(keys: dict[str, Key]) -> Key:
    """What is said of a licence as a whole, and where it says so."""
    return Key(record({**keys, "section": Key(text, True), "sections": _SECTIONS}))


_PLACE = Key(record({"section": Key(text, True), "sections": _SECTIONS}))
#: How a licence goes together with others; docs/compatibility.md explains each.
TOGETHER: dict[str, Key] = {
    "own_terms": _brief({"allowed": Key(one_of("yes", "no", "conditional"), True)}),
    "share_alike": _brief(
        {
            "compatible": Key(many(text)),
            "by": _PLACE,
            "beside": Key(flag),
            "further": _PLACE,
            "network": Key(flag),
            "unsettled": Key(words),
        }
    ),
    "joins": _brief({"licenses": Key(some(text), True)}),
    "excludes": _brief({"licenses": Key(some(text), True), "what": Key(words, True)}),
    "later": _brief({"licenses": Key(some(text), True)}),
    "restricts": _brief({"what": Key(words, True)}),
    "commercial": _brief({"allowed": Key(flag, True)}),
    "derivatives": _brief({"allowed": Key(flag, True)}),
}
#: A copy that shows no numbers: what is cited is counted, the outermost sections by these headings, in their order.
_COUNTED = {"numbering": Key(one_of("counted")), "headings": Key(some(text))}
_EDITION = record({"text": Key(text, True), "from": Key(date), "title": Key(text), "modality": Key(text), **_COUNTED})
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
        "editions": Key(some(_EDITION), True),
        "policies": Key(many(text)),
        "publisher_material": Key(text),
        **TOGETHER,
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
        **_COUNTED,
        "like": Key(text),
        "forbids": Key(_PURPOSES),
        "conditions": Key(_PURPOSES),
        "clauses": Key(many(_CLAUSE)),
    }
)
