"""Questions to the Hub in, answers or the reason why there is none out: the only part of the tool that asks the network about models.

Built on the Hub's own client (https://huggingface.co/docs/huggingface_hub): its session, its headers, its token and its switches.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from .target import Target

Answer = TypeVar("Answer")

SITE = "https://huggingface.co"
#: seconds: for one answer, and between tries
TIMEOUT = 10.0
WAITS = (0.5, 1.0, 2.0)
LONGEST_WAIT = 10.0
_TRY_AGAIN = (408, 429, 500, 502, 503, 504)


class Absent(NamedTuple):
    """Why something is not at hand: gated, missing, offline, unreachable, refused, or cut for its size; and a sentence for a person."""

    reason: str
    says: str


class Info(NamedTuple):
    """What the Hub says of a repository: its commit, the card's front matter, its files with sizes where known."""

    id: str
    sha: str
    card: Mapping[str, Any]
    #: (id, relation or None) as the Hub resolved them
    bases: tuple[tuple[str, str | None], ...]
    files: Mapping[str, int | None]
    gated: bool
    private: bool


class Hub:
    """One Hub, asked politely: bounded time-outs, a few tries, and no more questions once it cannot be reached.

    `HF_ENDPOINT` and `HF_TOKEN` count at the moment of asking. Safe to be used by several threads.
    """

    def __init__(self, *, endpoint: str | None = None, waits: tuple[float, ...] = WAITS) -> None:
        self.endpoint = (endpoint or os.environ.get("HF_ENDPOINT") or SITE).rstrip("/")
        self.waits = waits
        self._down: Absent | None = None
        self._lock = threading.Lock()

    def info(self, target: Target) -> Info | Absent:
        """The metadata of a repository: one request."""

        def ask() -> Info:
            from huggingface_hub import HfApi

            api = HfApi(endpoint=self.endpoint, library_name="llm-licensecheck")
            if target.kind == "dataset":
                return _info(target, api.dataset_info(target.id, revision=target.revision, timeout=TIMEOUT, files_metadata=True))
            return _info(target, api.model_info(target.id, revision=target.revision, timeout=TIMEOUT, files_metadata=True))

        return self._asked(target, ask)

    def read(self, target: Target, sha: str, path: str, most: int) -> bytes | Absent:
        """At most the first `most` bytes of a file of a commit: one request."""

        def ask() -> bytes:
            from huggingface_hub import hf_hub_url
            from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status  # type: ignore[attr-defined]

            url = hf_hub_url(target.id, path, repo_type=target.kind, revision=sha, endpoint=self.endpoint)
            headers = {**build_hf_headers(library_name="llm-licensecheck"), "Range": f"bytes=0-{most - 1}"}
            with get_session().stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as response:
                if response.status_code == 416:  # an empty file has no first byte
                    return b""
                hf_raise_for_status(response)
                return _first(response.iter_bytes(), most)

        return self._asked(target, ask, path)

    def _asked(self, target: Target, ask: Callable[[], Answer], path: str = "") -> Answer | Absent:
        """The answer, after some more tries where that may help."""
        absent = Absent("unreachable", "")
        for wait in (*self.waits, None):
            if self._down is not None:
                return self._down
            try:
                return ask()
            except _failures() as error:
                absent, again = _told(target, error, path)
                if wait is None or not again:
                    break
                time.sleep(min(_asked_to_wait(error) or wait, LONGEST_WAIT))
        if absent.reason == "unreachable":
            with self._lock:
                self._down = self._down or absent
        return absent


def _failures() -> tuple[type[Exception], ...]:
    """What the client and its transport raise, and what reading an answer of another shape raises."""
    from huggingface_hub import errors

    return (getattr(errors, "HTTPError", OSError), OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _first(parts: Any, most: int) -> bytes:
    data = bytearray()
    for part in parts:
        data += part
        if len(data) >= most:
            break
    return bytes(data[:most])


def _told(target: Target, error: Exception, path: str) -> tuple[Absent, bool]:
    """What an exception of the client means, and whether to try again."""
    from huggingface_hub import errors

    name = target.shown + (f": {path}" if path else "")
    if isinstance(error, errors.GatedRepoError):
        page = f"{SITE}/{'datasets/' if target.kind == 'dataset' else ''}{target.id}"
        return Absent("gated", f"{name}: gated: accept the terms at {page} and set HF_TOKEN"), False
    if isinstance(error, errors.RevisionNotFoundError):
        return Absent("missing", f"{name}: there is no revision {target.revision}"), False
    if isinstance(error, errors.RepositoryNotFoundError):
        return Absent("missing", f"{name}: not on the Hub, or private (then HF_TOKEN is needed)"), False
    if isinstance(error, errors.EntryNotFoundError) and not isinstance(error, errors.LocalEntryNotFoundError):
        return Absent("missing", f"{name}: not in the repository"), False
    if isinstance(error, errors.OfflineModeIsEnabled):
        return Absent("offline", f"{name}: HF_HUB_OFFLINE forbids asking the Hub"), False
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status == 401:
        return Absent("refused", f"{name}: the Hub answers 401: private or gated, or HF_TOKEN is none that it knows"), False
    if status is not None:
        return Absent("unreachable" if status in _TRY_AGAIN else "refused", f"{name}: the Hub answers {status}"), status in _TRY_AGAIN
    if isinstance(error, ValueError | TypeError | KeyError | AttributeError | RecursionError):
        return Absent("refused", f"{name}: the Hub's answer cannot be read ({type(error).__name__})"), False
    return Absent("unreachable", f"{name}: the Hub cannot be reached ({type(error).__name__})"), True


def _asked_to_wait(error: Exception) -> float | None:
    """Seconds, where the Hub says how long (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after)."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    after = str(headers.get("Retry-After", ""))
    return float(after) if after.isdecimal() else None


def _info(target: Target, answer: Any) -> Info:
    card = answer.card_data
    meta = card.to_dict() if hasattr(card, "to_dict") else card
    files = {str(item.rfilename): item.size if isinstance(item.size, int) else None for item in answer.siblings or ()}
    return Info(
        id=str(answer.id or target.id),
        sha=str(answer.sha or ""),
        card=meta if isinstance(meta, dict) else {},
        bases=_bases(getattr(answer, "base_models", None), answer.tags or ()),
        files=files,
        gated=bool(answer.gated),
        private=bool(answer.private),
    )


def _bases(resolved: Any, tags: Any) -> tuple[tuple[str, str | None], ...]:
    """The bases with the relation that the Hub inferred: a field of its answer, else its tags `base_model:relation:id`."""
    found: dict[str, str | None] = {}
    for item in resolved if isinstance(resolved, list) else [resolved]:
        if isinstance(item, dict):
            for model in item.get("models") or item.get("ids") or ():
                name = model.get("id") if isinstance(model, dict) else model
                found.setdefault(str(name), item.get("relation"))
    for tag in tags if isinstance(tags, list | tuple) else ():
        parts = str(tag).split(":", 2)
        if parts[0] == "base_model" and len(parts) == 3:
            found[parts[2]] = parts[1]
        elif parts[0] == "base_model" and len(parts) == 2:
            found.setdefault(parts[1], None)
    return tuple(found.items())
