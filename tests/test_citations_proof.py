from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.cli.main import cli
from tests.conftest import CORPUS, REPO
from tests.knowledge.conftest import LICENSE, POLICY

TEXT = """\
THE ENGINE LICENCE

1. Grant. You may drive the Engine.

2. Duties. Give a copy to whoever gets the Engine, and show "Driven by Engine" on your website.

3. Ban. Do not race.
"""
DISPLAY = """\
  - topic: display-attribution
    section: "2"
    effect: duty
    says: {en: Show the words., zh: 须展示。}
    when: given
    requires: {display: [Driven by Engine]}
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The shipped folder without its licences and policies: those are proved by themselves."""
    folder = tmp_path_factory.mktemp("rules")
    for path in Path(REPO / "rules").iterdir():
        if path.name in ("licenses", "policies"):
            (folder / path.name).mkdir()
        else:
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture
def proved(tmp_path, tables, monkeypatch):
    """Files of a house (name → text) against texts (id → text): the lines and messages of what is not there."""
    from licensecheck.citations_proof import prove

    monkeypatch.setattr("licensecheck.citations_proof.rules_folder", lambda: str(tables))

    def problems(files, texts):
        house, folder = tmp_path / "house", tmp_path / "texts"
        for where, ending, items in ((house, ".yaml", files), (folder, ".txt", texts)):
            where.mkdir(exist_ok=True)
            for name, content in items.items():
                (where / f"{name}{ending}").write_text(content, encoding="utf-8")
        return [(Path(problem.path).stem, problem.line, problem.message) for problem in prove(str(house), str(folder))]

    return problems


def test_a_file_whose_text_holds_all_it_cites_is_in_order(proved):
    assert proved({"acme-open": LICENSE + DISPLAY}, {"acme-open-1": TEXT}) == []


@pytest.mark.corpus
def test_all_that_the_shipped_rules_cite_stands_in_the_texts():
    from licensecheck.citations_proof import prove

    assert [str(problem) for problem in prove(None, f"{CORPUS}/license-texts")] == []


def test_where_no_text_is_at_hand_nothing_is_proved(proved):
    assert proved({"acme-open": LICENSE.replace('section: "2"', 'section: "9"')}, {}) == []


@pytest.mark.parametrize("section", ["9", "2.a", "2, 9", "closing paragraph"])
def test_a_section_that_the_text_does_not_have_is_shown_at_its_line(proved, section):
    ((name, line, message),) = proved({"acme-open": LICENSE.replace('section: "2"', f'section: "{section}"')}, {"acme-open-1": TEXT})
    assert (name, line) == ("acme-open", 14)
    assert "is not found in the text `acme-open-1`" in message


@pytest.mark.parametrize("section", ["1, 2", "2, 2nd sentence", "§2"])
def test_several_sections_and_words_about_one_may_be_cited(proved, section):
    assert proved({"acme-open": LICENSE.replace('section: "2"', f'section: "{section}"')}, {"acme-open-1": TEXT}) == []


def test_words_that_do_not_stand_in_the_text_are_shown(proved):
    wrong = DISPLAY.replace("[Driven by Engine]", "[Driven by Engine, Powered by Engine]")
    ((_, line, message),) = proved({"acme-open": LICENSE + wrong}, {"acme-open-1": TEXT})
    assert line == 24
    assert "“Powered by Engine” does not stand in §2 of the text `acme-open-1`" in message


def test_words_that_stand_elsewhere_in_the_text_do_not_count(proved):
    elsewhere = DISPLAY.replace('section: "2"', 'section: "3"')
    ((_, _, message),) = proved({"acme-open": LICENSE + elsewhere}, {"acme-open-1": TEXT})
    assert "“Driven by Engine” does not stand in §3" in message
    assert proved({"acme-open": LICENSE + elsewhere.replace('"3"', '"3, 2"')}, {"acme-open-1": TEXT}) == []


def test_words_that_a_page_breaks_count(proved):
    assert proved({"acme-open": LICENSE + DISPLAY}, {"acme-open-1": TEXT.replace("Driven by", "Driven\n\nby")}) == []


LIMIT = """\
  - topic: scale-threshold
    section: "3"
    effect: rights-not-granted
    says: {en: Not beyond., zh: 不得超过。}
    when: {all: [given, {licensee.annual_revenue: {at_least: 20000000, currency: USD}}]}
"""
LIMITED = TEXT.replace("Do not race.", "Do not race with USD twenty million or more a year.")


def test_a_limit_stands_in_the_section_that_is_cited(proved):
    assert proved({"acme-open": LICENSE + LIMIT}, {"acme-open-1": LIMITED}) == []
    ((_, line, message),) = proved({"acme-open": LICENSE + LIMIT.replace('"3"', '"2"')}, {"acme-open-1": LIMITED})
    assert line == 20
    assert "the number 20,000,000 USD does not stand in §2 of the text `acme-open-1`" in message


