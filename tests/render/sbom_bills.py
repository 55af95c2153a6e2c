"""Reports with every kind of component and relation, the bills made of them, and what each format says when it is read back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from licensecheck.cli.bill_sources import read_table
from licensecheck.knowledge import Knowledge, load
from licensecheck.render.sbom import cyclonedx, spdx2, spdx3
from licensecheck.render.sbom.bill import Bill, Sources, bill_of
from licensecheck.render.sbom.table import Table
from licensecheck.render.sbom.terms import Shelf, Text

SHA1, SHA256 = "a" * 40, "b" * 64
TEXT = "ACME MODEL LICENSE\n\n1. You may.\n\t2. You may not.\n"


@cache
def knowledge() -> Knowledge:
    return load()


def table(lang: str = "en") -> Table:
    return read_table(knowledge(), lang)


def node(name: str, kind: str = "model", license_: str | None = "apache-2.0", relation: str | None = "finetune", **more: Any) -> Any:
    return {
        "id": name,
        "type": kind,
        "license": license_,
        "license_source": "registry",
        "verified": True,
        "relation": relation,
        **more,
    }


def edge(end: str, relation: str, start: str = "Tiny-Chat", how: str = "declared", **more: Any) -> Any:
    evidence = {"source": "README.md", "line": 3, "key": "base_model", "value": end, "how": how}
    return {"from": start, "to": end, "relation": relation, "evidence": [evidence], **more}


def duty(component: str, words: str, **more: Any) -> Any:
    required = {"texts": [words, "or so"], "file": None, "places": ["documentation"]}
    return {"component": component, "kind": "fail", "path": [["finetune", component]], "required": required, **more}


def report(**changes: Any) -> Any:
    """A model made of components of each kind, by each relation; `changes` replace keys, another lineage has no findings of its own."""
    made: dict[str, Any] = {
        "subject": {"name": "Tiny-Chat", "target": "models/tiny", "kind": "model"},
        "as_of": "2026-11-30",
        "verdict": "fail",
        "licenses": {
            "declared": "apache-2.0",
            "observed": ["llama3.1"],
            "inherited": ["llama3.1"],
            "concluded": {"weights": "llama3.1 AND gemma", "data": "cc-by-4.0"},
            "releasable": None,
        },
        "lineage": {
            "nodes": [
                node("meta-llama/Llama-3.1-8B", license_="llama3.1"),
                node("acme/adapter", license_="acme-license", relation="adapter", license_source="manifest"),
                node("acme/merged", license_="gemma", relation="merge", declared="mit"),
                node("acme/whole", relation="quantized"),
                node("openai/gpt-4o", "service", "openai-business-terms", "outputs"),
                node("tatsu-lab/alpaca", "dataset", "cc-by-nc-4.0", "data"),
                node("acme/tokens", license_="mit", relation="tokenizer"),
                node("acme/plan", license_="mit", relation="architecture"),
                node("huggingface/transformers", "code", "apache-2.0", "code"),
                node("acme/judge", license_="gpl-3.0", relation="evaluates"),
                node("acme/exam", "dataset", None, "evaluates", license_source="none", verified=False),
                node("acme/served", license_="MIT OR Apache-2.0", relation="serves"),
                node("acme/guess", license_="llama2", relation="tokenizer", license_source="name", verified=False),
                node("acme/root", license_="gemma", relation=None, license_source="hub"),
            ],
            "edges": [
                edge("meta-llama/Llama-3.1-8B", "finetune"),
                edge("acme/adapter", "adapter"),
                edge("acme/merged", "merge"),
                edge("acme/whole", "quantized"),
                edge("openai/gpt-4o", "outputs"),
                edge("tatsu-lab/alpaca", "data"),
                edge("acme/tokens", "tokenizer"),
                edge("acme/plan", "architecture"),
                edge("huggingface/transformers", "code"),
                edge("acme/judge", "evaluates"),
                edge("acme/exam", "evaluates"),
                edge("acme/served", "serves"),
                edge("acme/guess", "tokenizer", how="inferred"),
                edge("acme/root", "finetune", start="acme/merged"),
            ],
        },
        "findings": [
            duty("meta-llama/Llama-3.1-8B", "Built with Llama"),
            duty("meta-llama/Llama-3.1-8B", "not asked", kind="informational"),
        ],
        "inputs": [
            {"path": "LICENSE", "sha256": SHA256, "read": True},
            {"path": "README.md", "sha256": SHA256.replace("b", "c"), "read": True},
            {"path": "long.txt", "sha256": None, "read": True},
            {"path": "../house.yaml", "sha256": SHA256, "read": True},
        ],
        "not_examined": ["patents"],
        "incomplete": [],
    }
    return {**made, **({"findings": []} if "lineage" in changes else {}), **changes}


def sources(**changes: Any) -> Sources:
    known = knowledge()
    texts: Mapping[str, Text] = changes.pop("texts", {"llama3.1": Text("LICENSE", TEXT, ("2", "5.c")), "acme-license": Text("X", "Words.")})
    made = Sources(
        files={"LICENSE": ("LICENSE", SHA1), "README.md": ("README.md", SHA1.replace("a", "d")), "long.txt": ("long.txt", SHA1)},
        shelf=Shelf(known.resolve, known.brief, texts, table().nameless),
        declared={("model", "meta-llama/llama-3.1-8b"): "llama3.1", ("dataset", "tatsu-lab/alpaca"): "cc-by-nc-4.0"},
        found_in={"LICENSE": ["llama3.1"]},
        weights={},
    )
    return made._replace(**changes)


def bill(lang: str = "en", **changes: Any) -> Bill:
    """The bill of `report(**changes)`."""
    return bill_of(report(**changes), table(lang), sources(), "2026-11-30T00:00:00Z", "llm-licensecheck-1.2")


# ---------------------------------------------------------------------------------------------- read back


class Facts(NamedTuple):
    """What every format must say of a bill. Parts are known by type and name."""

    #: type and name to version, declared, concluded, exact words owed
    parts: dict[tuple[str, str], tuple[str | None, str | None, str | None, tuple[str, ...]]]
    #: (name, relation, name, is it sure?)
    links: set[tuple[str, str, str, bool]]
    #: path to SHA-1 and SHA-256
    files: dict[str, tuple[str, str]]
    #: reference to text, of those that SPDX does not list
    texts: dict[str, str]
    #: what lies beside the subject
    observed: set[str]
    created: str


def facts_of(made: Bill) -> Facts:
    every = (made.subject, *made.parts)
    names = {part.ref: part.name for part in every}
    return Facts(
        {(part.type, part.name): (part.version, part.declared, part.concluded, part.attributions) for part in every},
        {(names[link.start], link.relation, names[link.end], link.sure) for link in made.links},
        {entry.path: (entry.sha1, entry.sha256) for entry in made.files},
        {licence.ref: licence.text for licence in made.licences if licence.text and not licence.listed},
        {ref for entry in made.files for ref in entry.licences},
        made.created,
    )


def _link(comment: str, lang: str, start: str, end: str, how: str, ends: Callable[[str, str, str], Any]) -> tuple[str, str, str, bool]:
    """A relationship as SPDX has it, turned the way lineage is told, and held against the table."""
    relation = comment.replace("（", " ").split(" ", 1)[0]
    sure = not comment.endswith(str(table(lang).say("inferred")))
    told = ends(relation, start, end) if sure else {"type": "other", "of": "subject"}
    assert told["type"].replace("_", "").lower() == how.replace("_", "").lower()
    first, last = (start, end) if told["of"] == "subject" else (end, start)
    return first, relation, last, sure


def facts_of_spdx2(document: Any, lang: str = "en") -> Facts:
    names = {package.spdx_id: package.name for package in document.packages}
    kinds = {package.name: package.comment.partition("=")[2] for package in document.packages}
    rows = table(lang).relations

    def row(relation: str, start: str, end: str) -> Any:
        found = rows[relation]
        upstream = end if found["spdx2"]["of"] == "subject" else start
        return (found.get("dataset", found) if kinds[upstream] == "dataset" else found)["spdx2"]

    def text(value: Any) -> str | None:
        return None if str(value) == "NOASSERTION" else str(value)

    links = {
        _link(told.comment, lang, names[told.spdx_element_id], names[told.related_spdx_element_id], told.relationship_type.name, row)
        for told in document.relationships
        if told.spdx_element_id in names and told.related_spdx_element_id in names
    }
    return Facts(
        {
            (kinds[p.name], p.name): (p.version, text(p.license_declared), text(p.license_concluded), tuple(sorted(p.attribution_texts)))
            for p in document.packages
        },
        links,
        {
            file.name.removeprefix("./"): tuple(sum_.value for sum_ in sorted(file.checksums, key=lambda sum_: sum_.algorithm.name))
            for file in document.files
        },
        {info.license_id: info.extracted_text for info in document.extracted_licensing_info if info.comment},
        {str(info) for file in document.files for info in file.license_info_in_file if str(info) != "NOASSERTION"},
        document.creation_info.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def spdx3_objects(text: str) -> Any:
    """The document as the library reads it: types, numbers and patterns of the model are checked, and all references resolved."""
    from spdx_python_model import v3_0_1 as model

    objects = model.SHACLObjectSet()
    model.JSONLDDeserializer().read(io.BytesIO(text.encode()), objects)
    individuals = {"https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"}
    assert objects.link() <= individuals
    return objects


_TYPES3 = {"model": "model", "data": "dataset", "source": "code", "other": "service", "application": "application"}


def facts_of_spdx3(text: str, lang: str = "en") -> Facts:
    from spdx_python_model import v3_0_1 as model

    objects = spdx3_objects(text)
    parts = {item._id: item for item in objects.foreach_type(model.software_Package)}
    kinds = {name: _TYPES3[str(item.software_primaryPurpose).rsplit("/", 1)[-1]] for name, item in parts.items()}
    licences: dict[tuple[str, str], str | None] = {}
    links = set()
    observed = set()
    rows = table(lang).relations
    by_name = {item.name: kinds[name] for name, item in parts.items()}

    def row(relation: str, start: str, end: str) -> Any:
        found = rows[relation]
        return (found.get("dataset", found) if by_name[end] == "dataset" else found)["spdx3"]

    for told in objects.foreach_type(model.Relationship):
        how = str(told.relationshipType).rsplit("/", 1)[-1]
        start, ends = told.from_, list(told.to)
        if how in ("hasDeclaredLicense", "hasConcludedLicense"):
            expression = getattr(ends[0], "simplelicensing_licenseExpression", None)
            if start._id in parts:
                licences[start._id, how] = expression
            else:
                observed.add(expression)
        elif ends[0] in list(parts.values()):
            links.add(_link(told.comment, lang, start.name, ends[0].name, how, row))
    document = next(objects.foreach_type(model.SpdxDocument))
    return Facts(
        {
            (kinds[name], item.name): (
                item.software_packageVersion,
                licences[name, "hasDeclaredLicense"],
                licences[name, "hasConcludedLicense"],
                tuple(sorted(item.software_attributionText)),
            )
            for name, item in parts.items()
        },
        links,
        {
            item.name: tuple(sum_.hashValue for sum_ in sorted(item.verifiedUsing, key=lambda sum_: str(sum_.algorithm)))
            for item in objects.foreach_type(model.software_File)
        },
        {
            item._id.rpartition("#text-")[2]: item.simplelicensing_licenseText
            for item in objects.foreach_type(model.simplelicensing_SimpleLicensingText)
            if item.comment
        },
        observed,
        document.creationInfo.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _said(item: Mapping[str, Any], name: str) -> list[str]:
    return [told["value"] for told in item.get("properties", ()) if told["name"] == f"llm-licensecheck:{name}"]


def _reference(item: Mapping[str, Any]) -> str:
    if "expression" in item:
        return str(item["expression"])
    licence = item["license"]
    return str(next(iter(_said(licence, "spdx")), None) or licence.get("id") or licence["name"])


def facts_of_cyclonedx(text: str) -> Facts:
    content = json.loads(text)
    subject = content["metadata"]["component"]
    every = [subject, *content.get("components", ()), *content.get("services", ())]
    names = {item["bom-ref"]: "/".join(filter(None, (item.get("group"), item["name"]))) for item in every}
    parts = {}
    links = set()
    for item in every:
        said: dict[str, str] = {}
        for told in item.get("licenses", ()):
            said[told.get("acknowledgement") or told["license"]["acknowledgement"]] = _reference(told)
        words = tuple(sorted(_said(item, "attribution")))
        parts[_said(item, "type")[0], names[item["bom-ref"]]] = (item.get("version"), said.get("declared"), said.get("concluded"), words)
        for kind, sure in (("relation", True), ("relation-inferred", False)):
            for told in _said(item, kind):
                start, relation = told.split(" ")
                links.add((names[start], relation, names[item["bom-ref"]], sure))
    seen = [told["license"] for told in subject.get("evidence", {}).get("licenses", ())]
    texts = {_reference({"license": told}): told["text"]["content"] for told in seen if "text" in told and "name" in told}
    return Facts(
        parts,
        links,
        {
            item["name"]: tuple(sum_["content"] for sum_ in sorted(item["hashes"], key=lambda sum_: sum_["alg"]))
            for item in subject.get("components", ())
        },
        texts,
        {_reference({"license": told}) for told in seen},
        content["metadata"]["timestamp"].replace("+00:00", "Z"),
    )


def written(made: Bill, lang: str = "en") -> dict[str, str]:
    """The bill in every form."""
    words = table(lang)
    return {
        "json": spdx2.render(made, words, "json"),
        "yaml": spdx2.render(made, words, "yaml"),
        "tag": spdx2.render(made, words, "tag"),
        "spdx3": spdx3.render(made, words),
        "1.6": cyclonedx.render(made, words, "1.6"),
        "1.7": cyclonedx.render(made, words, "1.7"),
    }
