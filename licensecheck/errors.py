"""What went wrong in, one line per problem out: every error this package raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.records import Record


class Problem(Record):
    """One thing wrong with one file: where it is and what to do about it."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class LicenseCheckError(Exception):
    """Root of all errors this package raises on purpose; `exit_code` is what the command leaves with."""

    exit_code = 2


class InputError(LicenseCheckError):
    """Files that cannot be read or do not mean anything: every problem at once, each with file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(LicenseCheckError):
    """The command was called with something it cannot act on."""


class UnreachableError(LicenseCheckError):
    """Something needed could not be reached: the network, a gated repository, a cache."""

    exit_code = 3
