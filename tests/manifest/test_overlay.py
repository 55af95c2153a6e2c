from __future__ import annotations

import pytest

from licensecheck.values import Interval


def test_set_states_any_key(read):
    manifest = read(
        "use: {commercial: false, devices: 3}\n",
        "use.commercial=true",
        "licensee.established=DE",
        "use.purposes=coding, search",
        "use.monthly_active_users=<10000000",
        "use.annual_revenue=5 EUR",
        "model.name=a: b",
        "built_from=[acme/x, {model: acme/y, relation: merge}]",
    )
    assert manifest.get("use.commercial") is True
    assert manifest.get("licensee.established") == ["DE"]
    assert manifest.get("use.purposes") == ["coding", "search"]
    assert manifest.get("use.monthly_active_users").undated == Interval(high=10_000_000, high_open=True)
    assert manifest.get("use.annual_revenue").unit == "EUR"
    assert manifest.get("model.name") == "a: b"
    assert [entry["relation"] for entry in manifest.values["built_from"]] == ["finetune", "merge"]
    assert manifest.lines["use", "commercial"] == ("--set use.commercial=true", None)
    assert manifest.lines["use", "devices"] == ("licensecheck.yaml", 1)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("model.name=1.0", "model.name", "1.0"),
        ("model.name=true", "model.name", "true"),
        ("model.name=[x]", "model.name", "[x]"),
        ("model.name='quoted'", "model.name", "quoted"),
        ("model.name={broken", "model.name", "{broken"),
        ("use.markets=NO", "use.markets", ["NO"]),
        ("use.markets=EU,US,", "use.markets", ["EU", "US"]),
        ("release={weights: none, paid: no}", "release", {"weights": "none", "paid": False}),
        ("model.competes_with=none", "model.competes_with", False),
        (" use.commercial = true", "use.commercial", True),
    ],
)
def test_the_right_side_is_yaml_except_where_words_are_wanted(read, text, key, value):
    assert read("", text).get(key) == value


def test_the_last_set_wins_and_replaces_lists(read):
    waiver = "{rule: check/lineage, reason: x, expires: 2027-01-01}"
    manifest = read(f"waivers: [{waiver}]\nuse: {{devices: 1}}", "use.devices=2", "use.devices=3", "waivers=[]")
    assert manifest.get("use.devices").undated == Interval.exactly(3)
    assert manifest.values["waivers"] == []
    assert ("waivers", 0, "rule") not in manifest.lines


def test_an_empty_right_side_takes_a_value_back(read):
    manifest = read("use: {commercial: true, devices: 1}", "use.commercial=", "model.name=")
    assert list(manifest.values["use"]) == ["devices"]
    assert ("use", "commercial") not in manifest.lines
    assert manifest.get("model") is None


def test_set_problems_are_told_together_and_name_the_argument(problems):
    assert problems("", "use.comercial=true", "usee.commercial=true", "release.weights=publik", "weights=none", "x", "use.devices=[") == [
        "--set use.comercial=true: unknown key `use.comercial`; did you mean `use.commercial`?",
        "--set usee.commercial=true: unknown key `usee`; did you mean `use.commercial`?",
        '--set release.weights=publik: `release.weights` is "publik"; did you mean `public`?',
        "--set weights=none: unknown key `weights`; did you mean `release.weights`?",
        "--set x: write it as key=value, for example use.commercial=true",
        "--set use.devices=[: the text ends here, but a [ or { before it is never closed",
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("extends=../x.yaml", "`extends` belongs into the manifest itself"),
        ("use.devices.2024-06=3", "set the whole of it, `use.devices=…`"),
        ("built_from.0=acme/x", "set the whole of it, `built_from=…`"),
        ("=x", "write it as key=value"),
        ("use..devices=3", "write it as key=value"),
        ("release=public", "must be a mapping"),
        ("\x1b[2J=1", "unknown key `\\x1b[2J`"),
    ],
)
def test_what_set_can_not_do_is_told(problems, text, part):
    (line,) = problems("", text)
    assert part in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("word", "release"),
    [
        ("public", {"weights": "public", "service": False, "product": False}),
        ("private", {"weights": "private", "service": False, "product": False}),
        ("service", {"weights": "none", "service": True, "product": False}),
        ("product", {"weights": "none", "service": False, "product": True}),
        ("internal", {"weights": "none", "service": False, "product": False}),
    ],
)
def test_as_describes_a_release_nobody_stated(read, word, release):
    manifest = read("", as_=word)
    assert manifest.values == {"release": release}
    assert manifest.lines["release", "weights"] == (f"--as {word}", None)


def test_as_leaves_alone_what_the_manifest_states_about_the_rest(read):
    stated = "release: {weights: private, service: true, paid: true}\n"
    assert read(stated, as_="public").values["release"] == {"weights": "public", "service": True, "paid": True, "product": False}
    assert read(stated, as_="product").values["release"] == {"weights": "private", "service": True, "paid": True, "product": True}
    internal = read(stated, as_="internal").values["release"]
    assert internal == {"weights": "none", "service": False, "paid": True, "product": False}


def test_set_has_the_last_word(read):
    assert read("", "release.service=true", as_="public").values["release"] == {"weights": "public", "service": True, "product": False}


def test_an_unknown_scenario_is_told(problems):
    assert problems("", as_="publik") == ["--as publik: unknown word; did you mean `public`?"]
    assert problems("", as_="x") == ["--as x: unknown word; write one of public, private, service, product, internal"]


def test_the_manifest_itself_is_not_changed(read):
    from licensecheck.manifest import overlay

    manifest = read("use: {commercial: true}\nrelease: {weights: none}\n")
    before = repr(manifest)
    overlay(manifest, ["use.commercial=", "use.devices=3", "release.weights=public"], "service")
    assert repr(manifest) == before
