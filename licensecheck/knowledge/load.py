"""The knowledge in `rules/`, loaded by need from its index: in a wheel beside this file, in a checkout in the user's cache."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from .copies import candidates, family_of
from .identity import fold_name, resolved
from .registry import Row, find, find_terms, organisation_of
from .state import quick_state

_HERE = os.path.dirname(os.path.abspath(__file__))
_SHIPPED = os.path.join(_HERE, "_index")


def rules_folder() -> str:
    """Where `rules/` lies: inside the installed package, else beside it in a checkout."""
    package = os.path.dirname(_HERE)
    for folder in (os.path.join(package, "rules"), os.path.join(os.path.dirname(package), "rules")):
        if os.path.isdir(os.path.join(folder, "licenses")):
            return folder
    raise FileNotFoundError("the folder rules/ is neither in the package nor beside it")


class Knowledge:
    """Everything the rule files say. Parts are read when first asked for."""

    def __init__(self, index: str, rules: str) -> None:
        self.index = index
        self.rules = rules
        self.core: dict[str, Any] = self._read("core.json")
        self._licenses: dict[str, dict[str, Any]] = {}
        self._places: dict[str, Any] | None = None
        self._rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._policies: dict[str, Any] | None = None
        self._copies: dict[str, Any] | None = None

    def _read(self, name: str) -> Any:
        with open(os.path.join(self.index, name), "rb") as file:
            return json.loads(file.read())

    @property
    def version(self) -> str:
        return str(self.core["knowledge"]["version"])

    def table(self, name: str) -> dict[str, Any]:
        """One of the tables: facts, relations, topics, purposes, messages, phrases, ..."""
        table: dict[str, Any] = self.core[name]
        return table

    def words(self) -> dict[str, Any]:
        """What documents are read with: the phrases, the lexicon of claims, the words of families, the texts that are licences."""
        families = sorted({" ".join(row["words"]).replace("-", " ") for row in self.table("families")["families"]})
        names = {name for family in families for name in (family, family.replace(" ", "-"), family.replace(" ", ""))}
        return {
            **self.table("phrases"),
            "origin": self.table("claims"),
            "families": sorted(names | _stems(families) | set(self.table("claims")["names"])),
            "license_texts": self.core["licenses"]["texts"],
        }

    def license_ids(self) -> tuple[str, ...]:
        """The licences that have rules, sorted."""
        return tuple(sorted(name for name, brief in self.core["licenses"]["brief"].items() if brief["known"]))

    def license(self, name: str) -> dict[str, Any]:
        """The compiled file of a licence that has rules; KeyError otherwise."""
        if not self.brief(name).get("known"):
            raise KeyError(name)
        if name not in self._licenses:
            self._licenses[name] = self._read(os.path.join("license", f"{name}.json"))
        return self._licenses[name]

    def brief(self, name: str) -> dict[str, Any]:
        """What is said of a licence id without its clauses; empty when the id is unknown."""
        found: dict[str, Any] = self.core["licenses"]["brief"].get(name, {})
        return found

    def techniques(self) -> dict[str, Any]:
        """Techniques that compare models, with what each can show; read where there is something to read by it."""
        found: dict[str, Any] = self._read("techniques.json")
        return found

    def near(self, name: str) -> list[str]:
        """The ids of published models whose name a name is, but for marks of a copy; best first."""
        if self._copies is None:
            self._copies = self._read("copies.json")
        return candidates(name, self._copies["index"], self._copies)

    def policy(self, name: str) -> dict[str, Any]:
        if self._policies is None:
            self._policies = self._read("policy.json")
        found: dict[str, Any] = self._policies[name]
        return found

    def policy_clauses(self, name: str) -> list[dict[str, Any]]:
        """The clauses of a use policy, for a model that takes it in beside its licence."""
        from .policies import clauses_of

        return clauses_of(self.policy(name))

    def policy_ids(self) -> tuple[str, ...]:
        if self._policies is None:
            self._policies = self._read("policy.json")
        return tuple(sorted(self._policies))

    def resolve(self, name: str) -> str | None:
        """The licence id that a name, alias, SPDX id or text id stands for; `None` when nobody knows it."""
        return resolved(self.core["licenses"]["names"], name)

    def several(self, name: str) -> tuple[str, ...]:
        """The licences that go by one name of their publishers; empty for a name of one licence."""
        shared: dict[str, list[str]] = self.core["identifiers"]["shared"]
        found = resolved({fold_name(own): own for own in shared}, name)
        return tuple(shared[found]) if found else ()

    def suggest(self, name: str) -> str | None:
        """The known licence id that is nearest to a misspelt one."""
        from difflib import get_close_matches

        names: dict[str, str] = self.core["licenses"]["names"]
        close = get_close_matches(fold_name(name), list(names), 1, 0.85)
        return names[close[0]] if close else None

    def suggest_provider(self, name: str) -> str | None:
        """The provider that an unknown id probably stands for; None where it is known, or where nothing is like it."""
        from .providers import meant

        return meant(name, self.core["providers"], self.core["marks"]["marks"])

    def license_of_text(self, text: str) -> str | None:
        """The licence that a text id (an edition) belongs to."""
        found: str | None = self.core["licenses"]["texts"].get(text)
        return found

    def model(self, name: str, on: str | None) -> Row | None:
        return self._row("models", name, on)

    def dataset(self, name: str, on: str | None) -> Row | None:
        return self._row("datasets", name, on)

    def service(self, name: str, on: str | None) -> Row | None:
        return find_terms(self.rows("services", organisation_of(name)), name, on)

    def _row(self, kind: str, name: str, on: str | None) -> Row | None:
        return find(self.rows(kind, organisation_of(name)), name, on) or find(self.rows(kind, "*"), name, on)

    def guess(self, name: str, on: str | None) -> Row | None:
        """What a model's id suggests where no row says more: a row made of that of the model it is probably a copy of. Never verified."""
        for known in self.near(name):
            row = self.model(known, on) or self.model(known, None)
            if row is not None:
                told = {key: row[key] for key in ("license", "text", "modality") if row.get(key)}
                return {**told, "id": name, "base": known, "verified": False, "source": None, "unverified_fields": ["base"]}
        assert self._copies is not None
        for families in (self.core["families"]["families"], self._copies["guesses"]):
            family = family_of(name, families)
            if family is not None:
                return {"id": name, "license": family["license"], "verified": False, "source": None}
        return None

    def rows(self, kind: str, organisation: str) -> list[dict[str, Any]]:
        """The registry's rows of one organisation: `models`, `datasets` or `services`."""
        if self._places is None:
            self._places = self._read("registry.json")
        place = self._places[kind].get(organisation)
        if place is None:
            return []
        key = (kind, organisation)
        if key not in self._rows:
            with open(os.path.join(self.index, "registry.rows"), "rb") as file:
                file.seek(place[0])
                self._rows[key] = json.loads(file.read(place[1]))
        return self._rows[key]

    def organisations(self, kind: str) -> tuple[str, ...]:
        """Every organisation with rows of a kind."""
        if self._places is None:
            self._places = self._read("registry.json")
        return tuple(self._places[kind])


