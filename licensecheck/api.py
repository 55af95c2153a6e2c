"""A target and what is known of its use in, its report out: the typed door for programs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, TypeAlias

from licensecheck.errors import InputError, LicenseCheckError, Problem, UnreachableError, UsageError
from licensecheck.report import Action, Citation, Evidence, Finding, Kind, Outcome, Question, Remedy, Report

__all__ = [
    "Action",
    "Citation",
    "Evidence",
    "Figure",
    "Finding",
    "InputError",
    "Kind",
    "LicenseCheckError",
    "Money",
    "Outcome",
    "Problem",
    "Question",
    "Remedy",
    "Report",
    "UnreachableError",
    "UsageError",
    "Use",
    "check",
    "check_all",
]

#: A number, a bound or range of numbers (`"<10000000"`), or one of these for each month (`{"2024-06": 1500000}`).
Figure: TypeAlias = "int | str | Mapping[str, int | str]"
#: An amount or a bound with its currency code (`"5000000 USD"`), or one for each month.
Money: TypeAlias = "str | Mapping[str, str]"
Target: TypeAlias = "str | os.PathLike[str]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """How a model is released and used: what no file can tell. None says nothing: what the manifest says, or nobody, stands.

    Every field is the key of `licensecheck.yaml` that its metadata name; the values are those of the manifest.

    >>> Use(weights="public", markets=("DE", "US")).settings()
    ('release.weights="public"', 'use.markets=["DE", "US"]')
    """

    #: public name of the model (`model.name`)
    name: str | None = None
    #: licence id or SPDX expression it is given under (`model.license`)
    license: str | None = None
    #: day of release, which decides the editions in force (`model.released`)
    released: date | str | None = None
    #: who gets the weights: everybody, somebody outside the organisation, nobody (`release.weights`)
    weights: Literal["public", "private", "none"] | None = None
    #: offered to others as an API, app or website (`release.service`)
    service: bool | None = None
    #: built into a product that is shipped (`release.product`)
    product: bool | None = None
    #: others pay for the service or product (`release.paid`)
    paid: bool | None = None
    #: used commercially (`use.commercial`)
    commercial: bool | None = None
    #: ids of purposes, as `llm-licensecheck explain purposes` lists them (`use.purposes`)
    purposes: Sequence[str] | None = None
    #: where the product or service is offered: ISO 3166-1 codes; EU and EEA stand for their members (`use.markets`)
    markets: Sequence[str] | None = None
    #: users of the product or service within a month, and within a day (`use.monthly_active_users`, `use.daily_active_users`)
    monthly_active_users: Figure | None = None
    daily_active_users: Figure | None = None
    #: devices the model runs on (`use.devices`)
    devices: Figure | None = None
    #: revenue of the product or service (`use.monthly_revenue`, `use.annual_revenue`)
    monthly_revenue: Money | None = None
    annual_revenue: Money | None = None
    #: domicile of the organisation: ISO 3166-1 codes (`licensee.established`)
    established: str | Sequence[str] | None = None
    #: figures of the organisation with its affiliates (`licensee.monthly_active_users`, `licensee.annual_revenue`)
    licensee_monthly_active_users: Figure | None = None
    licensee_annual_revenue: Money | None = None

    def settings(self) -> tuple[str, ...]:
        """The same as settings of the command line, `KEY=VALUE` each, in the order of the fields."""
        import json

        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        return tuple(f"{_KEYS[name]}={json.dumps(_plain(value), ensure_ascii=False)}" for name, value in said if value is not None)


_GROUPS: dict[str, tuple[str, ...]] = {
    "model": ("name", "license", "released"),
    "release": ("weights", "service", "product", "paid"),
    "use": (
        *("commercial", "purposes", "markets", "monthly_active_users", "daily_active_users"),
        *("devices", "monthly_revenue", "annual_revenue"),
    ),
    "licensee": ("established", "licensee_monthly_active_users", "licensee_annual_revenue"),
}
_KEYS = {name: f"{group}.{name.removeprefix('licensee_')}" for group, names in _GROUPS.items() for name in names}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def check(
    target: Target,
    *,
    use: Use | None = None,
    lang: Literal["en", "zh"] = "en",
    rules: Target | None = None,
    evidence: Sequence[Target] = (),
    offline: bool = True,
    today: date | None = None,
) -> Report:
    """The report on one target: the same as `llm-licensecheck check TARGET --all --format json` puts under `reports`.

    `target` is a folder, a weight file (`.gguf`, `.safetensors`) or a repository on the Hub (`"org/name"`, `"datasets/org/name"`, each
    with `@revision`). `use` is laid over the manifest. `lang` is the language of what is said; keys, ids and kinds stay the same. `rules`
    is a folder of further rules, `evidence` are files of provenance results. `offline=False` lets the Hub be asked for what its cache
    lacks. `today` (default: the day of the call) decides the editions in force where neither manifest nor `use` names a day of release,
    and what has expired.

    `report["verdict"]` is the worst kind of the findings that are not suppressed; `report["questions"]` are the open questions, best
    first. A flaw of the model is a finding, not an exception.

    Raises InputError (every problem of the manifest, rules or `use` at once, in `problems`), UsageError (no such target; a folder whose
    manifest lists several subjects: `check_all` takes it) or UnreachableError (neither cache nor Hub has it); all are LicenseCheckError.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     card = open(os.path.join(folder, "README.md"), "w", encoding="utf-8")
    ...     _ = card.write("---\\nbase_model: harbour/pilot-7b\\n---\\n# Harbour Chat\\n")
    ...     card.close()
    ...     report = check(folder, use=Use(weights="public"), today=date(2026, 1, 31))
    >>> report["subject"]["name"], report["verdict"], report["as_of"]
    ('Harbour Chat', 'open', '2026-01-31')
    >>> [question["fact"] for question in report["questions"]]
    ['component.license']
    >>> check("no/such/folder")
    Traceback (most recent call last):
        ...
    licensecheck.errors.UsageError: no/such/folder: no such folder
    """
    reports = check_all(target, use=use, lang=lang, rules=rules, evidence=evidence, offline=offline, today=today)
    if len(reports) != 1:
        raise UsageError(f"{os.fspath(target)}: lists {len(reports)} subjects: give one of them, or call check_all")
    return reports[0]


def check_all(
    target: Target,
    *,
    use: Use | None = None,
    lang: Literal["en", "zh"] = "en",
    rules: Target | None = None,
    evidence: Sequence[Target] = (),
    offline: bool = True,
    today: date | None = None,
) -> list[Report]:
    """A report for each subject that the manifest of a folder lists, in its order; for any other target, the one report of `check`.

    Arguments and errors are those of `check`; the first subject that cannot be read is the one that is raised.
    """
    from licensecheck.cli.check import examined

    options: dict[str, Any] = {
        "sets": use.settings() if use else (),
        "as_": None,
        "lang": lang,
        "rules": None if rules is None else os.fspath(rules),
        "everything": True,
        "evidence": tuple(os.fspath(path) for path in evidence),
        "today": today,
    }
    reports, errors = examined((os.fspath(target),), options, offline)
    if errors:
        raise errors[0]
    return reports
