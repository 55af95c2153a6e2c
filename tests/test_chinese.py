"""`--lang zh`: no English sentence is left in what the tool says itself; names, quotations, commands and required words stay."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck import knowledge, pipeline
from licensecheck.render import github, gitlab, job_summary, junit, sarif, text
from licensecheck.render.explain_words import NAMES
from licensecheck.render.words import ZH
from tests.conftest import CORPUS, REPO, Tool

REPORTS = sorted((REPO / "tests" / "reports").glob("*zh*.json"))
PACKAGE = REPO / "licensecheck"
DEMO = REPO / "examples" / "harbour-chat"
README, README_ZH = ((REPO / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))

#: What stands between quotation marks or code marks, an address, a line of a file, a command to type.
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|‘[^’]*’|\"[^\"]*\"|https?://\S+|(?m:^\s*\d* \|.*$)|(?m:^::\w+ [^:]*::)|llm-licensecheck( [\w./-]+)*")
#: Four words of Latin letters in a row, the first of two letters at least; ids and numbers among them break the row.
SENTENCE = re.compile(r"(?<![\w./-])[A-Za-z]{2,}(?:,? [A-Za-z']+){3,}(?![\w/-])")


def names() -> Iterator[str]:
    """Words that licences call themselves by or want written."""
    known = knowledge.load()
    for identifier in known.license_ids():
        record = known.license(identifier)
        yield record["name"]
        yield from strings([clause.get("requires") for clause in record["clauses"]])
    for identifier in known.policy_ids():
        yield known.policy(identifier)["name"]


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from strings(value)


def anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases, the longest first, however its lines are broken."""
    words = sorted({tuple(phrase.split()) for phrase in phrases if phrase.strip()}, key=lambda found: (-len(found), found))
    return re.compile("|".join(r"\s+".join(map(re.escape, found)) for found in words) or r"(?!)")


@pytest.fixture(scope="module")
def english() -> Callable[..., list[str]]:
    """The English sentences in a text of ours; what a report quotes or names is given beside it."""
    known = anywhere(name for name in names() if len(name.split()) > 2)

    def found(said: str, report: Any = None) -> list[str]:
        for pattern in (anywhere(quoted(report)), known, QUOTED) if report else (known, QUOTED):
            said = pattern.sub("·", said)
        return SENTENCE.findall(said)

    return found


def quoted(report: Any) -> Iterator[str]:
    """Words of licences and cards, and the names that others gave to their models."""
    yield report["subject"]["name"]
    yield from (node["id"] for node in report["lineage"]["nodes"] if " " in node["id"])
    for finding in report["findings"]:
        yield from strings([finding["citation"].get("quote"), finding["required"]])


def test_an_english_sentence_is_found(english: Callable[..., list[str]]) -> None:
    assert english("约束：none of the files looked at holds that text.")
    assert not english("名称须以“Built with the word Llama”开头，见 Llama 3.1 Community License Agreement。")


def rendered(report: Any) -> Iterator[str]:
    yield text.render([report], lang="zh", everything=True, width=2000, commands=("init", "notice"))
    yield text.render([report], lang="zh", quiet=True, width=2000)
    yield job_summary.render([report], lang="zh")
    yield github.render([report], lambda target, source: source, lang="zh", everything=True)
    yield junit.render([report], lang="zh")
    yield gitlab.render([report], lambda target, source: source)
    yield "\n".join(
        strings(
            json.loads(sarif.render([report], lambda target, source: source, "0", everything=True, information="https://x.example"))[
                "runs"
            ][0]["results"]
        )
    )


def test_closed_lists_have_chinese_words() -> None:
    known = knowledge.load()
    relations = known.table("relations")["relations"]
    binds = {clause["binds"] for name in known.license_ids() for clause in known.license(name)["clauses"]} - {"material"} | {"upstream"}
    wanted = (
        [f"relation.{name}" for name in relations]
        + [f"layer.{row['layer']}" for row in relations.values()]
        + [f"owed.{who}" for who in binds]
    )
    assert [key for key in wanted if ZH.get(key, "ascii").isascii()] == []
    fields = {
        field for table in ("facts", "relations", "topics", "purposes") for row in known.table(table)[table].values() for field in row
    }
    assert [field for field in sorted(fields) if f"field.{field}" not in NAMES["zh"]] == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_sample_reports_hold_no_english_sentence(path: Path, english: Callable[..., list[str]]) -> None:
    for report in json.loads(path.read_text(encoding="utf-8"))["reports"]:
        for said in rendered(report):
            assert english(said, report) == []


