"""A base whose licence allows other terms beside its own: whether anything in the folder still speaks of it."""

from __future__ import annotations

QWEN = "Qwen/Qwen2.5-7B"


def slugs(report):
    return {item["rule"].partition(".")[2]: item["kind"] for item in report["findings"] if item["topic"] == "declared-license"}


def test_a_licence_that_nothing_names_any_more_is_for_a_person(examined):
    assert slugs(examined({"license": "mit", "base_model": QWEN})) == {"relabelled": "review"}


def test_a_card_that_names_the_licence_of_its_base_has_said_it(examined):
    body = "# Beacon-8B\n\nThe base comes under Apache 2.0, our additions under MIT.\n"
    assert slugs(examined({"license": "mit", "base_model": QWEN}, body)) == {}


def test_the_text_of_the_licence_beside_it_says_it_too(examined):
    files = {"LICENSE-base": {"text": "apache-2.0-text"}}
    report = examined({"license": "mit", "base_model": QWEN}, "# Beacon-8B\n\nSee `LICENSE-base`: Apache-2.0.\n", files=files)
    assert "relabelled" not in slugs(report)


def test_nothing_is_asked_of_what_stays_in_the_house(examined):
    assert "relabelled" not in slugs(examined({"license": "mit", "base_model": QWEN}, as_="internal"))


def test_a_second_card_that_declares_another_licence_is_a_difference(examined):
    files = {"MODEL_CARD.md": "---\nlicense: apache-2.0\n---\n# Beacon-8B\n"}
    report = examined({"license": "mit"}, files=files)
    assert slugs(report)["cards-differ"] == "review"
    assert "cards-differ" not in slugs(examined({"license": "apache-2.0"}, files=files))
