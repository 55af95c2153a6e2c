from __future__ import annotations

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.sources.reading import decode, digest, read_bytes, read_text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"plain", ("plain", "utf-8", False)),
        ("é".encode(), ("é", "utf-8", False)),
        (b"\xef\xbb\xbfwith BOM", ("with BOM", "utf-8-sig", False)),
        ("\ufeffh\u00e9".encode("utf-16-le"), ("hé", "utf-16-le", False)),
        ("\ufeffh\u00e9".encode("utf-16-be"), ("hé", "utf-16-be", False)),
        ("caf\u00e9".encode("latin-1"), ("caf\ufffd", "utf-8", True)),
        (b"\xff\xfea", ("\ufffd", "utf-16-le", True)),
    ],
)
def test_decoding(data, expected):
    assert decode(data) == expected


@given(st.text(), st.integers(0, 8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_character_cut_off_by_the_limit_is_no_damage(text, cut, encoding):
    data = text.encode(encoding)
    head = data[: max(len(data) - cut, 3 if encoding == "utf-8-sig" else 2)]
    decoded, _, replaced = decode(head, truncated=True)
    assert not replaced
    assert text.removeprefix("\ufeff").startswith(decoded) or text.startswith(decoded)


@given(st.binary())
def test_any_bytes_are_text(data):
    assert isinstance(decode(data)[0], str)


@given(st.binary())
def test_the_digest_is_sha256(data):
    assert digest(data) == hashlib.sha256(data).hexdigest()


def test_line_breaks_are_unified_and_remembered(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    file = read_text(str(path), "a.md", 100)
    assert (file.text, file.newline, file.data) == ("one\ntwo\nthree\n", "\r\n", b"one\r\ntwo\rthree\n")
    path.write_bytes(b"one\ntwo\r\n")
    assert read_text(str(path), "a.md", 100).newline == "\n"


def test_a_truncated_file_has_no_digest(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * 11)
    whole, cut = read_text(str(path), "a.md", 11), read_text(str(path), "a.md", 10)
    assert (whole.truncated, whole.sha256) == (False, hashlib.sha256(b"x" * 11).hexdigest())
    assert (cut.truncated, cut.sha256, cut.size, len(cut.text)) == (True, None, 11, 10)


def test_only_the_head_of_a_sparse_gigabyte_is_read(tmp_path):
    path = tmp_path / "model.bin"
    with open(path, "wb") as file:
        file.truncate(1 << 30)
    data, size = read_bytes(str(path), 1_000_000)
    assert (len(data), size) == (1_000_000, 1 << 30)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_links_and_folders_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    for name in ("pipe", "link", ".", "/dev/zero"):
        with pytest.raises(OSError, match="not a regular file"):
            read_bytes(str(tmp_path / name), 10)
