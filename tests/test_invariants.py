"""What holds of every episode: nobody is accused, what was only measured never fails, and law and evidence are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.pipeline import examine
from tests.conftest import REPO, Tool
from tests.episodes import EPISODES, LANGUAGES, Episode, report_of
from tests.said import ACCUSING, BLANK, JUDGING, texts

each = pytest.mark.parametrize("episode", [pytest.param(episode, id=episode.name) for episode in EPISODES])
NOT_FOUND = re.compile(r"files looked at|file called|only points|another edition|with alterations|exists and lacks")
PAGES = sorted([*REPO.glob("docs/**/*.md"), *REPO.glob("README*.md"), *REPO.glob("examples/**/case.yaml")])


def findings(tool: Tool, episode: Episode) -> Iterator[dict[str, Any]]:
    yield from report_of(tool, episode)["findings"]


@pytest.mark.parametrize("lang", LANGUAGES)
@each
def test_no_sentence_accuses_outside_what_it_quotes(tool: Tool, episode: Episode, lang: str) -> None:
    report = report_of(tool, episode, lang)
    for text in texts(report):
        own = re.sub(r"“[^”]*”", "", text)
        assert not ACCUSING.search(own), own
        assert not BLANK.search(own), own
    for finding in report["findings"]:
        if not finding["license"]:  # a clause may name the unlawful purposes it forbids
            assert not JUDGING.search(re.sub(r"“[^”]*”", "", finding["message"]))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPO)))
def test_no_page_accuses(path: Path) -> None:
    assert not ACCUSING.search(path.read_text("utf-8"))


@each
def test_what_was_only_measured_or_guessed_never_fails(tool: Tool, episode: Episode) -> None:
    for finding in findings(tool, episode):
        hows = {item["how"] for item in finding["evidence"]}
        assert finding["kind"] != "fail" or not hows or hows - {"inferred"}, finding["rule"]


@each
def test_every_finding_names_one_layer_its_rule_and_where_it_was_read(tool: Tool, episode: Episode) -> None:
    for finding in findings(tool, episode):
        assert finding["layer"] in {"weights", "code", "data", "service-output", "name", "claim", "metadata"}
        assert finding["rule"].startswith(f"{finding['license']}/" if finding["license"] else "check/")
        if finding["license"]:
            assert finding["citation"]["section"], finding["rule"]
            assert finding["license_version"]["text"] or not finding["verified"]
        for item in finding["evidence"]:
            assert item["source"]
            assert item["how"] in {"declared", "prose", "tool-written", "inferred"}


@each
def test_what_is_not_found_is_said_of_the_files_that_were_looked_at(tool: Tool, episode: Episode) -> None:
    report = report_of(tool, episode)
    assert {item["path"] for item in report["inputs"] if item["read"]} >= {"README.md"}
    for finding in report["findings"]:
        if finding["kind"] == "fail" and finding["outcome"] == "unmet" and finding["topic"] in {"license-copy", "notice-file"}:
            assert re.search(
                r"files looked at|file called|only points|another edition|with alterations|exists and lacks", finding["message"]
            )


@each
def test_both_languages_say_the_same(tool: Tool, episode: Episode) -> None:
    english, chinese = (report_of(tool, episode, lang) for lang in LANGUAGES)
    assert [(item["id"], item["kind"]) for item in english["findings"]] == [(item["id"], item["kind"]) for item in chinese["findings"]]
    assert not [item["rule"] for item in chinese["findings"] if item["message"].isascii()]


@each
def test_terms_of_a_service_never_fail_for_somebody_elses_account(episode: Episode, tmp_path: Path) -> None:
    manifest = yaml.safe_load((episode.folder / "licensecheck.yaml").read_text("utf-8"))
    built_from = manifest.get("built_from", [])
    manifest["built_from"] = [{**item, "account": "other"} if isinstance(item, dict) and "service" in item else item for item in built_from]
    _into(tmp_path, episode, manifest)
    report = examine(str(tmp_path), everything=True)
    bound = [item for item in report["findings"] if item["layer"] == "service-output" and _is_service(report, item["component"])]
    assert not [item["rule"] for item in bound if item["kind"] == "fail"]


@each
def test_research_alone_never_settles_a_limit_on_outputs(episode: Episode, tmp_path: Path) -> None:
    manifest = yaml.safe_load((episode.folder / "licensecheck.yaml").read_text("utf-8"))
    research = {**manifest, "use": {**manifest.get("use", {}), "commercial": False, "purposes": ["research"]}}
    kinds = []
    for number, stated in enumerate((manifest, research)):
        folder = tmp_path / str(number)
        folder.mkdir()
        _into(folder, episode, stated)
        report = examine(str(folder), everything=True)
        kinds.append({item["id"]: item["kind"] for item in report["findings"] if item["topic"] in ("output-training", "competition")})
    assert not [name for name, kind in kinds[0].items() if kind in ("open", "review", "fail") and kinds[1].get(name) == "pass"]


def _into(folder: Path, episode: Episode, manifest: dict[str, Any]) -> None:
    for path in episode.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "licensecheck.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False), "utf-8")


def _is_service(report: Any, component: str | None) -> bool:
    return any(node["id"] == component and node["type"] == "service" for node in report["lineage"]["nodes"])
