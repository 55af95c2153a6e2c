"""A folder in, everything its files say about lineage, licences and wording out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from licensecheck.evidence import Found
from licensecheck.records import Record
from licensecheck.report import Evidence
from licensecheck.sources.folder import Folder
from licensecheck.sources.names import WEIGHTS

from .card import Card, read_card
from .claims import Claim, claims_in
from .configs import TRAINERS, read_configs
from .documents import MARKED_UP, Document, card_names, document_names, own_names, prose_lineage, statements_of_changes
from .generators import generator_of
from .lexicon import Lexicon
from .texts import Copy, Recogniser, Texts, lines_of_licenses, read_texts

if TYPE_CHECKING:
    from .code import CodeFile

_CONFIGS = ("config.json", "adapter_config.json", "mergekit_config.yml", "mergekit_config.yaml", "params.json", "generation_config.json")
#: https://github.com/huggingface/hub-docs/blob/main/datasetcard.md
_DATASET_KEYS = (
    "dataset_info",
    "task_categories",
    "task_ids",
    "size_categories",
    "annotations_creators",
    "source_datasets",
    "pretty_name",
    "configs",
)
_MOST_CARD = 1_000_000
_MOST_DOCUMENTS = 80
_RECIPES = (".yml", ".yaml", *TRAINERS)
#: documents in other mark-ups than Markdown


class Harvest(Record):
    """What was found in one folder. `flaws` are (file, line, sentence); `inputs` the files that were read."""

    folder: Folder
    card: Card | None
    found: tuple[Found, ...]
    texts: Texts
    #: licences written into the headers of weight files
    labels: tuple[Evidence, ...]
    documents: tuple[Document, ...]
    changes: tuple[Evidence, ...]
    claims: tuple[Claim, ...]
    has_weights: bool
    looks_like_model: bool
    looks_like_dataset: bool
    #: the tool that wrote the card, and the licence its template writes
    generator: tuple[str, str | None] | None
    flaws: tuple[tuple[str, int | None, str], ...]
    inputs: tuple[dict[str, Any], ...]
    incomplete: tuple[str, ...]
    #: modelling code, by what the heads of its files say
    code: tuple[CodeFile, ...] = ()
    #: what the card's sentences say it is licensed under, as written
    stated: tuple[Evidence, ...] = ()
    #: what sentences say the data is licensed under, as written, where a licence file for data lies beside them
    stated_of_data: tuple[Evidence, ...] = ()
    #: the licences that the front matter of further cards declares
    rivals: tuple[Evidence, ...] = ()


def gather(folder: Folder, phrases: Mapping[str, Any], recognise: Recogniser) -> Harvest:
    """Read what there is to read; never raises for what the files hold."""
    flaws: list[tuple[str, int | None, str]] = []
    licenses = phrases["license_texts"]
    texts = read_texts(folder, recognise, licenses)
    cards = [read_card(name, folder.read(name, _MOST_CARD).text) for name in card_names(folder)]
    card = next((card for card in cards if card.meta), cards[0] if cards else None)
    tools = _tools(folder, card, flaws)
    found = list(tools.found)
    texts = texts._replace(copies=(*texts.copies, *(copy for packed in tools.packed for copy in _packed(packed, recognise))))
    unread: list[str] = []
    documents = _documents(folder, cards, unread)
    if card is not None:
        gate = _gate(card, recognise)
        inline = () if texts.copies or gate else _inline(card, recognise)
        texts = texts._replace(copies=(*texts.copies, *gate, *inline))
        documents = tuple(
            document._replace(skip=(*document.skip, *lines_of_licenses(tuple(copy.match for copy in inline), licenses)))
            if document.source == card.source
            else document
            for document in documents
        )
    lexicon = Lexicon(phrases["origin"], phrases["families"])
    told, before = list[Found](), len(found)
    for document in documents:
        told.extend(prose_lineage(document, phrases["lineage"]))
        found.extend(_teachers(document, phrases["outputs"], lexicon, unread))
        if "--" in document.content and "|" in document.content:
            from .tables import bases_in_tables

            found.extend(bases_in_tables(document, phrases["lineage"]["columns"], unread))
    own = own_names(folder, card.headings if card else ())
    claims = claims_in(documents, lexicon, own, unread)
    found[before:before] = _in_words(told, claims, documents, own)
    code, dataset = _code(folder, phrases["code"], unread), _is_dataset(folder, card)
    own_notices = tuple(Document(notice.source, notice.content, notice.skip) for notice in texts.notices)
    changes = _changes((*documents, *own_notices), claims, phrases["changes"])
    return Harvest(
        folder=folder,
        card=card,
        found=tuple(found),
        texts=texts,
        labels=tools.labels,
        documents=documents,
        changes=changes,
        claims=claims,
        has_weights=any(name.endswith(WEIGHTS) for name in folder.names),
        looks_like_model=any(name in folder.names for name in _CONFIGS) or bool(card and card.meta),
        looks_like_dataset=dataset,
        generator=generator_of(card, phrases["generators"]) if card else None,
        flaws=tuple(flaws),
        code=code,
        stated=_stated(card, documents, phrases, dataset=dataset),
        stated_of_data=_stated_of_data(texts, documents, phrases["licensed"]),
        rivals=tuple(other.evidence(other.meta["license"], "license") for other in cards if other is not card and _declares(other)),
        inputs=_inputs(folder),
        incomplete=(*folder.notes, *_cut(folder), *(card.cut_lists() if card else ()), *tools.notes, *unread),
    )


def _changes(documents: Iterable[Document], claims: Sequence[Claim], phrases: Mapping[str, list[str]]) -> tuple[Evidence, ...]:
    """What documents state to have been changed; where nothing states it, what they tell was done."""
    changes = tuple(item for document in documents for item in statements_of_changes(document, phrases))
    if changes or not any(claim.id == "based-on" for claim in claims):
        return changes
    from .claimed import changes_claimed

    return changes_claimed(claims, phrases["deed"])


def _in_words(told: list[Found], claims: tuple[Claim, ...], documents: tuple[Document, ...], own: tuple[str, ...]) -> list[Found]:
    """The bases that sentences name, without what they say of other people's models; most documents name none."""
    if not told and not any(claim.id == "based-on" for claim in claims):
        return told
    from .claimed import bases_claimed, without_others

    return without_others([*told, *bases_claimed(claims)], {document.source: document for document in documents}, own)


