"""How licences go together: laws that hold for any briefs, and the shipped ones in pairs that people know."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.compatibility import against, clashes, wholes
from licensecheck.knowledge import load
from licensecheck.knowledge.identity import _BRIEF
from licensecheck.knowledge.licenses import TOGETHER

BRIEFS: dict[str, Any] = load().core["licenses"]["brief"]
READ = sorted(name for name, brief in BRIEFS.items() if brief.get("own_terms") or brief.get("share_alike"))
#: Permissive licences that exclude nobody.
FREE = [
    name
    for name in READ
    if (BRIEFS[name].get("own_terms") or {}).get("allowed") == "yes"
    and not any(BRIEFS[name].get(key) for key in ("restricts", "excludes", "share_alike", "derivatives"))
]
MIXES = st.lists(st.sampled_from(READ), min_size=1, max_size=6, unique=True)


def found(*licenses: str) -> list[tuple[tuple[str, ...], str]]:
    return [(clash.licenses, clash.answer) for clash in clashes(licenses, BRIEFS)]


@given(MIXES, st.randoms())
def test_the_order_of_components_never_changes_the_result(licenses: list[str], shuffle: Any) -> None:
    other = list(licenses)
    shuffle.shuffle(other)
    assert clashes(licenses, BRIEFS) == clashes(other, BRIEFS)
    assert wholes(licenses, BRIEFS, licenses) == wholes(other, BRIEFS, other)


@given(MIXES, st.sampled_from(FREE))
def test_a_permissive_component_never_creates_a_conflict(licenses: list[str], free: str) -> None:
    assert clashes([*licenses, free], BRIEFS) == clashes(licenses, BRIEFS)


@given(st.sampled_from(READ), st.sampled_from(READ))
def test_a_conflict_is_the_same_seen_from_either_side(one: str, other: str) -> None:
    assert clashes([one, other], BRIEFS) == clashes([other, one], BRIEFS)


@given(MIXES)
def test_there_is_a_licence_for_the_whole_exactly_where_nothing_clashes(licenses: list[str]) -> None:
    strict = any(BRIEFS[name].get("share_alike") for name in licenses)
    sure = "yes" in wholes(licenses, BRIEFS, licenses).values()
    assert not (clashes(licenses, BRIEFS) and sure)
    assert bool(clashes(licenses, BRIEFS)) is (strict and not sure)


@given(MIXES)
def test_every_side_of_a_clash_has_a_section(licenses: list[str]) -> None:
    for clash in clashes(licenses, BRIEFS):
        for name in clash.licenses:
            said = against(name, clash.licenses, BRIEFS)
            assert said and said["section"], (name, clash)


@pytest.mark.parametrize("license_id", READ)
def test_a_licence_goes_together_with_itself(license_id: str) -> None:
    assert found(license_id) == []


@pytest.mark.parametrize(
    "licenses",
    [
        "gpl-3.0 apache-2.0",
        "gpl-2.0 mit bsd-3-clause",
        "gpl-3.0 agpl-3.0",
        "gpl-3.0 lgpl-3.0",
        "gpl-2.0 lgpl-2.1",
        "gpl-2.0 mpl-2.0",
        "gpl-3.0 cc-by-sa-4.0",
        "cc-by-sa-3.0 cc-by-sa-4.0",
        "cc-by-nc-4.0 cc-by-nc-sa-4.0",
        "eupl-1.2 gpl-3.0",
        "eupl-1.2 cc-by-sa-3.0",
        "llama3.1 gemma qwen cc-by-nc-4.0",  # each stays on its part
        "llama3.1 apache-2.0 cdla-permissive-2.0",
    ],
)
def test_these_go_together(licenses: str) -> None:
    for order in permutations(licenses.split()):
        assert found(*order) == []


@pytest.mark.parametrize(
    ("licenses", "answer"),
    [
        ("gpl-2.0 apache-2.0", "no"),
        ("gpl-2.0 gpl-3.0", "no"),
        ("gpl-2.0 lgpl-3.0", "unsure"),  # the text of the one knows only the GPL of its own version
        ("gpl-3.0 llama3.1", "no"),
        ("gpl-3.0 cc-by-nc-4.0", "no"),
        ("agpl-3.0 openrail++", "no"),
        ("cc-by-sa-4.0 cc-by-nc-4.0", "no"),
        ("cc-by-sa-4.0 cc-by-nc-sa-4.0", "no"),
        ("cc-by-sa-4.0 gemma", "no"),
        ("cc-by-sa-4.0 cc-by-nd-4.0", "no"),
        ("cc-by-sa-4.0 gpl-2.0", "no"),  # compatible with version 3 only
        ("eupl-1.2 osl-3.0", None),
        ("eupl-1.2 cc-by-sa-4.0 gpl-2.0", "no"),
        ("cc-by-sa-4.0 odc-by", "unsure"),
        ("gpl-3.0 epl-2.0", "unsure"),
    ],
)
def test_these_do_not_or_nobody_can_say(licenses: str, answer: str | None) -> None:
    assert {clash[1] for clash in found(*licenses.split())} == ({answer} if answer else set())


def test_the_licence_that_wants_the_whole_stands_first() -> None:
    assert found("apache-2.0", "gpl-2.0") == [(("gpl-2.0", "apache-2.0"), "no")]
    assert found("gemma", "llama3.1", "cc-by-sa-4.0") == [(("cc-by-sa-4.0", "gemma"), "no"), (("cc-by-sa-4.0", "llama3.1"), "no")]


def test_one_way_is_one_way() -> None:
    """Material of the one may go out under the other, not the other way round."""
    assert wholes(["cc-by-sa-4.0", "gpl-3.0"], BRIEFS, ["cc-by-sa-4.0", "gpl-3.0"]) == {"gpl-3.0": "yes"}
    assert wholes(["gpl-3.0", "agpl-3.0"], BRIEFS, ["gpl-3.0", "agpl-3.0"]) == {"agpl-3.0": "yes"}


def test_what_goes_together_in_pairs_and_not_as_a_whole_is_one_clash() -> None:
    def alike(*compatible: str) -> dict[str, Any]:
        return {"own_terms": {"allowed": "no", "section": "1"}, "share_alike": {"section": "1", "compatible": list(compatible)}}

    briefs = {"a": alike("x", "y"), "b": alike("y", "z"), "c": alike("x", "z"), "free": {"own_terms": {"allowed": "yes", "section": "1"}}}
    assert clashes(["a", "b"], briefs) == []
    assert [(clash.licenses, clash.answer) for clash in clashes(["c", "free", "a", "b"], briefs)] == [(("a", "b", "c"), "no")]


def test_a_licence_that_opens_itself_beside_another_needs_that_one_inside() -> None:
    alike = {"section": "5", "compatible": ["free"], "beside": True}
    briefs = {
        "a": {"own_terms": {"allowed": "no", "section": "5"}, "share_alike": alike},
        "strict": {"own_terms": {"allowed": "no", "section": "2"}, "share_alike": {"section": "2", "compatible": ["free"]}},
        "free": {"own_terms": {"allowed": "yes", "section": "1"}},
    }
    assert clashes(["a", "strict"], briefs)
    assert clashes(["a", "strict", "free"], briefs) == []


def test_briefs_hold_all_that_is_said_of_going_together() -> None:
    assert set(TOGETHER) <= set(_BRIEF)
