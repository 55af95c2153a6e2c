"""Notices of upstreams in a NOTICE: word for word, once, with their origin, and still there where no copy is at hand any more."""

from __future__ import annotations

import copy
import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.render.documents import LANGUAGES, missing_notices, notice
from licensecheck.render.files import between_markers, without_section
from licensecheck.render.notices.shipped import Shipped, on_record, shipped

REPORT = json.loads((Path(__file__).resolve().parent.parent / "reports" / "several-components.json").read_text(encoding="utf-8"))[
    "reports"
][0]
LLAMA, QWEN = "meta-llama/Llama-3.1-8B-Instruct", "Qwen/Qwen2.5-72B"
SENTENCE = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
ADDRESS = f"https://huggingface.co/{LLAMA}/blob/abc/NOTICE"


def report() -> Any:
    """The sample as the pipeline gives it: every component with the relation that it has to the subject."""
    made = copy.deepcopy(REPORT)
    relations = {edge["to"]: edge["relation"] for edge in made["lineage"]["edges"]}
    for node in made["lineage"]["nodes"]:
        node["relation"] = relations[node["id"]]
    return made


def from_llama(text: str, origin: str = ADDRESS) -> Shipped:
    return shipped([LLAMA], origin, text)


def lines_of(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notice_of_an_upstream_is_reproduced_with_its_origin_and_digest(lang: str) -> None:
    words = "Llama tools\n\n  Portions by Acme,  2024.\t(c)\n"
    text = notice(report(), lang, shipped=[from_llama(words)])
    assert words in text
    assert ADDRESS in text
    assert sha256(words.encode()).hexdigest() in text
    assert lines_of(text).count(SENTENCE) == 1


def test_same_words_of_two_upstreams_stand_once_and_name_both() -> None:
    items = [from_llama("By Acme.\n"), shipped([QWEN], "https://huggingface.co/q/NOTICE", "By Acme.\r\n")]
    text = notice(report(), shipped=items)
    assert lines_of(text).count("By Acme.") == 1
    assert f"Notice of {QWEN}, {LLAMA}:" in text
    assert notice(report(), shipped=items[::-1]) == text


def test_upstream_that_says_only_what_is_owed_anyway_adds_nothing() -> None:
    assert notice(report(), shipped=[from_llama(f"\n{SENTENCE}\n")]) == notice(report())


def test_part_kept_by_hand_is_not_said_again() -> None:
    own = "Our words.\n\nBy Acme.\nAll of it.\n"
    assert notice(report(), shipped=[from_llama("By Acme.\nAll of it.\n")], own=own) == notice(report())


def test_notice_alone_is_reason_enough_for_a_notice() -> None:
    bare = report()
    bare["findings"] = []
    assert notice(bare) == ""
    assert "By Acme." in notice(bare, shipped=[from_llama("By Acme.")])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_on_record_stays_where_no_copy_is_at_hand(lang: str) -> None:
    first = notice(report(), lang, shipped=[from_llama("By Acme.\n\n\nAnd others.")])
    written = between_markers("Ours.\r\n", "notice", first, "hash")
    assert notice(report(), lang, written) == first
    assert notice(report(), "zh" if lang == "en" else "en", written) == notice(
        report(), "zh" if lang == "en" else "en", shipped=[from_llama("By Acme.\n\n\nAnd others.")]
    )


def test_record_keeps_its_origin_while_the_words_are_the_same() -> None:
    first = notice(report(), shipped=[from_llama("By Acme.")])
    assert notice(report(), existing=first, shipped=[from_llama("By Acme.", ADDRESS.replace("abc", "def"))]) == first


def test_newer_words_of_an_upstream_replace_those_on_record() -> None:
    first = notice(report(), shipped=[from_llama("By Acme.")])
    text = notice(report(), existing=first, shipped=[from_llama("By Acme and Bolt.")])
    assert "By Acme and Bolt." in text
    assert "By Acme." not in lines_of(text)


def test_record_of_what_it_is_not_made_of_any_more_goes() -> None:
    first = notice(report(), shipped=[shipped(["acme/gone"], "x", "By Gone.")])
    assert "By Gone." in first
    assert "By Gone." not in notice(report(), existing=first)


def test_record_that_was_edited_is_none() -> None:
    first = notice(report(), shipped=[from_llama("By Acme.")])
    assert on_record(first.replace("By Acme.", "By Acme!")) == ()


def test_words_of_the_upstream_can_hold_a_record_of_their_own() -> None:
    inner = notice(report(), shipped=[from_llama("By Acme.")])
    outer = [shipped([QWEN], "q/NOTICE", inner)]
    text = notice(report(), shipped=outer)
    assert inner in text
    assert notice(report(), existing=text, shipped=outer) == text
    assert notice(report(), existing=notice(report(), existing=text)) == notice(report(), existing=text)


def test_markers_in_an_upstream_notice_are_left_out() -> None:
    theirs = between_markers("", "notice", "By Acme.", "hash")
    body = notice(report(), shipped=[from_llama(theirs)])
    assert "By Acme." in body
    assert between_markers("", "notice", body, "hash").count("llm-licensecheck:begin") == 1


def test_notice_in_markdown_is_fenced_and_found_again() -> None:
    item = from_llama("# Heading\n<b>bold</b>\n```\nx\n```\n")
    text = notice(report(), shipped=[item], fence=True)
    assert f"````text\n{item.text}\n````" in text
    assert notice(report(), existing=text, fence=True) == text


words = st.text(st.sampled_from("ab \n\t#`") | st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=80, deadline=None)
@given(words, words, st.booleans())
def test_writing_twice_changes_nothing_with_or_without_the_copies(one: str, two: str, fence: bool) -> None:
    items = [from_llama(one), shipped([QWEN], "q/NOTICE", two)]
    first = notice(report(), shipped=items, fence=fence)
    written = between_markers("Ours\n", "notice", first, "hash")
    own = without_section(written, "notice", "hash")
    for at_hand in (items, items[:1], []):
        assert notice(report(), existing=written, shipped=at_hand, own=own, fence=fence) == first
    assert missing_notices(written, items) == []
    assert [char for char in first if category(char) == "Cc" and char not in "\n\t"] == []
