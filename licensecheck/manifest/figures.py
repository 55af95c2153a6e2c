"""Numbers as people write them in, figures and amounts of money out."""

from __future__ import annotations

from datetime import date
from typing import Any

from licensecheck.manifest.wrong import Wrong, shown
from licensecheck.values import Figure, Interval

_LARGEST = 10**18
_WORDS = {"k": 3, "thousand": 3, "m": 6, "mio": 6, "million": 6, "millions": 6, "bn": 9, "b": 9, "billion": 9, "万": 4, "亿": 8}


def count(value: object, unit: str) -> Figure:
    """A figure of users or devices.

    >>> count("<10,000,000", "users").undated, str(count({"2024-06": 5, "latest": "6-7"}, "users").undated)
    (Interval(low=None, high=10000000, low_open=False, high_open=True), '>=6 and <=7')
    """
    if not isinstance(value, dict):
        return Figure(_interval(value, whole=True), {}, unit)
    undated, months = _by_month(value, lambda item: _interval(item, whole=True))
    return Figure(undated, months, unit)


def money(value: object, currencies: str) -> Figure:
    """An amount; all amounts by month must be in one currency.

    >>> money("<1_000_000 EUR", "EUR USD")
    Figure(undated=Interval(low=None, high=1000000, low_open=False, high_open=True), months={}, unit='EUR')
    """
    if not isinstance(value, dict):
        interval, currency = _amount(value, currencies)
        return Figure(interval, {}, currency)
    seen: list[str] = []

    def amount(item: object) -> Interval:
        interval, currency = _amount(item, currencies)
        seen.append(currency)
        return interval

    undated, months = _by_month(value, amount)
    if len(set(seen)) > 1:
        raise Wrong(f"mixes currencies ({', '.join(sorted(set(seen)))}); write all amounts in one")
    return Figure(undated, months, seen[0])


def month(text: str) -> str:
    """A month, checked.

    >>> month("2024-06")
    '2024-06'
    """
    if len(text) == 7 and text[4] == "-" and text.isascii() and (text[:4] + text[5:]).isdigit() and "01" <= text[5:] <= "12":
        return text
    if len(text) == 4 and text.isascii() and text.isdigit():
        raise Wrong(f"names {shown(text)}, which is a year; name its last month, {text}-12")
    raise Wrong(f"names {shown(text)}, which is not a month; write for example 2024-06")


def day(value: object) -> date:
    """A date, from YAML, TOML or text."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str) and len(text := value.strip()) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Wrong(f"is {shown(value)}, which is not a day of the calendar") from None
    raise Wrong


def period(value: object) -> tuple[str, str]:
    """The first and the last month (or day) of a period; a single month is its own end.

    >>> period("2025-01/2025-06"), period("2025-01")
    (('2025-01', '2025-06'), ('2025-01', '2025-01'))
    """
    if isinstance(value, date):
        value = day(value).isoformat()
    if not isinstance(value, str):
        raise Wrong
    ends = [_month_or_day(part.strip()) for part in value.split("/")]
    if len(ends) > 2:
        raise Wrong
    start, end = ends[0], ends[-1]
    common = min(len(start), len(end))
    if start[:common] > end[:common]:
        raise Wrong(f"is {shown(value)}, which ends before it begins")
    return start, end


def _month_or_day(text: str) -> str:
    return day(text).isoformat() if len(text) == 10 else month(text)


def _by_month(value: dict[str, object], read: Any) -> tuple[Interval | None, dict[str, Interval]]:
    if not value:
        raise Wrong
    found = {key if key == "latest" else month(key): read(item) for key, item in value.items()}
    return found.pop("latest", None), dict(sorted(found.items()))


def _amount(value: object, currencies: str) -> tuple[Interval, str]:
    if not isinstance(value, str):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            raise Wrong(f"has no currency; write for example {value} USD")
        raise Wrong
    words = value.split()
    code = words.pop().upper() if words else ""
    if len(code) != 3 or not code.isalpha():
        raise Wrong
    if code not in currencies.split():
        raise Wrong(f"names {shown(code)}, which is not a currency code of ISO 4217 such as USD")
    return _interval(" ".join(words), whole=False), code


def _interval(value: object, *, whole: bool) -> Interval:
    if not isinstance(value, str):
        return Interval.exactly(_checked(value, whole=whole))
    text = value.strip().replace("≥", ">=").replace("≤", "<=").replace("–", "-")
    if text.startswith((">", "<")):
        is_open = not text.startswith(("<=", ">="))
        number = _number(text[1 if is_open else 2 :], whole=whole)
        if text[0] == "<":
            return Interval(high=number, high_open=is_open)
        return Interval(low=number, low_open=is_open)
    low, dash, high = text.partition("-")
    if dash and low:
        interval = Interval(_number(low, whole=whole), _number(high, whole=whole))
        if (interval.low or 0) > (interval.high or 0):
            raise Wrong(f"is {shown(value)}, a range from more to less")
        return interval
    return Interval.exactly(_number(text, whole=whole))


def _number(text: str, *, whole: bool) -> int | float:
    text = text.strip()
    plain = _without_separators(text)
    digits, _, fraction = plain.removeprefix("-").partition(".")
    if not (plain.isascii() and digits.isdigit() and (fraction or "0").isdigit() and len(plain) < 40):
        raise Wrong(_spelt_out(text))
    return _checked(float(plain) if fraction.strip("0") else int(plain.partition(".")[0]), whole=whole)


def _without_separators(text: str) -> str:
    plain = text.replace("_", "")
    if "," not in plain:
        return plain
    head, *groups = plain.partition(".")[0].removeprefix("-").split(",")
    well_formed = 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)
    return plain.replace(",", "") if well_formed else ""


def _spelt_out(text: str) -> str:
    """What to write instead of `10 million`; empty where there is nothing to propose."""
    digits = in_digits(text)
    return "" if digits is None else f"is {shown(text)}; write it in digits: {digits}"


def in_digits(text: str) -> str | None:
    """A number given with a word, in digits; None for what is no such number.

    >>> in_digits("10 million"), in_digits("1.5k"), in_digits("10 zillion")
    ('10000000', '1500', None)
    """
    number = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ万亿")
    power = _WORDS.get(text[len(number) :].lower())
    number = number.strip()
    whole, _, fraction = number.partition(".")
    if power is None or not (number.isascii() and (whole + fraction).isdigit() and len(fraction) <= power and len(whole) < 10):
        return None
    return str(int(whole + fraction) * 10 ** (power - len(fraction)))


def _checked(value: object, *, whole: bool) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Wrong
    if value < 0:
        raise Wrong("can't be negative")
    if not value <= _LARGEST:  # also true of a NaN
        raise Wrong("is too large or not a number")
    if value == int(value):
        return int(value)
    if whole:
        raise Wrong("must be a whole number")
    return value
