"""A report in, what its notices have to say out: components with their terms, words to show, changes, what passes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from licensecheck.render.markdown import is_hub_id
from licensecheck.render.terminal import safe

#: Topics whose duties an attribution fulfils, in whole or in part.
ATTRIBUTED = ("display-attribution", "attribution", "state-changes")
#: Relations that a statement of changes speaks of.
CHANGED = ("finetune", "adapter", "merge", "quantized")
#: Relations by which material of a component goes along with the subject, its notices with it.
SHIPPED = (*CHANGED, "serves", "code")
#: A relation that puts nothing of the component into the subject.
ONLY_MEASURED = "evaluates"
_ANY = ("duty", "prohibition", "rights-not-granted", "permission", "termination")
#: Outcomes of a duty that a file can show; others are for information.
_JUDGED = ("unmet", "met", "undecided")
_WHOLE = 100_000
_LICENSE_FILES = ("license", "licence", "copying", "use_policy")
_NO_TEXTS = (".yaml", ".yml", ".json", ".toml", ".py")


class Terms(NamedTuple):
    """A licence of a component: the date from which the edition that counts is in force (ISO 8601), where it can be read, its own name."""

    license: str
    since: str | None = None
    url: str | None = None
    name: str | None = None


class Part(NamedTuple):
    """A component and one way by which it came in; `through` is the component that it came by, None where it came directly."""

    id: str
    type: str
    relation: str
    through: str | None
    terms: tuple[Terms, ...]
    url: str | None


class Passed(NamedTuple):
    """A licence that wants its restrictions on use passed on, the section that says so, and where they stand."""

    terms: Terms
    section: str | None
    restrictions: tuple[tuple[str, tuple[str, ...]], ...]
    components: tuple[str, ...]


def applies(finding: Mapping[str, Any]) -> bool:
    """A waived duty is owed all the same; not one that known facts do not trigger, nor one under a condition that nobody declares."""
    silent = finding["kind"] == "not-applicable" or finding["outcome"] == "not-triggered"
    return not silent and not finding.get("condition")


def required(report: Any, file: str | None) -> list[Any]:
    """Findings that want words written: in a file called Notice (`notice`), or shown (None)."""
    topic = "notice-file" if file == "notice" else "display-attribution"
    return [
        finding
        for finding in report["findings"]
        if finding["topic"] == topic and finding["required"] and finding["required"]["file"] == file and applies(finding)
    ]


def line(text: str) -> str:
    """Words that a rule wants, on one line and without control characters."""
    return safe(" ".join(text.splitlines()), _WHOLE).strip()


def chosen(finding: Mapping[str, Any], existing: str, written: Callable[[str], str] = str) -> str:
    """The first alternative, unless another is already shown: in the document at hand (as `written` there) or where the evidence says."""
    texts = [line(text) for text in finding["required"]["texts"]]
    shown = [existing, *(str(item.get(key)) for item in finding["evidence"] for key in ("value", "snippet"))]
    return next((text for text in texts if written(text) in existing or any(text in place for place in shown)), texts[0])


def known_edges(report: Any) -> list[Any]:
    """What a document may state as a fact: nothing that is only inferred, and nothing that was only measured with."""
    edges = [edge for edge in report["lineage"]["edges"] if edge["relation"] != ONLY_MEASURED]
    return [edge for edge in edges if not edge["evidence"] or any(item["how"] != "inferred" for item in edge["evidence"])]


def components(report: Any) -> list[Part]:
    """Every component that something of is in the subject, direct ones first, each way once."""
    root, nodes = report["subject"].get("name"), {node["id"]: node for node in report["lineage"]["nodes"]}
    terms = _terms(report)
    found: dict[tuple[bool, str, str, str], Part] = {}
    for edge in known_edges(report):
        node, name = nodes.get(edge["to"], {}), edge["to"]
        through = None if edge["from"] == root else edge["from"]
        licenses = str(node["license"]).split(" AND ") if node.get("license") else []
        under = tuple(terms.get((name, own), Terms(own)) for own in licenses)
        part = Part(name, str(node.get("type")), edge["relation"], through, under, _page(name, node))
        found[(through is not None, name, edge["relation"], edge["from"])] = part
    return [found[key] for key in sorted(found)]


def _terms(report: Any) -> dict[tuple[str, str], Terms]:
    """For each component and licence the edition that counts and its address, from the findings."""
    found: dict[tuple[str, str], Terms] = {}
    for finding in sorted(report["findings"], key=lambda finding: finding["id"]):
        if not finding["license"] or not finding["component"]:
            continue
        key = (finding["component"], finding["license"])
        edition, cited = finding["license_version"] or {}, finding["citation"]
        before = found.get(key, Terms(finding["license"]))
        url = cited.get("url") if not cited.get("policy") else None
        named = before.name or finding.get("license_name")
        found[key] = Terms(before.license, before.since or edition.get("in_force_from"), before.url or url, named)
    return found


def _page(name: str, node: Mapping[str, Any]) -> str | None:
    """The page on the Hub, for a name that is one there and not a folder at hand."""
    kind = node.get("type")
    if kind not in ("model", "dataset") or not is_hub_id(name) or node.get("license_source") == "folder":
        return None
    return f"https://huggingface.co/{'datasets/' if kind == 'dataset' else ''}{name}"


def changes(report: Any) -> list[tuple[str, list[str]]]:
    """Relations that change files, each with the bases that it starts from."""
    root = report["subject"].get("name")
    pairs = [(edge["relation"], edge["to"]) for edge in known_edges(report) if edge["from"] == root]
    found = [(relation, sorted({to for own, to in pairs if own == relation})) for relation in CHANGED]
    return [(relation, bases) for relation, bases in found if bases]


def passed_on(report: Any) -> list[Passed]:
    """Licences whose restrictions on use have to be passed on."""
    known, terms = {edge["to"] for edge in known_edges(report)}, _terms(report)
    found: dict[str, Passed] = {}
    for finding in sorted(report["findings"], key=lambda item: (str(item["license"]), str(item["rule"]), str(item["component"]))):
        duty = finding["topic"] == "flow-down" and finding["deontic"] == "duty" and finding["outcome"] in _JUDGED
        if not duty or finding["component"] not in known:
            continue
        key = finding["license"]
        before = found.get(key) or Passed(terms[finding["component"], key], _section(finding), _restrictions(report, key), ())
        found[key] = before._replace(components=tuple(dict.fromkeys((*before.components, finding["component"]))))
    return [found[key] for key in sorted(found)]


def _restrictions(report: Any, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Topics by which the licence restricts use, each with its sections and use policies; hosting only where it is barred."""
    found = []
    for topic, deontics in (("acceptable-use", _ANY), ("hosted-service", ("prohibition",))):
        own = [item for item in report["findings"] if item["license"] == key and item["topic"] == topic and item["deontic"] in deontics]
        sections = sorted({section for finding in own if (section := _section(finding))})
        policies = sorted({line(finding["citation"]["policy"]) for finding in own if finding["citation"].get("policy")})
        if own:
            found.append((topic, (*sections, *policies)))
    return tuple(found)


