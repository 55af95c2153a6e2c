"""Lineages on a Hub of our own, followed to their roots."""

from __future__ import annotations

import pytest

from licensecheck.hub.ancestry import MAX_DEPTH, MAX_NODES, Ancestry, trace
from licensecheck.hub.client import Hub

QUICK = (0.01,)


def traced(*names, kind="model") -> Ancestry:
    return trace(Hub(waits=QUICK), [(kind, name) for name in names])


def chain(hub, length, **card):
    for n in range(length):
        hub.add(f"acme/m{n}", {"license": "mit", **card, **({"base_model": f"acme/m{n + 1}"} if n + 1 < length else {})})


def test_a_chain_is_followed_to_its_root_one_request_each(hub):
    chain(hub, 10)
    found = traced("acme/m0")
    assert {name for _, name in found.rows} == {f"acme/m{n}" for n in range(10)}
    assert len(hub.asked) == 10


def test_five_hundred_models_in_ten_levels_cost_a_request_each(hub):
    for level in range(10):
        for n in range(50):
            below = [f"acme/m{level + 1}-{(n * k) % 50}" for k in (1, 7, 13)] if level < 9 else []
            hub.add(f"acme/m{level}-{n}", {"license": "mit", "base_model": below})
    found = traced(*(f"acme/m0-{n}" for n in range(50)))
    assert len(found.rows) == len(hub.asked) == len(set(hub.asked))
    assert len(found.rows) > 300
    assert found.notes == found.absent == ()


def test_models_that_name_one_another_end(hub):
    hub.add("acme/a", {"base_model": "acme/b"})
    hub.add("acme/b", {"base_model": "acme/a"})
    hub.add("acme/self", {"base_model": "acme/self"})
    assert len(traced("acme/a", "acme/self").rows) == len(hub.asked) == 3


def test_a_lineage_without_end_is_cut_and_says_so(hub):
    chain(hub, MAX_DEPTH + 10)
    found = traced("acme/m0")
    assert len(found.rows) == MAX_DEPTH
    assert "there is more" in found.notes[0]


def test_a_card_with_a_multitude_of_bases_is_bounded(hub):
    hub.add("acme/all", {"base_model": [f"acme/m{n}" for n in range(5_000)]})
    assert len(traced("acme/all").rows) == 1
    assert len(hub.asked) <= MAX_NODES


def test_the_data_of_an_ancestor_is_followed_too(hub):
    hub.add("acme/a", {"base_model": "acme/b"})
    hub.add("acme/b", {"datasets": ["acme/corpus"]})
    hub.add("datasets/acme/corpus", {"license": ["cc-by-nc-4.0"]})
    found = traced("acme/a")
    assert (found.dataset("ACME/corpus") or {})["license"] == "cc-by-nc-4.0"


def test_what_is_missing_is_told_and_the_rest_is_there(hub):
    hub.add("acme/a", {"base_model": ["acme/b", "acme/gone"]})
    hub.add("acme/b", {"license": "mit"})
    found = traced("acme/a")
    assert found.model("acme/b") is not None
    assert [absent.reason for absent in found.absent] == ["missing"]


def test_a_hub_that_goes_away_midway_leaves_what_was_known(hub):
    chain(hub, 10)
    hub.dies_after = 4
    found = traced("acme/m0")
    assert len(found.rows) == 4
    assert [absent.reason for absent in found.absent] == ["unreachable"]


@pytest.mark.parametrize(
    ("card", "files", "bases", "expected"),
    [
        ({"base_model": "acme/b", "base_model_relation": "merge"}, {}, [{"id": "acme/b", "relation": "adapter"}], ("merge", "stated")),
        ({"base_model": "acme/b"}, {}, [{"id": "acme/b", "relation": "adapter"}], ("adapter", "hub")),
        ({}, {}, [{"id": "acme/b", "relation": "quantized"}], ("quantized", "hub")),
        ({"base_model": "acme/b"}, {"adapter_config.json": "{}"}, [], ("adapter", "guess")),
        ({"base_model": "acme/b"}, {"m.gguf": "x"}, [], ("quantized", "guess")),
        ({"base_model": "acme/b", "tags": ["mergekit"]}, {}, [], ("merge", "guess")),
        ({"base_model": "acme/b"}, {}, [], ("finetune", "guess")),
        ({"base_model": "acme/b", "base_model_relation": "cousin"}, {}, [], ("finetune", "guess")),
    ],
)
def test_a_relation_is_the_card_s_then_the_hub_s_then_a_guess_that_says_so(hub, card, files, bases, expected):
    hub.add("acme/a", card, files, bases=bases)
    ((base,),) = [row["bases"] for name, row in traced("acme/a").rows.items() if name == ("model", "acme/a")]
    assert (base["id"], base["relation"], base["how"]) == ("acme/b", *expected)


@pytest.mark.parametrize(
    ("card", "license_"),
    [
        ({"license": "mit"}, "mit"),
        ({"license": "other", "license_name": "qwen"}, "qwen"),
        ({"license": "other"}, "other"),
        ({"license": ["mit", "apache-2.0"]}, "mit"),
        ({"license": {"a": 1}}, None),
        ({}, None),
    ],
)
def test_the_licence_of_a_row_is_the_one_its_card_names(hub, card, license_):
    hub.add("acme/a", {"language": "en", **card})
    assert (traced("acme/a").model("acme/a") or {})["license"] == license_


def test_hostile_names_are_not_asked_for(hub):
    hub.add("acme/a", {"base_model": ["../../etc/passwd", "http://evil.example/x/y", "a" * 5000, 7, "/data/ckpt", "acme/b?x=1"]})
    traced("acme/a")
    assert len(hub.asked) == 1
