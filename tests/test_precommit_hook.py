"""The shipped hooks, run by the real pre-commit on real commits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPO, Tool
from tests.test_packaging import copy_checkout

pytestmark = pytest.mark.slow

IDENTITY = {
    "GIT_AUTHOR_NAME": "A Tester",
    "GIT_AUTHOR_EMAIL": "tester@example.org",
    "GIT_COMMITTER_NAME": "A Tester",
    "GIT_COMMITTER_EMAIL": "tester@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}

CARD = """\
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B-Instruct
pipeline_tag: text-generation
---

# Llama-Harbour-8B

Built with Llama. We fine-tuned the 8B instruct model on dialogues that our own planners wrote.
"""

MANIFEST = f"""\
version: 1
release: {{service: false, product: false}}
use: {{commercial: false, purposes: [customer-support]}}
licensee: {{monthly_active_users: 2000, established: NL}}
waivers:
  - rule: llama3.1/license-copy
    reason: the copy is added by the release job
    by: release@example.org
    expires: {date.today() + timedelta(days=300)}
"""


def git(*arguments: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


def done(process: subprocess.CompletedProcess[str]) -> str:
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout.strip()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """git and pre-commit without the habits of whoever runs the tests; pip keeps its settings (an index, a proxy)."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT_", "PYTHON", "LICENSECHECK_"))}
    return kept | IDENTITY | {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")), "PRE_COMMIT_COLOR": "never", "NO_COLOR": "1"}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> tuple[Path, str]:
    """This checkout, uncommitted changes included, as the git repository a user would name; with the revision to pin."""
    folder = copy_checkout(tmp_path_factory.mktemp("llm-licensecheck"))
    done(git("init", "--quiet", cwd=folder, env=environment))
    done(git("add", "--all", cwd=folder, env=environment))
    done(git("commit", "--quiet", "--no-verify", "--message", "As it is", cwd=folder, env=environment))
    return folder, done(git("rev-parse", "HEAD", cwd=folder, env=environment))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str], hooks: tuple[Path, str]) -> Path:
    """A git repository with all hooks installed and their environment built, and nothing of a model yet."""
    folder = tmp_path_factory.mktemp("model")
    repository, revision = hooks
    wanted = [{"id": name} for name in ("llm-licensecheck", "llm-licensecheck-notice", "llm-licensecheck-uptodate")]
    config = {"repos": [{"repo": str(repository), "rev": revision, "hooks": wanted}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    done(git("init", "--quiet", cwd=folder, env=environment))
    done(git("add", "--all", cwd=folder, env=environment))
    done(git("commit", "--quiet", "--message", "Start", cwd=folder, env=environment))
    install = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    done(subprocess.run(install, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False))
    return folder


@pytest.fixture
def repository(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "model"
    shutil.copytree(prepared, folder)
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    (folder / "licensecheck.yaml").write_text(MANIFEST, encoding="utf-8")
    yield folder


def commit(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done(git("add", "--all", cwd=folder, env=environment))
    return git("commit", "--message", "Release", cwd=folder, env=environment)


def commits(folder: Path, environment: dict[str, str]) -> int:
    return int(done(git("rev-list", "--count", "HEAD", cwd=folder, env=environment)))


def test_commit_without_a_notice_is_refused_with_the_finding(repository: Path, environment: dict[str, str]) -> None:
    refused = commit(repository, environment)
    assert refused.returncode == 1
    assert "llama3.1/notice-file" in refused.stdout + refused.stderr
    assert commits(repository, environment) == 1


def test_mended_commit_passes_all_hooks(repository: Path, environment: dict[str, str], tool: Tool) -> None:
    assert commit(repository, environment).returncode == 1
    for command in ("notice", "card"):
        written = tool(command, "--as", "public", "--write", cwd=repository)
        assert written.returncode == 0, written.stderr
    passed = commit(repository, environment)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert commits(repository, environment) == 2


def test_commit_of_other_files_does_not_wake_the_hooks(repository: Path, environment: dict[str, str]) -> None:
    for name in ("README.md", "licensecheck.yaml"):
        (repository / name).unlink()
    (repository / "train.py").write_text("print('hello')\n", encoding="utf-8")
    passed = commit(repository, environment)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert (passed.stdout + passed.stderr).count("Skipped") == 3


def test_commit_with_a_card_that_is_out_of_date_is_refused(repository: Path, environment: dict[str, str], tool: Tool) -> None:
    assert tool("notice", "--as", "public", "--write", cwd=repository).returncode == 0
    (repository / "README.md").write_text(CARD.replace("license: llama3.1\n", ""), encoding="utf-8")
    # a folder to be checked may hold anything: modules of its own must not be taken for the tool's
    (repository / "licensecheck.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    refused = commit(repository, environment)
    assert refused.returncode == 1
    assert "README.md is out of date: llm-licensecheck card --write" in refused.stdout + refused.stderr


def test_hook_definitions_are_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(REPO / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
