"""A card and changes to its front matter in, the card with just those keys changed out; every other byte stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from licensecheck.errors import UsageError
from licensecheck.marked import MarkedError, parse

from .front_matter_edits import NoPlaceError, add_items, put_text, rename_key, written

_FENCE = re.compile(r"---[ \t]*$")
#: New keys come in this order.
ORDER = ("license", "license_name", "license_link", "base_model", "base_model_relation", "datasets", "tags")


class Change(NamedTuple):
    """What is to become of a front matter: keys renamed, keys given one text, keys whose lists get further items."""

    rename: Mapping[str, str]
    put: Mapping[str, str]
    add: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.rename or self.put or self.add)


class Block(NamedTuple):
    """Where the content of a front matter is: offsets of its first character and of the closing fence, and the line it begins on."""

    start: int
    end: int
    line: int


class UnsafeEditError(UsageError):
    """The front matter cannot be changed without risk to the rest of it: the line, and why."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


def block_of(text: str) -> Block | None:
    """The front matter at the top of a card, where the Hub reads it; None where there is none.

    >>> block_of("---\\na: 1\\n---\\nbody"), block_of("# Title\\n---\\na: 1\\n---\\n")
    (Block(start=4, end=9, line=2), None)
    """
    offset, opened, keys = 0, None, False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.removesuffix("\r")
        if opened is None:
            if number == 1:
                bare = bare.lstrip("\ufeff")
            if bare.strip():
                if not _FENCE.match(bare):
                    return None
                opened = Block(offset + len(line) + 1, -1, number + 1)
        elif _FENCE.match(bare):
            return opened._replace(end=offset) if keys or offset == opened.start else None
        else:
            keys = keys or ":" in bare or bare.lstrip().startswith(("#", "{", "-"))
        offset += len(line) + 1
    return None


def values(text: str) -> dict[str, Any]:
    """What the front matter says, {} where there is none; UnsafeEditError with the line where it cannot be read."""
    block = _block(text)
    return {} if block is None else _parsed(text[block.start : block.end], block.line)


def front_matter(text: str) -> str:
    """The front matter with its fences, "" where there is none."""
    block = block_of(text)
    if block is None:
        return ""
    end = text.find("\n", block.end)
    return text[: len(text) if end < 0 else end].lstrip("\ufeff").rstrip("\r") + "\n"


def _block(text: str) -> Block | None:
    """As `block_of`; lines that end in a lone carriage return are read in more than one way, so they are refused."""
    block = block_of(text)
    head = text[: block.end] if block else text
    lone = re.search(r"\r(?!\n)", head)
    if lone and (block is not None or block_of(text.replace("\r\n", "\n").replace("\r", "\n")) is not None):
        line = text.count("\n", 0, lone.start()) + 1
        raise UnsafeEditError(line, "a carriage return without a line feed ends a line here: convert the file")
    return block


def _parsed(content: str, line: int) -> dict[str, Any]:
    try:
        value = parse(content, first_line=line).value
    except MarkedError as error:
        raise UnsafeEditError(error.line, f"the front matter cannot be read: {error.message}") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnsafeEditError(line, "the front matter is not a mapping of keys to values")
    return value


def changed(text: str, change: Change) -> str:
    """`text` with the change made in its front matter, or put before everything else where it has none.

    UnsafeEditError, with nothing done, where the result would not read back as exactly what was wanted.

    >>> changed("---\\na: 1 # one\\n---\\nbody", Change({}, {"license": "mit"}, {}))
    '---\\na: 1 # one\\nlicense: mit\\n---\\nbody'
    """
    before = values(text)
    wanted = _applied(before, change)
    if repr(wanted) == repr(before):
        return text
    block = _block(text)
    if block is None:
        result = _prepended(text, wanted)
    else:
        content = text[block.start : block.end]
        try:
            result = text[: block.start] + _edited(content, change, before, _newline(text, block)) + text[block.end :]
        except NoPlaceError as problem:
            line = block.line + content.count("\n", 0, problem.offset)
            raise UnsafeEditError(line, problem.message) from None
    _prove(text, block, result, before, wanted)
    return result


