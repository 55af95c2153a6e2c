"""A value that does not fit in, the sentence that says so out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from licensecheck.marked import render_scalar_path
from licensecheck.sources.names import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from licensecheck.manifest.record import Path, Table

_MAX_LISTED = 12


class Wrong(Exception):  # noqa: N818 - never leaves this package
    """A value does not fit. Without words of its own it says what is wanted, with an example."""


def shown(value: object) -> str:
    """A value as it is quoted in a message.

    >>> shown("a\\nb"), shown(True), shown([1]), shown({})
    ('"a\\\\nb"', 'true', 'a list', 'a mapping')
    """
    if isinstance(value, str):
        return f'"{printable(value, 60)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    return "nothing" if value is None else printable(str(value), 60)


def wanted(table: Table, spec: dict[str, Any], path: Path, value: object) -> str:
    """What a key takes, with an example, and what it got."""
    if "keys" in spec:
        some = ", ".join(list(spec["keys"])[:4])
        return f"must be a mapping of keys such as {some}; it is {shown(value)}"
    kind = table["types"][spec["type"]]
    if spec["type"] == "enum":
        return f"must be {one_of(spec['values'])}, not {shown(value)}"
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    example = spec.get("example", kind["example"])
    example = f", for example `{key}: {example}`" if example else ""
    return f"must be {kind['means']}{example}; it is {shown(value)}"


def one_of(words: Iterable[str]) -> str:
    listed = list(words)
    if len(listed) > _MAX_LISTED:
        return f"one of {', '.join(listed[:_MAX_LISTED])}, …"
    return f"{', '.join(listed[:-1])} or {listed[-1]}" if len(listed) > 1 else "".join(listed)


def near(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant."""
    from difflib import get_close_matches

    by_folded = {candidate.lower().replace("_", "-"): candidate for candidate in words}
    found = get_close_matches(word[:100].lower().replace("_", "-").replace(" ", "-"), by_folded, 1, 0.66)
    return by_folded[found[0]] if found else None


def unknown_key(table: Table, spec: dict[str, Any], path: Path, rest: Path = ()) -> str:
    """The sentence for a key that is not in the table; `rest` is what followed it in a dotted key."""
    *parent, key = path
    known = list(spec["keys"])
    message = f"unknown key `{render_scalar_path(path)}`"
    match = near(str(key), known)
    if match is not None:
        return f"{message}; did you mean `{render_scalar_path((*parent, match, *rest))}`?"
    elsewhere = [dotted for dotted in _dotted(table["keys"]) if dotted.rpartition(".")[2] == key]
    if elsewhere:
        return f"{message}; did you mean `{elsewhere[0]}`?"
    return f"{message}; known here: {', '.join(known)}"


def _dotted(keys: dict[str, Any], prefix: str = "") -> list[str]:
    found: list[str] = []
    for key, spec in keys.items():
        found.append(prefix + key)
        if "keys" in spec:
            found += _dotted(spec["keys"], f"{prefix}{key}.")
    return found
