"""What the Hub's answers, refusals and silences become."""

from __future__ import annotations

import time

import pytest

from licensecheck.hub.client import Absent, Hub, Info
from licensecheck.hub.target import Target, parse

TINY = Target("model", "acme/tiny")
QUICK = (0.01, 0.01, 0.01)


def test_one_request_tells_commit_card_files_and_bases(hub):
    repo = hub.add(
        "acme/tiny", {"license": "mit", "base_model": "acme/base"}, {"LICENSE": "x"}, bases=[{"id": "acme/base", "relation": "finetune"}]
    )
    info = Hub().info(TINY)
    assert isinstance(info, Info)
    assert (info.sha, info.card["license"], info.bases) == (repo.sha, "mit", (("acme/base", "finetune"),))
    assert dict(info.files) == {"LICENSE": 1, "README.md": len(repo.files["README.md"])}
    assert len(hub.asked) == 1


def test_a_dataset_is_asked_for_as_a_dataset(hub):
    hub.add("datasets/acme/corpus", {"license": "odc-by"})
    info = Hub().info(Target("dataset", "acme/corpus"))
    assert isinstance(info, Info)
    assert info.card["license"] == "odc-by"


def test_of_a_file_no_more_than_its_beginning_is_fetched(hub):
    repo = hub.add("acme/tiny", files={"model.gguf": bytes(1_000_000)})
    assert Hub().read(TINY, repo.sha, "model.gguf", 1_000) == bytes(1_000)
    assert Hub().read(TINY, repo.sha, "model.gguf", 2_000_000) == bytes(1_000_000)


def test_an_empty_file_is_empty(hub):
    repo = hub.add("acme/tiny", files={"LICENSE": ""})
    assert Hub().read(TINY, repo.sha, "LICENSE", 100) == b""


@pytest.mark.parametrize(
    ("ask", "reason", "word"),
    [
        (lambda hub, repo: hub.info(Target("model", "acme/nothing")), "missing", "not on the Hub, or private"),
        (lambda hub, repo: hub.info(TINY._replace(revision="v9")), "missing", "no revision v9"),
        (lambda hub, repo: hub.read(TINY, repo.sha, "NOTICE", 10), "missing", "not in the repository"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(hub, ask, reason, word):
    repo = hub.add("acme/tiny", {"license": "mit"})
    absent = ask(Hub(waits=QUICK), repo)
    assert isinstance(absent, Absent)
    assert absent.reason == reason
    assert word in absent.says
    assert "\n" not in absent.says


def test_a_gated_repository_tells_its_licence_and_says_where_to_ask_for_its_files(hub):
    repo = hub.add("acme/tiny", {"license": "llama3.1"}, gated=True)
    asked = Hub(waits=QUICK)
    info = asked.info(TINY)
    assert isinstance(info, Info)
    assert (info.gated, info.card["license"]) == (True, "llama3.1")
    absent = asked.read(TINY, repo.sha, "README.md", 10)
    assert isinstance(absent, Absent)
    assert (absent.reason, "accept the terms at https://huggingface.co/acme/tiny" in absent.says) == ("gated", True)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_hub_that_stumbles_is_asked_again(hub, status):
    hub.add("acme/tiny", {"license": "mit"})
    hub.troubles = [(status, {}), (status, {})]
    assert isinstance(Hub(waits=QUICK).info(TINY), Info)
    assert len(hub.asked) == 3


def test_a_hub_that_says_how_long_to_wait_is_given_that_time(hub):
    hub.add("acme/tiny", {"license": "mit"})
    hub.troubles = [(429, {"Retry-After": "1"})]
    begin = time.monotonic()
    assert isinstance(Hub(waits=QUICK).info(TINY), Info)
    assert time.monotonic() - begin >= 1


def test_a_hub_that_stays_down_is_left_alone_after_a_few_tries(hub):
    hub.dies_after = 0
    asked = Hub(waits=QUICK)
    first = asked.info(TINY)
    assert isinstance(first, Absent)
    assert first.reason == "unreachable"
    tries = len(hub.asked)
    assert asked.info(Target("model", "acme/other")) == first
    assert len(hub.asked) == tries <= 2 * (len(QUICK) + 1)


def test_a_refusal_is_no_reason_to_give_the_hub_up(hub):
    hub.add("acme/tiny", {"license": "mit"})
    hub.troubles = [(400, {})]
    asked = Hub(waits=QUICK)
    refused = asked.info(TINY)
    assert isinstance(refused, Absent)
    assert refused.reason == "refused"
    assert isinstance(asked.info(TINY), Info)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tiny",
        "./acme/tiny",
        "/acme/tiny",
        "acme/tiny/x",
        "acme/ti..ny",
        "a--b/c",
        "acme/tiny.git",
        "acme/tiny@../x",
        "~/tiny",
        "acme/tiny ",
    ],
)
def test_what_cannot_be_a_repository_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("acme/tiny", "acme/tiny"),
        ("acme/tiny@refs/pr/1", "acme/tiny@refs/pr/1"),
        ("https://huggingface.co/acme/tiny", "acme/tiny"),
        ("https://huggingface.co/datasets/acme/corpus/", "datasets/acme/corpus"),
        ("https://huggingface.co/acme/tiny/tree/v1", "acme/tiny@v1"),
        ("https://huggingface.co/acme/tiny/blob/main/README.md", "acme/tiny@main"),
    ],
)
def test_ids_and_addresses_name_the_same_repository(text, shown):
    target = parse(text)
    assert target is not None
    assert target.shown == shown
    assert parse(target.shown) == target
