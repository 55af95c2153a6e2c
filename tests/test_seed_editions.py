"""The same material on two days: the licence, the edition and the clauses that count go by the day it was acquired, else released."""

from __future__ import annotations

from typing import Any

import pytest

from tests.releases import PUBLIC, Case, assert_comes_out, report_of

COMMERCIAL = {"commercial": True}


def built(name: str, day: str, **more: Any) -> Case:
    entry = {"dataset": name} if more.pop("dataset", False) else {"model": name}
    return Case(name, day, {}, manifest={"built_from": [entry], "release": PUBLIC, "use": COMMERCIAL, **more})


def license_and_text(report: Any, name: str) -> tuple[str | None, str | None]:
    """The licence of a component, and the text of it that its findings cite."""
    node = next(node for node in report["lineage"]["nodes"] if node["id"] == name)
    cited = {found["license_version"]["text"] for found in report["findings"] if found["component"] == name and found["license_version"]}
    assert len(cited) <= 1
    return node["license"], next(iter(cited), None)


YI, CPM, ALPACA = "01-ai/Yi-34B", "openbmb/MiniCPM-Llama3-V-2_5", "tatsu-lab/alpaca"


@pytest.mark.parametrize(
    ("name", "day", "license_id", "text"),
    [
        # one day under another licence
        (ALPACA, "2023-03-13", "odc-by", "odc-by-1.0"),
        (ALPACA, "2023-03-14", "cc-by-nc-4.0", "cc-by-nc-4.0"),
        # four editions in eight months
        (YI, "2023-11-03", "yi-license", "yi-series-licence-1.0"),
        (YI, "2023-11-04", "yi-license", "yi-series-licence-2.0"),
        (YI, "2023-11-22", "yi-license", "yi-series-licence-2.0"),
        (YI, "2023-11-23", "yi-license", "yi-series-community-licence-2.1"),
        (YI, "2024-05-29", "yi-license", "yi-series-community-licence-2.1"),
        (YI, "2024-05-30", "apache-2.0", "apache-2.0"),
        # a licence that came two weeks after the model, and one that came a year later
        (CPM, "2024-05-29", "openbmb-gml-commercial", "openbmb-general-model-licence-commercial"),
        (CPM, "2024-06-04", "openbmb-gml-commercial", "openbmb-general-model-licence-commercial"),
        (CPM, "2024-06-05", "minicpm", "minicpm-model-licence"),
        (CPM, "2024-06-10", "minicpm", "minicpm-model-licence"),
        (CPM, "2025-09-15", "apache-2.0", "apache-2.0"),
    ],
)
@pytest.mark.parametrize("said", ["released", "acquired"])
def test_the_day_decides_the_text(write: Any, name: str, day: str, license_id: str, text: str, said: str) -> None:
    """The day of acquisition counts before that of the release."""
    case = built(name, day if said == "released" else "2026-06-01", dataset=name == ALPACA)
    if said == "acquired":
        case.manifest["built_from"][0]["acquired"] = day
    assert license_and_text(report_of(case, write), name) == (license_id, text)


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("lmsys/vicuna-7b-delta-v0", "llama1"),
        ("lmsys/vicuna-7b-v1.1", "llama1"),
        ("lmsys/vicuna-7b-v1.3", "llama1"),
        ("lmsys/vicuna-13b-v1.3", "llama1"),
        ("lmsys/vicuna-7b-v1.5", "llama2"),
        ("lmsys/vicuna-13b-v1.5-16k", "llama2"),
    ],
)
def test_a_version_decides_the_licence_whatever_the_day(write: Any, name: str, license_id: str) -> None:
    for day in ("2023-09-01", "2025-01-01"):
        assert license_and_text(report_of(built(name, day), write), name)[0] == license_id


