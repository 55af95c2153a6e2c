"""Facts as rules read them: a value or unknown, the evidence behind it, and what was assumed on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, overload

from licensecheck.report import Evidence


class Facts:
    """The facts of one component over those of the subject. `None` is unknown; `others` are the facts of the other components."""

    __slots__ = ("_evidence", "_over", "_values", "notes", "others")

    def __init__(
        self,
        values: Mapping[str, Any],
        evidence: Mapping[str, Evidence] | None = None,
        *,
        over: Facts | None = None,
        others: Sequence[Facts] = (),
        notes: Mapping[str, str] | None = None,
    ) -> None:
        self._values = values
        self._evidence = evidence or {}
        self._over = over
        self.others = others
        self.notes: Mapping[str, str] = notes or (over.notes if over else {})

    def get(self, fact: str) -> Any:
        """The value of a fact, or `None` when it is not known."""
        if fact in self._values:
            return self._values[fact]
        return self._over.get(fact) if self._over is not None else None

    def evidence(self, fact: str) -> Evidence | None:
        if fact in self._evidence:
            return self._evidence[fact]
        return self._over.evidence(fact) if self._over is not None else None

    def replaced(self, changes: Mapping[str, Any]) -> Facts:
        """The same facts with some of them replaced, here and in the other components."""
        return Facts(changes, over=self, others=_Replaced(self.others, changes), notes=self.notes)


class _Replaced(Sequence[Facts]):
    """The facts of the other components with some replaced, made when somebody asks: of many components, few do."""

    def __init__(self, others: Sequence[Facts], changes: Mapping[str, Any]) -> None:
        self._others = others
        self._changes = changes

    def __len__(self) -> int:
        return len(self._others)

    @overload
    def __getitem__(self, index: int) -> Facts: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Facts]: ...
    def __getitem__(self, index: int | slice) -> Facts | Sequence[Facts]:
        if isinstance(index, slice):
            return _Replaced(self._others[index], self._changes)
        other = self._others[index]
        return Facts(other._values, other._evidence, over=Facts(self._changes, over=other._over), notes=other.notes)
