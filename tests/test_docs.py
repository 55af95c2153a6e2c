"""The documentation: every page is reached, every link leads somewhere, the site builds without a warning, the man pages are complete."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from licensecheck.cli.check import FORMATS
from licensecheck.cli.main import COMMANDS, cli
from licensecheck.cli.manual import pages
from tests.conftest import REPO, tool_environment

DOCS = REPO / "docs"
SITE = yaml.safe_load((REPO / "mkdocs.yml").read_text(encoding="utf-8"))
DOCUMENTS = sorted([*DOCS.glob("**/*.md"), *REPO.glob("*.md")])
CODE = re.compile(r"(?ms)^( *)```.*?^\1```|`[^`\n]*`")
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(<?([^)\s>]+)>?\)")


def named(nav: Any) -> Iterator[str]:
    """The pages of a navigation, in reading order."""
    for entry in nav:
        for value in entry.values() if isinstance(entry, dict) else [entry]:
            yield from named(value) if isinstance(value, list) else [value]


def anchors(path: Path) -> set[str]:
    """The headings of a document, as hosts of repositories and the site spell them in links."""
    headings = re.findall(
        r"(?m)^#+ +(.*?) *$", CODE.sub(lambda match: match[0].strip("`") if "\n" not in match[0] else "", path.read_text("utf-8"))
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_stands_in_the_navigation_once() -> None:
    assert sorted(named(SITE["nav"])) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob("**/*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(REPO).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def test_page_on_ci_names_every_form_of_the_report() -> None:
    page = (DOCS / "ci.md").read_text(encoding="utf-8")
    assert [form for form in FORMATS if f"`{form}`" not in page] == []


def test_site_treats_warnings_as_errors_and_brings_its_own_fonts() -> None:
    assert SITE["strict"] is True
    assert SITE["theme"]["font"] is False
    assert set(SITE["validation"]["nav"].values()) | set(SITE["validation"]["links"].values()) == {"warn"}


def build(config: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config), "--site-dir", str(out)]
    env = tool_environment(NO_MKDOCS_2_WARNING="1")
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = build(REPO / "mkdocs.yml", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert not (tmp_path / "site" / "_hooks.py").exists()
    for page in DOCS.glob("**/*.md"):
        html = (tmp_path / "site" / page.relative_to(DOCS)).with_suffix(".html").read_text(encoding="utf-8")
        assert not re.search(r'href="\.\./(rules|tests|examples|schema|README)', html)
        assert not re.search(r'<(script|link|img)[^>]+(src|href)="https?://(?!github\.com)', html)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["[x](nowhere.md)", "[x](../rules/nothing.yaml)", "[x](ci.md#nothing-of-the-kind)"])
def test_link_that_leads_nowhere_stops_the_build(tmp_path: Path, wrong: str) -> None:
    shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    for entry in REPO.iterdir():
        if entry.name not in ("docs", "mkdocs.yml", "build", ".git"):
            os.symlink(entry, tmp_path / entry.name)
    (tmp_path / "mkdocs.yml").write_bytes((REPO / "mkdocs.yml").read_bytes())
    page = tmp_path / "docs" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{wrong}\n", encoding="utf-8")
    done = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert done.returncode != 0
    assert [line for line in done.stderr.splitlines() if "WARNING" in line and wrong[4:-1] in line], done.stderr


# ---------------------------------------------------------------------------------------------- man pages

MAN = dict(pages(cli, "llm-licensecheck"))


def test_every_command_has_a_man_page() -> None:
    assert "llm-licensecheck.1" in MAN
    assert {f"llm-licensecheck-{command}.1" for command in COMMANDS} <= set(MAN)
    assert "llm-licensecheck-rules-lint.1" in MAN


@pytest.mark.parametrize("command", COMMANDS)
def test_man_page_has_every_option(command: str) -> None:
    page = MAN[f"llm-licensecheck-{command}.1"]
    found = cli.get_command(click.Context(cli), command)
    assert found
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0].replace("-", "\\-") in page
            assert (parameter.help or "").split(".")[0].split("-")[0] in page
    assert ".SH NAME" in page
    assert "\\-\\-help" in page


def test_man_pages_hold_requests_of_their_own_only() -> None:
    requests = {line.split()[0] for page in MAN.values() for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".PP", ".TP"}
    assert all(page.isascii() and "\\\\" not in page for page in MAN.values())


def test_man_pages_are_set_without_a_warning() -> None:
    groff = shutil.which("groff")
    for name, page in MAN.items() if groff else ():
        done = subprocess.run([str(groff), "-man", "-ww", "-Tascii", "-z"], input=page, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, ""), name


def test_man_pages_are_written_by_one_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "licensecheck.cli.manual", "--output", str(tmp_path / "man")]
    subprocess.run(command, env=tool_environment(), stdin=subprocess.DEVNULL, check=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "man").iterdir()} == MAN
