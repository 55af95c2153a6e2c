"""A compiled condition in, the sentence tree that says when it holds out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Tree = list[tuple[int, str]]

_EN = {
    "all": "all of:",
    "any": "any of:",
    "not": "not:",
    "some": "some other component:",
    "every": "every other component:",
    "term": "“{term}”, that is:",
    "in": "{fact} is {value}",
    "holds": "{fact} has {value}",
    "only": "{fact} is nothing but {value}",
    "within": "{fact} is in {value}",
    "above": "{fact} is above {value}",
    "at_least": "{fact} is {value} or more",
    "or": " or ",
    "comma": ", ",
    "month": " in {month}",
    "always": "always",
}
_ZH = {
    "all": "同时满足：",
    "any": "满足任一：",
    "not": "不满足：",
    "some": "某个其他组件：",
    "every": "每个其他组件：",
    "term": "“{term}”，即：",
    "in": "{fact} 为 {value}",
    "holds": "{fact} 包含 {value}",
    "only": "{fact} 仅为 {value}",
    "within": "{fact} 位于 {value}",
    "above": "{fact} 高于 {value}",
    "at_least": "{fact} 不低于 {value}",
    "or": " 或 ",
    "comma": "、",
    "month": "（{month}）",
    "always": "始终",
}
_WORDS = {"en": _EN, "zh": _ZH}


def described(node: Mapping[str, Any], lang: str = "en", depth: int = 0) -> Tree:
    """Depth and text of each line.

    >>> described({"op": "not", "of": [{"op": "fact", "fact": "release.weights", "test": "in", "value": ["none"]}]})
    [(0, 'not:'), (1, 'release.weights is none')]
    """
    words = _WORDS[lang]
    children = node.get("of") or []
    if node["op"] == "fact":
        return [(depth, _leaf(node, words))]
    if node["op"] in ("all", "any") and len(children) < 2:
        return described(children[0], lang, depth) if children else [(depth, words["always"])]
    title = words["term"].format(term=node["term"]) if node["op"] == "term" else words[node["op"]]
    return [(depth, title), *(line for child in children for line in described(child, lang, depth + 1))]


def _leaf(node: Mapping[str, Any], words: Mapping[str, str]) -> str:
    values = node["value"] if isinstance(node["value"], list) else [node["value"]]
    shown = [node["label"]] if node.get("label") else [_value(value) for value in values]
    value = (words["comma"].join(shown[:-1]) + words["or"] + shown[-1]) if len(shown) > 1 else shown[0]
    if node.get("currency"):
        value += " " + str(node["currency"])
    text = words[node["test"]].format(fact=node["fact"], value=value)
    return text + words["month"].format(month=node["month"]) if node.get("month") else text


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
