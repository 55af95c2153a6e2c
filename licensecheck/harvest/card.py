"""A README in, its front matter with line numbers, its title and its body out; what is wrong with it is part of the answer."""

from __future__ import annotations

import re
from typing import Any

from licensecheck.evidence import How, observed
from licensecheck.markdown import blanked
from licensecheck.marked import MarkedError, parse
from licensecheck.records import Record
from licensecheck.report import Evidence

_FENCE = re.compile(r"---[ \t]*$")
#: a heading longer than this is none
_LONG = 1_000
#: entries of one list of upstreams that are looked at
MOST_LISTED = 200
_UNDERLINE = r"\s{0,3}=+\s*$"
_LISTS = ("base_model", "base_models", "finetuned_from", "datasets", "source_datasets")
#: what https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/templates/modelcard_template.md leaves to be written
_UNFILLED = "[More Information Needed]"
_MANY_UNFILLED = 10
_KEY = r"(license|license_name|base_model|datasets|tags|language|pipeline_tag|library_name)\s*:"


class Card(Record):
    """One model card.

    `meta` is the front matter, `lines` the line of each of its keys, `flaws` what is wrong with it (kind, line, sentence).
    """

    source: str
    text: str
    meta: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    body_line: int
    #: the headings of the body with their lines, in order; the first that is a name is the title
    headings: tuple[tuple[str, int], ...]
    flaws: tuple[tuple[str, int, str], ...]

    def get(self, *names: str) -> tuple[str, Any] | None:
        """The first of these keys that holds something."""
        for name in names:
            value = self.meta.get(name)
            if value not in (None, "", []):
                return name, value
        return None

    def cut_lists(self) -> tuple[str, ...]:
        """A line for each list of upstreams that is too long to be looked at as a whole."""
        long = {key: value for key, value in self.meta.items() if isinstance(value, list) and len(value) > MOST_LISTED}
        return tuple(
            f"{self.source}: only the first {MOST_LISTED} of {len(value):,} entries of {key} were looked at"
            for key, value in long.items()
            if key in _LISTS
        )

    def line(self, *path: str | int) -> int | None:
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)

    def line_text(self, line: int | None) -> str:
        lines = self.text.split("\n")
        return lines[line - 1] if line is not None and 0 < line <= len(lines) else ""

    def evidence(self, value: object, *path: str | int, how: How = "declared") -> Evidence:
        """The evidence for one value of the front matter."""
        line = self.line(*path)
        return observed(self.source, line, str(path[0]), value, how, self.line_text(line))


def read_card(source: str, text: str) -> Card:
    """The card in a Markdown file; never raises, whatever the text."""
    lines = text.split("\n")
    block = _block(lines)
    flaws: list[tuple[str, int, str]] = []
    meta: dict[str, Any] = {}
    places: dict[tuple[str | int, ...], int] = {}
    body = 1
    if block is None:
        flaws.append(("no-front-matter", 1, "the card has no front matter"))
    else:
        kind, start, end = block
        if kind != "top":
            where = {"comment": "inside a comment", "fenced": "inside a code block"}.get(kind, "not at the top of the file")
            flaws.append((f"front-matter-{kind}", start, f"the front matter is {where}, where the Hub does not read it"))
        else:
            body = end + 2
        try:
            marked = parse("\n".join(lines[start:end]), first_line=start + 1)
            if isinstance(marked.value, dict):
                meta, places = marked.value, marked.lines
            elif marked.value is not None:
                flaws.append(("broken-front-matter", start + 1, "the front matter is not a mapping of keys to values"))
        except MarkedError as error:
            flaws.append(("broken-front-matter", error.line, f"the front matter cannot be read: {error.message}"))
            meta, places = _rescued(lines, start, end)
    blanks = text.count(_UNFILLED)
    if blanks >= _MANY_UNFILLED:
        flaws.append(("unfilled-card", _line_of(lines), f"the card is a template with {blanks} places still to be filled in"))
    return Card(source, text, meta, places, body, _headings(lines, body), tuple(flaws))


def _line_of(lines: list[str]) -> int:
    return next(number for number, line in enumerate(lines, 1) if _UNFILLED in line)


