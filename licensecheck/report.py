"""The report: the shapes of `schema/report-1.json`, which every renderer reads and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

SCHEMA = "licensecheck-report/1"

Kind = Literal["fail", "open", "review", "pass", "informational", "not-applicable"]
Outcome = Literal["unmet", "triggered", "undecided", "met", "not-triggered", "not-applicable", "noted"]

#: Kinds from the worst down; the verdict of a report is the first of the first four that an unsuppressed finding has.
KINDS: tuple[Kind, ...] = ("fail", "open", "review", "pass", "informational", "not-applicable")
VERDICTS: tuple[Kind, ...] = KINDS[:4]
#: SARIF level by kind.
LEVELS: dict[Kind, str] = {
    "fail": "error",
    "open": "warning",
    "review": "warning",
    "pass": "none",
    "informational": "note",
    "not-applicable": "none",
}


class Evidence(TypedDict, total=False):
    """One observation. `line` and `column` count from 1; `snippet` is the line itself, cleaned and cut at 200 characters."""

    source: str
    line: int | None
    key: str
    value: str
    how: Literal["declared", "prose", "tool-written", "inferred"]
    column: int
    snippet: str


class Citation(TypedDict, total=False):
    """Where the clause stands. `quote` is taken from the text found beside the model, at `source`:`line`; else null."""

    text: str | None
    section: str | None
    url: str | None
    quote: str | None
    source: str | None
    line: int | None
    policy: str | None
    policy_section: str | None
    #: whose clause it is, where a finding rests on the clauses of several licences
    license: str | None


class Edition(TypedDict):
    """The text of a licence that counts and the date from which it is in force (ISO 8601)."""

    text: str | None
    in_force_from: str | None


class HeldBack(TypedDict):
    """Why a finding that would be `fail` is at most `review`: the cap that held, and every reason."""

    kind: Kind
    cap: str
    reasons: list[str]


class Question(TypedDict, total=False):
    """One fact a person knows. `if` says what each answer would make of the finding it is asked for."""

    fact: str
    ask: str
    type: str
    unit: str | None
    values: list[str]
    settles: int
    rules: list[str]
    if_: dict[str, str]


class Action(TypedDict, total=False):
    """One step of a remedy: `kind` is rename, add-text, add-file, set-field, request, declare, remove or ask."""

    kind: str
    proposal: str
    file: str
    text: str


class Remedy(TypedDict):
    """What to do: one sentence, the steps with the very words to write, and the command that does it (null: a person must)."""

    summary: str
    actions: list[Action]
    command: str | None


class RequiredWords(TypedDict):
    """What a duty wants written: any one of `texts`, exactly, in a file (`notice`, a "Notice" text file) or at one of the `places`."""

    texts: list[str]
    file: str | None
    places: list[str]


class Suppression(TypedDict):
    """A SARIF suppression: a waiver that covers the finding."""

    kind: str
    status: str
    justification: str
    by: str
    expires: str


class Finding(TypedDict):
    """A clause (or a check, whose `license` is null) against a component, judged."""

    id: str
    rule: str
    license: str | None
    #: the licence's own name, where a clause is behind the finding
    license_name: NotRequired[str]
    license_version: Edition | None
    verified: bool
    topic: str
    deontic: str
    kind: Kind
    outcome: Outcome
    level: str
    layer: str
    component: str | None
    path: list[list[str]]
    owed_by: str
    title: str
    message: str
    notes: list[str]
    citation: Citation
    #: the clauses of further licences, where a finding is about several
    also_cites: NotRequired[list[Citation]]
    evidence: list[Evidence]
    reasons: list[dict[str, Any]]
    held_back: HeldBack | None
    question: dict[str, Any] | None
    required: RequiredWords | None
    remedy: Remedy | None
    suppressions: list[Suppression]
    #: what it rests on: declared, tool-written, inferred or measured; absent where there is no evidence
    basis: NotRequired[str]
    #: how sure that is: lowest, low, medium or high
    confidence: NotRequired[str]
    #: it holds only if the subject is made of this, which only comparisons make possible
    condition: NotRequired[str]
    #: the results of comparisons that it rests on, each with its limits
    measured: NotRequired[list[dict[str, Any]]]
    #: what would change it
    would_change: NotRequired[str]


class Report(TypedDict):
    """Everything known about one subject on one date."""

    subject: dict[str, Any]
    as_of: str
    verdict: Kind
    counts: dict[str, int]
    licenses: dict[str, Any]
    lineage: dict[str, Any]
    findings: list[Finding]
    questions: list[dict[str, Any]]
    if_published: int | None
    inputs: list[dict[str, Any]]
    not_examined: list[str]
    incomplete: list[str]
    unreached: NotRequired[list[str]]
