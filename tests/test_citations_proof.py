from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.cli.main import cli
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


@pytest.fixture
def proved(tmp_path):
    """Files of a house (name → text) against texts (id → text): the lines and messages of what is not there."""
    from licensecheck.citations_proof import prove

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
    assert "“Powered by Engine” does not stand in the text `acme-open-1`" in message


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


def test_a_text_that_is_another_one_is_said(proved):
    ((name, line, message),) = proved({}, {"apache-2.0": TEXT})
    assert name == "apache-2.0"
    assert line is not None
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
