"""`docs/adding-a-license.md`: its commands print what it shows, its excerpts stand in the files, and it names every key of the language."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from licensecheck.knowledge import licenses, rows
from licensecheck.knowledge.shape import Key
from licensecheck.scenarios import _CASE_KEYS, _KEYS
from tests.conftest import REPO, Tool

DOCUMENT = REPO / "docs" / "adding-a-license.md"
EXAMPLE = REPO / "examples" / "adding-a-license"
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```\n)", re.DOTALL)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "adding-a-license"))


@pytest.fixture
def printed(tool: Tool, example: Path) -> Callable[[str], str]:
    """A command of the document, with all that it prints."""

    def run(command: str) -> str:
        done = tool(*shlex.split(command.removeprefix("$ llm-licensecheck ")), cwd=example)
        assert done.returncode in (0, 1), done.stderr
        return f"{command}\n{done.stdout}{done.stderr}".replace(f"{REPO}/", "")

    return run


def test_commands_in_the_document_print_what_it_shows(printed: Callable[[str], str]) -> None:
    """`LICENSECHECK_REWRITE=1` writes it anew."""
    text = DOCUMENT.read_text(encoding="utf-8")

    def anew(block: re.Match[str]) -> str:
        return "".join(printed(line) for line in block[0].splitlines() if line.startswith("$ llm-licensecheck "))

    fresh = CONSOLE.sub(anew, text)
    if os.environ.get("LICENSECHECK_REWRITE"):
        DOCUMENT.write_text(text := fresh, encoding="utf-8")
    assert text == fresh


def test_excerpts_in_the_document_stand_in_the_files() -> None:
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```\n", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 6
    for name, excerpt in blocks:
        assert excerpt in (EXAMPLE / name).read_text(encoding="utf-8"), name


def test_a_copy_of_the_houses_own_text_is_recognised(tool: Tool, example: Path) -> None:
    shutil.copy(example / "texts" / "lighthouse-licence-1.0.txt", example / "release" / "LICENSE")
    done = tool("check", "release", "--rules", ".", "--as", "public", "--all", cwd=example)
    assert "pass[lighthouse/license-copy]" in done.stdout
    altered = (example / "release" / "LICENSE").read_text(encoding="utf-8").replace("5,000,000", "9,000,000")
    (example / "release" / "LICENSE").write_text(altered, encoding="utf-8")
    done = tool("check", "release", "--rules", ".", "--as", "public", "--all", cwd=example)
    assert "pass[lighthouse/license-copy]" not in done.stdout


def keys_of(check: object) -> Iterator[str]:
    """Every key that a check of the format allows, at any depth."""
    for cell in getattr(check, "__closure__", None) or ():
        value = cell.cell_contents
        if isinstance(value, dict):
            for name, key in value.items():
                if isinstance(key, Key):
                    yield name
                    yield from keys_of(key.check)
        elif callable(value):
            yield from keys_of(value)


def test_the_document_names_every_key_of_the_language() -> None:
    known = {*keys_of(licenses.LICENSE), *keys_of(licenses.POLICY), *keys_of(licenses._REQUIREMENT)}
    assert {"editions", "unsettled", "notice", "concrete", "zh"} <= known
    known |= {key for table in rows.ROWS.values() for key in table} | _KEYS | _CASE_KEYS
    known |= {"all", "any", "not", "others", "some", "every", "in", "above", "at_least", "month", "currency", "only"}
    text = DOCUMENT.read_text(encoding="utf-8")
    named = {word for span in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"[a-z_]+", span)}
    assert known - named == set()
