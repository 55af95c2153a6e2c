"""Lines of a document in, those on which a comment is a comment out: not front matter, code, or what is verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from licensecheck.errors import UsageError

from .terminal import safe

#: Environments of LaTeX and elements of HTML whose content is taken as it is.
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}")
_RAW = re.compile(r"<(script|style|textarea|title)\b[^>]*>", re.IGNORECASE)
#: Where a document of the mark-up ends, whatever stands behind it.
_ENDS = {"latex": re.compile(r"\\end\{document\}"), "html": re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)}

Lines = Iterator[tuple[int, str]]


def prose(lines: Sequence[str], style: str, path: str) -> Lines:
    """Numbers (from 0) and lines; an end that never comes is an error, for nothing could be added behind it."""
    if style == "markdown":
        return _markdown(lines, path)
    if style == "rst":
        return ((index, line) for index, line in enumerate(lines) if not line[:1].isspace())
    if style == "latex":
        return _latex(lines, path)
    return _html(lines, path) if style == "html" else iter(list(enumerate(lines)))


def end_of(lines: Sequence[str], style: str, path: str) -> int:
    """The line before which something can be added at the end of the document."""
    pattern = _ENDS.get(style)
    found = [(index, match) for index, line in prose(lines, style, path) if pattern and (match := pattern.search(line))]
    if not found:
        return len(lines)
    index, match = found[0] if style == "latex" else next((pair for pair in found if "body" in pair[1].group().lower()), found[-1])
    if lines[index][: match.start()].strip("\ufeff \t"):
        raise UsageError(f"{safe(path)}:{index + 1}: the document ends within this line: put {match.group()} on a line of its own")
    return index


def _markdown(lines: Sequence[str], path: str) -> Lines:
    start = _after_front_matter(lines)
    fence, opened, comment = "", start, False
    for index in range(start, len(lines)):
        line = lines[index]
        bare = line.strip()
        indented = line.startswith(("    ", "\t"))
        if comment:
            comment = "-->" not in line
        elif fence:
            if not indented and bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
        elif not indented and bare.startswith(("```", "~~~")):
            run = len(bare) - len(bare.lstrip(bare[0]))
            if bare[0] == "~" or "`" not in bare[run:]:
                fence, opened = bare[0] * run, index
        elif not indented and bare.startswith("<!--") and "-->" not in bare[4:]:
            comment, opened = True, index
        elif not indented:
            yield index, line
    if fence or comment:
        raise _endless(path, opened, "a code block" if fence else "a comment")


def _after_front_matter(lines: Sequence[str]) -> int:
    if not lines or lines[0].strip("\ufeff \r\n") != "---":
        return 0
    return next((index + 1 for index in range(1, len(lines)) if lines[index].rstrip() in ("---", "...")), 0)


def _latex(lines: Sequence[str], path: str) -> Lines:
    end, opened = "", 0
    for index, line in enumerate(lines):
        if end:
            end = "" if end in line else end
        elif (match := _VERBATIM.search(line)) and "%" not in line[: match.start()]:
            end, opened = f"\\end{{{match[1]}}}", index
            end = "" if end in line[match.end() :] else end
        else:
            yield index, line if line.lstrip("\ufeff \t").startswith("% llm-licensecheck:") else line.split("%", 1)[0]
    if end:
        raise _endless(path, opened, f"an environment without {end}")


def _html(lines: Sequence[str], path: str) -> Lines:
    end, opened = "", 0
    for index, line in enumerate(lines):
        rest, outside = line, ""
        while rest:
            if end:
                at = rest.lower().find(end)
                if at < 0:
                    break
                rest, end = rest[at + len(end) :], ""
                continue
            raw, comment = _RAW.search(rest), rest.find("<!--")
            if rest.lstrip("\ufeff \t").startswith("<!-- llm-licensecheck:"):
                outside, rest = outside + rest, ""
            elif 0 <= comment < (raw.start() if raw else len(rest)):
                outside, rest, end, opened = outside + rest[:comment], rest[comment + 4 :], "-->", index
            elif raw:
                outside, rest, end, opened = outside + rest[: raw.start()], rest[raw.end() :], f"</{raw[1].lower()}", index
            else:
                outside, rest = outside + rest, ""
        yield index, outside
    if end:
        raise _endless(path, opened, f"what ends with {end}")


def _endless(path: str, index: int, what: str) -> UsageError:
    return UsageError(f"{safe(path)}:{index + 1}: {what} begins here and never ends, so nothing can be added behind it: close it first")
