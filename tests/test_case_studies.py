"""Public episodes as releases of our own making: what the command line says of each, and the pages that show it.

`examples/case-studies/<case>/case.yaml` tells the case; each release in it is a folder with the files as they would stand there.
`expect` names what becomes of a rule, `never` what must not; a check may be named by its topic alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO, Tool
from tests.episodes import EPISODES, LANGUAGES, Episode, cases, is_under, kinds, report_of

PAGES = {"en": REPO / "docs" / "case-studies.md", "zh": REPO / "docs" / "case-studies.zh.md"}
NAMED = [pytest.param(episode, id=episode.name) for episode in EPISODES]

WORDS = {
    "en": {
        "title": "Case studies",
        "lead": """\
Public episodes of the last years, told as small releases with files of our own. For each: what is known, what the tool says of
it, and why. The names of the releases are invented; the models behind them are real ones, since their licences are. A finding is
about files and clauses, never about anybody's intent; what no text supports, or what was only measured, is left to a person (`review`).

Every finding below is what the command printed, and the tests run all of them. The commands run from the root of the repository.
""",
        "nothing": "Nothing is reported on this.",
        "absent": "not reported: {rules}",
    },
    "zh": {
        "title": "案例研究",
        "lead": """\
近年来的公开事件，以我们自己编写的小型发布文件夹重述。每个案例说明：已知情况、工具给出的结果及其原因。发布名称均为虚构；其背后的模型为真实模型，因为许可是真实的。
发现只针对文件与条款，不涉及任何人的意图；没有文本支持的、或仅凭测量得出的，一律留待人工复核（`review`）。

以下各项发现均为命令的实际输出，并由测试逐一运行。命令在仓库根目录下运行。
""",
        "nothing": "对此没有报告。",
        "absent": "未报告：{rules}",
    },
}


def listed(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


@pytest.mark.parametrize("episode", NAMED)
def test_a_release_is_judged_as_the_case_says(tool: Tool, episode: Episode) -> None:
    report = report_of(tool, episode)
    missing = {rule: kinds(report, rule) for rule, right in episode.told["expect"].items() if not kinds(report, rule) & listed(right)}
    assert not missing
    wrong = {rule: kinds(report, rule) & listed(bad) for rule, bad in episode.told.get("never", {}).items()}
    assert not any(wrong.values()), wrong


@pytest.mark.parametrize(("folder", "case"), [pytest.param(*item, id=item[0].name) for item in cases()])
def test_every_folder_of_a_case_is_a_release_that_is_told_in_both_languages(folder: Path, case: dict[str, Any]) -> None:
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {release["folder"] for release in case["releases"]}
    for said in (case["title"], case["known"], *(release["says"] for release in case["releases"])):
        assert set(said) == set(LANGUAGES)
        assert all(text.strip() for text in said.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_what_the_command_says(tool: Tool, lang: str) -> None:
    """`LICENSECHECK_REWRITE=1` writes it anew."""
    written = page(tool, lang)
    if os.environ.get("LICENSECHECK_REWRITE"):
        PAGES[lang].write_text(written, encoding="utf-8")
    assert PAGES[lang].read_text("utf-8") == written


def page(tool: Tool, lang: str) -> str:
    parts = [f"# {WORDS[lang]['title']}\n\n{WORDS[lang]['lead']}"]
    for folder, case in cases():
        parts.append(f"## {case['title'][lang]}\n\n{case['known'][lang]}\n")
        parts += [_shown(tool, Episode(folder / release["folder"], release), lang) for release in case["releases"]]
    return "\n".join(parts)


def _shown(tool: Tool, episode: Episode, lang: str) -> str:
    words, report = WORDS[lang], report_of(tool, episode, lang)
    measured = f" --evidence {episode.measured.relative_to(REPO)}" if episode.measured else ""
    lines = [
        episode.told["says"][lang],
        "",
        "```console",
        f"$ llm-licensecheck check {episode.folder.relative_to(REPO)}{measured}",
        "```",
        "",
    ]
    found = {finding["id"]: finding for rule in episode.told["expect"] for finding in report["findings"] if is_under(finding, rule)}
    lines += [f"- **{finding['kind']}** `{finding['rule']}`: {' '.join(_said(finding))}" for finding in found.values()]
    absent = [f"`{rule}`" for rule in episode.told.get("never", {}) if not kinds(report, rule) - {"not-applicable"}]
    if absent:
        lines.append(f"- {words['absent'].format(rules=', '.join(absent))}")
    return "\n".join(lines if found or absent else [*lines, words["nothing"]]) + "\n"


def _said(finding: dict[str, Any]) -> list[str]:
    return [finding["message"], *(finding["held_back"]["reasons"] if finding["held_back"] else ())]
