"""What a person types and the kind of fact asked for in, the value that the manifest takes out; what is wrong stays for it to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.manifest.figures import in_digits

#: Words that leave a question open, as Enter does.
UNKNOWN = frozenset({"", "?", "unknown", "don't know", "dont know", "u", "不知道", "未知"})
#: Words that say a model was built from nothing.
SCRATCH = frozenset({"scratch", "from scratch", "trained from scratch", "trained-from-scratch", "从零训练"})
_TRUTH = {"y": True, "yes": True, "true": True, "是": True, "n": False, "no": False, "false": False, "否": False}
_BOUNDS = (
    ("less than", "<"), ("fewer than", "<"), ("no more than", "<="), ("not more than", "<="), ("at most", "<="), ("up to", "<="),
    ("under", "<"), ("below", "<"), ("more than", ">"), ("at least", ">="), ("over", ">"), ("above", ">"),
    ("不超过", "<="), ("不到", "<"), ("少于", "<"), ("低于", "<"), ("超过", ">"), ("多于", ">"), ("至少", ">="),
)  # fmt: skip
_SIGNS = ("<=", ">=", "<", ">", "≤", "≥")
_UNITS = ("users", "user", "devices", "device", "people", "mau", "用户", "人", "台")


def value_of(text: str, row: Mapping[str, Any], choices: Sequence[str]) -> Any:
    """The raw value of the manifest; `row` is the fact's row in the table of facts, `choices` the words it may be numbered by.

    >>> value_of("< 10 million users", {"type": "figure"}, ()), value_of("2, coding", {"type": "set"}, ("games", "search"))
    ('<10000000', ['search', 'coding'])
    >>> value_of("pub", {"type": "enum"}, ("public", "private")), value_of("YES", {"type": "bool"}, ())
    ('public', True)
    """
    text = " ".join(text.split())
    kind = row.get("type")
    if kind == "bool":
        return _TRUTH.get(text.lower(), text)
    if kind == "figure":
        return _count(text)
    if kind == "money":
        return _amount(text)
    if kind == "enum":
        return _choice(text, choices)
    if kind in ("set", "country"):
        parts = [part for part in text.replace(",", " ").replace("、", " ").replace("，", " ").strip("[] ").split() if part]
        return [_choice(part, choices) for part in parts]
    return text


def _choice(text: str, choices: Sequence[str]) -> str:
    """One of the choices by its number or an unmistakable beginning; anything else as it stands."""
    if text.isdecimal() and 0 < int(text[:9]) <= len(choices):
        return choices[int(text[:9]) - 1]
    begun = [choice for choice in choices if choice.startswith(text.lower())]
    return begun[0] if len(begun) == 1 else text


def _count(text: str) -> Any:
    sign, rest = _bound(text)
    for unit in _UNITS:
        if rest.lower().endswith(unit) and rest[: -len(unit)].strip():
            rest = rest[: -len(unit)].strip()
            break
    written = sign + _range(rest)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else written


def _amount(text: str) -> str:
    sign, rest = _bound(text)
    words = rest.split()
    if len(words) > 1 and len(words[0]) == 3 and words[0].isalpha() and not (len(words[-1]) == 3 and words[-1].isalpha()):
        words = [*words[1:], words[0]]
    if len(words) > 1:
        return f"{sign}{_range(' '.join(words[:-1]))} {words[-1].upper()}"
    return sign + rest


def _bound(text: str) -> tuple[str, str]:
    for words, sign in _BOUNDS:
        if text.lower().startswith(words):
            return sign, text[len(words) :].strip()
    for sign in _SIGNS:
        if text.startswith(sign):
            return sign.replace("≤", "<=").replace("≥", ">="), text[len(sign) :].strip()
    return "", text


def _range(text: str) -> str:
    """Both ends of a range, or the one number, in digits."""
    ends = [end.strip() for end in text.replace("–", "-").replace(" to ", "-").split("-")]
    return "-".join(in_digits(end) or end for end in ends)
