"""Fixtures shared by all tests: no network, the command as a process, a model folder that is valid by default."""

from __future__ import annotations

import configparser
import errno
import ipaddress
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.hub_server import HubServer

REPO = Path(__file__).resolve().parent.parent
CORPUS = os.environ.get("LICENSECHECK_CORPUS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CORPUS:
        return
    for item in items:
        if item.get_closest_marker("corpus"):
            item.add_marker(pytest.mark.skip(reason="LICENSECHECK_CORPUS is not set"))


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):  # a Unix socket
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Nothing in this process may leave the machine; processes started by a test are told to stay offline (`tool_environment`)."""
    patch = pytest.MonkeyPatch()

    def guarded(original: Callable[[socket.socket, object], object]) -> Callable[[socket.socket, object], object]:
        def connect(self: socket.socket, address: object) -> object:
            if not _is_local(address):
                raise RuntimeError(f"a test tried to reach {address}")
            return original(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


#: no folder, so that nothing lies in it: what a developer has downloaded may not decide a test
NO_CACHE = os.devnull


@pytest.fixture(autouse=True, scope="session")
def no_hub_cache() -> Iterator[None]:
    """The Hub's cache of whoever runs the tests is not looked at; processes get the same from `tool_environment`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HUGGINGFACE_HUB_CACHE", "HF_HOME"):
            patch.delenv(name, raising=False)
        patch.setenv("HF_HUB_CACHE", NO_CACHE)
        yield


def entry_point() -> tuple[str, str]:
    """Module and function behind the console script, as `setup.cfg` has it."""
    config = configparser.ConfigParser()
    config.read(REPO / "setup.cfg", encoding="utf-8")
    target = config["options.entry_points"]["console_scripts"].split("=")[1].strip()
    module, function = target.split(":")
    return module, function


def tool_command(*interpreter_options: str) -> list[str]:
    """The command of this checkout, installed or not, run by the interpreter that runs the tests."""
    module, function = entry_point()
    return [sys.executable, *interpreter_options, "-c", f"import sys; from {module} import {function}; sys.exit({function}())"]


def tool_environment(**extra: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LICENSECHECK_", "HF_", "HUGGINGFACE_", "GITHUB_"))}
    fixed = {"PYTHONPATH": str(REPO), "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": NO_CACHE, "NO_COLOR": "1", "COLUMNS": "100"}
    return kept | fixed | extra


Tool = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tool() -> Tool:
    """Run `llm-licensecheck` as a process: `tool("check", folder, cwd=...)`."""

    def run(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*tool_command(), *map(str, arguments)],
            cwd=cwd,
            env=tool_environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write files (path → content) into a fresh folder and return it."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "folder"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Files and folders that may not be opened, whoever runs the tests: the superuser may open what `chmod 0` closes to others."""
    paths: set[str] = set()

    def guard(opened: Callable[..., object]) -> Callable[..., object]:
        def guarded(path, *args, **options):
            if not isinstance(path, int) and os.path.abspath(os.fspath(path)) in paths:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
            return opened(path, *args, **options)

        return guarded

    monkeypatch.setattr(os, "open", guard(os.open))
    monkeypatch.setattr(os, "scandir", guard(os.scandir))
    return lambda *closing: paths.update(map(str, closing))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """A Hub of our own, where the client looks for the real one, and an empty cache."""
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path_factory.mktemp("hub-cache")))
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    server = HubServer()
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)
