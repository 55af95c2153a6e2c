"""A mark-up in, how text, code, links and notes are written in it out; whatever a value holds, it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from licensecheck.errors import UsageError
from licensecheck.render import markdown
from licensecheck.render.markdown import plain

#: Longest value shown; required words are never cut.
LIMIT, WHOLE = 200, 100_000
#: Addresses that need no escaping in any of the mark-ups; any other is shown as text.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9./:=?_-]{0,300}(?<![_.:?])")
#: Stands between an inline construct of RST and what is beside it, until the whole line is known.
_EDGE = "\x00"


class Style(NamedTuple):
    """How one mark-up writes things. `ending` is that of its templates, `endings` those of the files it is put into."""

    name: str
    ending: str
    endings: tuple[str, ...]
    #: a value, wherever on a line it stands; the second argument is the longest it may be
    text: Callable[[object, int], str]
    code: Callable[[object], str]
    strong: Callable[[str], str]
    #: label (written already) and address
    link: Callable[[str, str], str]
    #: the sign of a note: its number and its text (written already)
    mark: Callable[[int, str], str]
    #: a whole line, when everything in it is known
    finish: Callable[[str], str] = str

    def words(self, required: str) -> str:
        """Words that must stand there as they are, uncut."""
        return self.text(required, WHOLE)

    def value(self, value: object) -> str:
        return self.text(value, LIMIT)

    def address(self, url: str, label: str | None = None) -> str:
        """A link, or the address as text where it holds anything unusual."""
        if not _ADDRESS.fullmatch(url):
            return self.value(url) if label is None else label
        return self.link(self.value(url) if label is None else label, url)


def _text(value: object, limit: int) -> str:
    return plain(value, limit)


# ------------------------------------------------------------------------------------------- reStructuredText

_RST = re.compile(r"[\\*`_|<>\[\]@]|:(?! )|:$|\.(?=\. )|(?i:www\.)")
#: What makes a list item, an option, a field, a directive or a title of the line that it begins.
_RST_LEADING = re.compile(r"[!-/:-@\[\]^_`{-~\u2022\u2023\u2043]|\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)]", re.ASCII)


def rst(value: object, limit: int = LIMIT) -> str:
    r"""
    >>> rst("a_b *c* http://x"), rst("1. b"), rst(".. raw:: html")
    ('a\\_b \\*c\\* http\\://x', '\\1. b', '\\.. raw\\:: html')
    """
    text = plain(value, limit)
    out = _RST.sub(lambda match: "\\" + match.group(), text)
    if text.startswith("\\"):
        return "\\ " + out  # an escaped space shows nothing: a line of backslashes alone would be a rule
    return "\\" + out if _RST_LEADING.match(text) and not out.startswith("\\") else out


def _rst_code(value: object) -> str:
    text = plain(value)
    return f"{_EDGE}``{text}``{_EDGE}" if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9./:_-]*", text) else rst(text)


def _rst_finish(line: str) -> str:
    """Inline constructs stand apart: by what is beside them already, else by an escaped space, which shows nothing."""
    out = re.sub(rf"(^|[\s(/-]){_EDGE}|{_EDGE}(?=$|[\s).,:;!?/-])", r"\1", line)
    return re.sub(rf"{_EDGE}+", "\\\\ ", out)


# ------------------------------------------------------------------------------------------- LaTeX

_LATEX: Mapping[str, str] = {
    **{char: "\\" + char for char in "{}$&#%_"},
    "\\": "\\textbackslash{}",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    "`": "\\textasciigrave{}",
}


def latex(value: object, limit: int = LIMIT) -> str:
    r"""
    >>> latex("50% of a_b -- \\input{x}")
    '50\\% of a\\_b -{}- \\textbackslash{}input\\{x\\}'
    """
    text = "".join(_LATEX.get(char, char) for char in plain(value, limit))
    return re.sub(r"([-',])(?=\1)", r"\1{}", text)


# ------------------------------------------------------------------------------------------- HTML


def html(value: object, limit: int = LIMIT) -> str:
    """
    >>> html('<b a="1">')
    '&lt;b a=&quot;1&quot;&gt;'
    """
    return escape(plain(value, limit), quote=True)


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style(
            "markdown",
            "md",
            (".md", ".markdown"),
            markdown.escaped,
            markdown.code,
            lambda text: f"**{text}**",
            lambda label, url: f"<{url}>" if url in label.replace("\\", "") else f"[{label}]({url})",
            lambda number, _: f"[^attribution-{number}]",
        ),
        Style(
            "rst",
            "rst",
            (".rst",),
            rst,
            _rst_code,
            lambda text: f"{_EDGE}**{text}**{_EDGE}",
            lambda label, url: f"{_EDGE}{url}{_EDGE}" if label == rst(url, WHOLE) else f"{_EDGE}`{label} <{url}>`__{_EDGE}",
            lambda number, _: f" {_EDGE}[#attribution-{number}]_{_EDGE}",
            _rst_finish,
        ),
        Style(
            "latex",
            "tex",
            (".tex",),
            latex,
            lambda value: f"\\texttt{{{latex(value)}}}",
            lambda text: f"\\textbf{{{text}}}",
            lambda label, url: f"\\url{{{url}}}" if url == label.replace("\\_", "_") else f"\\href{{{url}}}{{{label}}}",
            lambda _, text: f"\\footnote{{{text}}}",
        ),
        Style(
            "html",
            "html",
            (".html", ".htm"),
            html,
            lambda value: f"<code>{html(value)}</code>",
            lambda text: f"<strong>{text}</strong>",
            lambda label, url: f'<a href="{escape(url)}">{label}</a>',
            lambda number, _: f'<sup><a href="#attribution-{number}">[{number}]</a></sup>',
        ),
        Style(
            "text",
            "txt",
            (".txt", ""),
            _text,
            plain,
            str,
            lambda label, url: url if label == url else f"{label} ({url})",
            lambda number, _: f" [{number}]",
        ),
    )
}


def style_for(file: str) -> Style:
    """The mark-up of a document, going by its name.

    >>> style_for("docs/report.TEX").name, style_for("README").name
    ('latex', 'text')
    """
    base = file.rsplit("/", 1)[-1].lower()
    ending = base[base.rfind(".") :] if "." in base else ""
    found = next((style for style in STYLES.values() if ending in style.endings), None)
    if found is None:
        raise UsageError(f"{plain(file)}: no mark-up is known for such a file: give one that ends in .md, .rst, .tex, .html or .txt")
    return found
