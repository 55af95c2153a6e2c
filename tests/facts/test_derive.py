from __future__ import annotations

import pytest

from licensecheck.facts.base import Facts
from licensecheck.values import Interval

# --- figures that stand in for others


def test_the_products_figure_stands_in_for_the_licensees_with_a_note(facts):
    subject, _ = facts({"use": {"monthly_active_users": 5_000}})
    assert subject.get("licensee.monthly_active_users").latest == Interval.exactly(5_000)
    assert "licensee.monthly_active_users" in subject.notes
    assert subject.evidence("licensee.monthly_active_users")["key"] == "use.monthly_active_users"


def test_a_licensees_own_figure_needs_no_stand_in(facts):
    subject, _ = facts({"use": {"monthly_active_users": 5_000}, "licensee": {"monthly_active_users": 9_000}})
    assert subject.get("licensee.monthly_active_users").latest == Interval.exactly(9_000)
    assert "licensee.monthly_active_users" not in subject.notes


@pytest.mark.parametrize(
    ("figure", "bound"),
    [
        (9_000, Interval(high=9_000)),
        ("<10000000", Interval(high=10_000_000, high_open=True)),
        ("<=10000000", Interval(high=10_000_000)),
        ({"2024-05": 7, "latest": 9_000}, Interval(high=9_000)),
    ],
)
def test_what_the_whole_group_does_not_reach_no_product_reaches(facts, figure, bound):
    subject, _ = facts({"licensee": {"monthly_active_users": figure}})
    assert subject.get("use.monthly_active_users").latest == bound


def test_a_lower_bound_of_the_group_says_nothing_of_a_product(facts):
    subject, _ = facts({"licensee": {"monthly_active_users": ">700000000"}})
    assert subject.get("use.monthly_active_users") is None


def test_revenue_stands_in_like_users_do(facts):
    subject, _ = facts({"use": {"annual_revenue": "5000000 USD"}})
    figure = subject.get("licensee.annual_revenue")
    assert (figure.latest, figure.unit) == (Interval.exactly(5_000_000), "USD")


def test_without_figures_nothing_stands_in(facts):
    subject, _ = facts()
    assert subject.get("use.monthly_active_users") is None
    assert subject.get("licensee.monthly_active_users") is None


# --- what the manifest states


@pytest.mark.parametrize(
    ("manifest", "fact", "value"),
    [
        ({"release": {"weights": "none"}}, "release.weights", "none"),
        ({"release": {"service": False}}, "release.service", False),
        ({"use": {"commercial": True}}, "use.commercial", True),
        ({"use": {"purposes": ["coding", "search"]}}, "use.purposes", ("coding", "search")),
        ({"use": {"purposes": "coding"}}, "use.purposes", ("coding",)),
        ({"licensee": {"established": "DE"}}, "licensee.established", ("DE",)),
        ({"model": {"competes_with": ["openai"]}}, "subject.competes_with", ("openai",)),
        ({"model": {"competes_with": False}}, "subject.competes_with", False),
        ({}, "release.weights", None),
        ({}, "use.purposes", None),
        ({}, "subject.competes_with", None),
    ],
)
def test_a_stated_fact_is_that_value_and_silence_is_unknown(facts, manifest, fact, value):
    assert facts(manifest)[0].get(fact) == value


def test_markets_that_stand_for_several_hold_each_of_them(facts):
    markets = facts({"use": {"markets": ["EU", "US"]}})[0].get("use.markets")
    assert "US" in markets
    assert {"EU", "DE"} & set(markets)


def test_evidence_of_a_stated_fact_has_its_line(facts):
    evidence = facts({"release": {"weights": "public"}})[0].evidence("release.weights")
    assert (evidence["line"], evidence["value"], evidence["how"]) == (2, "public", "declared")


# --- the subject


@pytest.mark.parametrize(
    ("relations", "kind"),
    [
        ([], "model"),
        (["serves"], "application"),
        (["code"], "application"),
        (["serves", "code", "tokenizer"], "application"),
        (["serves", "evaluates"], "application"),
        (["evaluates"], "model"),
        (["tokenizer"], "model"),
        (["finetune", "serves"], "model"),
        (["outputs"], "model"),
        (["data", "serves"], "model"),
        (["adapter"], "model"),
    ],
)
def test_a_subject_that_only_uses_models_is_an_application(facts, component, relations, kind):
    components = [component(f"acme/m{n}", relation) for n, relation in enumerate(relations)]
    assert facts(components=components)[0].get("subject.kind") == kind


