"""The subject itself in, findings that no licence clause is behind out: its declared licence, its licence files, its lineage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from licensecheck.report import Finding

from .base import Checker as Checker
from .claims import claims
from .conflict import license_conflict
from .declared import declared_license
from .lineage import lineage
from .texts import license_text
from .unknown import unknown_license
from .upstream import upstream_declares
from .written import written_by_tools

#: Every check, in the order of the report; to add one, add a line.
CHECKS: Final[tuple[Callable[[Checker], Iterator[Finding]], ...]] = (
    declared_license,
    written_by_tools,
    license_text,
    license_conflict,
    lineage,
    upstream_declares,
    claims,
    unknown_license,
)


def run_checks(checker: Checker) -> list[Finding]:
    """The findings of all checks of one subject."""
    return [finding for check in CHECKS for finding in check(checker)]
