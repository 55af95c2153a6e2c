"""Headers of our own making: what they say of licences, and what hostile ones can't do."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from licensecheck.sources.gguf import license_strings, read_strings


def string(text: str | bytes) -> bytes:
    raw = text if isinstance(text, bytes) else text.encode()
    return struct.pack("<Q", len(raw)) + raw


def pair(key: str, kind: int, value: bytes) -> bytes:
    return string(key) + struct.pack("<I", kind) + value


def gguf(*pairs: bytes, count: int | None = None, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(pairs) if count is None else count) + b"".join(pairs)


TOKENS = struct.pack("<IQ", 8, 3) + string("a") + string("bb") + string("")
SCORES = struct.pack("<IQ", 6, 3) + bytes(12)


def written(folder: Path, data: bytes) -> str:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return str(path)


def test_licence_keys_are_read_wherever_they_stand(tmp_path: Path) -> None:
    data = gguf(
        pair("general.architecture", 8, string("x")),
        pair("general.license", 8, string("apache-2.0")),
        pair("tokenizer.ggml.tokens", 9, TOKENS),
        pair("tokenizer.ggml.scores", 9, SCORES),
        pair("x.block_count", 4, struct.pack("<I", 4)),
        pair("general.license.link", 8, string("https://licence.example")),
    )
    assert license_strings(written(tmp_path, data)) == {"general.license": "apache-2.0", "general.license.link": "https://licence.example"}


def test_lists_of_texts_are_read_and_other_lists_are_passed(tmp_path: Path) -> None:
    data = gguf(
        pair("general.datasets", 9, struct.pack("<IQ", 8, 2) + string("acme/a") + string("acme/b")),
        pair("general.scores", 9, SCORES),
        pair("general.name", 8, string("Tiny")),
    )
    found = read_strings(written(tmp_path, data), lambda key: key.startswith("general."))
    assert found == {"general.datasets": ["acme/a", "acme/b"], "general.scores": [], "general.name": "Tiny"}


def test_a_brief_reader_stops_at_the_vocabulary_and_others_read_on(tmp_path: Path) -> None:
    words = struct.pack("<IQ", 8, 300_000) + string("word") * 300_000
    data = gguf(pair("general.name", 8, string("Tiny")), pair("tokens", 9, words), pair("general.license", 8, string("mit")))
    path = written(tmp_path, data)
    assert read_strings(path, lambda key: key.startswith("general."), brief=True) == {"general.name": "Tiny"}
    assert license_strings(path) == {"general.license": "mit"}


@pytest.mark.parametrize("last", [struct.pack("<Q", 1 << 62), struct.pack("<Q", 5) + b"abcd", b"\0\0\0"])
def test_a_vocabulary_that_is_cut_off_is_an_error(last: bytes, tmp_path: Path) -> None:
    data = gguf(pair("tokens", 9, struct.pack("<IQ", 8, 20_001) + string("word") * 20_000 + last))
    with pytest.raises(ValueError, match="cut off"):
        license_strings(written(tmp_path, data))


def test_the_beginning_of_a_file_tells_what_stands_there(tmp_path: Path) -> None:
    data = gguf(pair("general.license", 8, string("mit")), pair("tokenizer.ggml.tokens", 9, TOKENS))[:-6]
    path = written(tmp_path, data)
    assert read_strings(path, lambda key: True, beginning=True) == {"general.license": "mit"}
    with pytest.raises(ValueError, match="cut off"):
        read_strings(path, lambda key: key == "general.license")


HOSTILE = {
    "another file": b"GGML" + bytes(40),
    "a version of the future": gguf(version=9),
    "cut off": gguf(pair("general.license", 8, string("mit")))[:-2],
    "more entries than there are": gguf(count=3),
    "entries beyond counting": gguf(count=2**63),
    "a key longer than the file": b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**62),
    "a string longer than the file": gguf(pair("general.license", 8, struct.pack("<Q", 2**63))),
    "an array longer than the file": gguf(pair("a", 9, struct.pack("<IQ", 4, 50_000_000))),
    "an array of a billion": gguf(pair("a", 9, struct.pack("<IQ", 8, 10**9))),
    "an array of arrays": gguf(pair("a", 9, struct.pack("<IQ", 9, 1) + TOKENS)),
    "a type that is none": gguf(pair("a", 77, bytes(8))),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_header_that_lies_is_a_value_error(how: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        license_strings(written(tmp_path, HOSTILE[how]))


def test_many_empty_strings_end_early(tmp_path: Path) -> None:
    arrays = [pair(f"a{n}", 9, struct.pack("<IQ", 8, 500_000) + bytes(8 * 500_000)) for n in range(5)]
    with pytest.raises(ValueError, match="too many"):
        license_strings(written(tmp_path, gguf(*arrays)))