def _block(lines: list[str]) -> tuple[str, int, int] | None:
    """Where the front matter is: how it is placed, and the half-open range of its lines (0-based)."""
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None and _FENCE.match(lines[first].lstrip("\ufeff")):
        end = next((n for n in range(first + 1, len(lines)) if _FENCE.match(lines[n])), None)
        if end is not None and (
            end == first + 1 or any(":" in line or line.lstrip().startswith(("#", "{", "-")) for line in lines[first + 1 : end])
        ):
            return "top", first + 1, end
    return _in_code_block(lines, first) or _misplaced(lines)


def _in_code_block(lines: list[str], first: int | None) -> tuple[str, int, int] | None:
    """Front matter in the code block that the file begins with; one further down is an example."""
    if first is None or not lines[first].startswith(("```", "~~~")) or not _FENCE.match("".join(lines[first + 1 : first + 2])):
        return None
    end = next((n for n in range(first + 2, len(lines)) if _FENCE.match(lines[n])), None)
    return ("fenced", first + 2, end) if end is not None and any(re.match(_KEY, line) for line in lines[first + 2 : end]) else None


def _misplaced(lines: list[str]) -> tuple[str, int, int] | None:
    fence = None
    shown = _without_fenced(lines)
    for number, line in enumerate(shown):
        if _FENCE.match(line):
            if fence is not None and number > fence + 1 and any(re.match(_KEY, item) for item in lines[fence + 1 : number]):
                before = "\n".join(lines[:fence])
                kind = "comment" if before.count("<!--") > before.count("-->") else "misplaced"
                return kind, fence + 1, number
            fence = number
    return None


def _without_fenced(lines: list[str]) -> list[str]:
    """The lines without code blocks: an example of front matter is not the card's own. Comments stay."""
    text = "\n".join(lines)
    return blanked(text.replace("<!--", "<!\0-")).split("\n") if "```" in text or "~~~" in text else lines


def _rescued(lines: list[str], start: int, end: int) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    """The plain `key: value` lines of broken front matter, so that one bad line does not hide the rest."""
    meta: dict[str, Any] = {}
    places: dict[tuple[str | int, ...], int] = {}
    for number in range(start, min(end, start + 500)):
        match = re.match(r"([a-z_]{3,40}):[ \t]+([\w./+ -]{1,100})$", lines[number].rstrip())
        if match and match[1] not in meta:
            meta[match[1]] = match[2].strip()
            places[(match[1],)] = number + 1
    return meta, places


def _headings(lines: list[str], body: int) -> tuple[tuple[str, int], ...]:
    """The first-level headings of the body and their lines; code blocks and comments have none."""
    shown = blanked("\n".join(lines[body - 1 : body + 400])).split("\n")
    found: list[tuple[str, int]] = []
    for number, line in enumerate(shown):
        if len(found) >= 8:
            break
        text = _heading(line[:_LONG], [following[:_LONG] for following in shown[number + 1 : number + 6]])
        if text:
            found.append((_plain(text), body + number))
    return tuple(heading for heading in found if heading[0])


def _heading(line: str, after: list[str]) -> str | None:
    """The text of a first-level heading that begins on this line: ATX, underlined, or HTML over a few lines."""
    stripped = line.strip()
    if stripped.startswith(("# ", "#\t")) and len(line) - len(line.lstrip(" ")) <= 3:
        return stripped[1:].strip().rstrip("#").strip() or None
    if stripped and after and re.match(_UNDERLINE, after[0]) and not stripped.startswith(("#", "---", "===")):
        return stripped
    start = line.lower().find("<h1")
    if start >= 0:
        block = " ".join([line[start:], *after])
        end = block.lower().find("</h1>")
        opened = block.find(">")
        if 0 <= opened < end:
            return block[opened + 1 : end]
    return None


def _plain(text: str) -> str:
    if "](" in text:
        text = re.sub(r"!\[[^\[\]]*\]\([^()]*\)", "", text)
    if "<" in text:
        text = re.sub(r"<[^<>\n]{0,200}>", "", text)
    if "](" in text:
        text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return text.replace("*", "").replace("`", "").strip()
