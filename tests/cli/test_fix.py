"""`fix`: the diff, the patch, the writing and the proof; what is left is said."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CORPUS

CARD = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n---\n# Harbour-Chat\n"


@pytest.fixture
def home(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "a" / "README.md").write_bytes(CARD.encode())
    (tmp_path / "a" / "config.json").write_bytes(b"{}")
    return tmp_path / "a"


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def test_diff_is_shown_and_nothing_is_written(run: Any, home: Path) -> None:
    result = run("fix", "a", "--as", "public")
    assert result.exit_code == 1
    assert "--- /dev/null\n+++ b/NOTICE\n" in result.stdout
    assert "Mends (2):" in result.stdout
    assert names(home) == ["README.md", "config.json"]


def test_what_only_a_person_can_do_is_said_after_the_diff(run: Any, home: Path) -> None:
    said = run("fix", "a", "--as", "public").stdout.split("llm-licensecheck:end attribution -->\n")[1]
    assert "llama3.1/model-name (meta-llama/Llama-3.1-8B-Instruct): give it a name that does, for example Llama-Harbour-Chat" in said
    assert "llama3.1/license-copy (meta-llama/Llama-3.1-8B-Instruct): put the text of llama3.1 into the folder" in said
    assert "licensee.monthly_active_users: How many" in said


def test_writing_mends_what_it_claims_and_once_is_enough(run: Any, home: Path) -> None:
    result = run("fix", "a", "--as", "public", "--write")
    assert result.exit_code == 0
    assert result.stdout.startswith("a/NOTICE: written\na/README.md: updated\n\nMended (2):\n")
    assert "diff --git" not in result.stdout
    report = json.loads(run("check", "a", "--as", "public", "--format", "json").stdout)["reports"][0]
    kinds = {finding["rule"]: finding["kind"] for finding in report["findings"]}
    assert (kinds["llama3.1/notice-file"], kinds["llama3.1/display-attribution"]) == ("pass", "pass")
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    again = run("fix", "a", "--as", "public", "--write")
    assert (again.exit_code, again.stdout.splitlines()[0]) == (0, "a: nothing to mend")
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_documents_are_those_of_the_single_commands(run: Any, home: Path) -> None:
    run("fix", "a", "--as", "public", "--write")
    for command in ("notice", "attribution", "card"):
        assert run(command, "a", "--as", "public", "--check").exit_code == 0


def test_patch_is_one_that_git_takes(run: Any, home: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    result = run("fix", "a", "--as", "public", "--patch", "out.patch")
    assert result.exit_code == 0
    assert result.stderr == "out.patch: written\n"
    assert "diff --git" not in result.stdout
    subprocess.run(["git", "apply", "out.patch"], cwd=tmp_path, check=True)
    assert names(home) == ["NOTICE", "README.md", "config.json"]
    assert run("fix", "a", "--as", "public").exit_code == 0


def test_patch_of_nothing_is_not_written(run: Any, home: Path, tmp_path: Path) -> None:
    run("fix", "a", "--as", "public", "--write")
    assert run("fix", "a", "--as", "public", "--patch", "out.patch").exit_code == 0
    assert not (tmp_path / "out.patch").exists()


def test_chinese_has_its_own_words(run: Any, home: Path) -> None:
    result = run("fix", "a", "--as", "public", "--lang", "zh")
    assert "可修复（2）" in result.stdout
    assert "+## 署名" in result.stdout


def test_part_that_cannot_be_written_makes_it_two(run: Any, home: Path) -> None:
    (home / "README.md").write_bytes(CARD.replace("---\n#", "x: [1\n---\n#").encode())
    result = run("fix", "a", "--as", "public", "--write")
    assert result.exit_code == 2
    assert "README.md:4: the front matter cannot be read" in result.stdout
    assert (home / "NOTICE").exists()


def test_what_does_not_come_true_is_taken_back(run: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from licensecheck import pipeline

    original = pipeline.examine
    first = original(str(home), as_="public")

    def forgetful(target: str, **options: Any) -> Any:
        return first if (home / "NOTICE").exists() and target == "a" else original(target, **options)

    monkeypatch.setattr(pipeline, "examine", forgetful)
    result = run("fix", "a", "--as", "public", "--write")
    assert result.exit_code == 2
    assert "does not become pass, so everything was put back" in result.stderr
    assert names(home) == ["README.md", "config.json"]
    assert (home / "README.md").read_bytes() == CARD.encode()


def test_hub_out_of_reach_is_three_where_nothing_else_is_wrong(run: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from licensecheck.errors import UnreachableError
    from licensecheck.fix import hub

    def unreachable(component: str) -> Any:
        raise UnreachableError(f"{component}: no route")

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr(hub, "downloaded", unreachable)
    assert run("fix", "a", "--as", "public").exit_code == 1
    assert run("fix", "a", "--as", "public", "--write").exit_code == 3
    assert "no route" in run("fix", "a", "--as", "public", "--write").stdout
    assert run("fix", "a", "--as", "public", "--write", "--offline").exit_code == 0


@pytest.mark.parametrize("arguments", [("--write", "--patch", "x"), ("--texts", "nowhere")])
def test_what_makes_no_sense_is_refused(run: Any, home: Path, arguments: tuple[str, ...]) -> None:
    result = run("fix", "a", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_every_subject_of_a_root_is_mended(run: Any, home: Path, tmp_path: Path) -> None:
    (tmp_path / "b" / "README.md").write_bytes(CARD.encode())
    (tmp_path / "licensecheck.yaml").write_bytes(b"version: 1\nsubjects: [a, b]\nrelease: {weights: public}\n")
    assert run("fix", ".", "--write").exit_code == 0
    assert (home / "NOTICE").exists()
    assert (tmp_path / "b" / "NOTICE").exists()
    assert not (tmp_path / "NOTICE").exists()


@pytest.mark.corpus
def test_licence_copy_comes_from_the_folder_of_texts(run: Any, home: Path) -> None:
    result = run("fix", "a", "--as", "public", "--write", "--texts", f"{CORPUS}/license-texts")
    assert result.exit_code == 0
    assert "a/LICENSE: written" in result.stdout
    assert "SHA-256" in result.stdout
    assert (home / "LICENSE").read_bytes() == (Path(str(CORPUS)) / "license-texts" / "llama-3.1-community-licence.txt").read_bytes()
