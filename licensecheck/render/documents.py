"""A report in, the NOTICE and the attribution section out: everything is decided here, the templates only place it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .markdown import code, escaped, link, plain

LANGUAGES = ("en", "zh")
#: Topics whose duties an attribution section fulfils, in whole or in part.
ATTRIBUTED = ("display-attribution", "attribution", "state-changes")
#: Relations that a statement of changes speaks of.
CHANGED = ("finetune", "adapter", "merge", "quantized")
#: A relation that puts nothing of the component into the subject.
ONLY_MEASURED = "evaluates"
_LICENSE_FILES = ("license", "licence", "copying", "use_policy")
#: A line of the section about a licence file: its name, its origin, its digest.
_COPIED = re.compile(r"^- `([^`\n]+)`: `([^`\n]+)`, SHA-256 `([0-9a-f]{64})`\r?$", re.MULTILINE)
_NO_TEXTS = (".yaml", ".yml", ".json", ".toml", ".py")


def notice(report: Any, lang: str = "en", existing: str = "") -> str:
    """The plain text for NOTICE, "" when no sentence is owed; of alternatives the one that `existing` has."""
    components: dict[str, set[str]] = {}
    for finding in _required(report, "notice"):
        text = _chosen(finding, existing)
        components.setdefault(text, set()).add(plain(finding["component"] or report["subject"]["name"]))
    if not components:
        return ""
    words = _words(lang)
    notices = [
        {"text": text, "components": words["applies_to"].format(components=words["comma"].join(sorted(names)))}
        for text, names in sorted(components.items())
    ]
    return place("notice.txt.j2", intro=words["notice_intro"], notices=notices)


def attribution(report: Any, lang: str = "en", existing: str = "", origins: Mapping[str, str] | None = None) -> str:
    """The Markdown section, "" when nothing of the kind is owed.

    `origins` says where licence files of the folder were copied from; what `existing` has on record of that is kept.
    """
    copied = _copied(report, existing, origins or {})
    if not copied and not any(finding["topic"] in ATTRIBUTED and applies(finding) for finding in report["findings"]):
        return ""
    words = _words(lang)
    name = escaped(report["subject"].get("name") or report["subject"]["target"])
    return place(
        "attribution.md.j2",
        heading=words["heading"],
        displays=sorted({_chosen(finding, existing) for finding in _required(report, None)}),
        built_from=words["built_from"].format(name=name),
        components=_components(report, words),
        lines=[*_changes(report, words, name), *_files(report, words, copied)],
    )


def heading(lang: str) -> str:
    """The first line of the section."""
    return f"## {_words(lang)['heading']}"


def required_texts(report: Any, file: str | None) -> tuple[tuple[str, ...], ...]:
    """What must be found in a document afterwards: for each duty its alternatives, one of which must stand there."""
    return tuple(sorted({tuple(map(_line, finding["required"]["texts"])) for finding in _required(report, file)}))


def missing_texts(report: Any, file: str | None, text: str) -> list[str]:
    """The first alternative of each duty of which `text` has none."""
    return [alternatives[0] for alternatives in required_texts(report, file) if not any(words in text for words in alternatives)]


def applies(finding: Mapping[str, Any]) -> bool:
    """A waived duty is owed all the same; one that known facts do not trigger is not."""
    return bool(finding["kind"] != "not-applicable" and finding["outcome"] != "not-triggered")


def _required(report: Any, file: str | None) -> list[Any]:
    topic = "notice-file" if file == "notice" else "display-attribution"
    return [
        finding
        for finding in report["findings"]
        if finding["topic"] == topic and finding["required"] and finding["required"]["file"] == file and applies(finding)
    ]


def _line(text: str) -> str:
    return " ".join(text.splitlines()).strip()


def _chosen(finding: Mapping[str, Any], existing: str) -> str:
    """The first alternative, unless another is already shown: in the document at hand or where the evidence says."""
    texts = [_line(text) for text in finding["required"]["texts"]]
    shown = [existing, *(str(item.get(key)) for item in finding["evidence"] for key in ("value", "snippet"))]
    return next((text for text in texts if any(text in place for place in shown)), texts[0])


def _components(report: Any, words: Mapping[str, Any]) -> list[str]:
    """Every component that something of is in the subject, direct ones first, each once."""
    root, nodes = report["subject"].get("name"), {node["id"]: node for node in report["lineage"]["nodes"]}
    lines: dict[tuple[bool, str, str, str], str] = {}
    for edge in _known_edges(report):
        node = nodes.get(edge["to"], {})
        direct = edge["from"] == root
        licence = words["licence"].format(license=escaped(node["license"])) if node.get("license") else words["licence_unknown"]
        through = "" if direct else words["through"].format(through=escaped(edge["from"]))
        relation = words["relations"].get(edge["relation"]) or escaped(edge["relation"])
        shown = link(edge["to"], str(node.get("type")))
        line = words["component"].format(id=shown, relation=relation, license=licence, through=through)
        lines[(not direct, edge["to"], edge["relation"], edge["from"])] = line
    return list(dict.fromkeys(lines[key] for key in sorted(lines)))


def _known_edges(report: Any) -> list[Any]:
    """What a document may state as a fact: nothing that is only inferred, and nothing that was only measured with."""
    edges = [edge for edge in report["lineage"]["edges"] if edge["relation"] != ONLY_MEASURED]
    return [edge for edge in edges if not edge["evidence"] or any(item["how"] != "inferred" for item in edge["evidence"])]


def _changes(report: Any, words: Mapping[str, Any], name: str) -> list[str]:
    """One paragraph that says what was done to which base; it begins with fixed words, never with a value."""
    root = report["subject"].get("name")
    sentences = []
    for relation in CHANGED:
        bases = sorted({edge["to"] for edge in _known_edges(report) if edge["from"] == root and edge["relation"] == relation})
        if bases:
            sentences.append(words["sentences"][relation].format(name=name, bases=_listed(map(escaped, bases), words)))
    separator = "" if words["comma"] == "、" else " "
    return [separator.join(sentences)] if sentences else []


def _files(report: Any, words: Mapping[str, Any], copied: Sequence[str]) -> list[str]:
    """Where the licence texts and notices are, going by the names of the files that were read."""
    names = sorted(item["path"] for item in report["inputs"] if "/" not in item["path"])
    copies = [name for name in names if name.lower().startswith(_LICENSE_FILES) and not name.lower().endswith(_NO_TEXTS)]
    owed = ["NOTICE"] if _required(report, "notice") else []  # said before the file is there: the order of writing must not matter
    notices = [name for name in names if is_notice(name)] or owed
    lines = []
    for key, files in (("copies", copies), ("notices", notices)):
        if files:
            lines.append(words[key].format(files=words["comma"].join(map(code, files))))
        if key == "copies" and copied:
            lines.append("\n".join(f"- {line}" for line in copied))
    return lines


def _copied(report: Any, existing: str, origins: Mapping[str, str]) -> list[str]:
    """A line for each licence file whose origin is known, with its digest; what has been changed since is not on record any more."""
    digests = {item["path"]: item["sha256"] for item in report["inputs"] if item["sha256"] and "/" not in item["path"]}
    known = {match[1]: match[2] for match in _COPIED.finditer(existing) if digests.get(match[1]) == match[3]}
    known.update({name: origin for name, origin in origins.items() if name in digests})
    return [f"{code(name)}: {code(known[name])}, SHA-256 {code(digests[name])}" for name in sorted(known)]


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


def _listed(items: Iterable[str], words: Mapping[str, Any]) -> str:
    *most, last = items
    return words["comma"].join(most) + words["and"] + last if most else last


def _words(lang: str) -> Mapping[str, Any]:
    import yaml

    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(template("words.yaml"))
    return loaded[lang]


def template(name: str) -> str:
    """The text of a file in `templates/`."""
    from importlib.resources import files

    try:
        return files("licensecheck.templates").joinpath(name).read_text(encoding="utf-8")
    except ModuleNotFoundError:  # a checkout that is not installed: templates/ lies beside the package
        return (Path(__file__).resolve().parent.parent.parent / "templates" / name).read_text(encoding="utf-8")


def place(name: str, /, **values: Any) -> str:
    """A template with its values in it; a value that is missing stops the rendering."""
    return str(_compiled(name).render(values)).strip("\n") + "\n"


@cache
def _compiled(name: str) -> Any:
    """A template ready to be filled in, often in one run."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Autoescaping knows HTML only; every value was escaped for its own format before it came here.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    return environment.from_string(template(name))
