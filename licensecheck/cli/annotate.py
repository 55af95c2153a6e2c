"""Reports in, annotations for GitHub out, and the job's summary written where the runner wants it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any


def annotate(reports: Sequence[Any], *, lang: str, everything: bool) -> str:
    """The workflow commands; the summary goes to the file of $GITHUB_STEP_SUMMARY if that is set."""
    from licensecheck.render import github, job_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path and (room := job_summary.room_in(path)) > job_summary.LEAST:
        job_summary.append(path, job_summary.render(reports, lang=lang, room=room))
    root = repository_root()

    def locate(target: str, source: str) -> str | None:
        return located(target, source, root)

    return github.render(reports, locate, lang=lang, everything=everything)


def located(target: str, source: str, root: str) -> str | None:
    """The path from the repository's root: sources are seen from the target, those of manifests from where one stands."""
    for path in (os.path.join(target, source), source):
        try:
            if os.path.isfile(path):
                folder, name = os.path.split(os.path.abspath(path))  # a link is annotated where it lies
                shown = os.path.relpath(os.path.join(os.path.realpath(folder), name), root).replace(os.sep, "/")
                return None if shown.startswith("../") else shown
        except ValueError:  # a NUL in the name, or another drive
            return None
    return None


def repository_root() -> str:
    """The checkout: what the runner calls its workspace, else the folder with .git above, else the current one."""
    here = os.path.realpath(".")
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace and os.path.commonpath([os.path.realpath(workspace), here]) == os.path.realpath(workspace):
        return os.path.realpath(workspace)
    folder = here
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return here
        folder = above
    return folder