CASES = [
    Case(
        "a copy of the data from the day of the first licence",
        "2024-01-10",
        {"odc-by/attribution": ("review", "informational", "pass"), "cc-by-nc-4.0/non-commercial": "absent"},
        {"license": "apache-2.0"},
        manifest={"built_from": [{"dataset": ALPACA, "acquired": "2023-03-13"}], "release": PUBLIC, "use": COMMERCIAL},
    ),
    Case(
        "a copy of the data from the day after",
        "2024-01-10",
        {"cc-by-nc-4.0/non-commercial": ("fail", "review"), "odc-by/attribution": "absent"},
        {"license": "apache-2.0"},
        manifest={"built_from": [{"dataset": ALPACA, "acquired": "2023-03-14"}], "release": PUBLIC, "use": COMMERCIAL},
    ),
    Case(
        "commercial use without permission, under the second edition",
        "2023-12-01",
        {"yi-license/request-license": "fail"},
        manifest={"built_from": [YI], "release": PUBLIC, "use": COMMERCIAL},
    ),
    Case(
        "commercial use after the change to a free licence",
        "2024-07-01",
        {"yi-license/request-license": ("not-applicable", "absent"), "apache-2.0/notice-file": "fail"},
        manifest={"built_from": [YI], "release": PUBLIC, "use": COMMERCIAL},
    ),
    Case(
        "the licence of the day of release asks for the source, not for a name",
        "2024-05-29",
        {
            "openbmb-gml-commercial/attribution": "fail",
            "llama3/license-copy": "fail",
            "llama3/display-attribution": "fail",
            "llama3/model-name": "pass",
            "minicpm/model-name": ("not-applicable", "absent"),
        },
        manifest={"model": {"name": "Llama3-V"}, "built_from": [CPM], "release": PUBLIC},
        wrong={"minicpm/model-name": "fail"},
    ),
    Case(
        "what was taken a week later comes under the licence of that week",
        "2024-06-10",
        {"minicpm/model-name": "fail", "minicpm/display-attribution": "fail"},
        manifest={"model": {"name": "Llama3-V"}, "built_from": [{"model": CPM, "acquired": "2024-06-10"}], "release": PUBLIC},
    ),
    Case(
        "what was taken before stays under the licence of that day, whenever it is released",
        "2024-08-01",
        {"minicpm/model-name": ("not-applicable", "absent"), "openbmb-gml-commercial/attribution": "fail"},
        manifest={"model": {"name": "Llama3-V"}, "built_from": [{"model": CPM, "acquired": "2024-05-29"}], "release": PUBLIC},
    ),
    Case(
        "merged weights of a delta with a permissive tag",
        "2023-05-01",
        {"cc-by-nc-sa-4.0/share-alike": "fail", "llama1/non-commercial": ("review", "open")},
        {"license": "mit", "base_model": "CarperAI/stable-vicuna-13b-delta"},
        manifest={"release": PUBLIC},
    ),
    Case(
        "rights that are not granted in a territory",
        "2025-12-01",
        {"openpangu-1.0/territory": "fail"},
        manifest={
            "built_from": [{"model": "FreedomIntelligence/openPangu-Embedded-7B", "license": "openpangu-1.0"}],
            "release": PUBLIC,
            "use": {"markets": ["EU"]},
        },
    ),
    Case(
        "words that a product shows nowhere",
        "2025-12-01",
        {"openpangu-1.0/display-attribution": "fail", "openpangu-1.0/attribution": "fail"},
        {"license": "other"},
        "",
        manifest={
            "built_from": [{"model": "FreedomIntelligence/openPangu-Embedded-7B", "license": "openpangu-1.0"}],
            "release": {"weights": "none", "service": False, "product": True},
            "use": {"markets": ["CN"]},
        },
    ),
    Case(
        "commercial use of weights whose code alone is under a free licence",
        "2023-07-01",
        {"baichuan-7b/request-license": "fail"},
        {"license": "apache-2.0", "base_model": "baichuan-inc/Baichuan-7B"},
        manifest={"release": PUBLIC, "use": COMMERCIAL},
    ),
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_release_on_its_day_comes_out_so(case: Case, write: Any) -> None:
    assert_comes_out(case, write)
