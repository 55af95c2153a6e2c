"""A report and the copy of a folder in, one part of the fix written there at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from licensecheck.errors import UnreachableError, UsageError
from licensecheck.render import documents
from licensecheck.render.files import between_markers, body_of, read_editable, style_of, without_section
from licensecheck.render.front_matter import UnsafeEditError, block_of
from licensecheck.render.notices.parts import notice_name
from licensecheck.sources.folder import Folder
from licensecheck.sources.names import WEIGHTS

from .aims import adverse
from .card import NAME, by_hand, card_name, mend_card
from .copies import Owed, Shelf, find_copy, free_name, lacks_holder, owed
from .records import CopyMade, Refusal
from .shipped import shipped_notices
from .stage import Stage

if TYPE_CHECKING:
    from .plan import Sources

#: A front matter is put before a README only where one of these shows that the folder holds a model.
_MODEL_FILES = ("config.json", "adapter_config.json", "params.json", "mergekit_config.yml", "mergekit_config.yaml")


class Writer:
    """Writes into the copy. `stuck` are parts that cannot be written, `created` parts that are new."""

    def __init__(self, stage: Stage, sources: Sources, lang: str) -> None:
        self.stage = stage
        self.sources = sources
        self.lang = lang
        self.made: list[CopyMade] = []
        self.lacking: list[str] = []
        self.unreachable: list[str] = []
        self.stuck: dict[str, Refusal] = {}
        self.created: set[str] = set()

    def part(self, part: str, report: Any) -> bool:
        """Was there anything to write? What stands in the way is remembered, and the part left out."""
        try:
            return bool({"notice": self.notice, "card": self.card, "attribution": self.attribution}[part](report))
        except UnsafeEditError as error:
            lines = by_hand(report, self.stage.folder, self.on_hub)
            hint = f"; to be written by hand: {' | '.join(lines)}" if lines else ""
            self.stuck[part] = Refusal(part, card_name(Folder(self.stage.folder)), error.line, error.message + hint)
        except UsageError as error:
            self.stuck[part] = Refusal(part, f"({part})", None, str(error).replace(self.stage.folder + os.sep, ""))
        return False

    def on_hub(self, name: str) -> bool:
        return bool(self.sources.knowledge.brief(name).get("hub"))

    def copies(self, findings: Sequence[Any]) -> bool:
        for want in owed(findings):
            name = free_name(want.license, want.text, self.stage.names())
            if name is None:
                self.lacking.append(f"{want.license}: every name for a copy is taken already")
                continue
            copy = self._found(want, name)
            if copy is not None:
                self.stage.write(name, copy.data)
                self.made.append(copy)
                self.created.add("copies")
        return bool(self.made)

    def _found(self, want: Owed, name: str) -> CopyMade | None:
        sources = self.sources
        shelves = [self._guarded(shelf) for shelf in sources.shelves]
        copy, doubts = find_copy(want, name, sources.texts, shelves, sources.knowledge, sources.recognise)
        if copy is None:
            self.lacking += [f"{want.license}: {doubt}" for doubt in doubts]
        elif lacks_holder(copy.data):
            self.lacking.append(f"{want.license}: {name} speaks of the copyright notice above it and has none: put the publisher's there")
        return copy

    def _guarded(self, shelf: Shelf) -> Shelf:
        def look(component: str) -> Sequence[Any]:
            try:
                return shelf(component)
            except UnreachableError as error:
                if str(error) not in self.unreachable:
                    self.unreachable.append(str(error))
                return ()

        return look

    def notice(self, report: Any) -> bool:
        name = notice_name(self.stage.names())
        existing = self._text(name) or ""
        style = style_of(name)
        written = body_of(existing, "notice", style, name) is not None
        if not written and not (adverse(report, "notice") and documents.missing_texts(report, "notice", existing)):
            return False
        found, _ = shipped_notices(report, self.stage.home)
        own = without_section(existing, "notice", style, name)
        body = documents.notice(report, self.lang, existing, found, own, fence=style == "markdown")
        return bool(body) and self._write("notice", name, between_markers(existing, "notice", body, style, name), written)

    def card(self, report: Any) -> bool:
        if not card_name(Folder(self.stage.folder)).lower().startswith("readme"):
            return False  # the Hub reads no other card: that of a person's own making is left to that person
        mended = mend_card(report, self.stage.folder, self.on_hub)
        names = Folder(self.stage.folder).names
        is_model = any(name in _MODEL_FILES or name.lower().endswith(WEIGHTS) for name in names)
        if not is_model and block_of(mended.text or "") is None:
            return False
        return self._write("card", mended.name, mended.result, written=True)

    def attribution(self, report: Any) -> bool:
        name = NAME if self.stage.read(NAME) is not None else card_name(Folder(self.stage.folder))
        existing = self._text(name) or ""
        section = body_of(existing, "attribution", "markdown", name)
        if section is None and not adverse(report, "attribution") and not self.made:
            return False
        lang = next((lang for lang in documents.LANGUAGES if documents.heading(lang) in (section or "").splitlines()), self.lang)
        body = documents.attribution(report, lang, existing, {copy.name: copy.origin for copy in self.made})
        if not body:
            return False
        return self._write("attribution", name, between_markers(existing, "attribution", body, "markdown", name), section is not None)

    def _text(self, name: str) -> str | None:
        if self.stage.read(name) is None:
            return None
        return read_editable(self.stage.path(name), self.stage.folder)

    def _write(self, part: str, name: str, text: str, written: bool) -> bool:
        if text == (self._text(name) or ""):
            return False
        self.stage.write(name, text.encode("utf-8"))
        if not written:
            self.created.add(part)
        return True
