"""The command on repositories and weight files: its exit codes, what it asks the Hub, what it says where the Hub does not answer."""

from __future__ import annotations

import json
import struct
import subprocess
from pathlib import Path

import pytest

from tests.conftest import CORPUS, tool_command, tool_environment
from tests.sources.test_gguf import gguf, pair, string

BASE = {"license": "llama3.1"}


@pytest.fixture
def tool(hub, tmp_path):
    """The command with these arguments, against the Hub of our own."""
    environment = {
        **tool_environment(),
        "HF_ENDPOINT": hub.url,
        "HF_HUB_OFFLINE": "0",
        "HF_HUB_CACHE": str(tmp_path / "cache"),
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    }

    def run(*arguments):
        done = subprocess.run(
            [*tool_command(), *arguments], capture_output=True, text=True, timeout=120, env=environment, cwd=tmp_path, check=False
        )
        return done.returncode, done.stdout, done.stderr

    return run


def report_of(out):
    return json.loads(out)["reports"][0]


def found(report):
    return {(finding["rule"], finding["component"]): finding["kind"] for finding in report["findings"]}


def test_a_public_repository_is_checked_as_published(hub, tool):
    hub.add("acme/tiny", {**BASE, "base_model": "meta-llama/Llama-3.1-8B"}, {"model.safetensors": bytes(50_000)})
    hub.add("meta-llama/Llama-3.1-8B", BASE)
    code, out, err = tool("check", "acme/tiny", "--format", "json")
    report = report_of(out)
    assert (code, err) == (1, "")
    revision = hub.repos["acme/tiny"].sha
    assert report["subject"] == {"name": "tiny", "target": "acme/tiny", "kind": "model", "revision": revision}
    assert found(report)["llama3.1/model-name", "meta-llama/Llama-3.1-8B"] == "fail"
    assert "release.weights" not in [question["fact"] for question in report["questions"]]


def test_terms_of_a_base_that_only_the_hub_knows_are_found_at_the_root(hub, tool):
    hub.add("acme/tiny", {"license": "apache-2.0", "base_model": "acme/middle"})
    hub.add("acme/middle", {"license": "apache-2.0", "base_model": "somebody/older"})
    hub.add("somebody/older", {"license": "apache-2.0", "base_model": "meta-llama/Llama-3.1-8B"})
    hub.add("meta-llama/Llama-3.1-8B", BASE)
    code, out, _ = tool("check", "acme/tiny", "--format", "json")
    report = report_of(out)
    finding = next(finding for finding in report["findings"] if finding["rule"] == "llama3.1/notice-file")
    assert (code, finding["kind"], finding["component"]) == (1, "fail", "meta-llama/Llama-3.1-8B")
    assert [step[1] for step in finding["path"]] == ["acme/middle", "somebody/older", "meta-llama/Llama-3.1-8B"]
    assert len(hub.asked) == 4 + 1  # each repository once, and the one text of the subject


def test_what_an_upstream_repository_owes_is_shown_as_its_own(hub, tool):
    hub.add("acme/tiny", {"license": "llama3.1", "base_model": "acme/middle"})
    hub.add("acme/middle", {"license": "apache-2.0", "base_model": "meta-llama/Llama-3.1-8B"})
    hub.add("meta-llama/Llama-3.1-8B", BASE)
    report = report_of(tool("check", "acme/tiny", "--format", "json")[1])
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == "check/lineage.upstream-declares"]
    assert (finding["kind"], finding["component"], finding["owed_by"]) == ("informational", "acme/middle", "upstream")


def test_every_repository_of_the_ancestry_is_in_the_lineage(hub, tool):
    hub.add("acme/tiny", {"license": "mit", "base_model": "acme/middle"})
    hub.add("acme/middle", {"license": "mit", "base_model": "acme/root"})
    hub.add("acme/root", {"license": "mit"})
    lineage = report_of(tool("check", "acme/tiny", "--format", "json")[1])["lineage"]
    assert {node["id"] for node in lineage["nodes"]} == {"acme/middle", "acme/root"}
    assert {(edge["from"], edge["to"]) for edge in lineage["edges"]} == {("tiny", "acme/middle"), ("acme/middle", "acme/root")}


