"""`rules/` in, licences, tables and the registry out."""

from __future__ import annotations

from .load import Knowledge, load, rules_folder

__all__ = ["Knowledge", "load", "rules_folder"]
