"""Where notices of upstreams are looked for: folders that the manifest names, the user's Hub cache, folders of the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from licensecheck.fix.shipped import shipped_notices
from licensecheck.pipeline import examine
from tests.conftest import Tool

CARD = "---\nlicense: apache-2.0\nbase_model: acme/base\n---\n# Harbour\n"
MANIFEST = "version: 1\nrelease: {weights: public}\nbuilt_from:\n  - {path: ../base}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def keep(cache: Path, text: str, revision: str = "a" * 40, name: str = "NOTICE") -> None:
    """A snapshot as the Hub's client keeps it: names are links to blobs."""
    repo = cache / "models--acme--base"
    for folder in ("blobs", "refs", f"snapshots/{revision}"):
        (repo / folder).mkdir(parents=True, exist_ok=True)
    (repo / "blobs" / revision).write_bytes(text.encode())
    (repo / "snapshots" / revision / name).symlink_to(os.path.join("..", "..", "blobs", revision))
    (repo / "refs" / "main").write_text("a" * 40, encoding="ascii")


def found(home: Path) -> list[tuple[tuple[str, ...], str, str]]:
    return [tuple(item) for item in shipped_notices(examine(str(home)), str(home))[0]]  # type: ignore[misc]


def test_notice_in_the_cache_is_found_at_the_latest_revision(home: Path, cache: Path) -> None:
    keep(cache, "Older.\n", "b" * 40)
    keep(cache, "By Acme.\n")
    assert found(home) == [(("acme/base",), f"https://huggingface.co/acme/base/blob/{'a' * 40}/NOTICE", "By Acme.")]


def test_notice_in_a_folder_that_the_manifest_names_is_found(home: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Base\n", encoding="utf-8")
    (tmp_path / "base" / "Notice.txt").write_text("By us.\n", encoding="utf-8")
    (home / "licensecheck.yaml").write_text(MANIFEST, encoding="utf-8")
    assert found(home) == [(("../base",), "../base/Notice.txt", "By us.")]


def test_notice_below_the_folder_is_found_and_that_of_another_subject_is_not(home: Path, cache: Path) -> None:
    for name, text in (("vendor", "By Vendor.\n"), ("other", "# llm-licensecheck:begin notice\nX\n# llm-licensecheck:end notice\n")):
        (home / name).mkdir()
        (home / name / "NOTICE").write_text(text, encoding="utf-8")
    assert found(home) == [(("vendor",), "vendor/NOTICE", "By Vendor.")]


def test_material_that_does_not_go_along_brings_no_notice(home: Path, cache: Path) -> None:
    keep(cache, "By Acme.\n")
    (home / "README.md").write_text("# Harbour\n", encoding="utf-8")
    (home / "licensecheck.yaml").write_text("version: 1\nbuilt_from: [{model: acme/base, relation: outputs}]\n", encoding="utf-8")
    assert found(home) == []


def test_subject_that_stays_inside_needs_no_notice(home: Path, cache: Path) -> None:
    keep(cache, "By Acme.\n")
    (home / "vendor").mkdir()
    (home / "vendor" / "NOTICE").write_text("By Vendor.\n", encoding="utf-8")
    (home / "licensecheck.yaml").write_text("version: 1\nbuilt_from: [{model: acme/base, license: apache-2.0}]\n", encoding="utf-8")
    assert shipped_notices(examine(str(home), as_="internal"), str(home)) == ((), ())


@pytest.mark.parametrize(("data", "said"), [(b"\xff\xfe\xfa", "not UTF-8"), (b"x" * 300_000, "larger than any notice")])
def test_notice_that_cannot_be_reproduced_is_named(home: Path, cache: Path, data: bytes, said: str) -> None:
    (home / "vendor").mkdir()
    (home / "vendor" / "NOTICE").write_bytes(data)
    items, notes = shipped_notices(examine(str(home)), str(home))
    assert items == ()
    assert [said in note for note in notes] == [True]


def test_link_out_of_a_snapshot_is_not_followed(home: Path, cache: Path, tmp_path: Path) -> None:
    keep(cache, "x", name="LICENSE")
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    (cache / "models--acme--base" / "snapshots" / ("a" * 40) / "NOTICE").symlink_to(tmp_path / "secret")
    assert found(home) == []


def test_notice_and_fix_agree_and_the_record_outlives_the_cache(home: Path, cache: Path, tmp_path: Path, tool: Tool) -> None:
    keep(cache, "By Acme.\n")
    environment = {"HF_HUB_CACHE": str(cache)}
    assert tool("notice", "--as", "public", "--write", cwd=home, env=environment).returncode == 0
    written = (home / "NOTICE").read_bytes()
    assert b"\nBy Acme.\n" in written
    for where in (environment, {"HF_HUB_CACHE": str(tmp_path / "none")}):
        assert tool("notice", "--as", "public", "--check", cwd=home, env=where).returncode == 0
        assert tool("fix", "--as", "public", "--write", cwd=home, env=where).returncode in (0, 2)
        assert (home / "NOTICE").read_bytes() == written


def test_statement_of_changes_in_an_upstream_notice_is_not_ours(home: Path, cache: Path, tool: Tool) -> None:
    keep(cache, "The weight files were changed by fine-tuning.\n")
    assert tool("notice", "--as", "public", "--write", cwd=home, env={"HF_HUB_CACHE": str(cache)}).returncode == 0
    report: Any = examine(str(home), as_="public")
    assert {f["kind"] for f in report["findings"] if f["topic"] == "state-changes"} <= {"review", "fail"}
