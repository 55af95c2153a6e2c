"""Licences that tools wrote: headers beside the card, templates beside the lineage."""

from __future__ import annotations

import pytest

from tests.harvest.test_generators import UPLOADED
from tests.sources.test_gguf import gguf, pair, string

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"


def labelled(license_):
    return {"m.gguf": gguf(pair("general.license", 8, string(license_)))}


def said(report):
    found = [item for item in report["findings"] if item["topic"] == "declared-license"]
    return {item["rule"].partition(".")[2]: item["kind"] for item in found if "label" in item["rule"] or "template" in item["rule"]}


@pytest.mark.parametrize(
    ("card", "label", "expected"),
    [
        ({"license": "mit"}, "mit", {}),
        ({"license": "mit"}, "MIT", {}),
        ({"license": "mit"}, "llama3.1", {"label-differs": "review"}),
        ({"license": "mit"}, "other", {}),
        ({"license": "mit"}, "what nobody knows", {}),
        ({"language": "en"}, "llama3.1", {"label-alone": "informational"}),
        ({"license": "mit", "base_model": LLAMA}, "llama3.1", {}),  # the base's, and that is judged by itself
        ({"license": ["mit", "apache-2.0"]}, "apache-2.0", {}),
    ],
)
def test_a_header_is_held_against_the_card(examined, card, label, expected):
    assert said(examined(card, files=labelled(label))) == expected


def test_a_subject_that_stays_inside_may_be_labelled_as_it_likes(examined):
    assert said(examined({"license": "mit"}, files=labelled("llama3.1"), as_="internal")) == {}


@pytest.mark.parametrize(("base", "expected"), [(LLAMA, {"template-license": "informational"}), ("Qwen/Qwen2.5-7B", {})])
def test_a_tag_from_a_template_is_named_as_such_where_the_base_carries_another(examined, base, expected):
    card = UPLOADED.replace("license: apache-2.0", f"license: apache-2.0\nbase_model: {base}")
    assert said(examined(files={"README.md": card})) == expected
