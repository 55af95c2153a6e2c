"""`sbom`: which form goes where, what decides the bytes, and what stops it."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from licensecheck.cli.main import cli
from tests.conftest import REPO, Tool

CARD = "---\nlicense: other\nlicense_name: house-terms\nbase_model: acme/base\ndatasets: [tatsu-lab/alpaca]\n---\n# Tiny-Chat\n"
TERMS = "HOUSE TERMS\n\nYou may look at it.\n"
MANIFEST = "version: 1\nmodel: {released: 2026-09-14}\nbuilt_from:\n  - {model: acme/base, license: mit}\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["sbom", *map(str, arguments)])


@pytest.fixture
def folder(write: Any) -> Path:
    return Path(write({"README.md": CARD, "LICENSE.txt": TERMS, "licensecheck.yaml": MANIFEST}))


def spdx(text: str) -> Any:
    return json.loads(text)


def package(document: Any, name: str) -> Any:
    return next(item for item in document["packages"] if item["name"] == name)


def test_the_example_is_valid_in_every_format(tmp_path: Path) -> None:
    example = REPO / "examples" / "harbour-chat"
    for name in ("a.spdx.json", "a.spdx.yaml"):
        assert run(example, "-o", tmp_path / name).exit_code == 0
        document = parse_file(str(tmp_path / name))
        assert validate_full_spdx_document(document) == []
        assert document.creation_info.name == "Harbour-Chat-8B"
    for spec, version in (("1.6", SchemaVersion.V1_6), ("1.7", SchemaVersion.V1_7)):
        result = run(example, "--format", "cyclonedx", "--spec", spec)
        assert JsonStrictValidator(version).validate_str(result.stdout) is None
    assert '"descendantOf"' in run(example, "--format", "spdx3").stdout


def test_the_ending_of_the_file_chooses_the_form_and_the_option_goes_before_it(folder: Path, tmp_path: Path) -> None:
    run(folder, "-o", tmp_path / "bill.yml")
    assert (tmp_path / "bill.yml").read_text("utf-8").startswith("SPDXID:")
    run(folder, "-o", tmp_path / "bill.yml", "--encoding", "tag")
    assert (tmp_path / "bill.yml").read_text("utf-8").startswith("## Document Information")
    run(folder, "-o", tmp_path / "bill")
    assert spdx((tmp_path / "bill").read_text("utf-8"))["spdxVersion"] == "SPDX-2.3"


def test_the_own_licence_of_a_model_is_quoted_from_the_file_beside_it(folder: Path) -> None:
    document = spdx(run(folder).stdout)
    info = next(item for item in document["hasExtractedLicensingInfos"] if item["licenseId"] == "LicenseRef-house-terms")
    assert info["extractedText"] == TERMS.strip() and "LICENSE.txt" in info["comment"]
    subject = package(document, "Tiny-Chat")
    assert subject["licenseDeclared"] == "LicenseRef-house-terms"


def test_a_text_that_is_not_known_is_never_shown_as_a_licence_that_is(write: Any) -> None:
    folder = write({"README.md": CARD.replace("house-terms", "llama3.1"), "LICENSE.txt": TERMS})
    info = next(item for item in spdx(run(folder).stdout)["hasExtractedLicensingInfos"] if item["licenseId"] == "LicenseRef-llama3.1")
    assert "You may look at it" not in info["extractedText"] and "not at hand" in info["extractedText"]


def test_a_manifest_concludes_and_does_not_declare(folder: Path) -> None:
    base = package(spdx(run(folder).stdout), "acme/base")
    assert base["licenseConcluded"] == "MIT"
    assert base.get("licenseDeclared", "NOASSERTION") == "NOASSERTION"


def test_files_are_listed_as_seen_from_inside_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_above = run(folder).stdout
    names = {file["fileName"] for file in spdx(from_above)["files"]}
    assert names == {"./README.md", "./LICENSE.txt", "./licensecheck.yaml"}
    monkeypatch.chdir(folder)
    assert run().stdout == from_above == run(".").stdout


@pytest.mark.parametrize("form", ["spdx", "spdx3", "cyclonedx"])
def test_two_runs_give_the_same_bytes(form: str, folder: Path, tool: Tool) -> None:
    runs = [tool("sbom", folder, "--format", form, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")]
    assert [done.returncode for done in runs] == [0, 0], runs[0].stderr
    assert runs[0].stdout == runs[1].stdout
    assert (runs[0].stderr, runs[1].stderr) == ("", "")


def test_weights_are_hashed_on_request(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", 2) + b"{}" + bytes(3_000_000))
    assert "model.safetensors" not in run(folder).stdout
    files = {file["fileName"]: file for file in spdx(run(folder, "--hash-weights").stdout)["files"]}
    sums = {row["algorithm"]: row["checksumValue"] for row in files["./model.safetensors"]["checksums"]}
    data = (folder / "model.safetensors").read_bytes()
    assert sums == {"SHA1": hashlib.sha1(data).hexdigest(), "SHA256": hashlib.sha256(data).hexdigest()}


def test_weights_that_are_not_here_are_not_hashed(folder: Path) -> None:
    result = run("acme/tiny", "--hash-weights")
    assert result.exit_code == 2 and "--hash-weights" in result.stderr


def test_a_link_to_weights_elsewhere_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.bin").write_bytes(b"x")
    (folder / "model.bin").symlink_to(tmp_path / "secret.bin")
    assert "model.bin" not in run(folder, "--hash-weights").stdout


@pytest.mark.parametrize(("form", "where"), [("spdx", '"created": "{}"'), ("spdx3", '"created": "{}"'), ("cyclonedx", '"timestamp": "{}"')])
def test_the_time_is_the_reports_day_or_source_date_epoch(form: str, where: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shown = {"cyclonedx": "+00:00"}.get(form, "Z")
    assert where.format("2026-09-14T00:00:00" + shown) in run(folder, "--format", form).stdout
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert where.format("2023-11-14T22:13:20" + shown) in run(folder, "--format", form).stdout


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1e9", "99999999999999999999"])
def test_a_time_that_is_none_is_told_in_one_line(epoch: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run(folder)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.count("\n") <= 2 and "SOURCE_DATE_EPOCH" in result.stderr


@pytest.mark.parametrize("options", [("--format", "spdx3", "--encoding", "yaml"), ("--spec", "1.7"), ("--format", "xml")])
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    result = run(folder, *options, "-o", tmp_path / "bill")
    assert result.exit_code == 2 and not (tmp_path / "bill").exists()


def test_what_is_wanting_in_the_model_does_not_stop_the_bill(folder: Path) -> None:
    assert run(folder, "--as", "public").exit_code == 0


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none")
    assert result.exit_code == 2 and result.stdout == "" and "none" in result.stderr


def test_a_file_that_cannot_be_written_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    result = run(folder, "-o", tmp_path / "taken")
    assert result.exit_code == 2 and list((tmp_path / "taken").iterdir()) == []


def test_sentences_are_in_chinese_on_request(folder: Path) -> None:
    assert "未审查" in run(folder, "--lang", "zh").stdout


def test_a_weight_file_by_itself_has_a_bill(tmp_path: Path) -> None:
    header = json.dumps({"__metadata__": {"license": "apache-2.0"}}).encode()
    (tmp_path / "tiny.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)
    document = spdx(run(tmp_path / "tiny.safetensors").stdout)
    assert document["name"] == "tiny"


def test_a_repository_brings_its_commit_its_owners_and_what_their_cards_declare(hub: Any) -> None:
    hub.add("acme/tiny", {"license": "apache-2.0", "base_model": "acme/middle", "datasets": ["acme/corpus"]})
    hub.add("acme/middle", {"license": "mit", "base_model": "else/root"})
    hub.add("else/root", {"license": "apache-2.0"})
    hub.add("datasets/acme/corpus", {"license": "cc-by-4.0"})
    result = run("acme/tiny")
    assert result.exit_code == 0, result.stderr
    document = spdx(result.stdout)
    subject = package(document, "acme/tiny")
    sha = hub.repos["acme/tiny"].sha
    assert subject["versionInfo"] == sha and subject["supplier"] == "Organization: acme"
    assert subject["externalRefs"][0]["referenceLocator"] == f"pkg:huggingface/acme/tiny@{sha}"
    assert package(document, "acme/middle")["licenseDeclared"] == "MIT"
    assert package(document, "acme/corpus")["licenseDeclared"] == "CC-BY-4.0"
    told = {(row["spdxElementId"], row["relationshipType"], row["relatedSpdxElement"]) for row in document["relationships"]}
    assert ("SPDXRef-model-acme-middle", "DESCENDANT_OF", "SPDXRef-model-else-root") in told
    assert [file["fileName"] for file in document["files"]] == ["./README.md"]
    assert run("acme/tiny").stdout == result.stdout


def test_what_could_not_be_reached_is_exit_code_three_and_the_bill_says_so(hub: Any) -> None:
    hub.add("acme/tiny", {"license": "apache-2.0", "base_model": "acme/middle"})
    hub.add("acme/middle", {"license": "mit"})
    hub.dies_after = 2
    result = run("acme/tiny", "--format", "cyclonedx")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["compositions"][0]["aggregate"] == "incomplete"


def test_without_the_network_a_repository_is_not_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    result = run("acme/nowhere", "--offline")
    assert result.exit_code == 3 and result.stdout == ""
