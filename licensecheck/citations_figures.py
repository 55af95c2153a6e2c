"""Words of a licence in, the numbers they hold out, in figures or words, English or Chinese: `700 million`, `7亿`, `twenty million`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple


class Number(NamedTuple):
    """A number and where it stands in the folded words."""

    value: Decimal
    start: int
    end: int


_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: 10 * (value + 2) for value, word in enumerate(_TENS.split())},
}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
#: Written right behind a figure.
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "bn": 10**9, "b": 10**9}
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_SMALL = {"十": 10, "百": 100, "千": 1000}
_HAN_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_DIGITS = r"\d{1,3}(?:[,' \u202f]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+(?:\.\d+)?"
_WORD = "|".join(sorted((*_SMALL, *_LARGE, "hundred"), key=len, reverse=True))
_HAN_SIGNS = "".join((*_HAN, *_HAN_SMALL, *_HAN_LARGE))
_NUMBER = re.compile(
    rf"(?P<figure>(?<![\d.,])(?:{_DIGITS}))(?:(?:\s(?=[mb]n))?(?P<short>{'|'.join(_SHORT)})(?![a-z])|\s*(?P<han>[{_HAN_SIGNS}]+))?"
    rf"(?P<scale>(?:[\s-]+(?:hundred|{'|'.join(_LARGE)})\b)*)"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*)\b"
    rf"|(?P<signs>[{_HAN_SIGNS}]+)"
)
#: How a currency is written beside an amount; another one goes by its code.
_CURRENCIES = {
    "USD": ("$", "usd", "dollar", "美元", "美金"),
    "CNY": ("¥", "cny", "rmb", "renminbi", "人民币", "元"),
    "EUR": ("€", "eur", "euro", "欧元"),
    "GBP": ("£", "gbp", "pound", "英镑"),
    "JPY": ("¥", "jpy", "yen", "日元"),
    "KRW": ("₩", "krw", "won", "韩元"),
}
#: How far from the amount a currency may be named.
_BESIDE = 24


def stands(value: float, currency: str | None, words: str) -> bool:
    """Does a number stand in these words, as an amount of the currency if there is one?"""
    words = fold(words)
    return any(number.value == Decimal(str(value)) and _is_amount(number, currency, words) for number in numbers(words))


def fold(words: str) -> str:
    """Full-width signs as plain ones, lower case, without emphasis; a no-break space is a space."""
    return unicodedata.normalize("NFKC", words).lower().replace("*", "")


def numbers(words: str) -> Iterator[Number]:
    """Every number in folded words; `1.000` is both one and a thousand.

    >>> [int(number.value) for number in numbers("more than 700 million users, $10m, 1.5亿 or one hundred thousand")]
    [700000000, 10000000, 150000000, 100000]
    """
    for match in _NUMBER.finditer(words):
        if match["figure"]:
            values = _figures(match["figure"])
            factor = _SHORT.get(match["short"] or "", 1) * _factor(match["han"] or "") * _factor_in_words(match["scale"] or "")
        else:
            values, factor = [_spelt(match["words"]) if match["words"] else _in_han(match["signs"])], 1
        yield from (Number(value * factor, match.start(), match.end()) for value in values)


def _is_amount(number: Number, currency: str | None, words: str) -> bool:
    if currency is None:
        return True
    around = words[max(0, number.start - _BESIDE) : number.end + _BESIDE]
    return any(name in around for name in _CURRENCIES.get(currency, (currency.lower(),)))


def _figures(figure: str) -> list[Decimal]:
    plain = Decimal(re.sub(r"[^\d.]", "", figure)) if figure.count(".") <= 1 else None
    grouped = [Decimal(figure.replace(".", ""))] if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figure) else []
    return [*([plain] if plain is not None else []), *grouped]


def _factor(signs: str) -> int:
    """`千万` after a figure: ten million; signs that are no factor are words of their own."""
    factor = 1
    for sign in signs:
        factor *= _HAN_SMALL.get(sign) or _HAN_LARGE.get(sign) or 1
    return factor


def _factor_in_words(words: str) -> int:
    factor = 1
    for word in re.findall(r"[a-z]+", words):
        factor *= _LARGE.get(word, 100)
    return factor


def _spelt(words: str) -> Decimal:
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _LARGE:
            total, current = total + (current or 1) * _LARGE[word], 0
    return Decimal(total + current)


def _in_han(signs: str) -> Decimal:
    """一亿两千万: sections of up to 千, each counted by the 万 or 亿 behind it; a row of digits is read as one (二〇二四)."""
    if len(signs) > 1 and all(sign in _HAN for sign in signs):
        return Decimal("".join(str(_HAN[sign]) for sign in signs))
    total = section = digit = 0
    for sign in signs:
        if sign in _HAN:
            digit = _HAN[sign]
        elif sign in _HAN_SMALL:
            section, digit = section + (digit or 1) * _HAN_SMALL[sign], 0
        else:
            counted = section + digit
            if total and not counted:
                total *= _HAN_LARGE[sign]  # 一万亿
            else:
                total += (counted or 1) * _HAN_LARGE[sign]
            section = digit = 0
    return Decimal(total + section + digit)