@pytest.mark.parametrize(("was", "now"), [("20000000", "2000000"), ("USD", "EUR"), ("twenty", "thirty")])
def test_another_limit_or_currency_is_shown(proved, was, now):
    assert len(proved({"acme-open": LICENSE + LIMIT.replace(was, now)}, {"acme-open-1": LIMITED})) == (was != "twenty")
    assert len(proved({"acme-open": LICENSE + LIMIT}, {"acme-open-1": LIMITED.replace(was, now)})) == (was != "20000000")


def test_a_limit_within_a_term_counts_where_the_term_is_used(proved):
    law = LICENSE.replace("terms:\n", "terms:\n  large: {licensee.annual_revenue: {above: 5000, currency: EUR}}\n")
    used = law + LIMIT.replace("{licensee.annual_revenue: {at_least: 20000000, currency: USD}}", "large")
    ((_, _, message),) = proved({"acme-open": used}, {"acme-open-1": LIMITED})
    assert "5,000 EUR" in message
    assert proved({"acme-open": law}, {"acme-open-1": LIMITED}) == []


def test_the_limit_of_an_exception_stands_where_the_exception_does(proved):
    excepted = LIMIT + '    unless:\n      - {when: {use.devices: {above: 5000}}, section: "2", why: {en: x, zh: x}}\n'
    ((_, _, message),) = proved({"acme-open": LICENSE + excepted}, {"acme-open-1": LIMITED})
    assert "the number 5,000 does not stand in §2" in message
    assert proved({"acme-open": LICENSE + excepted}, {"acme-open-1": LIMITED.replace("website", "website of 5,000 pages")}) == []


TWO = ("from: 2024-01-01}", "from: 2024-01-01}\n  - {text: acme-open-2, from: 2025-01-01}")
RENUMBERED = TEXT.replace("3. Ban. Do not race.\n", "").replace("2. Duties", "2. Ban. Do not race.\n\n3. Duties")


def test_an_edition_is_proved_by_its_own_numbers(proved):
    law = (LICENSE + DISPLAY).replace(*TWO)
    texts = {"acme-open-1": TEXT, "acme-open-2": RENUMBERED}
    ((_, line, message),) = proved({"acme-open": law}, texts)
    assert line == 25
    assert "“Driven by Engine” does not stand in §2 of the text `acme-open-2`" in message
    own = law.replace('section: "2"', 'section: "2"\n    sections: {acme-open-2: "3"}')
    assert proved({"acme-open": own}, texts) == []
    ((_, line, message),) = proved({"acme-open": own.replace('acme-open-2: "3"', 'acme-open-2: "8"', 1)}, texts)
    assert line == 16
    assert "§8 is not found in the text `acme-open-2`" in message


# --- texts that show no numbers


COUNTED = ("from: 2024-01-01}", "from: 2024-01-01, numbering: counted}")
HEADED = ("from: 2024-01-01}", "from: 2024-01-01, numbering: counted, headings: [Grant, Duties, Ban]}")
PLAIN = TEXT.replace("1. ", "").replace("2. ", "").replace("3. ", "")


def test_sections_without_numbers_are_counted_by_their_headings_if_the_edition_says_so(proved):
    texts = {"acme-open-1": PLAIN}
    assert proved({"acme-open": (LICENSE + DISPLAY).replace(*HEADED)}, texts) == []
    ((_, _, message),) = proved({"acme-open": (LICENSE + DISPLAY.replace('section: "2"', 'section: "3"')).replace(*HEADED)}, texts)
    assert "does not stand in §3" in message


@pytest.mark.parametrize("headings", ["[Duties, Grant, Ban]", "[Grant, Rights, Ban]"])
def test_headings_stand_in_the_text_and_in_their_order(proved, headings):
    law = LICENSE.replace(HEADED[0], HEADED[1].replace("[Grant, Duties, Ban]", headings))
    ((_, line, message),) = proved({"acme-open": law}, {"acme-open-1": PLAIN})
    assert line == 7
    assert "is no heading of the text `acme-open-1`, or stands before the one above it" in message


LISTED = TEXT.replace("Give a copy", "You must:\n\n    give a copy").replace("Engine, and show", "Engine;\n    show")


def test_items_without_marks_are_counted_if_the_edition_says_so(proved):
    law = (LICENSE.replace('section: "2"', "section: 2.a") + DISPLAY.replace('section: "2"', "section: 2.b")).replace(*COUNTED)
    assert proved({"acme-open": law}, {"acme-open-1": LISTED}) == []
    assert len(proved({"acme-open": law.replace("2.b", "2.a")}, {"acme-open-1": LISTED})) == 1
    assert len(proved({"acme-open": law.replace("2.b", "2.c")}, {"acme-open-1": LISTED})) == 1
    assert len(proved({"acme-open": law.replace(", numbering: counted", "")}, {"acme-open-1": LISTED})) == 2


