"""A Hub of our own on this machine: it speaks the dialect of the real one to the real client, and counts what it is asked."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml


@dataclass
class Repo:
    """A repository: its files by path; `gated` answers for its metadata and refuses its files."""

    files: dict[str, bytes]
    gated: bool = False
    private: bool = False
    #: branches and tags beside `main`
    branches: tuple[str, ...] = ()
    bases: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sha(self) -> str:
        return hashlib.sha1(repr(sorted(self.files.items())).encode()).hexdigest()

    @property
    def card(self) -> Any:
        text = self.files.get("README.md", b"").decode()
        return yaml.safe_load(text.split("---")[1]) if text.startswith("---") else None


class HubServer(ThreadingHTTPServer):
    """The server, its repositories by id (`datasets/…` for datasets), and every request it was sent."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repos: dict[str, Repo] = {}
        self.asked: list[str] = []
        #: answers to give instead, one after the other: status, headers
        self.troubles: list[tuple[int, Mapping[str, str]]] = []
        #: what to answer at a path, whatever is there: status, body, headers
        self.answers: dict[str, tuple[int, bytes, Mapping[str, str]]] = {}
        #: after so many requests every connection is cut
        self.dies_after: int | None = None
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def add(self, name: str, card: Mapping[str, Any] | None = None, files: Mapping[str, str | bytes] | None = None, **more: Any) -> Repo:
        contents = {path: item.encode() if isinstance(item, str) else item for path, item in (files or {}).items()}
        if card is not None:
            body = f"---\n{yaml.safe_dump(dict(card), sort_keys=False, allow_unicode=True)}---\n# {name.rsplit('/', 1)[-1]}\n"
            contents.setdefault("README.md", body.encode())
        self.repos[name] = Repo(contents, **more)
        return self.repos[name]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HubServer

    def log_message(self, *args: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self.path == "/api/agent-harnesses":  # the client asks once, whatever it is about to do
            self._send(404)
            return
        server = self.server
        with server.lock:
            server.asked.append(f"{self.command} {self.path}")
            dead = server.dies_after is not None and len(server.asked) > server.dies_after
            trouble = server.troubles.pop(0) if server.troubles else None
        path = unquote(urlsplit(self.path).path).strip("/")
        if dead:
            self.close_connection = True
            self.connection.close()
        elif trouble is not None:
            self._send(trouble[0], b"{}", trouble[1])
        elif path in server.answers:
            self._send(*server.answers[path])
        elif path.startswith("api/"):
            self._info(path.removeprefix("api/"))
        else:
            self._file(path)

    def _info(self, path: str) -> None:
        kind, _, rest = path.partition("/")
        name, _, revision = rest.partition("/revision/")
        repo = self.server.repos.get(name if kind == "models" else f"datasets/{name}")
        if repo is None:
            self._refuse(404, "RepoNotFound")
        elif revision not in ("", "main", repo.sha, *repo.branches):
            self._refuse(404, "RevisionNotFound")
        else:
            answer = {
                "id": name,
                "sha": repo.sha,
                "cardData": repo.card,
                "tags": [f"base_model:{item['relation']}:{item['id']}" for item in repo.bases],
                "gated": "manual" if repo.gated else False,
                "private": repo.private,
                "siblings": [{"rfilename": path, "size": len(data)} for path, data in repo.files.items()],
            }
            self._send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def _file(self, path: str) -> None:
        name, _, rest = path.partition("/resolve/")
        sha, _, file = rest.partition("/")
        repo = self.server.repos.get(name)
        if repo is None:
            self._refuse(404, "RepoNotFound")
        elif repo.gated:
            self._refuse(403, "GatedRepo")
        elif file not in repo.files or sha not in ("main", repo.sha):
            self._refuse(404, "EntryNotFound", repo.sha)
        else:
            self._content(repo, repo.files[file])

    def _content(self, repo: Repo, data: bytes) -> None:
        headers = {"X-Repo-Commit": repo.sha, "ETag": f'"{hashlib.sha1(data).hexdigest()}"'}
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes=0-") and data:
            last = min(int(asked.removeprefix("bytes=0-")), len(data) - 1)
            self._send(206, data[: last + 1], {**headers, "Content-Range": f"bytes 0-{last}/{len(data)}"})
        else:
            self._send(200, data, headers)

    def _refuse(self, status: int, code: str, sha: str = "") -> None:
        self._send(status, b"{}", {"X-Error-Code": code, "X-Error-Message": code, **({"X-Repo-Commit": sha} if sha else {})})

    def _send(self, status: int, data: bytes = b"{}", headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
