from __future__ import annotations

import datetime

import pytest

TEXT = """\
[project]
name = "acme"  # [tool.llm-licensecheck] comes below

[tool.llm-licensecheck]
version = 1
model.released = 2026-11-30
built_from = [
    "acme/x",
    {model = "acme/y", relation = "merge"},
]

[tool.llm-licensecheck.use]
commercial = true
"monthly_active_users" = {"2024-06" = 5, latest = 6}

[[tool.llm-licensecheck.waivers]]
rule = "check/lineage"
reason = "x"
expires = 2027-01-01

[tool.other]
commercial = 5
"""


def test_the_table_is_a_manifest(read):
    values = read(TEXT, name="pyproject.toml").values
    assert values["model"]["released"] == datetime.date(2026, 11, 30)
    assert values["built_from"] == [{"model": "acme/x", "relation": "finetune"}, {"model": "acme/y", "relation": "merge"}]
    assert values["use"]["monthly_active_users"].months["2024-06"].low == 5
    assert values["waivers"][0]["expires"] == datetime.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("version",), 5),
        (("model", "released"), 6),
        (("built_from",), 7),
        (("built_from", 0), 8),
        (("built_from", 1, "relation"), 9),
        (("use", "commercial"), 13),
        (("use", "monthly_active_users"), 14),
        (("waivers", 0, "reason"), 18),
    ],
)
def test_keys_have_the_lines_of_the_file(read, path, line):
    assert read(TEXT, name="pyproject.toml").where(*path) == ("pyproject.toml", line)


def test_problems_have_the_lines_of_the_file(problems):
    text = TEXT.replace("commercial = true", "comercial = true").replace('"merge"', '"merged"')
    assert problems(text, name="pyproject.toml") == [
        'pyproject.toml:9: `built_from[1].relation` is "merged"; did you mean `merge`?',
        "pyproject.toml:13: unknown key `use.comercial`; did you mean `use.commercial`?",
    ]


def test_a_file_that_is_not_toml_is_an_error_only_if_it_has_the_table(read, problems):
    assert read("# llm-licensecheck\n[broken", name="pyproject.toml").values == {}
    (line,) = problems("[tool.llm-licensecheck]\nversion = 1\nuse = = 3\n", name="pyproject.toml")
    assert line == "pyproject.toml:3: not valid TOML: invalid value"


def test_deep_nesting_is_one_clear_line(problems):
    (line,) = problems("[tool.llm-licensecheck]\nx = " + "[" * 100_000, name="pyproject.toml")
    assert line.startswith("pyproject.toml")
    assert "not valid TOML" in line


def test_a_project_that_only_depends_on_the_tool_has_no_manifest(read):
    assert read('[project]\ndependencies = ["llm-licensecheck"]\n', name="pyproject.toml").values == {}
    assert read('tool = "llm-licensecheck"\n', name="pyproject.toml").values == {}


def test_other_spellings_of_the_table_are_found(read):
    assert read('[ tool . "llm-licensecheck" ]\nuse.commercial = true\n', name="pyproject.toml").get("use.commercial") is True
    manifest = read("[tool]\nllm-licensecheck.use.commercial = true\n", name="pyproject.toml")
    assert manifest.where("use", "commercial") == ("pyproject.toml", 2)


def test_a_manifest_may_extend_a_pyproject(tmp_path, read):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    (tmp_path / "shared.toml").write_text("[tool.llm-licensecheck]\nlicensee.name = 'Acme'\n", encoding="utf-8")
    assert read("extends: shared.toml\n").get("licensee.name") == "Acme"
