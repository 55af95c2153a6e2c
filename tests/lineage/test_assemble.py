from __future__ import annotations

import datetime

import pytest

from licensecheck.lineage import Assembler, Entry


def assembled(knowledge, *entries, on="2025-06-01", declared=None, texts=frozenset()):
    return Assembler(knowledge, on, declared, frozenset(texts)).components(entries)


def entry(name="acme/near", relation="finetune", kind="model", how="declared", source="README.md", **attributes):
    return Entry(name, kind, relation, [{"source": source, "line": 1, "key": "base_model", "value": name, "how": how}], attributes)


def row(name, license_id="near-1", **more):
    return {"id": name, "license": license_id, "verified": True, **more}


def shown(components):
    return [(component.id, component.relation, component.license) for component in components]


# --- what lies behind


def test_the_base_of_another_publisher_travels_on(small):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    _, far = assembled(knowledge, entry())
    assert (far.id, far.license, far.path) == ("far/base", "far-1", (("finetune", "acme/near"), ("finetune", "far/base")))
    assert far.evidence[0]["source"] == "registry"


def test_a_publishers_own_later_licence_counts_alone(small):
    knowledge = small([row("acme/near", base="acme/older"), row("acme/older", "older-1")])
    assert shown(assembled(knowledge, entry())) == [("acme/near", "finetune", "near-1")]


def test_what_a_row_inherits_travels_even_within_one_publisher(small):
    knowledge = small([row("acme/near", base="acme/older", inherits=["older-1"]), row("acme/older", "older-1")])
    assert shown(assembled(knowledge, entry())) == [("acme/near", "finetune", "near-1"), ("acme/older", "finetune", "older-1")]


def test_what_lies_behind_a_publishers_own_base_is_followed(small):
    knowledge = small([row("acme/near", base="acme/older"), row("acme/older", "older-1", base="far/base"), row("far/base", "far-1")])
    assert shown(assembled(knowledge, entry())) == [("acme/near", "finetune", "near-1"), ("far/base", "finetune", "far-1")]


def test_the_same_licence_farther_away_is_no_news(small):
    knowledge = small([row("acme/near", "far-1", base="far/base"), row("far/base", "far-1")])
    assert shown(assembled(knowledge, entry())) == [("acme/near", "finetune", "far-1")]


def test_a_base_that_nobody_knows_is_left_out(small):
    knowledge = small([row("acme/near", base="far/base")])
    assert shown(assembled(knowledge, entry())) == [("acme/near", "finetune", "near-1")]


def test_what_travels_is_named_by_the_row_that_inherits(small):
    knowledge = small([row("acme/near", base="far/base", inherits=["far-terms"])])
    assert shown(assembled(knowledge, entry()))[1] == ("far/base", "finetune", "far-terms")


@pytest.mark.parametrize("loop", ["acme/near", "ACME/Near"])
def test_rows_that_point_at_each_other_end(small, loop):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1", base=loop)])
    assert len(assembled(knowledge, entry())) == 2


def test_a_long_chain_ends_somewhere(small):
    knowledge = small([row("acme/near", base="p0/m"), *(row(f"p{n}/m", f"l{n}", base=f"p{n + 1}/m") for n in range(50))])
    assert len(assembled(knowledge, entry())) < 30


def test_a_base_that_is_only_general_knowledge_is_not_certain(small):
    knowledge = small([row("acme/near", base="far/base", unverified_fields=["base"]), row("far/base", "far-1")])
    near, far = assembled(knowledge, entry())
    assert (near.certain, far.certain, far.evidence[0]["how"]) == (True, False, "inferred")


def test_the_licence_of_a_farther_base_is_that_of_the_day(small):
    knowledge = small(
        [
            row("acme/near", base="far/base"),
            row("far/base", "old-1", until="2024-05-30"),
            row("far/base", "new-1", **{"from": "2024-05-30"}),
        ]
    )
    assert assembled(knowledge, entry(), on="2023-12-01")[1].license == "old-1"
    assert assembled(knowledge, entry(), on="2024-05-30")[1].license == "new-1"


@pytest.mark.parametrize(
    ("near", "composed"),
    [("finetune", "finetune"), ("quantized", "quantized"), ("adapter", "adapter"), ("serves", "serves"), ("outputs", "outputs")],
)
def test_the_relation_of_what_lies_behind_is_composed(small, near, composed):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    assert assembled(knowledge, entry(relation=near))[1].relation == composed


def test_a_tokenizer_ends_the_path(small):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    assert len(assembled(knowledge, entry(relation="tokenizer"))) == 1


# --- other people's acts


def test_terms_of_what_a_base_was_trained_on_are_somebody_elses(small):
    knowledge = small([row("acme/near", generated_with="far/teacher"), row("far/teacher", "far-1")])
    near, far = assembled(knowledge, entry())
    assert (near.personal, far.relation, far.personal) == (False, "outputs", True)


