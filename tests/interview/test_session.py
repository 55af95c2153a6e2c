"""The interview: the best question first, each answer tried before it counts, and never one that changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from licensecheck.errors import InputError
from licensecheck.interview import Interview, write
from licensecheck.interview.changes import Change
from licensecheck.pipeline import manifest_of

CARD = "---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\n{more}---\n# Llama-Harbour\n\nBuilt with Llama.\n"


def interview(folder: Path, manifest: str | None = None, more: str = "", **options: Any) -> Interview:
    (folder / "README.md").write_text(CARD.format(more=more), encoding="utf-8")
    if manifest is not None:
        (folder / "licensecheck.yaml").write_text(manifest, encoding="utf-8")
    return Interview(str(folder), **options)


def asked(found: Interview) -> list[tuple[str, str | None]]:
    return [query.key for query in found.queries()]


def first(found: Interview, fact: str) -> Any:
    return next(query for query in found.queries() if query.fact == fact)


def saved(found: Interview, folder: Path) -> Any:
    """The manifest as it would be written, read back."""
    path = folder / "licensecheck.yaml"
    text = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(write(text, found.all_changes(), "answered"), encoding="utf-8")
    return manifest_of(str(folder), found.knowledge)


def test_the_question_that_settles_most_comes_first(tmp_path: Path) -> None:
    found = interview(tmp_path)
    assert asked(found)[0] == ("release.weights", None)
    assert len(found.queries()[0].findings) > 1


def test_an_answer_closes_its_question_and_may_open_or_close_others(tmp_path: Path) -> None:
    found = interview(tmp_path, "licensee: {monthly_active_users: 10}\nuse: {purposes: [coding]}\n")
    found.answer(found.queries()[0], "none")
    assert ("release.weights", None) not in asked(found)
    assert ("release.product", None) in asked(found) or ("release.service", None) in asked(found) or asked(found) == []


def test_a_wrong_answer_says_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
    found = interview(tmp_path)
    before = asked(found)
    with pytest.raises(InputError, match=r"did you mean `public`\?"):
        found.answer(found.queries()[0], "publik")
    assert (asked(found), found.changes) == (before, [])


def test_a_question_passed_over_is_not_asked_again_but_stays_open(tmp_path: Path) -> None:
    found = interview(tmp_path)
    query = found.queries()[0]
    found.skip(query)
    assert query.key not in asked(found)
    assert query.key in [left.key for left in found.left()]


def test_a_bound_that_does_not_settle_it_is_kept_and_the_question_stays(tmp_path: Path) -> None:
    found = interview(tmp_path)
    query = first(found, "licensee.monthly_active_users")
    found.answer(query, "< 1 billion")
    assert query.key in asked(found)
    found.answer(query, "< 100 million")
    assert query.key not in asked(found)
    assert found.changes == [Change(("licensee", "monthly_active_users"), "<100000000")]


def test_every_purpose_is_listed_with_what_it_means(tmp_path: Path) -> None:
    query = first(interview(tmp_path, lang="zh"), "use.purposes")
    assert ("coding", "编程") in query.choices


def test_a_licence_is_asked_of_each_component_and_written_into_its_entry(tmp_path: Path) -> None:
    manifest = "built_from:\n- meta-llama/Llama-3.1-8B-Instruct\n- datasets/acme/tides  # ours\n"
    found = interview(tmp_path, manifest, "datasets: [acme/tides, acme/charts]\n")
    keys = {key for key in asked(found) if key[0] == "component.license"}
    assert keys == {("component.license", "acme/tides"), ("component.license", "acme/charts")}
    for _ in range(2):
        found.answer(first(found, "component.license"), "mit")
    assert "component.license" not in [fact for fact, _ in asked(found)]
    stated = saved(found, tmp_path)
    assert stated.get("built_from")[1:] == [
        {"dataset": "acme/tides", "relation": "data", "license": "mit"},
        {"dataset": "acme/charts", "relation": "data", "license": "mit"},
    ]
    assert "# ours" in (tmp_path / "licensecheck.yaml").read_text(encoding="utf-8")


def test_what_a_model_was_built_from_is_asked_and_then_what_follows_from_it(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"architectures": ["X"]}', encoding="utf-8")
    found = Interview(str(tmp_path), sets=["release.weights=public"])
    query = first(found, "built_from")
    with pytest.raises(InputError, match="owner/name"):
        found.answer(query, "llama")
    found.answer(query, "acme/base")
    assert asked(found)[0] == ("component.license", "acme/base")
    found.answer(found.queries()[0], "apache-2.0")
    assert saved(found, tmp_path).get("built_from") == [{"model": "acme/base", "license": "apache-2.0", "relation": "finetune"}]


@pytest.mark.parametrize("text", ["scratch", "from scratch", "claims: [trained-from-scratch]"])
def test_built_from_nothing_is_a_claim(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text('{"architectures": ["X"]}', encoding="utf-8")
    found = Interview(str(tmp_path), sets=["release.weights=public"])
    found.answer(first(found, "built_from"), text)
    assert saved(found, tmp_path).get("claims") == [{"claim": "trained-from-scratch"}]


def test_entries_of_an_extended_manifest_are_stated_anew_with_the_answer(tmp_path: Path) -> None:
    (tmp_path / "org.yaml").write_text("built_from: [acme/base]\n", encoding="utf-8")
    found = interview(tmp_path, "extends: org.yaml\n")
    found.answer(first(found, "component.license"), "mit")
    assert saved(found, tmp_path).get("built_from") == [{"model": "acme/base", "relation": "finetune", "license": "mit"}]


def test_what_was_set_beforehand_is_not_asked_and_is_written(tmp_path: Path) -> None:
    found = interview(tmp_path, sets=["release.weights=public", "licensee.monthly_active_users=<5000", "model.released=2026-01-02"])
    assert [fact for fact, _ in asked(found)] == ["use.purposes"]
    stated = saved(found, tmp_path)
    assert (stated.get("release.weights"), str(stated.get("model.released"))) == ("public", "2026-01-02")
    assert str(stated.get("licensee.monthly_active_users").undated) == "<5,000"
