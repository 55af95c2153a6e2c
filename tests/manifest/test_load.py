from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.errors import InputError
from licensecheck.manifest import load


def write(root, **files):
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_yaml", ".yaml").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def fails(folder, table, ids, match=None):
    with pytest.raises(InputError, match=match) as caught:
        load(str(folder), table, ids)
    return str(caught.value)


def test_a_folder_without_a_manifest_states_nothing(tmp_path, table, ids):
    manifest = load(str(tmp_path), table, ids)
    assert (manifest.values, manifest.lines, manifest.sources) == ({}, {}, ())


def test_sources_have_the_path_the_user_would_write_and_a_digest(tmp_path, table, ids, monkeypatch):
    write(tmp_path, models__a__licensecheck_yaml="version: 1\n")
    monkeypatch.chdir(tmp_path)
    manifest = load("models/a", table, ids)
    (source,) = manifest.sources
    assert source.path == os.path.join("models/a", "licensecheck.yaml")
    assert source.sha256 == hashlib.sha256(b"version: 1\n").hexdigest()
    assert manifest.lines["version",] == (source.path, 1)


def test_the_short_suffix_is_read_too(read):
    assert read("use: {devices: 3}", name="licensecheck.yml").get("use.devices").unit == "devices"


def test_two_manifests_in_one_folder_are_an_error(tmp_path, table, ids):
    write(tmp_path, licensecheck_yaml="version: 1", pyproject_toml="[tool.llm-licensecheck]\n")
    fails(tmp_path, table, ids, r"licensecheck\.yaml: there is also pyproject\.toml; keep the manifest in one place")
    write(tmp_path, pyproject_toml="[project]\ndependencies = ['llm-licensecheck']\n")
    assert load(str(tmp_path), table, ids).values == {"version": 1}
    (tmp_path / "licensecheck.yml").touch()
    fails(tmp_path, table, ids, r"there is also licensecheck\.yml")


def test_a_syntax_error_has_file_and_line(problems):
    assert problems("version: 1\nuse:\n\tdevices: 3\n") == ["licensecheck.yaml:3: a tab is used for indentation; use spaces"]


def test_the_nearest_manifest_wins_and_mappings_merge(tmp_path, table, ids):
    write(
        tmp_path,
        a__licensecheck_yaml="extends: ../org.yaml\nuse: {purposes: [coding]}\nrelease: {paid: true}\n",
        org_yaml="extends: root.yaml\nuse:\n  purposes: [search, medical-advice]\n  commercial: true\n",
        root_yaml="licensee: {name: Acme}\nuse: {commercial: false, devices: 5}\n",
    )
    manifest = load(str(tmp_path / "a"), table, ids)
    assert manifest.get("use.purposes") == ["coding"]
    assert manifest.get("use.commercial") is True
    assert manifest.get("licensee.name") == "Acme"
    assert manifest.get("extends") == "../org.yaml"
    assert manifest.lines["use", "commercial"] == (str(tmp_path / "org.yaml"), 4)
    assert manifest.lines["use", "devices"] == (str(tmp_path / "root.yaml"), 2)
    assert [os.path.basename(source.path) for source in manifest.sources] == ["licensecheck.yaml", "org.yaml", "root.yaml"]


def test_agreements_and_waivers_are_joined_and_keep_their_lines(tmp_path, table, ids):
    waiver = "{{rule: check/lineage, reason: {}, expires: 2027-01-01}}"
    write(
        tmp_path,
        a__licensecheck_yaml=f"extends: ../org.yaml\nwaivers:\n  - {waiver.format('near')}\n",
        org_yaml=f"waivers:\n  - {waiver.format('far')}\nagreements:\n  - {{license: mit, topic: model-name}}\n",
    )
    manifest = load(str(tmp_path / "a"), table, ids)
    assert [waiver["reason"] for waiver in manifest.values["waivers"]] == ["near", "far"]
    assert manifest.lines["waivers", 1, "reason"] == (str(tmp_path / "org.yaml"), 2)
    assert manifest.lines["agreements", 0, "topic"] == (str(tmp_path / "org.yaml"), 4)


def test_paths_of_an_extended_manifest_are_relative_to_its_folder(tmp_path, table, ids):
    write(
        tmp_path,
        a__b__licensecheck_yaml="extends: ../../org/shared.yaml\n",
        org__shared_yaml=f"evidence: [compare.json, {tmp_path / 'x.json'}]\nbuilt_from: [{{path: ../base}}, acme/x]\n",
    )
    values = load(str(tmp_path / "a" / "b"), table, ids).values
    assert values["evidence"] == ["../../org/compare.json", str(tmp_path / "x.json")]
    assert [entry.get("path") for entry in values["built_from"]] == ["../../base", None]


