"""Why a finding that would be `fail` stays below it: every cap in one place and in one order, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.lineage.component import Component
from licensecheck.report import HeldBack


class Caps:
    """The caps of caps.yaml, in their order, in one language; `scoped` are the facts that decide whether a clause concerns a component."""

    def __init__(self, table: Mapping[str, Any], facts: Mapping[str, Any], lang: str, messages: Mapping[str, Any]) -> None:
        self._why = {cap["id"]: cap["why"][lang] for cap in table["caps"]}
        self._arguable = messages["notes"]["arguable"][lang]
        self._undated = messages["notes"]["undated-above"][lang]
        self.scoped = frozenset(name for name, fact in facts["facts"].items() if fact["scope"])
        self.order = tuple(self._why)

    def hold(
        self, clause: Mapping[str, Any], component: Component, doubts: Sequence[str], *, arguable: bool = False, undated: str | None = None
    ) -> HeldBack | None:
        """The first cap that holds, with the reasons of all that do; None when nothing holds the finding back."""
        reasons: dict[str, list[str]] = {}
        if not component.certain:
            reasons["inferred-component"] = [self._why["inferred-component"]]
        if not clause.get("verified", True) or not component.verified:
            reasons["unverified-law"] = [self._why["unverified-law"]]
        unsettled = [*doubts]
        if undated:
            unsettled.append(self._undated.replace("{month}", undated))
        if unsettled or arguable:
            reasons["unsettled"] = unsettled or [self._arguable]
        if component.personal or (clause["binds"] == "account-holder" and component.attributes.get("account") == "other"):
            reasons["binds-somebody-else"] = [self._why["binds-somebody-else"]]
        held = [cap for cap in self.order if cap in reasons]
        if not held:
            return None
        return {"kind": "fail", "cap": held[0], "reasons": [reason for cap in held for reason in reasons[cap]]}
