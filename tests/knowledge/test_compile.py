from __future__ import annotations

import pytest

from licensecheck.knowledge.compile import lint

CLAUSE = 13  # the line of the clause in the valid file


def test_the_shipped_rules_are_in_order():
    assert lint() == []


def test_the_valid_file_is_in_order(house, license_text, policy_text):
    assert house(license_text, acme_policy=policy_text) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        # keys
        ("publisher: Acme\n", "publisher: Acme\npublischer: x\n", 5, ["publischer: unknown key", "`publisher`"]),
        ("    effect: duty", "    efect: duty", 15, ["clauses[0].efect: unknown key", "`effect`"]),
        ("requires: {copy: agreement}", "requires: {copi: agreement}", 18, ["unknown key", "`copy`"]),
        ("publisher: Acme\n", "", 1, ["`publisher` is missing"]),
        ('    section: "2"\n', "", CLAUSE, ["`section` missing"]),
        (", zh: 须附副本。", "", 16, ["`zh` is missing"]),
        # words of closed lists
        ("topic: license-copy", "topic: licence-copy", CLAUSE, ["licence-copy", "`license-copy`"]),
        ("component.relation", "component.relatoin", 17, ["unknown fact", "`component.relation`"]),
        ("[finetune]", "[finetuned]", 17, ["`finetuned` is not a value", "`finetune`"]),
        ("{component.relation: [finetune]}", "{use.purposes: [codding]}", 17, ["codding", "`coding`"]),
        ("{component.relation: [finetune]}", "{use.purposes: {only: [resaerch]}}", 17, ["resaerch", "`research`"]),
        ("{component.relation: [finetune]}", "{licensee.established: {in: EUU}}", 17, ["unknown territory `EUU`", "`EU`"]),
        ("effect: duty", "effect: dutty", 15, ["`dutty`", "`duty`"]),
        ("requires: {copy: agreement}", "requires: {copy: licence}", 18, ["`licence` is not one of agreement"]),
        ("    requires:", "    covered_by: [request-licence]\n    requires:", 18, ["`request-licence`", "`request-license`"]),
        # types
        ("verified: true", "verified: yes", 5, ["true or false is wanted"]),
        ('section: "2"', "section: 1.10", 14, ["clauses[0].section", "quote numbers"]),
        ('section: "2"', "section: 2", 14, ["clauses[0].section", "quote numbers"]),
        ("from: 2024-01-01", "from: soon", 7, ["editions[0].from: a date"]),
        ("text: acme-open-1", "text: 1", 7, ["editions[0].text: a text"]),
        ("{component.relation: [finetune]}", "{release.service: 'true'}", 17, ["true or false is wanted"]),
        ("{component.relation: [finetune]}", "{use.monthly_active_users: 100}", 17, ["`above: N`"]),
        ("{component.relation: [finetune]}", "{use.monthly_active_users: {over: 100}}", 17, ["`above: N`"]),
        ("{component.relation: [finetune]}", "{use.monthly_active_users: {above: '100'}}", 17, ["`above` wants a number"]),
        ("{component.relation: [finetune]}", "{use.monthly_active_users: {above: 1, at_least: 1}}", 17, ["`above: N`"]),
        ("  given: {release.weights: [public, private]}", "  []", 10, ["terms: a mapping is wanted, not a list"]),
        # terms
        ("given]}", "givn]}", 17, ["unknown term `givn`", "`given`"]),
        ("  given: {release.weights: [public, private]}", "  given: other\n  other: given", 12, ["the term `given` is defined by itself"]),
        ("  given: {release.weights: [public, private]}", "  given: {not: given}", 11, ["the term `given` is defined by itself"]),
        # conditions
        ("{all: [{component.relation: [finetune]}, given]}", "5", 17, ["a condition is"]),
        ("{all: [{component.relation: [finetune]}, given]}", "{all: []}", 17, ["`all` wants a list"]),
        ("{all: [{component.relation: [finetune]}, given]}", "{any: given}", 17, ["`any` wants a list"]),
        ("{component.relation: [finetune]}", "{others: {any: given}}", 17, ["`some:` or `every:`"]),
        ("{component.relation: [finetune]}", "{component.relation: finetune, release.service: true}", 17, ["a condition is one fact"]),
        ("[finetune]", "{in: [finetune]}", 17, ["cannot be tested with in"]),
        # what a clause needs
        ("    requires: {copy: agreement}\n", "", CLAUSE, ["a duty needs `requires` or `attest`"]),
        ("    requires:", "    unless: [{when: given, why: {en: a, zh: b}}]\n    requires:", 18, ["unless[0]: `section` is missing"]),
        (
            "    requires:",
            "    unsettled: [{when: {a.b: 1}, why: {en: a, zh: b}}]\n    requires:",
            18,
            ["unsettled[0].when", "unknown fact"],
        ),
        # other files
        ("id: acme-open\n", "id: acme-open\nlike: acme-opne\n", 3, ["like:", "`acme-opne`"]),
        ("id: acme-open\n", "id: acme-open\nlike: llama3.11\n", 3, ["like:", "`llama3.1`"]),
        ("terms:", "policies: [llama-3-use-polcy]\nterms:", 10, ["unknown policy", "`llama-3-use-policy`"]),
        ("id: acme-open\n", "id: acme-closed\n", 2, ["the file is called acme-open"]),
        # YAML
        ("publisher: Acme", "publisher: [Acme", 4, ["["]),
        ("publisher: Acme\n", "publisher: Acme\npublisher: Other\n", 5, ["given twice"]),
    ],
)
def test_a_mistake_is_shown_with_its_line_and_the_nearest_word(house, bent, old, new, line, says):
    problems = house(bent(old, new))
    assert ("acme-open.yaml", line) in {(file, at) for file, at, _ in problems}
    messages = " | ".join(message for _, at, message in problems if at == line)
    assert [word for word in says if word not in messages] == []


