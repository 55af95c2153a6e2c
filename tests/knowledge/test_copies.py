"""Ids that no row has: copies under another organisation, and families."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.knowledge import load
from licensecheck.knowledge.copies import candidates, index_of

WORDS = {"after": ["gguf", "*bit", "q4", "k", "m"], "before": ["meta"]}
ROWS = [
    {"id": "acme/Engine-7B", "license": "acme-open"},
    {"id": "acme/Engine-7B-Chat", "license": "acme-chat"},
    {"id": "acme/Engine-9B*", "license": "acme-nine"},
    {"id": "acme/Meta-Motor-2B", "license": "acme-motor"},
    {"id": "mirror/Engine-7B", "license": "wrong", "mirror": True},
    {"id": "copies/*", "license": "inherits"},
    {"id": "acme/Car", "license": "acme-car"},
    {"id": "acme/7B", "license": "acme-size"},
]


@pytest.fixture(scope="module")
def knowledge():
    return load()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("other/engine_7b", ["acme/Engine-7B"]),
        ("other/Engine-7B-GGUF", ["acme/Engine-7B"]),
        ("other/Engine-7B-Q4_K_M-GGUF", ["acme/Engine-7B"]),
        ("other/Engine-7B-Chat-4bit", ["acme/Engine-7B-Chat"]),  # the longer name is tried first
        ("other/acme_Engine-7B-GGUF", ["acme/Engine-7B"]),  # the publisher before the name
        ("other/Engine-9B-poet", ["acme/Engine-9B*"]),
        ("other/Motor-2B", ["acme/Meta-Motor-2B"]),
        ("Engine-7B@main", ["acme/Engine-7B"]),
        ("other/Engine-7B-poet", []),  # an offspring under a name of its own is for the families
        ("other/car", []),  # an ordinary word names no model
        ("other/7b", []),
        ("other/gguf", []),
        ("", []),
    ],
)
def test_a_copy_is_known_by_what_is_left_of_its_name(name, found):
    assert candidates(name, index_of(ROWS, WORDS), WORDS) == found


@given(st.text(max_size=80))
def test_no_name_makes_the_search_fail(name):
    candidates(name, index_of(ROWS, WORDS), WORDS)


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("TheBloke/Llama-2-7B-Chat-GGUF", "llama2"),
        ("bartowski/mistralai_Mistral-Small-3.1-24B-Instruct-2503-GGUF", "apache-2.0"),
        ("unsloth/llama-3-8b-Instruct-bnb-4bit", "llama3"),
        ("unsloth/Qwen2.5-Coder-3B-Instruct-GGUF", "qwen-research"),
        ("mlx-community/Qwen2.5-72B-Instruct-4bit", "qwen"),
        ("RedHatAI/Llama-3.3-70B-Instruct-quantized.w8a8", "llama3.3"),
        ("meta-llama/Llama-Guard-3-8B-INT8", "llama3.1"),
        ("turboderp/Mistral-Large-Instruct-2411-exl2", "mistral-mrl"),
        ("zai-org/chatglm3-6b", "chatglm3-6b"),
        ("bartowski/google_gemma-3-27b-it-GGUF", "gemma"),
        ("acme/My-Llama-3-Poet", "llama3"),
        ("acme/starcoder-poet", "bigcode-openrail-m"),
    ],
)
def test_an_id_that_nobody_lists_is_guessed_and_never_verified(knowledge, name, license_id):
    row = knowledge.model(name, None)
    assert row is None or row["license"] == "inherits"
    guess = knowledge.guess(name, None)
    assert knowledge.resolve(guess["license"]) == license_id
    assert guess["verified"] is False


@pytest.mark.parametrize("name", ["acme/poet", "acme/72B", "x/y", "", "/", "acme/Tofoo-3"])
def test_what_suggests_nothing_is_not_guessed(knowledge, name):
    assert knowledge.guess(name, None) is None


def test_every_guess_is_of_a_licence_that_has_a_name(knowledge):
    for family in knowledge._read("copies.json")["guesses"]:
        assert knowledge.brief(family["license"]), family


def test_what_lies_behind_a_copy_is_followed(examined_folder):
    report = examined_folder("bartowski/DeepSeek-R1-Distill-Llama-8B-GGUF")
    nodes = {node["id"]: node for node in report["lineage"]["nodes"]}
    assert nodes["bartowski/DeepSeek-R1-Distill-Llama-8B-GGUF"]["license"] == "mit"
    assert nodes["meta-llama/Llama-3.1-8B"]["license"] == "llama3.1"
    assert not nodes["bartowski/DeepSeek-R1-Distill-Llama-8B-GGUF"]["verified"]
    assert not [finding for finding in report["findings"] if finding["kind"] == "fail" and finding["license"]]


@pytest.fixture
def examined_folder(write):
    from licensecheck.pipeline import examine

    return lambda base: examine(str(write({"README.md": f"---\nlicense: mit\nbase_model: {base}\n---\n# Beacon-8B\n"})), as_="public")
