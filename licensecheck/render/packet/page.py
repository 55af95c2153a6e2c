"""Reports in both languages in, the page out: words, style, script and data in one file that asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from licensecheck.render.templating import template
from licensecheck.report import KINDS

from .bilingual import Both, paired, prose, twins
from .subject import Subject, subject
from .words import Glossary, Words

#: The script and the style by their digests, and nothing else from anywhere.
_POLICY = "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"


def render(
    reports: Sequence[Any],
    translated: Sequence[Any],
    *,
    tool: Mapping[str, str],
    glossary: Glossary | None = None,
    forms: Sequence[Mapping[str, Any] | None] = (),
    lists: Mapping[str, Any] | None = None,
    lang: str = "en",
) -> str:
    """The page, a whole HTML document. `reports` are in English, `translated` the same in Chinese, in the same order.

    `tool` is `{version, knowledge}`; `forms` has for each report what its answers are written with (`interview.blanks`), None
    where there is no form; `lists` are the closed lists that answers are compared with; `lang` is the language shown first.
    """
    words = Words(glossary or Glossary())
    subjects: list[Subject] = []
    anchors: Counter[str] = Counter()
    for number, (report, other) in enumerate(zip(reports, translated, strict=True), 1):
        first = sum(len(item.views) for item in subjects) + 1
        form = forms[number - 1] if number <= len(forms) else None
        subjects.append(subject(twins(report, other), number, first, anchors, form, words))
    every = [view for item in subjects for view in item.views]
    style, script = template("packet.css"), template("packet.js")
    policy = _POLICY.format(script=digest(script), style=digest(style))
    title = words.say("title.of", name=subjects[0].report["subject"]["name"] or "?") if len(subjects) == 1 else words.say("title")
    data = {
        "forms": [_form(item) for item in subjects],
        "lists": paired(dict(lists or {}), None),
        "words": {key: [both.en, both.zh] for key, both in words.words.items() if key.startswith(("filter.count", "decide.count"))},
        "title": [title.en, title.zh],
        "messages": {key: [both.en, both.zh] for key, both in words.script.items()},
    }
    return str(
        _compiled().render(
            subjects=subjects,
            say=words.say,
            words=words,
            title=title,
            tool=tool,
            lang=lang,
            policy=policy,
            style=_inline(style),
            script=_inline(script),
            data=data,
            topics=_topics(subjects),
            components=list(dict.fromkeys(str(view.finding["component"]) for view in every if view.finding["component"])),
            kinds=[kind for kind in (*KINDS, "waived") if kind in {view.kind for view in every}],
        )
    )


def digest(text: str) -> str:
    """The source expression of a policy for one inline text (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _topics(subjects: Sequence[Subject]) -> list[tuple[str, Both | str]]:
    found = {str(view.finding["topic"]): view.topic for item in subjects for view in item.views}
    return [(name, found[name]) for name in sorted(found)]


def _form(item: Subject) -> dict[str, Any] | None:
    return {"key": item.key, **item.form} if item.form is not None else None


def _inline(text: str) -> Any:
    """A file of our own, set into the page as it is: its digest stands in the policy."""
    from markupsafe import Markup

    return Markup(text)


@cache
def _compiled() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True)
    environment.filters["prose"] = prose
    return environment.from_string(template("packet.html.j2"))
