"""Folders that a manifest names as upstreams: read like the subject itself."""

from __future__ import annotations

import datetime

import pytest

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
DAY = datetime.date(2025, 6, 1)


@pytest.fixture
def examined(write):
    """Files of several folders in, the report on `subject` out."""

    def run(files):
        top = write(files)
        return examine(str(top / "subject"), as_="public", everything=True, today=DAY, recognise=recognise_stand_in)

    return run


def card(license_, base=None):
    return f"---\nlicense: {license_}\n{f'base_model: {base}' if base else ''}\n---\n# Tiny\n"


def manifest(*paths):
    return "version: 1\nbuilt_from:\n" + "".join(f"- {{path: {path}}}\n" for path in paths)


def licenses(report):
    return {node["id"]: (node["license"], node["license_source"]) for node in report["lineage"]["nodes"]}


def test_the_licence_of_a_folder_is_the_one_its_card_declares(examined):
    report = examined({"subject/licensecheck.yaml": manifest("../base"), "base/README.md": card("mit")})
    assert licenses(report) == {"../base": ("mit", "folder")}


def test_what_a_folder_was_made_from_is_followed(examined):
    report = examined({"subject/licensecheck.yaml": manifest("../base"), "base/README.md": card("mit", LLAMA)})
    assert licenses(report)[LLAMA] == ("llama3.1", "registry")
    finding = next(finding for finding in report["findings"] if finding["rule"] == "llama3.1/model-name")
    assert (finding["kind"], finding["path"]) == ("fail", [["finetune", "../base"], ["finetune", LLAMA]])


def test_a_folder_may_name_further_folders(examined):
    files = {
        "subject/licensecheck.yaml": manifest("../near"),
        "near/licensecheck.yaml": manifest("../far"),
        "near/README.md": card("mit"),
        "far/README.md": card("llama3.1", LLAMA),
    }
    assert licenses(examined(files)) == {"../near": ("mit", "folder"), LLAMA: ("llama3.1", "registry")}


def test_folders_that_name_one_another_end(examined):
    files = {
        "subject/licensecheck.yaml": manifest("../near", "."),
        "near/licensecheck.yaml": manifest("../subject", "../near"),
        "near/README.md": card("mit"),
    }
    assert licenses(examined(files))["../near"] == ("mit", "folder")


def test_a_licence_text_speaks_where_the_card_is_silent(examined):
    report = examined({"subject/licensecheck.yaml": manifest("../base"), "base/LICENSE": "licence text for tests: apache-2.0\n"})
    assert licenses(report) == {"../base": ("apache-2.0", "folder")}


@pytest.mark.parametrize("files", [{}, {"gone/licensecheck.yaml": "version: [\n"}])
def test_a_folder_that_cannot_be_read_is_for_a_person(examined, files):
    report = examined({"subject/licensecheck.yaml": manifest("../gone"), **files})
    found = [finding for finding in report["findings"] if finding["rule"] == "check/lineage.not-found"]
    assert [finding["kind"] for finding in found] == ["review"]
    assert "gone" in found[0]["message"]
