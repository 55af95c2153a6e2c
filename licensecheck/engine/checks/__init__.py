"""The subject itself in, findings that no licence clause is behind out: its declared licence, its licence files, its lineage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from licensecheck.report import Finding

from .base import Checker as Checker
from .claims import claims
from .conflict import license_conflict
from .data_rights import data_rights
from .declared import declared_license
from .lineage import lineage
from .naming import naming
from .relabelled import relabelled
from .texts import license_text
from .unknown import unknown_license
from .upstream import upstream_declares, upstream_lacks
from .written import written_by_tools


def compared(checker: Checker) -> Iterator[Finding]:
    """What comparisons say beside the lineage; most subjects come without any."""
    if checker.subject.measured is not None:
        from .measured import measured

        yield from measured(checker)


def architecture(checker: Checker) -> Iterator[Finding]:
    """Whose design it follows, where no base says so; looked at where something speaks of that."""
    subject = checker.subject
    if subject.shape is not None or ((subject.measured is not None or subject.claims) and not checker.based):
        from .architecture import followed

        yield from followed(checker)


#: Every check, in the order of the report; to add one, add a line.
CHECKS: Final[tuple[Callable[[Checker], Iterator[Finding]], ...]] = (
    declared_license,
    relabelled,
    written_by_tools,
    license_text,
    license_conflict,
    lineage,
    compared,
    architecture,
    upstream_declares,
    upstream_lacks,
    claims,
    naming,
    data_rights,
    unknown_license,
)


def run_checks(checker: Checker) -> list[Finding]:
    """The findings of all checks of one subject."""
    return [finding for check in CHECKS for finding in check(checker)]
