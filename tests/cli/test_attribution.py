"""`attribution`: mark-ups, lengths, files, templates of one's own, words for a product."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import REPO

SENTENCE = "Built with Llama"
FILES = {"markdown": "README.md", "rst": "README.rst", "latex": "attribution.tex", "html": "attribution.html", "text": "ATTRIBUTION.txt"}


@pytest.fixture
def home(run: Any, pipeline: Any, tmp_path: Path) -> Path:
    return tmp_path / "a"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("length", ["badge", "section", "paragraph"])
@pytest.mark.parametrize("style", sorted(FILES))
def test_each_style_and_length_is_written_once_and_found_up_to_date(run: Any, home: Path, style: str, length: str, lang: str) -> None:
    options = ("--style", style, "--length", length, "--lang", lang)
    (home / FILES[style]).write_bytes(b"Ours.\r\n\r\nMore.")
    assert run("attribution", "a", *options, "--check").exit_code == 1
    assert run("attribution", "a", *options, "--write").stderr == f"a/{FILES[style]}: updated\n"
    written = (home / FILES[style]).read_bytes()
    assert written.startswith(b"Ours.\r\n\r\nMore.")
    assert SENTENCE.encode() in written
    assert run("attribution", "a", *options, "--check").exit_code == 0
    assert run("attribution", "a", *options, "--write").stderr.endswith(": up to date\n")
    assert (home / FILES[style]).read_bytes() == written


def test_mark_up_goes_by_the_file(run: Any, home: Path) -> None:
    assert "\\textbf{Built with Llama}" in run("attribution", "a", "--file", "docs/report.tex").stdout
    assert "<strong>Built with Llama</strong>" in run("attribution", "a", "--file", "about.HTML").stdout


def test_file_of_another_mark_up_is_bad_usage(run: Any, home: Path) -> None:
    result = run("attribution", "a", "--style", "rst", "--file", "README.md", "--write")
    assert result.exit_code == 2
    assert "README.md takes markdown" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--style", "latex"), "attribution.tex is out of date: llm-licensecheck attribution --style latex --write a\n"),
        (
            ("--file", "x.rst", "--length", "badge"),
            "x.rst is out of date: llm-licensecheck attribution --file x.rst --length badge --write a\n",
        ),
    ],
)
def test_out_of_date_says_the_whole_command(run: Any, home: Path, options: tuple[str, ...], said: str) -> None:
    assert run("attribution", "a", *options, "--check").stderr == said


def test_badge_is_one_line(run: Any, home: Path) -> None:
    for style in FILES:
        assert run("attribution", "a", "--style", style, "--length", "badge").stdout.count("\n") == 1


def test_words_for_a_product_come_with_their_places(run: Any, home: Path) -> None:
    shape = json.loads((REPO / "schema" / "ui-strings-1.json").read_text(encoding="utf-8"))
    document = json.loads(run("attribution", "a", "--style", "ui-json", "--lang", "zh").stdout)
    jsonschema.Draft202012Validator(shape).validate(document)
    (only,) = document["strings"]
    assert (only["text"], only["state"]) == (SENTENCE, "owed")
    assert {"place": "website", "name": "相关网站"} in only["places"]


@pytest.mark.parametrize("sample", ["fine-tune", "several-components", "hostile", "nothing-found", "clean", "first-contact"])
def test_words_for_a_product_fit_their_schema(run: Any, pipeline: Any, home: Path, sample: str) -> None:
    pipeline.default = sample
    shape = json.loads((REPO / "schema" / "ui-strings-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(shape).validate(json.loads(run("attribution", "a", "--style", "ui-json").stdout))


def test_words_for_a_product_hold_nothing_that_a_terminal_obeys(run: Any, pipeline: Any, home: Path) -> None:
    pipeline.default = "hostile"
    assert all(line.isprintable() for line in run("attribution", "a", "--style", "ui-json").stdout.splitlines())


def test_words_for_a_product_are_not_written(run: Any, home: Path) -> None:
    assert run("attribution", "a", "--style", "ui-json", "--write").exit_code == 2


def test_own_template_is_used_and_its_mistakes_are_one_line(run: Any, home: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    template = tmp_path / "own" / "attribution.md.j2"
    template.write_text("ACME: {{ displays | join }}\n", encoding="utf-8")
    assert run("attribution", "a", "--templates", "own").stdout == "ACME: Built with Llama\n"
    template.write_text("a\n{{ b }}\n", encoding="utf-8")
    result = run("attribution", "a", "--templates", "own")
    assert (result.exit_code, result.stderr) == (2, "own/attribution.md.j2:2: 'b' is undefined\n")


@pytest.mark.parametrize("options", [(), ("--write",), ("--check",)])
def test_own_template_that_leaves_required_words_out_is_refused(run: Any, home: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "attribution.md.j2").write_text("Nothing.\n", encoding="utf-8")
    result = run("attribution", "a", "--templates", "own", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lacks 'Built with Llama'" in result.stderr
    assert not (home / "README.md").exists()


def test_own_notice_template_is_used(run: Any, home: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "notice.txt.j2").write_text("ACME\n{% for n in notices %}{{ n.text }}{% endfor %}\n", encoding="utf-8")
    assert run("notice", "a", "--templates", "own").stdout.startswith("ACME\nLlama 3.1 is licensed")
    assert run("notice", "a", "--templates", "nowhere").exit_code == 2
