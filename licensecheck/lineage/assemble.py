"""Entries and the registry in, the components of the subject with their licences out, followed to the root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.expressions import is_expression
from licensecheck.knowledge import Knowledge
from licensecheck.report import Edition, Evidence

from .component import Component
from .entries import Entry

_DEPTH = 24
#: under other licences by the way; what is left out then stands under a licence that the lineage has already
_MOST_VISITS = 4

Rows = Mapping[tuple[str, str], Mapping[str, Any]]


class Assembler:
    """Settles what each entry is and what lies behind it.

    `on` is the date (ISO 8601) that settles editions when an entry has none of its own; `declared` and `texts` are the licence ids of the
    subject's card and files; `rows` tell, by kind and id in lower case, what models' and datasets' own cards say.
    """

    def __init__(self, knowledge: Knowledge, on: str | None, declared: str | None, texts: frozenset[str], rows: Rows | None = None) -> None:
        self.knowledge = knowledge
        self.on = on
        self.declared = declared
        self.texts = texts
        self.rows: Rows = rows or {}
        self.relations = knowledge.table("relations")
        self._explained: set[str | None] = set()
        self._visited: set[tuple[object, ...]] = set()
        self._visits: dict[tuple[object, ...], int] = {}
        #: what was not followed, one line for each reason
        self.notes: dict[str, str] = {}

    def components(self, entries: Sequence[Entry]) -> tuple[Component, ...]:
        """Every entry, then what lies behind it; a farther component under a licence that is already on its path is left out."""
        found: list[Component] = []
        self._explained = {self._stated(entry) for entry in entries}
        for entry in entries:
            near = self._component(entry)
            found.append(near)
            if near.type != "code":
                row = self._guess(entry) if near.license_source == "name" else self._row(near.type, near.id, near.attributes)
                self._behind(near, row, found, frozenset({near.license}), 0)
        return tuple(_without_repeats(_without_doubles(found, self.relations["relations"])))

    def _component(self, entry: Entry) -> Component:
        relation = str(entry.relation)
        row = self._row(entry.type, entry.id, entry.attributes)
        license_id, source, verified = self._license(entry, row)
        certain = self._certain(entry, license_id)
        attributes = {**_row_facts(row), **entry.attributes}
        return Component(
            id=entry.id,
            type=entry.type,
            relation=relation,
            path=((relation, entry.id),),
            license=license_id,
            license_source=source,
            verified=verified,
            edition=self._edition(license_id, row, entry.attributes),
            evidence=tuple(entry.evidence),
            certain=certain,
            personal=False,
            attributes=attributes,
        )

    def _certain(self, entry: Entry, license_id: str | None) -> bool:
        """Declared, or written by tools and borne out: by a second file, by the kind of tool, or by the publisher's licence beside it."""
        hows = [item["how"] for item in entry.evidence]
        if any(how in ("declared", "prose") for how in hows):
            return True
        tools = {item["source"] for item in entry.evidence if item["how"] == "tool-written"}
        borne_out = license_id in self.texts and bool(self.knowledge.brief(license_id or "").get("publisher_material"))
        return bool(tools) and (entry.relation in ("adapter", "merge") or len(tools) > 1 or borne_out)

    def _stated(self, entry: Entry) -> str | None:
        """The licence that manifest or registry give an entry: what the card declares may come from there."""
        row = self._row(entry.type, entry.id, entry.attributes) or {}
        name = entry.attributes.get("license") or row.get("license")
        return self.knowledge.resolve(str(name)) if name else None

    def _license(self, entry: Entry, row: Mapping[str, Any] | None) -> tuple[str | None, str, bool]:
        stated = entry.attributes.get("license")
        if stated:
            return self.knowledge.resolve(str(stated)) or str(stated), str(entry.attributes.get("license_source", "manifest")), True
        if row is not None:
            named = str(row.get("license") or row.get("terms") or "unknown")
            license_id = self.knowledge.license_of_text(str(row["text"])) if row.get("text") else None
            license_id = license_id or self.knowledge.resolve(named)
            if license_id is None and named not in ("inherits", "other", "unknown"):
                license_id = named
            if license_id not in (None, "other", "unknown"):
                vouched = _vouched(row, license_id == self.declared or license_id in self.texts)
                if vouched or not self._from_the_card(entry):
                    return license_id, str(row.get("license_source", "registry")), vouched
        if self._from_the_card(entry):
            return self.declared, "card", True
        guess = self._guess(entry) if entry.type == "model" else None
        license_id = self.knowledge.resolve(str(guess["license"])) if guess else None
        return (license_id, "name", False) if license_id else (None, "none", False)

    def _from_the_card(self, entry: Entry) -> bool:
        """Does the subject declare a licence that only its publisher's material carries, and that no other source explains?

        Then it came with the material, whatever a row says that nobody has checked.
        """
        if entry.type != "model" or entry.relation in ("evaluates", "tokenizer", "architecture"):
            return False
        unexplained = self.declared and self.declared not in self._explained
        return bool(unexplained and self.knowledge.brief(self.declared or "").get("publisher_material"))

    def _written(self, text: str) -> str | None:
        """The licence that a text names, or the expression that it is."""
        return self.knowledge.resolve(text) or (text if is_expression(text, self.knowledge.resolve) else None)

    def _guess(self, entry: Entry) -> Mapping[str, Any] | None:
        """What the id alone suggests."""
        return self.knowledge.guess(entry.id, str(entry.attributes.get("acquired") or self.on or "") or None)

    def _row(self, kind: str, name: str, attributes: Mapping[str, Any]) -> Mapping[str, Any] | None:
        on = str(attributes.get("acquired") or self.on or "") or None
        if kind == "dataset":
            return self._told(kind, name, self.knowledge.dataset(name, on))
        if kind == "service":
            period = attributes.get("period")
            return self.knowledge.service(name, str(period[1]) if period else on)
        return self._told(kind, name, self.knowledge.model(name, on)) if kind == "model" else None

    def _told(self, kind: str, name: str, row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The row of the registry with what the card itself says: of the licence, where nobody has checked the row."""
        card = self.rows.get((kind, name.lower()))
        if card is None or row is None:
            return card or row
        told = {key: card[key] for key in ("bases", "data", "notice", "notice_text") if card.get(key)}
        if not row.get("verified") and card.get("license"):
            told.update({key: card.get(key) for key in ("license", "verified", "source", "license_source")}, text=None)
        return {**row, **told}

    def _edition(self, license_id: str | None, row: Mapping[str, Any] | None, attributes: Mapping[str, Any]) -> Edition | None:
        editions = self.knowledge.brief(license_id).get("editions", ()) if license_id else ()
        if not editions:
            return None
        text = row.get("text") if row else None
        named = next((edition for edition in editions if edition["text"] == text), None)
        on = str(attributes.get("acquired") or self.on or "9999")
        modality = (row or {}).get("modality")
        fitting = [edition for edition in editions if edition.get("modality") in (None, modality)]
        in_force = [edition for edition in fitting if str(edition.get("from", "")) <= on]
        chosen = named or (in_force[-1] if in_force else editions[0])
        return {"text": chosen["text"], "in_force_from": chosen.get("from")}

    def edition(self, license_id: str, attributes: Mapping[str, Any]) -> Edition | None:
        """The text of a licence that counts on the day a component was acquired."""
        return self._edition(license_id, None, attributes)

    def _behind(
        self, near: Component, row: Mapping[str, Any] | None, found: list[Component], licenses: frozenset[str | None], depth: int
    ) -> None:
        if row is not None and depth >= _DEPTH and _upstreams(row):
            self.notes.setdefault("depth", f"{near.id}: what lies behind it is followed to {_DEPTH} levels; there is more")
        if row is None or depth >= _DEPTH or self._seen_before(near, licenses):
            return
        for name, relation, sure in _upstreams(row):
            composed = self.relations["compose"].get(near.relation, {}).get(relation)
            if composed is None or any(name.lower() == step[1].lower() for step in near.path):
                continue
            far, upstream = self._far(near, row, name, relation, composed, sure)
            own = near.publisher == far.publisher and not row.get("inherits")
            if far.license is not None and not own and far.license not in licenses:
                found.append(far)
            # what a publisher has relicensed is not on the path under its old terms
            self._behind(far, upstream, found, licenses if own else licenses | {far.license}, depth + 1)

    def _seen_before(self, near: Component, licenses: frozenset[str | None]) -> bool:
        """Has the lineage come by here already, the same way? In one that parts and meets again there are more paths than models."""
        place = (near.type, near.id.lower(), near.relation, near.personal)
        if len(near.path) > 1 and (*place, licenses) in self._visited:
            return True
        if len(near.path) > 1 and self._visits.get(place, 0) >= _MOST_VISITS:
            self.notes.setdefault("paths", f"{near.id}: reached on more than {_MOST_VISITS} paths; what lies behind it is shown on those")
            return True
        self._visited.add((*place, licenses))
        self._visits[place] = self._visits.get(place, 0) + 1
        return False

    def _far(
        self, near: Component, row: Mapping[str, Any], name: str, relation: str, composed: str, sure: bool
    ) -> tuple[Component, Mapping[str, Any] | None]:
        """What `row` says `near` was made with, and its own row."""
        on = str(near.attributes.get("acquired") or self.on or "") or None
        kind = "dataset" if relation == "data" else "model"
        upstream = self._row(kind, name, {"acquired": on})
        if kind == "model" and upstream is None and relation == "outputs":
            kind = "service"
        if kind == "service":
            # the terms of the day the outputs were made: at the latest the day they were published
            upstream = self.knowledge.service(name, str(near.attributes.get("released") or on or "") or None)
        travelling = (
            [self.knowledge.resolve(str(item)) or str(item) for item in row.get("inherits") or ()]
            if relation not in ("outputs", "data")
            else []
        )
        stated = (upstream.get("license") or upstream.get("terms")) if upstream else None
        license_id = travelling[0] if travelling else self._written(str(stated)) if stated else None
        # where the row says which terms travel, the terms are known even if the exact size of the base is not
        sure = sure or bool(travelling and row.get("verified"))
        listed = any(base["id"].lower() == name.lower() for base in row.get("bases") or ())
        key = "generated_with" if relation == "outputs" else "datasets" if relation == "data" else "base_model" if listed else "base"
        source = str(row["source"]) if listed or relation == "data" else "registry"
        evidence: Evidence = {"source": source, "line": None, "key": key, "value": name}
        evidence["how"] = "declared" if sure else "inferred"
        personal = (
            near.personal
            or relation in self.relations["personal"]
            or (near.relation in self.relations["personal"] and relation == "outputs")
        )
        component = Component(
            id=name,
            type=kind,
            relation=composed,
            path=(*near.path, (relation, name)),
            license=license_id,
            license_source=str((upstream or {}).get("license_source", "registry")),
            verified=bool(row.get("verified")) or license_id in self.texts
            if travelling
            else _vouched(upstream or {}, license_id in self.texts),
            edition=self._edition(license_id, upstream, near.attributes),
            evidence=(evidence,),
            certain=near.certain and sure,
            personal=personal,
            attributes=_row_facts(upstream),
        )
        return component, upstream


def _upstreams(row: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """What a row says its model or dataset was made with: id, relation, and whether that is more than general knowledge."""
    doubtful = row.get("unverified_fields") or ()
    found = [(base["id"], base["relation"], True) for base in row.get("bases") or ()]
    if row.get("base") and not any(name.lower() == str(row["base"]).lower() for name, _, _ in found):
        found.append((str(row["base"]), "finetune", "base" not in doubtful))
    found += [(name, "data", True) for name in row.get("data") or ()]
    made_with = row.get("generated_with") or ()
    for name in [made_with] if isinstance(made_with, str) else made_with:
        if "/" in str(name):
            found.append((str(name), "outputs", "generated_with" not in doubtful))
    return found


def _vouched(row: Mapping[str, Any], borne_out: bool) -> bool:
    """Is the licence of a row checked, or borne out by the subject's papers? One that the row itself doubts is neither."""
    return "license" not in (row.get("unverified_fields") or ()) and (bool(row.get("verified")) or borne_out)


def _row_facts(row: Mapping[str, Any] | None) -> dict[str, Any]:
    told = ("modality", "note", "released", "notice", "notice_text", "notice_line", "mirror", "policies", "disputed")
    return {} if row is None else {key: row[key] for key in told if row.get(key) is not None}


def _without_doubles(found: list[Component], relations: Mapping[str, Any]) -> list[Component]:
    """What is only inferred, next to something certain that carries the same licence the same way, tells nothing new."""
    certain = {(component.license, relations[component.relation]["carries"]) for component in found if component.certain}
    return [c for c in found if c.certain or c.relation == "tokenizer" or (c.license, relations[c.relation]["carries"]) not in certain]


def _without_repeats(found: list[Component]) -> list[Component]:
    """One component per id and relation; and of what lies behind several, one per licence and relation."""
    seen: set[tuple[str, str]] = set()
    behind: set[tuple[str | None, str]] = {(component.license, component.relation) for component in found if len(component.path) == 1}
    kept = []
    for component in found:
        if len(component.path) > 1 and (component.license, component.relation) in behind:
            continue
        key = (component.id.lower(), component.relation)
        if key not in seen:
            seen.add(key)
            behind.add((component.license, component.relation))
            kept.append(component)
    return kept
