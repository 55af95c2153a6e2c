from __future__ import annotations

import os
from pathlib import Path

import pytest

from licensecheck.errors import InputError
from licensecheck.knowledge import load
from licensecheck.knowledge.state import quick_state
from licensecheck.pipeline import examine
from licensecheck.scenarios import recognise_stand_in

CARD = "---\nlicense: acme-open\nbase_model: acme/engine\n---\n# Beacon\n"


@pytest.fixture(scope="module")
def knowledge():
    return load()


# --- names


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("apache-2.0", "apache-2.0"),
        ("Apache-2.0", "apache-2.0"),
        ("APACHE 2.0", "apache-2.0"),
        ("apache_2.0", "apache-2.0"),
        ("Apache License 2.0", "apache-2.0"),
        ("apache-2.0-license", "apache-2.0"),
        ("Apache License, Version 2.0", "apache-2.0"),
        ("MIT", "mit"),
        ("MIT License", "mit"),
        ("llama3.1", "llama3.1"),
        ("LicenseRef-llama3.1", "llama3.1"),
        ("licenseref-LLAMA3.1", "llama3.1"),
        ("LicenseRef-scancode-llama-3.1-license-2024", "llama3.1"),
        ("llama-3.1-license-2024", "llama3.1"),
        ("Llama 3.1 Community License Agreement", "llama3.1"),
        ("llama3.1-community", "llama3.1"),
        ("llama-3.1-community-licence", "llama3.1"),  # the id of its text
        ("Qwen LICENSE AGREEMENT", "qwen"),
        ("qwen", "qwen"),
        ("qwen-research", "qwen-research"),
        ("Tongyi Qianwen", "tongyi-qianwen"),
        ("gemma", "gemma"),
        ("CC-BY-NC-4.0", "cc-by-nc-4.0"),
        ("  mit  ", "mit"),
    ],
)
def test_a_name_an_alias_and_an_id_stand_for_one_licence(knowledge, name, license_id):
    assert knowledge.resolve(name) == license_id


@pytest.mark.parametrize("name", ["", " ", "acme-secret", "MIT OR Apache-2.0", "LicenseRef-", "license", "llama", "x" * 10_000, "mit\x00"])
def test_what_nobody_knows_is_nothing(knowledge, name):
    assert knowledge.resolve(name) is None


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("apache-2.O", "apache-2.0"),
        ("lama3.1", "llama3.1"),
        ("qwen-reserch", "qwen-research"),
        ("cc-by-nc-4", "cc-by-nc-4.0"),
        ("zzzz", None),
        ("", None),
    ],
)
def test_a_misspelt_name_has_a_nearest_one(knowledge, name, license_id):
    assert knowledge.suggest(name) == license_id


def test_every_name_of_every_licence_leads_back_to_it(knowledge):
    for name in knowledge.license_ids():
        data = knowledge.license(name)
        for known in (name, data["name"], data.get("spdx"), *data.get("aliases", ()), *(edition["text"] for edition in data["editions"])):
            assert known is None or knowledge.resolve(known) == name


def test_every_text_of_a_licence_belongs_to_it(knowledge):
    for name in knowledge.license_ids():
        for edition in knowledge.license(name)["editions"]:
            assert knowledge.license_of_text(edition["text"]) == name


def test_a_licence_without_rules_is_known_by_name_only(knowledge):
    name = next(name for name in knowledge.table("identifiers")["hub"] if not knowledge.brief(name)["known"])
    assert knowledge.resolve(name) == name
    with pytest.raises(KeyError):
        knowledge.license(name)
    assert knowledge.brief("acme-secret") == {}


def test_every_clause_is_ready_to_be_judged(knowledge):
    for name in knowledge.license_ids():
        for clause in knowledge.license(name)["clauses"]:
            assert {"id", "topic", "section", "effect", "layer", "binds", "says", "when", "unless", "unsettled", "title"} <= set(clause)


def test_no_blank_is_left_in_the_law(knowledge):
    allowed = {"{component}", "{subject}", "{publisher}"}
    for name in knowledge.license_ids():
        for clause in knowledge.license(name)["clauses"]:
            assert blanks(clause) - allowed == set(), f"{name}/{clause['id']}"