def test_problems_of_extended_manifests_are_told_with_their_own_file(tmp_path, table, ids):
    write(tmp_path, licensecheck_yaml="extends: org.yaml\nzzz: 1\n", org_yaml="\nuse: {devices: x}\n")
    lines = fails(tmp_path, table, ids).split("\n")
    assert [line.split(": ")[0].removeprefix(str(tmp_path) + os.sep) for line in lines] == ["licensecheck.yaml:2", "org.yaml:2"]


@pytest.mark.parametrize(
    ("extends", "part"),
    [
        ("nowhere.yaml", "nowhere.yaml does not exist; the path is relative to the folder of this file"),
        ("licensecheck.yaml", "can't extend one another in a circle"),
        ("back.yaml", "can't extend one another in a circle"),
        ("folder", "is a folder; name the file, for example folder/licensecheck.yaml"),
        ("/dev/null", "/dev/null is not a regular file"),
        ('"a\\0b"', "can't be the name of a file"),
        ("x" * 5000, "does not exist"),
        ("[a, b]", "must be the path of a file or folder"),
    ],
)
def test_extends_that_leads_nowhere_is_told(tmp_path, table, ids, extends, part):
    write(
        tmp_path, licensecheck_yaml=f"version: 1\nextends: {extends}\n", back_yaml="version: 1\nextends: licensecheck.yaml\n", folder__x=""
    )
    message = fails(tmp_path, table, ids)
    assert part in message
    assert "licensecheck.yaml:2: " in message or "back.yaml:2: " in message


def test_more_than_five_levels_are_too_many(tmp_path, table, ids):
    for level in range(8):
        write(tmp_path, **{f"m{level}_yaml": f"extends: m{level + 1}.yaml\n"})
    write(tmp_path, m5_yaml="version: 1\n", licensecheck_yaml="extends: m1.yaml\n")
    assert len(load(str(tmp_path), table, ids).sources) == 6
    write(tmp_path, m5_yaml="extends: m6.yaml\n")
    assert "m5.yaml:1: `extends`: m6.yaml goes more than 5 levels up" in fails(tmp_path, table, ids)


def test_a_manifest_that_links_out_of_the_folder_is_refused(tmp_path, table, ids):
    write(tmp_path, secret_yaml="version: 1", a__shared_yaml="use: {devices: 3}")
    (tmp_path / "a" / "licensecheck.yaml").symlink_to("../secret.yaml")
    fails(tmp_path / "a", table, ids, "a link that leaves the folder is not followed")
    (tmp_path / "a" / "licensecheck.yaml").unlink()
    (tmp_path / "a" / "licensecheck.yaml").symlink_to("shared.yaml")
    assert load(str(tmp_path / "a"), table, ids).get("use.devices") is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_refused_and_never_opened(tmp_path, table, ids):
    os.mkfifo(tmp_path / "pyproject.toml")
    assert load(str(tmp_path), table, ids).values == {}
    os.mkfifo(tmp_path / "licensecheck.yaml")
    fails(tmp_path, table, ids, r"licensecheck\.yaml: can't be read: not a regular file")


def test_what_is_too_large_or_not_text_is_refused(tmp_path, table, ids):
    path = tmp_path / "licensecheck.yaml"
    path.write_bytes(b"# x\n" * 300_000)
    fails(tmp_path, table, ids, "larger than 1,000,000 bytes")
    path.write_bytes(b"a: 1\nb: caf\xe9\n")
    fails(tmp_path, table, ids, r"licensecheck\.yaml:2: not UTF-8 text")
    path.write_bytes("use: {devices: 3}".encode("utf-16"))
    assert load(str(tmp_path), table, ids).get("use.devices") is not None


KEYS = [
    "version",
    "extends",
    "model",
    "release",
    "use",
    "built_from",
    "waivers",
    "policy",
    "license",
    "weights",
    "devices",
    "rule",
    "model",
    "x",
]
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.dates().map(str), st.text(max_size=8), st.sampled_from(KEYS)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.one_of(st.text(max_size=80), VALUES.map(lambda value: __import__("json").dumps(value))))
def test_any_file_is_a_manifest_or_an_input_error(tmp_path, table, ids, content):
    Path(tmp_path, "licensecheck.yaml").write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        manifest = load(str(tmp_path), table, ids)
    except InputError as error:
        assert error.problems
        assert all(problem.path and "\n" not in str(problem) for problem in error.problems)
        return
    assert set(manifest.values) <= set(table["keys"])
