"""`card`: printed, written, compared; what cannot be edited is explained and left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

CARD = "---\nlicense: llama3.1\nlanguage: [en]  # only\n---\n# Llama-Pilot\n\nText.\n"
MANIFEST = "version: 1\nbuilt_from:\n  - {model: meta-llama/Llama-3.1-8B-Instruct, relation: finetune}\n"
WRITTEN = CARD.replace("# only\n", "# only\nbase_model: meta-llama/Llama-3.1-8B-Instruct\nbase_model_relation: finetune\n")


@pytest.fixture
def home(run: Any, tmp_path: Path) -> Path:
    (tmp_path / "a" / "README.md").write_bytes(CARD.encode())
    (tmp_path / "a" / "licensecheck.yaml").write_bytes(MANIFEST.encode())
    return tmp_path / "a"


def test_front_matter_is_printed_and_nothing_is_written(run: Any, home: Path) -> None:
    result = run("card", "a")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == WRITTEN[: WRITTEN.index("# Llama")]
    assert (home / "README.md").read_bytes() == CARD.encode()


def test_front_matter_is_written_once(run: Any, home: Path) -> None:
    assert run("card", "a", "--check").exit_code == 1
    result = run("card", "a", "--write")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "a/README.md: updated\n")
    assert (home / "README.md").read_bytes() == WRITTEN.encode()
    assert run("card", "a", "--write").stderr == "a/README.md: up to date\n"
    result = run("card", "a", "--check")
    assert (result.exit_code, result.output) == (0, "")
    assert (home / "README.md").read_bytes() == WRITTEN.encode()


def test_check_says_what_would_mend_it(run: Any, home: Path) -> None:
    assert run("card", "a", "--check").stderr == "README.md is out of date: llm-licensecheck card --write a\n"


def test_card_that_is_not_there_is_made(run: Any, home: Path) -> None:
    (home / "README.md").unlink()
    assert run("card", "a", "--write").stderr == "a/README.md: written\n"
    assert (home / "README.md").read_bytes().startswith(b"---\nlicense: llama3.1\nbase_model: meta-llama/")


def test_card_without_front_matter_gets_one(run: Any, home: Path) -> None:
    (home / "README.md").write_bytes(b"\xef\xbb\xbf# Llama-Pilot\r\n")
    assert run("card", "a", "--write").exit_code == 0
    data = (home / "README.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\nlicense: llama3.1\r\n")
    assert data.endswith(b"---\r\n# Llama-Pilot\r\n")


def test_nothing_known_writes_nothing(run: Any, tmp_path: Path) -> None:
    result = run("card", "b", "--write")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is written" in result.stderr
    assert not list((tmp_path / "b").iterdir())


@pytest.mark.parametrize(
    ("card", "line", "why"),
    [
        ("---\nlicense: [x\n---\n", 2, "cannot be read"),
        ("# Title\n\n---\nlicense: llama3.1\n---\n", 3, "move it to the first line"),
        ("<!--\n---\nlicense: llama3.1\n---\n-->\n", 2, "inside a comment"),
        ("---\nlicense: llama3.1\nbase_model: *x\n---\n", 3, "cannot be read"),
        ("---\nx: &b [a/b]\nlicense: llama3.1\ndatasets: *b\n---\n", 4, "stands somewhere else"),
    ],
)
@pytest.mark.parametrize("option", [(), ("--write",), ("--check",)])
def test_what_cannot_be_edited_is_explained_and_left_alone(
    run: Any, home: Path, card: str, line: int, why: str, option: tuple[str, ...]
) -> None:
    (home / "README.md").write_bytes(card.encode())
    (home / "licensecheck.yaml").write_bytes(f"{MANIFEST}  - {{dataset: c/d}}\n".encode())
    result = run("card", "a", *option)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *rest = result.stderr.splitlines()
    assert first.startswith(f"a/README.md:{line}: ")
    assert why in first
    assert any("to be written by hand: base_model" in text or "to be written by hand: - meta-llama" in text for text in rest)
    assert (home / "README.md").read_bytes() == card.encode()


def test_link_out_of_the_folder_is_not_followed(run: Any, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(CARD.encode())
    (home / "README.md").unlink()
    (home / "README.md").symlink_to(outside)
    assert run("card", "a", "--write").exit_code == 2
    assert outside.read_bytes() == CARD.encode()


def test_write_and_check_exclude_one_another(run: Any, home: Path) -> None:
    assert run("card", "a", "--write", "--check").exit_code == 2
