"""A copy under another name, and the attributions of a publisher's NOTICE: where they stand, and how sure it is that they do not."""

from __future__ import annotations

import pytest

from licensecheck.engine.requirements import judge_requirement
from licensecheck.facts.observed import Page
from licensecheck.wording import folded

NOTICE = "Acme Base\nCopyright 2024 Acme\nCopyright 2023 Older Works"


@pytest.fixture
def kept(made):
    """State, sentence and source for the pages of a folder and what is known of the publisher's NOTICE."""

    def run(documents=None, notices=None, evidence=(), **known):
        def pages(texts):
            return tuple(Page(name, folded(text)) for name, text in (texts or {}).items())

        clause = made.clause(requires={"upstream_notice": "kept"})
        component = made.component(attributes={"notice": True, **known}, evidence=evidence)
        verdict = judge_requirement(clause, component, made.seen(documents=pages(documents), notices=pages(notices)))
        return verdict.state, verdict.sentence.removeprefix("upstream_notice."), verdict.blanks.get("source")

    return run


def test_what_is_not_known_is_kept_in_any_notice(kept):
    assert kept(notices={"NOTICE": "whatever\n"}) == ("met", "met", "NOTICE")


@pytest.mark.parametrize("known", [{"notice_text": NOTICE}, {"notice_line": "A derivative of {component} by Acme."}])
def test_a_notice_without_the_known_lines_is_for_a_person(kept, known):
    assert kept(notices={"NOTICE": "Copyright 2025 Harbour\n"}, **known) == ("arguable", "arguable", "NOTICE")


def test_the_documentation_may_carry_the_lines(kept):
    assert kept({"README.md": f"# Beacon\n\n{NOTICE}\n"}, notice_text=NOTICE) == ("met", "told", "README.md")


def test_half_of_the_lines_are_not_the_lines(kept):
    assert kept({"README.md": "# Beacon\n\nCopyright 2024 Acme\n"}, notice_text=NOTICE) == ("unmet", "unmet", None)


@pytest.mark.parametrize("name", ["base-7b", "acme/base-7b", "base 7b", "[base-7b](https://hub.example/acme/base-7b)"])
def test_the_line_that_is_asked_for_counts_with_every_way_to_name_the_model(made, name):
    clause = made.clause(requires={"upstream_notice": "kept"})
    component = made.component(id="acme/base-7b", attributes={"notice": True, "notice_line": "A derivative of {component} by Acme."})
    page = Page("docs/about.md", folded(f"# About\n\nA derivative of {name} by Acme\n"))
    verdict = judge_requirement(clause, component, made.seen(documents=(page,)))
    assert (verdict.state, verdict.evidence[0]["line"]) == ("met", 3)


def test_a_mere_credit_is_no_notice(kept):
    assert kept({"README.md": "Fine-tuned from acme/base.\n"})[0] == "unmet"
    assert kept({"README.md": "Fine-tuned from acme/base.\n"}, notice_text=NOTICE)[0] == "unmet"


def test_nothing_is_kept_where_nothing_names_the_component(kept):
    assert kept({"README.md": "# Beacon\n"}) == ("unmet", "unmet", None)


def test_a_text_with_the_same_terms_is_a_copy(made):
    clause = made.clause(requires={"copy": "agreement", "or": ["plain"]})
    verdict = judge_requirement(clause, made.component(), made.seen(copies=(made.copy(license="plain", text="plain-1"),)))
    assert (verdict.state, verdict.sentence, verdict.blanks) == ("met", "copy.same", {"source": "LICENSE", "text": "plain-1"})


def test_a_text_with_the_same_terms_cut_short_is_none(made):
    clause = {**made.clause(requires={"copy": "agreement", "or": ["plain"]}), "sections_with_clauses": ("2",)}
    copies = (made.copy(license="plain", text="plain-1", missing=("2",)),)
    assert judge_requirement(clause, made.component(), made.seen(copies=copies)).state == "unmet"
    assert judge_requirement(clause, made.component(), made.seen(copies=(made.copy(license="other"),))).sentence == "copy.unmet"