def test_two_clauses_with_one_name_are_a_mistake_at_the_second(house, license_text):
    clause = license_text[license_text.index("  - topic: license-copy") :]
    (problem,) = house(license_text + clause)
    assert problem[1] == 19
    assert "two clauses are called `license-copy`" in problem[2]


def test_two_clauses_of_one_topic_with_names_of_their_own_are_none(house, license_text):
    clause = license_text[license_text.index("  - topic: license-copy") :]
    assert house(license_text + clause.replace("    section", "    id: second-copy\n    section")) == []


def test_every_mistake_is_shown_at_once(house, bent):
    text = bent("publisher: Acme\n", "publisher: Acme\nfoo: 1\nbar: 2\n").replace('section: "2"', "section: 2")
    assert [line for _, line, _ in house(text)] == [5, 6, 16]


def test_files_that_are_like_each_other_are_a_mistake(house, license_text):
    other = license_text.replace("acme-open", "acme-b").replace("Open Licence", "B").replace("id: acme-b", "id: acme-b\nlike: acme-open")
    problems = house(license_text.replace("id: acme-open", "id: acme-open\nlike: acme-b"), acme_b=other)
    assert {line for _, line, _ in problems} == {3}
    assert not any(
        "is not another file" in message and "did you mean `acme-open`" in message for file, _, message in problems if "open" in file
    )


def test_a_name_that_another_licence_has_is_a_mistake(house, bent):
    (problem,) = house(bent("publisher: Acme\n", "publisher: Acme\naliases: [Apache_2.0]\n"))
    assert problem[1] == 5
    assert "is already a name of apache-2.0" in problem[2]


def test_a_policy_is_checked_like_a_licence(house, license_text, policy_text):
    problems = house(license_text, acme_policy=policy_text.replace("weapons", "wepons"))
    assert problems == [("acme-policy.yaml", 7, problems[0][2])]
    assert "`weapons`" in problems[0][2]


def test_a_path_that_is_not_there_is_said(tmp_path):
    (problem,) = lint(str(tmp_path / "nowhere"))
    assert "no such file" in problem.message


def test_one_file_may_be_checked_alone(tmp_path, bent):
    path = tmp_path / "acme-open.yaml"
    path.write_text(bent('section: "2"', "section: 2"), encoding="utf-8")
    (problem,) = lint(str(path))
    assert (problem.path, problem.line) == (str(path), 14)


def test_a_file_that_is_no_text_is_a_problem(tmp_path):
    (tmp_path / "acme-open.yaml").write_bytes(b"\xff\xfe\x00schema")
    assert lint(str(tmp_path)) != []


def test_a_broken_file_is_shown_once(house, bent):
    assert len(house(bent("publisher: Acme", "publisher: [Acme"))) == 1


# --- mistakes that would be felt only much later


@pytest.mark.parametrize("requires", ["{}", "{places: [website]}", "{file: any}"])
def test_a_requirement_that_asks_for_nothing_is_a_mistake(house, bent, requires):
    assert [line for _, line, _ in house(bent("requires: {copy: agreement}", f"requires: {requires}"))] == [18]


def test_a_requirement_that_asks_for_two_things_is_a_mistake(house, bent):
    assert [line for _, line, _ in house(bent("requires: {copy: agreement}", "requires: {copy: agreement, notice: words}"))] == [18]


