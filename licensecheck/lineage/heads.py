"""Files of code in, one component for each whose head keeps notices and whose origin nobody declares out: what is kept is in order."""

from __future__ import annotations

from collections.abc import Sequence

from licensecheck.harvest.code import CodeFile

from .assemble import Assembler
from .component import Component
from .entries import Entry


def heads(code: Sequence[CodeFile], components: Sequence[Component], assembler: Assembler) -> tuple[Component, ...]:
    """They stand apart from the lineage: whose the file is its head does not say, so nothing but the keeping of notices is judged by it."""
    declared = {str(component.attributes.get("code")).removeprefix("./") for component in components if component.type == "code"}
    found = []
    for file in code:
        license_id = assembler.knowledge.resolve(file.license) if file.license else None
        if file.header == "kept" and license_id and file.license_evidence is not None and file.source not in declared:
            shown = (*file.copyrights, file.license_evidence)
            attributes = {"license": license_id, "code": file.source, "header": "kept", "shown": shown}
            found.append(Entry(file.source, "code", "code", [file.license_evidence], attributes))
    return tuple(component for entry in found for component in assembler.components([entry]))
