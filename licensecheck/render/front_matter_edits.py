"""The content of a front matter and one edit in, the content with that edit spliced in out: the places come from the YAML parser itself."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from licensecheck.errors import LicenseCheckError

_PLAIN = re.compile(r"[A-Za-z][\w.+-]*(/[\w.+-]+)*|[0-9][\w.+-]*(/[\w.+-]+)+|https?://[A-Za-z0-9.-]+(/[\w.+%~-]*)*", re.ASCII)
#: What YAML 1.1 or 1.2 reads as something other than text.
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
#: A new key stands behind the first of these that is there, else at the end.
_BEHIND = {
    "license_name": ("license",),
    "license_link": ("license_name", "license"),
    "base_model_relation": ("base_model",),
}


class NoPlaceError(LicenseCheckError):
    """The edit cannot be made at this place: offset and reason. Caught where the line is known."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        self.message = message
        super().__init__(message)


def scalar(value: str) -> str:
    """A text as YAML, in quotes only where it needs them.

    >>> scalar("acme-1.0"), scalar("org/name"), scalar("no"), scalar("1.0"), scalar("a: b")
    ('acme-1.0', 'org/name', '"no"', '"1.0"', '"a: b"')
    """
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else json.dumps(value, ensure_ascii=False)


def written(key: str, value: Any, indent: int = 0, dash: int = 0) -> list[str]:
    """The lines of a new key.

    >>> written("datasets", ["a/b"])
    ['datasets:', '- a/b']
    """
    lead = " " * indent
    if isinstance(value, list):
        return [f"{lead}{key}:", *(f"{lead}{' ' * dash}- {_any(item)}" for item in value)]
    return [f"{lead}{key}: {_any(value)}"]


def _any(value: Any) -> str:
    return scalar(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def rename_key(content: str, old: str, new: str) -> str:
    """The key under another name, in the quotes it has."""
    key, _ = _entry(content, old)
    start, end = key.start_mark.index, key.end_mark.index
    raw = content[start:end]
    if raw.strip("\"'") != old:
        raise NoPlaceError(start, f"the key `{old}` is written in a way that cannot be changed safely")
    return content[:start] + raw.replace(old, new) + content[end:]


def put_text(content: str, key: str, text: str, newline: str) -> str:
    """The key with this text as its value, in the quotes that the old one has; a new key where there is none."""
    found = _find(content, key)
    if found is None:
        return _inserted(content, key, text, newline)
    start, end = _own(content, key, found)
    raw = content[start:end]
    if not isinstance(found[1], yaml.ScalarNode) or raw[:1] in ("&", "*", "!", "|", ">"):
        raise NoPlaceError(found[0].start_mark.index, f"the value of `{key}` is more than one plain text")
    if not raw:
        return content[:start] + " " + scalar(text) + content[start:]
    return content[:start] + _like(raw[0], text) + content[end:]


def _like(quote: str, text: str) -> str:
    """The text in the same kind of quotes, or in none."""
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False) if quote == '"' else scalar(text)


def add_items(content: str, key: str, items: tuple[str, ...], whole: Any, newline: str) -> str:
    """The key with further items; `whole` is its value then."""
    found = _find(content, key)
    if found is None:
        return _inserted(content, key, whole, newline)
    start, end = _own(content, key, found)
    node, raw = found[1], content[start:end]
    if raw[:1] in ("&", "*", "!", "|", ">"):
        raise NoPlaceError(found[0].start_mark.index, f"the value of `{key}` is more than a plain list")
    more = ", ".join(map(scalar, items))
    if isinstance(node, yaml.ScalarNode):
        if not raw or node.tag == "tag:yaml.org,2002:null" or node.value == "":
            text = f"[{more}]" if isinstance(whole, list) else scalar(whole)
            return content[:start] + (" " if not raw else "") + text + content[end:]
        return f"{content[:start]}[{raw}, {more}]{content[end:]}"
    if not isinstance(node, yaml.SequenceNode):
        raise NoPlaceError(start, f"the value of `{key}` is not a list")
    if node.flow_style:
        at = _tail(node.value[-1], start) if node.value else start + 1
        return content[:at] + (", " if node.value else "") + more + content[at:]
    at = _line_after(content, _tail(node, start))
    lead = " " * node.start_mark.column
    return content[:at] + "".join(f"{lead}- {scalar(item)}{newline}" for item in items) + content[at:]