def blanks(value):
    import re

    if isinstance(value, str):
        return set(re.findall(r"\{[\w.-]+\}", value))
    if isinstance(value, dict):
        return set().union(*map(blanks, value.values()))
    return set().union(*map(blanks, value)) if isinstance(value, list) else set()


# --- a house's own files


def test_a_licence_of_the_house_is_added(loaded, license_text):
    knowledge = loaded({"acme-open.yaml": license_text})
    assert "acme-open" in knowledge.license_ids()
    assert knowledge.resolve("Acme Open Licence") == "acme-open"
    assert knowledge.license("acme-open")["clauses"][0]["says"]["en"] == "A copy of the Engine goes along."
    assert "apache-2.0" in knowledge.license_ids()


@pytest.mark.parametrize("name", ["acme-open.yaml", "licenses/acme-open.yaml"])
def test_licences_of_the_house_may_lie_in_a_folder_of_their_own(loaded, license_text, name):
    assert "acme-open" in loaded({name: license_text}).license_ids()


def test_a_licence_of_the_house_stands_in_for_the_shipped_one(loaded, license_text):
    own = license_text.replace("id: acme-open", "id: apache-2.0").replace("Acme Open Licence", "Apache as we read it")
    knowledge = loaded({"apache-2.0.yaml": own})
    assert knowledge.license("apache-2.0")["name"] == "Apache as we read it"
    assert [clause["id"] for clause in knowledge.license("apache-2.0")["clauses"]] == ["license-copy"]


def test_what_is_like_the_shipped_file_stays_like_it(loaded, license_text):
    own = license_text.replace("id: acme-open", "id: apache-2.0").replace("Acme Open Licence", "Apache as we read it")
    before = [clause["id"] for clause in load().license("ecl-2.0")["clauses"]]
    assert [clause["id"] for clause in loaded({"apache-2.0.yaml": own}).license("ecl-2.0")["clauses"]] == before


def test_a_house_may_change_one_clause_of_a_shipped_licence(loaded):
    own = (
        "schema: license/1\nid: isc\nlike: isc\nname: ISC License\npublisher: the copyright holder\nverified: true\n"
        "editions: [{text: isc}]\n"
        "clauses:\n  - topic: license-copy\n    section: our handbook 3\n"
    )
    shipped, changed = load().license("isc")["clauses"], loaded({"licenses/isc.yaml": own}).license("isc")["clauses"]
    assert [clause["id"] for clause in changed] == [clause["id"] for clause in shipped]
    assert {clause["section"] for clause in changed} - {clause["section"] for clause in shipped} == {"our handbook 3"}


def test_a_licence_of_the_house_may_be_like_a_shipped_one(loaded, license_text):
    own = (
        "schema: license/1\nid: acme-llama\nlike: llama3.1\nname: Acme's own\npublisher: Acme\nverified: true\n"
        "editions: [{text: acme-llama-1}]\nwithout: [model-name]\n"
    )
    clauses = {clause["id"] for clause in loaded({"acme-llama.yaml": own}).license("acme-llama")["clauses"]}
    assert "display-attribution" in clauses
    assert "model-name" not in clauses


def test_a_policy_of_the_house_is_found_by_its_licence(loaded, license_text, policy_text):
    own = license_text.replace("terms:", "policies: [acme-policy]\nterms:") + (
        '  - {topic: acceptable-use, section: "3", effect: prohibition, says: {en: Be good., zh: 守规矩。},\n'
        "     when: given, policy: acme-policy}\n"
    )
    knowledge = loaded({"acme-open.yaml": own, "policies/acme-policy.yaml": policy_text})
    clause = next(clause for clause in knowledge.license("acme-open")["clauses"] if clause["topic"] == "acceptable-use")
    assert clause["purposes"]["forbids"] == [{"purposes": ["weapons"], "section": "1"}]
    assert "acme-policy" in knowledge.policy_ids()