def test_a_dataset_that_somebody_generated_was_somebody_elses_act(small):
    knowledge = small([row("far/teacher", "far-1")], datasets=[row("acme/rhymes", "cc-1", generated_with=["far/teacher", "human"])])
    data, teacher = assembled(knowledge, entry("acme/rhymes", "data", "dataset"))
    assert (data.personal, teacher.relation, teacher.personal, teacher.path[-1]) == (False, "outputs", True, ("outputs", "far/teacher"))


def test_the_step_to_a_models_base_is_nobodys_act(small):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    assert not assembled(knowledge, entry(relation="outputs"))[1].personal


def test_beyond_somebody_elses_act_everything_is(small):
    knowledge = small(
        [row("acme/near", generated_with="far/teacher"), row("far/teacher", "far-1", base="deep/base"), row("deep/base", "deep-1")]
    )
    assert [component.personal for component in assembled(knowledge, entry())] == [False, True, True]


# --- the licence of what is near


def test_a_row_that_was_not_checked_is_borne_out_by_card_or_file(small):
    knowledge = small([{**row("acme/near"), "verified": False}])
    assert [
        assembled(knowledge, entry())[0].verified,
        assembled(knowledge, entry(), declared="near-1")[0].verified,
        assembled(knowledge, entry(), texts=["near-1"])[0].verified,
        assembled(knowledge, entry(), declared="other-1")[0].verified,
    ] == [False, True, True, False]


@pytest.mark.parametrize("stated", ["other", "unknown"])
def test_a_row_that_knows_no_licence_gives_none(small, stated):
    component = assembled(small([row("acme/near", stated)]), entry())[0]
    assert (component.license, component.license_source) == (None, "none")


def test_a_row_that_inherits_leaves_the_name_to_speak(small):
    component = assembled(small([row("copies/*", "inherits")]), entry("copies/Foo-3-8B"))[0]
    assert (component.license, component.license_source, component.verified) == ("foo3", "name", False)


def test_the_text_of_a_row_says_which_edition(small):
    editions = [{"text": "near-1-text-a", "from": "2024-01-01"}, {"text": "near-1-text-b", "from": "2024-06-01"}]
    knowledge = small([row("acme/near", text="near-1-text-a")], briefs={"near-1": {"editions": editions}})
    assert assembled(knowledge, entry())[0].edition == {"text": "near-1-text-a", "in_force_from": "2024-01-01"}


@pytest.mark.parametrize(
    ("on", "acquired", "text"),
    [
        ("2023-01-01", None, "a"),  # before any: the first there is
        ("2024-05-31", None, "a"),
        ("2024-06-01", None, "b"),
        ("2024-06-01", "2024-02-01", "a"),
        (None, None, "b"),
    ],
)
def test_the_edition_is_the_one_in_force(small, on, acquired, text):
    editions = [{"text": "a", "from": "2024-01-01"}, {"text": "b", "from": "2024-06-01"}]
    knowledge = small([row("acme/near")], briefs={"near-1": {"editions": editions}})
    found = assembled(knowledge, entry(**({"acquired": acquired} if acquired else {})), on=on)
    assert found[0].edition["text"] == text


# --- certainty


@pytest.mark.parametrize(
    ("how", "relation", "certain"),
    [
        ("declared", "finetune", True),
        ("prose", "finetune", True),
        ("tool-written", "finetune", False),
        ("tool-written", "adapter", True),
        ("tool-written", "merge", True),
        ("tool-written", "quantized", False),
        ("inferred", "adapter", False),
    ],
)
def test_who_says_it_decides_how_sure_it_is(small, how, relation, certain):
    assert assembled(small([row("acme/near")]), entry(how=how, relation=relation))[0].certain is certain


def test_the_publishers_licence_beside_the_files_bears_a_config_out(small):
    knowledge = small([row("acme/near")], briefs={"near-1": {"publisher_material": "Near"}})
    assert assembled(knowledge, entry(how="tool-written"), texts=["near-1"])[0].certain
    assert not assembled(knowledge, entry(how="tool-written"), texts=["far-1"])[0].certain
    assert not assembled(small([row("acme/near")]), entry(how="tool-written"), texts=["near-1"])[0].certain  # anybody's licence


# --- what is said twice


def test_one_component_per_id_and_relation(small):
    knowledge = small([row("acme/near")])
    assert len(assembled(knowledge, entry(), entry("ACME/near"), entry(relation="outputs"))) == 2


def test_what_is_near_is_not_repeated_as_something_behind(small):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    assert shown(assembled(knowledge, entry(), entry("far/base"))) == [
        ("acme/near", "finetune", "near-1"),
        ("far/base", "finetune", "far-1"),
    ]


