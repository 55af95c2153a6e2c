"""A repository as a folder: what is fetched, what is not, what is said of the rest."""

from __future__ import annotations

import os

import pytest

from licensecheck.hub import cache, matters
from licensecheck.hub.client import Absent, Hub
from licensecheck.hub.snapshot import Snapshot, take
from licensecheck.hub.target import Target, parse

TINY = Target("model", "acme/tiny")
QUICK = (0.01,)


def files_below(folder):
    return sorted(
        os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/") for where, _, names in os.walk(folder) for name in names
    )


def taken(hub, tmp_path, target=TINY):
    snapshot = take(Hub(waits=QUICK), target, str(tmp_path))
    assert isinstance(snapshot, Snapshot)
    return snapshot


def test_the_texts_that_matter_come_and_nothing_else(hub, tmp_path):
    hub.add(
        "acme/tiny",
        {"license": "mit"},
        {
            "LICENSE": "mine",
            "NOTICE": "told",
            "config.json": "{}",
            "configs/sft.yaml": "a: 1",
            "docs/guide.md": "# Guide",
            "tokenizer.json": "{}",
            "modeling_tiny.py": "pass",
            "images/a.png": b"x",
            ".gitattributes": "x",
            "licenses/LICENSE.base": "theirs",
        },
    )
    snapshot = taken(hub, tmp_path)
    assert files_below(snapshot.folder) == ["LICENSE", "NOTICE", "README.md", "config.json", "docs/guide.md", "licenses/LICENSE.base"]
    assert snapshot.absent == ()
    assert len(hub.asked) == 1 + 6


def test_of_weights_only_the_beginning_of_one_header_comes_and_the_names_of_all(hub, tmp_path):
    weights = {f"model-0000{n}-of-00002.safetensors": bytes(900_000) for n in (1, 2)}
    hub.add("acme/tiny", {"license": "mit"}, {**weights, "tiny-q4.gguf": bytes(900_000), "tiny-q8.gguf": bytes(900_000)})
    snapshot = taken(hub, tmp_path)
    sizes = {name: os.path.getsize(os.path.join(snapshot.folder, name)) for name in files_below(snapshot.folder)}
    assert sizes["tiny-q4.gguf"] == sizes["model-00001-of-00002.safetensors"] == matters.BEGINNING
    assert sizes["tiny-q8.gguf"] == sizes["model-00002-of-00002.safetensors"] == 0
    assert dict(snapshot.sizes) == {"tiny-q4.gguf": 900_000, "model-00001-of-00002.safetensors": 900_000}


def test_a_text_of_many_megabytes_is_none(hub, tmp_path):
    hub.add("acme/tiny", {"license": "mit"}, {"corpus.txt": bytes(3_000_000)})
    assert files_below(taken(hub, tmp_path).folder) == ["README.md"]


@pytest.mark.parametrize(
    "name", ["../LICENSE", "/etc/LICENSE", "a/../../LICENSE", "C:LICENSE", "a\\..\\LICENSE", "LICENSE/", "LICENSE\0.md"]
)
def test_no_name_leads_out_of_the_folder(hub, tmp_path, name):
    hub.add("acme/tiny", {"license": "mit"}, {name: "x"})
    inside = tmp_path / "inside"
    inside.mkdir()
    taken(hub, inside)
    assert files_below(tmp_path) == ["inside/tiny/README.md"]


def test_the_files_of_a_gated_repository_are_one_sentence(hub, tmp_path):
    hub.add("acme/tiny", {"license": "mit"}, {"LICENSE": "x", "NOTICE": "y"}, gated=True)
    snapshot = taken(hub, tmp_path)
    assert files_below(snapshot.folder) == []
    assert [absent.reason for absent in snapshot.absent] == ["gated"]


def test_a_hub_that_goes_away_midway_leaves_what_was_had(hub, tmp_path):
    hub.add("acme/tiny", {"license": "mit"}, {f"docs/{n}.md": "x" for n in range(20)})
    hub.dies_after = 5
    snapshot = taken(hub, tmp_path)
    assert 1 <= len(files_below(snapshot.folder)) <= 4
    assert [absent.reason for absent in snapshot.absent] == ["unreachable"]


