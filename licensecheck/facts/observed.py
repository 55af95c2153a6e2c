"""What the files of the subject show, ready to be judged: licence copies, notices, documents, displays, statements, permissions."""

from __future__ import annotations

from typing import Any

from licensecheck.records import Record
from licensecheck.report import Evidence
from licensecheck.wording import Folded


class CopySeen(Record):
    """A licence text in a file: which one, and what is altered or missing in it."""

    license: str | None
    text: str
    source: str
    line: int
    altered: tuple[str, ...]
    missing: tuple[str, ...]
    content: str
    match: Any


class Page(Record):
    """A document or notice file, folded for the search for required words; `plain` for a file that is called Notice and nothing else."""

    source: str
    words: Folded
    plain: bool = True


class Observed(Record):
    """The closed world of the folder: what is not in here is not there."""

    name: str
    name_evidence: Evidence | None
    copies: tuple[CopySeen, ...]
    notices: tuple[Page, ...]
    documents: tuple[Page, ...]
    #: (text, place, where, evidence) of words shown outside the folder
    displays: tuple[tuple[str, str, str, Evidence], ...]
    changes: tuple[Evidence, ...]
    #: agreements held, as in the manifest
    agreements: tuple[dict[str, Any], ...]
    declared: str | None
    declared_evidence: Evidence | None
    as_of: str
