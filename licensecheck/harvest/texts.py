"""LICENSE, NOTICE and use-policy files in, which known texts they hold out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from licensecheck.sources.folder import Folder

_LICENSE_NAME = re.compile(r"(licen[cs]e|copying|copyright|terms|agreement|eula|use[_-]?policy|acceptable[_-]use|许可|协议)", re.I)
_NOTICE_NAME = re.compile(r"notices?", re.I)
_TEXT_ENDINGS = ("", ".txt", ".md", ".markdown", ".rst", ".html", ".htm")
_NOT_TEXT = re.compile(r"\.(py|js|ts|json|ya?ml|toml|safetensors|bin|gguf|pt|pth|png|jpe?g|gif|svg|pdf|zip|gz|tar|ipynb|csv|parquet|so|c|cc|cpp|h|cu|sh)$", re.I)
_MOST = 400_000


class Match(Protocol):
    """What the recogniser says of one licence text in a file."""

    @property
    def text(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def start_line(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def altered_sections(self) -> tuple[str, ...]: ...
    @property
    def missing_sections(self) -> tuple[str, ...]: ...


Recogniser = Callable[[str], tuple[Match, ...]]


class Copy(NamedTuple):
    """A known licence text found in a file (or in the gate of a card)."""

    source: str
    match: Match
    content: str


class NoticeFile(NamedTuple):
    """A file with `notice` in its name; `plain` when that is all its name says. Lines of recognised licence texts are `skip`ped."""

    source: str
    content: str
    plain: bool
    skip: tuple[tuple[int, int], ...]


class LicenseFile(NamedTuple):
    """A file that by its name should hold a licence, and what it holds."""

    source: str
    content: str
    matches: tuple[Match, ...]


class Texts(NamedTuple):
    """All licence-like files of a folder."""

    copies: tuple[Copy, ...]
    files: tuple[LicenseFile, ...]
    notices: tuple[NoticeFile, ...]


def is_license_name(name: str) -> bool:
    """By its name alone, should the file hold a licence or a use policy?

    >>> is_license_name("LICENSE-MODEL.md"), is_license_name("USE_POLICY.md"), is_license_name("license_check.py"), is_license_name("README.md")
    (True, True, False, False)
    """
    base = name.rsplit("/", 1)[-1]
    return bool(_LICENSE_NAME.search(base)) and not _NOT_TEXT.search(base)


def notice_kind(name: str) -> str | None:
    """`plain` for a file called Notice, `other` for one with the word in its name, None for the rest.

    >>> notice_kind("Notice.txt"), notice_kind("THIRD_PARTY_NOTICES.md"), notice_kind("README.md")
    ('plain', 'other', None)
    """
    base = name.rsplit("/", 1)[-1].lower()
    stem, dot, ending = base.partition(".")
    if not _NOTICE_NAME.search(base) or _NOT_TEXT.search(base):
        return None
    return "plain" if stem in ("notice", "notices") and dot + ending in _TEXT_ENDINGS else "other"


def read_texts(folder: Folder, recognise: Recogniser) -> Texts:
    """Recognise every licence-like file of the folder, the ones at its top first."""
    copies: list[Copy] = []
    files: list[LicenseFile] = []
    notices: list[NoticeFile] = []
    for name in sorted(folder.names, key=lambda name: (name.count("/"), name)):
        kind = notice_kind(name)
        if kind is None and not is_license_name(name):
            continue
        if len(files) + len(notices) >= 60:
            break
        content = folder.read(name, _MOST).text
        matches = recognise(content)
        copies.extend(Copy(name, match, content) for match in matches)
        if kind is not None:
            skip = tuple((match.start_line, match.end_line) for match in matches)
            notices.append(NoticeFile(name, content, kind == "plain", skip))
        else:
            files.append(LicenseFile(name, content, matches))
    return Texts(tuple(copies), tuple(files), tuple(notices))
