"""Values of facts: three-valued logic, intervals and figures that are dated, bounded or in a currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from licensecheck.records import Record

#: Kleene's third value. `None` is "unknown" wherever a truth value is expected.
Kleene = bool | None

UNKNOWN: Final = None


def all_of(values: Iterable[Kleene]) -> Kleene:
    """Kleene conjunction.

    >>> all_of([True, None]), all_of([None, False]), all_of([])
    (None, False, True)
    """
    result: Kleene = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[Kleene]) -> Kleene:
    """Kleene disjunction.

    >>> any_of([False, None]), any_of([None, True]), any_of([])
    (None, True, False)
    """
    result: Kleene = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negate(value: Kleene) -> Kleene:
    """Kleene negation: unknown stays unknown."""
    return None if value is None else not value


class Interval(Record):
    """All numbers between two bounds; `None` is no bound. A known number is an interval of one."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exactly(cls, number: float) -> Interval:
        return cls(number, number)

    def above(self, limit: float) -> Kleene:
        """Is every number greater than `limit` (true), none (false), or some (unknown)?

        >>> Interval.exactly(700).above(700), Interval(high=700, high_open=True).above(700), Interval(low=600).above(700)
        (False, False, None)
        """
        if self.low is not None and (self.low > limit or (self.low == limit and self.low_open)):
            return True
        if self.high is not None and self.high <= limit:
            return False
        return None

    def at_least(self, limit: float) -> Kleene:
        """Is every number `limit` or more?

        >>> Interval.exactly(700).at_least(700), Interval(high=700, high_open=True).at_least(700), Interval(low=600).at_least(700)
        (True, False, None)
        """
        if self.low is not None and self.low >= limit:
            return True
        if self.high is not None and (self.high < limit or (self.high == limit and self.high_open)):
            return False
        return None

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return f"{self.low:,}"
        parts = []
        if self.low is not None:
            parts.append(f"{'>' if self.low_open else '>='}{self.low:,}")
        if self.high is not None:
            parts.append(f"{'<' if self.high_open else '<='}{self.high:,}")
        return " and ".join(parts) or "unknown"


class Figure(Record):
    """A count or an amount: undated, or one value per month (`YYYY-MM`), in a unit (`users`, `devices` or an ISO 4217 currency)."""

    undated: Interval | None
    months: Mapping[str, Interval]
    unit: str

    @property
    def latest(self) -> Interval | None:
        """The undated value if there is one, else that of the last month given."""
        if self.undated is not None or not self.months:
            return self.undated
        return self.months[max(self.months)]
