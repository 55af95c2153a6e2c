"""A use policy in, what it adds to the clauses of what takes it in out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def clauses_of(policy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The policy's own clauses as clauses of a licence, or of one model, that takes the policy in."""
    about = {"policy_clause": True, "policy_name": policy["name"], "policy_url": policy.get("url")}
    return [{**clause, **about, "policy_text": policy.get("text"), "verified": policy["verified"]} for clause in policy["clauses"]]


def with_policy(policy: Mapping[str, Any]) -> dict[str, Any]:
    """What a clause says that rests on a policy."""
    purposes = {key: policy.get(key, []) for key in ("forbids", "conditions")}
    return {"purposes": purposes, "policy_name": policy["name"], "policy_url": policy.get("url"), "policy_text": policy.get("text")}
