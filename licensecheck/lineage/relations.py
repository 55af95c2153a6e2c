"""The card and the files beside it in, where they do not agree how the subject was made from its bases out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from licensecheck.evidence import observed
from licensecheck.harvest import Harvest
from licensecheck.knowledge import Knowledge
from licensecheck.report import Evidence

from .component import Component, Doubt
from .entries import WEIGHTS
from .names import named_in

_PACKED = (".gguf", ".ggml")
_FULL = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack")
#: methods of `quantization_config` that are applied after training; others are how a model was trained
_AFTER = ("gptq", "awq")


def relation_doubts(harvest: Harvest) -> Iterator[Doubt]:
    """What is stated, or nothing, beside files that show something else; with the evidence of both."""
    card = harvest.card
    base = card.get("base_model", "base_models") if card else None
    if card is None or base is None:
        return
    stated = card.meta.get("base_model_relation")
    said = card.evidence(stated, "base_model_relation") if isinstance(stated, str) else card.evidence(_shown(base[1]), base[0])
    if stated in (None, "finetune", "adapter", "merge"):
        converted = _converted(harvest)
        if converted is not None and stated != "adapter":
            yield ("relation-quantized" if stated else "relation-unstated", None, str(converted["value"]), (said, converted))
    if stated == "finetune":
        adapter = next((found.evidence for found in harvest.found if found.evidence["source"] == "adapter_config.json"), None)
        if adapter is not None and not _full_weights(harvest):
            yield ("relation-adapter", None, "", (said, adapter))
        if isinstance(base[1], list) and len({str(item).lower() for item in base[1]}) > 1:
            yield ("relation-several", None, str(len(base[1])), (said, card.evidence(_shown(base[1]), base[0])))


def title_doubt(name: tuple[str, Evidence], components: Sequence[Component], knowledge: Knowledge) -> Iterator[Doubt]:
    """A title that is the whole name of a listed model, where every base that is named comes from other publishers."""
    bases = [component for component in components if component.type == "model" and component.relation in WEIGHTS]
    named = named_in(name[0], knowledge)
    if name[1]["key"] != "title" or not bases or named is None or named[0] != name[0] or "/" not in named[1]:
        return
    row, publisher = knowledge.model(named[1], None), named[1].split("/", 1)[0]
    if row is not None and str(row["id"]).rstrip("*").lower() == named[1].lower() and all(base.publisher != publisher for base in bases):
        yield ("title-of-another", None, named[1], (name[1], *bases[0].evidence[:1]))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _converted(harvest: Harvest) -> Evidence | None:
    """The sign that the only weights here are quantized ones."""
    top = sorted(name for name in harvest.folder.names if "/" not in name and name.lower().endswith((*_PACKED, *_FULL)))
    if top and all(name.lower().endswith(_PACKED) for name in top):
        return observed(top[0], None, "weights", top[0], "tool-written")
    marks = (found for found in harvest.found if found.type == "mark" and found.relation == "quantized")
    return next((found.evidence for found in marks if found.id.lower() in _AFTER), None)


def _full_weights(harvest: Harvest) -> bool:
    names = (name.lower().rsplit("/", 1)[-1] for name in harvest.folder.names if "/" not in name)
    return any(name.endswith(_FULL) and not name.startswith(("adapter", "optimizer", "training", "scheduler")) for name in names)
