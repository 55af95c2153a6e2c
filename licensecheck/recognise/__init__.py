"""The text of a file in, the known licence texts it holds out, section by section.

`recognise(text, prints)` compares with the fingerprints of a folder (`load_fingerprints(directory)`); texts themselves are not needed.
"""

from __future__ import annotations

from .locate import locate
from .records import SectionSpan, TextMatch
from .search import recognise
from .store import Fingerprints, load_fingerprints

__all__ = ["Fingerprints", "SectionSpan", "TextMatch", "load_fingerprints", "locate", "recognise"]
