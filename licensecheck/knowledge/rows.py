"""The registry of `rules/` and a house's own rows in, the rows that count out, each checked: a house's row stands in for all of its id."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from licensecheck.errors import Problem

from .files import read_yaml
from .identity import resolved
from .shape import Check, Context, Key, Path, anything, date, flag, many, nearest, one_of, record, text

#: The kinds of rows; each has a file of its name in the folder `registry`.
KINDS = ("models", "datasets", "services")
_MODALITIES = ("text", "multimodal", "image", "audio", "embedding", "other")
#: What stands where a licence is not known, or not one's own.
NO_LICENSE = ("inherits", "other", "unknown")

Rows = list[dict[str, Any]]


def _maybe(check: Check) -> Check:
    """A value, or nothing (`null`) where nothing is known."""
    return lambda value, path, context: None if value is None else check(value, path, context)


def _day(value: object, path: Path, context: Context) -> None:
    """A date, or the day as a text where a year is all that is known."""
    if not isinstance(value, str):
        date(value, path, context)


def _one_or_many(value: object, path: Path, context: Context) -> None:
    (many(text) if isinstance(value, list) else text)(value, path, context)


_COMMON: dict[str, Key] = {
    "id": Key(text, True),
    "text": Key(text),
    "from": Key(date),
    "until": Key(date),
    "verified": Key(flag, True),
    "source": Key(_maybe(text)),
    "note": Key(text),
    "evidence": Key(text),
}
_MATERIAL: dict[str, Key] = {
    **_COMMON,
    "license": Key(text, True),
    "released": Key(_maybe(_day)),
    "released_src": Key(text),
    "unverified_fields": Key(many(text)),
    "notice": Key(flag),
    "notice_line": Key(text),
    "mirror": Key(flag),
    "policies": Key(many(text)),
    "disputed": Key(many(text)),
    "modality": Key(one_of(*_MODALITIES)),
    "base": Key(_maybe(text)),
    "inherits": Key(many(text)),
    "generated_with": Key(_maybe(_one_or_many)),
}
#: The keys of a row, by the kind of row.
ROWS: Mapping[str, Mapping[str, Key]] = {
    "models": _MATERIAL,
    "datasets": _MATERIAL,
    "services": {
        **_COMMON,
        "terms": Key(text, True),
        "channel": Key(one_of("api", "consumer")),
        "product": Key(text),
        "clause": Key(_maybe(text)),
        "outputs_may_train_competing_models": Key(_maybe(anything)),
        "modality": Key(anything),
    },
}


class Names(NamedTuple):
    """Every name of a licence, folded, to its id."""

    names: Mapping[str, str]

    def problem(self, name: str) -> str | None:
        """What is wrong with a name that stands for no licence."""
        if name in NO_LICENSE or resolved(self.names, name) is not None:
            return None
        return f"no licence is known as `{name}`{nearest(name, self.names)}"


def read_rows(rules: str, extra: str | None, names: Names, problems: list[Problem]) -> dict[str, Rows]:
    """The rows of every kind; those of the house are checked here, the shipped ones by `check_rows`."""
    found: dict[str, Rows] = {}
    for kind in KINDS:
        shipped, _ = _read(rules, kind, problems)
        own = _checked(extra, kind, names, problems) if extra and os.path.isdir(extra) else []
        replaced = {str(row["id"]).lower() for row in own}
        found[kind] = [row for row in shipped if str(row["id"]).lower() not in replaced] + own
    return found


def check_rows(folder: str, names: Names, problems: list[Problem]) -> None:
    """What is wrong with the rows of a folder."""
    for kind in KINDS:
        _checked(folder, kind, names, problems)


def _checked(folder: str, kind: str, names: Names, problems: list[Problem]) -> Rows:
    """The rows of one file that are in order; what is wrong with the others is told."""
    rows, context = _read(folder, kind, problems)
    good = [row for index, row in enumerate(rows) if _in_order(row, kind, (kind, index), context, names)]
    _check_days(rows, kind, context)
    return good


def _read(folder: str, kind: str, problems: list[Problem]) -> tuple[Rows, Context]:
    """The rows of one file as they stand there."""
    path = os.path.join(folder, "registry", f"{kind}.yaml")
    read = read_yaml(path, problems) if os.path.exists(path) else None
    value, lines = read or ({}, {})
    rows = value.get(kind) if isinstance(value, dict) else None
    if read is not None and (not isinstance(rows, list) or value.get("schema") != "registry/1" or set(value) - {"schema", kind}):
        problems.append(Problem(path, 1, f"a file of the registry has `schema: registry/1` and a list of `{kind}`, and nothing else"))
        rows = None
    return list(rows or ()), Context(path, lines, {}, problems)


def _check_days(rows: list[Any], kind: str, context: Context) -> None:
    """Of two rows about one id only one may be in force on a day."""
    spans: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            continue
        span = str(row.get("from") or ""), str(row.get("until") or "9999")
        known = spans.setdefault((str(row.get("id")).lower(), str(row.get("channel"))), [])
        if any(span[0] < until and start < span[1] for start, until in known):
            context.problem(
                (kind, index), f"overlaps with another row of `{row.get('id')}`: end that one with `until`, begin this with `from`"
            )
        known.append(span)


def _in_order(row: Any, kind: str, where: Path, context: Context, names: Names) -> bool:
    before = len(context.problems)
    record(ROWS[kind])(row, where, context)
    if len(context.problems) > before:
        return False
    if kind != "datasets" and "/" not in row["id"]:
        context.problem((*where, "id"), f"`{row['id']}` is no id such as organisation/name")
    start, end = row.get("from"), row.get("until")
    if start and end and start >= end:
        context.problem((*where, "until"), f"a row that begins on {start} cannot end on {end}")
    stated = [(key, name) for key in ("license", "terms") if row.get(key) for name in row[key].split(", ")]
    for key, name in [*stated, *(("inherits", name) for name in row.get("inherits") or ())]:
        wrong = names.problem(name)
        if wrong and (key == "inherits" or not row.get("text") or names.problem(row["text"])):
            context.problem((*where, key), wrong)
    return len(context.problems) == before
