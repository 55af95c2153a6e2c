"""Other people's parsers, asked what they see in what was rendered."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from markdown_it import MarkdownIt
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
    LatexWalker,
)

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Seen(HTMLParser):
    """Tags in their order with their attributes, and the text between them; comments and declarations count as tags."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", ()))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("!", ()))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("?", ()))


def rst(text: str) -> nodes.document:
    """The document tree; every message of the parser is in it."""
    settings = {"report_level": 1, "halt_level": 5, "warning_stream": io.StringIO(), "raw_enabled": True, "file_insertion_enabled": True}
    return publish_doctree(text, settings_overrides={**settings, "_disable_config": True})


def rst_flaws(tree: nodes.document) -> list[str]:
    """What has no place in a text: messages, what the parser could not read, raw output, directives that do something."""
    forbidden = (
        nodes.system_message,
        nodes.problematic,
        nodes.raw,
        nodes.image,
        nodes.comment,
        nodes.substitution_definition,
        nodes.literal_block,
    )
    return [str(node) for kind in forbidden for node in tree.findall(kind)]


def markdown(text: str) -> list[Any]:
    """All tokens, inline ones too."""
    tokens = []
    for token in MARKDOWN.parse(text):
        tokens += [token, *(token.children or ())]
    return tokens


def markdown_text(text: str) -> str:
    return "".join(token.content for token in markdown(text) if token.type in ("text", "code_inline", "text_special"))


class Latex:
    """Macros, environments and running text of a piece of LaTeX; comments and mathematics are kept apart."""

    def __init__(self, text: str) -> None:
        self.macros: list[str] = []
        self.environments: list[str] = []
        self.odd: list[str] = []
        self.text = ""
        found, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
        self._walk(found)

    def _walk(self, found: Any) -> None:
        for node in found or ():
            if isinstance(node, LatexCharsNode):
                self.text += node.chars
            elif isinstance(node, LatexMacroNode):
                self.macros.append(node.macroname)
                self.text += {"textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~"}.get(
                    node.macroname,
                    {"textasciicircum": "^", "textasciigrave": "`"}.get(node.macroname, node.macroname if len(node.macroname) == 1 else ""),
                )
                arguments = list(node.nodeargd.argnlist) if node.nodeargd else []
                self._walk([argument for argument in arguments[1 if node.macroname in ("href", "url") else 0 :] if argument is not None])
            elif isinstance(node, LatexGroupNode):
                self._walk(node.nodelist)
            elif isinstance(node, LatexEnvironmentNode):
                self.environments.append(node.environmentname)
                self._walk(node.nodelist)
            elif isinstance(node, (LatexCommentNode, LatexMathNode, LatexSpecialsNode)):
                self.odd.append(node.latex_verbatim())
