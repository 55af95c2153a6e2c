"""`review` and `check --format html`: one page from the same reports, in both languages, whose form knows the manifest at hand."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPO, Tool

EXAMPLE = REPO / "examples" / "harbour-chat"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "release")
    return tmp_path / "release"


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_page_is_written_whole_and_twice_the_same(tool: Tool, release: Path) -> None:
    first = tool("review", "release", "--as", "public", "-o", "packet.html", cwd=release.parent)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "packet.html: written\n")
    page = (release.parent / "packet.html").read_bytes()
    assert page.startswith(b"<!doctype html>")
    assert page.rstrip().endswith(b"</html>")
    tool("review", "release", "--as", "public", "-o", "packet.html", cwd=release.parent)
    assert (release.parent / "packet.html").read_bytes() == page


def test_check_gives_the_same_page_as_a_format_and_keeps_its_exit_code(tool: Tool, release: Path) -> None:
    packet = tool("review", "release", "--as", "public", cwd=release.parent)
    check = tool("check", "release", "--as", "public", "--all", "--format", "html", cwd=release.parent)
    assert packet.returncode == 0
    assert check.returncode == 1
    assert check.stdout == packet.stdout


def test_both_languages_are_in_the_page_whichever_is_first(tool: Tool, release: Path) -> None:
    english = tool("review", "release", cwd=release.parent).stdout
    chinese = tool("review", "release", "--lang", "zh", cwd=release.parent).stdout
    for page, tag in ((english, "en"), (chinese, "zh-Hans")):
        assert f'<html lang="{tag}">' in page
        assert "required words not displayed" in page
        assert "未展示规定文字" in page
    body = re.compile(r"<main.*</main>", re.DOTALL)
    assert body.findall(english) == body.findall(chinese)


def test_the_form_keeps_the_manifest_that_is_there(tool: Tool, release: Path) -> None:
    form = data_of(tool("review", "release", "--as", "public", cwd=release.parent).stdout)["forms"][0]
    text = "".join(piece if isinstance(piece, str) else piece["instead"] for piece in form["pieces"])
    assert text == (release / "licensecheck.yaml").read_text(encoding="utf-8")
    assert form["by_hand"] == []
    assert [field["key"] for field in form["fields"]] == ["licensee.monthly_active_users"]


def test_several_releases_share_one_page(tool: Tool, release: Path) -> None:
    shutil.copytree(release, release.parent / "second")
    page = tool("review", "release", "second", cwd=release.parent).stdout
    assert [form["key"] for form in data_of(page)["forms"]] == ["s1", "s2"]
    ids = re.findall(r'<(?:article|details) class="finding[^>]* id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 2


def test_a_target_that_cannot_be_read_leaves_the_old_page_alone(tool: Tool, release: Path) -> None:
    (release.parent / "packet.html").write_text("old", encoding="utf-8")
    (release / "licensecheck.yaml").write_text("no_such_key: 1\n", encoding="utf-8")
    result = tool("review", "release", "-o", "packet.html", cwd=release.parent)
    assert result.returncode == 2
    assert "no_such_key" in result.stderr
    assert (release.parent / "packet.html").read_text(encoding="utf-8") == "old"


def test_a_manifest_that_the_page_cannot_write_leaves_out_the_form(tool: Tool, release: Path) -> None:
    (release / "licensecheck.yaml").unlink()
    (release / "pyproject.toml").write_text("[tool.llm-licensecheck]\nversion = 1\n", encoding="utf-8")
    result = tool("review", "release", cwd=release.parent)
    assert result.returncode == 0
    assert data_of(result.stdout)["forms"] == [None]
    assert 'data-do="download"' not in result.stdout.partition("<script>")[0]
