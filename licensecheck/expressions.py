"""A licence as people write it in, the alternatives it offers out: SPDX expressions, lists of the Hub, single names.

https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ . The grammar is the library's; what a name stands for is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from licensecheck.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What an expression may hold before nobody reads it any more: characters, names, brackets in one another, alternatives.
LONGEST, MOST_NAMES, DEEPEST, MOST_ALTERNATIVES = 2_000, 60, 12, 64
_OPERATORS = ("AND", "OR", "WITH")
#: compiled where they are used: most licences are one name
_OPERATOR = r"(?<![^\s()])(AND|OR|WITH)(?![^\s()])"
_SPOKEN = rf"(?i){_OPERATOR}"
_PIECES = re.compile(r"[()]|[^()]+")
_OWN = ("LicenseRef-", "DocumentRef-")

Resolve = Callable[[str], "str | None"]


class Term(Record):
    """One licence of an expression: its id where it has one, else the name as it stands."""

    license: str
    known: bool
    #: may later versions be followed? None: the name does not say
    later: bool | None = None
    exception: str | None = None


class Expression(Record):
    """Alternatives, any one of which will do; the terms of one apply together. `flaw` says why it cannot be read; it then has none."""

    text: str
    alternatives: tuple[tuple[Term, ...], ...] = ()
    flaw: str | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term once, in the order of the text."""
        return tuple(dict.fromkeys(term for alternative in self.alternatives for term in alternative))

    @property
    def plain(self) -> bool:
        """A single licence, and nothing else said of it."""
        return len(self.alternatives) == 1 and len(self.alternatives[0]) == 1 and self.alternatives[0][0][2:] == (None, None)


class _FlawError(ValueError):
    """Why an expression cannot be read, in one sentence."""


def is_expression(text: str, resolve: Resolve) -> bool:
    """Operators in capitals; or in small letters between names that are all known, since prose says "and" and "with" too."""
    if resolve(text[:LONGEST]) is not None:
        return False
    if any(word in text for word in _OPERATORS) and re.search(_OPERATOR, text):
        return True
    upper = text[:LONGEST].upper()
    if len(text) > LONGEST or (text.isascii() and not any(word in upper for word in _OPERATORS)) or not re.search(_SPOKEN, text):
        bare = text.strip()
        return bare.startswith("(") and (bare.endswith(")") or not bare.strip("() "))
    names = [token for token in _tokens(text) if token not in ("(", ")") and not re.fullmatch(_SPOKEN, token)]
    return all(resolve(name) or name.startswith(_OWN) for name in names)


def parse(text: str, resolve: Resolve) -> Expression:
    """The expression in a text; never raises, whatever the text.

    >>> ids = {"foo-1.0-only": "foo-1.0", "bar": "bar"}
    >>> found = parse("(Foo-1.0-only AND Bar) OR Baz", lambda name: ids.get(name.lower()))
    >>> [[term.license for term in each] for each in found.alternatives]
    [['foo-1.0', 'bar'], ['Baz']]
    >>> parse("Foo OR", ids.get).flaw
    'OR stands between two licences'
    """
    shown = " ".join(text[: LONGEST + 1].split())
    if not is_expression(text, resolve) and len(text) <= LONGEST:
        return Expression(shown, ((_term(shown, None, resolve),),))
    try:
        return Expression(shown, _alternatives(text, resolve))
    except _FlawError as flaw:
        return Expression(shown[:120], (), str(flaw))


def together(texts: Sequence[str], resolve: Resolve) -> Expression:
    """Licences of a list, which all apply."""
    found = [parse(text, resolve) for text in texts[:MOST_NAMES]]
    shown = " AND ".join(f"({each.text})" if len(each.alternatives) > 1 else each.text for each in found)
    flaw = next((each.flaw for each in found if each.flaw), None)
    if flaw is None and len(texts) <= MOST_NAMES:
        try:
            return Expression(shown, _all_of([each.alternatives for each in found]))
        except _FlawError as too_many:
            flaw = str(too_many)
    return Expression(shown[:120], (), flaw or f"it lists more than {MOST_NAMES} licences")


def written(term: Term, name: Callable[[str], str]) -> str:
    """A term as SPDX writes it; `name` gives the SPDX id of a licence id."""
    text = name(term.license)
    if term.later is not None:
        text = text.removesuffix("-only").removesuffix("-or-later") + ("-or-later" if term.later else "-only")
    return f"{text} WITH {term.exception}" if term.exception else text