def _inserted(content: str, key: str, value: Any, newline: str) -> str:
    root = _root(content)
    if root is None:
        return content + "".join(line + newline for line in written(key, value))
    if root.flow_style:
        text = f"[{', '.join(map(_any, value))}]" if isinstance(value, list) else _any(value)
        last = root.value[-1][1] if root.value else None
        at = _tail(last, root.value[-1][0].start_mark.index) if last is not None else root.start_mark.index + 1
        return content[:at] + (", " if last is not None else "") + f"{key}: {text}" + content[at:]
    at = _place(content, key)
    lines = written(key, value, root.value[0][0].start_mark.column, _dash(root))
    return content[:at] + "".join(line + newline for line in lines) + content[at:]


def _place(content: str, key: str) -> int:
    for other in _BEHIND.get(key, ()):
        found = _find(content, other)
        if found is None:
            continue
        try:
            return _line_after(content, _tail(found[1], found[0].end_mark.index))
        except NoPlaceError:
            break
    return len(content)


def _dash(root: Any) -> int:
    """How far the lists of this front matter are indented."""
    for key, value in root.value:
        if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.start_mark.index > key.end_mark.index:
            return max(0, int(value.start_mark.column - key.start_mark.column))
    return 0


def _root(content: str) -> Any:
    """The mapping with the places of all its parts; None where there is nothing."""
    same_places = content.replace("\x85", " ").replace("\u2028", " ").replace("\u2029", " ")
    try:
        root = yaml.compose(same_places, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        raise NoPlaceError(0, "another reader of YAML does not accept this front matter") from None
    if root is None or (isinstance(root, yaml.ScalarNode) and root.value == ""):
        return None
    if not isinstance(root, yaml.MappingNode) or content.startswith(("&", "!"), root.start_mark.index):
        raise NoPlaceError(0, "the front matter carries a tag or an anchor as a whole")
    return root


def _find(content: str, key: str) -> tuple[Any, Any] | None:
    root = _root(content)
    pairs = root.value if root is not None else []
    return next((pair for pair in pairs if isinstance(pair[0], yaml.ScalarNode) and pair[0].value == key), None)


def _entry(content: str, key: str) -> tuple[Any, Any]:
    found = _find(content, key)
    if found is None:
        raise NoPlaceError(0, f"the key `{key}` does not stand where it can be changed")
    return found


def _own(content: str, key: str, found: tuple[Any, Any]) -> tuple[int, int]:
    """Where the value stands. That of an alias stands somewhere else, and is not ours to change."""
    after = found[0].end_mark.index
    start, end = found[1].start_mark.index, found[1].end_mark.index
    if start < after or ":" not in content[after:start]:
        raise NoPlaceError(after, f"the value of `{key}` stands somewhere else")
    return start, end


def _tail(node: Any, after: int) -> int:
    """The offset behind the last character of a value that begins behind `after`."""
    if node.start_mark.index < after or (isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")):
        raise NoPlaceError(after, "the end of this value cannot be told for certain")
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _tail(last[1], last[0].end_mark.index) if isinstance(last, tuple) else _tail(last, node.start_mark.index)


def _line_after(content: str, offset: int) -> int:
    """Where the next line begins; nothing but a comment may stand before it."""
    end = content.find("\n", offset)
    rest = content[offset:end].strip()
    if end < 0 or (rest and not rest.startswith("#")):
        raise NoPlaceError(offset, "something else stands on the same line")
    return end + 1