def test_of_one_licence_behind_several_one_is_kept(small):
    knowledge = small([row("acme/near", base="far/a"), row("acme/next", base="far/b"), row("far/a", "far-1"), row("far/b", "far-1")])
    found = assembled(knowledge, entry(relation="finetune"), entry("acme/next", "finetune"))
    assert [component.license for component in found] == ["near-1", "far-1", "near-1"]


def test_what_is_only_inferred_beside_something_certain_of_the_same_licence_is_left_out(small):
    knowledge = small([row("acme/near"), row("acme/next")])
    assert shown(assembled(knowledge, entry(), entry("acme/next", how="inferred"))) == [("acme/near", "finetune", "near-1")]


def test_code_has_nothing_behind_it(small):
    knowledge = small([row("acme/near", base="far/base"), row("far/base", "far-1")])
    assert len(assembled(knowledge, entry(relation="code", kind="code", license="near-1"))) == 1


# --- the real registry


def test_the_terms_that_a_published_model_inherits_are_followed(examined):
    nodes = examined({"base_model": "moonshotai/Kimi-Dev-72B"})["lineage"]["nodes"]
    assert [(node["id"], node["license"]) for node in nodes] == [("moonshotai/Kimi-Dev-72B", "mit"), ("Qwen/Qwen2.5-72B", "qwen")]


def test_a_model_of_the_next_generation_carries_its_own_terms(examined):
    nodes = examined({"base_model": "lmsys/vicuna-7b-v1.5"})["lineage"]["nodes"]
    assert [node["license"] for node in nodes] == ["llama2"]


def test_the_base_of_a_published_model_is_taken_as_it_was(examined):
    released = datetime.date(2024, 1, 15)  # four months before the base was relicensed
    report = examined({"base_model": "cognitivecomputations/dolphin-2_2-yi-34b"}, manifest={"model": {"released": released}})
    assert {node["license"] for node in report["lineage"]["nodes"]} == {"yi-license"}


# --- a card in the folder against hearsay

MATERIAL = {"far-1": {"publisher_material": "Far"}}


@pytest.mark.parametrize(("verified", "expected"), [(False, ("far-1", "card", True)), (True, ("near-1", "registry", True))])
def test_a_card_overrides_a_row_that_nobody_has_checked_and_no_other(small, verified, expected):
    knowledge = small([{**row("acme/near"), "verified": verified}], briefs=MATERIAL)
    (component,) = assembled(knowledge, entry(), declared="far-1")
    assert (component.license, component.license_source, component.verified) == expected


def test_a_licence_that_anybody_may_choose_overrides_nothing(small):
    knowledge = small([{**row("acme/near"), "verified": False}])
    (component,) = assembled(knowledge, entry(), declared="far-1")
    assert (component.license, component.license_source, component.verified) == ("near-1", "registry", False)


def test_a_licence_that_another_base_explains_overrides_nothing(small):
    knowledge = small([{**row("acme/near"), "verified": False}, row("far/base", "far-1")], briefs=MATERIAL)
    near, _ = assembled(knowledge, entry(), entry("far/base", "merge"), declared="far-1")
    assert (near.license, near.license_source) == ("near-1", "registry")


def test_a_chain_that_is_longer_than_it_is_followed_is_said_to_be(small):
    knowledge = small([row(f"acme{n}/m", f"l-{n}", base=f"acme{n + 1}/m") for n in range(40)])
    assembler = Assembler(knowledge, "2025-06-01", None, frozenset())
    assembler.components([entry("acme0/m")])
    assert list(assembler.notes.values()) == ["acme24/m: what lies behind it is followed to 24 levels; there is more"]


def test_a_chain_that_ends_has_nothing_left_out(small):
    knowledge = small([row(f"acme{n}/m", f"l-{n}", base=f"acme{n + 1}/m") for n in range(20)])
    assembler = Assembler(knowledge, "2025-06-01", None, frozenset())
    assembler.components([entry("acme0/m")])
    assert assembler.notes == {}


# --- a tag that the base contradicts


def doubted(small):
    tagged = row("acme/near", base="far/base", inherits=["far-1"], unverified_fields=["license", "base"])
    return small([tagged, row("far/base", "far-1")])


@pytest.mark.parametrize("papers", [{}, {"declared": "near-1"}, {"texts": {"near-1"}}])
def test_a_tag_that_the_row_doubts_is_never_verified_and_what_travels_stays_so(small, papers):
    near, far = assembled(doubted(small), entry(), **papers)
    assert (near.license, near.verified) == ("near-1", False)
    assert (far.license, far.verified, far.certain) == ("far-1", True, True)


def test_a_tag_that_is_doubted_stays_so_farther_away(small):
    knowledge = small([row("own/top", "top-1", base="acme/near"), row("acme/near", unverified_fields=["license"])])
    _, far = assembled(knowledge, entry("own/top"), texts={"near-1"})
    assert (far.license, far.verified) == ("near-1", False)
