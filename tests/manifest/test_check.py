from __future__ import annotations

import datetime

import pytest

from licensecheck.values import Figure, Interval


def test_an_empty_manifest_states_nothing(read):
    assert read("").values == {}
    assert read("version: 1\nuse:\n  devices:\nmodel: {name: }\n").values == {"version": 1, "use": {}, "model": {}}


def test_every_kind_of_value_has_one_normal_form(read):
    values = read("""
version: "1"
model: {name: 7, license: acme-1.0, released: "2026-11-30", task: embedding, competes_with: Acme}
release: {weights: none, service: yes, product: off, paid: "true"}
use: {commercial: false, monthly_active_users: "<10", annual_revenue: 5 EUR, markets: [eu, NO, us], purposes: coding}
licensee: {established: de}
""").values
    assert values == {
        "version": 1,
        "model": {
            "name": "7",
            "license": "acme-1.0",
            "released": datetime.date(2026, 11, 30),
            "task": "embedding",
            "competes_with": ["acme"],
        },
        "release": {"weights": "none", "service": True, "product": False, "paid": True},
        "use": {
            "commercial": False,
            "monthly_active_users": Figure(Interval(high=10, high_open=True), {}, "users"),
            "annual_revenue": Figure(Interval.exactly(5), {}, "EUR"),
            "markets": ["EU", "NO", "US"],
            "purposes": ["coding"],
        },
        "licensee": {"established": ["DE"]},
    }


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("acme/base-7b", {"model": "acme/base-7b", "relation": "finetune"}),
        ("gpt2", {"model": "gpt2", "relation": "finetune"}),
        ("https://huggingface.co/acme/base-7b/", {"model": "acme/base-7b", "relation": "finetune"}),
        ("acme/base-7b@v2", {"model": "acme/base-7b", "relation": "finetune", "revision": "v2"}),
        ("datasets/acme/corpus", {"dataset": "acme/corpus", "relation": "data"}),
        ("../internal", {"path": "../internal", "relation": "finetune"}),
        ("{model: acme/base-7b, relation: merge}", {"model": "acme/base-7b", "relation": "merge"}),
        ("{dataset: acme/corpus}", {"dataset": "acme/corpus", "relation": "data"}),
        ("{service: acme/api}", {"service": "acme/api", "relation": "outputs"}),
        ("{code: model.py, from: acme/tools}", {"code": "model.py", "from": "acme/tools", "relation": "code"}),
        ("{path: ../internal}", {"path": "../internal", "relation": "finetune"}),
        ("{model: acme/x, license: MIT OR Apache-2.0}", {"model": "acme/x", "license": "MIT OR Apache-2.0", "relation": "finetune"}),
        ("{model: acme/x, license: house-terms}", {"model": "acme/x", "license": "house-terms", "relation": "finetune"}),
        ("{model: acme/x, revision: 1234567}", {"model": "acme/x", "revision": "1234567", "relation": "finetune"}),
        (
            "{service: a/b, stage: train, period: 2025-01/2025-06}",
            {"service": "a/b", "stage": ["train"], "period": ("2025-01", "2025-06"), "relation": "outputs"},
        ),
    ],
)
def test_components_say_what_they_are_and_how_they_are_used(read, entry, expected):
    assert read(f"built_from: [{entry}]").values["built_from"] == [expected]


@pytest.mark.parametrize(
    ("entry", "part"),
    [
        ("{relation: merge}", "needs exactly one of model, dataset, service, code, path; it has none"),
        ("{model: a/b, dataset: c/d}", "it has `model` and `dataset`"),
        ("{model: a/b, relation: distilled}", "must be"),
        ("{model: a/b, relaton: merge}", "unknown key `built_from[0].relaton`; did you mean `built_from[0].relation`?"),
        ("{model: a/b, license: acme-1.2}", "did you mean `acme-1."),
        ("{model: ./here}", "write `path: ./here`"),
        ("{model: a b}", "must be an id on the Hub"),
        ("{model: a/b, obtained: somewhere}", "must be publisher or mirror"),
        ("[a/b]", "must be a mapping"),
        ("", "needs"),
    ],
)
def test_components_that_mean_nothing_are_told(problems, entry, part):
    text = f"built_from:\n  - {entry or '{}'}\n"
    (line,) = problems(text)
    assert line.startswith("licensecheck.yaml:2: ")
    assert part in line


