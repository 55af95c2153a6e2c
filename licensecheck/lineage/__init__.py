"""Evidence and the registry in, the lineage of the subject out."""

from .assemble import Assembler
from .choice import settle
from .component import Component, Doubt, Lineage
from .entries import Entry, declared_evidence, entries
from .implied import implied

__all__ = ["Assembler", "Component", "Doubt", "Entry", "Lineage", "declared_evidence", "entries", "implied", "settle"]