def test_a_licence_of_the_house_is_judged_like_any_other(write, tmp_path, monkeypatch, license_text):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rules = tmp_path / "house"
    rules.mkdir()
    (rules / "acme-open.yaml").write_text(license_text, encoding="utf-8")
    manifest = "version: 1\nbuilt_from: [{model: acme/engine, license: acme-open}]\n"
    report = examine(
        str(write({"README.md": CARD, "licensecheck.yaml": manifest})), as_="public", rules=str(rules), recognise=recognise_stand_in
    )
    assert {finding["rule"]: finding["kind"] for finding in report["findings"] if finding["license"]} == {"acme-open/license-copy": "fail"}


def test_wrong_files_of_the_house_are_one_error_with_every_problem(loaded, bent):
    with pytest.raises(InputError) as caught:
        loaded({"acme-open.yaml": bent('section: "2"', "section: 2").replace("effect: duty", "effect: dutty")})
    assert [(os.path.basename(problem.path), problem.line) for problem in caught.value.problems] == [
        ("acme-open.yaml", 14),
        ("acme-open.yaml", 15),
    ]


def test_a_folder_of_the_house_that_is_not_there_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(InputError):
        load(str(tmp_path / "nowhere"))


def test_other_files_in_the_folder_of_the_house_do_no_harm(loaded, license_text):
    assert "acme-open" in loaded({"acme-open.yaml": license_text, "README.md": "# Rules", "ci.yml": "a: [", "notes.txt": "x"}).license_ids()


# --- the index


def test_the_index_is_built_again_when_a_file_changes(loaded, license_text):
    first = loaded({"acme-open.yaml": license_text})
    again = loaded({})
    changed = loaded({"acme-open.yaml": license_text.replace("Acme Open Licence", "Acme Open Licence, second")})
    assert first.index == again.index
    assert changed.index != first.index
    assert changed.license("acme-open")["name"] == "Acme Open Licence, second"


def test_the_key_of_the_index_changes_with_names_sizes_and_times(tmp_path):
    def state():
        return quick_state(str(tmp_path))

    seen = {state()}
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\n")
    seen.add(state())
    file.write_text("a: 22\n")
    seen.add(state())
    os.utime(file, ns=(1, 1))
    seen.add(state())
    file.rename(tmp_path / "b.yaml")
    seen.add(state())
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.yaml").write_text("c: 1\n")
    seen.add(state())
    assert len(seen) == 6
    (tmp_path / "notes.txt").write_text("of no account")
    (tmp_path / ".hidden").mkdir()
    assert state() in seen


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch, license_text):
    blocked = tmp_path / "a file where a folder should be"
    blocked.write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert load().resolve("mit") == "mit"


def test_the_index_lies_in_the_cache_and_leaves_nothing_half_done(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    knowledge = load()
    if not Path(knowledge.index).is_relative_to(tmp_path):
        pytest.skip("an installed package brings its index along")
    assert [path.name for path in (tmp_path / "llm-licensecheck").iterdir()] == [Path(knowledge.index).name]


# --- the cache


def test_a_damaged_cached_index_is_built_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    house = tmp_path / "house"
    house.mkdir()
    folder = Path(load(str(house)).index)
    (folder / "core.json").write_text('{"licen')
    assert load(str(house)).license("mit")["id"] == "mit"


# --- services


@pytest.mark.parametrize(
    ("name", "on", "terms"),
    [
        ("openai/gpt-4o", "2024-06-01", "openai-business-terms"),  # the API's terms go before those of the consumer's channel
        ("openai/text-davinci-003", "2023-06-01", "openai-terms"),  # which governed the API too until it had its own
        ("openai/text-davinci-003", "2022-12-01", "openai-terms"),  # the first edition known, where the day lies before it
        ("deepseek/deepseek-chat", "2025-06-01", "deepseek-open-platform-terms"),
    ],
)
def test_a_service_carries_the_terms_of_its_day(knowledge, name, on, terms):
    assert knowledge.service(name, on)["terms"] == terms


def test_a_service_nobody_lists_has_no_terms(knowledge):
    assert knowledge.service("nobody/model-1", None) is None
