"""Harvest, manifest and lineage in, the records that are judged out: what the files show and what the subject is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.compatibility import named
from licensecheck.evidence import observed as make_evidence
from licensecheck.expressions import LONGEST, MOST_NAMES, Expression, parse, together
from licensecheck.harvest import Harvest
from licensecheck.harvest.documents import Document
from licensecheck.knowledge import Knowledge
from licensecheck.lineage.component import Component, Lineage
from licensecheck.lineage.names import license_named
from licensecheck.manifest import Manifest
from licensecheck.report import Evidence
from licensecheck.sources.names import printable
from licensecheck.wording import folded

from .observed import CopySeen, Observed, Page
from .subject import Declared, Subject
from .upstream import steps_of

#: A longer name of a licence is cut where it is shown.
_NAME = 300
_BRACKETS = (("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"))


def subject_name(manifest: Manifest, harvest: Harvest, folder: str, titles: Mapping[str, Any]) -> tuple[str, Evidence]:
    """The public name: of the manifest, else the card's title, else the folder's. `titles` says which headings are no names."""
    stated = manifest.get("model.name")
    title = _title(harvest, titles)
    if stated:
        if title is not None and title[0] == stated:
            return title
        where = manifest.where("model", "name") or ("licensecheck.yaml", None)
        return str(stated), make_evidence(where[0], where[1], "model.name", stated, "declared", f"name: {stated}")
    return title or (folder, make_evidence(".", None, "folder", folder, "declared"))


def _title(harvest: Harvest, titles: Mapping[str, Any]) -> tuple[str, Evidence] | None:
    card = harvest.card
    named = True
    for heading, line in card.headings if card else ():
        name = name_in(heading, titles)
        if card is not None and name and (named or _is_like_a_name(name)):
            return name, make_evidence(card.source, line, "title", name, "declared", card.line_text(line))
        # a page that begins with a section goes on with sections; one that begins with "model card" has the name yet to come
        named = named and (name is None) and any(word in heading.lower() for word in titles["lead"])
    return None


def _is_like_a_name(heading: str) -> bool:
    return heading[0].isalpha() and heading.isascii() and (" " not in heading or any(char.isdigit() for char in heading))


def name_in(heading: str, titles: Mapping[str, Any]) -> str | None:
    """The name in a heading, without ornaments, lead-ins and subtitles; None where the heading is none.

    >>> words = {"generic": ["contents"], "before": ["model card for "], "after": [": ", " - "]}
    >>> name_in("Model Card for Foo-8B: a chat model", words), name_in("Contents", words)
    ('Foo-8B', None)
    """
    name = heading.strip()
    while name and not name[0].isalnum():
        name = name[1:]
    for words in titles["before"]:
        if name.lower().startswith(words):
            name = name[len(words) :]
    cut = min((position for mark in titles["after"] if (position := name.find(mark)) > 0), default=len(name))
    name = name[:cut].strip()
    name = next((name[: name.rfind(mark)].strip() for mark, end in _BRACKETS if name.rfind(mark) > max(0, name.rfind(end))), name)
    spoken = {" ".join(text.lower().split()) for text in (name, heading)}
    return None if not name or spoken & set(titles["generic"]) else name


def declared_license(manifest: Manifest, harvest: Harvest, knowledge: Knowledge) -> Declared:
    """The licence that manifest or card declare, resolved to an id where it has one."""
    stated = manifest.get("model.license")
    card = harvest.card
    if stated:
        where = manifest.where("model", "license") or ("licensecheck.yaml", None)
        evidence = make_evidence(where[0], where[1], "model.license", stated, "declared", f"license: {stated}")
        return _declared(str(stated), None, evidence, knowledge)
    found = card.get("license", "licence", "licenses") if card else None
    if card is None or found is None:
        return Declared(None, None, None, None, None, False)
    key, value = found
    listed = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    raw = ", ".join(listed).strip()
    name = card.meta.get("license_name")
    shown = ("license_name", str(name)) if raw.lower() in ("other", "unknown") and isinstance(name, str) else (key, raw)
    return _declared(raw, str(name) if isinstance(name, str) else None, card.evidence(shown[1], shown[0]), knowledge, listed)


def _declared(raw: str, name: str | None, evidence: Evidence, knowledge: Knowledge, listed: Sequence[str] = ()) -> Declared:
    """`listed` are the entries of a list, all of which apply; a text with commas is one too."""
    wanted = name if raw.lower() in ("other", "unknown") and name else raw
    resolved = knowledge.resolve(wanted[:LONGEST])
    parts, expression = ((), None) if resolved is not None and not _narrowed(wanted) else _parts(wanted, listed, knowledge)
    if len(parts) == 1:
        resolved = parts[0]
    if resolved in ("other", "unknown"):
        resolved = None
    suggestion = None
    if resolved is None and not parts and len(wanted) <= _NAME and wanted.lower() not in ("other", "unknown"):
        unknown = next((term.license for term in expression.terms if not term.known), wanted) if expression else wanted
        suggestion = knowledge.suggest(wanted) or knowledge.suggest(unknown)
    hub = bool(knowledge.brief(raw.lower()).get("hub"))
    shown = raw.lower() if raw.lower() == "other" else printable(raw, _NAME)
    return Declared(shown, resolved, printable(name, _NAME) if name else name, evidence, suggestion, hub, parts, expression)


def _narrowed(name: str) -> bool:
    """Does a name say which versions it means?"""
    return name.lower().endswith(("-only", "-or-later", "+"))


def _parts(wanted: str, listed: Sequence[str], knowledge: Knowledge) -> tuple[tuple[str, ...], Expression | None]:
    """The licence ids of an SPDX expression or a list, empty unless every one of them is known; and the expression."""
    items = listed if len(listed) > 1 else [item for item in wanted.split(",") if item.strip()][: MOST_NAMES + 1]
    expression = together(items, knowledge.resolve) if len(items) > 1 else parse(wanted, knowledge.resolve)
    if expression.plain and not expression.terms[0].known:
        return (), None
    known = expression.flaw is None and all(term.known for term in expression.terms)
    return tuple(dict.fromkeys(term.license for term in expression.terms)) if known else (), None if expression.plain else expression


def observed_files(
    harvest: Harvest, manifest: Manifest, knowledge: Knowledge, name: tuple[str, Evidence], declared: Declared, as_of: str
) -> Observed:
    """Everything the files show that duties are judged by."""
    return Observed(
        name=name[0],
        name_evidence=name[1],
        copies=tuple(
            CopySeen(
                knowledge.license_of_text(copy.match.text),
                copy.match.text,
                copy.source,
                copy.match.start_line,
                tuple(copy.match.altered_sections),
                tuple(copy.match.missing_sections),
                copy.content,
                copy.match,
            )
            for copy in harvest.texts.copies
        ),
        notices=tuple(Page(notice.source, folded(notice.content, skip=notice.skip), notice.plain) for notice in harvest.texts.notices),
        documents=tuple(_page(document) for document in harvest.documents),
        displays=tuple(_display(manifest, n, item) for n, item in enumerate(manifest.get("displays") or ())),
        changes=harvest.changes,
        agreements=tuple(_agreement(manifest, n, item, knowledge) for n, item in enumerate(manifest.get("agreements") or ())),
        declared=declared.id,
        declared_evidence=declared.evidence,
        as_of=as_of,
    )


def _page(document: Document) -> Page:
    return Page(document.source, folded(document.content, skip=document.skip))


def _display(manifest: Manifest, n: int, item: Mapping[str, Any]) -> tuple[str, str, str, Evidence]:
    where = manifest.where("displays", n) or ("licensecheck.yaml", None)
    text, place = str(item["text"]), str(item.get("place") or "")
    return text, place, str(item.get("where") or ""), make_evidence(where[0], where[1], "displays", text, "declared", f"text: {text}")


def _agreement(manifest: Manifest, n: int, item: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    where = manifest.where("agreements", n) or ("licensecheck.yaml", None)
    reference = str(item.get("reference") or item.get("with") or "")
    evidence = make_evidence(where[0], where[1], "agreements", reference, "declared")
    return {
        **item,
        "license": knowledge.resolve(str(item["license"])) or item["license"],
        "expires": str(item.get("expires") or ""),
        "evidence": evidence,
    }


def leaves_house(manifest: Manifest) -> bool | None:
    """Does anything of it go to others? None while nothing says so."""
    weights, service, product = (manifest.get(f"release.{key}") for key in ("weights", "service", "product"))
    if weights in ("public", "private") or service or product:
        return True
    return False if weights == "none" and service is False and product is False else None


def hands_over(manifest: Manifest) -> bool | None:
    """Do copies go to others, by themselves or in a product? None while nothing says so."""
    weights, product = manifest.get("release.weights"), manifest.get("release.product")
    if weights in ("public", "private") or product:
        return True
    return False if weights == "none" and product is False else None


def _labelled(value: str, declared: Declared, knowledge: Knowledge) -> str | None:
    """The licence that a label names; an expression that holds the declared one names that."""
    known = knowledge.resolve(value[:LONGEST])
    if known is None and declared.id is not None and declared.id in (term.license for term in parse(value, knowledge.resolve).terms):
        return declared.id
    return known


def make_subject(
    name: str, kind: str, manifest: Manifest, harvest: Harvest, lineage: Lineage, seen: Observed, declared: Declared, knowledge: Knowledge
) -> Subject:
    """The subject as its own checks see it."""
    card = harvest.card
    beside = (*lineage.possible, *lineage.kept)
    licenses = {name for component in (*lineage.components, *beside) for name in component.licenses}
    labels = tuple((_labelled(str(label["value"]), declared, knowledge), label) for label in harvest.labels)
    licenses |= {declared.id or "", *declared.parts, *(copy.license or "" for copy in seen.copies), *(name or "" for name, _ in labels)}
    upstream = steps_of(lineage.ancestry, knowledge)
    licenses |= {step.base_license for step in upstream}
    licenses |= {other for name in licenses for others in named(knowledge.brief(name)).values() for other in others}
    return Subject(
        name=name,
        kind=kind,
        leaves=leaves_house(manifest),
        card=card.source if card else None,
        declared=declared,
        observed=seen,
        components=lineage.components,
        mentioned=_mentioned(lineage.components, harvest),
        doubts=lineage.doubts,
        card_flaws=card.flaws if card else (),
        file_flaws=harvest.flaws,
        unrecognised=tuple(file.source for file in harvest.texts.files if not file.matches),
        missing_link=_missing_link(harvest),
        looks_like_model=harvest.looks_like_model or harvest.has_weights or manifest.get("release.weights") in ("public", "private"),
        lineage_stated=lineage.stated,
        claims=(*_claimed(manifest), *((claim.id, claim.strong, claim.sentence, claim.evidence) for claim in harvest.claims)),
        briefs={license_id: knowledge.brief(license_id) for license_id in sorted(licenses)},
        hands_over=hands_over(manifest),
        serves=manifest.get("release.service"),
        labels=labels,
        generator=harvest.generator,
        upstream=upstream,
        code_licenses=tuple(sorted({knowledge.resolve(file.license) or file.license for file in harvest.code if file.license})),
        copied=_copied(harvest),
        rivals=tuple((known, item) for item in harvest.rivals if (known := knowledge.resolve(str(item["value"])))),
        stated=tuple((known, item) for item in harvest.stated if (known := license_named(str(item["value"]), knowledge))),
        marks=knowledge.table("marks"),
        data=knowledge.table("data"),
        stated_of_data=tuple((known, item) for item in harvest.stated_of_data if (known := license_named(str(item["value"]), knowledge))),
        possible=lineage.possible,
        measured=lineage.measured,
        shape=lineage.shape,
        kept=lineage.kept,
    )


def _copied(harvest: Harvest) -> tuple[tuple[str, Evidence], ...]:
    """What code was copied from, once for each package and state of the head."""
    found: dict[tuple[str, str], Evidence] = {}
    for file in harvest.code:
        for copied in file.copied:
            found.setdefault((file.header, str(copied["value"])), copied)
    return tuple((header, copied) for (header, _), copied in found.items())


def _claimed(manifest: Manifest) -> list[tuple[str, bool, str, Evidence]]:
    """The claims of the manifest; `from` is the sentence of one that names what the model is not derived from."""
    found = []
    for n, item in enumerate(manifest.get("claims") or ()):
        claim = item if isinstance(item, str) else str(item.get("claim"))
        about = "" if isinstance(item, str) else str(item.get("from") or "").lower()
        where = manifest.where("claims", n) or ("licensecheck.yaml", None)
        found.append((claim, True, about, make_evidence(where[0], where[1], f"claims.{claim}", claim, "declared")))
    return found


def _mentioned(components: Sequence[Component], harvest: Harvest) -> frozenset[str]:
    """Components whose id, or its last part, stands in the front matter or in a document."""
    texts = [document.content.lower() for document in harvest.documents]
    if harvest.card and not harvest.documents:
        texts.append(harvest.card.text.lower())
    found = set()
    for component in components:
        short = component.id.rsplit("/", 1)[-1].lower()
        words = {short, short.replace("-", " "), short.replace("-", "")} if len(short) > 3 else set()
        if any(component.id.lower() in text or any(word in text for word in words) for text in texts):
            found.add(component.id.lower())
    return frozenset(found)


def _missing_link(harvest: Harvest) -> Evidence | None:
    card = harvest.card
    link = card.meta.get("license_link") if card else None
    if card is None or not isinstance(link, str) or "://" in link or "/" in link.strip("./") or not link.strip():
        return None
    name = link.strip().removeprefix("./")
    stem = name.lower().split(".", 1)[0]
    if any(other.lower().split(".", 1)[0] == stem for other in harvest.folder.names):
        return None
    return card.evidence(link, "license_link")
