"""YAML text in, values with the line of every key and item out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from licensecheck.errors import LicenseCheckError
from licensecheck.marked_values import CORE, scalar
from licensecheck.records import Record
from licensecheck.sources.names import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    Path = tuple[str | int, ...]
    #: Before aliases and merge keys are resolved: the line, "scalar" | "list" | "map", and a value, items or (key, line, node)s.
    #: Plain tuples: there are many, and they never leave this module.
    Node = tuple[int, str, Any]

MAX_CHARACTERS = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 60

#: The same events either way; without libyaml they come slower.
_Parser: Any = getattr(yaml.cyaml, "CParser", None) if yaml.__with_libyaml__ else yaml.SafeLoader

_TAGS = frozenset(CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))


class Marked(Record):
    """A value, and for the path of every key and item its line, from 1; `()` is the root."""

    value: object
    lines: dict[Path, int]


class MarkedError(LicenseCheckError):
    """The text is not YAML, or not YAML that is read here: one line number, one sentence."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


def parse(text: str, *, first_line: int = 1) -> Marked:
    """The one document in `text`; yes, no, on and off are words, as in YAML 1.2 and on the Hub.

    >>> parse("a: [1, yes]\\nb: 2024-06-01").value
    {'a': [1, 'yes'], 'b': datetime.date(2024, 6, 1)}
    >>> parse("a:\\n- b: 1").lines
    {(): 1, ('a',): 1, ('a', 0): 2, ('a', 0, 'b'): 2}
    >>> parse("a: 1\\na: 2")
    Traceback (most recent call last):
    licensecheck.marked.MarkedError: line 2: the key `a` is given twice (first on line 1)
    """
    if len(text) > MAX_CHARACTERS:
        raise MarkedError(first_line, f"larger than {MAX_CHARACTERS:,} characters: too large to be read")
    text = _one_kind_of_line_break(text)
    root = _Reader(text, first_line).document()
    if root is None:
        return Marked(None, {(): first_line})
    builder = _Builder()
    return Marked(builder.build(root, ()), builder.lines)


def render_scalar_path(path: Path) -> str:
    """How a path is written in messages.

    >>> render_scalar_path(("built_from", 1, "relation"))
    'built_from[1].relation'
    """
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{printable(step, 80)}" if shown else printable(step, 80)
    return shown


def _one_kind_of_line_break(text: str) -> str:
    """YAML 1.1 breaks lines at more characters than editors do; line numbers must be the editor's."""
    text = text.removeprefix("\ufeff")
    if not text.isascii():
        text = text.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
    return text


class _Reader:
    """Parser events in, nodes out; stops at the first thing too deep, too much or not understood."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self.anchors: dict[str, Node] = {}
        self.count = 0
        self.event: Callable[[], Any]

    def document(self) -> Node | None:
        try:
            self.event = _Parser(self.text).get_event
            self.event()
            if type(self.event()) is yaml.StreamEndEvent:
                return None
            root = self.node(self.event(), 0)
            self.event()
            after = self.event()
        except yaml.YAMLError as error:
            from licensecheck.marked_errors import explain

            line, message = explain(error, self.text)
            raise MarkedError(line + self.first_line, message) from None
        except UnicodeEncodeError as error:
            line = self.text.count("\n", 0, error.start)
            raise MarkedError(line + self.first_line, "not valid Unicode text") from None
        if type(after) is not yaml.StreamEndEvent:
            raise self.error(after, "a second document (`---`) starts here: one is expected")
        return root

    def error(self, event: Any, message: str) -> MarkedError:
        return MarkedError(self.line(event), message)

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def node(self, event: Any, depth: int) -> Node:
        self.count += 1
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self.alias(event)
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise self.error(event, _too_much(deep=depth > MAX_DEPTH))
        if event.tag is not None:
            self.check_tag(event)
        line = event.start_mark.line + self.first_line
        if kind is yaml.ScalarEvent:
            node = (line, "scalar", scalar(event))
        elif kind is yaml.SequenceStartEvent:
            node = (line, "list", self.items(depth))
        else:
            node = (line, "map", self.entries(depth))
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            name = printable(event.anchor, 60)
            raise self.error(event, f"`*{name}` refers to an anchor `&{name}` that is not there; a value that starts with * needs quotes")
        return self.anchors[event.anchor]

    def check_tag(self, event: Any) -> None:
        tag = event.tag
        if tag != "!" and tag not in _TAGS:
            raise self.error(event, f"the tag `{printable(tag.replace(CORE, '!!'), 60)}` is not read here: only plain values are")

    def items(self, depth: int) -> list[Node]:
        items = []
        while type(event := self.event()) is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return items

    def entries(self, depth: int) -> list[tuple[str, int, Node]]:
        entries: list[tuple[str, int, Node]] = []
        seen: dict[str, int] = {}
        while type(event := self.event()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise self.error(event, "a key must be plain text; a value that starts with [, { or * needs quotes")
            if event.tag is not None:
                self.check_tag(event)
            key, line = event.value, self.line(event)
            merge = key == "<<" and event.implicit[0]
            if key in seen and not merge:
                raise MarkedError(line, f"the key `{printable(key, 60)}` is given twice (first on line {seen[key]})")
            seen[key] = line
            if event.anchor is not None:
                self.anchors[event.anchor] = (line, "scalar", key)
            entries.append((_MERGE if merge else key, line, self.node(self.event(), depth + 1)))
        return entries


_MERGE = "<<\0"  # no key can contain a NUL, so a quoted "<<" stays an ordinary key


class _Builder:
    """Nodes in, plain values and their lines out; every visit counts, so that aliases can't multiply without end."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.count = 0

    def build(self, node: Node, path: Path, key_line: int | None = None) -> object:
        line, kind, content = node
        if key_line is not None:
            line = key_line
        self.lines[path] = line
        self.visit(line, path)
        if kind == "scalar":
            return content
        if kind == "list":
            return [self.build(item, (*path, index)) for index, item in enumerate(content)]
        return {key: self.build(item, (*path, key), at) for key, (at, item) in self.merged(content, path).items()}

    def visit(self, line: int, path: Path, chain: int = 0) -> None:
        self.count += 1
        deep = len(path) + chain > MAX_DEPTH
        if deep or self.count > MAX_NODES:
            raise MarkedError(line, _too_much(deep=deep))

    def merged(self, content: list[tuple[str, int, Node]], path: Path, chain: int = 0) -> dict[str, tuple[int, Node]]:
        """The entries of a mapping; its own keys win over those it merges in with `<<`, earlier merges over later ones."""
        own = {key: (line, item) for key, line, item in content if key != _MERGE}
        if len(own) == len(content):
            return own
        entries: dict[str, tuple[int, Node]] = {}
        for key, line, item in content:
            if key != _MERGE:
                continue
            for _, kind, merged in item[2] if item[1] == "list" else [item]:
                if kind != "map":
                    raise MarkedError(line, "`<<` merges mappings, but this is not one")
                self.visit(line, path, chain)
                for name, found in self.merged(merged, path, chain + 1).items():
                    self.visit(line, path)
                    entries.setdefault(name, found)
        return {**entries, **own}


def _too_much(*, deep: bool) -> str:
    return f"nested more than {MAX_DEPTH} levels deep" if deep else f"more than {MAX_NODES:,} values, aliases counted: too much to be read"