@pytest.mark.parametrize("as_", [None, "public", "service", "product", "internal"])
def test_reports_of_the_demo_hold_no_english_sentence(as_: str | None, english: Callable[..., list[str]]) -> None:
    report = pipeline.examine(str(DEMO), as_=as_, lang="zh", everything=True)
    for said in rendered(report):
        assert english(said, report) == []


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--all"],
        ["check", "--as", "public", "--format", "markdown"],
        ["notice"],
        ["attribution"],
        ["fix", "--offline", "--as", "public"],
        ["licenses"],
        ["identify", "README.md"],
        *(
            ["explain", name]
            for name in ("llama3.1", "llama3.1/model-name", "apache-2.0/notice-file", "bigscience-openrail-m/acceptable-use")
        ),
        *(["explain", name] for name in ("facts", "relations", "topics", "checks", "purposes", "model.name", "finetune", "lineage")),
        *(["explain", name] for name in ("meta-llama/Llama-3.1-8B", "llama-3.1-use-policy", "tatsu-lab/alpaca", "openai/gpt-4o")),
    ],
    ids=" ".join,
)
def test_commands_speak_chinese(command: list[str], tool: Tool, tmp_path: Path, english: Callable[..., list[str]]) -> None:
    (tmp_path / "README.md").write_bytes((DEMO / "README.md").read_bytes())
    done = tool(*command, "--lang", "zh", cwd=tmp_path, env={"COLUMNS": "160"})
    assert done.returncode in (0, 1), done.stderr
    assert not done.stdout.isascii()
    ours = [line for line in done.stdout.splitlines() if not line.startswith(("+", "-", " ", "@")) or command[0] != "fix"]
    assert english("\n".join(line for line in ours if not line.lstrip().startswith("说明"))) == []  # notes of the registry are quotations


def test_what_was_not_looked_at_is_told_in_chinese(tmp_path: Path, english: Callable[..., list[str]]) -> None:
    (tmp_path / "README.md").write_text(
        "---\nlicense: mit\ndatasets: [" + ", ".join(f"a/b{n}" for n in range(3000)) + "]\n---\n", encoding="utf-8"
    )
    (tmp_path / "away.md").symlink_to("/etc/hostname")
    (tmp_path / "NOTICE").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "LICENSE")
    (tmp_path / "/".join(["deep"] * 30)).mkdir(parents=True)
    notes = pipeline.examine(str(tmp_path), lang="zh")["incomplete"]
    assert len(notes) == len(pipeline.examine(str(tmp_path))["incomplete"]) > 3
    assert [note for note in notes if note.isascii() or english(note)] == []


@pytest.mark.parametrize("said", knowledge.load().table("messages")["readings"], ids=lambda said: said["en"][:40])
def test_lines_that_are_retold_are_lines_that_are_told(said: dict[str, str]) -> None:
    """Each template has the very pieces that some module puts around its values."""
    modules = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    pieces = [piece for piece in re.split(r"\{\w+\}", said["en"]) if piece.strip(": ()")]
    assert any(all(piece in module for piece in pieces) for module in modules)
    assert set(re.findall(r"\{(\w+)\}", said["zh"])) <= set(re.findall(r"\{(\w+)\}", said["en"]))


FOLDERS = sorted(path for path in Path(CORPUS, "real-inputs").iterdir() if path.is_dir()) if CORPUS else []


@pytest.mark.corpus
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_reports_on_real_folders_hold_no_english_sentence(folder: Path, english: Callable[..., list[str]]) -> None:
    report = pipeline.examine(str(folder), as_="public", lang="zh", everything=True)
    for said in rendered(report):
        assert english(said, report) == []


# ---------------------------------------------------------------------------------------------- README.zh.md


def headings(document: str) -> list[str]:
    return re.findall(r"(?m)^#+ ", re.sub(r"(?ms)^```.*?^```$", "", document))


def test_readme_has_the_same_parts_in_both_languages() -> None:
    assert headings(README_ZH) == headings(README)
    tables = [re.findall(r"(?m)^\| `([a-z]+)", document) for document in (README, README_ZH)]
    assert tables[0][:-1]
    assert set(re.findall(r"(?m)^\| `([a-z]+ ?[a-z]*)", README)) <= set(re.findall(r"(?m)^\| `([a-z]+ ?[a-z]*)", README_ZH)) | KINDS
    assert "](README.zh.md)" in README
    assert "](README.md)" in README_ZH


#: The kinds of findings stand in a table of their own, which in Chinese begins with the Chinese word.
KINDS = {"fail", "open", "review", "pass", "informational"}


def test_readme_links_to_the_same_pages_in_both_languages() -> None:
    links = [set(re.findall(r"\]\(([^)#]+)[^)]*\)", document)) - {"README.md", "README.zh.md"} for document in (README, README_ZH)]
    assert links[0] == links[1]


def test_readme_holds_no_english_sentence(english: Callable[..., list[str]]) -> None:
    assert english(re.sub(r"(?ms)^```.*?^```$", "", README_ZH)) == []


def test_manifest_in_the_chinese_readme_says_what_the_english_one_says() -> None:
    def manifest(document: str) -> Any:
        (block,) = (block for block in re.findall(r"(?ms)^```yaml\n(.*?)^```$", document) if block.startswith("version: 1"))
        loaded = yaml.safe_load(block)
        for waiver in loaded["waivers"]:
            waiver.pop("reason")
        return loaded

    assert manifest(README_ZH) == manifest(README)