def _declares(card: Card) -> bool:
    return isinstance(card.meta.get("license"), str) and card.meta["license"] not in ("", "other", "unknown")


def _teachers(document: Document, words: Mapping[str, Any], lexicon: Lexicon, unread: list[str]) -> tuple[Found, ...]:
    """Who generated what it was trained on; looked for only where somebody speaks of generating."""
    lowered = document.content.lower()
    if not any(stem in lowered for stem in words["stems"]):
        return ()
    from .outputs import generated_with

    return generated_with(document, words, lexicon, unread)


def _stated(
    card: Card | None, documents: tuple[Document, ...], phrases: Mapping[str, Any], *, dataset: bool = False
) -> tuple[Evidence, ...]:
    """The licence that sentences of the card name; where its front matter names none, also what it says of the whole."""
    document = next((document for document in documents if card is not None and document.source == card.source), None)
    if card is None or document is None:
        return ()
    if "license" in card.meta:
        from .licensed import licenses_stated as stated
    else:
        from .offered import licenses_offered as stated
    words = phrases["licensed" if "license" in card.meta else "offered"]
    if dataset and "license" in card.meta:  # what such a card says of its data it says of the whole
        words = {**words, "object": words["of_data"]["object"], "not": words["of_data"]["not"]}
    return stated(document, words)


