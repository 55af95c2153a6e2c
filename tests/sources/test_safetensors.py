"""Headers of our own making: the texts in them, and what hostile lengths can't do."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from licensecheck.sources.safetensors import read_metadata

TENSOR = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}


def written(folder: Path, header: object, length: int | None = None, data: bytes = bytes(4)) -> str:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    path = folder / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(raw) if length is None else length) + raw + data)
    return str(path)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"__metadata__": {"format": "pt", "license": "mit"}, "a": TENSOR}, {"format": "pt", "license": "mit"}),
        ({"a": TENSOR, "__metadata__": {"format": "pt"}}, {"format": "pt"}),
        (b'{ "__metadata__" : {"format": "pt"}, "a": {}}   ', {"format": "pt"}),
        ({"a": TENSOR}, {}),
        ({"__metadata__": {"n": 3, "format": "pt"}}, {"format": "pt"}),  # texts only, as the format says
        ({"__metadata__": ["pt"]}, {}),
        ([], {}),
    ],
)
def test_the_texts_beside_the_tensors_are_read(tmp_path: Path, header: object, expected: dict[str, str]) -> None:
    assert read_metadata(written(tmp_path, header)) == expected


def test_texts_that_come_first_are_read_from_the_beginning_of_a_file(tmp_path: Path) -> None:
    whole = json.dumps({"__metadata__": {"license": "mit"}, **{f"layer.{n}": TENSOR for n in range(1000)}}).encode()
    path = written(tmp_path, whole[:2000], length=len(whole), data=b"")
    assert read_metadata(path, size=8 + len(whole) + 4) == {"license": "mit"}


@pytest.mark.parametrize(
    ("header", "length", "sentence"),
    [
        (b"{}", 2**63, "longer than the file"),
        (b"{}", 2**64 - 1, "longer than the file"),
        (b"{}", 7, "longer than the file"),
        (b"not json", None, "not JSON"),
        (b'{"__metadata__":' + b'{"a":' * 100_000, None, "nested beyond reason"),
        (b"[" * 100_000, None, "nested beyond reason"),
    ],
)
def test_a_header_that_lies_is_one_clear_sentence(tmp_path: Path, header: bytes, length: int | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_metadata(written(tmp_path, header, length))


def test_a_file_of_five_bytes_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"\0" * 5)
    with pytest.raises(ValueError, match="cut off"):
        read_metadata(str(path))
