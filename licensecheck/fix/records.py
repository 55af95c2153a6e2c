"""What a plan consists of: edits, copies with their origin, what is refused and why."""

from __future__ import annotations

from typing import Any, NamedTuple


class Edit(NamedTuple):
    """One file at the top of the folder: what it holds (None: it is not there) and what it is to hold.

    `leads_to` is the file that is changed where the name is a link within the folder.
    """

    name: str
    before: bytes | None
    after: bytes
    leads_to: str | None = None


class CopyMade(NamedTuple):
    """A licence text put into the folder: under which name, whose text, where it came from (for others to read) and where it lay."""

    name: str
    license: str
    text: str
    data: bytes
    origin: str
    found: str
    sha256: str


class Refusal(NamedTuple):
    """A part that is not written: notice, attribution, card or copies; the file and line that stand in the way, and why."""

    part: str
    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class Plan(NamedTuple):
    """Everything that can be mended: the edits, the reports before and after them, and what stays as it is.

    `mended` are the findings (as they were) that the edits make `pass`; `unreachable` says what the network did not give.
    """

    edits: tuple[Edit, ...]
    before: Any
    after: Any
    mended: tuple[Any, ...]
    copies: tuple[CopyMade, ...]
    lacking: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    unreachable: tuple[str, ...]
