"""What recipes of trainers say a model starts from; recipes of our own making in the forms of the tools."""

from __future__ import annotations

import pytest


def found(harvest):
    return [(item.relation, item.type, item.id) for item in harvest.found]


MODEL = [(None, "model", "acme/base-7b")]
BOTH = [*MODEL, ("data", "dataset", "acme/talk")]


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("base_model: acme/base-7b\nadapter: lora\n", MODEL),  # axolotl
        ("base_model: acme/base-7b\ndatasets:\n- {path: acme/talk, type: alpaca}\n- path: ./own.jsonl\n", BOTH),
        ("model_name_or_path: acme/base-7b\ndataset: acme/talk,identity\nstage: sft\n", BOTH),  # LLaMA-Factory
        ("model_name_or_path: acme/base-7b\ndataset_mixer:\n  acme/talk: 1.0\n", BOTH),  # alignment recipes
        ("model_name_or_path: acme/base-7b\ndataset_name: acme/talk\n", BOTH),  # TRL
        ("model: acme/base-7b\ndata: data/train\niters: 200\nlora_parameters: {rank: 8}\n", MODEL),  # MLX
        ("model:\n  model_name_or_path: acme/base-7b\n", MODEL),
        ("model: acme/base-7b\nreplicas: 2\n", []),  # a deployment says nothing of training
        ("model_name: acme/base-7b\n", []),
        ("base_model: ./checkpoints/last\n", []),
        ("base_model: models/base-7b\n", []),  # a folder of the house
        ("base_model: /data/base\n", []),
        ("base_model: [acme/base-7b]\n", []),
        ("- base_model: acme/base-7b\n", []),
        ("base_model: acme/base-7b\n  broken: [\n", []),
        ("title: base_model\n", []),
    ],
)
def test_what_a_recipe_starts_from(harvested, recipe, expected):
    harvest = harvested({"train.yaml": recipe})
    assert found(harvest) == expected
    assert harvest.flaws == ()


def test_the_line_is_that_of_the_name(harvested):
    (item,) = harvested({"configs/sft.yml": "# a recipe\nlearning_rate: 1e-5\nbase_model: acme/base-7b\n"}).found
    assert (item.evidence["source"], item.evidence["line"], item.evidence["key"]) == ("configs/sft.yml", 3, "recipe.base_model")
    assert item.evidence["how"] == "tool-written"


@pytest.mark.parametrize("folder", ["examples", "tests/data", "docs/recipes", ".github", "vendor/tool"])
def test_recipes_that_only_show_something_are_left_alone(harvested, folder):
    assert found(harvested({f"{folder}/sft.yaml": "base_model: acme/base-7b\n"})) == []


CARD = """# Tiny

Trained with a tool.

```yaml
base_model: acme/base-7b
datasets:
  - path: acme/talk
```
"""


def test_the_recipe_that_a_trainer_prints_into_its_card_counts(harvested):
    harvest = harvested({"README.md": CARD})
    assert found(harvest) == [(None, "model", "acme/base-7b"), ("data", "dataset", "acme/talk")]
    assert [item.evidence["line"] for item in harvest.found] == [6, 8]


def test_the_merge_recipe_in_a_card_names_every_model(harvested):
    card = "# Blend\n\n```yaml\nmodels:\n  - model: acme/a\n  - model: acme/b\nmerge_method: slerp\nbase_model: acme/a\n```\n"
    assert found(harvested({"README.md": card})) == [("merge", "model", "acme/a"), ("merge", "model", "acme/b")]


def test_front_matter_shown_as_an_example_is_no_recipe(harvested):
    assert found(harvested({"README.md": "# Tool\n\n```python\nbase_model: acme/base-7b\n```\n"})) == []


def test_recipes_for_many_models_are_a_collection(harvested):
    harvest = harvested({f"recipes/{n}.yaml": f"base_model: acme/base-{n}\n" for n in range(5)})
    assert found(harvest) == []
    assert "training recipes for 5 models" in harvest.incomplete[0]


def named(harvest):
    return {(item.relation, item.type, item.id) for item in harvest.found}


@pytest.mark.parametrize("key", ["teacher_model", "ref_model", "reward_model", "reward_model_name_or_path", "teacher_model_name_or_path"])
def test_what_only_answers_or_scores_is_no_base(harvested, key):
    recipe = f"model_name_or_path: acme/base-7b\n{key}: acme/judge-70b\n"
    assert found(harvested({"train.yaml": recipe})) == [*MODEL, ("outputs", "model", "acme/judge-70b")]


def test_the_base_as_its_own_reference_is_named_once(harvested):
    assert found(harvested({"dpo.yaml": "model_name_or_path: acme/base-7b\nref_model: acme/base-7b\n"})) == MODEL


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("training_args.json", {"model_name_or_path": "acme/base-7b", "dataset_name": "acme/talk"}, BOTH),
        ("args.json", {"model": "acme/base-7b", "dataset": ["acme/talk#500"], "learning_rate": 1e-5}, BOTH),
        ("args.json", {"model": "acme/base-7b", "prompt": "x"}, []),  # of a command that trains nothing
        ("trainer_state.json", {"best_model_checkpoint": "out/checkpoint-5", "log_history": []}, []),
        ("training_args.json", {"base_model": 7}, []),
        ("training_args.json", "[" * 100_000, []),
        ("options.json", {"model_name_or_path": "acme/base-7b"}, []),
    ],
)
def test_what_trainers_leave_beside_the_weights(harvested, name, written, expected):
    assert found(harvested({name: written})) == expected


def test_a_pickle_is_never_opened_and_named_as_not_read(harvested):
    harvest = harvested({"training_args.bin": b"cos\nsystem\n(S'touch never'\ntR."})
    assert harvest.incomplete == ("training_args.bin: not read: it is a pickle, and opening one runs what is in it",)
    assert harvest.inputs == ()


COMPONENTS = """
model:
  _component_: torchtune.models.{builder}
tokenizer:
  path: {tokenizer}
checkpointer:
  checkpoint_dir: {folder}
dataset:
  _component_: torchtune.datasets.instruct_dataset
  source: acme/talk
"""


def test_components_name_a_cached_repository_and_the_data(harvested):
    cached = "/hub/models--acme--base-7b/snapshots/1"
    recipe = COMPONENTS.format(builder="tiny.tiny_7b", tokenizer=f"{cached}/tokenizer.model", folder=cached)
    assert named(harvested({"tune.yaml": recipe})) >= {*BOTH, ("tokenizer", "model", "acme/base-7b")}


def test_names_of_data_stand_for_what_the_list_beside_them_says(harvested):
    listed = {"talk_en": {"hf_hub_url": "acme/talk"}, "own": {"file_name": "own.json"}}
    recipe = "model_name_or_path: acme/base-7b\ndataset: talk_en,own\n"
    assert found(harvested({"sft.yaml": recipe, "data/dataset_info.json": listed})) == BOTH


def test_a_recipe_that_is_too_long_is_named_and_other_long_files_are_not(harvested):
    files = {"sft.yaml": "base_model: acme/base-7b\n" + "# x\n" * 30_000, "table.yaml": "- x\n" * 30_000}
    assert harvested(files).incomplete == ("sft.yaml: not read: a training recipe has at most 100,000 bytes",)
