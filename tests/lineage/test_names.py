from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.knowledge import load
from licensecheck.lineage.names import family_of, named_in


@pytest.fixture(scope="module")
def knowledge():
    return load()


def family(knowledge, name):
    found = family_of(name, knowledge.table("families")["families"])
    return found["license"] if found else None


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("meta-llama/Llama-3.1-8B-Instruct", "llama3.1"),
        ("acme/Llama3.1-poet", "llama3.1"),
        ("acme/llama_3_1_poet", "llama3.1"),
        ("acme/Llama 3.1 poet", "llama3.1"),
        ("acme/Meta-Llama-3-8B-GGUF", "llama3"),
        ("Llama-3-8B", "llama3"),
        ("acme/poet-llama3", "llama3"),
        ("Llama-3.2-11B-Vision", "llama3.2"),
        ("Llama-3.3-70B", "llama3.3"),
        ("Llama-4-Scout", "llama4"),
        ("Llama-2-7b-chat", "llama2"),
        ("acme/CodeLlama-7b", "llama2"),
        ("Qwen2.5-72B-Instruct", "qwen"),
        ("Qwen2.5-3B", "qwen-research"),
        ("Qwen2.5-7B", "apache-2.0"),
        ("Qwen2.5-32B", "apache-2.0"),
        ("Qwen-7B-Chat", "tongyi-qianwen"),
        ("Qwen1.5-14B", "tongyi-qianwen"),
        ("Qwen-1_8B", "tongyi-qianwen-research"),
        ("Qwen3-8B", "apache-2.0"),
    ],
)
def test_generation_and_size_decide_not_the_family_alone(knowledge, name, license_id):
    assert family(knowledge, name) == license_id


@pytest.mark.parametrize(
    "name",
    [
        "open_llama_3b",  # three billion parameters
        "openlm-research/open_llama_3b_v2",
        "OpenLLaMA-3B",
        "llama-30b",
        "llama-2b",
        "Ollama-3",
        "ollama/ollama",
        "llama.cpp",
        "Llamacare-3",
        "llama-33b",
        "TinyLlama-1.1B",
        "alpaca-3",
        "qwen-2",
        "",
        "3",
    ],
)
def test_names_that_only_look_like_it_suggest_nothing(knowledge, name):
    assert family(knowledge, name) is None


@given(st.text(max_size=60))
def test_no_name_makes_the_search_fail(name):
    family_of(name, [{"words": ["foo-3", "8b"], "license": "foo3"}, {"words": ["foo"], "license": "foo"}])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Llama 3.1 8B", ("Llama 3.1 8B", "meta-llama/Llama-3.1-8B")),
        (" meta-llama/Llama-3.1-8B-Instruct.", ("Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct")),
        (" the model Qwen2.5-7B, and more", ("Qwen2.5-7B", "Qwen/Qwen2.5-7B")),
        ("Qwen2.5-7B微调", ("Qwen2.5-7B", "Qwen/Qwen2.5-7B")),
        (" acme-llama-3-poet", ("acme-llama-3-poet", "acme-llama-3-poet")),  # no publisher has it: the words stand for themselves
    ],
)
def test_prose_names_a_model_at_its_beginning(knowledge, text, expected):
    assert named_in(text, knowledge) == expected


@pytest.mark.parametrize(
    "text", ["", " our own data and nothing else", " a long way of putting things before Llama 3.1 8B", "昇腾硬件平台训练"]
)
def test_prose_that_names_none_at_its_beginning_names_none(knowledge, text):
    assert named_in(text, knowledge) is None


def test_a_name_that_matches_several_rows_is_the_first(small):
    families = small().table("families")["families"]
    assert family_of("foo-3-1b", families)["license"] == "foo-research"
    assert family_of("foo-3-8b", families)["license"] == "foo3"


def test_a_pattern_of_the_registry_gives_the_name_as_written(small):
    knowledge = small(models=[{"id": "foo/Foo-3-*"}])
    assert named_in("Foo-3-8B", knowledge) == ("Foo-3-8B", "foo/Foo-3-8B")
