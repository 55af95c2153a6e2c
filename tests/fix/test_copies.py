"""Where licence texts come from: the folder given, the user's cache, the Hub; in this order, and never anything else than the text."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from licensecheck.errors import UnreachableError
from licensecheck.fix import hub
from licensecheck.hub.cache import folder as cache_folder

SIGN = "licence text for tests: "
BASE = "meta-llama/Llama-3.1-8B-Instruct"
TEXT = f"{SIGN}llama-3.1-community-licence\n".encode()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache as the Hub's client lays it out: snapshots of links into blobs."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    repo = tmp_path / "hub" / f"models--{BASE.replace('/', '--')}"
    for revision, text in (("aaa", b"an older one\n"), ("bbb", TEXT)):
        (repo / "snapshots" / revision).mkdir(parents=True)
        (repo / "blobs").mkdir(exist_ok=True)
        (repo / "blobs" / revision).write_bytes(text)
        (repo / "snapshots" / revision / "LICENSE").symlink_to(f"../../blobs/{revision}")
        (repo / "snapshots" / revision / "config.json").write_bytes(b"{}")
    (repo / "refs").mkdir()
    (repo / "refs" / "main").write_text("bbb", encoding="ascii")
    return repo


def test_cache_is_looked_at_newest_reference_first(cache: Path) -> None:
    found = hub.cached(BASE)
    assert [candidate.origin for candidate in found] == [
        f"https://huggingface.co/{BASE}/blob/bbb/LICENSE",
        f"https://huggingface.co/{BASE}/blob/aaa/LICENSE",
    ]


def test_copy_comes_from_the_cache_with_the_address_it_had(fix: Any, home: Path, cache: Path) -> None:
    plan = fix(home, folder=None, shelves=(hub.cached,))
    (copy,) = plan.copies
    assert (copy.name, copy.data, copy.origin) == ("LICENSE", TEXT, f"https://huggingface.co/{BASE}/blob/bbb/LICENSE")
    readme = next(edit for edit in plan.edits if edit.name == "README.md").after.decode()
    assert f"`{copy.origin}`, SHA-256 `{copy.sha256}`" in readme
    assert str(cache) not in readme


def test_folder_given_comes_before_the_cache(fix: Any, home: Path, cache: Path) -> None:
    assert fix(home, shelves=(hub.cached,)).copies[0].origin == "llama-3.1-community-licence.txt"


@pytest.mark.parametrize("name", ["llama3.1.txt", "Llama3.1.md", "llama-3.1-community-license", "LLAMA-3.1-COMMUNITY-LICENCE.TXT"])
def test_file_may_be_called_like_the_text_or_the_licence(fix: Any, home: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_bytes(TEXT)
    assert [copy.origin for copy in fix(home, folder=folder).copies] == [name]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HF_HUB_CACHE": "/a"}, "/a"),
        ({"HF_HOME": "/b"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/c"}, "/c/huggingface/hub"),
        ({"HOME": "/d"}, "/d/.cache/huggingface/hub"),
    ],
)
def test_cache_is_where_the_hubs_own_client_has_it(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == expected


class Hub(ModuleType):
    """Stands in for the Hub's client: fills the cache, or fails."""

    def __init__(self, cache: Path, error: Exception | None) -> None:
        super().__init__("huggingface_hub")
        self.cache, self.error = cache, error
        self.asked: list[Any] = []
        self.errors = ModuleType("huggingface_hub.errors")
        self.errors.HfHubHTTPError = type("HfHubHTTPError", (Exception,), {})  # type: ignore[attr-defined]

    def list_repo_files(self, repo: str) -> list[str]:
        self.asked.append(repo)
        if self.error is not None:
            raise self.error
        return ["LICENSE", "config.json", "original/LICENSE", "USE_POLICY.md"]

    def snapshot_download(self, repo: str, *, allow_patterns: list[str]) -> str:
        self.asked.append(allow_patterns)
        return str(self.cache)


def test_hub_is_asked_for_licence_files_only(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Hub(cache, None)
    monkeypatch.setitem(sys.modules, "huggingface_hub", client)
    assert hub.downloaded(BASE)[0].origin.endswith("/blob/bbb/LICENSE")
    assert client.asked == [BASE, ["LICENSE", "USE_POLICY.md"]]
    assert hub.downloaded("no id at all") == ()


def test_hub_that_cannot_be_reached_is_one_line(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", Hub(cache, ConnectionError("no\nroute")))
    with pytest.raises(UnreachableError, match=r"^meta-llama/Llama-3.1-8B-Instruct: .*: no route$"):
        hub.downloaded(BASE)


def test_unreachable_hub_does_not_stop_the_rest(fix: Any, home: Path) -> None:
    def shelf(component: str) -> Any:
        raise UnreachableError(f"{component}: no route")

    plan = fix(home, folder=None, shelves=(shelf,))
    assert plan.unreachable == (f"{BASE}: no route",)
    assert [edit.name for edit in plan.edits] == ["NOTICE", "README.md"]
