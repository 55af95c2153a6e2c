from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
import yaml

from licensecheck.errors import InputError, LicenseCheckError, UsageError
from licensecheck.pipeline import envelope, examine
from licensecheck.scenarios import Case, read_cases, recognise_stand_in, write_case
from tests.conftest import REPO
from tests.said import ACCUSING, BLANK, JUDGING, texts

LLAMA = "meta-llama/Llama-3.1-8B-Instruct"
CARD = f"---\nlicense: llama3.1\nbase_model: {LLAMA}\n---\n# Llama-Beacon-8B\n"
TODAY = date(2025, 6, 1)


@pytest.fixture
def examined(write):
    def run(files=None, manifest=None, **options):
        written = dict(files or {"README.md": CARD})
        if manifest is not None:
            written["licensecheck.yaml"] = yaml.safe_dump({"version": 1, **manifest}, allow_unicode=True)
        options.setdefault("recognise", recognise_stand_in)
        options.setdefault("today", TODAY)
        return examine(str(write(written)), **options)

    return run


def kinds(report):
    return {finding["rule"]: finding["kind"] for finding in report["findings"] if finding["license"]}


# --- what is laid over what


@pytest.mark.parametrize(
    ("manifest", "options", "kind"),
    [
        ({}, {}, "open"),
        ({}, {"as_": "public"}, "fail"),
        ({}, {"as_": "internal"}, "pass"),
        ({}, {"sets": ["release.weights=public"]}, "fail"),
        ({"release": {"weights": "public"}}, {}, "fail"),
        ({"release": {"weights": "public"}}, {"as_": "internal"}, "pass"),  # the command line over the manifest
        ({"release": {"weights": "public"}}, {"sets": ["release.weights=none", "release.service=false", "release.product=false"]}, "pass"),
        ({}, {"as_": "internal", "sets": ["release.weights=public"]}, "fail"),  # the single key over the shorthand
        ({"release": {"service": True}}, {"as_": "public"}, "fail"),  # the shorthand leaves alone what is stated
    ],
)
def test_the_single_key_beats_the_shorthand_and_that_the_manifest(examined, manifest, options, kind):
    assert kinds(examined(manifest=manifest, **options))["llama3.1/license-copy"] == kind


def test_the_shorthand_leaves_stated_figures_of_the_release_alone(examined):
    report = examined(manifest={"release": {"service": True}}, as_="public")
    assert "release.service" not in {question["fact"] for question in report["questions"]}


@pytest.mark.parametrize(
    "options",
    [{"sets": ["release.wieghts=public"]}, {"sets": ["release.weights=pubic"]}, {"sets": ["nonsense"]}, {"as_": "somehow"}],
)
def test_what_cannot_be_laid_over_is_an_error(examined, options):
    with pytest.raises(LicenseCheckError):
        examined(**options)


# --- dates


def test_the_day_of_release_is_the_day_of_the_report(examined):
    assert examined(manifest={"model": {"released": date(2024, 9, 1)}})["as_of"] == "2024-09-01"
    assert examined(manifest={"model": {"released": "2024-09-01"}})["as_of"] == "2024-09-01"


def test_without_one_it_is_today(examined):
    assert examined()["as_of"] == "2025-06-01"


def test_today_defaults_to_the_clock(examined):
    assert examined(today=None)["as_of"] >= "2025-06-01"


# --- what is there and what is not


def test_an_empty_folder_passes(tmp_path):
    report = examine(str(tmp_path), today=TODAY)
    assert (report["verdict"], report["findings"], report["questions"], report["inputs"]) == ("pass", [], [], [])


@pytest.mark.parametrize("target", ["nowhere", "README.md", "a\0b"])
def test_what_is_no_folder_is_an_error(tmp_path, monkeypatch, target):
    (tmp_path / "README.md").write_text("x")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        examine(target)


def test_a_wrong_manifest_is_an_error_with_its_line(examined):
    with pytest.raises(InputError) as caught:
        examined({"README.md": CARD, "licensecheck.yaml": "version: 1\nrelease: {weigths: public}\n"})
    assert caught.value.problems[0].line == 2


def test_what_does_not_concern_a_component_is_shown_on_request(examined):
    manifest = {"built_from": [{"model": LLAMA, "relation": "tokenizer"}]}
    assert "not-applicable" not in {finding["kind"] for finding in examined(manifest=manifest)["findings"]}
    assert "not-applicable" in {finding["kind"] for finding in examined(manifest=manifest, everything=True)["findings"]}


