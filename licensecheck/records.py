"""Names and types of fields in, a tuple with names out: `typing.NamedTuple` at a third of its cost.

The library compiles the annotation of every field when the class is made, which nothing here reads; the records on the way of a single
check would take a tenth of its time. To a type checker a `Record` is a `NamedTuple`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Record"]

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from collections import namedtuple

    class _Fields(type):
        def __new__(cls, name, bases, names):
            if not bases:
                return super().__new__(cls, name, bases, names)
            fields = list(names.get("__annotations__", ()))
            defaults = [names[field] for field in fields if field in names]
            if any(field in names for field in fields[: len(fields) - len(defaults)]):
                raise TypeError(f"{name}: a field without a default follows one with a default")
            made = namedtuple(name, fields, defaults=defaults, module=names["__module__"])
            for key, value in names.items():
                if key not in fields:
                    setattr(made, key, value)
            return made

    class Record(metaclass=_Fields):
        """The base that a record names."""