def test_words_that_name_the_component_cannot_stand_in_the_text(proved):
    assert proved({"acme-open": LICENSE + DISPLAY.replace("[Driven by Engine]", '["Driven by {component}"]')}, {"acme-open-1": TEXT}) == []


def test_what_is_taken_from_another_file_is_shown_where_that_is_said(proved):
    like = "schema: license/1\nid: acme-b\nlike: acme-open\nname: B\npublisher: Acme\nverified: true\neditions: [{text: acme-b-1}]\n"
    problems = proved({"acme-open": LICENSE, "acme-b": like}, {"acme-b-1": TEXT.replace("2. Duties", "Duties").replace("3. Ban", "Ban")})
    assert [(name, line) for name, line, _ in problems] == [("acme-b", 3)]
    assert "the clause `license-copy`: §2" in problems[0][2]


def test_a_clause_of_one_edition_is_looked_for_in_that_edition_only(proved):
    two = LICENSE.replace("from: 2024-01-01}", "from: 2024-01-01}\n  - {text: acme-open-2, from: 2025-01-01}")
    two = two.replace('section: "2"', 'section: "3"\n    editions: [acme-open-1]')
    older = TEXT.replace("3. Ban. Do not race.", "")
    assert proved({"acme-open": two}, {"acme-open-1": TEXT, "acme-open-2": older}) == []
    assert len(proved({"acme-open": two}, {"acme-open-1": older, "acme-open-2": TEXT})) == 1


def test_a_text_without_numbers_is_one_problem(proved):
    plain = TEXT.replace("1. ", "").replace("2. ", "").replace("3. ", "")
    ((_, line, message),) = proved({"acme-open": LICENSE + DISPLAY}, {"acme-open-1": plain})
    assert line == 7
    assert message.endswith("these cannot be located: §2")


def test_the_purposes_of_a_policy_are_proved_too(proved):
    policy = POLICY.replace("forbids:", "text: acme-policy-1\nforbids:")
    assert proved({"acme-policy": policy}, {"acme-policy-1": TEXT}) == []
    ((name, line, _),) = proved({"acme-policy": policy.replace('section: "1"', 'section: "8"')}, {"acme-policy-1": TEXT})
    assert (name, line) == ("acme-policy", 8)


def test_the_text_of_a_policy_may_be_counted_too(proved):
    policy = POLICY.replace("forbids:", "text: acme-policy-1\nnumbering: counted\nforbids:")
    text = "Acme Use Policy\n\nDo not:\n- race;\n- fight.\n"
    assert proved({"acme-policy": policy}, {"acme-policy-1": text}) == []
    assert len(proved({"acme-policy": policy.replace('section: "1"', 'section: "3"')}, {"acme-policy-1": text})) == 1


def test_a_purpose_of_one_edition_is_proved_in_that_edition(proved):
    rows = '    purposes:\n      forbids:\n        - {purposes: [weapons], section: "3", editions: [acme-open-1]}\n'
    clause = '  - topic: acceptable-use\n    section: "1"\n    effect: prohibition\n    says: {en: x, zh: x}\n    when: given\n' + rows
    shorter = TEXT.replace("3. Ban. Do not race.", "")
    assert proved({"acme-open": LICENSE.replace(*TWO) + clause}, {"acme-open-1": TEXT, "acme-open-2": shorter}) == []
    assert len(proved({"acme-open": LICENSE.replace(*TWO) + clause}, {"acme-open-1": shorter, "acme-open-2": TEXT})) == 1


def test_a_text_that_is_another_one_is_said(proved):
    ((name, line, message),) = proved({"acme-open": LICENSE.replace("acme-open-1", "apache-2.0")}, {"apache-2.0": TEXT})
    assert (name, line) == ("acme-open", 7)
    assert "is not recognised" in message


def test_files_with_mistakes_are_not_proved_but_shown(proved):
    problems = proved({"acme-open": LICENSE.replace('section: "2"', "section: 2")}, {"acme-open-1": TEXT})
    assert [line for _, line, _ in problems] == [14]


def test_a_folder_of_texts_that_is_not_there_is_said(tmp_path):
    from licensecheck.citations_proof import prove

    (problem,) = prove(None, str(tmp_path / "nowhere"))
    assert "no such folder of texts" in problem.message


def test_rules_lint_proves_what_is_cited(tmp_path):
    from click.testing import CliRunner

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "acme-open-1.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "acme-open.yaml"
    arguments = ["rules", "lint", str(file), "--texts", str(tmp_path / "texts")]
    file.write_text(LICENSE, encoding="utf-8")
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    file.write_text(LICENSE.replace('section: "2"', 'section: "7"'), encoding="utf-8")
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file}:14: clauses[0].section: §7 is not found")