def test_one_alone_is_a_list_of_one_and_keeps_its_lines(read):
    manifest = read("built_from:\n  model: acme/x\n  license: mit\nclaims: trained-from-scratch\n")
    assert manifest.values["built_from"] == [{"model": "acme/x", "license": "mit", "relation": "finetune"}]
    assert manifest.values["claims"] == [{"claim": "trained-from-scratch"}]
    assert manifest.lines["built_from", 0, "license"] == ("licensecheck.yaml", 3)
    assert manifest.where("built_from", 0, "relation") == ("licensecheck.yaml", 1)


def test_claims_displays_agreements_and_waivers(read):
    values = read("""
claims: [trained-from-scratch, {claim: not-derived, from: acme/x}]
displays: [{text: Built with Acme, place: website, where: "https://acme.example"}]
agreements: [{license: acme-1.0, topic: scale-threshold, date: 2026-03-02, expires: 2027-03-01}]
waivers: [{rule: acme-1.0/model-name, reason: renamed next, expires: 2026-12-31}]
policy: {allow: [mit, LicenseRef-House], deny: acme-1.1}
evidence: compare.json
subjects: [a, b/c]
""").values
    assert values["claims"] == [{"claim": "trained-from-scratch"}, {"claim": "not-derived", "from": "acme/x"}]
    assert values["displays"][0]["place"] == "website"
    assert values["agreements"][0]["expires"] == datetime.date(2027, 3, 1)
    assert values["waivers"][0] == {"rule": "acme-1.0/model-name", "reason": "renamed next", "expires": datetime.date(2026, 12, 31)}
    assert values["policy"] == {"allow": ["mit", "LicenseRef-House"], "deny": ["acme-1.1"]}
    assert (values["evidence"], values["subjects"]) == (["compare.json"], ["a", "b/c"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("relase: {weights: public}", "unknown key `relase`; did you mean `release`?"),
        ("use: {comercial: true}", "unknown key `use.comercial`; did you mean `use.commercial`?"),
        ("weights: public", "unknown key `weights`; did you mean `release.weights`?"),
        ("zzz: 1", "unknown key `zzz`; known here: version, extends, "),
        ("release: {weights: publik}", '`release.weights` is "publik"; did you mean `public`?'),
        ("release: {weights: true}", "`release.weights` must be public, private or none; it is true"),
        ("release: public", '`release` must be a mapping of keys such as weights, service, product, paid; it is "public"'),
        ("use: {commercial: maybe}", '`use.commercial` must be true or false, for example `commercial: true`; it is "maybe"'),
        (
            "use: {devices: many}",
            '`use.devices` must be a whole number, a bound, a range or one of these per month, for example `devices: "<10000000"`',
        ),
        ("use: {purposes: [codign]}", '`use.purposes[0]` is "codign"; did you mean `coding`?'),
        ("use: {markets: [Germany]}", "`use.markets[0]` must be a two-letter country code (ISO 3166-1), for example `markets: DE`"),
        ("use: {markets: [XX]}", "must be a two-letter country code"),
        ("use: {markets: [DE, ]}\nlicensee: {established: EU}", '`licensee.established[0]` is "EU", but one country is wanted here'),
        ("use: {markets: [DE, null]}", "`use.markets[1]` has no value"),
        ("model: {released: 2026-13-45}", '`model.released` is "2026-13-45", which is not a day of the calendar'),
        ("model: {released: soon}", "must be a date, year-month-day, for example `released: 2026-11-30`"),
        ("model: {name: ''}", "`model.name` must not be empty"),
        ("model: {name: [a]}", '`model.name` must be text, for example `name: "some words"`; it is a list'),
        ("model: {license: acme-1.3}", "which is not a known licence id; did you mean"),
        ("model: {license: MIT OR}", 'is "MIT OR", which is no licence expression: OR stands between two licences'),
        ("built_from: [{model: a/b, license: (MIT AND ()}]", "a bracket is not closed"),
        ("policy: {deny: [zzz]}", "`llm-licensecheck licenses` lists them"),
        ("agreements: [{license: zzz, topic: model-name}]", "not a known licence id"),
        ("agreements: [{license: mit}]", "`agreements[0]` lacks `topic`"),
        ("agreements: [{license: mit, topic: model-nam}]", "did you mean `model-name`?"),
        ("waivers: [{rule: check/lineage, by: me}]", "`waivers[0]` lacks `reason` and `expires`"),
        ("waivers: [{rule: check/lineage, reason: x, expires: }]", "`waivers[0]` lacks `expires`"),
        ("waivers: [{rule: acme-10/model-nam, reason: x, expires: 2027-01-01}]", "did you mean `acme-1.0/model-name`?"),
        ("waivers: [{rule: zzz, reason: x, expires: 2027-01-01}]", "is not a known rule; write license/clause"),
        ("displays: [{text: x, place: bilboard}]", "must be website, user-interface"),
        ("displays: [Built with Acme]", "`displays[0]` must be a mapping of keys such as text, place, where"),
        ("version: 2", "`version` is 2, but this tool reads version 1: write `version: 1` or update the tool"),
        ("version: true", "`version` must be the number of the manifest's format"),
        ("[a, list]", "a manifest is a mapping of keys such as `version: 1`; this is a list"),
        ("just words", 'this is "just words"'),
        ("model: {competes_with: 5}", "must be true, false or a list of provider ids"),
        ('evidence: [\'"\\0"\']\nsubjects: ["a\\0b"]', "can't be the name of a file"),
    ],
)
def test_problems_name_the_key_and_what_is_wanted(problems, text, message):
    (line,) = problems(text)
    assert line.startswith("licensecheck.yaml:")
    assert message in line


