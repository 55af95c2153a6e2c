"""A command in, the same command out whose arguments know what can be typed next: files, licences, clauses, keys of the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import click
from click.shell_completion import CompletionItem

from licensecheck.errors import LicenseCheckError
from licensecheck.knowledge import Knowledge, load
from licensecheck.report import VERDICTS

#: What a metavar stands for is what completes it.
_FOLDERS = ("DIR", "FOLDER", "[PATH]")
_FILES = ("FILE", "FILE...", "[TARGET]", "[TARGET]...", "A", "B", "TABLE")
_ROWS_OF = ("models", "datasets")
_LISTS = ("facts", "relations", "topics", "checks", "purposes")


if TYPE_CHECKING:
    Text: TypeAlias = click.ParamType[str]
else:  # older releases of click have no type to give
    Text = click.ParamType


class Completed(Text):
    """Takes every text as it is; `listed` says what may be typed."""

    name = "text"

    def __init__(self, listed: Callable[[click.Context, str], Iterable[str | CompletionItem]]) -> None:
        self.listed = listed

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What begins like what is typed; nothing where rules cannot be read, for nobody wants an error while typing."""
        try:
            items = [item if isinstance(item, CompletionItem) else CompletionItem(item) for item in self.listed(ctx, incomplete)]
        except (LicenseCheckError, OSError):
            return []
        return [item for item in items if item.type != "plain" or item.value.lower().startswith(incomplete.lower())]


def completed(command: click.Command) -> click.Command:
    """The command, its parameters completed by what their metavars stand for; those of its own commands too."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            completed(inner)
    for parameter in command.params:
        metavar = parameter.metavar or ""
        listed = _VALUES.get(metavar)
        if listed is not None and isinstance(parameter.type, click.types.StringParamType):
            parameter.type = Completed(listed)
    return command


def _files(_: click.Context, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="file")]


def _folders(_: click.Context, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="dir")]


def _known(ctx: click.Context) -> Knowledge:
    return load(ctx.params.get("rules"))


def explained(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """What `explain` explains: licences and their clauses, use policies, models by organisation, and what tables hold."""
    known = _known(ctx)
    head, slash, _ = incomplete.partition("/")
    if not slash:
        yield from (*known.license_ids(), *known.policy_ids(), *_LISTS)
        for table in ("facts", "relations", "topics", "purposes"):
            yield from known.table(table)[table]
        for kind in _ROWS_OF:
            yield from (f"{organisation}/" for organisation in known.organisations(kind))
    elif head in known.license_ids():
        yield from (f"{head}/{clause['id']}" for clause in known.license(head)["clauses"])
    elif head == "check":
        yield from (f"check/{topic}" for topic in known.table("topics")["checks"])
    else:
        rows = (str(row["id"]).rstrip("*") for kind in _ROWS_OF for row in known.rows(kind, head.lower()))
        yield from dict.fromkeys(identifier for identifier in rows if "*" not in identifier)  # a row may stand for all that begins so


def licences(ctx: click.Context, _: str) -> tuple[str, ...]:
    return _known(ctx).license_ids()


def settings(ctx: click.Context, incomplete: str) -> Iterator[str]:
    """Keys of the manifest with their `=`; behind it, what the key can be."""
    keys = _known(ctx).table("manifest")["keys"]
    key, equals, _ = incomplete.partition("=")
    if not equals:
        yield from (f"{name}=" for name, _ in _leaves(keys, ""))
        return
    spec = dict(_leaves(keys, "")).get(key, {})
    spec = spec.get("list", spec)
    values = spec.get("values", ("true", "false") if spec.get("type") == "bool" else ())
    if spec.get("of") == "purposes":
        values = _known(ctx).table("purposes")["purposes"]
    yield from (f"{key}={value}" for value in values)


def _leaves(keys: dict[str, Any], above: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, spec in keys.items():
        if "keys" in spec:
            yield from _leaves(spec["keys"], f"{above}{name}.")
        elif name not in ("version", "extends", "subjects"):
            yield above + name, spec


def _kinds(_: click.Context, incomplete: str) -> list[str]:
    given, comma, _last = incomplete.rpartition(",")
    return [f"{given}{comma}{kind}" for kind in VERDICTS[:3] if kind not in given.split(",")]


def _forms(ctx: click.Context, incomplete: str) -> list[str | CompletionItem]:
    from licensecheck.cli.check import FORMATS

    form, equals, file = incomplete.partition("=")
    return [CompletionItem(file, type="file")] if equals and form in FORMATS else [f"{form}=" for form in FORMATS]


_VALUES: dict[str, Callable[[click.Context, str], Iterable[str | CompletionItem]]] = {
    **dict.fromkeys(_FILES, _files),
    **dict.fromkeys(_FOLDERS, _folders),
    "ID[/CLAUSE]": explained,
    "[PATH] [LICENSE-ID]...": licences,
    "KEY=VALUE": settings,
    "KIND[,KIND]": _kinds,
    "FORMAT=FILE": _forms,
}
