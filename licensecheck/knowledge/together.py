"""Licence files in, the licences that they say they go together with, or do not, and that nobody knows out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licensecheck.compatibility import named
from licensecheck.errors import Problem

from .files import RuleFile
from .shape import Context, nearest


def check_together(files: Mapping[str, RuleFile], briefs: Mapping[str, Any], problems: list[Problem]) -> None:
    """Each at the line that names it."""
    for file in files.values():
        context = Context(file.path, file.lines, {}, problems)
        for key, licenses in named(file.value).items():
            for other in licenses:
                if other not in briefs:
                    context.problem((key,), f"`{other}` is no licence id{nearest(other, briefs)}")
