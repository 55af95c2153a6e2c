"""All licences, already evaluated, in, the table that leads to their pages out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from licensecheck.errors import UsageError

from .files import write_whole
from .markdown import escaped
from .reference import Page, file_name, reference_words
from .templating import place
from .terminal import safe

Record = Mapping[str, Any]
#: The topics of the index, column by column; figures and territories have columns of their own.
_COLUMNS = (("model-name",), ("display-attribution", "attribution"), ("notice-file", "retain-notices"), ("license-copy",))


def write_pages(records: Sequence[Record], lang: str, folder: str) -> None:
    """The pages of all licences and their index, in one language."""
    words = reference_words(lang)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{safe(folder)}: cannot be made: {error.strerror or error}") from error
    pages = {file_name(record["id"]): Page(record, lang, words).page() for record in records}
    for name, page in {**pages, "index.md": index(records, lang, words)}.items():
        write_whole(os.path.join(folder, name), page.encode("utf-8"))


def index(records: Sequence[Record], lang: str, words: Record) -> str:
    """The table of all licences."""
    return place(
        "reference-index.md.j2", words=words, columns=words["columns"], rows=[_row(record, Page(record, lang, words)) for record in records]
    )


def _row(record: Record, page: Page) -> list[str]:
    summary, words = record["summary"], page.words
    cells = [f"[{page.text(record['name'])}]({file_name(record['id'])})", page.text(record["publisher"])]
    cells.append(words["commercial"][summary["commercial"]])
    for topics in _COLUMNS:
        sections = dict.fromkeys(page.section(clause["section"]) for topic in topics for clause in summary["topics"].get(topic, ()))
        cells.append(words["comma"].join(sections))
    cells.append(words["semicolon"].join(dict.fromkeys(escaped(page.conditions.figure(leaf)) for leaf in summary["figures"])))
    cells.append(words["semicolon"].join(dict.fromkeys(page.condition(leaf) for leaf in summary["places"])))
    return [*cells, words["yes" if record["verified"] else "no"]]
