"""A YAML scalar in, its value out: YAML 1.2's words, and only numbers and dates that lose nothing by being read as such."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

CORE = "tag:yaml.org,2002:"
_LONG_NUMBER = 100

_WORDS: dict[str, object] = {"": None, "~": None, ".inf": float("inf"), "-.inf": -float("inf"), "+.inf": float("inf"), ".nan": float("nan")}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _WORDS.update(dict.fromkeys((_word, _word.capitalize(), _word.upper()), _value))


def scalar(event: Any) -> object:
    tag, text = event.tag, event.value
    if tag is None:
        return _plain(text) if event.implicit[0] else text
    return text if tag in ("!", f"{CORE}str") else _plain(text)


def _plain(text: str) -> object:
    """The value of an unquoted scalar; what only looks like a number or a date stays the text it is."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-." or len(text) > _LONG_NUMBER or not text.isascii():
        return text
    digits = text.lstrip("+-")
    try:
        if digits.isdigit():
            return text if len(digits) > 1 and digits[0] == "0" else int(text)
        return _odd_number(text, digits)
    except (ValueError, OverflowError):
        return text


def _odd_number(text: str, digits: str) -> object:
    """Numbers with underscores, a base or a fraction, and dates; ValueError if the text is none of them."""
    if len(text) >= 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text) if len(text) == 10 else _moment(text)
    whole = digits.replace("_", "")
    if whole.isdigit() and digits[0] not in "0_":
        return int(text)
    if digits[:2] in ("0x", "0o"):
        return int(text, 0)
    if "." in digits and not digits.strip("0123456789.eE+-_"):
        return float(text)
    return text


def _moment(text: str) -> object:
    # Unlike `datetime.fromisoformat` of Python 3.10 this knows one-digit hours, fractions of any length and `Z`.
    constructor = yaml.constructor.SafeConstructor()
    if text[10] not in "Tt " or constructor.timestamp_regexp.match(text) is None:
        return text
    return constructor.construct_yaml_timestamp(yaml.ScalarNode(f"{CORE}timestamp", text))
