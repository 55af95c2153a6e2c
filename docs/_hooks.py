"""A page in, the page out whose links to files outside this folder lead to the repository; a file that is not there is a warning."""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<=\]\()(\.\./[^)\s#]*)")
#: Its warnings count where warnings are errors.
LOG = logging.getLogger("mkdocs.plugins.repository_links")


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: Any) -> str:
    def led(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page.file.src_uri), match[1]))
        if path.startswith("..") or not (ROOT / path).exists():
            LOG.warning("%s: links to %s, which is not in the repository", page.file.src_uri, match[1])
        kind = "tree" if (ROOT / path).is_dir() else "blob"
        return f"{config['repo_url'].rstrip('/')}/{kind}/main/{path}"

    return LINK.sub(led, markdown)
