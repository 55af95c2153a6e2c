"""Rendered, put into a folder, examined: for every licence, mark-up and language the duty that it was meant to meet is met."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from licensecheck.fix.aims import part_of
from licensecheck.knowledge import load
from licensecheck.pipeline import examine
from licensecheck.render.documents import LANGUAGES, attribution, notice
from licensecheck.render.files import between_markers, style_of
from licensecheck.render.notices.styles import STYLES
from licensecheck.scenarios import recognise_stand_in

#: What a duty can ask for that a document can hold.
WRITTEN = frozenset({"notice", "display", "changes", "credit", "mentions"})
OWING = [
    name
    for name in load().license_ids()
    if any(WRITTEN & (clause.get("requires") or {}).keys() for clause in load().license(name)["clauses"])
]
PASSED_ON = [name for name in OWING if any("mentions" in (clause.get("requires") or {}) for clause in load().license(name)["clauses"])]
FILES = {"markdown": "README.md", "rst": "docs/model.rst", "html": "docs/model.html", "text": "docs/model.txt", "latex": "docs/model.tex"}


def by_document(finding: Any) -> bool:
    """Is it a duty that NOTICE or an attribution can meet? Words for a user interface, and the licence of the whole, are not theirs."""
    if finding["topic"] == "flow-down":
        return any("mentions" in (clause.get("requires") or {}) for clause in _clauses(finding))
    return part_of(finding) in ("notice", "attribution")


def _clauses(finding: Any) -> Iterator[Any]:
    name = finding["rule"].partition("/")[2]
    return (clause for clause in load().license(finding["license"])["clauses"] if clause["id"] == name)


def release(folder: Path, licenses: list[str], relations: tuple[str, ...] = ("finetune",)) -> Path:
    """A public model with a base for each licence, and not a word about any of them."""
    (folder / "docs").mkdir(parents=True)
    rows = [
        {"model": f"seafolk/jetty{'-_'[number % 2]}{number}b", "license": own, "relation": relations[number % len(relations)]}
        for number, own in enumerate(licenses)
    ]
    manifest = {"version": 1, "model": {"name": "Harbour"}, "release": {"weights": "public", "service": True}, "built_from": rows}
    (folder / "licensecheck.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "README.md").write_text("# Harbour\n", encoding="utf-8")
    return folder


def check(folder: Path) -> Any:
    return examine(str(folder), recognise=recognise_stand_in)


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n" + text, encoding="utf-8")


def unmet(before: Any, after: Any) -> dict[str, str]:
    kinds = {finding["id"]: finding["kind"] for finding in after["findings"]}
    owed = [finding for finding in before["findings"] if finding["kind"] in ("fail", "open", "review") and by_document(finding)]
    assert owed
    return {finding["rule"]: kinds.get(finding["id"], "gone") for finding in owed if kinds.get(finding["id"]) != "pass"}


Release = Callable[[], tuple[Path, Any]]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return check(release(tmp_path_factory.mktemp("bare") / "all", OWING))


@pytest.mark.parametrize(("length", "lang"), [("section", "en"), ("section", "zh"), ("paragraph", "zh")])
@pytest.mark.parametrize("style", sorted(STYLES))
def test_what_is_rendered_meets_every_duty_of_every_licence(style: str, length: str, lang: str, bare: Any, tmp_path: Path) -> None:
    folder = release(tmp_path / "all", OWING)
    put(folder, FILES[style], attribution(bare, lang, style=style, length=length))
    put(folder, "NOTICE", notice(bare, lang))
    assert unmet(bare, check(folder)) == {}


@pytest.mark.parametrize("style", sorted(STYLES))
def test_badge_shows_every_word_that_has_to_be_displayed(style: str, bare: Any, tmp_path: Path) -> None:
    folder = release(tmp_path / "all", OWING)
    put(folder, FILES[style], attribution(bare, style=style, length="badge"))
    left = unmet(bare, check(folder))
    assert [rule for rule in left if rule.endswith("/display-attribution")] == []


@pytest.mark.parametrize("name", PASSED_ON)
def test_restrictions_of_one_licence_are_passed_on_without_the_words_for_another(name: str, tmp_path: Path) -> None:
    folder = release(tmp_path / "one", [name])
    before = check(folder)
    put(folder, "NOTICE", notice(before))
    for lang in LANGUAGES:
        (folder / "README.md").write_text("# Harbour\n", encoding="utf-8")
        put(folder, "README.md", attribution(before, lang))
        assert unmet(before, check(folder)) == {}


def test_other_ways_of_building_on_it_are_stated_too(tmp_path: Path) -> None:
    folder = release(tmp_path / "all", OWING, ("adapter", "merge", "quantized"))
    before = check(folder)
    put(folder, "README.md", attribution(before))
    put(folder, "NOTICE", notice(before))
    assert unmet(before, check(folder)) == {}


@pytest.mark.parametrize("style", sorted(STYLES))
def test_own_section_is_no_evidence_of_new_components(style: str, bare: Any, tmp_path: Path) -> None:
    folder = release(tmp_path / "all", OWING[:20])
    before = check(folder)
    body = attribution(before, style=style, length="paragraph")
    put(folder, FILES[style], between_markers("", "attribution-paragraph", body, style_of(FILES[style])))
    nodes = [node["id"] for node in check(folder)["lineage"]["nodes"]]
    assert nodes == [node["id"] for node in before["lineage"]["nodes"]]
