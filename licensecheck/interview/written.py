"""A manifest's text and changes in, the text with only those changed out; nothing is returned that does not read back as meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml

from licensecheck.errors import UsageError
from licensecheck.interview.changes import Change, Path, applied
from licensecheck.marked import MarkedError, parse, render_scalar_path

_HEAD = '# What no file can tell: how this model is released and used. Keys: README, "The manifest".\nversion: 1\n'


def new_text() -> str:
    """What a manifest begins with that was not there before."""
    return _HEAD


class _ByHandError(Exception):
    """The file is written in a way that this edit does not fit: a person does it better."""


def write(text: str | None, changes: Sequence[Change], note: str, path: str = "licensecheck.yaml") -> str:
    """`text` with the changes (None: a new manifest), each beside the comment `note`; UsageError where it cannot be done safely."""
    edited = _HEAD if text is None else text
    meant = parse(edited).value or {}
    for change in changes:
        where = render_scalar_path(change.path)
        by_hand = f"{path}: cannot be edited safely here; add by hand: {where}: {flow(change.value)}"
        try:
            meant = applied(meant, change)
            edited = _Editor(edited, note).changed(change)
            good = parse(edited).value == meant
        except (_ByHandError, MarkedError, yaml.YAMLError, IndexError, AttributeError, ValueError) as error:
            raise UsageError(f"{by_hand} ({error})" if str(error) and isinstance(error, _ByHandError) else by_hand) from None
        if not good:
            raise UsageError(by_hand)
    return edited


def flow(value: Any) -> str:
    """A value in one line of YAML, quoted only where it must be.

    >>> flow(["a", "x: y"]), flow({"model": "a/b", "license": "<1"}), flow(True), flow("no"), flow("10")
    ('[a, "x: y"]', '{model: a/b, license: "<1"}', 'true', '"no"', '"10"')
    """
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if not isinstance(value, str):
        return json.dumps(value, default=str)
    harmless = value.isascii() and value[:1].isalpha() and all(char.isalnum() or char in "._/-" for char in value)
    if harmless and value.lower() not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n"):
        return value
    return json.dumps(value, ensure_ascii=not value.isprintable())


class _Editor:
    """One edit of one text. Positions are those of the YAML reader, in characters of `text`."""

    def __init__(self, text: str, note: str) -> None:
        self.text = text
        self.note = f"  # {note}" if note else ""
        self.newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        plain = text.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
        self.root = yaml.compose(plain, Loader=yaml.SafeLoader)

    def changed(self, change: Change) -> str:
        if self.root is None:
            value = applied({}, change)
            return self.at_end("".join(f"{key}: {flow(item)}{self.note}{self.newline}" for key, item in value.items()))
        return self.descend(self.root, change.path, change)

    def descend(self, node: Any, path: Path, change: Change) -> str:
        if not path:
            return self.added(node, change) if change.add else self.replaced(node, change.value)
        step, rest = path[0], path[1:]
        if isinstance(step, int):
            if isinstance(node, yaml.SequenceNode):
                return self.descend(node.value[step], rest, change)
            if isinstance(node, yaml.ScalarNode) and step == 0:
                return self.replaced(node, [{change.short: node.value, str(rest[0]): change.value}])
            raise _ByHandError
        if isinstance(node, yaml.ScalarNode):
            known = {change.short: node.value} if change.short and node.value else {}
            return self.replaced(node, applied(known, change._replace(path=path)))
        if not isinstance(node, yaml.MappingNode):
            raise _ByHandError
        for key, value in node.value:
            if key.value == step:
                if value.start_mark.index < key.end_mark.index:
                    raise _ByHandError(f"`{step}` on line {key.start_mark.line + 1} stands for what is written elsewhere")
                return self.descend(value, rest, change)
        return self.inserted(node, str(step), applied(None, change._replace(path=rest)) if rest or change.add else change.value)

    def replaced(self, node: Any, value: Any) -> str:
        """A scalar, or a collection in brackets; a block of lines is for a person to rewrite."""
        if not isinstance(node, yaml.ScalarNode) and not node.flow_style:
            raise _ByHandError(f"line {node.start_mark.line + 1}")
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, yaml.ScalarNode) and "#" in self.text[start:end]:
            raise _ByHandError(f"line {node.start_mark.line + 1} has comments")
        gap = " " if start == end and self.text[start - 1 : start] not in (" ", "") else ""
        return self.noted(self.text[:start] + gap + flow(value) + self.text[end:], start, start + len(gap + flow(value)))

    def added(self, node: Any, change: Change) -> str:
        if isinstance(node, yaml.ScalarNode):
            return self.replaced(node, [node.value, change.value] if node.value else [change.value])
        if not isinstance(node, yaml.SequenceNode):
            raise _ByHandError
        if node.flow_style:
            return self.into_brackets(node, flow(change.value), node.value[-1].end_mark.index if node.value else None)
        line = " " * node.start_mark.column + "- " + flow(change.value) + self.note + self.newline
        return self.after_line(_end(node), line)

    def inserted(self, node: Any, key: str, value: Any) -> str:
        if node.flow_style:
            last = None
            if node.value:
                name, item = node.value[-1]
                last = max(name.end_mark.index, item.end_mark.index) if item.start_mark.index >= name.end_mark.index else None
                if last is None:
                    raise _ByHandError
            return self.into_brackets(node, f"{key}: {flow(value)}", last)
        indent = " " * (node.value[0][0].start_mark.column if node.value else node.start_mark.column)
        if isinstance(value, dict) and value:
            lines = [f"{indent}{key}:", *(f"{indent}  {name}: {flow(item)}{self.note}" for name, item in value.items())]
        else:
            lines = [f"{indent}{key}: {flow(value)}{self.note}"]
        block = "".join(line + self.newline for line in lines)
        end = _end(node)
        if node is self.root and not any(line.startswith(("...", "---")) for line in self.text[end:].splitlines()[1:]):
            return self.at_end(block)
        return self.after_line(end, block)

    def into_brackets(self, node: Any, words: str, last: int | None) -> str:
        start = node.start_mark.index + 1 if last is None else last
        words = words if last is None else f", {words}"
        return self.noted(self.text[:start] + words + self.text[start:], start, start + len(words))

    def noted(self, text: str, start: int, end: int) -> str:
        """The note at the end of the line, if there is room for it: nothing but closing brackets may follow the value."""
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop - (text[stop - 1] == "\r")
        if not self.note or text[end:stop].strip("]} ,\t"):
            return text if not self.note else self.note_above(text, start)
        return text[:stop].rstrip(" \t") + self.note + text[stop:]

    def note_above(self, text: str, start: int) -> str:
        """The line already says something at its end: the note gets a line of its own, above the key it stands under."""
        tops = [key.start_mark.index for key, _ in self.root.value] if isinstance(self.root, yaml.MappingNode) else []
        top = max((index for index in tops if index <= start), default=0)
        line = text.rfind("\n", 0, top) + 1
        mark = "\ufeff" if text[line:].startswith("\ufeff") else ""
        if text[line:top].strip(mark + " "):
            return text
        return text[:line] + mark + self.note.strip() + self.newline + text[line + len(mark) :]

    def after_line(self, end: int, block: str) -> str:
        if self.text[end - 1 : end] != "\n":
            stop = self.text.find("\n", end)
            end = len(self.text) if stop < 0 else stop + 1
        return self.text[:end] + self.missing_break(self.text[:end]) + block + self.text[end:]

    def at_end(self, block: str) -> str:
        return self.text + self.missing_break(self.text) + block

    def missing_break(self, before: str) -> str:
        return "" if not before.strip("\ufeff") or before.endswith("\n") else self.newline


def _end(node: Any) -> int:
    """Where the last thing said inside a block ends; its own mark lies behind the blank lines and comments that follow."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    if not node.value:
        return int(node.start_mark.index)
    last = node.value[-1]
    if isinstance(node, yaml.MappingNode):
        key, value = last
        return int(key.end_mark.index) if value.start_mark.index < key.end_mark.index else _end(value)
    return _end(last)
