from __future__ import annotations

import json
from itertools import pairwise

import pytest


def found(harvest):
    return [(item.relation, item.type, item.id) for item in harvest.found]


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("config.json", {"_name_or_path": "acme/base"}, [(None, "model", "acme/base")]),
        ("config.json", {"_name_or_path": " acme/base "}, [(None, "model", "acme/base")]),
        ("config.json", {"_name_or_path": ""}, []),
        ("config.json", {"_name_or_path": "./"}, []),
        ("config.json", {"_name_or_path": ["acme/base"]}, []),
        ("config.json", {"model_type": "foo"}, []),
        ("config.json", {"quantization_config": {"bits": 4}}, [("quantized", "mark", "quantization_config")]),
        ("config.json", {"quantization_config": None}, []),
        ("adapter_config.json", {"base_model_name_or_path": "acme/base"}, [("adapter", "model", "acme/base")]),
        ("adapter_config.json", {"peft_type": "LORA", "base_model_name_or_path": None}, [("adapter", "mark", "adapter_config")]),
        ("tokenizer_config.json", {"name_or_path": "acme/base"}, [("tokenizer", "model", "acme/base")]),
        ("tokenizer_config.json", {"_name_or_path": "acme/base"}, []),
        ("nested/config.json", {"_name_or_path": "acme/base"}, []),  # of another model
    ],
)
def test_what_the_configs_name(harvested, file, content, expected):
    harvest = harvested({file: content})
    assert found(harvest) == expected
    assert harvest.flaws == ()


def test_the_line_of_a_config_is_that_of_its_key(harvested):
    (item,) = harvested({"config.json": '{\n  "model_type": "foo",\n  "_name_or_path": "acme/base"\n}\n'}).found
    assert (item.evidence["source"], item.evidence["line"], item.evidence["how"]) == ("config.json", 3, "tool-written")
    assert item.evidence["snippet"] == '  "_name_or_path": "acme/base"'


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("models:\n- model: acme/a\n- model: acme/b\n", ["acme/a", "acme/b"]),
        ("base_model: acme/a\nmodels:\n- model: acme/a\n- model: acme/b\n", ["acme/a", "acme/b"]),
        ("slices:\n- sources:\n  - {model: acme/a, layer_range: [0, 8]}\n  - {model: acme/b, layer_range: [0, 8]}\n", ["acme/a", "acme/b"]),
        (
            "base_model: acme/a\nexperts:\n- source_model: acme/b\n  positive_prompts: [rhyme]\n- source_model: acme/c\n",
            ["acme/a", "acme/b", "acme/c"],
        ),
        ("models:\n- model: acme/a+acme/lora\n", ["acme/a", "acme/lora"]),
        ("models:\n- model: acme/a@main\n- model: acme/b@1234+acme/lora@5678\n", ["acme/a", "acme/b", "acme/lora"]),
        ("models:\n- model: ./local/thing\n", ["./local/thing"]),
        ("merge_method: slerp\n", []),
        ("- model: acme/a\n", []),  # a list is no recipe
        ("", []),
    ],
)
@pytest.mark.parametrize("file", ["mergekit_config.yml", "mergekit_config.yaml"])
def test_the_models_of_a_merge_recipe(harvested, file, recipe, expected):
    assert found(harvested({file: recipe})) == [("merge", "model", name) for name in expected]


def test_a_recipe_may_spell_a_model_as_a_mapping(harvested):
    recipe = "models:\n- model:\n    model: {path: acme/a, revision: null}\n    lora: {path: acme/lora, revision: null}\n"
    assert [name for _, _, name in found(harvested({"mergekit_config.yml": recipe}))] == ["acme/a", "acme/lora"]


def test_the_line_of_a_recipe_is_that_of_the_model(harvested):
    harvest = harvested({"mergekit_config.yml": "models:\n- model: acme/base-instruct\n- model: acme/base\n"})
    assert [item.evidence["line"] for item in harvest.found] == [2, 3]


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        ("config.json", '{"a": 1,\n', 2),
        ("config.json", '{"a": 1}\n\n}', 3),
        ("adapter_config.json", "peft", 1),
        ("tokenizer_config.json", "<html>", 1),
        ("config.json", "[" * 100_000, None),
        ("config.json", '{"n": ' + "9" * 10_000 + "}", None),
        ("mergekit_config.yml", "models: [", 1),
        ("mergekit_config.yml", "a: 1\n b: 2\n", 2),
        ("mergekit_config.yml", "[" * 1_000, 1),
    ],
)
def test_a_broken_file_becomes_a_flaw_with_its_line(harvested, file, content, line):
    harvest = harvested({file: content, "README.md": "---\nbase_model: acme/base\n---\n"})
    assert [(flaw[0], flaw[1]) for flaw in harvest.flaws] == [(file, line)]
    assert harvest.found == ()
    assert harvest.card.meta == {"base_model": "acme/base"}  # the rest is read


def test_an_empty_config_is_no_flaw(harvested):
    assert harvested({"config.json": " \n", "mergekit_config.yml": ""}).flaws == ()


@pytest.mark.parametrize("content", ["[]", "null", "5", '"acme/base"'])
def test_a_config_that_is_no_mapping_names_nothing(harvested, content):
    harvest = harvested({"config.json": content, "adapter_config.json": content})
    assert (harvest.found, harvest.flaws) == ((), ())


def test_a_recipe_that_multiplies_without_end_stops(harvested):
    bomb = "a: &a [{model: acme/x}, {model: acme/y}]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in pairwise("abcdefghi")
    )
    assert len(harvested({"mergekit_config.yml": bomb}).found) <= 2


def test_a_recipe_of_thousands_is_cut(harvested):
    recipe = "models:\n" + "".join(f"- model: acme/m{n}\n" for n in range(3_000))
    assert len(harvested({"mergekit_config.yml": recipe}).found) <= 202


def test_deep_nesting_in_json_that_python_reads_is_no_crash(harvested):
    deep = json.dumps({"_name_or_path": "acme/base", "x": json.loads("[" * 50 + "]" * 50)})
    assert found(harvested({"config.json": deep})) == [(None, "model", "acme/base")]
