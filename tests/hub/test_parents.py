"""Notices and licences of what a subject was made from: fetched once, or taken from the cache."""

from __future__ import annotations

import os

from licensecheck import pipeline
from licensecheck.hub.ancestry import trace
from licensecheck.hub.cache import folder
from licensecheck.hub.client import Hub
from licensecheck.hub.parents import Kept, with_notices
from licensecheck.upstreams import kept_of

NOTICE = "Base 7B\nCopyright 2024 Example Labs\n"
SHA = "b" * 40


def cached(repo, **files):
    base = os.path.join(folder(), f"models--{repo.replace('/', '--')}")
    os.makedirs(os.path.join(base, "refs"))
    with open(os.path.join(base, "refs", "main"), "w", encoding="utf-8") as stream:
        stream.write(SHA)
    os.makedirs(os.path.join(base, "snapshots", SHA))
    for name, text in files.items():
        with open(os.path.join(base, "snapshots", SHA, name.replace("_md", ".md")), "w", encoding="utf-8") as stream:
            stream.write(text)


def notice_duty(report):
    return {finding["rule"]: finding["kind"] for finding in report["findings"] if finding["topic"] == "notice-file"}


def subject(folder_, **files):
    folder_.mkdir()
    for name, text in {
        "README.md": "---\nlicense: apache-2.0\nbase_model: acme/base-7b\n---\n# Tiny\n\nA fine-tuned version of acme/base-7b.\n",
        **{name.replace("_md", ".md"): text for name, text in files.items()},
    }.items():
        (folder_ / name).write_text(text, encoding="utf-8")
    (folder_ / "licensecheck.yaml").write_text(
        "built_from:\n  - {model: acme/base-7b, relation: finetune, license: apache-2.0}\n", encoding="utf-8"
    )
    return str(folder_)


def test_a_notice_is_fetched_once_and_only_where_there_is_one(hub):
    hub.add("acme/tiny", {"license": "mit", "base_model": "acme/base-7b"})
    hub.add("acme/base-7b", {"license": "apache-2.0"}, {"NOTICE": NOTICE})
    client = Hub(waits=(0.01,))
    found = with_notices(client, trace(client, [("model", "acme/tiny")]))
    assert found.model("acme/base-7b")["notice_text"].splitlines() == NOTICE.splitlines()
    assert "notice_text" not in found.model("acme/tiny")
    assert [line for line in hub.asked if "/resolve/" in line] == [f"GET /acme/base-7b/resolve/{hub.repos['acme/base-7b'].sha}/NOTICE"]


def test_a_notice_in_the_cache_makes_the_duty_concrete(hub, tmp_path):
    assert notice_duty(pipeline.examine(subject(tmp_path / "before"), as_="public")) == {"apache-2.0/notice-file-unknown": "informational"}
    cached("acme/base-7b", NOTICE=NOTICE)
    assert notice_duty(pipeline.examine(subject(tmp_path / "after"), as_="public")) == {"apache-2.0/notice-file": "fail"}
    assert hub.asked == []


def test_a_notice_that_drops_the_lines_of_the_base_is_for_a_person(hub, tmp_path):
    cached("acme/base-7b", NOTICE=NOTICE)
    lost = pipeline.examine(subject(tmp_path / "lost", NOTICE="Tiny\nCopyright 2025 Somebody\n"), as_="public")
    kept = pipeline.examine(subject(tmp_path / "kept", NOTICE="Tiny\n\nContains:\n" + NOTICE), as_="public")
    assert (notice_duty(lost), notice_duty(kept)) == ({"apache-2.0/notice-file": "review"}, {"apache-2.0/notice-file": "pass"})


def test_what_the_cache_does_not_hold_is_not_there(hub):
    kept = Kept(["acme/base-7b", "../escape", "no-slash"])
    assert kept.rows == {}
    assert kept.text("acme/base-7b") is None


def test_without_a_cache_one_look_is_all_it_costs(monkeypatch):
    looked = []
    monkeypatch.setattr("licensecheck.upstreams.os.path.isdir", lambda path: looked.append(path))
    assert kept_of(f"acme/part-{n}" for n in range(100)) is None
    assert looked == [folder()]
