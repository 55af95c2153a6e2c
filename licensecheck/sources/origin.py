"""What is known of a subject that was brought here from elsewhere, beside its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol


class Ancestry(Protocol):
    """What lies behind models and datasets, as rows in the form of the registry's."""

    @property
    def rows(self) -> Mapping[tuple[str, str], Mapping[str, Any]]: ...
    @property
    def absent(self) -> Sequence[Any]: ...
    @property
    def notes(self) -> Sequence[str]: ...


class Origin(NamedTuple):
    """Where a folder came from.

    `target` is what the user typed; `sizes` the bytes of files of which only the beginning is at hand; `stated` what being there says of
    the release (a path of the manifest, its value, the page); `behind` asks what lies behind (kind, id) pairs; `absent` is what could not
    be had.
    """

    target: str
    sizes: Mapping[str, int]
    stated: tuple[tuple[tuple[str, ...], object, str], ...]
    behind: Callable[[Sequence[tuple[str, str]]], Ancestry]
    #: the licence text of a component's own repository: its address and the text
    text: Callable[[str], tuple[str, str] | None] = lambda name: None
    absent: tuple[Any, ...] = ()
    dataset: bool = False
    #: the commit that was read
    revision: str = ""
