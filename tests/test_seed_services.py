"""Outputs of API services in releases of our own: whose account, what for, which edition, and what is left to a person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.releases import PUBLIC, Case, assert_comes_out, report_of

OWN = {"model": "harbour/own-base", "license": "apache-2.0"}
INSIDE = {"weights": "none", "service": False, "product": False}
FREE = {"weights": "none", "service": True, "product": False, "paid": False}
SOLD = {"weights": "none", "service": True, "product": False, "paid": True}
COMPETES = {"competes_with": ["openai"]}


def used(service: str = "openai/gpt-3.5-turbo", **how: Any) -> dict[str, Any]:
    return {"service": service, "relation": "outputs", **how}


def release(*services: dict[str, Any], shown: dict[str, Any] = PUBLIC, **model: Any) -> dict[str, Any]:
    return {"built_from": [OWN, *services], "release": shown, "model": model}


CONSUMER, BUSINESS = "openai-terms/output-training", "openai-business-terms/output-training"
CASES = [
    # --- one's own account
    Case(
        "labelled and released",
        "2023-12-15",
        {CONSUMER: "fail"},
        manifest=release(used(stage=["label"], period="2023-01/2023-06"), **COMPETES),
    ),
    Case("trained and released", "2023-06-01", {CONSUMER: "fail"}, manifest=release(used(stage=["train"], account="own"), **COMPETES)),
    Case("only measured", "2023-06-01", {CONSUMER: "review"}, manifest=release(used(stage=["evaluate"]), **COMPETES)),
    Case("measured by relation", "2023-06-01", {CONSUMER: "review"}, manifest=release(used(relation="evaluates"), **COMPETES)),
    Case("only served", "2023-06-01", {CONSUMER: "pass"}, manifest=release(used(stage=["serve"]), **COMPETES)),
    Case(
        "what it competes with is not said",
        "2023-07-01",
        {CONSUMER: "open"},
        manifest=release(used(stage=["train"])),
        wrong={CONSUMER: "pass"},
    ),
    Case(
        "research inside, competing or not is not said",
        "2023-07-01",
        {CONSUMER: "open"},
        manifest={**release(used(stage=["train"]), shown=INSIDE), "use": {"commercial": False, "purposes": ["research"]}},
        wrong={CONSUMER: "pass"},
    ),
    Case(
        "research inside, competing",
        "2023-07-01",
        {CONSUMER: "review"},
        manifest={**release(used(stage=["train"]), shown=INSIDE, **COMPETES), "use": {"commercial": False, "purposes": ["research"]}},
    ),
    Case("it does not compete", "2023-06-01", {CONSUMER: "pass"}, manifest=release(used(stage=["train"]), competes_with=False)),
    Case(
        "it competes with others only", "2023-06-01", {CONSUMER: "pass"}, manifest=release(used(stage=["train"]), competes_with=["mistral"])
    ),
    Case(
        "taken out before the release",
        "2023-12-15",
        {CONSUMER: "review"},
        manifest=release(used(stage=["train"], period="2023-01/2023-06", in_release=False), **COMPETES),
        wrong={CONSUMER: "fail"},
    ),
    Case(
        "taken out, and in the release all the same",
        "2023-12-15",
        {CONSUMER: "fail"},
        manifest=release(used(stage=["train"], period="2023-01/2023-06", in_release=True), **COMPETES),
    ),
    # --- the exception for models that sort, which only the business terms have
    Case(
        "a classifier that stays inside, business terms",
        "2024-06-01",
        {BUSINESS: "pass"},
        manifest=release(used("openai/gpt-4o", license="openai-business-terms", stage=["train"]), shown=INSIDE, task="classifier"),
    ),
    Case(
        "an embedding model behind a free service, business terms",
        "2024-06-01",
        {BUSINESS: "pass"},
        manifest=release(used("openai/gpt-4o", license="openai-business-terms", stage=["train"]), shown=FREE, task="embedding"),
    ),
    Case(
        "a classifier behind a paid service, business terms",
        "2024-06-01",
        {BUSINESS: "open"},
        manifest=release(used("openai/gpt-4o", license="openai-business-terms", stage=["train"]), shown=SOLD, task="classifier"),
        wrong={BUSINESS: "pass"},
    ),
    Case(
        "a classifier that is distributed, business terms",
        "2024-06-01",
        {BUSINESS: "open"},
        manifest=release(used("openai/gpt-4o", license="openai-business-terms", stage=["train"]), task="classifier"),
        wrong={BUSINESS: "pass"},
    ),
    Case(
        "a classifier that stays inside, consumer terms",
        "2024-06-01",
        {CONSUMER: "open"},
        manifest=release(used("openai/gpt-4o", license="openai-terms", stage=["train"]), shown=INSIDE, task="classifier"),
        wrong={CONSUMER: "pass"},
    ),
    Case(
        "a classifier that stays inside and competes, consumer terms",
        "2024-06-01",
        {CONSUMER: "review"},
        manifest=release(used("openai/gpt-4o", license="openai-terms", stage=["train"]), shown=INSIDE, task="classifier", **COMPETES),
    ),
    # --- another contract
    Case(
        "through another company's cloud",
        "2023-12-15",
        {"azure-openai/output-training": "review", CONSUMER: "absent"},
        manifest=release(used("azure-openai/gpt-4", stage=["evaluate"]), **COMPETES),
        wrong={"azure-openai/output-training": "fail"},
    ),
    # --- somebody else's account
    Case(
        "somebody else's account", "2023-06-01", {CONSUMER: "review"}, manifest=release(used(stage=["train"], account="other"), **COMPETES)
    ),
    Case(
        "conversations that others published",
        "2023-06-01",
        {CONSUMER: "review"},
        {"license": "mit", "datasets": ["sharegpt"]},
        manifest={"release": PUBLIC},
        wrong={CONSUMER: "fail"},
    ),
    Case(
        "a dataset with a licence of its own that an API filled",
        "2023-05-01",
        {
            CONSUMER: "review",
            "cc-by-nc-4.0/non-commercial": "pass",
            "cc-by-nc-4.0/attribution": ("review", "informational"),
            "check/declared-license": "fail",
        },
        {"license": "mit", "base_model": "huggyllama/llama-7b", "datasets": ["tatsu-lab/alpaca"]},
        manifest={"release": PUBLIC, "use": {"commercial": False, "purposes": ["research"]}},
        wrong={CONSUMER: "fail"},
    ),
    Case(
        "the same dataset in a commercial model",
        "2024-01-10",
        {"cc-by-nc-4.0/non-commercial": ("fail", "review")},
        {"license": "llama2", "base_model": "meta-llama/Llama-2-7b-hf", "datasets": ["tatsu-lab/alpaca"]},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
    ),
    Case(
        "records of one's own users, by one's own account",
        "2023-06-01",
        {CONSUMER: "fail", "check/lineage.personal-data": "review"},
        manifest=release({"dataset": "in-house-mirror-logs"}, used(stage=["train"], account="own"), **COMPETES),
    ),
    # --- downstream of a research model
    Case(
        "a research model below a commercial one",
        "2023-12-10",
        {"ms-research/non-commercial": "fail", "llama2/notice-file": "fail"},
        {"license": "apache-2.0", "base_model": "microsoft/Orca-2-13b"},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
    ),
    # --- found in the documents
    Case(
        "a sentence says what generated the data",
        "2023-06-01",
        {CONSUMER: "open"},
        {"license": "apache-2.0"},
        "# Harbour-7B\n\nThe instruction data was generated with GPT-3.5.\n",
        manifest={"release": PUBLIC},
        wrong={CONSUMER: "fail"},
    ),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_outputs_of_a_service_come_out_so(case: Case, write: Any) -> None:
    assert_comes_out(case, write)


def finding(case: Case, write: Any, rule: str) -> Any:
    return next(found for found in report_of(case, write)["findings"] if found["rule"] == rule)


def test_what_was_taken_out_keeps_its_period_and_its_mending(write: Any) -> None:
    case = next(case for case in CASES if case.name == "taken out before the release")
    found = finding(case, write, CONSUMER)
    assert any("2023-01" in note and "2023-06" in note for note in found["notes"])
    assert any("no part" in note for note in found["notes"])
    assert found["held_back"]["kind"] == "fail"


#: (day or period of use, service, the text that counts)
IN_FORCE = [
    ("2023-06-01", "openai-terms-of-use-2023-03-14"),
    ("2023-11-13", "openai-terms-of-use-2023-03-14"),
    ("2024-01-30", "openai-terms-of-use-2023-03-14"),
    ("2024-01-31", "openai-terms-of-use-2023-11-14"),  # dated 14 November 2023
    ("2024-12-10", "openai-terms-of-use-2023-11-14"),
    ("2024-12-11", "openai-terms-of-use-2024-12-11"),
]


@pytest.mark.parametrize(("day", "text"), IN_FORCE)
def test_consumer_terms_count_from_the_day_they_take_effect(write: Any, day: str, text: str) -> None:
    case = Case("consumer", day, {}, manifest=release(used("openai/chatgpt", license="openai-terms", stage=["train"]), **COMPETES))
    assert finding(case, write, CONSUMER)["license_version"]["text"] == text


@pytest.mark.parametrize(
    ("day", "license_id", "text", "section"),
    [
        ("2023-11-13", "openai-terms", "openai-terms-of-use-2023-03-14", "2.c, item iii"),
        ("2023-11-14", "openai-business-terms", "openai-business-terms-2023-11-14", "2.e"),
        ("2025-05-31", "openai-business-terms", "openai-services-agreement-2025-05-31", "3.3, item e"),
        ("2026-01-01", "openai-business-terms", "openai-services-agreement-2026-01-01", "3.3, item e"),
    ],
)
def test_the_api_comes_under_the_terms_of_its_day(write: Any, day: str, license_id: str, text: str, section: str) -> None:
    case = Case("api", day, {}, manifest=release(used("openai/gpt-4", stage=["train"]), **COMPETES))
    found = finding(case, write, f"{license_id}/output-training")
    assert (found["license_version"]["text"], found["citation"]["section"], found["kind"]) == (text, section, "fail")


def test_the_period_of_use_decides_not_the_day_of_release(write: Any) -> None:
    early = used("openai/gpt-4", stage=["train"], period="2023-03/2023-06")
    case = Case("later release", "2025-07-01", {}, manifest=release(early, **COMPETES))
    assert finding(case, write, CONSUMER)["license_version"]["text"] == "openai-terms-of-use-2023-03-14"


#: terms, a service under them, the provider, a day on which they are in force, what training a competing model comes to
FAMILIES = [
    ("openai-terms", "openai/chatgpt", "openai", "2023-06-01", "fail"),
    ("openai-business-terms", "openai/gpt-4o", "openai", "2024-06-01", "fail"),
    ("openai-europe-terms", "openai/chatgpt", "openai", "2025-06-01", "fail"),
    ("azure-openai", "azure-openai/gpt-4", "openai", "2024-06-01", "review"),
    ("anthropic-commercial-terms", "anthropic/claude-3", "anthropic", "2025-08-01", "fail"),
    ("anthropic-consumer-terms", "anthropic/claude-3", "anthropic", "2025-11-01", "fail"),
    ("gemini-api-terms", "google/gemini-2.0", "google", "2025-08-01", "fail"),
    ("kimi-terms", "moonshot/kimi", "moonshot", "2025-08-01", "fail"),
    ("qwen-chat-terms", "alibaba/qwen-chat", "alibaba", "2025-08-01", "fail"),
    ("xai-enterprise-terms", "xai/grok-3", "xai", "2025-08-01", "fail"),
    ("xai-consumer-terms", "xai/grok-3", "xai", "2025-12-01", "fail"),
    ("together-terms", "together/harbour", "together", "2025-11-01", "fail"),
    ("fireworks-terms", "fireworks/harbour", "fireworks", "2025-08-01", "fail"),
    ("perplexity-api-terms", "perplexity/sonar", "perplexity", "2025-08-01", "review"),
    ("mistral-platform-terms", "mistral/large", "mistral", "2025-08-01", "pass"),  # only images and web search are barred
    ("openrouter-terms", "openrouter/harbour", "openrouter", "2025-08-01", "open"),  # the model behind it decides
]
#: terms that do not ask whether the model competes
ANY_MODEL = ("xai-enterprise-terms", "perplexity-api-terms", "openrouter-terms", "mistral-platform-terms")
#: terms that bar more than competing models, so that one that does not compete is for a person
WIDER = ("anthropic-consumer-terms", "qwen-chat-terms", "xai-consumer-terms")


def kind_of(write: Any, terms: str, service: str, day: str, shown: dict[str, Any] = PUBLIC, *, competes: Any, **how: Any) -> str:
    model = {} if competes is None else {"competes_with": competes}
    case = Case(terms, day, {}, manifest=release(used(service, license=terms, **how), shown=shown, **model))
    return str(finding(case, write, f"{terms}/output-training")["kind"])


@pytest.mark.parametrize(("terms", "service", "provider", "day", "kind"), FAMILIES, ids=[row[0] for row in FAMILIES])
def test_every_family_of_terms_tells_uses_apart(write: Any, terms: str, service: str, provider: str, day: str, kind: str) -> None:
    def told(competes: Any = (provider,), shown: dict[str, Any] = PUBLIC, **how: Any) -> str:
        return kind_of(write, terms, service, day, shown, competes=list(competes) if isinstance(competes, tuple) else competes, **how)

    assert told(stage=["train"]) == kind
    assert told(stage=["label"]) == kind
    if kind in ("pass", "open"):
        return
    assert told(stage=["serve"]) == "pass"
    assert told(stage=["train"], account="other") == "review"
    assert told(stage=["train"], in_release=False) == "review"
    if terms not in ANY_MODEL:
        assert told(stage=["evaluate"]) == "review"
        assert told(None, stage=["train"]) == "open"
        assert told(False, stage=["train"]) == ("review" if terms in WIDER else "pass")
        assert told(stage=["train"], shown=INSIDE) == "review"
    assert told() == "open"


@pytest.mark.parametrize(
    ("terms", "service", "day"),
    [("deepseek-platform-terms", "deepseek/v3", "2025-08-01"), ("llama-api-terms", "meta/llama-api", "2025-08-01")],
)
def test_terms_that_let_outputs_train_other_models_say_so(write: Any, terms: str, service: str, day: str) -> None:
    assert kind_of(write, terms, service, day, competes=["deepseek", "meta"], stage=["train"]) == "informational"


PROSE = """
Some compare open models with Android. A memo that leaked from a large company in 2023 said that
open models have no moat in front of them. Stability AI was reported to be short of money. Twenty-six publishers called for a say in the
use of their texts. Caffe was a framework of its day.

有人以安卓类比开源大模型；一份泄露的备忘录讨论了开源模型；二十六家出版机构发起了数据权利倡议。
"""


def test_prose_about_things_that_are_no_cases_changes_nothing(write: Any) -> None:
    """What the press wrote of open models in general is nobody's origin, name or data."""
    without = Case("silent", "2024-06-01", {}, {"license": "apache-2.0", "base_model": "Qwen/Qwen2.5-7B"}, manifest={"release": PUBLIC})
    told = without._replace(body=f"{without.body}{PROSE}")
    seen, silent = ({(found["rule"], found["kind"]) for found in report_of(case, write)["findings"]} for case in (told, without))
    assert seen == silent
