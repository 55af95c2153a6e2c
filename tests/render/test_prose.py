"""Markers in every mark-up: found where they are comments, added where the document ends, and nothing else ever changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.errors import UsageError
from licensecheck.render.files import between_markers, body_of, markers, without_section

STYLES = ("markdown", "rst", "latex", "html", "hash")
PIECES = (
    "# A\n", "text\n", "\n", "    code\n", "- item\n", "\r\n", "x\r\n", "\u00a9 \u6a21\u578b\n", "\ufeff", "-->\n", "==\n",
    "  % not ours\n", "% llm\n", "\\begin{document}\n", "\\section{A}\n", "<p>x</p>\n", "<body>\n", "\t", "`x`", "no end",
    "---\nlicense: mit\n---\n", ".. note:: x\n\n   y\n", "# llm-licensecheck:begin other\n", "llm-licensecheck:begin attribution\n",
    "<pre>\n", "</pre>\n",
)  # fmt: skip
documents = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=12).map("".join)
bodies = st.text(st.sampled_from("xy ©模\n"), min_size=1, max_size=60).filter(str.strip)


def wrapped(style: str, text: str) -> str:
    if style == "latex":
        return f"{text}\n\\end{{document}}\n"
    return f"{text}\n</body>\n</html>\n" if style == "html" else text


@settings(max_examples=150, deadline=None)
@given(documents, bodies, bodies)
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("style", STYLES)
def test_what_is_outside_the_markers_never_changes(style: str, whole: bool, existing: str, first: str, second: str) -> None:
    existing = wrapped(style, existing) if whole else existing
    try:
        once = between_markers(existing, "attribution", first, style)  # type: ignore[arg-type]
    except UsageError:
        return  # a fence, a comment or an environment without end: nothing is written at all
    begin, end = (f"{marker}" for marker in markers("attribution", style))  # type: ignore[arg-type]
    at, behind = once.index(begin), once.index(end) + len(end)
    assert existing.startswith(once[:at].rstrip("\r\n") if existing.rstrip("\r\n") else "")
    assert existing.endswith(once[behind:].removeprefix("\r\n").removeprefix("\n"))
    assert once.replace(once[at:behind], "").replace("\r", "").replace("\n", "") == existing.replace("\r", "").replace("\n", "")
    assert between_markers(once, "attribution", first, style) == once  # type: ignore[arg-type]
    twice = between_markers(once, "attribution", second, style)  # type: ignore[arg-type]
    assert without_section(twice, "attribution", style) == without_section(once, "attribution", style)  # type: ignore[arg-type]
    assert twice[:at] == once[:at]
    assert twice[twice.index(end, at) :] == once[once.index(end, at) :]


@settings(max_examples=60, deadline=None)
@given(documents, bodies, documents, bodies)
@pytest.mark.parametrize("style", STYLES)
def test_section_that_a_person_has_moved_is_renewed_where_it_is(style: str, before: str, old: str, after: str, new: str) -> None:
    begin, end = markers("attribution", style)  # type: ignore[arg-type]
    existing = f"{before}\n\n{begin}\n\n{old}\n\n{end}\n\n{after}"
    try:
        renewed = between_markers(existing, "attribution", new, style)  # type: ignore[arg-type]
        written = body_of(existing, "attribution", style)  # type: ignore[arg-type]
    except UsageError:
        return
    if written is None or not existing.startswith(f"{before}\n\n{begin}\n") or renewed.count(begin) != 1:
        return  # the markers stand where they are no comments: the section is added behind it all
    assert renewed.startswith(f"{before}\n\n{begin}\n")
    assert renewed.endswith(f"{end}\n\n{after}")


@pytest.mark.parametrize(
    ("style", "existing", "expected"),
    [
        ("latex", "\\begin{document}\nA.\n\\end{document}\n", "\\begin{document}\nA.\n\n{}\\end{document}\n"),
        ("html", "<body>\n<p>A</p>\n</body>\n</html>\n", "<body>\n<p>A</p>\n\n{}</body>\n</html>\n"),
        ("html", "<p>A</p>\n", "<p>A</p>\n\n{}"),
        ("rst", "A\n=\n", "A\n=\n\n{}"),
    ],
)
def test_section_is_added_where_the_document_ends(style: str, existing: str, expected: str) -> None:
    begin, end = markers("attribution", style)  # type: ignore[arg-type]
    body = "\nX\n\n" if style == "rst" else "X\n"
    assert between_markers(existing, "attribution", "X", style) == expected.replace("{}", f"{begin}\n{body}{end}\n", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("style", "existing"),
    [
        ("latex", "\\begin{verbatim}\n% llm-licensecheck:begin attribution\n\\end{verbatim}\n"),
        ("html", "<script>\n<!-- llm-licensecheck:begin attribution -->\n</script>\n"),
        ("html", "<!-- a\n<!-- llm-licensecheck:begin attribution -->\n"),
        ("rst", "::\n\n   .. llm-licensecheck:begin attribution\n"),
        ("markdown", "```\n<!-- llm-licensecheck:begin attribution -->\n```\n"),
    ],
)
def test_marker_that_is_shown_and_not_meant_is_none(style: str, existing: str) -> None:
    written = between_markers(existing, "attribution", "X", style)  # type: ignore[arg-type]
    assert written.startswith(existing)
    assert "X" in (body_of(written, "attribution", style) or "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("style", "existing", "said"),
    [
        ("latex", "a\n\\begin{verbatim}\nb\n", r":2: an environment without \\end{verbatim} begins here"),
        ("html", "a\n<!-- b\n", ":2: what ends with --> begins here"),
        ("html", "<p>a</p></body>\n", ":1: the document ends within this line"),
        ("latex", "a \\end{document}\n", ":1: the document ends within this line"),
    ],
)
def test_document_that_nothing_can_be_added_to_is_one_line(style: str, existing: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        between_markers(existing, "attribution", "X", style)  # type: ignore[arg-type]


def test_badge_and_section_live_in_one_document() -> None:
    both = between_markers(between_markers("A\n", "attribution-badge", "B", "markdown"), "attribution", "S", "markdown")
    assert body_of(both, "attribution", "markdown") == "S\n"
    assert body_of(both, "attribution-badge", "markdown") == "B\n"
    assert between_markers(both, "attribution-badge", "B", "markdown") == both
