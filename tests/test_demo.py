"""`make demo` and the transcript: the example is wrong in the usual ways, most of it is mended, the rest is a person's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPO, Tool, tool_command, tool_environment

EXAMPLE = REPO / "examples" / "harbour-chat"

#: The usual ways: rule → the file it is found in.
WRONG = {
    "llama3.1/model-name": "README.md",
    "llama3.1/display-attribution": None,
    "llama3.1/notice-file": None,
    "llama3.1/license-copy": None,
    "check/declared-license": "README.md",
}
MENDED = {"llama3.1/notice-file", "llama3.1/display-attribution"}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "harbour-chat"))


def report(tool: Tool, folder: Path, *options: str) -> dict:
    done = tool("check", folder, "--as", "public", "--format", "json", *options)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)["reports"][0]


def failing(report: dict) -> dict[str, dict]:
    return {finding["rule"]: finding for finding in report["findings"] if finding["kind"] == "fail"}


def rule_of(failures: dict[str, dict], rule: str) -> dict:
    """A check may carry a slug of its own after its topic."""
    return next(finding for name, finding in failures.items() if name == rule or name.startswith(rule + "."))


def test_example_is_wrong_in_the_usual_ways_and_in_no_other(tool: Tool, example: Path) -> None:
    failures = failing(report(tool, example))
    for rule, source in WRONG.items():
        finding = rule_of(failures, rule)
        assert finding["remedy"]["summary"]
        if source:
            assert (source, True) in {(item["source"], item["line"] > 0) for item in finding["evidence"] if item.get("line")}
    assert len(failures) == len(WRONG), sorted(failures)


def test_example_asks_few_questions(tool: Tool, example: Path) -> None:
    assert 1 <= len(report(tool, example)["questions"]) <= 3


def test_notices_mend_what_can_be_mended_and_nothing_comes_up_new(tool: Tool, example: Path) -> None:
    before = failing(report(tool, example))
    for command in ("notice", "attribution"):
        done = tool(command, "--write", example)
        assert done.returncode == 0, done.stderr
    after = failing(report(tool, example))
    assert before.keys() - after.keys() == MENDED
    assert not after.keys() - before.keys()


def test_writing_twice_changes_nothing(tool: Tool, example: Path) -> None:
    def contents() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in example.iterdir()}

    def render() -> None:
        assert tool("notice", "--write", example).returncode == 0
        assert tool("attribution", "--write", example).returncode == 0

    original = contents()
    render()
    first = contents()
    render()
    assert contents() == first
    assert {name for name in first if first[name] != original.get(name)} == {"NOTICE", "README.md"}


def test_without_asking_for_a_release_the_example_says_what_would_be_missing(tool: Tool, example: Path) -> None:
    text = tool("check", example).stdout
    assert "If you publish this folder, 4 things are missing." in text
    assert "fail[llama3.1/" not in text


@pytest.mark.skipif(os.name == "nt", reason="the demo is a shell script")
def test_demo_script_runs_to_its_end_and_leaves_the_example_alone(tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in EXAMPLE.iterdir()}
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    python, *arguments = tool_command()
    launcher = bin_ / "llm-licensecheck"
    launcher.write_text(f"#!/bin/sh\nexec '{python}' {arguments[0]} '{arguments[1]}' \"$@\"\n", encoding="utf-8")
    launcher.chmod(0o755)
    done = subprocess.run(
        ["sh", str(REPO / "examples" / "demo.sh"), str(tmp_path / "demo")],
        env=tool_environment(PATH=f"{bin_}{os.pathsep}{os.environ['PATH']}"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "What stays with a person" in done.stdout
    assert {path.name: path.read_bytes() for path in EXAMPLE.iterdir()} == before


README = REPO / "README.md"
TRANSCRIPT = re.compile(
    r"(?<=<!-- transcript: written by tests/test_demo.py -->\n```console\n).*?(?=```\n<!-- end of transcript -->\n)", re.DOTALL
)
#: Findings the README shows in full; `[…]` stands for the others.
SHOWN = ("llama3.1/model-name", "llama3.1/notice-file")


def excerpt(text: str) -> str:
    """The report without the findings that are not `SHOWN`."""
    parts = re.split(r"(?m)^(?=\w+\[|Not shown|未显示)", text)
    kept = [part if not re.match(r"\w+\[", part) or any(f"[{rule}]" in part for rule in SHOWN) else "[…]\n\n" for part in parts]
    return re.sub(r"(\[…\]\n\n)+", r"\1", "".join(kept))


@pytest.mark.parametrize(("name", "options"), [("README.md", []), ("README.zh.md", ["--lang", "zh"])])
def test_transcript_in_the_readme_is_what_the_command_prints(tool: Tool, example: Path, name: str, options: list[str]) -> None:
    """`LICENSECHECK_REWRITE=1` writes it anew."""
    command = ["check", "--as", "public", *options]
    printed = f"$ llm-licensecheck {' '.join(command)}\n" + excerpt(tool(*command, cwd=example).stdout)
    path = REPO / name
    readme = path.read_text(encoding="utf-8")
    if os.environ.get("LICENSECHECK_REWRITE"):
        path.write_text(readme := TRANSCRIPT.sub(lambda _: printed, readme), encoding="utf-8")
    found = TRANSCRIPT.search(readme)
    assert found
    assert found[0] == printed


def test_manifest_in_the_readme_is_one_the_tool_accepts(tool: Tool, example: Path) -> None:
    block = re.search(r"## The manifest\n.*?```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    manifest = re.sub(r"(?m)^extends:.*\n", "", block[1])
    assert manifest != block[1]
    (example / "licensecheck.yaml").write_text(manifest, encoding="utf-8")
    done = tool("check", example)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr
