"""One value of the manifest in, its normal form out, by the type its key has in the table."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from licensecheck.expressions import is_expression, parse
from licensecheck.manifest import figures
from licensecheck.manifest.wrong import Wrong, near, one_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from licensecheck.manifest.record import Ids, Table

    Spec = dict[str, Any]
    Convert = Callable[[object, Spec, Table, Ids], object]

_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_REFERENCES = ("LicenseRef-", "DocumentRef-")
_HUB_PREFIXES = ("https://", "http://", "huggingface.co/", "hf.co/", "datasets/")


def normal(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    """The normal form of a value; Wrong if it does not fit."""
    return _TYPES[spec["type"]](value, spec, table, ids)


def _version(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    if value == table["version"] or value == str(table["version"]):
        if not isinstance(value, (bool, float)):
            return table["version"]
        raise Wrong
    reads = table["version"]
    raise Wrong(f"is {shown(value)}, but this tool reads version {reads}: write `version: {reads}` or update the tool")


def _bool(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    if isinstance(value, str):
        value = _TRUTH.get(value.strip().lower(), value)
    if isinstance(value, bool):
        return value
    raise Wrong


def _text(value: object, spec: Spec, table: Table, ids: Ids) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise Wrong
    if not value.strip():
        raise Wrong("must not be empty")
    return value.strip()


def _path(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    text = _text(value, spec, table, ids)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Wrong(f"is {shown(text)}, which can't be the name of a file")
    return text


def _enum(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return _word(value, spec["values"])


def _id(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return _word(value, sorted(getattr(ids, spec["of"])))


def _word(value: object, words: list[str]) -> str:
    if isinstance(value, str) and value.strip() in words:
        return value.strip()
    if not isinstance(value, str):
        raise Wrong(f"must be {one_of(words)}; it is {shown(value)}")
    match = near(value, words)
    if match:
        raise Wrong(f"is {shown(value)}; did you mean `{match}`?")
    raise Wrong(f"is {shown(value)}, but must be {one_of(words)}")


def _hub(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    text = _text(value, spec, table, ids)
    for prefix in _HUB_PREFIXES:
        text = text.removeprefix(prefix)
    text = text.rstrip("/")
    if not text or any(character.isspace() or not character.isprintable() for character in text):
        raise Wrong
    if text.startswith((".", "/", "~", "\\")):
        raise Wrong(f"is {shown(text)}, a local folder; write `path: {text}` for that")
    return text


def _license(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    text = _text(value, spec, table, ids)
    if ids.license_known(text) or text.startswith(_REFERENCES):
        return text
    if is_expression(text, partial(_known, ids=ids)):
        flaw = parse(text, partial(_known, ids=ids)).flaw
        if flaw:
            raise Wrong(f"is {shown(text)}, which is no licence expression: {flaw}")
        return text
    match = ids.suggest_license(text)
    if match:
        raise Wrong(f"is {shown(text)}, which is not a known licence id; did you mean `{match}`?")
    if spec.get("strict"):
        raise Wrong(
            f"is {shown(text)}, which is not a known licence id; `llm-licensecheck licenses` lists them, LicenseRef-… is taken as it is"
        )
    return text


def _known(name: str, ids: Ids) -> str | None:
    return name if ids.license_known(name) else None


def _rule(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    text = _text(value, spec, table, ids)
    if ids.rule_known(text):
        return text
    license_id, _, topic = text.partition("/")
    licenses = dict.fromkeys((license_id, ids.suggest_license(license_id)))
    topics = dict.fromkeys((topic, near(topic, ids.topics)))
    for candidate in (f"{first}/{second}" for first in licenses for second in topics if first and second):
        if ids.rule_known(candidate):
            raise Wrong(f"is {shown(text)}, which is not a known rule; did you mean `{candidate}`?")
    raise Wrong(f"is {shown(text)}, which is not a known rule; write license/clause as the report shows it")


def _date(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return figures.day(value)


def _period(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return figures.period(value)


def _country(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    if not isinstance(value, str):
        raise Wrong
    code = value.strip().upper()
    groups = spec.get("groups", ())
    code = table["country_aliases"].get(code, code)
    if code in groups or code in table["countries"].split():
        return code
    if code in ("EU", "EEA"):
        raise Wrong(f"is {shown(value)}, but one country is wanted here, for example DE")
    raise Wrong


def _providers(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    if isinstance(value, str):
        word = value.strip().lower()
        value = False if word == "none" else _TRUTH.get(word, [word])
    if isinstance(value, bool):
        return value
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise Wrong
    names = list(dict.fromkeys(item.strip().lower() for item in value))
    for name in names:
        match = ids.suggest_provider(name)
        if match:
            raise Wrong(f"is {shown(name)}, which is no provider id; did you mean `{match}`?")
    return names or False


def _figure(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return figures.count(value, spec["unit"])


def _money(value: object, spec: Spec, table: Table, ids: Ids) -> object:
    return figures.money(value, table["currencies"])


_TYPES: dict[str, Convert] = {
    "version": _version,
    "bool": _bool,
    "text": _text,
    "path": _path,
    "enum": _enum,
    "id": _id,
    "hub": _hub,
    "license": _license,
    "rule": _rule,
    "date": _date,
    "period": _period,
    "country": _country,
    "providers": _providers,
    "figure": _figure,
    "money": _money,
}
