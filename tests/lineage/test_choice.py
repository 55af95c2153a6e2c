"""Licences that offer a choice, and what is taken of them."""

from __future__ import annotations

from itertools import permutations

import pytest

from licensecheck.knowledge import load
from licensecheck.lineage import Component, settle


def component(license_id: str | None, name: str = "acme/part", relation: str = "merge", source: str = "manifest") -> Component:
    return Component(
        id=name,
        type="model",
        relation=relation,
        path=((relation, name),),
        license=license_id,
        license_source=source,
        verified=True,
        edition=None,
        evidence=(),
        certain=True,
        personal=False,
        attributes={"license": license_id} if source == "manifest" else {},
    )


def settled(*components: Component, offered: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [each.licenses for each in settle(components, load(), lambda name, attributes: None, frozenset(offered))]


@pytest.mark.parametrize(
    ("license_id", "taken"),
    [
        ("apache-2.0", ("apache-2.0",)),
        ("Apache-2.0", ("apache-2.0",)),
        ("MIT OR GPL-3.0-only", ("mit",)),  # the fewest duties
        ("GPL-3.0-only OR MIT", ("mit",)),
        ("MIT AND Apache-2.0", ("mit", "apache-2.0")),
        ("(MIT AND Apache-2.0) OR GPL-3.0-only", ("mit", "apache-2.0")),
        ("GPL-2.0-only", ("gpl-2.0",)),
        ("GPL-2.0-or-later", ("gpl-2.0",)),  # as written, where nothing speaks against it
        ("GPL-2.0-only WITH Classpath-exception-2.0", ("gpl-2.0",)),
        ("LicenseRef-acme OR MIT", ("mit",)),  # a known one rather than an unknown one
        ("LicenseRef-acme", ("LicenseRef-acme",)),
        ("MIT OR", ("MIT OR",)),  # cannot be read: it stands as it is
        (None, ()),
    ],
)
def test_of_a_choice_the_least_demanding_that_fits_is_taken(license_id, taken) -> None:
    assert settled(component(license_id)) == [taken]
    assert settled(component(license_id, source="registry"))[0] == taken


def test_what_fits_with_the_rest_comes_before_what_asks_for_less() -> None:
    strict, free = component("gpl-2.0-only", "acme/a"), component("Apache-2.0 OR LGPL-2.1-only", "acme/b")
    assert settled(free) == [("apache-2.0",)]
    assert settled(strict, free)[1] == ("lgpl-2.1",)


def test_a_later_version_is_taken_where_it_fits() -> None:
    assert settled(component("GPL-2.0-or-later", "acme/a"), component("apache-2.0", "acme/b"))[0] == ("gpl-3.0",)
    assert settled(component("GPL-2.0-only", "acme/a"), component("apache-2.0", "acme/b"))[0] == ("gpl-2.0",)


def test_the_declared_licence_settles_a_choice() -> None:
    either = component("cc-by-sa-4.0 OR gemma")
    assert settled(either, offered=("gemma",)) == [("gemma",)]
    assert settled(either, offered=("cc-by-sa-4.0",)) == [("cc-by-sa-4.0",)]


def test_neither_the_order_of_components_nor_of_alternatives_decides() -> None:
    for one, other in (("MIT OR ISC", "ISC OR MIT"), ("GPL-3.0-only OR CC-BY-SA-4.0", "CC-BY-SA-4.0 OR GPL-3.0-only")):
        assert settled(component(one)) == settled(component(other))
    parts = [
        component("GPL-3.0-only OR Apache-2.0", "acme/a"),
        component("GPL-2.0-or-later", "acme/b"),
        component("cc-by-sa-4.0", "acme/c"),
    ]
    outcomes = {tuple(sorted(zip([each.id for each in order], settled(*order), strict=True))) for order in permutations(parts)}
    assert len(outcomes) == 1


def test_many_choices_are_settled_one_after_the_other() -> None:
    many = [component(" OR ".join(["MIT", "Apache-2.0", "ISC", "GPL-3.0-only"]), f"acme/part-{n}") for n in range(40)]
    assert set(settled(*many)) == {settled(many[0])[0]}
