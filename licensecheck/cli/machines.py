"""Reports and the name of a format in, the report as a CI system or a code host reads it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_HOME = "https://pypi.org/project/llm-licensecheck/"


def written_for(format_: str, reports: Sequence[Any], *, lang: str, everything: bool) -> str:
    """One of github, sarif, gitlab, junit, markdown; paths are seen from the repository's root."""
    from licensecheck.cli.annotate import annotate, located, repository_root

    if format_ == "github":
        return annotate(reports, lang=lang, everything=everything)
    if format_ == "junit":
        from licensecheck.render import junit

        return junit.render(reports, lang=lang)
    if format_ == "markdown":
        from licensecheck.render import job_summary

        return job_summary.render(reports, lang=lang, room=job_summary.COMMENT)
    root = repository_root()

    def locate(target: str, source: str) -> str | None:
        return located(target, source, root)

    if format_ == "sarif":
        from licensecheck import __version__
        from licensecheck.render import sarif

        return sarif.render(reports, locate, __version__, everything=everything, information=_HOME)
    from licensecheck.render import gitlab

    return gitlab.render(reports, locate)
