"""A Hub that answers in ways nobody hopes for: each is one clear line, and none a crash."""

from __future__ import annotations

import json

import pytest

from licensecheck.hub.client import Absent, Hub, Info
from licensecheck.hub.snapshot import Snapshot, take
from licensecheck.hub.target import Target

TINY = Target("model", "acme/tiny")
QUICK = (0.01, 0.01)
WHERE = "api/models/acme/tiny"


def asked(hub):
    return Hub(waits=QUICK).info(TINY)


@pytest.mark.parametrize(
    ("status", "headers", "reason", "word"),
    [
        (401, {}, "refused", "HF_TOKEN"),
        (401, {"X-Error-Code": "GatedRepo", "X-Error-Message": "no"}, "gated", "accept the terms"),
        (403, {"X-Error-Code": "GatedRepo", "X-Error-Message": "no"}, "gated", "accept the terms"),
        (403, {}, "refused", "403"),
        (404, {"X-Error-Code": "RepoNotFound", "X-Error-Message": "no"}, "missing", "not on the Hub"),
        (404, {"X-Error-Code": "RevisionNotFound", "X-Error-Message": "no"}, "missing", "revision"),
        (418, {}, "refused", "418"),
        (429, {"Retry-After": "0"}, "unreachable", "429"),
        (500, {}, "unreachable", "500"),
        (503, {"Retry-After": "soon"}, "unreachable", "503"),
    ],
)
def test_a_refusal_is_one_line_with_its_reason(hub, status, headers, reason, word):
    hub.answers[WHERE] = (status, b"{}", headers)
    answer = asked(hub)
    assert isinstance(answer, Absent)
    assert answer.reason == reason
    assert word in answer.says and "\n" not in answer.says and len(answer.says) < 300


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Sign in to the network</body></html>",
        b'{"id": "acme/tiny", "sha": "0a1b", "sibl',
        b"",
        b"[]",
        b"null",
        b'"acme/tiny"',
        b'{"id": "acme/tiny", "siblings": 3}',
        b'{"id": "acme/tiny", "siblings": [{"size": 3}]}',
        b'{"id": ["acme"], "tags": 5, "cardData": "text"}',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_none_is_one_line(hub, body):
    hub.answers[WHERE] = (200, body, {"Content-Type": "application/json"})
    answer = asked(hub)
    if isinstance(answer, Absent):
        assert "\n" not in answer.says and len(answer.says) < 300
    else:
        assert dict(answer.card) == {}


def test_a_repository_that_has_moved_is_found_at_its_new_place(hub):
    hub.add("acme/newer", {"license": "mit"})
    hub.answers[WHERE] = (307, b"", {"Location": "/api/models/acme/newer"})
    answer = asked(hub)
    assert isinstance(answer, Info)
    assert (answer.id, answer.card["license"]) == ("acme/newer", "mit")


def test_an_address_that_leads_to_itself_ends(hub):
    hub.answers[WHERE] = (307, b"", {"Location": f"/{WHERE}"})
    answer = asked(hub)
    assert isinstance(answer, Absent)
    assert "\n" not in answer.says
    assert len(hub.asked) < 200


def told(tags=(), card=None, **more):
    answer = {"id": "acme/tiny", "sha": "a" * 40, "cardData": card or {}, "tags": list(tags), "siblings": [], **more}
    return json.dumps(answer).encode()


def test_a_hundred_thousand_tags_name_two_hundred_bases_at_most(hub):
    tags = [f"base_model:finetune:acme/base-{n}" for n in range(100_000)]
    hub.answers[WHERE] = (200, told(tags), {"Content-Type": "application/json"})
    from licensecheck.hub.ancestry import bases

    answer = asked(hub)
    assert isinstance(answer, Info)
    assert len(bases(answer)) <= 200


def test_what_stands_in_for_a_large_file_is_no_header(hub, tmp_path):
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 900000000\n"
    hub.add("acme/tiny", {"license": "mit"}, {"model.gguf": pointer})
    snapshot = take(Hub(waits=QUICK), TINY, str(tmp_path))
    assert isinstance(snapshot, Snapshot)
    from licensecheck.harvest.headers import read_headers
    from licensecheck.sources.folder import Folder

    flaws = []
    read_headers(Folder(snapshot.folder, snapshot.sizes), flaws)
    assert flaws == []


def test_a_card_in_no_encoding_is_read_as_far_as_it_goes(hub, tmp_path):
    repo = hub.add("acme/tiny", None, {"README.md": b"---\nlicense: mit\n---\n# Tiny \xff\xfe\x00\n"})
    hub.answers[WHERE] = (200, told(card={"license": "mit"}, sha=repo.sha, siblings=[{"rfilename": "README.md", "size": 30}]), {})
    snapshot = take(Hub(waits=QUICK), TINY, str(tmp_path))
    assert isinstance(snapshot, Snapshot)
    assert snapshot.absent == ()