def _tokens(text: str) -> Iterator[str]:
    """Brackets, operators and the names between them, in order."""
    for piece in _PIECES.findall(text):
        yield from (part.strip() for part in (re.split(_SPOKEN, piece) if piece not in ("(", ")") else (piece,)) if part.strip())


def _alternatives(text: str, resolve: Resolve) -> tuple[tuple[Term, ...], ...]:
    """The library is given the structure only, with `L0`, `L1`, ... for the names: they may hold what it allows no licence to hold."""
    if len(text) > LONGEST:
        raise _FlawError(f"it is longer than {LONGEST:,} characters")
    names: list[str] = []
    structure = []
    depth = 0
    for token in _tokens(text):
        if token in ("(", ")"):
            depth += 1 if token == "(" else -1
            structure.append(token)
        elif re.fullmatch(_SPOKEN, token):
            structure.append(token.upper())
        else:
            structure.append(f"L{len(names)}")
            names.append(token)
        if depth < 0 or depth > DEEPEST:
            raise _FlawError("a bracket closes that nothing opened" if depth < 0 else f"its brackets stand more than {DEEPEST} deep")
    if depth:
        raise _FlawError("a bracket is not closed")
    if len(names) > MOST_NAMES:
        raise _FlawError(f"it names more than {MOST_NAMES} licences")
    _check(structure)
    return _expanded(_tree(" ".join(structure)), names, resolve)


def _check(structure: Sequence[str]) -> None:
    """What stands beside what: the common slips, each by its name."""
    before = "("
    for token in (*structure, ")"):
        if token == ")" or token in ("AND", "OR", "WITH"):
            if before in ("AND", "OR", "WITH"):
                raise _FlawError(f"{before} stands between two licences")
            if before == "(":
                raise _FlawError("its brackets hold nothing" if token == ")" else f"{token} stands between two licences")
        elif before not in ("(", "AND", "OR", "WITH"):
            raise _FlawError("AND or OR is missing between two licences")
        before = token


def _tree(structure: str) -> Any:
    from license_expression import ExpressionError, Licensing

    try:
        return Licensing().parse(structure)
    except ExpressionError:
        raise _FlawError("WITH stands between a licence and one exception") from None


def _expanded(node: Any, names: Sequence[str], resolve: Resolve) -> tuple[tuple[Term, ...], ...]:
    if hasattr(node, "license_symbol"):
        return ((_term(_name(node.license_symbol, names), _name(node.exception_symbol, names), resolve),),)
    if not node.args:
        return ((_term(_name(node, names), None, resolve),),)
    parts = [_expanded(child, names, resolve) for child in node.args]
    if node.operator.strip() == "AND":
        return _all_of(parts)
    return _bounded(dict.fromkeys(each for part in parts for each in part))


def _all_of(parts: Sequence[tuple[tuple[Term, ...], ...]]) -> tuple[tuple[Term, ...], ...]:
    found: tuple[tuple[Term, ...], ...] = ((),)
    for part in parts:
        found = _bounded(dict.fromkeys(tuple(dict.fromkeys((*one, *other))) for one in found for other in part))
    return found


def _bounded(found: dict[tuple[Term, ...], None]) -> tuple[tuple[Term, ...], ...]:
    if len(found) > MOST_ALTERNATIVES:
        raise _FlawError(f"it offers more than {MOST_ALTERNATIVES} choices")
    return tuple(found)


def _name(symbol: Any, names: Sequence[str]) -> str:
    return names[int(str(symbol.key)[1:])]


def _term(name: str, exception: str | None, resolve: Resolve) -> Term:
    lowered = name.lower()
    later = True if lowered.endswith(("-or-later", "+")) else False if lowered.endswith("-only") else None
    license_id = resolve(name)
    if license_id is None and later is not None:
        license_id = resolve(name[: -len("-or-later")] if lowered.endswith("-or-later") else name[:-1] if later else name[: -len("-only")])
    elif license_id is not None and later and lowered.endswith("+") and resolve(name[:-1]) != license_id:
        later = None  # the sign is part of the name
    return Term(license_id or name, license_id is not None, later, exception)