def test_counts_agree_with_the_findings(examined):
    report = examined(everything=True, as_="public")
    for kind, count in report["counts"].items():
        assert count == sum(finding["kind"] == kind for finding in report["findings"])


def test_every_report_says_what_it_did_not_examine(examined):
    assert len(examined()["not_examined"]) == len(examined(lang="zh")["not_examined"]) >= 6


def test_inputs_are_listed_with_their_digests_and_each_once(examined):
    report = examined({"README.md": CARD, "LICENSE": "x", "config.json": "{}"}, {})
    assert len(report["inputs"]) == 4
    assert len({item["path"] for item in report["inputs"]}) == 4
    assert all(re.fullmatch("[0-9a-f]{64}", item["sha256"]) for item in report["inputs"])


def test_evidence_of_the_manifest_and_of_the_card_name_their_files_alike(examined):
    report = examined(manifest={"built_from": [LLAMA]})
    (edge,) = report["lineage"]["edges"]
    assert [item["source"] for item in edge["evidence"]] == ["licensecheck.yaml", "README.md"]


def test_the_same_folder_gives_the_same_report(examined):
    assert json.dumps(examined(as_="public")) == json.dumps(examined(as_="public"))


def test_the_lineage_is_a_graph_of_its_nodes(examined):
    report = examined({"README.md": "---\nbase_model: moonshotai/Kimi-Dev-72B\n---\n# Beacon\n"})
    edges = [(edge["from"], edge["relation"], edge["to"]) for edge in report["lineage"]["edges"]]
    assert edges == [("Beacon", "finetune", "moonshotai/Kimi-Dev-72B"), ("moonshotai/Kimi-Dev-72B", "finetune", "Qwen/Qwen2.5-72B")]
    assert [node["id"] for node in report["lineage"]["nodes"]] == ["moonshotai/Kimi-Dev-72B", "Qwen/Qwen2.5-72B"]


# --- first contact


def test_findings_that_would_fail_are_counted_before_anything_is_declared(examined):
    report = examined({"README.md": CARD.replace("Llama-Beacon", "Beacon")})
    published = examined({"README.md": CARD.replace("Llama-Beacon", "Beacon")}, as_="public")
    assert report["if_published"] == published["counts"]["fail"] - report["counts"]["fail"] > 0


@pytest.mark.parametrize("options", [{"as_": "public"}, {"as_": "internal"}, {"sets": ["release.service=true"]}])
def test_once_the_release_is_declared_nothing_is_supposed(examined, options):
    assert examined(**options)["if_published"] is None


# --- every case of every scenario


SCENARIOS = sorted((REPO / "tests" / "scenarios").glob("*.yaml"))
SCHEMA = json.loads((REPO / "schema" / "report-1.json").read_text("utf-8"))
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)  # thousands of reports: the validator in Python takes longer than the checks


def of_case(case, lang="en", **options):
    with tempfile.TemporaryDirectory(prefix="case-") as folder:
        write_case(case, folder, None)
        return examine(folder, everything=True, lang=lang, recognise=recognise_stand_in, today=TODAY, **options)


class Told(NamedTuple):
    """What is left of the two reports of a case: enough to hold them against each other."""

    name: str
    invalid: str
    ids: tuple[str, ...]
    differing: list[str]
    sentences: tuple[str, ...]
    empty: list[str]
    untranslated: list[str]


@cache
def told(path: Path) -> list[Told]:
    """Both reports of each case of a file, read once for all tests."""
    return [_told(case) for case in read_cases(str(path))]


def _told(case: Case) -> Told:
    english, chinese = of_case(case), of_case(case, "zh")
    invalid = next(VALIDATOR.iter_errors(json.loads(json.dumps(envelope([english, chinese])))), None)
    bare = [
        {(item["id"], item["rule"], item["component"], item["kind"], item["layer"]) for item in report["findings"]}
        for report in (english, chinese)
    ]
    both = [*english["findings"], *chinese["findings"]]
    return Told(
        case.name,
        str(invalid or ""),
        tuple(item["id"] for item in english["findings"]),
        sorted(f"{item[1]} of {item[2]}" for item in bare[0] ^ bare[1]),
        tuple({*texts(english), *texts(chinese)}),
        [item["rule"] for item in both if not item["message"].strip() or not item["title"].strip()],
        [item["rule"] for item in chinese["findings"] if item["message"].isascii() or item["title"].isascii()],
    )


