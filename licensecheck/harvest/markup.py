"""A document that is not Markdown in, its prose with every line in its place out.

Blocks that end a sentence without a full stop (a heading, a cell, a list item) end in `EDGE`. Marks of this tool's own sections stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

EDGE = "\u2029"
_MARK = "llm-licensecheck:"
_UNCLOSED = 2_000


def prose(name: str, text: str) -> str:
    """What a reader sees of a document, by the ending of its name; Markdown and plain text are left as they are.

    >>> prose("a.html", "<h1>Harbour</h1>&copy; <!-- no -->us").replace(EDGE, "|")
    '|Harbour|© us'
    """
    reader = _READERS.get(name.lower().rpartition(".")[2])
    return text if reader is None else reader(text)


def title(name: str, text: str) -> str:
    """The first heading of a document in such a mark-up, empty where there is none."""
    ending = name.lower().rpartition(".")[2]
    if ending == "tex":
        found = re.search(r"\\(?:title|section|chapter)\*?\{([^{}\n]{1,200})\}", text)
    elif ending in ("html", "htm"):
        found = re.search(r"<(?:h1|title)(?:\s[^<>]{0,200})?>([^<>]{1,200})<", text, re.I)
    else:
        found = re.search(r"(?:^|\n)([^\s.:|].{0,200})\n[=\-~^\"'`#*+]{3,200}[ \t]*(?:\n|$)", text)
    return found[1].strip() if found else ""


# --- HTML

_SILENT_ELEMENTS = ("script", "style", "pre", "template", "svg", "math", "head", "textarea")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr".split()
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,20})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});")
_ADDRESS = re.compile(r"href\s{0,9}=\s{0,9}[\"']?(https?://[^\s\"'<>]{1,500})", re.I)


def _html(text: str) -> str:
    from html import unescape

    lowered = text.lower()
    parts: list[str] = []
    done = at = 0
    while (at := text.find("<", at)) >= 0:
        end, instead = _element(text, lowered, at)
        if end == at:
            at += 1
            continue
        parts += (text[done:at], instead, "\n" * text.count("\n", at, end))
        done = at = end
    plain = "".join((*parts, text[done:]))
    return _ENTITY.sub(lambda match: unescape(match[0]), plain) if "&" in plain else plain


def _element(text: str, lowered: str, at: int) -> tuple[int, str]:
    """Where the mark-up that begins at a place ends, and what stands for it; the place itself when there is none."""
    if text.startswith("<!--", at):
        end = text.find("-->", at)
        end = len(text) if end < 0 else end + 3
        return (end, text[at:end].replace("\n", "")) if _MARK in text[at : at + 60] else (end, "")
    tag = _TAG.match(text, at)
    if tag is None:
        return at, ""
    name = tag[1].lower()
    if name in _SILENT_ELEMENTS and text[at + 1] != "/":
        end = lowered.find(f"</{name}", at)
        return (len(text) if end < 0 else end), EDGE
    end = text.find(">", at, at + _UNCLOSED)
    if end < 0:
        return at, ""
    address = _ADDRESS.search(text, at, end) if name == "a" else None
    return end + 1, f"<{address[1]}>" if address else "" if name in _INLINE else EDGE


# --- reStructuredText

_SHOWN = frozenset("note warning tip important hint attention caution danger admonition list-table table rubric title".split())
_DIRECTIVE = re.compile(
    r"[ \t]{0,200}\.\.(?:[ \t]+(?:\|[^|\n]{1,100}\|[ \t]+)?([A-Za-z][\w-]{0,60})::(.*)|[ \t]+\[[^\]\n]{1,60}\](.*)|[ \t].*|$)"
)
_RULERS = frozenset("=-~^\"'`#*+.:_")
_ROLE = re.compile(r":[a-z][a-z:+-]{0,40}:(?=`)")


def _rst(text: str) -> str:
    kept: list[str] = []
    hidden: int | None = None
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if hidden is not None:
            if not line.strip() or indent > hidden:
                kept.append("")
                continue
            hidden = None
        shown, hides = _rst_line(line)
        kept.append(shown)
        hidden = indent if hides else None
    return "\n".join(kept)


def _rst_line(line: str) -> tuple[str, bool]:
    """What is read of a line, and whether the lines below that stand further in are not."""
    if _MARK in line:
        return line, False
    if line.lstrip().startswith(".."):
        directive = _DIRECTIVE.fullmatch(line.rstrip())
        if directive is not None:
            shown = directive[1] in _SHOWN if directive[1] else directive[3] is not None
            return (EDGE + (directive[2] or directive[3] or "") if shown else ""), not shown
    if _is_rule(line.strip()):
        return "", False
    literal = line.rstrip().endswith("::")
    plain = _ROLE.sub("", line).replace("``", "`") if "`" in line else line
    return plain, literal


def _is_rule(line: str) -> bool:
    """The line under a heading, or one of a table."""
    signs = set(line)
    return len(line) > 2 and ((len(signs) == 1 and signs <= _RULERS) or (line[0] in "+=" and signs <= set("+-= \t")))


# --- TeX

_HIDDEN = frozenset(
    "verbatim lstlisting minted equation align tikzpicture thebibliography comment math displaymath gather filecontents".split()
)
_DROP = frozenset(
    (
        "documentclass usepackage label ref eqref autoref pageref cref bibliography bibliographystyle input include includegraphics "
        "vspace hspace newcommand renewcommand providecommand def setlength newenvironment pagestyle thispagestyle hypersetup "
        "graphicspath date author affiliation address email institute thanks lstinline"
    ).split()
)
_BLOCKS = frozenset("title part chapter section subsection subsubsection paragraph subparagraph caption item footnote".split())
_TEX = re.compile(r"\\(?:([A-Za-z]{1,40})\*?[ \t]?|(.))|[{}%$&~]|``|''|---?", re.S)
_BRACKETS = re.compile(r"\\.|[{}\[\]]", re.S)


def _tex(text: str) -> str:
    start = text.find("\\begin{document}")
    head = text[:start] if start >= 0 else ""
    name = title("a.tex", head)
    lead = name + EDGE if name else ""
    return lead + "\n" * head.count("\n") + _tex_body(text[max(0, start) :])


def _tex_body(text: str) -> str:
    parts: list[str] = []
    closers: list[str] = []
    pairs = _pairs(text)
    at = 0
    for match in _TEX.finditer(text):
        if match.start() < at:
            continue
        parts.append(text[at : match.start()])
        if match[1]:
            at, shown = _tex_command(text, match[1], match.end(), closers, pairs)
        else:
            at, shown = _tex_sign(text, match, closers)
        parts += (shown, "\n" * (text.count("\n", match.start(), at) - shown.count("\n")))
    return "".join((*parts, text[at:]))


def _pairs(text: str) -> dict[int, int]:
    """Where each brace or bracket that is closed opens, and the place behind the one that closes it."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"}": [], "]": []}
    for match in _BRACKETS.finditer(text):
        sign = match.group()
        if sign in "{[":
            waiting["}" if sign == "{" else "]"].append(match.start())
        elif sign in "}]" and waiting[sign]:
            found[waiting[sign].pop()] = match.end()
    return found