def test_all_problems_of_a_file_are_told_at_once_with_their_lines(problems):
    assert problems("version: 3\nuse:\n  comercial: true\n  markets:\n    - DE\n    - ZZ\nrelease: {paid: 5}\n") == [
        "licensecheck.yaml:1: `version` is 3, but this tool reads version 1: write `version: 1` or update the tool",
        "licensecheck.yaml:3: unknown key `use.comercial`; did you mean `use.commercial`?",
        'licensecheck.yaml:6: `use.markets[1]` must be a two-letter country code (ISO 3166-1), for example `markets: DE`; it is "ZZ"',
        "licensecheck.yaml:7: `release.paid` must be true or false, for example `paid: true`; it is 5",
    ]


def test_a_common_slip_in_a_country_code_is_read_and_noted(read):
    manifest = read("licensee: {established: UK}\nuse:\n  markets: [el]\n")
    assert manifest.get("licensee.established") == ["GB"]
    assert [str(note) for note in manifest.notes] == [
        'licensecheck.yaml:1: "UK" is read as GB, its code in ISO 3166-1',
        'licensecheck.yaml:3: "el" is read as GR, its code in ISO 3166-1',
    ]
    assert read("licensee: {established: de}").notes == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [("true", True), ("false", False), ("none", False), ("[]", False), ("[ACME, acme]", ["acme"]), ("acme", ["acme"])],
)
def test_competitors_are_named_or_known_to_be_none(read, said, meant):
    assert read(f"model: {{competes_with: {said}}}").get("model.competes_with") == meant


@pytest.mark.parametrize("said", ["acmee", "[harbour, acmechat]"])
def test_a_provider_that_is_probably_another_is_asked_about(problems, said):
    (line,) = problems(f"model: {{competes_with: {said}}}")
    assert "did you mean `acme`?" in line


def test_messages_show_hostile_text_harmlessly(problems):
    (line,) = problems('"\\e[2J\\u202ex": 1')
    assert "\x1b" not in line
    assert "unknown key `\\x1b[2J\\u202ex`" in line
    (line,) = problems('model: {task: "a\\nb\\e"}')
    assert '"a\\nb\\x1b"' in line


def test_dotted_keys_and_nearest_lines(read):
    manifest = read("use:\n  purposes: [coding]\n")
    assert manifest.get("use.purposes") == ["coding"]
    assert manifest.get("use.devices") is None
    assert manifest.get("use.purposes.x") is None
    assert manifest.where("use", "purposes", 0) == ("licensecheck.yaml", 2)
    assert manifest.where("release") is None
