from __future__ import annotations

import pytest
import yaml

from licensecheck.facts.collect import leaves_house, name_in
from licensecheck.pipeline import examine, manifest_of
from licensecheck.scenarios import recognise_stand_in
from tests.conftest import REPO

TITLES = yaml.safe_load((REPO / "rules" / "phrases.yaml").read_text("utf-8"))["titles"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Beacon-8B", "Beacon-8B"),
        ("  Beacon-8B  ", "Beacon-8B"),
        ("🚀 Beacon-8B", "Beacon-8B"),
        ("Model Card for Beacon-8B", "Beacon-8B"),
        ("Beacon-8B: a model of the sea", "Beacon-8B"),
        ("Beacon-8B - a model of the sea", "Beacon-8B"),
        ("灯塔-8B：海洋模型", "灯塔-8B"),
        ("Contents", None),
        ("Introduction", None),
        ("模型介绍", None),
        ("Model Card for Model ID", None),
        ("!!!", None),
        ("", None),
    ],
)
def test_a_heading_is_a_name_without_its_ornaments(heading, name):
    assert name_in(heading, TITLES) == name


@pytest.mark.parametrize(
    ("release", "leaves"),
    [
        ({}, None),
        ({"weights": "public"}, True),
        ({"weights": "private"}, True),
        ({"service": True}, True),
        ({"product": True, "weights": "none"}, True),
        ({"weights": "none"}, None),
        ({"weights": "none", "service": False}, None),
        ({"weights": "none", "service": False, "product": False}, False),
        ({"service": False, "product": False}, None),
    ],
)
def test_a_subject_stays_inside_only_when_everything_says_so(tmp_path, knowledge, release, leaves):
    (tmp_path / "licensecheck.yaml").write_text(yaml.safe_dump({"version": 1, "release": release}), encoding="utf-8")
    assert leaves_house(manifest_of(str(tmp_path), knowledge)) is leaves


def report(write, files, manifest=None):
    written = {**files, "licensecheck.yaml": yaml.safe_dump({"version": 1, **(manifest or {})})}
    return examine(str(write(written)), recognise=recognise_stand_in)


@pytest.mark.parametrize(
    ("manifest", "card", "name"),
    [
        ({"model": {"name": "Acme-Chat"}}, "# Beacon-8B\n", "Acme-Chat"),
        ({}, "# Beacon-8B\n", "Beacon-8B"),
        ({}, "# Contents\n\n# Beacon-8B\n", "Beacon-8B"),
        ({}, "# Introduction\n", "folder"),
        ({}, "words\n", "folder"),
        ({"model": {"name": "acme/Beacon-8B"}}, "# Other\n", "acme/Beacon-8B"),
    ],
)
def test_the_public_name_is_the_manifests_else_the_titles_else_the_folders(write, manifest, card, name):
    assert report(write, {"README.md": card}, manifest)["subject"]["name"] == name


@pytest.mark.parametrize(
    ("manifest", "front", "declared"),
    [
        ({"model": {"license": "llama3.1"}}, "license: mit", "llama3.1"),
        ({}, "license: MIT", "mit"),
        ({}, "licence: mit", "mit"),
        ({}, "license: [mit]", "mit"),
        ({}, "license: other\nlicense_name: qwen", "qwen"),
        ({}, "license: other\nlicense_name: acme-house", "acme-house"),
        ({}, "license: Other\nlicense_name: LicenseRef-qwen", "qwen"),
        ({}, "license: mit\nlicense_name: qwen", "mit"),  # a name counts only beside `other`
        ({}, "license: unknown", "unknown"),
        ({}, "language: en", None),
    ],
)
def test_the_declared_licence_is_the_manifests_else_the_cards(write, manifest, front, declared):
    assert report(write, {"README.md": f"---\n{front}\n---\n# Foo\n"}, manifest)["licenses"]["declared"] == declared


def test_declared_observed_inherited_and_concluded_are_told_apart(write):
    card = "---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B-Instruct\ndatasets: [tatsu-lab/alpaca]\n---\n# Foo\n"
    licenses = report(write, {"README.md": card, "LICENSE": "licence text for tests: apache-2.0\n"})["licenses"]
    assert licenses.pop("releasable")["expression"] == "LicenseRef-llama3.1"
    assert licenses == {
        "declared": "mit",
        "observed": ["apache-2.0"],
        "inherited": ["llama3.1"],
        "concluded": {"weights": "llama3.1", "data": "cc-by-nc-4.0"},
    }
