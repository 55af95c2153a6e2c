"""A text in, the repository on the Hub that it names out: an id, an address, or a path of the Hub's own cache.

Ids are those of https://huggingface.co/docs/huggingface_hub (`validate_repo_id`): one organisation, one name, 96 characters each.
"""

from __future__ import annotations

import os
import re

#: one part of an id, to be put into longer expressions
PART = r"[A-Za-z0-9_][\w.-]{0,95}"
ID = rf"{PART}/{PART}"
#: where repositories are seen
SITE = r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/"
#: compiled where they are used: most folders are read without them
_LINK = rf"{SITE}(?P<kind>models/|datasets/)?(?P<id>{ID})"
_CACHED = r"(?:^|[\\/])(?:models|datasets)--([\w.]+(?:-[\w.]+)*)--([\w.-]+)(?:[\\/]|$)"


def is_id(text: str) -> bool:
    """Could this be the id of a model or dataset?

    >>> is_id("acme/tiny"), is_id("acme/tiny/part"), is_id("./tiny"), is_id("tiny")
    (True, False, False, False)
    """
    return re.fullmatch(ID, text, re.A) is not None


def repository(text: str) -> str:
    """The id in an address or in a path of the Hub's own cache, without a revision; other names as they are.

    >>> repository("https://huggingface.co/acme/tiny/"), repository("/x/models--acme--tiny/refs/main"), repository("acme/tiny@main")
    ('acme/tiny', 'acme/tiny', 'acme/tiny')
    """
    name = text.strip()
    cached = re.search(_CACHED, name) if "--" in name else None
    if cached:
        return f"{cached[1]}/{cached[2]}"
    link = re.match(_LINK, name) if ".co/" in name else None
    return (link["id"] if link else name).split("@", 1)[0].rstrip("/")


def address(text: str) -> tuple[str, str] | None:
    """Kind (model or dataset) and id of an address that is nothing more than that of a repository; None for other texts.

    >>> address("https://hf.co/datasets/acme/corpus"), address("hf.co/acme/tiny/"), address("acme/tiny")
    (('dataset', 'acme/corpus'), ('model', 'acme/tiny'), None)
    """
    link = re.fullmatch(_LINK + "/?", text.strip(), re.I)
    return ("dataset" if link["kind"] == "datasets/" else "model", link["id"]) if link else None


def cache_folder() -> str:
    """Where the Hub's own client keeps what it has downloaded: the switches are those of its environment_variables page."""
    direct = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if direct:
        return os.path.expanduser(direct)
    home = os.environ.get("HF_HOME")
    if not home:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        home = os.path.join(base, "huggingface")
    return os.path.join(os.path.expanduser(home), "hub")
