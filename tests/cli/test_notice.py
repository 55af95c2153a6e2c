"""`notice` and `attribution`: printed, written between markers, compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SENTENCE = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
README = "---\nlicense: apache-2.0\n---\n# Harbour-Chat-8B\n\nText.\n"


@pytest.fixture
def home(run: Any, pipeline: Any, tmp_path: Path) -> Path:
    (tmp_path / "a" / "README.md").write_bytes(README.encode())
    return tmp_path / "a"


def test_notice_is_printed_and_nothing_is_written(run: Any, home: Path) -> None:
    result = run("notice", "a")
    assert result.exit_code == 0
    assert SENTENCE in result.stdout.splitlines()
    assert not (home / "NOTICE").exists()


def test_notice_is_written_once(run: Any, home: Path) -> None:
    result = run("notice", "a", "--write")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "a/NOTICE: written\n"
    first = (home / "NOTICE").read_bytes()
    assert SENTENCE.encode() in first
    assert run("notice", "a", "--write").stderr == "a/NOTICE: up to date\n"
    assert (home / "NOTICE").read_bytes() == first


def test_check_says_when_the_file_is_out_of_date(run: Any, home: Path) -> None:
    result = run("notice", "a", "--check")
    assert result.exit_code == 1
    assert result.stderr == "NOTICE is out of date: llm-licensecheck notice --write a\n"
    assert not (home / "NOTICE").exists()
    run("notice", "a", "--write")
    result = run("notice", "a", "--check")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("name", ["NOTICE.txt", "Notice", "NOTICE.md", "notice"])
def test_notice_file_that_is_there_is_used(run: Any, home: Path, name: str) -> None:
    (home / name).write_bytes(b"Our own words.\n")
    run("notice", "a", "--write")
    assert sorted(path.name for path in home.iterdir()) == sorted(["README.md", name])
    assert (home / name).read_bytes().startswith(b"Our own words.\n")
    assert run("notice", "a", "--check").exit_code == 0


def test_notice_kept_by_hand_with_every_sentence_is_left_alone(run: Any, home: Path) -> None:
    (home / "NOTICE").write_bytes(f"{SENTENCE}\n".encode())
    assert run("notice", "a", "--check").exit_code == 0
    assert run("notice", "a", "--write").stderr == "a/NOTICE: up to date\n"
    assert (home / "NOTICE").read_bytes() == f"{SENTENCE}\n".encode()


@pytest.mark.parametrize("command", ["notice", "attribution"])
@pytest.mark.parametrize("option", [(), ("--write",), ("--check",)])
def test_nothing_owed_writes_nothing(run: Any, pipeline: Any, home: Path, command: str, option: tuple[str, ...]) -> None:
    pipeline.default = "nothing-found"
    result = run(command, "a", *option)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is owed" in result.stderr
    assert [path.name for path in home.iterdir()] == ["README.md"]


def test_attribution_is_put_behind_the_readme_and_the_rest_stays(run: Any, home: Path) -> None:
    assert run("attribution", "a", "--write").stderr == "a/README.md: updated\n"
    text = (home / "README.md").read_text(encoding="utf-8")
    assert text.startswith(README)
    assert "**Built with Llama**" in text
    assert run("attribution", "a", "--check").exit_code == 0
    assert run("attribution", "a", "--check", "--lang", "zh").exit_code == 1


def test_order_of_writing_does_not_matter(run: Any, home: Path) -> None:
    run("attribution", "a", "--write")
    run("notice", "a", "--write")
    assert run("attribution", "a", "--check").exit_code == 0


def test_other_document_can_be_named(run: Any, home: Path) -> None:
    (home / "docs").mkdir()
    assert run("attribution", "a", "--file", "docs/model.md", "--write").exit_code == 0
    assert "**Built with Llama**" in (home / "docs" / "model.md").read_text(encoding="utf-8")
    assert (home / "README.md").read_bytes() == README.encode()


def test_broken_markers_are_one_line_and_nothing_is_written(run: Any, home: Path) -> None:
    broken = README + "<!-- llm-licensecheck:begin attribution -->\n"
    (home / "README.md").write_bytes(broken.encode())
    result = run("attribution", "a", "--write")
    assert result.exit_code == 2
    assert "a/README.md:7: " in result.stderr
    assert result.stderr.count("\n") == 1
    assert (home / "README.md").read_bytes() == broken.encode()


def test_link_out_of_the_folder_is_not_written(run: Any, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"mine\n")
    (home / "README.md").unlink()
    (home / "README.md").symlink_to(outside)
    assert run("attribution", "a", "--write").exit_code == 2
    assert outside.read_bytes() == b"mine\n"


def test_hostile_report_is_written_once_and_found_up_to_date(run: Any, pipeline: Any, home: Path) -> None:
    pipeline.default = "hostile"
    for command in ("notice", "attribution"):
        assert run(command, "a", "--write").exit_code == 0
        assert run(command, "a", "--check").exit_code == 0
        assert run(command, "a", "--write").stderr.endswith(": up to date\n")


def test_write_and_check_exclude_one_another(run: Any, home: Path) -> None:
    assert run("notice", "a", "--write", "--check").exit_code == 2


def test_options_reach_the_pipeline(run: Any, pipeline: Any, home: Path) -> None:
    run("notice", "a", "--as", "public", "--set", "model.name=X", "--lang", "zh")
    assert pipeline.calls == [{"target": "a", "sets": ("model.name=X",), "as_": "public", "lang": "zh", "rules": None, "origin": None}]
