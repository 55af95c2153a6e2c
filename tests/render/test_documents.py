"""NOTICE and attribution: every required word, nothing that a value smuggles in."""

from __future__ import annotations

import copy
import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.render.documents import attribution, missing_texts, notice, required_texts
from licensecheck.render.files import between_markers, body_of
from licensecheck.render.markdown import code, escaped, link

TESTS = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.stem for path in (TESTS / "reports").glob("*.json"))
LLAMA = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
QWEN = "Qwen is licensed under the Qwen LICENSE AGREEMENT, Copyright (c) Alibaba Cloud. All Rights Reserved."


def sample(name: str) -> Any:
    return json.loads((TESTS / "reports" / f"{name}.json").read_text(encoding="utf-8"))["reports"][0]


def finding(report: Any, rule: str) -> Any:
    return next(item for item in report["findings"] if item["rule"] == rule)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_required_text_stands_in_the_document(name: str, lang: str) -> None:
    report = sample(name)
    assert missing_texts(report, "notice", notice(report, lang)) == []
    assert missing_texts(report, None, attribution(report, lang)) == []


def test_notice_has_each_sentence_once_alone_on_its_line() -> None:
    lines = notice(sample("several-components")).splitlines()
    assert [line for line in lines if "licensed under" in line] == [LLAMA, QWEN]


def test_notice_says_which_components_a_sentence_is_for() -> None:
    assert "Applies to: meta-llama/Llama-3.1-8B-Instruct, meta-llama/Llama-Guard-3-8B" in notice(sample("several-components"))


def test_chinese_notice_keeps_the_sentence_in_its_own_language() -> None:
    text = notice(sample("fine-tune"), "zh")
    assert LLAMA in text.splitlines()
    assert "适用于" in text


def test_nothing_found_owes_nothing() -> None:
    assert (notice(sample("nothing-found")), attribution(sample("nothing-found"))) == ("", "")


def test_duty_that_is_not_triggered_is_not_owed() -> None:
    report = sample("fine-tune")
    for item in report["findings"]:
        item.update(kind="pass", outcome="not-triggered")
    assert (notice(report), attribution(report)) == ("", "")


