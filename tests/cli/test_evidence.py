"""`check --evidence`: what it takes, and what it says of files that it cannot use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Tool

CARD = {"README.md": "---\nlicense: mit\n---\n# Harbour-7B\n"}
TOP = {"schema": "licensecheck-evidence/1", "tool": "compare 1.0", "date": "2026-01-01"}


def results(*items: Any) -> str:
    return json.dumps({**TOP, "results": list(items)}, indent=1)


def test_several_files_are_taken_together_and_listed_among_what_was_read(tool: Tool, write: Any, tmp_path: Path) -> None:
    folder = write(CARD)
    for name, formula in (("a", "E7"), ("b", "E9")):
        item = {"formula": formula, "compared_to": "Qwen/Qwen2.5-14B", "value": 0.9 if formula == "E7" else 90}
        (tmp_path / f"{name}.json").write_text(results(item), encoding="utf-8")
    given = [part for name in "ab" for part in ("--evidence", str(tmp_path / f"{name}.json"))]
    report = json.loads(tool("check", folder, "--format", "json", *given).stdout)["reports"][0]
    (base,) = (item for item in report["findings"] if item["rule"] == "check/lineage.base")
    assert [row["formula"] for row in base["measured"]] == ["E7", "E9"]
    read = {item["path"]: item["sha256"] for item in report["inputs"]}
    assert read[str(tmp_path / "a.json")] and read[str(tmp_path / "b.json")]


def test_pictures_and_packets_call_what_was_only_compared_possible(tool: Tool, write: Any, tmp_path: Path) -> None:
    measured = tmp_path / "a.json"
    measured.write_text(results({"formula": "E7", "compared_to": "Qwen/Qwen2.5-14B", "value": 0.9}), encoding="utf-8")
    folder = write(CARD)
    assert tool("check", folder, "--evidence", measured, "--graph", tmp_path / "a.mmd").returncode == 0
    assert "fine-tuned from?" in (tmp_path / "a.mmd").read_text("utf-8")
    assert tool("review", folder, "--evidence", measured, "-o", tmp_path / "a.html").returncode == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "possibly fine-tuned from" in page
    assert "可能微调自" in page
    assert ">fine-tuned from<" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (results({"formula": "E7", "compared_to": "a/b", "vlaue": 1}), "results[0].vlaue: unknown key; did you mean `value`?"),
        ("{", "not valid JSON"),
        ("[" * 50_000, "nested too deeply"),
        ("{}", "not a file of provenance results"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_line_and_2(tool: Tool, write: Any, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(text, encoding="utf-8")
    done = tool("check", write(CARD), "--evidence", path)
    assert done.returncode == 2
    assert said in done.stderr
    assert str(path) in done.stderr
    assert done.stderr.count("\n") <= 2


@pytest.mark.parametrize("path", ["nowhere.json", ".", "nul\x00"])
def test_a_path_that_leads_to_no_file_is_named(write: Any, path: str) -> None:
    from licensecheck.errors import InputError
    from licensecheck.pipeline import examine

    with pytest.raises(InputError, match="can't be read"):
        examine(str(write(CARD)), evidence=(path,))


@pytest.mark.parametrize(
    ("named", "said"), [("../beside.json", "outside the folder"), ("nowhere.json", "does not exist"), ("link.json", "outside")]
)
def test_a_manifest_names_files_of_its_own_folder(tool: Tool, write: Any, tmp_path: Path, named: str, said: str) -> None:
    folder = write({**CARD, "licensecheck.yaml": f"version: 1\nevidence: [{named}]\n"})
    (tmp_path / "beside.json").write_text(results(), encoding="utf-8")
    (folder / "link.json").symlink_to(tmp_path / "beside.json")
    done = tool("check", folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "licensecheck.yaml:2" in done.stderr


def test_results_speak_of_one_target(tool: Tool, write: Any, tmp_path: Path) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(results(), encoding="utf-8")
    folder = write(CARD)
    done = tool("check", folder, tmp_path, "--evidence", path)
    assert done.returncode == 2
    assert "one target" in done.stderr
