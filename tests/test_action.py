"""The GitHub Action and the GitLab job: parsed, linted by shellcheck, and their scripts run as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.cli.check import command as check
from tests.conftest import REPO, tool_command, tool_environment

ACTION = yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
CI_PAGE = (REPO / "docs" / "ci.md").read_text(encoding="utf-8")
#: What may stand in for a value: an input or an output of an earlier step, nothing computed.
EXPRESSION = re.compile(r"\$\{\{ (inputs\.(?P<input>[\w-]+)|steps\.(?P<step>\w+)\.outputs\.(?P<output>[\w-]+)) \}\}")
BASH = shutil.which("bash") or "bash"


BLOCKS = re.findall(r"(?ms)^```yaml\n(.*?)^```", CI_PAGE)


def snippets() -> list[Any]:
    return [yaml.safe_load(block) for block in BLOCKS]


def shellcheck(script: str, *options: str) -> str:
    command = [shutil.which("shellcheck") or Path(sysconfig.get_path("scripts")) / "shellcheck", "--shell=bash", *options, "-"]
    return subprocess.run(command, input=script, capture_output=True, encoding="utf-8", check=False).stdout


@pytest.mark.parametrize("step", STEPS)
def test_scripts_are_clean_to_shellcheck(step: str) -> None:
    declared = "".join(f"export {name}=''\n" for name in (*STEPS[step]["env"], "GITHUB_OUTPUT", "GITHUB_ACTION_PATH", "RUNNER_TEMP"))
    assert shellcheck("set -e\n" + declared + STEPS[step]["run"], "--enable=all", "--exclude=SC2249,SC2250,SC2292,SC2310,SC2312") == ""


def valid(schema: str, path: Path, *options: str) -> str:
    """What a validator that others keep says against a file; its schemas come with it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *options, str(path)]
    done = subprocess.run(command, env=tool_environment(), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_action_is_valid_to_the_schema_of_actions() -> None:
    assert valid("github-actions", REPO / "action.yml") == ""


@pytest.mark.parametrize(
    ("key", "schema", "options"), [("jobs", "github-workflows", ()), ("script", "gitlab-ci", ("--data-transform", "gitlab-ci"))]
)
def test_snippets_are_valid_to_the_schemas_of_their_hosts(tmp_path: Path, key: str, schema: str, options: tuple[str, ...]) -> None:
    (block,) = (block for block in BLOCKS if re.search(rf"(?m)^ *{key}:$", block))
    (tmp_path / "snippet.yml").write_text(block, encoding="utf-8")
    assert valid(schema, tmp_path / "snippet.yml", *options) == ""
    (tmp_path / "snippet.yml").write_text(block.replace(f"{key}:", f"{key}x:"), encoding="utf-8")
    assert "snippet.yml" in valid(schema, tmp_path / "snippet.yml", *options)


def test_shellcheck_would_find_a_word_that_is_split() -> None:
    assert "SC2086" in shellcheck("export A=''\necho $A\n")


def test_inputs_reach_scripts_as_variables_only() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        assert all(EXPRESSION.fullmatch(value) for value in step["env"].values() if "${{" in value)


def test_every_input_is_used_once_and_every_variable_is_read() -> None:
    values = [(step, name, EXPRESSION.fullmatch(value)) for step in STEPS.values() for name, value in step["env"].items()]
    used = sorted(match["input"] for _, _, match in values if match and match["input"])
    assert used == sorted(ACTION["inputs"])
    for step, name, match in values:
        assert not match or f"${name}" in step["run"], name


def test_inputs_and_outputs_are_described_and_strings() -> None:
    for entry in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert entry["description"]
    assert all(isinstance(entry["default"], str) for entry in ACTION["inputs"].values())
    for entry in ACTION["outputs"].values():
        match = EXPRESSION.fullmatch(entry["value"])
        assert match
        assert f"{match['output']}=" in STEPS[match["step"]]["run"]


def test_options_the_action_gives_are_options_of_check() -> None:
    given = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", STEPS["check"]["run"]))
    known = {name for parameter in check.params for name in parameter.opts}
    assert given
    assert given <= known


class Runner:
    """Runs steps one after the other with files for outputs and summary, as the runner of GitHub does."""

    def __init__(self, work: Path, home: Path, env: Mapping[str, str]) -> None:
        self.work, self.home, self.env = work, home, dict(env)
        self.outputs: dict[str, dict[str, str]] = {}
        self.summary = home / "summary.md"

    def run(self, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name: entry["default"] for name, entry in ACTION["inputs"].items()} | {
            name.replace("_", "-").strip("-"): value for name, value in inputs.items()
        }
        output = self.home / f"output-{step}"
        output.write_text("", encoding="utf-8")
        script = self.home / f"{step}.sh"
        script.write_text(STEPS[step]["run"], encoding="utf-8")
        names = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": self.summary, "GITHUB_WORKSPACE": self.work, "RUNNER_TEMP": self.home}
        env = tool_environment(**{name: str(path) for name, path in names.items()}, GITHUB_ACTION_PATH=str(REPO)) | self.env
        for name, value in STEPS[step]["env"].items():
            env[name] = EXPRESSION.sub(lambda m: given[m["input"]] if m["input"] else self.outputs[m["step"]].get(m["output"], ""), value)
        done = subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.work,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        self.outputs[step] = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return done


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A checkout that holds the example, and the tool of this checkout as the first step would leave it."""
    shutil.copytree(REPO / "examples" / "harbour-chat", tmp_path / "work" / "model")
    home = tmp_path / "temp"
    (home / "bin").mkdir(parents=True)
    python, *arguments = tool_command()
    launcher = home / "bin" / "llm-licensecheck"
    launcher.write_text(f"#!/bin/sh\nexec '{python}' {arguments[0]} '{arguments[1]}' \"$@\"\n", encoding="utf-8")
    launcher.chmod(0o755)
    runner = Runner(tmp_path / "work", home, {})
    runner.outputs["install"] = {"tool": str(launcher)}
    return runner


def test_one_run_gives_annotations_summary_sarif_comment_and_json(runner: Runner) -> None:
    done = runner.run("check", targets="model")
    assert done.returncode == 1, done.stderr
    outputs = runner.outputs["check"]
    assert outputs["exit-code"] == "1"
    assert "::error " in done.stdout
    assert "file=model/README.md" in done.stdout
    assert "llama3.1/model-name" in runner.summary.read_text(encoding="utf-8")
    comment = Path(outputs["comment"]).read_text(encoding="utf-8")
    assert "llama3.1/model-name" in comment
    sarif = json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))
    report = json.loads(Path(outputs["json"]).read_text(encoding="utf-8"))["reports"][0]
    failed = {finding["rule"] for finding in report["findings"] if finding["kind"] == "fail"}
    assert failed
    assert {result["ruleId"] for result in sarif["runs"][0]["results"] if result["kind"] == "fail"} == failed


def test_lists_of_inputs_and_empty_ones_are_taken_line_by_line(runner: Runner) -> None:
    shutil.copytree(runner.work / "model", runner.work / "other model")
    done = runner.run(
        "check",
        targets="model\nother model\n",
        set="model.name=Llama Harbour\nuse.commercial=false\n",
        as_="",
        all="true",
        also="gitlab=quality report.json",
        format="text",
    )
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(Path(runner.outputs["check"]["json"]).read_text(encoding="utf-8"))
    assert [item["subject"]["target"] for item in report["reports"]] == ["model", "other model"]
    assert {item["subject"]["name"] for item in report["reports"]} == {"Llama Harbour"}
    assert "Met or not triggered" in done.stdout
    assert isinstance(json.loads((runner.work / "quality report.json").read_text(encoding="utf-8")), list)


@pytest.mark.parametrize("name", ["targets", "set", "as_", "fail_on", "lang", "baseline", "rules", "also", "all", "format", "offline"])
def test_what_an_input_says_is_never_run(runner: Runner, name: str) -> None:
    value = '"; touch pwned; $(touch pwned) `touch pwned` ${IFS} --help'
    runner.run("check", **{"targets": "model", name: value})
    assert not list(runner.work.rglob("pwned"))


def test_target_that_looks_like_an_option_is_a_target(runner: Runner) -> None:
    done = runner.run("check", targets="--version")
    assert done.returncode == 2
    assert "llm-licensecheck: --version: no such folder" in done.stderr.replace(
        "llm-licensecheck: llm-licensecheck: ", "llm-licensecheck: "
    )


def test_unreadable_input_leaves_the_files_unset_and_no_line_the_runner_obeys(runner: Runner) -> None:
    (runner.work / "::error::x").mkdir()
    (runner.work / "::error::x" / "licensecheck.yaml").write_text("relase: {}\n", encoding="utf-8")
    done = runner.run("check", targets="::error::x")
    assert done.returncode == 2
    assert runner.outputs["check"] == {"exit-code": "2"}
    assert done.stderr
    assert all(line.startswith("llm-licensecheck: ") for line in done.stderr.splitlines())


def test_findings_in_the_baseline_pass_the_job(runner: Runner) -> None:
    taken = subprocess.run(
        [*tool_command(), "check", "--as", "public", "model", "--write-baseline", "baseline.json"],
        cwd=runner.work,
        env=tool_environment(),
        capture_output=True,
        check=False,
    )
    assert taken.returncode == 0
    assert runner.run("check", targets="model", baseline="baseline.json").returncode == 0


@pytest.mark.parametrize("version", ["; touch pwned", "1.0 --index-url=http://x", "-r requirements.txt", "git+https://x"])
def test_version_that_is_none_installs_nothing(runner: Runner, version: str) -> None:
    done = runner.run("install", version=version)
    assert done.returncode == 2
    assert done.stdout.startswith("::error::")
    assert not list(runner.home.glob("llm-licensecheck/*"))


@pytest.mark.slow
def test_action_installs_the_release_it_was_checked_out_with(runner: Runner, tmp_path: Path) -> None:
    from tests.test_packaging import copy_checkout

    checkout = copy_checkout(tmp_path / "action")
    runner.env = {"GITHUB_ACTION_PATH": str(checkout), "PIP_NO_DEPS": "1", "PYTHONPATH": ""}
    done = runner.run("install")
    assert done.returncode == 0, done.stderr
    tool = Path(runner.outputs["install"]["tool"])
    assert tool.is_file()
    borrowed = os.pathsep.join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    runner.env = {"PYTHONPATH": borrowed}
    assert runner.run("check", targets="model").returncode == 1
    assert runner.outputs["check"]["sarif"]


# ---------------------------------------------------------------------------------------------- the snippets in docs/ci.md


def steps_that(condition: Callable[[Any], bool]) -> list[Any]:
    lists = [steps for snippet in snippets() for steps in _step_lists(snippet)]
    return [step for steps in lists for step in steps if condition(step)]


def _step_lists(node: Any) -> list[Any]:
    if isinstance(node, dict):
        own = [node["steps"]] if isinstance(node.get("steps"), list) else []
        return own + [found for value in node.values() for found in _step_lists(value)]
    return []


def test_workflow_in_the_page_gives_inputs_and_reads_outputs_that_exist() -> None:
    ours = steps_that(lambda step: str(step.get("uses", "")).startswith("llm-licensecheck/llm-licensecheck@"))
    assert ours
    for step in ours:
        assert set(step.get("with", {})) <= set(ACTION["inputs"])
    read = {
        (match[1], match[2])
        for step in steps_that(lambda step: True)
        for match in re.finditer(r"steps\.(\w+)\.outputs\.([\w-]+)", json.dumps(step))
    }
    assert {name for _, name in read} >= {"sarif", "comment"}
    assert {name for _, name in read} <= set(ACTION["outputs"])
    assert {step_id for step_id, _ in read} <= {step.get("id") for step in ours}


def test_gitlab_job_in_the_page_writes_the_reports_it_promises(runner: Runner) -> None:
    (job,) = (
        job for snippet in snippets() if isinstance(snippet, dict) for job in snippet.values() if isinstance(job, dict) and "script" in job
    )
    reports = job["artifacts"]["reports"]
    assert set(reports) == {"codequality", "junit"}
    lines = [line for line in job["script"] if not line.startswith("pip install")]
    assert len(lines) == len(job["script"]) - 1
    env = tool_environment(PATH=f"{runner.home / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(
        [BASH, "-ec", "\n".join(lines)], cwd=runner.work / "model", env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    assert job["artifacts"]["when"] == "always"
    assert all((runner.work / "model" / path).is_file() for path in reports.values())
    assert json.loads((runner.work / "model" / reports["codequality"]).read_text(encoding="utf-8"))