def _applied(before: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The values that the front matter is to have."""
    wanted = {change.rename.get(key, key): value for key, value in before.items()}
    wanted.update(change.put)
    for key, items in change.add.items():
        wanted[key] = extended(key, wanted.get(key), items)
    return wanted


def extended(key: str, value: Any, items: tuple[str, ...]) -> Any:
    """A value with items added: what was one becomes the first of several."""
    if value is None or value == "":
        return items[0] if len(items) == 1 and key == "base_model" else list(items)
    return [*(value if isinstance(value, list) else [value]), *items]


def _edited(content: str, change: Change, before: Mapping[str, Any], newline: str) -> str:
    for old, new in change.rename.items():
        content = rename_key(content, old, new)
    known = {change.rename.get(key, key): value for key, value in before.items()}
    for key in in_order({*change.put, *change.add}):
        if key in change.put:
            content = put_text(content, key, change.put[key], newline)
        if key in change.add:
            content = add_items(content, key, change.add[key], extended(key, known.get(key), change.add[key]), newline)
    return content


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys as `ORDER` has them, any others behind.

    >>> in_order(["zeta", "tags", "license"])
    ['license', 'tags', 'zeta']
    """
    return sorted(keys, key=lambda key: (ORDER.index(key) if key in ORDER else len(ORDER), key))


def _prepended(text: str, wanted: Mapping[str, Any]) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    lines = ["---", *(line for key in in_order(wanted) for line in written(key, wanted[key])), "---", ""]
    return mark + newline.join(lines) + text.removeprefix("\ufeff")


def _newline(text: str, block: Block) -> str:
    """That of the line of the opening fence."""
    return "\r\n" if text[: block.start].endswith("\r\n") else "\n"


def _prove(text: str, block: Block | None, result: str, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Read back with two readers: the wanted values and nothing else, in the order they stood, and the same text behind them."""
    line = block.line if block else 1
    after = block_of(result)
    old = text[block.start : block.end] if block else ""
    behind = text[block.end :] if block else "---\n" + text.removeprefix("\ufeff")
    if after is None or result[after.end :].partition("\n")[2] != behind.partition("\n")[2]:
        raise UnsafeEditError(line, "the front matter would not be found again")
    new = result[after.start : after.end]
    read = _parsed(new, line)
    kept = [key for key in read if key in before]
    if repr(sorted(read.items())) != repr(sorted(wanted.items())) or kept != [key for key in before if key in read]:
        raise UnsafeEditError(line, "the front matter would not read back as it was meant")
    _prove_elsewhere(old, new, before, wanted, line)


def _prove_elsewhere(old: str, new: str, before: Mapping[str, Any], wanted: Mapping[str, Any], line: int) -> None:
    """The same, asked of a reader that shares no code with ours: keys not meant are as they were, keys meant are as wanted."""
    import warnings

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            first, second = ((YAML(typ="safe", pure=True).load(content) or {}) for content in (old, new))
    except (YAMLError, ValueError) as error:
        at = getattr(getattr(error, "problem_mark", None), "line", 0)
        raise UnsafeEditError(line + at, "another reader of YAML does not accept this front matter") from None
    if not (isinstance(first, dict) and isinstance(second, dict)):
        raise UnsafeEditError(line, "another reader of YAML does not see a mapping here")
    for key, value in wanted.items():
        expected = first.get(key) if key in before and repr(before[key]) == repr(value) else value
        if repr(second.get(key)) != repr(expected):
            raise UnsafeEditError(line, f"another reader of YAML would read `{key}` differently")
    if len(second) != len(wanted):
        raise UnsafeEditError(line, "another reader of YAML would read other keys")
