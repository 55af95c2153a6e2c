"""LICENSE, NOTICE and use-policy files in, which known texts they hold out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from licensecheck.records import Record
from licensecheck.sources.folder import Folder

_LICENSE_WORDS = (
    "license",
    "licence",
    "copying",
    "copyright",
    "terms",
    "agreement",
    "eula",
    "use_policy",
    "use-policy",
    "use policy",
    "usepolicy",
    "许可",
    "协议",
)
_TEXT_ENDINGS = ("", ".txt", ".md", ".markdown", ".rst", ".html", ".htm")
_NOT_TEXT = (
    ".py", ".js", ".ts", ".json", ".yaml", ".yml", ".toml", ".safetensors", ".bin", ".gguf", ".pt", ".pth", ".png", ".jpg",
    ".jpeg", ".gif", ".svg", ".pdf", ".zip", ".gz", ".tar", ".ipynb", ".csv", ".parquet", ".so", ".c", ".cc", ".cpp", ".h", ".cu", ".sh",
)  # fmt: skip
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


class Copy(Record):
    """A known licence text found in a file (or in the gate of a card)."""

    source: str
    match: Match
    content: str


class NoticeFile(Record):
    """A file with `notice` in its name; `plain` when that is all its name says. Lines of licence texts are `skip`ped."""

    source: str
    content: str
    plain: bool
    skip: tuple[tuple[int, int], ...]


class LicenseFile(Record):
    """A file that by its name should hold a licence, and what it holds."""

    source: str
    content: str
    matches: tuple[Match, ...]


class Texts(Record):
    """All licence-like files of a folder."""

    copies: tuple[Copy, ...]
    files: tuple[LicenseFile, ...]
    notices: tuple[NoticeFile, ...]


def is_license_name(name: str) -> bool:
    """By its name alone, should the file hold a licence or a use policy?

    >>> [is_license_name(name) for name in ("LICENSE-MODEL.md", "USE_POLICY.md", "license_check.py", "README.md")]
    [True, True, False, False]
    """
    folder, _, base = name.lower().rpartition("/")
    in_folder = folder.rsplit("/", 1)[-1] in ("licenses", "licences", "license", "licence") and base.endswith(_TEXT_ENDINGS[1:])
    return (in_folder or any(word in base for word in _LICENSE_WORDS)) and not base.endswith(_NOT_TEXT)


def notice_kind(name: str) -> str | None:
    """`plain` for a file called Notice, `other` for one with the word in its name, None for the rest.

    >>> notice_kind("Notice.txt"), notice_kind("THIRD_PARTY_NOTICES.md"), notice_kind("README.md")
    ('plain', 'other', None)
    """
    base = name.rsplit("/", 1)[-1].lower()
    stem, dot, ending = base.partition(".")
    if "notice" not in base or base.endswith(_NOT_TEXT):
        return None
    return "plain" if stem in ("notice", "notices") and dot + ending in _TEXT_ENDINGS else "other"


def lines_of_licenses(matches: tuple[Match, ...], licenses: Collection[str]) -> tuple[tuple[int, int], ...]:
    """The lines of the texts that are licences: a recognised notice sentence is what a file says, a licence is not."""
    return tuple((match.start_line, match.end_line) for match in matches if match.text in licenses)


def read_texts(folder: Folder, recognise: Recogniser, licenses: Collection[str]) -> Texts:
    """Recognise every licence-like file of the folder, the ones at its top first; `licenses` are the ids of the texts that are licences."""
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
            notices.append(NoticeFile(name, content, kind == "plain", lines_of_licenses(matches, licenses)))
        else:
            files.append(LicenseFile(name, content, matches))
    return Texts(tuple(copies), tuple(files), tuple(notices))
