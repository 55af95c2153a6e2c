"""What the rules say of a licence, already evaluated, in, its reference page in one language out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .explain_words import WORDS as EXPLAINED
from .markdown import code, escaped
from .reference_conditions import Conditions
from .templating import place, template

Record = Mapping[str, Any]
_LONG = 4000
#: A label that the text itself numbers, and not "2nd paragraph".
_NUMBER = re.compile(r"\d+(?![a-z]{2})|[IVXL]+\b|[A-Za-z](?:[.\d]|$)|\w+(?:\.\w+)+")
_EXACT = ("notice", "display", "name_begins", "name_contains")


def reference_words(lang: str) -> Record:
    """The fixed words of the pages in one language."""
    import yaml

    loaded: Mapping[str, Record] = yaml.safe_load(template("reference.yaml"))
    return loaded[lang]


class Page:
    """Turns the evaluated record of one licence into the values of the template."""

    def __init__(self, record: Record, lang: str, words: Record) -> None:
        self.record = record
        self.lang = lang
        self.words = words
        self.conditions = Conditions(words)

    def page(self) -> str:
        """The whole page."""
        return place(
            "reference.md.j2",
            name=f"{self.text(self.record['name'])} ({code(self.record['id'])})",
            words=self.words,
            about=self.about(),
            editions=[self.edition(item) for item in self.record["editions"]],
            uses=[*(self.use(item) for item in self.record["uses"]), *self.whatever()],
            sections=self.sections(),
            policies=[self.policy(item) for item in self.record["use_policies"]],
        )

    def text(self, value: object) -> str:
        """A text of the rules, safe in Markdown, with the words that only a report would fill in."""
        filled = str(value).replace("{component}", self.words["material"]).replace("{subject}", self.words["subject"])
        return escaped(filled, _LONG)

    def said(self, words: Any) -> str:
        return self.text(words if isinstance(words, str) else words[self.lang])

    def section(self, label: str) -> str:
        """A section with its sign; a place that the rules name in words has none."""
        return escaped(self.words["section"].format(section=label) if _NUMBER.match(label) else label)

    def link(self, clause: Record) -> str:
        return f"[{self.section(clause['section'])}](#{anchor(clause['id'])})"

    def about(self) -> list[tuple[str, str]]:
        """Identity, and what is said of the licence as a whole."""
        record, words = self.record, self.words
        rows = [(words["id"], code(record["id"])), (words["publisher"], self.text(record["publisher"]))]
        if record.get("url"):
            rows.append((words["url"], f"<{record['url']}>"))
        if record.get("spdx"):
            rows.append((words["spdx"], code(record["spdx"])))
        if record.get("aliases"):
            rows.append((words["aliases"], words["comma"].join(code(name) for name in record["aliases"])))
        if record["use_policies"]:
            links = [f"[{self.text(policy['name'])}](#{anchor(policy['id'])})" for policy in record["use_policies"]]
            rows.append((words["policies"], words["comma"].join(links)))
        rows.append((words["commercially"], words["commercial"][record["summary"]["commercial"]]))
        own, alike = record.get("own_terms"), record.get("share_alike")
        if own:
            rows.append((words["own_terms"], f"{words['allowed'][own['allowed']]} ({self.section(own['section'])})"))
        if alike:
            names = words["comma"].join(code(name) for name in alike.get("compatible") or ())
            extra = words["semicolon"] + words["compatible"].format(names=names) if names else ""
            rows.append((words["share_alike"], f"{self.section(alike['section'])}{extra}"))
        rows.append((words["verified"], words["yes" if record["verified"] else "no"]))
        return rows

    def edition(self, item: Record) -> dict[str, str]:
        remark = [self.text(item[key]) for key in ("title", "modality") if item.get(key)]
        since = str(item.get("from") or self.words["unknown_day"])
        return {"text": code(item["text"]), "since": since, "remark": self.words["comma"].join(remark)}

    def use(self, use: Record) -> dict[str, Any]:
        """One use case: the clauses by group, each with what it depends on."""
        groups = []
        for group, title in self.words["groups"].items():
            items = [self.entry(entry) for entry in use["clauses"] if entry["group"] == group]
            items += self.freedoms(use) if group == "may" else []
            if items:
                groups.append({"title": title, "entries": items})
        return {"title": use["title"][self.lang], "means": use["means"][self.lang], "groups": groups}

    def whatever(self) -> list[dict[str, Any]]:
        """What informs, and how the licence ends, told once for all uses."""
        uses = self.record["uses"]
        groups = []
        for group, title in self.words["general"].items():
            where: dict[str, list[str]] = {}
            clauses: dict[str, Record] = {}
            for use in uses:
                for entry in use["clauses"]:
                    if entry["group"] == group:
                        clauses[entry["clause"]["id"]] = entry["clause"]
                        where.setdefault(entry["clause"]["id"], []).append(use["title"][self.lang])
            entries = [self.general(clause, where[name], len(uses)) for name, clause in clauses.items()]
            groups += [{"title": title, "entries": entries}] if entries else []
        return [{"title": self.words["whatever"], "means": self.words["whatever_means"], "groups": groups}] if groups else []

    def general(self, clause: Record, titles: Sequence[str], uses: int) -> dict[str, Any]:
        notes = [] if len(titles) == uses else [self.words["in_uses"].format(uses=self.words["comma"].join(titles))]
        return {"text": f"{self.link(clause)} {self.said(clause['says'])}", "notes": notes}

    def freedoms(self, use: Record) -> list[dict[str, Any]]:
        """What no clause stands against, and what the licence says of other terms."""
        found = []
        against = [item for case in use["commercial"].values() for item in case]
        clauses = {entry["clause"]["id"]: entry["clause"] for entry in use["clauses"]}
        if not against and self.record["summary"]["commercial"] != "no" and use["clauses"]:
            found.append(self.words["commercial_free"])
        elif against and not any(state == "no" for _, state in against):
            links = self.words["comma"].join(self.link(clauses[name]) for name in dict.fromkeys(name for name, _ in against))
            found.append(self.words["commercial_maybe"].format(links=links))
        own = self.record.get("own_terms")
        if own and own["allowed"] != "no" and use["id"] == "release":
            section = self.section(own["section"])
            found.append(self.words["own_terms_may"].format(allowed=self.words["allowed"][own["allowed"]], section=section))
        return [{"text": text, "notes": []} for text in found]

    def entry(self, entry: Record) -> dict[str, Any]:
        """A clause in a use case, with the cases it stands in, what it depends on, and what is not settled."""
        clause, words = entry["clause"], self.words
        exact = self.exact(clause)
        notes = [*([words["exact"].format(texts=exact)] if exact else []), *self.standing(entry)]
        if clause.get("attest"):
            notes.append(words["attested"].format(ask=self.said(clause["attest"]["ask"])))
        if clause.get("policy"):
            notes.append(words["see_policy"].format(policy=self.text(clause["policy_name"]), anchor=anchor(clause["policy"])))
        return {"text": f"{self.link(clause)} {self.said(clause['says'])}", "notes": notes}

    def standing(self, entry: Record) -> list[str]:
        """Cases that stand alike are told together; what holds in all of them is told without naming them."""
        words, cases = self.words, entry["cases"]
        notes = []
        for condition, names in grouped({case: self.condition(found["depends"]) for case, found in cases.items()}):
            everywhere = entry["everywhere"] and len(names) == len(cases)
            told = self.cases(names)
            if condition:
                notes.append(words["depends" if everywhere else "depends_only"].format(condition=condition, cases=told))
            elif not everywhere:
                notes.append(words["only"].format(cases=told))
        exceptions = {self.exception(branch) for found in cases.values() for branch in found["unless"]}
        notes += sorted(exceptions)
        doubts: dict[str, dict[str, str]] = {}
        for case, found in cases.items():
            for branch in found["unsettled"]:
                doubts.setdefault(self.said(branch["why"]), {})[case] = self.condition(branch["when"])
        for why, where in doubts.items():
            for condition, names in grouped(where):
                everywhere = len(names) == len(cases)
                key = "unsettled_if" if condition else "unsettled" if everywhere else "unsettled_only"
                notes.append(words[key].format(why=why, condition=condition, cases=self.cases(names)))
        return notes

    def exception(self, branch: Record) -> str:
        said = {"condition": self.condition(branch["when"]), "section": self.section(branch["section"])}
        return str(self.words["unless"].format(why=self.said(branch["why"]), **said))

    def cases(self, names: Sequence[str]) -> str:
        return str(self.words["comma"].join(self.words["relations"][name] for name in names))

    def condition(self, node: Record | None) -> str:
        return escaped(self.conditions.sentence(node), _LONG) if node else ""

    def exact(self, clause: Record) -> str:
        """The words that a requirement asks for, as they must stand."""
        requires = clause.get("requires") or {}
        texts = [
            text for key in _EXACT if key in requires for text in ([requires[key]] if isinstance(requires[key], str) else requires[key])
        ]
        return str(self.words["condition"]["or"].join(code(blanks(text), _LONG) for text in texts))

    def sections(self) -> list[dict[str, Any]]:
        """All clauses in the order of the file, those of one section together."""
        found: dict[str, list[dict[str, Any]]] = {}
        for clause in self.record["clauses"]:
            found.setdefault(clause["section"], []).append(self.clause(clause))
        return [{"title": self.section(label), "clauses": clauses} for label, clauses in found.items()]

    def clause(self, clause: Record) -> dict[str, Any]:
        """Everything of one clause."""
        words = self.words
        trees = [(words["when"], [(clause["when"], "")])]
        trees += [(words["forbids"], [(clause["forbids"], "")])] if clause.get("forbids") else []
        for key, title in (("unless", words["exceptions"]), ("unsettled", words["settle"])):
            branches = [(branch["when"], self.why(branch)) for branch in clause[key]]
            trees += [(title, branches)] if branches else []
        return {
            "id": anchor(clause["id"]),
            "title": code(f"{self.record['id']}/{clause['id']}"),
            "kind": words["kinds"][clause["effect"]],
            "says": self.said(clause["says"]),
            "rows": self.rows(clause),
            "trees": [{"title": title, "lines": self.tree(branches)} for title, branches in trees],
        }

    def why(self, branch: Record) -> str:
        section = f"{self.section(branch['section'])}{self.words['colon']}" if branch.get("section") else ""
        return section + self.said(branch["why"])

    def tree(self, branches: Sequence[tuple[Record, str]]) -> list[str]:
        """Conditions as a nested list; the reason of each stands before it."""
        lines = []
        for node, why in branches:
            deeper = 1 if why else 0
            lines += [f"- {why}"] if why else []
            lines += ["    " * (depth + deeper) + f"- {escaped(text, _LONG)}" for depth, text in self.conditions.lines(node)]
        return lines

    def rows(self, clause: Record) -> list[tuple[str, str]]:
        words, explained = self.words, EXPLAINED[self.lang]
        rows: list[tuple[str, str]] = []
        if clause["binds"] != "material":
            rows.append((words["binds"], explained["binds." + clause["binds"]]))
        if clause.get("editions"):
            rows.append((words["stands"], words["comma"].join(code(name) for name in clause["editions"])))
        for edition, label in (clause.get("sections") or {}).items():
            rows.append((words["numbering"], words["numbered"].format(section=self.section(label), edition=code(edition))))
        wanted = [self.wanted(key, value) for key, value in (clause.get("requires") or {}).items()]
        rows += [(words["requires"], words["semicolon"].join(wanted))] if wanted else []
        rows += [(words["remedy"], self.said(clause["remedy"]))] if clause.get("remedy") else []
        return rows

    def wanted(self, key: str, value: Any) -> str:
        """One part of a requirement, its exact words as code."""
        texts = [value] if isinstance(value, str) else [" / ".join(item) if isinstance(item, list) else str(item) for item in value]
        shown = self.words["condition"]["or"].join(code(blanks(text), _LONG) for text in texts)
        return str(EXPLAINED[self.lang].get(f"requires.{key}", f"{key}: {{value}}").replace("{value}", shown))

    def policy(self, policy: Record) -> dict[str, Any]:
        """A use policy: the purposes it names, section by section."""
        parts = []
        for key, title in self.words["purposes"].items():
            lines = [self.purpose(row) for row in policy.get(key) or ()]
            parts += [{"title": title, "lines": lines}] if lines else []
        url = f"<{policy['url']}>" if policy.get("url") else ""
        about = self.words["policy_about"].format(publisher=self.text(policy["publisher"]), url=url).strip()
        return {"title": f'<a id="{anchor(policy["id"])}"></a>{self.text(policy["name"])}', "about": about, "parts": parts}

    def purpose(self, row: Record) -> str:
        names = self.words["comma"].join(code(name) for name in row["purposes"])
        why = f" ({self.said(row['why'])})" if row.get("why") else ""
        return f"{self.section(row['section'])}{self.words['colon']}{names}{why}"


def grouped(values: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Keys with the same value together, in their order.

    >>> grouped({"a": "x", "b": "y", "c": "x"})
    [('x', ['a', 'c']), ('y', ['b'])]
    """
    found: dict[str, list[str]] = {}
    for key, value in values.items():
        found.setdefault(value, []).append(key)
    return list(found.items())


def blanks(text: str) -> str:
    return text.replace("{component}", "…").replace("{subject}", "…")


def anchor(name: str) -> str:
    """An id that a link can lead to.

    >>> anchor("acme-open.2 (b)")
    'acme-open.2--b-'
    """
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in name)


def file_name(license_id: str) -> str:
    """The page of a licence.

    >>> file_name("open++")
    'open--.md'
    """
    return anchor(license_id) + ".md"
