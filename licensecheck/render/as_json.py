"""An envelope in, its JSON text out: keys sorted, nothing in it that a terminal would obey."""

from __future__ import annotations

import json
from typing import Any


def render(envelope: dict[str, Any]) -> str:
    """JSON escapes the controls below U+0020 itself; those above it, and signs that turn text round, are escaped here.

    >>> render({"b": "\\x1b\\x9b", "a": "模型 ©"})
    '{\\n  "a": "模型 ©",\\n  "b": "\\\\u001b\\\\u009b"\\n}\\n'
    """
    text = json.dumps(envelope, ensure_ascii=False, indent=2, sort_keys=True)
    if not text.isascii() or "\x7f" in text:
        text = "".join([char if char == "\n" or char.isprintable() else json.dumps(char)[1:-1] for char in text])
        text = text.replace("\x7f", "\\u007f")
    return text + "\n"