def load(rules: str | None = None) -> Knowledge:
    """The shipped knowledge, with the licence and policy files of the folder `rules` on top; InputError when those are wrong."""
    shipped = rules_folder()
    if rules is None and os.path.isfile(os.path.join(_SHIPPED, "index.json")):
        return _opened(_SHIPPED, shipped)
    folder = _cached(shipped, rules)
    try:
        return _opened(folder, shipped)
    except (OSError, ValueError):
        # a cached index that somebody cut short or emptied: its folder goes, and it is built again
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
        return _opened(_cached(shipped, rules), shipped)


#: The indexes opened last, by their folder and the state of what is in it: a process that checks many models reads each once.
_OPEN: dict[tuple[str, int, int], Knowledge] = {}
_MOST_OPEN = 4


def _opened(folder: str, shipped: str) -> Knowledge:
    state = os.stat(os.path.join(folder, "core.json"))
    key = (folder, state.st_mtime_ns, state.st_size)
    if key not in _OPEN:
        while len(_OPEN) >= _MOST_OPEN:
            _OPEN.pop(next(iter(_OPEN)))
        _OPEN[key] = Knowledge(folder, shipped)
    return _OPEN[key]


def _cached(shipped: str, extra: str | None) -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(base, "llm-licensecheck", quick_state(shipped, extra, _HERE))
    if os.path.isfile(os.path.join(folder, "index.json")):
        return folder
    from .store import build_into

    return build_into(shipped, extra, folder)


def _stems(families: Iterable[str]) -> set[str]:
    """The first word of each family without its number: what people call all of them."""
    words = {family.split(" ")[0].rstrip("0123456789.") for family in families}
    return {word for word in words if len(word) > 2}