def _tex_sign(text: str, match: re.Match[str], closers: list[str]) -> tuple[int, str]:
    """Where what begins with the match ends, and what is read of it; `closers` are what stands for the braces that are open."""
    token, end = match.group(), match.end()
    if match[2] is not None:
        return end, " " if match[2] in "\\ ,;" else "\n" if match[2] == "\n" else match[2]
    if token == "%":
        newline = text.find("\n", end)
        newline = len(text) if newline < 0 else newline
        return newline, text[match.start() : newline] if _MARK in text[end : end + 60] else ""
    if token == "$":
        close = text.find("$", end, end + 500)
        return (end, "") if close < 0 or "\n\n" in text[end:close] else (close + 1, " ")
    if token == "{":
        closers.append("")
        return end, ""
    if token == "}":
        return end, closers.pop() if closers else ""
    return end, {"&": "|", "~": " ", "``": "“", "''": "”"}.get(token, " — ")


def _tex_command(text: str, command: str, end: int, closers: list[str], pairs: dict[int, int]) -> tuple[int, str]:
    if command in ("begin", "end"):
        return _tex_environment(text, command, end, pairs)
    if command in ("href", "url"):
        close = pairs.get(end, 0) if text.startswith("{", end) else 0
        return (close, f"<{text[end + 1 : close - 1]}>") if close else (end, "")
    if command in _DROP or "cite" in command:
        return _behind_groups(text, end, pairs), ""
    end = pairs.get(end, end) if text.startswith("[", end) else end
    if command not in _BLOCKS:
        return end, ""
    if not text.startswith("{", end):
        return end, EDGE
    closers.append(EDGE)
    return end + 1, EDGE


def _tex_environment(text: str, command: str, end: int, pairs: dict[int, int]) -> tuple[int, str]:
    behind = _behind_groups(text, end, pairs)
    name = text[end + 1 : end + 40].partition("}")[0].rstrip("*")
    if name in ("quote", "quotation", "displayquote"):
        return behind, "“" if command == "begin" else "”" + EDGE
    if command == "begin" and name in _HIDDEN:
        close = text.find(f"\\end{{{name}", behind)
        return (len(text) if close < 0 else close), EDGE
    return behind, EDGE


def _behind_groups(text: str, at: int, pairs: dict[int, int]) -> int:
    """Behind the arguments that begin at a place, as far as they are closed."""
    while text[at : at + 1] in ("[", "{") and at in pairs:
        at = pairs[at]
    return at


_READERS: dict[str, Callable[[str], str]] = {"html": _html, "htm": _html, "rst": _rst, "tex": _tex}