def test_waived_duty_is_owed_all_the_same() -> None:
    report = sample("fine-tune")
    finding(report, "llama3.1/notice-file")["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "later"}]
    assert LLAMA in notice(report)


def test_first_alternative_is_used_unless_another_is_already_shown() -> None:
    report = sample("several-components")
    assert "**Built with Qwen**" in attribution(report)
    shown = attribution(report, existing="This model was Improved using Qwen.")
    assert "**Improved using Qwen**" in shown
    assert "Built with Qwen" not in shown


def test_alternative_that_the_evidence_shows_is_kept() -> None:
    report = sample("several-components")
    finding(report, "qwen/display-attribution")["evidence"] = [
        {"source": "docs/a.md", "line": 1, "key": "text", "value": "Improved using Qwen", "how": "declared"}
    ]
    assert "**Improved using Qwen**" in attribution(report)


def test_attribution_says_what_was_changed() -> None:
    text = attribution(sample("fine-tune"))
    assert "The weight files were changed: Harbour-Chat-8B is a fine-tuned version of meta-llama/Llama-3.1-8B-Instruct." in text


def test_components_on_the_hub_are_linked() -> None:
    text = attribution(sample("several-components"))
    assert "[tatsu-lab/alpaca](https://huggingface.co/datasets/tatsu-lab/alpaca)" in text
    assert "- openai/gpt-4o: " in text


def test_component_that_is_only_measured_with_is_not_built_from() -> None:
    report = sample("fine-tune")
    report["lineage"]["edges"].append({"from": "Harbour-Chat-8B", "to": "acme/judge", "relation": "evaluates", "evidence": []})
    assert "acme/judge" not in attribution(report)


def test_component_that_is_only_inferred_is_not_stated() -> None:
    report = sample("fine-tune")
    for edge in report["lineage"]["edges"]:
        for item in edge["evidence"]:
            item["how"] = "inferred"
    text = attribution(report)
    assert "meta-llama" not in text
    assert "**Built with Llama**" in text


def test_manifest_is_no_licence_text() -> None:
    assert "Copies of the licence texts: `LICENSE`\n" in attribution(sample("several-components"))


def test_notice_is_named_before_it_is_written() -> None:
    assert "Notices: `NOTICE`" in attribution(sample("fine-tune"))


@pytest.mark.parametrize("name", SAMPLES)
def test_documents_do_not_depend_on_the_order_of_the_report(name: str) -> None:
    report = sample(name)
    turned = copy.deepcopy(report)
    turned["findings"].reverse()
    turned["lineage"]["edges"].reverse()
    turned["inputs"].reverse()
    assert notice(turned) == notice(report)
    assert attribution(turned) == attribution(report)


def test_hostile_values_cannot_leave_the_section() -> None:
    report = sample("hostile")
    for name, style, body in (("attribution", "markdown", attribution(report)), ("notice", "hash", notice(report))):
        text = between_markers("before\n", name, body, style)  # type: ignore[arg-type]
        assert body_of(text, name, style) == body  # type: ignore[arg-type]


def test_hostile_values_are_text_in_markdown() -> None:
    text = attribution(sample("hostile"))
    assert "<b>" not in text
    assert "<!--" not in text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["## Attribution"]


def test_alternatives_are_listed_once_for_each_duty() -> None:
    assert required_texts(sample("several-components"), None) == (("Built with Llama",), ("Built with Qwen", "Improved using Qwen"))


@given(st.text())
def test_escaped_value_has_no_markup(value: str) -> None:
    text = escaped(value)
    assert not set("<>") & set(text)
    assert text.isprintable()
    bare = text
    for char in "\\`*[]{}~|$_#+-=.)@:":
        bare = bare.replace("\\" + char, "")
    assert not set("`*[]\\|") & set(bare)


@given(st.text(string.printable))
def test_code_span_ends_where_it_should(value: str) -> None:
    text = code(value)
    fence = text[: len(text) - len(text.lstrip("`"))] or "`"
    assert text.endswith(fence)
    assert fence not in text[len(fence) : -len(fence)]


@pytest.mark.parametrize("identifier", ["acme", "a/b/c", "../x", "acme/x y", "acme/<b>", "-a/b"])
def test_what_is_no_hub_id_is_not_linked(identifier: str) -> None:
    assert "huggingface.co" not in link(identifier, "model")


@settings(max_examples=40, deadline=None)
@given(st.text(string.ascii_letters + string.digits + " ©(),.“”", min_size=1).map(lambda text: " ".join(f"Built {text}".split())))
def test_any_required_sentence_stands_in_the_notice_word_for_word(sentence: str) -> None:
    report = sample("fine-tune")
    finding(report, "llama3.1/notice-file")["required"]["texts"] = [sentence]
    finding(report, "llama3.1/display-attribution")["required"]["texts"] = [sentence]
    assert sentence in notice(report).splitlines()
    assert f"**{sentence}**" in attribution(report).splitlines()


@pytest.mark.parametrize(("lang", "words"), [("en", "The dataset tides-plus is made from:"), ("zh", "数据集 tides-plus 由以下组件构成：")])
def test_a_data_set_is_called_one_and_its_licences_have_their_addresses(lang: str, words: str) -> None:
    report = json.loads((Path(__file__).parent.parent / "reports" / "several-components.json").read_text(encoding="utf-8"))["reports"][0]
    report["subject"] |= {"kind": "dataset", "name": "tides-plus"}
    text = attribution(report, lang)
    assert words in text
    linked = [finding for finding in report["findings"] if finding.get("license") and (finding["citation"] or {}).get("url")]
    assert any(f"]({finding['citation']['url']})" in text for finding in linked)
