"""A report in, the NOTICE and the attribution out: everything is decided here, the templates only place it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .markdown import plain
from .notices import parts
from .notices.attribution import Writing
from .notices.shipped import Shipped, blocks, on_record, says_it_all
from .notices.styles import STYLES
from .templating import place, words

LANGUAGES = ("en", "zh")
LENGTHS = ("badge", "section", "paragraph")
#: Values of a template of which one at least has to be there: names of files alone say nothing.
_SAYING = ("line", "paragraph", "displays", "components", "changes", "passed_on", "origins", "notices")
#: A line of the section about a licence file: its name, its origin, its digest.
_COPIED = re.compile(r"^- `([^`\n]+)`: `([^`\n]+)`, SHA-256 `([0-9a-f]{64})`\r?$", re.MULTILINE)


def notice(
    report: Any,
    lang: str = "en",
    existing: str = "",
    shipped: Sequence[Shipped] = (),
    own: str = "",
    *,
    fence: bool = False,
    templates: str | None = None,
) -> str:
    """The plain text for NOTICE, "" when no sentence is owed and no notice of an upstream is at hand.

    Of alternatives the one is taken that `existing` has. `shipped` are the notices of upstreams that are at hand; one that `existing` has
    on record stays. What `own`, the part kept by hand, holds already is not said again. `fence` keeps Markdown from reading them.
    `templates` is a folder of one's own.
    """
    spoken = words(lang)
    sentences: dict[str, set[str]] = {}
    for finding in parts.required(report, "notice"):
        text = parts.chosen(finding, existing)
        sentences.setdefault(text, set()).add(plain(finding["component"] or report["subject"]["name"]))
    kept = blocks(report, shipped, on_record(existing), [*sentences], own)
    if not sentences and not kept:
        return ""
    notices = [
        {"text": text, "components": spoken["applies_to"].format(components=spoken["comma"].join(sorted(names)))}
        for text, names in sorted(sentences.items())
    ]
    upstream = [item.written(spoken, fence) for item in kept]
    values = {"lang": lang, "intro": spoken["notice_intro"], "notices": notices, "upstream": upstream}
    return _placed(templates, "notice.txt.j2", values)


def _placed(folder: str | None, name: str, values: Mapping[str, Any]) -> str:
    """By the template of that name in the folder, if it has one, else by the shipped one."""
    if folder is not None:
        from .own_templates import has_own, place_own

        if has_own(folder, name):
            return place_own(folder, name, values)
    return place(name, **values)


def attribution(
    report: Any,
    lang: str = "en",
    existing: str = "",
    origins: Mapping[str, str] | None = None,
    *,
    style: str = "markdown",
    length: str = "section",
    templates: str | None = None,
) -> str:
    """What a document says of its components, "" when nothing of the kind is owed, or nothing can be said that is more than a guess.

    `origins` says where licence files of the folder were copied from; what `existing` has on record of that is kept. `templates` is a
    folder of one's own.
    """
    copied = _copied(report, existing, origins or {})
    if not copied and not is_owed(report):
        return ""
    writing = Writing(report, STYLES[style], words(lang), existing)
    own = {"section": lambda: writing.section(copied), "badge": writing.badge, "paragraph": writing.paragraph}[length]()
    values = {"lang": lang, **writing.shared(), **own}
    if not any(values.get(key) for key in _SAYING):
        return ""
    return _placed(templates, template_name(style, length), values)


def is_owed(report: Any) -> bool:
    """Does any licence ask for an attribution?"""
    return any(item["topic"] in parts.ATTRIBUTED and parts.applies(item) for item in report["findings"]) or bool(parts.passed_on(report))


def template_name(style: str, length: str) -> str:
    """The file in `templates/` that an attribution is placed by."""
    return f"attribution{'' if length == 'section' else '-' + length}.{STYLES[style].ending}.j2"


def section_name(length: str) -> str:
    """The name in the markers: documents may hold an attribution of each length."""
    return "attribution" if length == "section" else f"attribution-{length}"


def heading(lang: str) -> str:
    """The first line of the Markdown section."""
    return f"## {words(lang)['heading']}"


def recorded(report: Any, text: str) -> dict[str, str]:
    """Where licence files were copied from, as a Markdown section has it on record; what has been changed since is not."""
    digests = _digests(report)
    return {match[1]: match[2] for match in _COPIED.finditer(text) if digests.get(match[1]) == match[3]}


def _copied(report: Any, existing: str, origins: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """A line for each licence file whose origin is known, with its digest."""
    digests = _digests(report)
    known = {**recorded(report, existing), **{name: origin for name, origin in origins.items() if name in digests}}
    return [(name, known[name], digests[name]) for name in sorted(known)]


def _digests(report: Any) -> dict[str, str]:
    return {item["path"]: item["sha256"] for item in report["inputs"] if item["sha256"] and "/" not in item["path"]}


def required_texts(report: Any, file: str | None) -> tuple[tuple[str, ...], ...]:
    """What must be found in a document afterwards: for each duty its alternatives, one of which must stand there."""
    return tuple(sorted({tuple(map(parts.line, finding["required"]["texts"])) for finding in parts.required(report, file)}))


def missing_texts(report: Any, file: str | None, text: str, style: str = "text") -> list[str]:
    """The first alternative of each duty of which `text` has none, be it as it is or as the style writes it."""
    written = STYLES[style].words
    wanted = required_texts(report, file)
    return [alternatives[0] for alternatives in wanted if not any(words in text or written(words) in text for words in alternatives)]


def missing_notices(text: str, shipped: Sequence[Shipped]) -> list[str]:
    """The first line of each notice of an upstream that a notice file does not reproduce."""
    plain_text = text.replace("\r\n", "\n")
    said = {line.strip() for line in plain_text.split("\n")}
    return [item.text.split("\n", 1)[0] for item in shipped if item.text not in plain_text and not says_it_all(said, item.text)]
