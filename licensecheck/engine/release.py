"""A subject in, its licences out: declared, observed, inherited, concluded, and under which of them it can go out as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.compatibility import admits, against, clashes, copyleft, is_read, wholes
from licensecheck.expressions import written
from licensecheck.facts.subject import Subject
from licensecheck.lineage.component import Component
from licensecheck.records import Record

from .checks.base import DERIVED
from .edition import section_of
from .findings import Words

#: A licence, and what it says here.
Said = tuple[str, Mapping[str, Any] | None]
#: Relations after which the material is another work; a converted one is not.
_ADAPTED = ("finetune", "adapter", "merge")


class Answer(Record):
    """An SPDX expression or None, the sentences that say why, and the clauses they rest on."""

    expression: str | None
    why: tuple[str, ...] = ()
    clauses: tuple[dict[str, Any], ...] = ()


def licenses_of(subject: Subject, words: Words) -> dict[str, Any]:
    """The `licenses` of the report."""
    weights = sorted({str(c.license) for c in subject.terms if c.relation in DERIVED and c.license})
    binding = [name for name in weights if not _free(name, subject)]
    declared = subject.declared.id or subject.declared.name or subject.declared.raw
    data = sorted({str(c.license) for c in subject.terms if c.relation == "data" and c.license})
    concluded = {"weights": " AND ".join(binding) if binding else declared, **({"data": " AND ".join(data)} if data else {})}
    if subject.kind == "dataset" and not weights:  # it has none
        concluded = {"data": " AND ".join(data) or declared}
    return {
        "declared": declared,
        "observed": sorted({copy.license for copy in subject.observed.copies if copy.license}),
        **({"observed_code": list(subject.code_licenses)} if subject.code_licenses else {}),
        "inherited": weights,
        "concluded": concluded,
        "releasable": releasable(subject, words),
    }


def releasable(subject: Subject, words: Words) -> dict[str, Any]:
    """Under which licence the whole can go out, or why there is none; data that was only trained on is a layer of its own."""
    layers = {
        layer: [component for component in subject.terms if component.relation in relations]
        for layer, relations in (("weights", DERIVED), ("code", ("code",)), ("data", ("data",)))
    }
    answers = {layer: _Layer(subject, inside, words).answer(layer) for layer, inside in layers.items() if inside or layer == "weights"}
    if subject.kind != "model" and not layers["weights"] and layers["code"]:
        del answers["weights"]
    parts = [answer for layer, answer in answers.items() if layer != "data"]
    known = [answer.expression for answer in parts if answer.expression is not None]
    why = dict.fromkeys(sentence for answer in parts for sentence in answer.why)
    return {
        "expression": _joined(known) if len(known) == len(parts) else None,
        "why": words.join(*why),
        "clauses": [clause for answer in parts for clause in answer.clauses],
        "per_layer": {layer: answer.expression for layer, answer in answers.items()},
    }


class _Layer:
    """What is inside one layer, each component once for every licence that applies to it."""

    def __init__(self, subject: Subject, inside: Sequence[Component], words: Words) -> None:
        self.subject, self.inside, self.words = subject, inside, words
        self.briefs: Mapping[str, Mapping[str, Any]] = subject.briefs
        self.licenses = sorted({str(component.license) for component in inside})

    def answer(self, layer: str) -> Answer:
        if not self.inside:
            return self._own()
        for component in self.inside:
            if component.license in (None, "other", "unknown"):
                return Answer(None, (self._say("unknown", component=component.id),))
            if not is_read(str(component.license), self.briefs):
                return Answer(None, (self._say("unread", license=component.license),))
        if layer == "data":
            return Answer(_joined([self._spdx(name) for name in self.licenses]))
        found = self._forbidden() or self._apart() or self._whole() or self._kept()
        if found is None and layer == "code" and self.subject.kind == "model":  # the card speaks of the weights
            return Answer(_joined([self._spdx(name) for name in self.licenses]))
        return found or self._own()

    def _forbidden(self) -> Answer | None:
        for component in self.inside:
            derivatives = self.briefs[str(component.license)].get("derivatives")
            if derivatives and not derivatives["allowed"] and component.relation in _ADAPTED:
                sides: list[Said] = [(str(component.license), derivatives)]
                return Answer(None, (self._say("no-derivatives", one=self._listed(sides)),), self._clauses(sides))
        return None

    def _apart(self) -> Answer | None:
        """Licences that exclude one another; no licence is left for the whole."""
        found = clashes(self.licenses, self.briefs)
        if not found:
            return None
        said: list[str] = []
        cited: list[dict[str, Any]] = []
        for clash in found:
            sides = [(name, against(name, clash.licenses, self.briefs)) for name in clash.licenses]
            key = "excluded" if clash.answer == "no" else "open"
            said.append(self._say(key, one=self._listed(sides[:1]), other=self._listed(sides[1:])))
            cited += self._clauses(sides)
        return Answer(None, tuple(said), tuple(cited))

    def _whole(self) -> Answer | None:
        """A licence that wants the whole under itself: of several that will do the declared one, one that is inside, any."""
        found = wholes(self.licenses, self.briefs, self.licenses)
        sure = [name for name, answer in found.items() if answer == "yes"]
        if not sure:
            return None
        first = min(sure, key=lambda name: (name not in self._declared(), name not in self.licenses, name))
        strict = [name for name in self.licenses if copyleft(name, self.briefs)]
        sides = [(name, self.briefs[name]["share_alike"]) for name in strict]
        return Answer(self._spdx(first), (self._say("whole", one=self._listed(sides)),), self._clauses(sides))

    def _kept(self) -> Answer | None:
        """Licences that stay on what they came with, all of them side by side."""
        binding = [name for name in self.licenses if not _free(name, self.subject)]
        if not binding:
            return None
        sides = [(name, self.briefs[name].get("own_terms")) for name in binding]
        return Answer(_joined([self._spdx(name) for name in binding]), (self._say("kept", one=self._listed(sides)),), self._clauses(sides))

    def _own(self) -> Answer:
        """Nothing inside stands in the way: what is declared, else what the material came with."""
        declared = self.subject.declared
        barred = [(whole, name) for whole in self._declared() for name in self.licenses if admits(whole, name, self.briefs) == "no"]
        for pair in barred:
            sides = [(name, against(name, pair, self.briefs)) for name in pair]
            said = self._say("excluded", one=self._listed(sides[:1]), other=self._listed(sides[1:]))
            return Answer(None, (said,), self._clauses(sides))
        if declared.expression is not None and declared.parts:
            return Answer(self._declared_text(), (self._say("free"),))
        if declared.id is not None:
            return Answer(self._spdx(declared.id), (self._say("free"),))
        own = declared.name or declared.raw
        if own and own.lower() not in ("other", "unknown") and declared.expression is None:
            return Answer(self._name(own), (self._say("free"),))
        if self.inside:
            return Answer(_joined([self._spdx(name) for name in self.licenses]), (self._say("free"),))
        return Answer(None, (self._say("undeclared"),))

    def _declared(self) -> tuple[str, ...]:
        declared = self.subject.declared
        return declared.parts or ((declared.id,) if declared.id else ())

    def _declared_text(self) -> str:
        expression = self.subject.declared.expression
        assert expression is not None
        choices = [_joined([written(term, self._name) for term in alternative]) for alternative in expression.alternatives]
        return " OR ".join(f"({choice})" if " AND " in choice and len(choices) > 1 else choice for choice in choices)

    def _spdx(self, name: str) -> str:
        """The SPDX id; with "or later" where everything under the licence says so."""
        terms = {term for component in self.inside if component.license == name for term in component.taken if term.license == name}
        later = bool(terms) and all(term.later for term in terms)
        spdx = self._name(name)
        return spdx.removesuffix("-only") + "-or-later" if later and spdx.endswith("-only") else spdx

    def _name(self, name: str) -> str:
        stated = self.briefs.get(name, {}).get("spdx")
        if stated:
            return str(stated)
        return "LicenseRef-" + "".join(char if char.isascii() and (char.isalnum() or char in ".-") else "-" for char in name)

    def _section(self, name: str, side: Mapping[str, Any] | None) -> str | None:
        carrier = next((component for component in self.inside if component.license == name), None)
        return section_of(side, carrier) if side and carrier else (side or {}).get("section")

    def _listed(self, sides: Sequence[Said]) -> str:
        return self.words.say("release", "and", {}).join(self._cited(*side) for side in sides)

    def _clauses(self, sides: Sequence[Said]) -> tuple[dict[str, Any], ...]:
        return tuple({"license": name, "section": self._section(name, side), "url": self._url(name)} for name, side in sides)

    def _cited(self, name: str, side: Mapping[str, Any] | None) -> str:
        section = self._section(name, side)
        return f"{name} ({self.words.section(section)})" if section else name

    def _url(self, name: str) -> str | None:
        return self.briefs.get(name, {}).get("url")

    def _say(self, key: str, **blanks: object) -> str:
        return self.words.say("release", key, blanks)


def _free(name: str, subject: Subject) -> bool:
    return bool((subject.briefs.get(name, {}).get("own_terms") or {}).get("allowed") == "yes")


def _joined(parts: Sequence[str]) -> str:
    flat = dict.fromkeys(part for text in parts for part in ([text] if " OR " in text else text.split(" AND ")))
    return " AND ".join(f"({part})" if " OR " in part and len(flat) > 1 else part for part in flat)
