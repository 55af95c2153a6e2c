"""Licence and attribution checks for language models."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # what follows is imported when somebody asks for it
    from licensecheck.api import Finding as Finding
    from licensecheck.api import InputError as InputError
    from licensecheck.api import LicenseCheckError as LicenseCheckError
    from licensecheck.api import Report as Report
    from licensecheck.api import UnreachableError as UnreachableError
    from licensecheck.api import UsageError as UsageError
    from licensecheck.api import Use as Use
    from licensecheck.api import check as check
    from licensecheck.api import check_all as check_all

__version__ = "0.1.0"
_API = ("Finding", "InputError", "LicenseCheckError", "Report", "UnreachableError", "UsageError", "Use", "check", "check_all")

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _API:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module("licensecheck.api"), name)

    def __dir__() -> list[str]:
        return [*globals(), *_API]
