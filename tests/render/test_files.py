"""Writing: whole or not at all, and between markers only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.errors import UsageError
from licensecheck.render import files
from licensecheck.render.files import between_markers, body_of, markers, read_editable, write_whole

BEGIN, END = markers("notice", "hash")
README_BEGIN, README_END = markers("attribution", "markdown")


def test_file_is_created(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "NOTICE"), b"words\n")
    assert (tmp_path / "NOTICE").read_bytes() == b"words\n"
    assert os.listdir(tmp_path) == ["NOTICE"]


def test_mode_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "NOTICE"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(str(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "NOTICE"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(UsageError, match="No space left"):
        write_whole(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["NOTICE"]


def test_link_inside_the_folder_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "card.md").write_bytes(b"old")
    link = tmp_path / "README.md"
    link.symlink_to("docs/card.md")
    write_whole(str(link), b"new", root=str(tmp_path))
    assert link.is_symlink()
    assert (tmp_path / "docs" / "card.md").read_bytes() == b"new"


def test_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"old")
    home = tmp_path / "home"
    home.mkdir()
    (home / "NOTICE").symlink_to(outside)
    for act in (lambda: write_whole(str(home / "NOTICE"), b"new"), lambda: read_editable(str(home / "NOTICE"))):
        with pytest.raises(UsageError, match="leaves"):
            act()
    assert outside.read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "NOTICE")
    with pytest.raises(UsageError, match="not a regular file"):
        read_editable(str(tmp_path / "NOTICE"))


def test_other_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"# ok\nna\xefve\n")
    with pytest.raises(UsageError, match=r"README\.md:2: not UTF-8"):
        read_editable(str(tmp_path / "README.md"))


def test_missing_file_is_none(tmp_path: Path) -> None:
    assert read_editable(str(tmp_path / "README.md")) is None


# ------------------------------------------------------------------------------------------- between the markers

documents = st.text(st.sampled_from("ab #-`~\n\r\ufeff©") | st.characters(exclude_categories=["Cs"]), max_size=200)
bodies = st.text(st.sampled_from("xy \n©") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(str.strip)


@given(documents, bodies, bodies)
def test_second_write_changes_nothing_and_a_later_one_only_the_body(existing: str, first: str, second: str) -> None:
    once = between_markers(existing, "notice", first, "hash")
    assert between_markers(once, "notice", first, "hash") == once
    assert once.startswith(existing)
    twice = between_markers(once, "notice", second, "hash")
    start, end = once.index(BEGIN), once.index(END)
    assert twice.startswith(once[: start + len(BEGIN)])
    assert twice.endswith(once[end:])


@given(documents, documents, bodies)
def test_everything_outside_the_markers_stays_byte_for_byte(before: str, after: str, body: str) -> None:
    before = before and before + "\n"
    existing = f"{before}{BEGIN}\nold\n{END}\n{after}"
    text = between_markers(existing, "notice", body, "hash")
    assert text.startswith(f"{before}{BEGIN}\n")
    assert text.endswith(f"{END}\n{after}")
    assert between_markers(text, "notice", body, "hash") == text


@given(documents, bodies)
def test_markdown_is_written_once_or_refused_with_a_line(existing: str, body: str) -> None:
    try:
        once = between_markers(existing, "attribution", body, "markdown", "README.md")
    except UsageError as error:
        assert str(error).startswith("README.md:")
        return
    assert once.startswith(existing)
    assert between_markers(once, "attribution", body, "markdown") == once


def test_windows_line_ends_stay_and_are_used() -> None:
    text = between_markers("# A\r\n\r\ntext\r\n", "attribution", "one\ntwo\n", "markdown")
    assert text == f"# A\r\n\r\ntext\r\n\r\n{README_BEGIN}\r\none\r\ntwo\r\n{README_END}\r\n"


def test_byte_order_mark_and_missing_final_newline_stay() -> None:
    existing = f"\ufeff{README_BEGIN}\nold\n{README_END}"
    assert between_markers(existing, "attribution", "new", "markdown") == f"\ufeff{README_BEGIN}\nnew\n{README_END}"


def test_first_write_comes_behind_everything_else() -> None:
    existing = "---\nlicense: mit\n---\n# A\n"
    assert between_markers(existing, "attribution", "words", "markdown") == f"{existing}\n{README_BEGIN}\nwords\n{README_END}\n"


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_markers_in_a_code_block_are_no_markers(fence: str) -> None:
    existing = f"# How to\n{fence}md\n{README_BEGIN}\nexample\n{README_END}\n{fence}\n"
    text = between_markers(existing, "attribution", "words", "markdown")
    assert text.startswith(existing)
    assert body_of(text, "attribution", "markdown") == "words\n"


def test_fence_inside_the_front_matter_opens_nothing() -> None:
    existing = "---\nwidget: |\n  ```\n---\n# A\n"
    assert between_markers(existing, "attribution", "words", "markdown").startswith(existing)


BROKEN = {
    "begin without end": (f"a\n{README_BEGIN}\nb\n", 2, "never ends"),
    "end without begin": (f"a\nb\n{README_END}\n", 3, "no beginning"),
    "wrong order": (f"{README_END}\n{README_BEGIN}\n", 1, "no beginning"),
    "two beginnings": (f"{README_BEGIN}\n{README_BEGIN}\n{README_END}\n", 2, "second time"),
    "two sections": (f"{README_BEGIN}\n{README_END}\n{README_BEGIN}\n{README_END}\n", 3, "second time"),
    "an open code block": ("a\n```\nb\n", 2, "never ends"),
    "an open comment": ("a\n<!-- to do\nb\n", 2, "never ends"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_document_is_refused_with_file_line_and_what_to_do(case: str) -> None:
    existing, line, words = BROKEN[case]
    with pytest.raises(UsageError, match=rf"^README\.md:{line}: .*{words}"):
        between_markers(existing, "attribution", "words", "markdown", "README.md")


def test_body_with_a_marker_in_it_is_refused() -> None:
    with pytest.raises(UsageError, match="holds the marker"):
        between_markers("", "notice", f"a\n{END}\nb", "hash", "NOTICE")