def test_what_lies_behind_does_not_make_an_application_a_model(facts, component):
    near = component("acme/app-model", "serves")
    far = component("far/base", "finetune", path=(("serves", "acme/app-model"), ("finetune", "far/base")))
    assert facts(components=[near, far])[0].get("subject.kind") == "application"


@pytest.mark.parametrize(
    ("task", "tag", "expected"),
    [
        (None, None, "language-model"),
        (None, "text-generation", "language-model"),
        (None, "image-text-to-text", "language-model"),
        (None, "feature-extraction", "embedding"),
        (None, "text-classification", "classifier"),
        (None, "automatic-speech-recognition", "speech"),
        (None, "no-such-tag", "language-model"),
        ("classifier", "text-generation", "classifier"),  # the manifest has the last word
    ],
)
def test_the_task_is_the_manifests_else_the_cards(facts, task, tag, expected):
    manifest = {"model": {"task": task}} if task else {}
    assert facts(manifest, pipeline_tag=tag)[0].get("subject.task") == expected


# --- components


def test_what_silence_means_for_a_component(facts, component):
    _, (own,) = facts(components=[component()])
    assert own.get("component.hosted_by") == "self"
    assert own.get("component.received_in_product") is False
    assert own.get("component.in_release") is True
    assert own.get("component.notice_known") is False
    assert own.get("component.stage") is None
    assert own.get("component.account") is None
    assert own.get("component.modality") is None
    assert own.get("component.publisher") == "acme"


def test_what_is_stated_of_a_component_counts(facts, component):
    given = {"hosted_by": "third-party", "received_in_product": True, "stage": ["train"], "in_release": False, "modality": "multimodal"}
    _, (own,) = facts(components=[component(**given)])
    assert [own.get(f"component.{name}") for name in given] == ["third-party", True, ("train",), False, "multimodal"]


def test_a_component_reads_the_subjects_facts(facts, component):
    _, (own,) = facts({"release": {"weights": "public"}}, [component()])
    assert own.get("release.weights") == "public"
    assert own.evidence("release.weights")["line"] == 2


def test_others_are_the_subjects_other_components_without_those_behind_itself(facts, component):
    near, next_ = component("acme/a"), component("acme/b")
    far = component("far/base", path=(("finetune", "acme/a"), ("finetune", "far/base")), license_id="far-1")
    _, (of_near, of_next, of_far) = facts(components=[near, next_, far])

    def ids(found):
        return [other.get("component.license") for other in found.others]

    assert ids(of_near) == ["acme-open"]
    assert len(of_near.others) == len(of_far.others) == 1
    assert len(of_next.others) == 1


def test_the_licences_of_a_branch_are_known_together(facts, component):
    near = component("acme/a", license_id=None)
    far = component("far/base", path=(("finetune", "acme/a"), ("finetune", "far/base")), license_id="far-1")
    _, (of_near, of_far, of_other) = facts(components=[near, far, component("acme/b", license_id=None)])
    assert of_near.get("component.licenses") == of_far.get("component.licenses") == ("far-1",)
    assert of_other.get("component.licenses") is None


# --- facts replaced


def test_a_replaced_fact_is_replaced_for_the_others_too():
    subject = Facts({"use.commercial": None})
    other = Facts({"component.license": "b"}, over=subject)
    own = Facts({"component.license": "a"}, over=subject, others=[other])
    changed = own.replaced({"use.commercial": True})
    assert (changed.get("use.commercial"), changed.others[0].get("use.commercial")) == (True, True)
    assert (own.get("use.commercial"), own.others[0].get("use.commercial")) == (None, None)


def test_a_fact_of_the_component_is_replaced_for_itself_only():
    subject = Facts({})
    own = Facts({"component.license": "a"}, over=subject, others=[Facts({"component.license": "b"}, over=subject)])
    changed = own.replaced({"component.license": "c"})
    assert (changed.get("component.license"), changed.others[0].get("component.license")) == ("c", "b")


def test_a_fact_replaced_by_nothing_is_unknown():
    assert Facts({"a": 1}).replaced({"a": None}).get("a") is None