def _section(finding: Mapping[str, Any]) -> str | None:
    section = finding["citation"].get("section")
    return f"§{section}" if section and section[0].isdigit() else section


def license_files(report: Any) -> list[str]:
    """Files at the top that hold licences, going by their names."""
    names = sorted(item["path"] for item in report["inputs"] if "/" not in item["path"])
    return [name for name in names if name.lower().startswith(_LICENSE_FILES) and not name.lower().endswith(_NO_TEXTS)]


def notice_files(report: Any) -> list[str]:
    """The notice file; where a sentence is owed also before it is there: the order of writing must not matter."""
    names = sorted(item["path"] for item in report["inputs"] if "/" not in item["path"])
    owed = ["NOTICE"] if required(report, "notice") else []
    return [name for name in names if is_notice(name)] or owed


def is_notice(name: str) -> bool:
    """A file that is called Notice, in any capitals, as text or Markdown.

    >>> [is_notice(name) for name in ("NOTICE", "Notice.txt", "notices.py")]
    [True, True, False]
    """
    return name.lower() in ("notice", "notice.txt", "notice.md", "notices", "notices.txt")


def notice_name(names: Iterable[str]) -> str:
    """The notice file that is there, else `NOTICE`."""
    found = sorted((name for name in names if is_notice(name)), key=lambda name: (len(name), name))
    return found[0] if found else "NOTICE"
