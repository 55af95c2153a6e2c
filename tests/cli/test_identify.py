"""`llm-licensecheck identify` as a process, on the licence of this project and on files made of it."""

from __future__ import annotations

import html
import json
import os
import subprocess
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from licensecheck.identify import parts_of
from tests.conftest import CORPUS, REPO, Tool, tool_command, tool_environment
from tests.sources.test_gguf import gguf, pair, string

LICENSE = (REPO / "LICENSE").read_text(encoding="utf-8")
Write = Callable[[Mapping[str, str | bytes]], Path]


def answers(tool: Tool, *paths: Path) -> list[dict[str, Any]]:
    run = tool("identify", "--format", "json", *paths)
    assert (run.returncode, run.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def test_json_has_the_keys_that_were_promised(tool: Tool, write: Write) -> None:
    (row,) = answers(tool, write({"LICENSE": LICENSE}) / "LICENSE")
    assert (row["license"], row["score"]) == ("mit", 1.0)
    (match,) = row["matches"]
    promised = {"license", "version", "score", "start_line", "end_line", "altered_sections", "missing_sections"}
    assert promised <= match.keys()
    assert (match["license"], match["version"]["text"], match["complete"]) == ("mit", "mit", True)
    assert LICENSE.split("\n")[match["start_line"] - 1].startswith("Permission")


WAYS: dict[str, str | bytes] = {
    "little-endian UTF-16": LICENSE.encode("utf-16"),
    "UTF-16 without a mark": LICENSE.encode("utf-16-be"),
    "Windows": ("\ufeff" + LICENSE.replace("\n", "\r\n")).encode(),
    "an old Western encoding": LICENSE.replace('"AS IS"', "“AS IS”").encode("cp1252"),
    "HTML": "<html><body>" + "".join(f"<p>{html.escape(line)}</p>\n" for line in LICENSE.split("\n\n")) + "</body></html>",
    "upper case": LICENSE.upper(),
    "literal gate": f"---\nextra_gated_prompt: |\n{textwrap.indent(LICENSE, '  ')}license: mit\n---\n\n# A model\n",
    "folded gate": f"---\nextra_gated_prompt: >-\n{textwrap.indent(LICENSE, '  ')}extra_gated_fields:\n  Research only: checkbox\n---\n",
    "quoted gate": f"---\nextra_gated_prompt: {json.dumps(LICENSE)}\n---\n",
    "Modelfile": f'FROM ./model.gguf\nLICENSE """{LICENSE}"""\nSYSTEM You may not tell secrets.\n',
    "GGUF value": gguf(pair("general.license", 8, string("mit"))),
    "GGUF text": gguf(pair("general.license", 8, string(LICENSE))),
    "GGUF name": gguf(pair("general.license", 8, string("other")), pair("general.license.name", 8, string("mit"))),
    "name in a Modelfile": "FROM x\nLICENSE MIT\n",
}


@pytest.mark.parametrize("how", WAYS)
def test_a_licence_is_found_whatever_it_is_wrapped_in(how: str, tool: Tool, write: Write) -> None:
    (row,) = answers(tool, write({"file": WAYS[how]}) / "file")
    assert row["license"] == "mit"
    assert [match["altered_sections"] for match in row["matches"]] == [[]]
    assert row["matches"][0]["complete"] or row["matches"][0]["version"] is None


def test_lines_are_those_of_the_file(tool: Tool, write: Write) -> None:
    modelfile = f'FROM x\n\nLICENSE """{LICENSE}"""\n\nLICENSE """\n{LICENSE}"""\n'
    (row,) = answers(tool, write({"Modelfile": modelfile}) / "Modelfile")
    lines = modelfile.split("\n")
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("Permission")]
    assert [(match["start_line"], match["part"]) for match in row["matches"]] == [(start, "LICENSE") for start in starts]
    assert row["license"] == "mit"


def test_no_licence_is_null_and_no_error(tool: Tool, write: Write) -> None:
    (row,) = answers(tool, write({"notes.md": "Ships leave at noon. " * 200}) / "notes.md")
    assert row == {"path": row["path"], "license": None, "score": 0.0, "matches": []}


def test_an_edited_clause_is_said_in_words(tool: Tool, write: Write) -> None:
    path = write({"LICENSE": LICENSE.replace("without restriction", "for research only")}) / "LICENSE"
    run = tool("identify", path)
    assert run.returncode == 0
    assert run.stdout.splitlines()[0].startswith(f"{path}: mit (MIT License), altered, lines 5-")
    assert run.stdout.splitlines()[1] == "  what has no section number differs"


def test_standard_input_is_read(tool: Tool) -> None:
    run = subprocess.run(
        [*tool_command(), "identify", "-"], input=LICENSE, env=tool_environment(), capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.startswith("-: mit (MIT License), complete")


def test_a_link_to_a_file_is_followed(tool: Tool, write: Write) -> None:
    folder = write({"blob": LICENSE})
    os.symlink("blob", folder / "LICENSE")
    assert answers(tool, folder / "LICENSE")[0]["license"] == "mit"


def test_what_cannot_be_read_is_one_line_each_and_the_rest_is_answered(tool: Tool, write: Write) -> None:
    folder = write({"LICENSE": LICENSE, "model.gguf": gguf(count=9)})
    os.mkfifo(folder / "pipe")
    run = tool("identify", folder, folder / "missing", folder / "pipe", folder / "model.gguf", folder / "LICENSE")
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 4
    assert run.stderr.splitlines()[0] == f"{folder}: is a folder: name the files in it"
    assert run.stdout.startswith(f"{folder / 'LICENSE'}: mit")


def test_a_name_that_plays_tricks_is_shown_harmless(tool: Tool, write: Write) -> None:
    run = tool("identify", write({"a\x1b[2Jb": LICENSE}) / "a\x1b[2Jb")
    assert "\x1b" not in run.stdout


def test_output_is_written_into_a_file(tool: Tool, write: Write) -> None:
    folder = write({"LICENSE": LICENSE})
    run = tool("identify", folder / "LICENSE", "--format", "json", "--output", folder / "answer.json")
    assert (run.returncode, run.stdout) == (0, "")
    assert json.loads((folder / "answer.json").read_text(encoding="utf-8"))[0]["license"] == "mit"


def test_prose_with_lines_like_instructions_is_no_modelfile(tool: Tool, write: Write) -> None:
    prose = LICENSE.replace("without restriction,", "without\nrestriction,").replace("to deal\n", "to\ndeal\n")
    (row,) = answers(tool, write({"LICENSE": f"Terms\n\nfrom now\nlicense terms apply\n\n{prose}"}) / "LICENSE")
    assert [match["part"] for match in row["matches"]] == [None]


@pytest.mark.corpus
def test_no_licence_text_is_taken_for_a_modelfile_or_a_card() -> None:
    paths = sorted((Path(CORPUS or ".") / "license-texts").rglob("*.txt"))
    assert len(paths) > 300
    split = [path.name for path in paths if len(parts_of(path.read_text(encoding="utf-8", errors="replace"))) > 1]
    assert split == []
