"""Evidence and the registry in, the lineage of the subject out."""

from .assemble import Assembler
from .component import Component, Lineage
from .entries import Entry, declared_evidence, entries

__all__ = ["Assembler", "Component", "Entry", "Lineage", "declared_evidence", "entries"]
