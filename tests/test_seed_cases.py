"""Public episodes as cases of our own: what the checker says of releases like those that made the news.

Each case is a release told by its files and its manifest on a day, and what becomes of the rules that matter; a rule that must not
come out a certain way is named with `not`.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.releases import PUBLIC, Case, assert_comes_out, report_of, text_of

LLAMA2_NOTICE = "Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.\n"


def base(name: str, **more: Any) -> dict[str, Any]:
    return {"built_from": [name], "release": PUBLIC, **more}


CASES = [
    # --- the first LLaMA, from a copy that its publisher did not make
    Case(
        "a commercial model on a mirror of the first LLaMA, tagged permissively",
        "2023-04-10",
        {
            "llama1/non-commercial": "fail",
            "check/declared-license.declares-more": "fail",
        },
        {"license": "apache-2.0", "base_model": "decapoda-research/llama-7b-hf"},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
    ),
    Case(
        "research on a mirror of the first LLaMA",
        "2023-04-10",
        {"llama1/non-commercial": "pass", "check/lineage.mirrored": "review"},
        {"license": "other", "base_model": "huggyllama/llama-7b"},
        manifest={
            "built_from": [{"model": "huggyllama/llama-7b", "obtained": "mirror"}],
            "release": {"weights": "none", "service": False, "product": False},
            "use": {"commercial": False, "purposes": ["research"]},
        },
    ),
    Case(
        "a published model is known to be a mirror without anybody saying so",
        "2023-04-10",
        {"check/lineage.mirrored": "review"},
        {"license": "apache-2.0", "base_model": "decapoda-research/llama-7b-hf"},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
    ),
    Case(
        "research weights passed on with copy and notice",
        "2023-04-10",
        {"llama1/license-copy": "pass", "llama1/notice-file": "pass", "llama1/flow-down": "pass", "llama1/non-commercial": "pass"},
        {"license": "other", "license_name": "llama1", "base_model": "huggyllama/llama-7b"},
        files={
            "LICENSE": text_of("llama-1-licence"),
            "NOTICE": "LLaMA is licensed under the LLaMA License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.\n",
        },
        manifest={"release": PUBLIC, "use": {"commercial": False, "purposes": ["research"]}},
    ),
    Case(
        "data that the first LLaMA produced, used commercially",
        "2023-04-10",
        {"llama1/non-commercial": "fail"},
        {"license": "mit"},
        manifest={"built_from": [{"model": "huggyllama/llama-7b", "relation": "outputs"}], "release": PUBLIC, "use": {"commercial": True}},
    ),
    # --- a family that moved from one licence to the next
    Case(
        "the third version of a family still carries the first licence",
        "2023-07-01",
        {"llama1/non-commercial": "fail"},
        {"license": "apache-2.0", "base_model": "lmsys/vicuna-7b-v1.3"},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
    ),
    Case(
        "the fifth version carries the second licence and nothing of the first",
        "2023-09-01",
        {
            "llama1/non-commercial": ("not-applicable", "absent"),
            "llama2/license-copy": "fail",
            "llama2/notice-file": "fail",
            "llama2/scale-threshold": "pass",
        },
        {"license": "llama2", "base_model": "lmsys/vicuna-7b-v1.5"},
        manifest={"release": PUBLIC, "use": {"commercial": True, "monthly_active_users": 50_000}},
    ),
    Case(
        "what a family was trained on is somebody else's act",
        "2023-09-01",
        {"openai-terms/output-training": ("review", "absent")},
        {"license": "llama2", "base_model": "lmsys/vicuna-7b-v1.5"},
        manifest={"release": PUBLIC, "use": {"commercial": True}},
        wrong={"openai-terms/output-training": "fail"},
    ),
    # --- Llama 2 behind a self-developed model
    Case(
        "trained from scratch, with a base in the front matter",
        "2023-10-01",
        {
            "llama2/license-copy": "fail",
            "llama2/notice-file": "fail",
            "check/declared-license.declares-more": "fail",
            "check/claims": "fail",
        },
        {"license": "apache-2.0", "base_model": "meta-llama/Llama-2-13b-hf"},
        "# 海港大模型\n\n海港大模型是我司从零训练的自研大模型。\n",
        manifest={"release": PUBLIC},
        wrong={"llama2/display-attribution": "fail", "llama2/model-name": "fail"},
    ),
    Case(
        "a model of one's own that says what it is based on",
        "2023-10-01",
        {"llama2/notice-file": "pass", "llama2/license-copy": "pass", "check/claims": ("informational", "pass")},
        {"license": "llama2", "base_model": "meta-llama/Llama-2-13b-hf"},
        "# 海港大模型\n\n自研行业大模型，基于 Llama 2 微调。\n",
        files={"Notice": LLAMA2_NOTICE, "LICENSE": text_of("llama-2-community-licence")},
        manifest={"release": PUBLIC},
        wrong={"check/claims": "fail"},
    ),
    Case(
        "more users than the licence allows, in the month that counts",
        "2023-10-01",
        {"llama2/scale-threshold": "fail"},
        manifest=base("meta-llama/Llama-2-70b-hf", licensee={"monthly_active_users": {"2023-06": 900_000_000}}),
    ),
    Case(
        "more users, and nobody says when",
        "2023-10-01",
        {"llama2/scale-threshold": "review"},
        manifest=base("meta-llama/Llama-2-70b-hf", licensee={"monthly_active_users": 900_000_000}),
    ),
    Case(
        "outputs of Llama 2 in a model of one's own",
        "2023-10-01",
        {"llama2/output-training": "fail"},
        manifest={
            "built_from": [
                {"model": "harbour/own-base", "license": "apache-2.0"},
                {"model": "meta-llama/Llama-2-70b-chat-hf", "relation": "outputs"},
            ],
            "release": PUBLIC,
        },
    ),
    # --- an architecture that others had before
    Case(
        "the same architecture, weights of one's own",
        "2023-11-06",
        {"llama2/license-copy": ("not-applicable", "absent"), "check/claims": "pass"},
        {"license": "other", "license_name": "harbour-licence"},
        "# Harbour-34B\n\nTrained from scratch.\n",
        files={"config.json": '{"model_type": "Harbour", "architectures": ["HarbourForCausalLM"], "num_hidden_layers": 60}\n'},
        manifest={"release": PUBLIC},
        wrong={"llama2/notice-file": "fail", "check/claims": "fail"},
    ),
    Case(
        "the architecture is declared and nothing of the weights comes along",
        "2023-11-06",
        {"llama2/license-copy": "not-applicable", "llama2/notice-file": "not-applicable"},
        {"license": "apache-2.0"},
        manifest={"built_from": [{"model": "meta-llama/Llama-2-70b-hf", "relation": "architecture"}], "release": PUBLIC},
    ),
    Case(
        "a model file taken over without its header",
        "2023-11-06",
        {"apache-2.0/license-copy": "fail", "apache-2.0/state-changes": ("review", "fail")},  # whether it was changed, no file shows
        {"license": "other", "license_name": "harbour-licence"},
        files={"modeling_harbour.py": "class Harbour: ...\n"},
        manifest={
            "built_from": [{"code": "modeling_harbour.py", "from": "huggingface/transformers", "license": "apache-2.0"}],
            "release": PUBLIC,
            "claims": ["trained-from-scratch"],
        },
    ),
    Case(
        "same architecture, not a derivative: a disclosure, no contradiction",
        "2024-02-10",
        {"check/claims": ("pass", "informational")},
        {"license": "other", "license_name": "harbour-licence"},
        "# Harbour-34B\n\nWe adopt the same model architecture as Llama; the models are not derivatives of Llama.\n",
        manifest={"release": PUBLIC},
        wrong={"check/claims": "fail"},
    ),
    # --- a licence that changed a week later, on top of Llama 3
    Case(
        "what it was on the day of release, with Llama 3 behind it",
        "2024-05-29",
        {
            "llama3/license-copy": "fail",
            "llama3/display-attribution": "fail",
            "llama3/model-name": "pass",  # "Llama3-" is "Llama 3" without the space
        },
        {"license": "apache-2.0"},
        "# Llama3-Harbour\n",
        manifest=base("openbmb/MiniCPM-Llama3-V-2_5"),
        wrong={"minicpm/model-name": "fail"},
    ),
    Case(
        "a base that is a derivative itself: its name begins with its maker's",
        "2024-05-20",
        {
            "llama3/model-name": "fail",
            "llama3/display-attribution": "fail",
            "llama3/notice-file": "fail",
            "llama3/output-training": "pass",
        },
        {"license": "other", "base_model": "meta-llama/Meta-Llama-3-8B-Instruct"},
        "# MiniHarbour-Llama3-V-2_5\n",
        manifest={"release": PUBLIC},
    ),
    Case(
        "outputs of Llama 3.1 may improve another model, which owes the name",
        "2024-08-01",
        {"llama3.1/model-name": "fail", "llama3.1/output-training": ("absent", "pass", "not-applicable")},
        manifest={
            "model": {"name": "Harbour-7B"},
            "built_from": [
                {"model": "harbour/own-base", "license": "apache-2.0"},
                {"model": "meta-llama/Llama-3.1-405B-Instruct", "relation": "outputs"},
            ],
            "release": PUBLIC,
        },
        wrong={"llama3/output-training": "fail"},
    ),
    # --- Apache-2.0 bases, and a dispute that is none of the checker's
    Case(
        "a claim of one's own base, with nothing declared against it",
        "2025-07-05",
        {"check/claims": ("pass", "informational", "review")},
        {"license": "other", "license_name": "harbour-licence"},
        "# Harbour-MoE\n\n基于昇腾硬件平台开发、训练的基础大模型，并非基于其他厂商模型增量训练而来。\n",
        manifest={"release": PUBLIC},
        wrong={"check/claims": "fail", "tongyi-qianwen/scale-threshold": "review", "check/lineage.no-base": "fail"},
    ),
    Case(
        "a declared Apache-2.0 base without text and without a word on changes",
        "2025-07-05",
        {"apache-2.0/license-copy": "fail", "apache-2.0/state-changes": "fail"},
        manifest=base("Qwen/Qwen2.5-14B"),
    ),
    Case(
        "a declared Apache-2.0 base in order",
        "2025-07-05",
        {"apache-2.0/license-copy": "pass", "apache-2.0/state-changes": "pass", "check/declared-license.declared-fits": "pass"},
        {"license": "apache-2.0", "base_model": "Qwen/Qwen2.5-14B"},
        "# Harbour-14B\n\nThe weights were fine-tuned on harbour logs.\n",
        files={"LICENSE": text_of("apache-2.0")},
        manifest={"release": PUBLIC},
    ),
    # --- Qwen: the licence goes by generation and size
    Case(
        "a 3B of the generation is for research",
        "2024-10-01",
        {"qwen-research/non-commercial": "fail"},
        manifest=base("Qwen/Qwen2.5-3B", use={"commercial": True}),
    ),
    Case(
        "a 14B of the same generation is not",
        "2024-10-01",
        {"qwen-research/non-commercial": ("not-applicable", "absent"), "apache-2.0/license-copy": "fail"},
        manifest=base("Qwen/Qwen2.5-14B", use={"commercial": True}),
    ),
    Case(
        "a 72B has a limit of its own",
        "2024-10-01",
        {"qwen/scale-threshold": "fail", "qwen-research/non-commercial": ("not-applicable", "absent")},
        manifest={
            "built_from": ["Qwen/Qwen2.5-72B"],
            "release": {"weights": "public", "service": True, "product": False},
            "use": {"commercial": True, "monthly_active_users": 100_000_001},
        },
    ),
    Case(
        "exactly the number is not more than the number",
        "2024-10-01",
        {"qwen/scale-threshold": "pass"},
        manifest={
            "built_from": ["Qwen/Qwen2.5-72B"],
            "release": {"weights": "public", "service": True, "product": False},
            "use": {"commercial": True, "monthly_active_users": 100_000_000},
        },
    ),
    Case(
        "outputs of the first generation in another model",
        "2023-09-01",
        {"tongyi-qianwen/output-training": "fail"},
        manifest={
            "built_from": [
                {"model": "harbour/own-base", "license": "apache-2.0"},
                {"model": "Qwen/Qwen-7B-Chat", "relation": "outputs"},
            ],
            "release": PUBLIC,
        },
    ),
    Case(
        "outputs of the first generation in a model of the same generation and nothing else",
        "2023-09-01",
        {"tongyi-qianwen/output-training": "pass"},
        manifest={
            "built_from": ["Qwen/Qwen-7B", {"model": "Qwen/Qwen-7B-Chat", "relation": "outputs"}],
            "release": PUBLIC,
        },
    ),
    Case(
        "a name that continues the publisher's line, with the base in the config",
        "2025-01-01",
        {"check/lineage": ("review", "informational"), "apache-2.0/license-copy": "review"},
        {"license": "apache-2.0"},
        "# Qwen2.6-14B-Instruct\n",
        files={"config.json": '{"_name_or_path": "Qwen/Qwen2.5-14B"}\n'},
        manifest={"release": PUBLIC},
        wrong={"apache-2.0/license-copy": "fail"},
    ),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_release_like_this_comes_out_so(case: Case, write: Any) -> None:
    assert_comes_out(case, write)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_every_finding_names_its_law_and_its_evidence(case: Case, write: Any) -> None:
    for finding in report_of(case, write)["findings"]:
        assert finding["rule"]
        assert finding["layer"]
        if finding["kind"] in ("fail", "review") and finding["license"]:
            assert finding["citation"]["section"]
            assert finding["evidence"]
            assert finding["remedy"]


def test_the_same_release_on_two_days_differs(write: Any) -> None:
    case = next(case for case in CASES if case.name.startswith("what it was on the day of release"))
    early, late = report_of(case, write), report_of(case._replace(released="2024-06-10"), write)
    licenses = [
        next(node["license"] for node in report["lineage"]["nodes"] if node["id"].startswith("openbmb/")) for report in (early, late)
    ]
    assert licenses == ["openbmb-gml-commercial", "minicpm"]
