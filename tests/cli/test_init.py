"""`init`: in a real terminal, from a file, and where nobody can be asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO, Tool, tool_command, tool_environment

EXAMPLE = REPO / "examples" / "harbour-chat"
#: What a person of the example's organisation knows.
KNOWN = {
    "release.weights": "public",
    "licensee.monthly_active_users": "<10 million",
    "use.purposes": "chat-assistant",
    "release.service": "no",
    "release.product": "no",
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "harbour-chat"))


def report(tool: Tool, folder: Path) -> Any:
    done = tool("check", folder, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)["reports"][0]


def manifest(folder: Path) -> str:
    return (folder / "licensecheck.yaml").read_text(encoding="utf-8")


@pytest.fixture
def terminal() -> Any:
    """`init` as a person sees it: `terminal(folder, *options)` is the process, which asks at `> `."""
    pexpect = pytest.importorskip("pexpect")
    started = []

    def start(folder: Path, *options: str, **env: str) -> Any:
        command, *arguments = [*tool_command(), "init", str(folder), *options]
        environment = {key: value for key, value in tool_environment(TERM="xterm", **env).items() if key != "CI"} | env
        started.append(pexpect.spawn(command, arguments, env=environment, encoding="utf-8", timeout=30, dimensions=(50, 100), echo=False))
        return started[-1]

    yield start
    for child in started:
        child.close(force=True)


def ended(child: Any) -> tuple[int, str]:
    child.expect(sys.modules["pexpect"].EOF)
    text = child.before
    child.close()
    return child.exitstatus if child.exitstatus is not None else -child.signalstatus, text


needs_terminal = pytest.mark.skipif(os.name == "nt", reason="needs a terminal")


@needs_terminal
def test_the_example_is_settled_in_five_questions_at_most(example: Path, terminal: Any, tool: Tool) -> None:
    before = manifest(example)
    child = terminal(example, "--by", "A Tester")
    questions = 0
    while child.expect(["> $", sys.modules["pexpect"].EOF]) == 0:
        questions += 1
        fact = next(fact for fact in KNOWN if any(word in child.before for word in ASKS[fact]))
        child.sendline(KNOWN[fact])
    child.close()
    assert (child.exitstatus, 1 <= questions <= 5) == (0, True)
    assert report(tool, example)["questions"] == []
    assert not [item for item in report(tool, example)["findings"] if item["kind"] == "open"]
    added = [line for line in manifest(example).splitlines() if line not in before.splitlines()]
    assert [re.sub(r"\d{4}-\d\d-\d\d", "DATE", line) for line in added] == [
        "  weights: public  # answered DATE by A Tester",
        '  monthly_active_users: "<10000000"  # answered DATE by A Tester',
    ]
    assert [line for line in manifest(example).splitlines() if line not in added] == before.splitlines()


ASKS = {
    "release.weights": ("given to anyone outside",),
    "licensee.monthly_active_users": ("all products and services",),
    "use.purposes": ("What is the model used for",),
    "release.service": ("as an API, app or website",),
    "release.product": ("built into a product",),
}


@needs_terminal
def test_a_question_shows_the_clauses_and_what_each_answer_means(example: Path, terminal: Any) -> None:
    child = terminal(example)
    child.expect("> $")
    assert "llama3.1/model-name § 1.b.i" in child.before
    assert re.search(r"public, private → fail; none → pass", child.before)


@needs_terminal
def test_a_wrong_answer_is_explained_and_asked_again(example: Path, terminal: Any) -> None:
    child = terminal(example)
    child.expect("> $")
    child.sendline("publick")
    child.expect("did you mean `public`")
    child.expect("> $")
    child.sendline("1")
    child.expect("> $")
    child.sendline("lots")
    child.expect("must be a whole number")
    child.expect("> $")
    child.sendline("q")
    assert ended(child)[0] == 0
    assert "weights: public" in manifest(example)


@needs_terminal
@pytest.mark.parametrize("stop", ["q\n", "\x04"])
def test_who_stops_keeps_what_was_answered(example: Path, terminal: Any, stop: str) -> None:
    child = terminal(example)
    child.expect("> $")
    child.sendline("public")
    child.expect("> $")
    child.send(stop)
    code, text = ended(child)
    assert code == 0
    assert "open: licensee.monthly_active_users" in text
    assert "weights: public" in manifest(example)


@needs_terminal
def test_enter_leaves_a_question_open_and_writes_nothing(example: Path, terminal: Any) -> None:
    before = manifest(example)
    child = terminal(example)
    while child.expect(["> $", sys.modules["pexpect"].EOF]) == 0:
        child.sendline("")
    assert manifest(example) == before


@needs_terminal
def test_an_interrupted_interview_writes_nothing(example: Path, terminal: Any) -> None:
    before = manifest(example)
    child = terminal(example)
    child.expect("> $")
    child.sendline("public")
    child.expect("> $")
    child.sendintr()
    assert ended(child)[0] == 130
    assert manifest(example) == before


@needs_terminal
def test_a_terminal_of_a_ci_job_is_not_asked(example: Path, terminal: Any) -> None:
    code, text = ended(terminal(example, CI="true"))
    assert code == 1
    assert "> " not in text


@needs_terminal
def test_questions_come_in_chinese(example: Path, terminal: Any) -> None:
    child = terminal(example, "--lang", "zh")
    child.expect("> $")
    assert "问题 1" in child.before
    assert "权重是否提供给" in child.before


def test_answers_of_a_file_settle_what_they_can_and_the_rest_is_listed(example: Path, tool: Tool, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("release: {weights: public}\nuse.commercial: true\n", encoding="utf-8")
    done = tool("init", example, "--answers", answers, "--non-interactive")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not needed: use.commercial" in done.stderr
    assert "open: licensee.monthly_active_users: " in done.stderr
    answers.write_text("licensee.monthly_active_users: < 10 million\n", encoding="utf-8")
    again = tool("init", example, "--answers", answers)
    assert again.returncode == 0, again.stderr
    assert report(tool, example)["questions"] == []


def test_the_same_answers_again_change_nothing(example: Path, tool: Tool, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("release.weights: public\nlicensee.monthly_active_users: 5\n", encoding="utf-8")
    assert tool("init", example, "--answers", answers).returncode == 0
    first = manifest(example)
    assert tool("init", example, "--answers", answers).returncode == 0
    assert manifest(example) == first


def test_answers_by_component(tmp_path: Path, tool: Tool) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\nbase_model: [acme/a, acme/b]\n---\n# M\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("component.license:\n  acme/a: mit\n  acme/b: apache-2.0\n", encoding="utf-8")
    done = tool("init", folder, "--answers", tmp_path / "a.yaml", "--set", "release.weights=none", "--by", "x: # y")
    text = manifest(folder)
    assert re.search(r"\{model: acme/a, relation: merge, license: mit\}.*\{model: acme/b, relation: merge, license: apache-2.0\}", text), (
        done.stderr
    )
    assert "weights: none  # answered" in text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("release.weights: publik\n", "answers.yaml:1: `release.weights`: `release.weights` is"),
        (
            "use.commercial: true\nrelease.wieghts: public\n",
            "answers.yaml:2: `release.wieghts` is no fact; did you mean `release.weights`?",
        ),
        ("- a\n", "answers.yaml:1: answers are a mapping"),
        ("a: [\n", "answers.yaml:"),
    ],
)
def test_a_wrong_file_of_answers_is_one_line_and_nothing_is_written(example: Path, tool: Tool, text: str, line: str) -> None:
    before = manifest(example)
    (example.parent / "answers.yaml").write_text(text, encoding="utf-8")
    done = tool("init", example, "--answers", "answers.yaml", cwd=example.parent)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(line)
    assert manifest(example) == before


def test_a_manifest_in_pyproject_is_refused_before_anything_is_asked(example: Path, tool: Tool) -> None:
    (example / "licensecheck.yaml").unlink()
    (example / "pyproject.toml").write_text("[tool.llm-licensecheck]\nversion = 1\n", encoding="utf-8")
    done = tool("init", example)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "move it to licensecheck.yaml" in done.stderr


def test_a_root_of_several_subjects_is_refused_with_their_names(example: Path, tool: Tool) -> None:
    (example.parent / "licensecheck.yaml").write_text("subjects: [harbour-chat]\n", encoding="utf-8")
    done = tool("init", ".", cwd=example.parent)
    assert done.returncode == 2
    assert "name one of them: harbour-chat" in done.stderr


def test_a_manifest_that_cannot_be_edited_safely_stays_as_it_is(example: Path, tool: Tool) -> None:
    (example / "licensecheck.yaml").write_text("licensee: &a {monthly_active_users: 5}\nuse: *a\n", encoding="utf-8")
    before = manifest(example)
    done = tool("init", example, "--set", "use.commercial=true")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "add by hand: use.commercial: true" in done.stderr
    assert manifest(example) == before


def test_a_new_manifest_is_written_where_there_is_none(example: Path, tool: Tool) -> None:
    (example / "licensecheck.yaml").unlink()
    done = tool("init", example, "--set", "release.weights=none", "--set", "release.service=false", "--set", "release.product=false")
    assert "release.weights, release.service, release.product written" in done.stderr
    assert manifest(example).count("# answered ") == 3


def test_nothing_to_ask_writes_nothing(tmp_path: Path, tool: Tool) -> None:
    done = tool("init", tmp_path)
    assert (done.returncode, done.stderr) == (0, "nothing is left to ask\n")
    assert not list(tmp_path.iterdir())
