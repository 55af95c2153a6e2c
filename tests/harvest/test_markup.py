"""Documents in other mark-ups than Markdown: what a reader sees of them, on which line, in time in proportion to their size."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.harvest.claims import claims_in
from licensecheck.harvest.documents import Document
from licensecheck.harvest.lexicon import Lexicon
from licensecheck.harvest.markup import prose, title
from licensecheck.knowledge import load
from licensecheck.wording import find, folded

FLOOR_SECONDS = 0.2


@pytest.fixture(scope="module")
def lexicon():
    words = load().words()
    return Lexicon(words["origin"], words["families"])


def claimed(lexicon, name, text):
    """(claim, line) of what a document claims."""
    found = claims_in([Document(name, prose(name, text))], lexicon, ("harbour-7b", "harbour"))
    return [(claim.id, claim.evidence["line"]) for claim in found]


RST = """\
Harbour-7B
==========

.. note:: The model was **trained
   from scratch**.

.. code-block:: text

   It is based on Qwen2.5-7B.

.. It is based on Yi-34B.

Example::

   It is derived from Gemma-2B.

.. list-table::

   * - The architecture is the same as that of Mistral-7B
     - Fast
"""
TEX = r"""\documentclass{article}
\usepackage{harbour} % based on Qwen2.5-7B
\title{Harbour-7B}
\begin{document}
\section{Model}
\textbf{Harbour-7B} was \emph{trained
from scratch}~\cite{based-on-yi-34b}. % It is based on Yi-34B.
\begin{verbatim}
It is derived from Gemma-2B.
\end{verbatim}
\begin{itemize}
\item The architecture is the same as that of Mistral-7B
\item Fast
\end{itemize}
\end{document}
"""
HTML = """<!doctype html>
<html><head><title>Harbour</title><style>p {content: "based on Yi-34B"}</style></head>
<body><h1>Harbour-7B</h1>
<p>The model was <b>trained
from&nbsp;scratch</b></p>
<!-- It is based on Qwen2.5-7B. -->
<script>const x = "It is derived from Gemma-2B.";</script>
<ul><li>The architecture is the same as Mistral&#45;7B<li>Fast</ul>
</body></html>
"""


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [("README.rst", RST, (4, 19)), ("report.tex", TEX, (6, 12)), ("index.html", HTML, (4, 8))],
)
def test_claims_are_read_on_their_lines_and_code_and_comments_are_not(lexicon, name, text, lines):
    found = claimed(lexicon, name, text)
    assert found == [("trained-from-scratch", lines[0]), ("same-architecture", lines[1])]


@pytest.mark.parametrize(("name", "text"), [("README.rst", RST), ("report.tex", TEX), ("index.html", HTML)])
def test_the_title_is_found(name, text):
    assert title(name, text) in ("Harbour-7B", "Harbour")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.rst", "Harbour\n=======\n\n**Built with Acme**\n"),
        ("report.tex", "\\section{Harbour}\n\n% no\n\\textbf{Built with~Acme}\n"),
        ("index.html", "<h1>Harbour</h1>\n\n\n<p>Built <i>with</i>&nbsp;Acme</p>\n"),
    ],
)
def test_required_words_are_found_on_their_line(name, text):
    spot = find("Built with Acme", folded(prose(name, text)))
    assert spot is not None
    assert spot.line == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<p>Built with</p><p>Acme</p>"),
        ("a.html", "<script>Built with Acme"),
        ("a.tex", "Built % with Acme"),
        ("a.tex", "\\begin{comment}Built with Acme\\end{comment}"),
        ("a.rst", ".. Built with Acme"),
    ],
)
def test_words_that_no_reader_sees_together_are_not_found(name, text):
    assert find("Built with Acme", folded(prose(name, text))) is None


@pytest.mark.parametrize(("name", "mark"), [("a.rst", ".. llm-licensecheck:begin x"), ("a.tex", "% llm-licensecheck:begin x")])
def test_marks_of_written_sections_stay(name, mark):
    assert mark in prose(name, f"a\n{mark}\nb\n")


def test_markdown_is_left_as_it_is():
    assert prose("README.md", "<p>\\cite{x} .. y") == "<p>\\cite{x} .. y"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["a.rst", "a.tex", "a.html"]), st.text(alphabet="ab{}[]\\%$<>/&;!-\n .:=`'\"*_|", max_size=120))
def test_every_line_stays_in_its_place(name, text):
    assert prose(name, text).count("\n") == text.count("\n")


UNITS = (
    *("{", "}", "[", "{[<", "$", "%", "\\", "\\cite{[", "\\section{", "\\href{", "\\begin{", "\\begin{verbatim}"),
    *("<", "<a ", '<a href="', "<p>", "<script>", "<!--", "&", "&a"),
    *(".. note::\n", "a::\n", "==\n", ".. |", ":a:`", ".. _a\n  "),
)


@pytest.mark.parametrize("name", ["a.rst", "a.tex", "a.html"])
@pytest.mark.parametrize("unit", UNITS)
def test_hostile_mark_up_takes_time_in_proportion_to_its_size(name, unit):
    seconds = []
    for size in (50_000, 100_000):
        text = unit * (size // len(unit))
        start = time.process_time()
        prose(name, text)
        title(name, text)
        seconds.append(time.process_time() - start)
    assert seconds[1] < FLOOR_SECONDS or seconds[1] < 3 * seconds[0]
