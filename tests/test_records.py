"""A record is what `typing.NamedTuple` makes of the same lines."""

from __future__ import annotations

import copy
import pickle
from typing import NamedTuple

import pytest

from licensecheck.records import Record


class Ours(Record):
    """A berth."""

    name: str
    depth: int = 7
    lights: tuple[str, ...] = ()

    @property
    def is_deep(self) -> bool:
        return self.depth > 10

    def named(self, name: str) -> Ours:
        return self._replace(name=name)


class Theirs(NamedTuple):
    """A berth."""

    name: str
    depth: int = 7
    lights: tuple[str, ...] = ()


def test_a_record_has_the_fields_defaults_and_words_of_a_named_tuple() -> None:
    assert Ours._fields == Theirs._fields
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours.__annotations__ == {"name": "str", "depth": "int", "lights": "tuple[str, ...]"}
    assert (Ours.__doc__, Ours.__module__, Ours.__qualname__) == ("A berth.", __name__, "Ours")
    assert Ours("A") == Theirs("A") == ("A", 7, ())
    assert repr(Ours("A", 12)) == "Ours(name='A', depth=12, lights=())"


def test_a_record_keeps_its_methods_and_cannot_be_changed() -> None:
    berth = Ours("A", 12)
    assert berth.is_deep
    assert berth.named("B") == ("B", 12, ())
    with pytest.raises(AttributeError):
        berth.depth = 3  # type: ignore[misc]


def test_a_record_survives_a_copy_and_a_pickle() -> None:
    berth = Ours("A", 12)
    assert copy.copy(berth) == berth
    assert pickle.loads(pickle.dumps(berth)) == berth


def test_a_field_without_a_default_may_not_follow_one_with() -> None:
    with pytest.raises(TypeError):

        class Wrong(Record):
            depth: int = 7
            name: str
