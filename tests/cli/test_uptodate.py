"""What the hook for written things runs: NOTICE, card and attribution section in one go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import Tool, tool_environment

CARD = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# Llama-Harbour\n\nBuilt with Llama.\n"


def check(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "licensecheck.cli.uptodate", *options],
        cwd=folder,
        env=tool_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_each_thing_that_is_out_of_date_is_named(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    done = check(tmp_path, "--as", "public")
    assert done.returncode == 1
    assert "NOTICE is out of date" in done.stderr
    for command in ("notice", "card"):
        assert tool(command, "--as", "public", "--write", cwd=tmp_path).returncode == 0
    assert check(tmp_path, "--as", "public").returncode == 0


def test_an_attribution_section_counts_once_it_is_there(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    for command in ("notice", "card", "attribution"):
        assert tool(command, "--as", "public", "--write", cwd=tmp_path).returncode == 0
    assert check(tmp_path, "--as", "public").returncode == 0
    readme = tmp_path / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(text.replace("<!-- llm-licensecheck:end", "More.\n<!-- llm-licensecheck:end"), encoding="utf-8")
    done = check(tmp_path, "--as", "public")
    assert (done.returncode, "attribution --write" in done.stderr) == (1, True)


def test_a_folder_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    done = check(tmp_path, "nowhere")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_attributions_of_every_length_and_mark_up_count(tmp_path: Path, tool: Tool) -> None:
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    for options in (
        ("notice",),
        ("card",),
        ("attribution", "--length", "badge"),
        ("attribution", "--style", "latex", "--length", "paragraph"),
    ):
        assert tool(*options, "--as", "public", "--write", cwd=tmp_path).returncode == 0
    assert check(tmp_path, "--as", "public").returncode == 0
    report = tmp_path / "attribution.tex"
    report.write_text(report.read_text(encoding="utf-8").replace("is built from", "was built from"), encoding="utf-8")
    done = check(tmp_path, "--as", "public")
    assert (done.returncode, "attribution --style latex --length paragraph --write" in done.stderr) == (1, True)
