"""What recognition says about a file: the matches and where their sections stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck.records import Record

if TYPE_CHECKING:
    from .figures import Change


class SectionSpan(Record):
    """One stretch of a section in the user's file, lines counted from 1."""

    label: str
    start_line: int
    end_line: int


class TextMatch(Record):
    """One known text found in a file. What has no number is section ""; `score` is 1 when not a word differs."""

    text: str
    score: float
    start_line: int
    end_line: int
    altered_sections: tuple[str, ...]
    missing_sections: tuple[str, ...]
    sections: tuple[SectionSpan, ...]
    complete: bool
    changes: tuple[Change, ...] = ()
