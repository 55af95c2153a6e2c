"""Open questions in, answers out, written into the manifest: what `init` does apart from talking."""

from __future__ import annotations

from licensecheck.interview.session import Interview, Query
from licensecheck.interview.written import write

__all__ = ["Interview", "Query", "write"]
