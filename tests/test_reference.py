"""The reference pages: complete, linked, the same every time, in two languages, and true to what the engine says."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import yaml

from licensecheck.facts.base import Facts
from licensecheck.knowledge import load
from licensecheck.reference import licence, situations, stands
from licensecheck.render.reference import Page, anchor, file_name, reference_words
from licensecheck.render.reference_index import index
from tests.conftest import REPO, Tool

LANGUAGES = ("en", "zh")
#: Words that accuse: none of our own may be one. What a clause says is the licence's matter, and stands in `rules/`.
ACCUSING = re.compile(r"illegal|unlawful|violat|infring|违法|侵权|违反", re.I)


@cache
def records() -> list[dict[str, Any]]:
    knowledge = load()
    uses = situations(knowledge)
    return [licence(name, knowledge, uses) for name in knowledge.license_ids()]


@cache
def pages(lang: str) -> dict[str, str]:
    words = reference_words(lang)
    found = {file_name(record["id"]): Page(record, lang, words).page() for record in records()}
    return {**found, "index.md": index(records(), lang, words)}


def record(name: str) -> dict[str, Any]:
    return next(item for item in records() if item["id"] == name)


def use_of(name: str, use: str) -> dict[str, Any]:
    """Clause id → what becomes of it in one use case."""
    found = next(item for item in record(name)["uses"] if item["id"] == use)
    return {entry["clause"]["id"]: entry for entry in found["clauses"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_licence_has_a_page_with_every_clause_and_every_exact_word(lang: str) -> None:
    for item in records():
        page = pages(lang)[file_name(item["id"])]
        for clause in item["clauses"]:
            assert f'<a id="{anchor(clause["id"])}"></a>' in page
            for key in ("notice", "display", "name_begins", "name_contains"):
                texts = (clause.get("requires") or {}).get(key, [])
                for text in [texts] if isinstance(texts, str) else texts:
                    assert "{" in text or f"`{text}`" in page, (item["id"], clause["id"], text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_somewhere(lang: str) -> None:
    for name, page in pages(lang).items():
        anchors = set(re.findall(r'<a id="([^"]+)">', page))
        assert len(anchors) == page.count('<a id="'), name
        for target in re.findall(r"\]\(([^)]+)\)", page):
            file, _, part = target.partition("#")
            assert not file or file in pages(lang), (name, target)
            assert not part or part in anchors, (name, target)


def test_the_index_leads_to_every_page() -> None:
    for lang in LANGUAGES:
        assert set(re.findall(r"\]\(([^)]+\.md)\)", pages(lang)["index.md"])) == pages(lang).keys() - {"index.md"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_left_unfilled(lang: str) -> None:
    for name, page in pages(lang).items():
        assert not re.search(r"\{[a-z_.]*\}|\{\{|\}\}|\{%|: None\b|Undefined|\[\]\(|\(\)|  -\s*$", page, re.MULTILINE), name


def test_chinese_pages_hold_no_english_sentence_of_the_rules() -> None:
    for item in records():
        page = pages("zh")[file_name(item["id"])]
        for clause in item["clauses"]:
            sentences = [clause["says"]["en"], *(branch["why"]["en"] for key in ("unless", "unsettled") for branch in clause[key])]
            assert [text for text in sentences if len(text) > 20 and text in page] == []


def test_pages_are_the_same_on_every_run(tmp_path: Any, tool: Tool) -> None:
    for run in ("one", "two"):
        done = tool("rules", "docs", "--lang", "en", "--output", tmp_path / run)
        assert done.returncode == 0, done.stderr
    for path in (tmp_path / "one" / "en").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / "en" / path.name).read_bytes()
        assert path.read_text(encoding="utf-8") == pages("en")[path.name]


def test_our_own_words_accuse_nobody() -> None:
    for path in ("templates/reference.yaml", "templates/reference.md.j2", "templates/reference-index.md.j2", "rules/situations.yaml"):
        assert not ACCUSING.search((REPO / path).read_text(encoding="utf-8"))


def test_every_fact_has_its_words_in_both_languages() -> None:
    facts = yaml.safe_load((REPO / "rules" / "facts.yaml").read_text(encoding="utf-8"))["facts"]
    for lang in LANGUAGES:
        words = reference_words(lang)
        assert words["facts"].keys() == facts.keys()
        for fact, row in facts.items():
            named = words["values"].get(fact, {})
            assert not named or named.keys() == set(row["values"]), fact


def test_both_languages_have_the_same_words() -> None:
    def keys(value: Any, path: str = "") -> set[str]:
        return {path} | {key for name, item in value.items() for key in keys(item, f"{path}.{name}")} if isinstance(value, dict) else {path}

    assert keys(reference_words("en")) == keys(reference_words("zh"))


# --- what the engine says, not what the words suggest


def test_only_using_it_asks_for_no_notice_and_a_release_does() -> None:
    assert "notice-file" not in use_of("llama3.1", "use")
    assert use_of("llama3.1", "release")["notice-file"]["everywhere"]


def test_a_size_limit_depends_on_the_size() -> None:
    standing = use_of("llama3.1", "use")["scale-threshold"]["cases"]["serves"]
    assert standing["state"] is None
    assert standing["depends"]["fact"] == "licensee.monthly_active_users"
    page = pages("en")["llama3.1.md"]
    assert "monthly active users of the licensee and its affiliates is above 700,000,000 (in 2024-06)" in page


def test_uses_go_by_the_newest_edition_and_sections_by_all() -> None:
    page = pages("en")["openai-business-terms.md"]
    uses, _, sections = page.partition("## Section by section")
    assert "[§ 3.3, item e](#output-training)" in uses
    assert "2023" not in uses.partition("## By use")[2]
    assert "stands in: `openai-business-terms-2023-11-14`" in sections
    assert "elsewhere: § 3.3, item e (`openai-services-agreement-2025-05-31`)" in sections


def test_what_is_unsettled_for_one_relation_is_told_of_that_one() -> None:
    assert "unsettled for a quantised copy: Whether a conversion creates or improves a model is not settled." in pages("en")["llama3.1.md"]


def test_an_exception_that_holds_takes_the_clause_away() -> None:
    clause = {
        "when": _is("use.commercial", True),
        "unless": [{"when": _is("release.paid", False), "section": "2", "why": {}}],
        "unsettled": [],
    }
    assert stands(clause, Facts({"use.commercial": True, "release.paid": False}))["state"] is False
    assert stands(clause, Facts({"use.commercial": True, "release.paid": True}))["state"] is True
    maybe = stands(clause, Facts({"use.commercial": True}))
    assert (maybe["state"], len(maybe["unless"])) == (True, 1)


def _is(fact: str, value: object) -> dict[str, Any]:
    return {"op": "fact", "fact": fact, "test": "in", "value": [value]}


@pytest.mark.parametrize(
    ("name", "commercial"),
    [("apache-2.0", "yes"), ("cc-by-nc-4.0", "no"), ("qwen-research", "no"), ("llama3.1", "yes"), ("mistral-mrl", "no")],
)
def test_the_index_says_whether_commercial_use_is_open(name: str, commercial: str) -> None:
    assert record(name)["summary"]["commercial"] == commercial


def test_what_cannot_be_written_is_one_line(tmp_path: Any, tool: Tool) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = tool("rules", "docs", "--output", tmp_path / "file")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
