"""What documents claim of a model's descent in, the model that each such sentence names out: for want of a better source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from licensecheck.evidence import Found
from licensecheck.report import Evidence

from .claims import Claim
from .documents import FILES, Document, ids_in, until_stop

_MOST = 8
#: characters behind a phrase that still belong to the name in it
_BEHIND = 120
#: how a line of news begins, and an entry in a list of projects; compiled where they are used
_DATE = (
    r"[\W_]{0,20}(?:20\d\d\s?[-./年]\s?\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]20\d\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? ?\d{1,2},? 20\d\d)"
)
_ENTRY = r"\s*[-*+]\s+[\W_]{0,8}\[([^\[\]]{1,80})\]\((?:https?://)?github\.com/[^()\s]{1,200}\)[*_\s]{0,4}(?:[:：,，]|[-–—]\s)"
_LINK = r"\[[^\[\]]{1,80}\]\([^()\s]{1,200}\)"
_WE = ("we ", "our ", "this model", "this repo", "我们", "本项目", "本模型", "本仓库")
_ID = r"(?<![\w./:@-])([A-Za-z0-9][\w-]{1,38}/[A-Za-z][\w.-]{1,95})(?![\w/])"
_MERGED = r"merg|blend|合并|合併|融合"
_BY_US = r"\b(?:we|it is|it was) |我们|我方|我司"
_SHORTEST = 3
_NAME_ENDS = (")", " and ", " with ", ", ", "和", "与")


def bases_claimed(claims: Iterable[Claim]) -> Iterator[Found]:
    """A `claim` for each sentence that says what the model is based on: its id (of merged models all) or its words; ids come first."""
    named: list[Found] = []
    spoken: list[Found] = []
    for claim in claims:
        if claim.id != "based-on" or not claim.strong or len(named) + len(spoken) >= _MOST:
            continue
        words = _words(claim)
        ids = [found[0] for found in ids_in(words, every=False)] or _ids(words)
        merged = len(ids) > 1 and re.search(_MERGED, words, re.IGNORECASE) is not None
        for name in ids if merged else ids[:1]:
            named.append(Found("merge" if merged else None, "claim", name, claim.evidence))
        if not ids:
            spoken.append(Found(None, "claim", words, claim.evidence))
    yield from named
    yield from spoken


def changes_claimed(claims: Iterable[Claim], deeds: Sequence[str]) -> tuple[Evidence, ...]:
    """The first sentence in which its makers say what they did to another model, as a statement of changes; empty for none."""
    for claim in claims:
        said = claim.id == "based-on" and claim.strong and re.search(_BY_US, claim.sentence) is not None
        if said and any(deed in claim.sentence for deed in deeds):
            evidence = claim.evidence.copy()
            evidence["key"] = "statement of changes"
            return (evidence,)
    return ()


def _ids(words: str) -> list[str]:
    """What looks like an id on the Hub in words of a sentence: it has a number, and is no file and no address."""
    found = (match[1].rstrip(".-_") for match in re.finditer(_ID, words))
    return [name for name in found if any(char.isdigit() for char in name) and not name.lower().endswith(FILES)]


def without_others(found: Sequence[Found], documents: Mapping[str, Document], own: Sequence[str]) -> list[Found]:
    """Leave out what news and lists of projects say of other models; `own` are names of the subject, in lower case."""
    lines = {source: document.content.lower().split("\n") for source, document in documents.items()}
    return [item for item in found if not _is_of_others(item.evidence, lines, own)]


def _is_of_others(evidence: Evidence, lines: Mapping[str, Sequence[str]], own: Sequence[str]) -> bool:
    """Said in a dated line behind a link, or in an entry that begins with a link to a project, without the subject's own name?"""
    number, known = evidence.get("line"), lines.get(evidence["source"], ())
    line = known[number - 1][:2_000] if number and number <= len(known) else ""
    if "](" not in line:
        return False
    entry = re.match(_ENTRY, line)
    before = line[: max(0, line.find(str(evidence["value"]).lower()))]
    if entry is None and (not re.match(_DATE, line) or not re.search(_LINK, before) or any(word in line for word in _WE)):
        return False
    said = entry[1] if entry else line
    return not any(len(name) >= _SHORTEST and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", said) for name in own)


def _words(claim: Claim) -> str:
    """The words of the claim, and what follows them in their clause."""
    value, snippet, column = claim.evidence["value"], claim.evidence.get("snippet"), claim.evidence.get("column")
    if not snippet or not column:
        return value
    rest = snippet[column - 1 :]
    return value + _rest_of_name(until_stop(rest[len(value) :])[:_BEHIND]) if rest.startswith(value) else value


def _rest_of_name(text: str) -> str:
    """What follows, as far as it belongs to the name: to the end of a link, not to what is named beside it."""
    return text[: min((at for mark in _NAME_ENDS if (at := text.find(mark)) >= 0), default=len(text))]
