"""Components with their licences as written in, each with the licences that are taken of what is offered out.

Of several alternatives the one is taken that fits best with everything else inside, then the one with the fewest duties; the order in which
components or alternatives are written never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod
from operator import itemgetter
from typing import Any

from licensecheck.compatibility import clashes
from licensecheck.expressions import Expression, Term, parse
from licensecheck.knowledge import Knowledge
from licensecheck.report import Edition

from .component import Component
from .entries import WEIGHTS

#: Up to so many ways of choosing all are compared, else one component is settled after the other.
_MOST_WAYS = 256
_LATER = 64
#: What a duty of an unknown licence counts: nobody takes it who can take a known one.
_UNKNOWN = 1_000
_BINDING = ("duty", "prohibition", "rights-not-granted")

Editions = Callable[[str, Mapping[str, Any]], "Edition | None"]
Option = tuple[Term, ...]


def settle(components: Sequence[Component], knowledge: Knowledge, edition: Editions, offered: frozenset[str]) -> tuple[Component, ...]:
    """Every component under the licences taken; `offered` are those of the subject, `edition` gives the text of a licence that counts."""
    read = [_read(component, knowledge) for component in components]
    open_ = [n for n, component in enumerate(read) if component.expression is not None and component.expression.alternatives]
    if not open_:
        return tuple(read)
    options = {n: _options(read[n].expression, knowledge) for n in open_}
    taken = _choose(read, options, knowledge, offered)
    return tuple(_under(component, taken[n], edition) if n in taken else component for n, component in enumerate(read))


def _read(component: Component, knowledge: Knowledge) -> Component:
    """The licence as somebody wrote it, parsed where it is more than an id."""
    stated = component.attributes.get("license") if component.license_source == "manifest" else None
    text = str(stated or component.license or "")
    if not text or (stated is None and knowledge.brief(text)):
        return component
    expression = parse(text, knowledge.resolve)
    if expression.plain:
        return component._replace(license=expression.terms[0].license)
    return component._replace(license=expression.text, expression=expression)


def _options(expression: Expression | None, knowledge: Knowledge) -> list[Option]:
    """Every alternative, "or any later version" spelt out."""
    found: dict[Option, None] = {}
    for alternative in expression.alternatives if expression else ():
        spelt = [(term, *_later(term, knowledge)) for term in alternative]
        found.update(dict.fromkeys(product(*spelt) if prod(map(len, spelt)) <= _LATER else [alternative]))
    return list(found)


def _later(term: Term, knowledge: Knowledge) -> list[Term]:
    later = knowledge.brief(term.license).get("later") or {}
    return [Term(other, True, None, term.exception) for other in later.get("licenses", ())] if term.later else []


def _choose(
    components: Sequence[Component], options: Mapping[int, Sequence[Option]], knowledge: Knowledge, offered: frozenset[str]
) -> dict[int, Option]:
    order = sorted(options, key=lambda n: (components[n].id, components[n].relation))

    def worth(taken: Mapping[int, Option]) -> tuple[Any, ...]:
        own = [sorted((term.license, str(term.later), str(term.exception)) for term in taken[n]) for n in order if n in taken]
        spelt = sum(option not in (components[n].expression or Expression("")).alternatives for n, option in taken.items())
        duties = sum(_duties(term.license, knowledge) for option in taken.values() for term in option)
        return _misfits(components, taken, knowledge, offered), spelt, duties, own

    if prod(len(options[n]) for n in order) <= _MOST_WAYS:
        return min((dict(zip(order, way, strict=True)) for way in product(*(options[n] for n in order))), key=worth)
    taken: dict[int, Option] = {}
    for n in order:
        ranked = [(worth({**taken, n: option}), option) for option in options[n]]
        taken[n] = min(ranked, key=itemgetter(0))[1]
    return taken


def _misfits(components: Sequence[Component], taken: Mapping[int, Option], knowledge: Knowledge, offered: frozenset[str]) -> int:
    """How badly the licences inside go together, and with what the subject is offered under."""
    briefs = knowledge.core["licenses"]["brief"]
    weights, data = set(), set()
    for n, component in enumerate(components):
        licenses = {term.license for term in taken.get(n, ())} if component.expression else {component.license or ""}
        if component.relation in WEIGHTS or component.relation == "code":
            weights |= licenses
        elif component.relation == "data":
            data |= licenses
    bad = sum(4 if clash.answer == "no" else 2 for clash in clashes(weights, briefs)) + len(clashes(weights | data, briefs))
    kept = [name for name in weights if ((briefs.get(name) or {}).get("own_terms") or {"allowed": "no"})["allowed"] != "yes"]
    return bad + (4 * sum(name not in offered for name in kept) if offered else 0)


def _duties(license_id: str, knowledge: Knowledge) -> int:
    if not knowledge.brief(license_id).get("known"):
        return _UNKNOWN
    return sum(clause["effect"] in _BINDING for clause in knowledge.license(license_id)["clauses"])


def _under(component: Component, option: Option, edition: Editions) -> Component:
    first, *rest = option
    return component._replace(
        license=first.license,
        edition=edition(first.license, component.attributes),
        also=tuple((term.license, edition(term.license, component.attributes)) for term in rest),
        taken=option,
    )
