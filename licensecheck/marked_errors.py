"""A YAML parser's error in, what is wrong in plain words and on which line out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licensecheck.sources.names import printable

if TYPE_CHECKING:
    from yaml import YAMLError

#: Part of the parser's context or problem -> what to tell; where the context is the culprit, its line counts.
_AT_CONTEXT = {
    "quoted scalar": "a quote opened here is never closed",
    "flow sequence": "a list opened with [ here lacks a comma or its ]",
    "flow mapping": "a mapping opened with { here lacks a comma or its }",
    "simple key": "neither `key: value` nor a list item `- value`: is a colon missing?",
    "scanning an alias": "a value that starts with * needs quotes",
    "scanning an anchor": "a value that starts with & needs quotes",
    "block scalar": "text after | or > must start on the next line, or the value needs quotes",
    "directive": "a line that starts with % needs quotes",
}
_AT_PROBLEM = {
    "unknown escape": 'an unknown escape after \\ in double quotes; use single quotes or "\\\\"',
    "sequence entries are not allowed": "a list item `-` can't stand here; start it on its own line",
    "tag": "a value that starts with ! needs quotes",
    "expected node content": "a value that starts with this character needs quotes",
    "expected the node content": "a value that starts with this character needs quotes",
    "expected '-' indicator": "this line is not a list item like those before it; is the indentation right?",
    "block end": "this line does not fit the lines before it; is the indentation right, and are quotes inside a value closed?",
    "expected key": "this line does not fit the lines before it; is the indentation right, and are quotes inside a value closed?",
    "document start": "this line does not fit the lines before it; is the indentation right?",
}


def explain(error: YAMLError, text: str) -> tuple[int, str]:
    """The line, from 0, and one sentence."""
    problem = str(getattr(error, "problem", None) or "")
    at = getattr(error, "problem_mark", None)
    if at is None:
        return _unreadable(text)
    lines = text.split("\n")
    line = min(at.line, len(lines) - 1)
    shown = lines[line] if at.line == line else ""
    character = shown[at.column : at.column + 1]
    if "\t" in _indent(shown) or character == "\t":
        return line, "a tab is used for indentation; use spaces"
    if "cannot start any token" in problem:
        return line, f"a value that starts with {printable(character)} needs quotes"
    if "mapping values are not allowed" in problem:
        return line, _stray_colon(shown)
    context_mark = getattr(error, "context_mark", None)
    context = str(getattr(error, "context", None) or "")
    if "node content" in problem and not character.strip():
        return text.rstrip().count("\n"), "the text ends here, but a [ or { before it is never closed"
    if "unknown escape" not in problem:
        for words, message in _AT_CONTEXT.items():
            if words in context and context_mark is not None:
                return context_mark.line, message
    for words, message in _AT_PROBLEM.items():
        if words in problem:
            return line, message
    return line, f"not valid YAML: {printable(problem) or 'the text could not be read'}"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _stray_colon(line: str) -> str:
    if line.count(": ") + line.endswith(":") > 1:
        return "a colon inside an unquoted value; put the value in quotes"
    return "this key does not fit the line before it: does that line lack `: `, or has this one the wrong indentation?"


def _unreadable(text: str) -> tuple[int, str]:
    for number, line in enumerate(text.split("\n")):
        for character in line:
            if character != "\t" and (
                character < " " or "\x7f" <= character < "\xa0" or "\ud800" <= character < "\ue000" or character in "\ufffe\uffff"
            ):
                return number, f"the control character {printable(character)} is not allowed; remove it"
    return 0, "characters that YAML does not allow"
