"""The group: what goes wrong is one line, and a bug is never a finding."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from licensecheck.cli.main import COMMANDS

REPO = Path(__file__).resolve().parents[2]


def test_bug_exits_with_seventy_and_says_how_to_report_it(run: Any, pipeline: Any) -> None:
    pipeline.default = KeyError("oh\x1b[2J")
    result = run("check", "a")
    assert result.exit_code == 70
    assert result.stdout == ""
    assert result.stderr == (
        "this is a bug in llm-licensecheck: KeyError: 'oh\\x1b[2J'; please report it with the trace: set LICENSECHECK_TRACE=1\n"
    )


def test_trace_is_shown_on_request(run: Any, pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICENSECHECK_TRACE", "1")
    pipeline.default = KeyError("oh")
    assert "Traceback" in run("check", "a").stderr


def test_interrupt_exits_with_130_and_says_nothing(run: Any, pipeline: Any) -> None:
    pipeline.default = KeyboardInterrupt()
    result = run("check", "a")
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_unknown_command_is_two_lines_with_the_nearest_one(run: Any) -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "llm-licensecheck: there is no command 'chek': did you mean check?",
        "hint: llm-licensecheck --help",
    ]


def test_unknown_option_is_two_lines(run: Any) -> None:
    result = run("check", "--formt", "json")
    assert result.exit_code == 2
    assert "--format" in result.stderr
    assert result.stderr.splitlines()[1:] == ["hint: llm-licensecheck check --help"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_there(run: Any, command: str) -> None:
    result = run(*filter(None, [command]), "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: llm-licensecheck")


def test_version_names_the_tool_and_its_rules(run: Any) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("llm-licensecheck ")
    assert "(knowledge " in result.stdout


def test_another_distribution_in_the_same_package_is_warned_of(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.packages_distributions", lambda: {"licensecheck": ["licensecheck", "llm-licensecheck"]})
    assert "separate environments" in run("--version").stderr


def process(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(REPO), "PATH": "/usr/bin:/bin", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_output_is_utf_8_whatever_the_locale() -> None:
    code = "from licensecheck.cli.common import put, say; put('\\u6a21\\u578b \\xa9 \\ud800\\n'); say('\\u6a21\\u578b')"
    done = process(code, LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.stdout == "模型 © \\ud800\n".encode()
    assert done.stderr == "模型\n".encode()
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise")
def test_reader_that_has_gone_is_no_error() -> None:
    code = (
        "import os, sys; from licensecheck.cli.common import put, flush\n"
        "reading, writing = os.pipe(); os.close(reading); os.dup2(writing, 1)\n"
        "put('x' * 100_000); put('y'); flush(); os._exit(1)"
    )
    done = process(code)
    assert (done.returncode, done.stderr) == (1, b"")


def test_main_leaves_with_the_code_and_runs_what_was_registered_for_the_end() -> None:
    done = process(
        "import atexit, sys; atexit.register(print, 'end'); sys.argv = ['x', 'nope']; from licensecheck.cli.main import main; main()"
    )
    assert (done.returncode, done.stdout) == (2, b"end\n")


def test_module_can_be_run() -> None:
    done = process("import runpy, sys; sys.argv = ['x', '--help']; runpy.run_module('licensecheck', run_name='__main__')")
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: ")


def test_check_loads_only_what_it_needs() -> None:
    code = (
        "import click, yaml, sys; before = set(sys.modules)\n"
        "import licensecheck.cli.main, licensecheck.cli.check, licensecheck.render.text\n"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('licensecheck')))"
    )
    loaded = set(process(code).stdout.decode().split())
    assert loaded <= {"atexit", "gc", "__future__", "typing"}, loaded
