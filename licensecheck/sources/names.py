"""Names and text from files in, what kind of file it is and text that is safe on a terminal out."""

from __future__ import annotations

#: how files end that hold weights
WEIGHTS = (".safetensors", ".gguf", ".bin", ".pt", ".pth", ".onnx", ".ckpt", ".h5", ".msgpack", ".ggml")

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printable(text: str, limit: int = 200) -> str:
    """Controls, escapes, bidi overrides, zero-width and undecodable characters become visible; at most `limit` characters remain.

    >>> printable("README.md"), printable("a\\x1b[2Jb"), printable("doc\\u202etxt"), printable("abcdef", limit=4)
    ('README.md', 'a\\\\x1b[2Jb', 'doc\\\\u202etxt', 'abc…')
    """
    if text.isprintable() and len(text) <= limit:
        return text
    shown: list[str] = []
    room = limit
    for character in text[: limit + 1]:
        piece = character if _harmless(character) else _escape(character)
        room -= len(piece)
        shown.append(piece)
        if room < 0:
            return _cut(shown, limit)
    return "".join(shown)


def _harmless(character: str) -> bool:
    # `isprintable` is false for every space but U+0020; the wide and the unbreakable ones do no harm.
    return character.isprintable() or (character.isspace() and character not in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _cut(pieces: list[str], limit: int) -> str:
    """The leading pieces and an ellipsis; an escape is dropped whole rather than cut in two."""
    kept = list(pieces)
    while kept and sum(map(len, kept)) > limit - 1:
        kept.pop()
    return ("".join(kept) + "…")[: max(limit, 0)]