def test_a_revision_is_asked_for_by_name(hub, tool):
    repo = hub.add("acme/tiny", {"license": "mit"})
    assert report_of(tool("check", f"acme/tiny@{repo.sha}", "--format", "json")[1])["subject"]["target"] == f"acme/tiny@{repo.sha}"
    code, out, err = tool("check", "acme/tiny@v9")
    assert (code, out) == (2, "")
    assert "no revision v9" in err


def test_what_is_not_on_the_hub_is_one_line(tool):
    code, out, err = tool("check", "acme/nothing")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "acme/nothing: not on the Hub, or private" in err


def test_a_gated_repository_is_judged_by_what_it_shows(hub, tool):
    hub.add("acme/tiny", {"license": "mit"}, {"LICENSE": "x"}, gated=True)
    code, out, _ = tool("check", "acme/tiny")
    assert code == 0
    assert "accept the terms at https://huggingface.co/acme/tiny" in " ".join(out.split())


def test_a_base_that_is_gone_is_for_a_person(hub, tool):
    hub.add("acme/tiny", {"license": "mit", "base_model": "acme/gone"})
    code, out, _ = tool("check", "acme/tiny", "--format", "json")
    assert code == 0
    assert found(report_of(out))["check/lineage.not-found", None] == "review"


def test_a_hub_that_goes_away_midway_leaves_a_report_and_exit_3(hub, tool):
    hub.add("acme/tiny", {"license": "mit", "base_model": "acme/m0"})
    for n in range(5):
        hub.add(f"acme/m{n}", {"license": "mit", "base_model": f"acme/m{n + 1}"})
    hub.dies_after = 4
    code, out, _ = tool("check", "acme/tiny", "--as", "internal", "--format", "json")
    report = report_of(out)
    assert code == 3
    assert "cannot be reached" in report["incomplete"][0]
    assert report["unreached"] == report["incomplete"]
    hub.dies_after = len(hub.asked) + 4
    assert tool("check", "acme/tiny", "--as", "internal", "--allow-partial")[0] == 0


def test_offline_opens_no_socket(hub, tool):
    hub.add("acme/tiny", {"license": "mit"})
    code, out, err = tool("check", "acme/tiny", "--offline")
    assert (code, out) == (3, "")
    assert "not in the Hub's cache" in err
    assert hub.asked == []


def test_a_dataset_is_a_target_too(hub, tool):
    hub.add("datasets/acme/corpus", {"license": "cc-by-4.0"})
    report = report_of(tool("check", "datasets/acme/corpus", "--format", "json")[1])
    assert report["subject"]["target"] == "datasets/acme/corpus"


