"""`templates/packet.yaml` in, the packet's own words out, in both languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from licensecheck.render.templating import template

from .bilingual import Both, clean


@dataclass(frozen=True)
class Glossary:
    """What the rules call things, by id, each `{en, zh}`; what has no entry goes by its id."""

    relations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Words:
    """The words of the page; called in templates as `say("key", n=3)`."""

    def __init__(self, glossary: Glossary) -> None:
        import yaml

        loaded = yaml.load(template("packet.yaml"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self.words = {key: both(value) for key, value in loaded["words"].items()}
        self.topics = {key: both(value) for key, value in loaded["topics"].items()}
        self.script = {key: both(value) for key, value in loaded["script"].items()}
        self.facts = {key: both(value) for key, value in {**loaded["facts"], **glossary.facts}.items()}
        self.relations = {key: both(value) for key, value in glossary.relations.items()}

    def say(self, key: str, **values: object) -> Both:
        """A fixed phrase with its blanks filled; with `n`, the English singular is the key followed by `.1`."""
        found = self.words[key]
        if values.get("n") == 1 and key + ".1" in self.words:
            found = self.words[key + ".1"]
        return found.format(**values) if values else found

    def named(self, group: str, value: object) -> Both | str:
        """The word for one value of a closed list; a value that has none stands for itself."""
        return self.words.get(f"{group}.{value}") or str(value)

    def joined(self, group: str, values: Iterable[object]) -> Both:
        """Words for values of a closed list, one after another."""
        named = [value if isinstance(value, Both) else Both(value, value) for value in (self.named(group, one) for one in values)]
        comma = self.words["comma"]
        return Both(comma.en.join(one.en for one in named), comma.zh.join(one.zh for one in named))

    def topic(self, name: str) -> Both | str:
        return self.topics.get(name, name)

    def fact(self, name: str) -> Both | str:
        return self.facts.get(name, name)

    def relation(self, name: str | None) -> Both | str:
        """How a component came in; of one that was only compared (`name` ends in a question mark) no more than possibly."""
        if not name:
            return self.words["unknown"]
        known = self.relations.get(name.rstrip("?"), name.rstrip("?"))
        return self.words["possibly"].format(relation=known) if name.endswith("?") else known


def both(value: Mapping[str, Any]) -> Both:
    """`{en, zh}` as one text."""
    return Both(clean(str(value["en"])), clean(str(value["zh"])))
