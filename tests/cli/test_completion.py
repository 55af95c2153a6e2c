"""What a shell is told when somebody presses Tab, through click's own machinery and through the shells' protocol."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete

from licensecheck.cli.check import FORMATS
from licensecheck.cli.common import AS, LANGUAGES
from licensecheck.cli.main import COMMANDS, cli
from tests.conftest import REPO, Tool, tool_environment

VARIABLE = "_LLM_LICENSECHECK_COMPLETE"


def items(*typed: str) -> list[CompletionItem]:
    """What completes the last word."""
    return ShellComplete(cli, {}, "llm-licensecheck", VARIABLE).get_completions(list(typed[:-1]), typed[-1])


def words(*typed: str) -> list[str]:
    return [item.value for item in items(*typed)]


def test_commands_and_their_options_are_completed() -> None:
    assert words("") == list(COMMANDS)
    assert words("exp") == ["explain"]
    assert {"--as", "--also", "--fail-on", "--lang"} <= set(words("check", "--"))
    assert {"lint", "test", "docs"} <= set(words("rules", ""))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_completed(command: str) -> None:
    assert "--help" in words(command, "--")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["check", "--as", ""], list(AS)),
        (["check", "--format", ""], list(FORMATS)),
        (["check", "--lang", "z"], ["zh"]),
        (["notice", "--lang", ""], list(LANGUAGES)),
        (["check", "--fail-on", ""], ["fail", "open", "review"]),
        (["check", "--fail-on", "fail,"], ["fail,open", "fail,review"]),
        (["check", "--also", "sa"], ["sarif="]),
        (["check", "--set", "release.w"], ["release.weights="]),
        (["check", "--set", "release.weights=p"], ["release.weights=public", "release.weights=private"]),
        (["check", "--set", "use.commercial="], ["use.commercial=true", "use.commercial=false"]),
        (["check", "--set", "use.purposes=cod"], ["use.purposes=coding"]),
        (["check", "--set", "nothing="], []),
        (["explain", "llama3.1/model"], ["llama3.1/model-name"]),
        (["explain", "release.weig"], ["release.weights"]),
        (["explain", "check/cl"], ["check/claims"]),
        (["explain", "no-such-organisation/"], []),
    ],
)
def test_values_are_completed(typed: list[str], expected: list[str]) -> None:
    assert words(*typed) == expected


def test_word_that_is_no_command_breaks_nothing() -> None:
    assert words("nonsense", "--no-such-option") == []


def test_licences_are_those_of_the_rules() -> None:
    known = {path.stem for path in (REPO / "rules" / "licenses").glob("*.yaml")}
    assert known <= set(words("explain", ""))
    assert "apache-2.0" in words("rules", "test", ".", "apa")


def test_models_are_completed_organisation_first() -> None:
    assert "qwen/" in words("explain", "Qw")
    models = words("explain", "Qwen/Qwen2.5-3B")
    assert models
    assert all(model.startswith("Qwen/Qwen2.5-3B") and "*" not in model for model in models)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (["check", "exa"], "file"),
        (["check", "--output", ""], "file"),
        (["check", "--rules", ""], "dir"),
        (["notice", ""], "file"),
        (["fix", ""], "file"),
    ],
)
def test_files_and_folders_are_left_to_the_shell(typed: list[str], kind: str) -> None:
    assert [item.type for item in items(*typed)] == [kind]


def test_rules_that_cannot_be_read_complete_nothing(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "mine.yaml").write_text("licence: [", encoding="utf-8")
    assert words("explain", "--rules", str(tmp_path), "") == []


def test_licences_of_a_house_are_completed_too(tmp_path: Path) -> None:
    source = REPO / "examples" / "adding-a-license"
    own = {path.stem for path in (source / "licenses").glob("*.yaml")}
    assert own
    assert own <= set(words("explain", "--rules", str(source), ""))


def test_completion_leaves_choices_as_they_are() -> None:
    """Only what takes any text is given words to propose; what is checked stays checked."""
    from licensecheck.cli.check import command

    words("check", "--as", "")
    kinds = {parameter.name: parameter.type.name for parameter in command.params}
    assert (kinds["as_"], kinds["lang"], kinds["quiet"]) == ("choice", "choice", "boolean")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_of_the_shell_is_printed(shell: str, tool: Tool) -> None:
    done = tool(env={VARIABLE: f"{shell}_source"})
    assert done.returncode == 0, done.stderr
    assert VARIABLE in done.stdout
    assert f"{shell}_complete" in done.stdout
    assert done.stderr == ""


def test_bash_is_answered_in_its_protocol(tool: Tool) -> None:
    done = tool(env={VARIABLE: "bash_complete", "COMP_WORDS": "llm-licensecheck check --as p", "COMP_CWORD": "3"})
    assert done.stdout.split() == ["plain,public", "plain,private", "plain,product"]
    assert (done.returncode, done.stderr) == (0, "")


def test_bash_completes_what_is_typed(tmp_path: Path) -> None:
    """The script that the page tells one to load, in a real bash."""
    launcher = tmp_path / "llm-licensecheck"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m licensecheck "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    script = f"""
        export PATH="{tmp_path}:$PATH"
        eval "$({VARIABLE}=bash_source llm-licensecheck)"
        COMP_WORDS=(llm-licensecheck explain llama3.1/not) COMP_CWORD=2
        _llm_licensecheck_completion llm-licensecheck
        echo "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", script], env=tool_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["llama3.1/notice-file"], done.stderr


def test_page_tells_what_works() -> None:
    page = (REPO / "docs" / "completion.md").read_text(encoding="utf-8")
    for shell in ("bash", "zsh", "fish"):
        assert f"{VARIABLE}={shell}_source" in page