def test_a_licence_without_an_edition_is_a_mistake(house, bent):
    assert house(bent("editions:\n  - {text: acme-open-1, from: 2024-01-01}", "editions: []")) != []


def test_a_clause_of_an_edition_that_is_not_there_is_a_mistake(house, bent):
    problems = house(bent("    requires:", "    editions: [acme-open-2]\n    requires:"))
    assert [line for _, line, _ in problems] == [18]


def test_leaving_out_a_clause_that_is_not_there_is_a_mistake(house, bent):
    problems = house(bent("id: acme-open\n", "id: acme-open\nlike: llama3.1\nwithout: [modelname]\n"))
    assert [line for _, line, _ in problems] == [4]


@pytest.mark.parametrize("schema", ["schema: licence/1\n", "schema: license/2\n", ""])
def test_a_file_of_the_house_that_says_no_known_schema_is_not_passed_over(house, bent, schema):
    assert house(bent("schema: license/1\n", schema)) != []


@pytest.mark.parametrize("condition", ["{licensee.established: Germany}", "{licensee.established: {in: [Germany]}}", "{use.markets: [D]}"])
def test_a_country_is_a_code(house, bent, condition):
    assert [line for _, line, _ in house(bent("{component.relation: [finetune]}", condition))] == [17]


def test_a_month_is_a_month(house, bent):
    condition = "{use.monthly_active_users: {above: 100, month: june}}"
    assert [line for _, line, _ in house(bent("{component.relation: [finetune]}", condition))] == [17]


def test_a_word_that_is_not_defined_is_a_mistake(house, bent):
    assert [line for _, line, _ in house(bent("{work}", "{wrok}"))] == [16]


def test_a_term_that_nothing_uses_is_checked_too(house, bent):
    assert [line for _, line, _ in house(bent("terms:\n", "terms:\n  unused: {no.fact: 1}\n"))] == [11]


# --- what stands beside what


@pytest.mark.parametrize("requires", ["{display: []}", "{credit: []}", "{mentions: [[]]}", "{display: [x], places: []}"])
def test_a_list_of_nothing_is_a_mistake(house, bent, requires):
    assert [line for _, line, _ in house(bent("requires: {copy: agreement}", f"requires: {requires}"))] == [18]


def test_a_manner_goes_with_its_own_requirement_only(house, bent):
    ((_, line, message),) = house(bent("requires: {copy: agreement}", "requires: {copy: agreement, places: [website]}"))
    assert line == 18
    assert "goes with `display` only" in message


@pytest.mark.parametrize("test", ["above: 1, currency: Dollar", "at_least: 1, month: 2024-13", "above: 1, month: 2024"])
def test_a_figure_is_tested_in_a_currency_or_month_that_exists(house, bent, test):
    assert [line for _, line, _ in house(bent("{component.relation: [finetune]}", f"{{use.annual_revenue: {{{test}}}}}"))] == [17]


def test_a_territory_as_a_country_is_shown_how_to_write_it(house, bent):
    ((_, _, message),) = house(bent("{component.relation: [finetune]}", "{use.markets: [EU]}"))
    assert "did you mean {in: EU}" in message


@pytest.mark.parametrize("word", ["component", "subject", "publisher", "work"])
def test_words_that_are_always_defined_may_be_used(house, bent, word):
    assert house(bent("{work}", f"{{{word}}}")) == []


def test_a_mistake_in_a_term_is_shown_once_however_often_it_is_used(house, bent):
    assert len(house(bent("given]}", "given, given]}").replace("public, private", "publik"))) == 1


def test_leaving_out_clauses_of_no_other_file_is_a_mistake(house, bent):
    assert [line for _, line, _ in house(bent("id: acme-open\n", "id: acme-open\nwithout: [model-name]\n"))] == [3]


def test_a_clause_taken_from_another_file_needs_an_edition_of_ones_own(house, license_text):
    own = license_text.replace("    requires:", "    editions: [acme-open-1]\n    requires:")
    like = "schema: license/1\nid: acme-b\nlike: acme-open\nname: B\npublisher: Acme\nverified: true\neditions: [{text: acme-b-1}]\n"
    ((name, line, message),) = house(own, acme_b=like)
    assert (name, line) == ("acme-b.yaml", 3)
    assert "the clause `license-copy` stands in `acme-open-1`" in message


# --- editions that number differently


