"""HTML in lower case in, the text it shows out, line for line: loaded only for files that hold tags or character references."""

from __future__ import annotations

import re

_HIDDEN = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<head>", "</head"))
_TAG = re.compile(r"</?([a-z][a-z0-9]{0,9})(?:\s[^<>]*)?/?>")
_REFERENCE = re.compile(r"&(#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});")
#: Tags inside a word or a line; what other names between angle brackets say is text: `<name of author>`.
_INLINE = frozenset("a b i u s em strong span sup sub code font small mark tt".split())
_BLOCK = frozenset(
    "html body head title meta link main article section header footer nav div p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead"
    " tbody tr td th pre blockquote center img details summary figure button label svg path picture source video".split()
)
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "copy": " ", "reg": " ", "sect": " ", "middot": " "}
_CHARACTERS |= dict.fromkeys(("ldquo", "rdquo", "lsquo", "rsquo", "ndash", "mdash", "hellip", "bull"), "'")


def strip_html(text: str) -> str:
    """The text without tags; the number of lines stays.

    >>> strip_html("<p>you <b>may</b><br\\n/>copy &amp; <name of author></p>")
    ' you may \\ncopy & <name of author> '
    """
    if "<" in text:
        for opening, closing in _HIDDEN:
            text = _without(text, opening, closing)
        text = _TAG.sub(_space, text)
    if "&" in text and "<" in (shown := _REFERENCE.sub(_character, text)):
        return _TAG.sub(_space, shown)  # a page that shows a text with tags in it
    return shown if "&" in text else text


def _space(match: re.Match[str]) -> str:
    name = match[1]
    if name in _INLINE:
        return "\n" * match[0].count("\n")
    return " " + "\n" * match[0].count("\n") if name in _BLOCK else match[0]


def _character(match: re.Match[str]) -> str:
    known = _CHARACTERS.get(match[1])
    if known is None:
        from html import unescape

        known = unescape(match[0])
    return " " if known in "\r\n" else known.casefold()


def _without(text: str, opening: str, closing: str) -> str:
    """The text without what stands between the two, but for its line ends; an opening without an end hides nothing."""
    if opening not in text:
        return text
    kept, position = [], 0
    while (start := text.find(opening, position)) >= 0 and (end := text.find(closing, start)) >= 0:
        kept += [text[position:start], " ", "\n" * text.count("\n", start, end)]
        position = end + len(closing)
    return "".join([*kept, text[position:]])
