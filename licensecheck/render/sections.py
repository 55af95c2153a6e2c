"""The label of a section in, the label as a language writes it out."""

from __future__ import annotations

import re

#: What is counted (“2nd paragraph”), what is numbered (“item ii”) and what has a name, where a language has words of its own.
_COUNTED = {"zh": {"paragraph": "第 {n} 段", "item": "第 {n} 项", "sentence": "第 {n} 句", "condition": "第 {n} 项条件"}}
_ATTACHED = dict.fromkeys(("exhibit", "attachment", "annex"), "附件 {n}")
_NUMBERED = {"zh": {"items": "第 {n} 项", "item": "第 {n} 项", "part": "第 {n} 部分", **_ATTACHED}}
_NAMED = {
    "zh": {
        "appendix": "附录",
        "preamble": "序言",
        "closing paragraph": "结尾段落",
        "last paragraph": "末段",
        "README of the publisher": "发布者的 README",
    }
}
_COUNT = re.compile(r"(\d+)(?:st|nd|rd|th) ([a-z]+)")
_NUMBER = re.compile(r"([a-z]+) ([\w.]{1,8}(?: and \w{1,4})?)")


def section_in(label: str, lang: str) -> str:
    """Headings of the text itself stay as the text has them.

    >>> section_in("2.e, item i", "zh"), section_in("2nd paragraph", "zh"), section_in("Permitted Use", "zh")
    ('2.e，第 i 项', '第 2 段', 'Permitted Use')
    """
    if lang not in _NAMED:
        return label
    return "，".join(_part(part, lang) for part in label.split(", "))


def _part(part: str, lang: str) -> str:
    if part in _NAMED[lang]:
        return _NAMED[lang][part]
    counted, numbered = _COUNT.fullmatch(part), _NUMBER.fullmatch(part)
    if counted and counted[2] in _COUNTED[lang]:
        return _COUNTED[lang][counted[2]].format(n=counted[1])
    if numbered and numbered[1] in _NUMBERED[lang]:
        return _NUMBERED[lang][numbered[1]].format(n=numbered[2].replace(" and ", "、"))
    head, dot, tail = part.partition(".")
    return f"{_NAMED[lang][head]} {tail}" if dot and head in _NAMED[lang] else part