def test_an_edition_may_number_what_it_says_in_its_own_way(house, bent):
    assert house(bent('    section: "2"\n', '    section: "2"\n    sections: {acme-open-1: "2.1"}\n')) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('    section: "2"\n', '    section: "2"\n    sections: {acme-open-9: "2.1"}\n', 15),
        (
            "    requires:",
            '    unless:\n      - {when: given, section: "3", sections: {acme-open-9: "1"}, why: {en: x, zh: x}}\n    requires:',
            19,
        ),
        ("verified: true\n", 'verified: true\nrestricts: {section: "3", sections: {acme-open-9: "1"}, what: {en: x, zh: x}}\n', 6),
        (
            "verified: true\n",
            'verified: true\nown_terms: {allowed: no, section: "3", sections: {acme-open-9: "1"}}\n'.replace("no,", '"no",'),
            6,
        ),
        ("verified: true\n", 'verified: true\ncommercial: {allowed: true, section: "3", sections: {acme-open-9: "1"}}\n', 6),
        ("verified: true\n", 'verified: true\nshare_alike: {section: "3", sections: {acme-open-9: "1"}}\n', 6),
    ],
)
def test_the_numbering_of_an_edition_that_is_not_there_is_a_mistake(house, bent, old, new, line):
    ((_, at, message),) = house(bent(old, new))
    assert at == line
    assert "`acme-open-9` is no edition of this licence; did you mean `acme-open-1`?" in message


def test_a_label_is_a_text_in_every_edition(house, bent):
    assert [line for _, line, _ in house(bent('    section: "2"\n', '    section: "2"\n    sections: {acme-open-1: 2.1}\n'))] == [15]


def test_a_purpose_may_stand_in_some_editions(house, license_text):
    clause = '  - topic: acceptable-use\n    section: "3"\n    effect: prohibition\n    says: {en: x, zh: x}\n    when: given\n'
    rows = '    purposes:\n      forbids:\n        - {purposes: [weapons], section: "3", editions: [acme-open-1]}\n'
    assert house(license_text + clause + rows) == []
    ((_, line, message),) = house(license_text + clause + rows.replace("open-1", "open-9"))
    assert line == 26
    assert "`acme-open-9` is no edition of this licence; did you mean `acme-open-1`?" in message


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        ("numbering: counted", True),
        ("numbering: counted, headings: [Grant, Duties]", True),
        ("numbering: lost", False),
        ("headings: []", False),
        ("headings: Grant", False),
    ],
)
def test_an_edition_whose_copy_shows_no_numbers_is_counted(house, bent, key, fits):
    problems = house(bent("from: 2024-01-01}", f"from: 2024-01-01, {key}}}"))
    assert [line for _, line, _ in problems] == ([] if fits else [7])


def test_a_policy_has_no_editions_to_number(house, license_text, policy_text):
    policy = policy_text.replace('section: "1"}', 'section: "1", sections: {acme-open-1: "2"}}')
    assert [(name, line) for name, line, _ in house(license_text, acme_policy=policy)] == [("acme-policy.yaml", 7)]


def test_how_the_editions_of_another_file_are_numbered_is_not_taken_over(loaded, license_text):
    own = license_text.replace('    section: "2"\n', '    section: "2"\n    sections: {acme-open-1: "2.1"}\n')
    like = "schema: license/1\nid: acme-b\nlike: acme-open\nname: B\npublisher: Acme\nverified: true\neditions: [{text: acme-b-1}]\n"
    sections = 'clauses:\n  - {topic: license-copy, sections: {acme-b-1: "4"}}\n'
    knowledge = loaded(
        {
            "acme-open.yaml": own,
            "acme-b.yaml": like,
            "acme-c.yaml": like.replace("acme-b", "acme-c").replace(": B", ": C") + sections.replace("-b-", "-c-"),
        }
    )
    assert [knowledge.license(name)["clauses"][0].get("sections") for name in ("acme-open", "acme-b", "acme-c")] == [
        {"acme-open-1": "2.1"},
        None,
        {"acme-c-1": "4"},
    ]


def test_two_files_of_one_name_in_the_folder_of_the_house_are_a_mistake(tmp_path, license_text):
    for folder in (tmp_path, tmp_path / "licenses"):
        folder.mkdir(exist_ok=True)
        (folder / "acme-open.yaml").write_text(license_text, encoding="utf-8")
    (problem,) = lint(str(tmp_path))
    assert "another file of this name" in problem.message


def test_scenarios_beside_the_files_of_the_house_are_not_read_as_law(house, license_text):
    assert house(license_text, acme_cases="schema: scenarios/1\nlicense: acme-open\n") == []


def test_the_shipped_folder_itself_may_be_checked():
    from licensecheck.knowledge import rules_folder

    assert lint(rules_folder()) == []