each_file = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


@each_file
def test_the_json_of_every_case_is_valid(path):
    assert [(case.name, case.invalid) for case in told(path) if case.invalid] == []


@each_file
def test_every_sentence_of_every_case_is_whole(path):
    assert {text for case in told(path) for text in case.sentences if BLANK.search(text)} == set()
    assert [(case.name, case.empty) for case in told(path) if case.empty] == []


@each_file
def test_no_sentence_of_any_case_accuses(path):
    assert {text for case in told(path) for text in case.sentences if ACCUSING.search(text)} == set()


@each_file
def test_no_two_findings_of_a_case_share_an_id(path):
    assert [case.name for case in told(path) if len(set(case.ids)) < len(case.ids)] == []


@each_file
def test_chinese_differs_in_words_only_and_in_all_of_them(path):
    assert [(case.name, case.differing) for case in told(path) if case.differing] == []
    assert [(case.name, case.untranslated) for case in told(path) if case.untranslated] == []


@each_file
def test_what_would_fail_if_published_does(path):
    for case in read_cases(str(path))[::4]:
        unsaid = case._replace(manifest={key: value for key, value in case.manifest.items() if key != "release"})
        now, then = of_case(unsaid), of_case(unsaid, sets=["release.weights=public"])
        assert now["if_published"] == then["counts"]["fail"] - now["counts"]["fail"], case.name


# --- the words in the rules


def sentences(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a value with where it stands."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from sentences(item, f"{at}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from sentences(item, at)


RULES = sorted(path for path in (REPO / "rules").rglob("*.yaml") if path.parent.name not in ("registry", "fingerprints"))
#: Where words are listed to be recognised in what others write, not to be said.
LISTED = ("phrases.yaml", "purposes.yaml", "identifiers.yaml")
#: The sentences that are this tool's own.
OWN = ("messages.yaml", "topics.yaml", "caps.yaml", "facts.yaml", "relations.yaml", "techniques.yaml")


def said(path: Path) -> list[tuple[str, str]]:
    return [(at, text) for at, text in sentences(yaml.safe_load(path.read_text("utf-8"))) if at.endswith((".en", ".zh"))]


@pytest.mark.parametrize("path", [path for path in RULES if path.name not in LISTED], ids=lambda path: path.name)
def test_no_sentence_in_the_rules_accuses(path):
    assert [item for item in said(path) if ACCUSING.search(item[1])] == []


@pytest.mark.parametrize("name", OWN)
def test_no_sentence_of_the_tools_own_judges(name):
    assert [item for item in said(REPO / "rules" / name) if JUDGING.search(item[1])] == []


@pytest.mark.parametrize("path", sorted(REPO.glob("templates/*.*")), ids=lambda path: path.name)
def test_no_template_accuses_or_judges(path):
    text = path.read_text("utf-8")
    assert not ACCUSING.search(text)
    assert not JUDGING.search(text)


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_where_there_is_english_there_is_chinese(path):
    def both(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict):
            words = re.search("[A-Za-z]", BLANK.sub("", str(value.get("en", ""))))
            if words and ("zh" not in value or str(value["zh"]).isascii()):
                yield at
            for key, item in value.items():
                yield from both(item, f"{at}.{key}")
        elif isinstance(value, list):
            for n, item in enumerate(value):
                yield from both(item, f"{at}[{n}]")

    assert list(both(yaml.safe_load(path.read_text("utf-8")), path.stem)) == []


def test_a_sentence_has_the_same_blanks_in_both_languages():
    def differing(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("en"), str) and isinstance(value.get("zh"), str):
                english, chinese = set(BLANK.findall(value["en"])), set(BLANK.findall(value["zh"]))
                if chinese - english or english - chinese - {"{flaw}"}:  # a flaw is said in words of its own in Chinese
                    yield at
            for key, item in value.items():
                yield from differing(item, f"{at}.{key}")
        elif isinstance(value, list):
            for n, item in enumerate(value):
                yield from differing(item, f"{at}[{n}]")

    assert list(differing(yaml.safe_load((REPO / "rules" / "messages.yaml").read_text("utf-8")), "messages")) == []
