"""Reports in, the review packet out: one page of HTML that needs nothing else, in both languages at once."""

from __future__ import annotations

from licensecheck.render.packet.page import render
from licensecheck.render.packet.words import Glossary

__all__ = ["Glossary", "render"]