def _stated_of_data(texts: Texts, documents: tuple[Document, ...], words: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The licences that sentences name for the data; a document that is about the data by its name need not say so."""
    if not any("data" in copy.source.lower().rsplit("/", 1)[-1] for copy in texts.copies):
        return ()
    from .licensed import licenses_of_data

    return licenses_of_data(documents, words)


def _code(folder: Folder, words: Mapping[str, Any], unread: list[str]) -> tuple[CodeFile, ...]:
    """Modelling code; most folders have none, and then its reader is not loaded."""
    if not any(name.rsplit("/", 1)[-1].startswith(tuple(words["files"])) for name in folder.names if name.endswith(".py")):
        return ()
    from .code import read_code

    return read_code(folder, words, unread)


class _Tools(Record):
    """What the files that tools write say."""

    found: tuple[Found, ...]
    labels: tuple[Evidence, ...] = ()
    #: licence texts inside such a file: source, line, text
    packed: tuple[tuple[str, int, str], ...] = ()
    notes: tuple[str, ...] = ()


def _prints_recipe(card: Card | None) -> bool:
    """May there be a recipe in a code block of the card? Its front matter names bases too, and is none."""
    if card is None or "```" not in card.text:
        return False
    body = card.text.split("\n", card.body_line - 1)[-1]
    return any(key in body for key in ("base_model", "model_name", "model_id", "merge_method", "model:"))


def _tools(folder: Folder, card: Card | None, flaws: list[tuple[str, int | None, str]]) -> _Tools:
    """Configs, headers, recipes and packages; the readers of formats that are not there are not even loaded."""
    tools = _Tools(read_configs(folder, flaws))
    top = [name.lower() for name in folder.names if "/" not in name]
    if any(name.endswith((".gguf", ".safetensors")) for name in top):
        from .headers import read_headers

        headers = read_headers(folder, flaws)
        tools = tools._replace(found=(*tools.found, *headers.found), labels=headers.licenses, notes=headers.notes)
    if _prints_recipe(card) or any(name.endswith(_RECIPES) and name != "licensecheck.yaml" for name in folder.names):
        from .recipes import read_recipes

        recipes, notes = read_recipes(folder, (card.source, card.text) if card else None)
        tools = tools._replace(found=(*tools.found, *recipes), notes=(*tools.notes, *notes))
    if any("modelfile" in name for name in top) or any("manifests/" in name for name in folder.names):
        from .modelfile import read_manifests, read_modelfiles

        for packaged in (read_modelfiles(folder), read_manifests(folder)):
            found, notes = (*tools.found, *packaged.found), (*tools.notes, *packaged.notes)
            tools = tools._replace(found=found, packed=(*tools.packed, *packaged.licenses), notes=notes)
    return tools


def _packed(packed: tuple[str, int, str], recognise: Recogniser) -> list[Copy]:
    """The licence texts inside a file that packs a model."""
    source, line, text = packed
    return [Copy(f"{source} (line {line})", match, text) for match in recognise(text)] if len(text) > 300 else []


def _is_dataset(folder: Folder, card: Card | None) -> bool:
    """Does the card have keys that only cards of datasets have, and does nothing beside it say that there is a model?"""
    if card is None or not any(key in card.meta for key in _DATASET_KEYS):
        return False
    return not any(name in _CONFIGS or ("/" not in name and name.endswith(WEIGHTS)) for name in folder.names)


def _documents(folder: Folder, cards: list[Card], unread: list[str]) -> tuple[Document, ...]:
    by_source = {card.source: card for card in cards}
    documents = []
    names = document_names(folder)
    if len(names) > _MOST_DOCUMENTS:
        unread.append(f"{names[_MOST_DOCUMENTS]}: only {_MOST_DOCUMENTS} of {len(names)} files like it were read")
    for name in names[:_MOST_DOCUMENTS]:
        card = by_source.get(name)
        text = card.text if card else folder.read(name, _MOST_CARD).text
        if name.lower().endswith(MARKED_UP):
            from .markup import prose  # most documents are Markdown

            text = prose(name, text)
        documents.append(Document(name, text, ((1, card.body_line - 1),) if card and card.body_line > 1 else ()))
    return tuple(documents)


def _gate(card: Card, recognise: Recogniser) -> tuple[Copy, ...]:
    prompt = card.meta.get("extra_gated_prompt")
    if not isinstance(prompt, str) or len(prompt) < 500:
        return ()
    return tuple(Copy(f"{card.source} (extra_gated_prompt)", match, prompt) for match in recognise(prompt))


def _inline(card: Card, recognise: Recogniser) -> tuple[Copy, ...]:
    """A licence printed in full in the card itself; only long cards can hold one."""
    if len(card.text) < 4_000:
        return ()
    return tuple(Copy(card.source, match, card.text) for match in recognise(card.text))


def _inputs(folder: Folder) -> tuple[dict[str, Any], ...]:
    return tuple({"path": file.path, "sha256": file.sha256, "read": True} for file in folder.files_read())


def _cut(folder: Folder) -> tuple[str, ...]:
    return tuple(
        f"{file.path}: only the first {len(file.data):,} of {file.size:,} bytes were read" for file in folder.files_read() if file.truncated
    )
