"""The terminal report, compared with texts that people have read; LICENSECHECK_UPDATE_GOLDENS=1 writes them anew."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.render.terminal import cells
from licensecheck.render.text import render

TESTS = Path(__file__).resolve().parent.parent
GOLDENS = Path(__file__).resolve().parent / "goldens"
SCHEMA = json.loads((TESTS.parent / "schema" / "report-1.json").read_text(encoding="utf-8"))
COMMANDS = ("check", "notice", "attribution", "licenses", "explain", "rules")
SAMPLES = sorted(path.stem for path in (TESTS / "reports").glob("*.json"))

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "fine-tune": ("fine-tune", {}),
    "fine-tune-80": ("fine-tune", {"width": 80}),
    "fine-tune-all-140": ("fine-tune", {"width": 140, "everything": True}),
    "fine-tune-colour": ("fine-tune", {"colour": True}),
    "fine-tune-quiet": ("fine-tune", {"quiet": True}),
    "fine-tune-zh": ("fine-tune-zh", {"lang": "zh"}),
    "fine-tune-zh-60": ("fine-tune-zh", {"lang": "zh", "width": 60}),
    "first-contact": ("first-contact", {}),
    "first-contact-60": ("first-contact", {"width": 60}),
    "several-components": ("several-components", {}),
    "several-components-60": ("several-components", {"width": 60}),
    "several-components-140": ("several-components", {"width": 140}),
    "clean": ("clean", {}),
    "clean-with-notes": ("clean-with-notes", {}),
    "nothing-found": ("nothing-found", {}),
    "conflict": ("conflict", {}),
    "conflict-zh": ("conflict-zh", {"lang": "zh"}),
    "two-subjects": ("two-subjects", {}),
    "hostile-80": ("hostile", {"width": 80}),
}


def sample(name: str) -> Any:
    return json.loads((TESTS / "reports" / f"{name}.json").read_text(encoding="utf-8"))


def text(name: str, **options: Any) -> str:
    return render(sample(name)["reports"], **{"commands": COMMANDS, **options})


@pytest.mark.parametrize("case", CASES)
def test_report_reads_as_it_was_read(case: str) -> None:
    name, options = CASES[case]
    jsonschema.Draft202012Validator(SCHEMA).validate(sample(name))
    got = text(name, **options)
    golden = GOLDENS / f"{case}.txt"
    if os.environ.get("LICENSECHECK_UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(got, encoding="utf-8", newline="\n")
    assert got == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal_but_words_to_copy(name: str, width: int, lang: str) -> None:
    to_copy = ("        ", "      run: ", "      运行：", "  llm-licensecheck ")
    for line in text(name, width=width, lang=lang).splitlines():
        assert cells(line) <= width or line.startswith(to_copy) or "://" in line, line


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "nothing-found"])
def test_last_line_says_what_is_undecided(name: str) -> None:
    last = text(name).splitlines()[-1]
    questions = sum(len(report["questions"]) for report in sample(name)["reports"])
    if questions:
        assert f"{questions} question" in last
    elif any(finding["kind"] == "review" for report in sample(name)["reports"] for finding in report["findings"]):
        assert last.endswith("for a person to judge.")
    else:
        assert last == "No question open, nothing left for a person to judge."


def test_last_line_names_init_once_there_is_such_a_command() -> None:
    last = text("fine-tune", commands=(*COMMANDS, "init")).splitlines()[-1]
    assert last == "2 questions open: llm-licensecheck init examples/harbour-chat"


def test_command_that_this_version_lacks_is_not_proposed() -> None:
    assert "llm-licensecheck fix" not in text("fine-tune")
    assert "llm-licensecheck fix --write examples/harbour-chat" in text("fine-tune", commands=("fix",))


def test_equal_clauses_over_two_components_are_one_block() -> None:
    got = text("several-components")
    assert got.count("fail[llama3.1/display-attribution]") == 1
    block = got[got.index("fail[llama3.1/display-attribution]") :].split("\n\n")[0]
    assert "meta-llama/Llama-3.1-8B-Instruct" in block
    assert "meta-llama/Llama-Guard-3-8B" in block


def test_worst_comes_first() -> None:
    lines = text("several-components").splitlines()
    kinds = [line.split("[")[0] for line in lines if line.startswith(("fail[", "open[", "review[", "waived["))]
    assert kinds == sorted(kinds, key=("fail", "open", "review", "waived").index)


def test_words_to_write_stand_unbroken_on_a_line_of_their_own() -> None:
    notice = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
    assert notice in [line.strip() for line in text("fine-tune", width=60).splitlines()]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_marks_stand_below_their_spot(width: int) -> None:
    lines = text("hostile", width=width).splitlines()
    at = next(index for index, line in enumerate(lines) if "# 这是一个模型名称的标题行" in line)
    code, marks = lines[at], lines[at + 1]
    assert cells(marks[: marks.index("-")]) == cells(code[: code.index("名称")])
    assert marks.count("-") == cells("名称")


def test_pass_is_said_in_a_few_lines() -> None:
    assert len(text("clean").splitlines()) <= 12


def test_quiet_gives_the_head_a_line_for_each_finding_and_what_is_undecided() -> None:
    lines = text("fine-tune", quiet=True).splitlines()
    assert len(lines) == 1 + 6 + 1
    assert lines[1].startswith("README.md:9:3: fail[llama3.1/model-name] ")


def test_colour_is_nothing_but_colour() -> None:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text("several-components", colour=True))
    assert plain == text("several-components")


def controls(shown: str) -> set[str]:
    return {char for char in shown if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}}


@pytest.mark.parametrize("options", [{}, {"everything": True}, {"quiet": True}, {"lang": "zh"}])
def test_hostile_report_shows_no_control_character(options: dict[str, Any]) -> None:
    assert not controls(text("hostile", **options))


def test_hostile_value_cannot_begin_a_line() -> None:
    assert not any(line.startswith("fail[x]") for line in text("hostile").splitlines())


def replaced(value: Any, words: str) -> Any:
    """The report with every string that comes from files or from the model replaced."""
    free = {"snippet", "value", "message", "title", "notes", "component", "ask", "quote", "text", "proposal", "summary", "name", "id", "to"}
    if isinstance(value, dict):
        return {key: words if key in free and isinstance(item, str) else replaced(item, words) for key, item in value.items()}
    return [replaced(item, words) for item in value] if isinstance(value, list) else value


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(60, 160))
def test_whatever_the_files_hold_no_control_character_is_shown(words: str, width: int) -> None:
    for name in ("fine-tune", "first-contact"):
        assert not controls(render(replaced(sample(name), words or "x")["reports"], width=width, commands=COMMANDS))
