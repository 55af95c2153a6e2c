"""The files of fingerprints: read when needed, refused when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.errors import InputError
from licensecheck.recognise import load_fingerprints, recognise
from licensecheck.recognise.store import Fingerprints
from tests.conftest import REPO
from tests.recognise.conftest import TEXTS, agreement, fingerprints_of


def test_nothing_is_read_before_it_is_needed(tmp_path: Path) -> None:
    prints = load_fingerprints(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"index\.bin: cannot be read"):
        recognise(agreement(), prints)


@pytest.mark.parametrize("name", ["index.bin", "prints.bin"])
def test_damaged_files_are_refused(name: str, tmp_path: Path) -> None:
    directory = Path(fingerprints_of(tmp_path, TEXTS).directory)
    raw = bytearray((directory / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (directory / name).write_bytes(raw)
    with pytest.raises(InputError, match="build it anew"):
        for text in TEXTS.values():
            recognise(text, load_fingerprints(directory))


def test_files_are_the_same_on_every_build(prints: Fingerprints, tmp_path: Path) -> None:
    again = Path(fingerprints_of(tmp_path, TEXTS).directory)
    for name in ("index.bin", "prints.bin"):
        assert (again / name).read_bytes() == (Path(prints.directory) / name).read_bytes()


def test_no_words_are_shipped(prints: Fingerprints) -> None:
    content = b"".join((Path(prints.directory) / name).read_bytes() for name in ("index.bin", "prints.bin"))
    assert b"Orchard" not in content
    assert b"orchard" not in content


def test_texts_that_differ_in_names_only_share_one_id(tmp_path: Path) -> None:
    copy = TEXTS["meadow"].replace("<year> <copyright holders>", "2031 Ann Example")
    prints = fingerprints_of(tmp_path, {"meadow": TEXTS["meadow"], "ann-example-code": copy})
    assert prints.canonical("ann-example-code") == "meadow"
    assert prints.texts == ("ann-example-code", "meadow")
    assert [match.text for match in recognise(copy, prints)] == ["meadow"]


def test_another_name_can_be_declared(tmp_path: Path) -> None:
    (tmp_path / "fingerprints").mkdir()
    (tmp_path / "fingerprints/same.yaml").write_text("juniper-web: juniper-2.0\n", encoding="utf-8")
    web = agreement().replace("in the town of Brackenfield", "in Brackenfield")
    prints = fingerprints_of(tmp_path, {"juniper-2.0": agreement(), "juniper-web": web})
    (match,) = recognise(web, prints)
    assert (match.text, match.complete) == ("juniper-2.0", True)


def test_the_shipped_files_are_small() -> None:
    assert sum(path.stat().st_size for path in (REPO / "rules/fingerprints").iterdir()) <= 3_000_000
