"""The Python API: typed, free to import, and the same answers as the command's."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
import yaml

import licensecheck
from licensecheck import InputError, LicenseCheckError, UnreachableError, UsageError, Use, api, check, check_all
from tests.conftest import REPO, Tool, tool_environment
from tests.hub_server import HubServer

DEMO = REPO / "examples" / "harbour-chat"
PAGE = REPO / "docs" / "api.md"

CONSUMER = """\
from datetime import date
from pathlib import Path

from licensecheck import Finding, LicenseCheckError, Report, Use, check, check_all


def failing(folder: Path) -> list[str]:
    report: Report = check(folder, use=Use(weights="public", markets=("DE",), released=date(2026, 1, 1)), lang="zh")
    findings: list[Finding] = [finding for finding in report["findings"] if finding["kind"] == "fail"]
    return [finding["message"] for finding in findings]


try:
    reveal_type(check_all("x")[0]["verdict"])
except LicenseCheckError as error:
    print(error.exit_code)
"""
MISTAKES = """\
from licensecheck import Use, chekc, check

Use(weights="publik")
check("x", lang="de")["verdikt"]
"""


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = (
        "import sys, licensecheck; print(sorted(m for m in sys.modules if m.startswith(('licensecheck', 'click', 'yaml', 'dataclasses'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=tool_environment(), capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "['licensecheck']\n"


def test_names_of_the_package_are_those_of_the_api() -> None:
    assert set(licensecheck._API) <= set(api.__all__) & set(dir(licensecheck))
    assert all(getattr(licensecheck, name) is getattr(api, name) for name in licensecheck._API)
    declared = re.findall(r"import (\w+) as \1", Path(licensecheck.__file__).read_text(encoding="utf-8"))
    assert sorted(declared) == sorted(licensecheck._API)
    with pytest.raises(AttributeError, match="no_such_name"):
        licensecheck.no_such_name  # noqa: B018


def test_report_is_that_of_the_command(tool: Tool) -> None:
    use = Use(weights="public", markets=["DE", "US"])
    settings = [word for setting in use.settings() for word in ("--set", setting)]
    said = tool("check", DEMO, "--all", "--format", "json", *settings).stdout
    report = check(DEMO, use=use)
    assert json.loads(json.dumps(report)) == json.loads(said)["reports"][0]


def test_provenance_results_are_taken_as_by_the_command(tool: Tool, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.json"
    with pytest.raises(LicenseCheckError) as caught:
        check(DEMO, evidence=[missing])
    assert str(caught.value) in tool("check", DEMO, "--evidence", missing).stderr


def test_weight_file_is_taken_as_by_the_command(tool: Tool, tmp_path: Path) -> None:
    header = json.dumps({"__metadata__": {"base_model": "meta-llama/Llama-3.1-8B"}}).encode()
    path = tmp_path / "harbour-8b.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    said = json.loads(tool("check", path, "--all", "--format", "json").stdout)["reports"][0]
    assert json.loads(json.dumps(check(path))) == said
    assert said["subject"]["name"] == "harbour-8b"


def test_repository_on_the_hub_is_taken_as_by_the_command(hub: HubServer) -> None:
    hub.add("acme/pilot", {"license": "mit"})
    report = check("acme/pilot", offline=False)
    assert report["subject"]["target"] == "acme/pilot"
    assert report["licenses"]["declared"] == "mit"


def test_repository_that_is_not_cached_is_unreachable_offline(hub: HubServer) -> None:
    with pytest.raises(UnreachableError):
        check("acme/pilot")


def test_every_field_of_use_is_a_key_of_the_manifest() -> None:
    keys = yaml.safe_load((REPO / "rules" / "manifest.yaml").read_text(encoding="utf-8"))["keys"]
    assert [field.name for field in fields(Use)] == list(api._KEYS)
    for key in api._KEYS.values():
        group, _, name = key.partition(".")
        assert name in keys[group]["keys"], key
    page = PAGE.read_text(encoding="utf-8")
    assert not [name for name in api._KEYS if f"`{name}`" not in page]


def test_every_field_of_use_reaches_the_facts(tmp_path: Path) -> None:
    use = Use(
        name="Llama Pilot",
        license="MIT OR Apache-2.0",
        released=date(2026, 1, 31),
        weights="private",
        service=True,
        product=False,
        paid=True,
        commercial=True,
        purposes=("customer-support",),
        markets=("DE", "EU"),
        monthly_active_users={"2024-06": 10, "latest": "<20"},
        daily_active_users=5,
        devices="<1000",
        monthly_revenue="10 USD",
        annual_revenue="120 USD",
        established="DE",
        licensee_monthly_active_users="<10000000",
        licensee_annual_revenue="<5000000 EUR",
    )
    report = check(tmp_path, use=use)
    assert report["subject"]["name"] == "Llama Pilot"
    assert report["as_of"] == "2026-01-31"
    assert len(use.settings()) == len(fields(Use))


def test_all_that_is_wrong_with_a_use_is_raised_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        check(tmp_path, use=Use(markets=("Narnia",), monthly_revenue="a lot"))
    assert len(caught.value.problems) == 2


def test_today_decides_what_has_expired(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nbase_model: acme/pilot\n---\n", encoding="utf-8")
    waiver = "{rule: check/lineage, reason: soon, by: me, expires: 2026-06-30}"
    (tmp_path / "licensecheck.yaml").write_text(f"version: 1\nwaivers: [{waiver}]\n", encoding="utf-8")
    rules = [{finding["rule"] for finding in check(tmp_path, today=date(2026, month, 30))["findings"]} for month in (6, 7)]
    assert "check/waiver.waiver-expired" in rules[1] - rules[0]


def test_root_of_several_subjects_is_for_check_all(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "licensecheck.yaml").write_text("version: 1\nsubjects: [a, b]\n", encoding="utf-8")
    assert [Path(report["subject"]["target"]).name for report in check_all(tmp_path)] == ["a", "b"]
    with pytest.raises(UsageError, match="2 subjects"):
        check(tmp_path)


def test_examples_of_the_page_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.slow
def test_consumer_is_checked_by_mypy(tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    (tmp_path / "mistakes.py").write_text(MISTAKES, encoding="utf-8")

    def mypy(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file", "", name]
        env = tool_environment(MYPYPATH=str(REPO))
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)

    done = mypy("consumer.py")
    assert done.returncode == 0, done.stdout
    assert "Literal['fail']" in done.stdout
    wrong = mypy("mistakes.py").stdout
    assert [word for word in ("chekc", "publik", "Literal['de']", "verdikt") if word not in wrong] == []