def cached(repo, files, revision="main", sha="a" * 40):
    """The cache as the client lays it out, links and all."""
    base = os.path.join(cache.folder(), f"models--{repo.replace('/', '--')}")
    os.makedirs(os.path.join(base, "refs"), exist_ok=True)
    os.makedirs(os.path.join(base, "blobs"), exist_ok=True)
    with open(os.path.join(base, "refs", revision), "w", encoding="ascii") as stream:
        stream.write(sha)
    for name, text in files.items():
        blob = os.path.join(base, "blobs", name.replace("/", "_"))
        with open(blob, "w", encoding="utf-8") as stream:
            stream.write(text)
        path = os.path.join(base, "snapshots", sha, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(blob, path)


def test_without_a_hub_the_cache_is_all_there_is(hub, tmp_path):
    cached("acme/tiny", {"README.md": "---\nlicense: mit\n---\n# tiny\n", "LICENSE": "mine"})
    snapshot = take(None, TINY, str(tmp_path))
    assert isinstance(snapshot, Snapshot)
    assert files_below(snapshot.folder) == ["LICENSE", "README.md"]
    assert snapshot.info.card["license"] == "mit"
    assert hub.asked == []


def test_what_is_not_in_the_cache_is_absent_without_a_hub(hub, tmp_path):
    absent = take(None, TINY, str(tmp_path))
    assert isinstance(absent, Absent)
    assert absent.reason == "offline"


def test_a_file_that_the_cache_has_is_not_fetched_again(hub, tmp_path):
    repo = hub.add("acme/tiny", {"license": "mit"}, {"LICENSE": "mine"})
    cached("acme/tiny", {"LICENSE": "mine"}, sha=repo.sha)
    taken(hub, tmp_path)
    assert not any("LICENSE" in asked for asked in hub.asked)


def test_a_link_in_the_cache_that_leads_elsewhere_is_not_followed(hub, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    cached("acme/tiny", {"README.md": "# tiny\n"})
    os.symlink(secret, os.path.join(cache.folder(), "models--acme--tiny", "snapshots", "a" * 40, "NOTICE"))
    snapshot = take(None, TINY, str(tmp_path / "out"))
    assert isinstance(snapshot, Snapshot)
    assert files_below(snapshot.folder) == ["README.md"]


@pytest.mark.parametrize(
    "written", ["acme/tiny@refs/pr/1", "https://huggingface.co/acme/tiny/tree/refs%2Fpr%2F1", "hf://acme/tiny@refs/pr/1"]
)
def test_a_revision_may_have_slashes(hub, tmp_path, written):
    hub.add("acme/tiny", {"license": "mit"}, {"LICENSE": "mine"}, branches=("refs/pr/1",))
    target = parse(written)
    assert target is not None
    assert target.revision == "refs/pr/1"
    assert files_below(taken(hub, tmp_path, target).folder) == ["LICENSE", "README.md"]


@pytest.mark.parametrize(
    ("page", "revision"),
    [("tree/refs/pr/12/docs", "refs/pr/12"), ("blob/main/README.md", "main"), ("tree/work%2fnew", "work/new"), ("tree/..%2Fup", None)],
)
def test_the_revision_of_an_address_ends_where_the_path_begins(page, revision):
    target = parse(f"https://huggingface.co/acme/tiny/{page}")
    assert (target.revision if target else None) == revision


def test_of_a_card_without_end_the_beginning_is_fetched_and_the_rest_is_named(hub, tmp_path):
    card = "---\nlicense: mit\n---\n# Tiny\n" + "words\n" * 600_000
    hub.add("acme/tiny", None, {"README.md": card, "corpus.txt": "words\n" * 600_000})
    snapshot = taken(hub, tmp_path)
    assert files_below(snapshot.folder) == ["README.md"]
    assert os.path.getsize(os.path.join(snapshot.folder, "README.md")) == matters.MOST
    assert [item.says for item in snapshot.absent] == [f"README.md: only the first 2,000,000 of {len(card):,} bytes were fetched"]
    assert snapshot.sizes == {}


def test_more_texts_than_are_read_are_counted(hub, tmp_path):
    hub.add("acme/tiny", {"license": "mit"}, {f"page-{n:02}.md": "x" for n in range(60)})
    snapshot = taken(hub, tmp_path)
    assert len(files_below(snapshot.folder)) == matters.MOST_FILES
    assert [(item.reason, item.says) for item in snapshot.absent] == [("cut", "page-39.md: only 40 of 61 files like it were read")]


def test_a_card_below_the_top_is_that_of_something_else(hub, tmp_path):
    hub.add("acme/tiny", {"license": "mit"}, {"7b/README.md": "---\nlicense: gpl-3.0\n---\n", "docs/README.md": "# Guide"})
    assert files_below(taken(hub, tmp_path).folder) == ["README.md", "docs/README.md"]
