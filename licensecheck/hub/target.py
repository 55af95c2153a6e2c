"""What a person typed in, the repository on the Hub it names out."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = r"(?!.*(?:--|\.\.))[A-Za-z0-9_](?:[\w.-]{0,94}[\w])?"
_REPO = re.compile(rf"(?P<set>datasets/)?(?P<id>{_PART}/{_PART})(?:@(?P<revision>[\w./-]{{1,200}}))?$", re.A)
_SITES = ("https://huggingface.co/", "http://huggingface.co/", "https://hf.co/", "hf://")


class Target(NamedTuple):
    """A repository: `kind` is model or dataset, `revision` a branch, tag or commit (None: main)."""

    kind: str
    id: str
    revision: str | None = None

    @property
    def shown(self) -> str:
        return ("datasets/" if self.kind == "dataset" else "") + self.id + (f"@{self.revision}" if self.revision else "")


def download(target: Target) -> str:
    """The command of the Hub's own client that brings it here."""
    kind = " --repo-type dataset" if target.kind == "dataset" else ""
    revision = f" --revision {target.revision}" if target.revision else ""
    return f"hf download {target.id}{kind}{revision} --local-dir {target.id.rsplit('/', 1)[-1]}"


def parse(text: str) -> Target | None:
    """The repository that a target names; None if it can't be one (https://huggingface.co/docs/huggingface_hub, `validate_repo_id`).

    >>> parse("acme/tiny@v1"), parse("hf://datasets/acme/corpus"), parse("./acme/tiny"), parse("a/b/c")
    (Target(kind='model', id='acme/tiny', revision='v1'), Target(kind='dataset', id='acme/corpus', revision=None), None, None)
    """
    site = next((site for site in _SITES if text.startswith(site)), "")
    text = text.removeprefix(site).rstrip("/") if site else text
    page = re.fullmatch(r"(.+?)/(?:tree|blob)/(refs/[a-z]+/[^/]+|[^/]+)(?:/.*)?", text) if site else None
    if page:  # in an address a branch has its slashes written as %2F
        text = f"{page[1]}@{re.sub('%2F', '/', page[2], flags=re.I)}"
    match = _REPO.match(text)
    if match is None or match["id"].endswith(".git") or ".." in (match["revision"] or ""):
        return None
    return Target("dataset" if match["set"] else "model", match["id"], match["revision"])
