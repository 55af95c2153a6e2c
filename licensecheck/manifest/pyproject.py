"""pyproject.toml in, the table of this tool with the lines of its keys out."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from licensecheck.errors import InputError, Problem
from licensecheck.sources.names import printable

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

if TYPE_CHECKING:
    from licensecheck.manifest.record import Path, Where

TOOL = "llm-licensecheck"
_TABLE = f"[tool.{TOOL}]"
_STEP = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.|=|\]|$)""")
_AT_LINE = re.compile(r"line (\d+)")
_MAX_DEPTH = 60


def has_table(data: bytes) -> bool:
    """Whether the file has the table; a file that is not TOML counts if it has its heading."""
    try:
        tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return _TABLE.encode() in data
    return isinstance(tool, dict) and TOOL in tool


def parse(text: str, shown: str) -> tuple[object, dict[Path, Where]]:
    """The table's values and where they stand; the whole file counts where it has no such table."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n")
        message = printable(str(error).partition(" (at ")[0])
        raise InputError([Problem(shown, line, f"not valid TOML: {message[:1].lower()}{message[1:]}")]) from None
    except (RecursionError, ValueError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else printable(str(error))
        raise InputError([Problem(shown, None, f"not valid TOML: {why}")]) from None
    tool = document.get("tool")
    value = tool.get(TOOL) if isinstance(tool, dict) else None
    if value is None:
        raise InputError([Problem(shown, None, f"has no table {_TABLE}")])
    lines: dict[Path, Where] = {path: (shown, line) for path, line in _key_lines(text).items()}
    _locate(value, (), text.split("\n"), lines)
    return value, lines


def _key_lines(text: str) -> dict[Path, int]:
    """The line of each heading and `key =`; arrays of tables are counted."""
    lines: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        heading = line.strip()
        if heading.startswith("["):
            several = heading.startswith("[[")
            table = _steps(heading.lstrip("["))
            if several:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            path = table
        elif "=" in line:
            path = (*table, *_steps(line))
        else:
            continue
        if path[:2] == ("tool", TOOL):
            lines.setdefault(path[2:], number)
    return lines


def _steps(text: str) -> Path:
    steps: list[str] = []
    at = 0
    while found := _STEP.match(text, at):
        steps.append(found[1] or found[2] or found[3] or "")
        at = found.end()
        if found[4] != ".":
            return tuple(steps)
    return ()


def _locate(value: Any, path: Path, text: list[str], lines: dict[Path, Where]) -> None:
    """Finds the items of arrays, which have no key, by what they say, from the line of their array on."""
    if isinstance(value, dict) and len(path) < _MAX_DEPTH:
        for key, item in value.items():
            _locate(item, (*path, key), text, lines)
    elif isinstance(value, list) and path in lines:
        shown, start = lines[path]
        line = start or 1
        for index, item in enumerate(value):
            needle = next((part for part in item.values() if isinstance(part, str)), "") if isinstance(item, dict) else str(item)
            line = next((number for number in range(line, len(text) + 1) if needle and needle in text[number - 1]), line)
            lines.setdefault((*path, index), (shown, line))