def test_a_weight_file_speaks_by_its_header(tool, tmp_path):
    header = gguf(
        pair("general.license", 8, string("llama3.1")),
        pair("general.base_model.0.repo_url", 8, string("https://huggingface.co/meta-llama/Llama-3.1-8B-Instruct")),
    )
    (tmp_path / "tiny-q4.gguf").write_bytes(header + bytes(1_000))
    code, out, _ = tool("check", "tiny-q4.gguf", "--format", "json")
    report = report_of(out)
    assert code == 0
    assert report["subject"]["name"] == "tiny-q4"
    assert [node["id"] for node in report["lineage"]["nodes"]] == ["meta-llama/Llama-3.1-8B-Instruct"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tiny-q4.gguf"]


def test_a_weight_file_that_lies_is_a_report_and_no_crash(tool, tmp_path):
    (tmp_path / "m.safetensors").write_bytes(struct.pack("<Q", 2**63) + b"{}" * 20)
    code, out, _ = tool("check", "m.safetensors")
    assert code == 0
    assert "longer than the file" in " ".join(out.split())


def test_a_folder_is_a_folder_even_if_a_repository_has_its_name(hub, tool, tmp_path):
    (tmp_path / "acme" / "tiny").mkdir(parents=True)
    (tmp_path / "acme" / "tiny" / "README.md").write_text("---\nlicense: mit\n---\n# Tiny\n")
    assert tool("check", "acme/tiny")[0] == 0
    assert hub.asked == []


@pytest.mark.corpus
def test_a_clause_is_quoted_from_the_base_s_own_repository(hub, tool):
    text = (Path(str(CORPUS)) / "license-texts" / "llama-3.1-community-licence.txt").read_text("utf-8")
    hub.add("acme/tiny", {**BASE, "base_model": "meta-llama/Llama-3.1-8B"})
    repo = hub.add("meta-llama/Llama-3.1-8B", BASE, {"LICENSE": text, "NOTICE": "x", "model.safetensors": b"x"})
    report = report_of(tool("check", "acme/tiny", "--format", "json")[1])
    citation = next(finding["citation"] for finding in report["findings"] if finding["rule"] == "llama3.1/model-name")
    assert citation["quote"]
    assert citation["source"] == f"https://huggingface.co/meta-llama/Llama-3.1-8B/blob/{repo.sha}/LICENSE"
    assert sorted(asked.rsplit("/", 1)[-1] for asked in hub.asked if "resolve" in asked) == ["LICENSE", "NOTICE", "README.md"]


def test_a_notice_that_a_base_ships_is_owed_and_its_lines_are_looked_for(hub, tool):
    hub.add("somebody/base-7b", {"license": "apache-2.0"}, {"NOTICE": "Base\nCopyright 2024 Example Labs\n"})
    hub.add("acme/bare", {"license": "apache-2.0", "base_model": "somebody/base-7b"})
    hub.add("acme/other", {"license": "apache-2.0", "base_model": "somebody/base-7b"}, {"NOTICE": "Other\nCopyright 2025 Acme\n"})
    hub.add("acme/whole", {"license": "apache-2.0", "base_model": "somebody/base-7b"}, {"NOTICE": "Base\nCopyright 2024 Example Labs\n"})
    kinds = {}
    for name in ("bare", "other", "whole"):
        report = report_of(tool("check", f"acme/{name}", "--format", "json")[1])
        kinds[name] = found(report).get(("apache-2.0/notice-file", "somebody/base-7b"))
    assert kinds == {"bare": "fail", "other": "review", "whole": "pass"}


def test_what_an_upstream_repository_lacks_is_shown_as_its_own(hub, tool):
    hub.add("meta-llama/Llama-3.1-8B", BASE, {"LICENSE": "x"})
    hub.add("somebody/wolf-8b", {**BASE, "base_model": "meta-llama/Llama-3.1-8B"})
    hub.add("acme/Llama-tiny", {**BASE, "base_model": "somebody/wolf-8b"})
    report = report_of(tool("check", "acme/Llama-tiny", "--format", "json")[1])
    theirs = [finding for finding in report["findings"] if finding["rule"] == "check/lineage.upstream-lacks"]
    assert [(finding["component"], finding["kind"], finding["owed_by"]) for finding in theirs] == [
        ("somebody/wolf-8b", "informational", "upstream")
    ]
    assert "Notice" in theirs[0]["message"] and "“Llama”" in theirs[0]["message"]


@pytest.mark.parametrize(
    "target", ["spaces/acme/demo", "https://huggingface.co/spaces/acme/demo", "datasets/acme/corpus@no such", "acme/tiny@"]
)
def test_a_target_that_is_no_model_and_no_dataset_is_one_line(tool, target):
    code, out, err = tool("check", target)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_documents_of_a_repository_are_printed_and_nothing_is_written(hub, tool, tmp_path):
    hub.add("meta-llama/Llama-3.1-8B", BASE)
    hub.add("acme/tiny", {**BASE, "base_model": "meta-llama/Llama-3.1-8B"})
    for command, words in (("notice", "Llama 3.1 Community License"), ("attribution", "Built with Llama"), ("card", "license: llama3.1")):
        code, out, err = tool(command, "acme/tiny")
        assert (code, err) == (0, "")
        assert words in out
    assert [item.name for item in tmp_path.iterdir() if item.name != "cache"] == []


@pytest.mark.parametrize("command", [("notice", "--write"), ("card", "--check"), ("attribution", "--write"), ("fix",), ("init",)])
def test_what_is_done_in_a_folder_says_how_to_get_one(hub, tool, command):
    code, out, err = tool(*command, "datasets/acme/corpus@v2")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "hf download acme/corpus --repo-type dataset --revision v2 --local-dir corpus" in err
    assert hub.asked == []
