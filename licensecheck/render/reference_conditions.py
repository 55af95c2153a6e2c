"""A condition, or what is left of one, in, the words of a reference page for it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Node = Mapping[str, Any]


class Conditions:
    """Says conditions in the words of one language: in a sentence, or line by line."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words["condition"]
        self.facts = words["facts"]
        self.phrases = words["phrases"]
        self.values = words["values"]
        self.tree = words["tree"]

    def sentence(self, node: Node) -> str:
        """The whole condition in one sentence.

        >>> words = {"condition": {"any": " or ", "true": "{fact}"}, "facts": {"a": "it is sold", "b": "it is hired"}}
        >>> words.update(phrases={}, values={}, tree={})
        >>> leaves = [{"op": "fact", "fact": fact, "test": "in", "value": [True]} for fact in ("a", "b")]
        >>> Conditions(words).sentence({"op": "any", "of": leaves})
        'it is sold or it is hired'
        """
        if node["op"] == "fact":
            return self.leaf(node)
        parts = [self.sentence(child) for child in node.get("of") or ()]
        if node["op"] in ("all", "any") and len(parts) > 1:
            inner = [
                f"({part})" if child["op"] in ("all", "any") and child["op"] != node["op"] and len(child["of"]) > 1 else part
                for child, part in zip(node["of"], parts, strict=True)
            ]
            return str(self.words[node["op"]]).join(inner)
        if not parts:
            return str(self.words["unknown"])
        return str(self.words["not"]).format(part=parts[0]) if node["op"] == "not" else parts[0]

    def lines(self, node: Node, depth: int = 0) -> list[tuple[int, str]]:
        """Depth and words of each line."""
        children = node.get("of") or []
        if node["op"] == "fact":
            return [(depth, self.leaf(node))]
        if node["op"] in ("all", "any") and len(children) < 2:
            return self.lines(children[0], depth) if children else [(depth, self.tree["always"])]
        title = self.tree[node["op"]].format(term=node.get("term", ""))
        return [(depth, title), *(line for child in children for line in self.lines(child, depth + 1))]

    def leaf(self, node: Node) -> str:
        """One tested fact."""
        fact = self.facts.get(node["fact"], node["fact"])
        values = node["value"] if isinstance(node["value"], list) else [node["value"]]
        if node["test"] == "in" and values in ([True], [False]):
            return str(self.words["true" if values[0] else "false"]).format(fact=fact)
        named = self.values.get(node["fact"], {})
        shown = [node["label"]] if node.get("label") else [_shown(value, named) for value in values]
        value = shown[0] if len(shown) == 1 else self.words["comma"].join(shown[:-1]) + self.words["or"] + shown[-1]
        if node.get("currency"):
            value += f" {node['currency']}"
        key = node["fact"] if node["test"] in ("in", "holds", "within") else f"{node['fact']} {node['test']}"
        phrase = self.phrases.get(key, self.words[node["test"]])
        text = str(phrase).format(fact=fact, value=value)
        return text + self.words["month"].format(month=node["month"]) if node.get("month") else text

    def figure(self, node: Node) -> str:
        """A limit, as short as a table wants it."""
        unit = node.get("currency") or ""
        return str(self.words["figure"]).format(
            sign=">" if node["test"] == "above" else "≥", value=f"{node['value']:,} {unit}".strip(), fact=self.facts[node["fact"]]
        )


def _shown(value: object, named: Mapping[str, str]) -> str:
    return f"{value:,}" if isinstance(value, int | float) else named.get(str(value), str(value))
