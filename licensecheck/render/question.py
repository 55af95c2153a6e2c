"""A question and the findings that wait for it in, the block that is shown before a person answers out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .asked import outcomes
from .blocks import cited, detail
from .terminal import Look, cells, pad, safe

WORDS = {
    "en": {
        "left": "Question {n} ({left} more after it, if nothing changes that)",
        "last": "Question {n}",
        "about": "about {component}",
        "how": "{form}; Enter: leave it open, q: stop and keep what was answered",
        "bool": "yes or no",
        "figure": "a number or a bound such as <10000000, or <10 million",
        "money": "an amount with its currency, for example 5 million EUR or <1000000 USD",
        "country": "country codes, for example DE or NL, US",
        "enum": "{choices} (or the number)",
        "set": "one or several, by name or number, with commas between them",
        "built_from": "owner/name of the model (several with commas), or: scratch",
        "component.license": "a licence id, as `llm-licensecheck licenses` lists them, or an SPDX expression",
        "text": "in words",
        "list": ", ",
        "noted": "Noted.",
        "still": "Noted, but that leaves it open: see what each answer would mean.",
        "wrong": "That is no answer yet: {why}",
        "unused": "not needed: {facts}",
        "wrote": "{path}: {facts} written",
        "open": "open: {fact}: {ask}",
        "confirm": "for a person to confirm: {rules}",
        "settled": "nothing is left to ask",
    },
    "zh": {
        "left": "问题 {n}（若无变化，其后还有 {left} 个）",
        "last": "问题 {n}",
        "about": "关于 {component}",
        "how": "{form}；回车：暂不回答，q：停止并保留已有回答",
        "bool": "是或否（yes / no）",
        "figure": "数字，或如 <10000000、<1000万 的上限",
        "money": "金额与币种，例如 500万 EUR 或 <1000000 USD",
        "country": "国家代码，例如 DE 或 NL, US",
        "enum": "{choices}（或其编号）",
        "set": "一项或多项，填写名称或编号，以逗号分隔",
        "built_from": "模型标识“组织/名称”（可用逗号分隔多个），或：scratch",
        "component.license": "许可标识（见 `llm-licensecheck licenses`）或 SPDX 表达式",
        "text": "文字",
        "list": "、",
        "noted": "已记录。",
        "still": "已记录，但仍未定：请看每种回答的结果。",
        "wrong": "尚不能作为回答：{why}",
        "unused": "无须回答：{facts}",
        "wrote": "{path}：已写入 {facts}",
        "open": "待答：{fact}：{ask}",
        "confirm": "须由人确认：{rules}",
        "settled": "没有待答的问题",
    },
}


def block(query: Any, number: int, left: int, look: Look, lang: str) -> list[str]:
    """The question, the clauses behind it, what each answer would make of them, and what an answer looks like."""
    words = WORDS[lang]
    head = words["left" if left else "last"].format(n=number, left=left)
    if query.component:
        head += " " + words["about"].format(component=safe(query.component, 120))
    lines = [look.paint("dim", head), *(look.paint("strong", line) for line in look.prose(query.ask))]
    rules = dict.fromkeys(f"{cited(item, item['rule'], lang)}{look.words['colon']}{safe(item['title'])}" for item in query.findings)
    lines += detail("rules", rules, look)
    if len(rules) == 1:
        lines += detail("why", [query.findings[0]["message"]], look)
    lines += detail("then", outcomes(list(query.findings), look), look)
    lines += _listed(query.choices, look)
    lines += detail("help", [words["how"].format(form=_form(query, words))], look)
    return lines


def why_not(query: Any, message: str, lang: str) -> str:
    """Why an answer is none: the message itself, or what an answer looks like where the message is in another language."""
    return message if lang == "en" else _form(query, WORDS[lang])


def _form(query: Any, words: dict[str, str]) -> str:
    kind = str(query.row.get("type"))
    key = query.fact if query.fact in words else kind if kind in words else "text"
    return words[key].format(choices=words["list"].join(f"{n} {name}" for n, (name, _) in enumerate(query.choices, 1)))


def _listed(choices: Sequence[tuple[str, str]], look: Look) -> list[str]:
    """Choices with their meanings, numbered; those without stand in the line that says what an answer looks like."""
    if not any(means for _, means in choices):
        return []
    width = max(cells(name) for name, _ in choices)
    lines: list[str] = []
    for number, (name, means) in enumerate(choices, 1):
        lines += look.prose(means, f"     {number:>3} {pad(name, width)}  ")
    return lines
