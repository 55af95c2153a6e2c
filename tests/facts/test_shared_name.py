"""A name that several licences share: which of them a declaration means, and that the table says what the registry says."""

from __future__ import annotations

import datetime
from collections import defaultdict

import pytest
import yaml

from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in
from tests.conftest import REPO
from tests.releases import text_of

KIMI, MINIMAX = "moonshotai/Kimi-K2-Instruct", "MiniMaxAI/MiniMax-M2"


@pytest.fixture
def declared(tmp_path):
    """What the card is taken to declare, and the findings on that."""

    def run(name, base, text=None):
        card = {"license": "other", "license_name": name, "base_model": base}
        (tmp_path / "README.md").write_text(f"---\n{yaml.safe_dump(card)}---\n# Beacon\n\nFine-tuned.\n", encoding="utf-8")
        if text:
            (tmp_path / "LICENSE").write_text(text_of(text), encoding="utf-8")
        report = examine(str(tmp_path), as_="public", recognise=recognise_stand_in, today=datetime.date(2026, 3, 1), everything=True)
        found = {f["rule"].split(".", 1)[1]: f["kind"] for f in report["findings"] if f["topic"] == "declared-license"}
        return report["licenses"]["declared"], found

    return run


@pytest.mark.parametrize(
    "name, base, meant, text",
    [
        ("modified-mit", KIMI, "kimi-k2", "kimi-k2-licence"),
        ("Modified MIT License", MINIMAX, "minimax-m2", "minimax-m2-licence"),
        ("tencent-hunyuan-community", "tencent/Hunyuan-7B-Instruct", "tencent-hunyuan-7b", "tencent-hunyuan-7b-licence"),
        ("falcon-llm-license", "tiiuae/Falcon3-7B-Instruct", "falcon-3", "falcon-3-licence"),
    ],
)
def test_the_base_or_the_text_says_which_licence_is_meant(declared, name, base, meant, text):
    assert declared(name, base) == (meant, {"declared-fits": "pass"})
    assert declared(name, base, text) == (meant, {"declared-fits": "pass"})


def test_the_text_says_it_where_the_base_is_unknown(declared):
    assert declared("modified-mit", "nobody/mystery", "kimi-k2-licence")[0] == "kimi-k2"


def test_nothing_is_meant_where_the_base_and_the_text_disagree(declared):
    name, found = declared("modified-mit", KIMI, "minimax-m2-licence")
    assert (name, found["declares-other"]) == ("modified-mit", "review")


def test_a_text_and_a_base_of_other_licences_settle_nothing(declared):
    assert declared("modified-mit", "meta-llama/Llama-3.1-8B")[1] == {"declares-more": "review", "own-name": "informational"}


def test_of_two_bases_that_share_the_name_the_text_at_hand_decides(declared):
    assert declared("modified-mit", [KIMI, MINIMAX])[0] == "modified-mit"
    assert declared("modified-mit", [KIMI, MINIMAX], "kimi-k2-licence")[0] == "kimi-k2"


def test_a_name_of_one_licence_is_left_alone(declared, knowledge):
    assert knowledge.several("falcon-180b-license") == ()
    assert declared("falcon-180b-license", "tiiuae/Falcon3-7B-Instruct")[0] == "falcon-180b"


def test_every_licence_that_shares_a_name_has_rules(knowledge):
    shared = knowledge.table("identifiers")["shared"]
    assert {own for licenses in shared.values() for own in licenses} <= set(knowledge.license_ids())


def test_the_registry_has_no_shared_name_that_the_table_leaves_out(knowledge):
    """A tag that rows of several licences bear."""
    rows = yaml.load((REPO / "rules/registry/models.yaml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))[
        "models"
    ]
    borne = defaultdict(set)
    for row in rows:
        if row.get("text") and knowledge.license_of_text(row["text"]):
            borne[row["license"]].add(knowledge.license_of_text(row["text"]))
    left = {name: sorted(found - {*knowledge.several(name)}) for name, found in borne.items() if len(found) > 1}
    assert {name: found for name, found in left.items() if found} == {}
