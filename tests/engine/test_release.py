"""Under which licence the whole can go out."""

from __future__ import annotations

from typing import Any

import pytest

LLAMA = {"model": "meta-llama/Llama-3.1-8B-Instruct"}


def base(license_id: str, name: str = "acme/part", relation: str = "merge") -> dict[str, str]:
    return {"model": name, "relation": relation, "license": license_id}


def data(license_id: str) -> dict[str, str]:
    return {"dataset": "acme/words", "license": license_id}


def code(license_id: str) -> dict[str, str]:
    return {"code": "net.py", "from": "acme/net", "license": license_id}


def releasable(report: Any) -> tuple[str | None, dict[str, str | None]]:
    found = report["licenses"]["releasable"]
    return found["expression"], found["per_layer"]


@pytest.mark.parametrize(
    ("built_from", "declared", "expression"),
    [
        ([LLAMA, data("apache-2.0")], "apache-2.0", "LicenseRef-llama3.1"),
        ([LLAMA, base("gemma")], None, "LicenseRef-gemma AND LicenseRef-llama3.1"),
        ([LLAMA, code("apache-2.0")], "llama3.1", "LicenseRef-llama3.1 AND Apache-2.0"),
        ([base("apache-2.0"), base("mit", "acme/x")], "bsd-3-clause", "BSD-3-Clause"),
        ([base("apache-2.0"), base("mit", "acme/x")], None, "Apache-2.0 AND MIT"),
        ([base("apache-2.0")], "MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ([base("apache-2.0")], ["mit", "apache-2.0"], "MIT AND Apache-2.0"),
        ([base("apache-2.0")], "acme-own-terms", "LicenseRef-acme-own-terms"),
        ([base("apache-2.0"), base("gpl-3.0", "acme/x")], "mit", "GPL-3.0-only"),
        ([base("apache-2.0"), base("GPL-2.0-or-later", "acme/x")], None, "GPL-3.0-only"),
        ([base("mit"), base("GPL-2.0-or-later", "acme/x")], None, "GPL-2.0-or-later"),
        ([base("gpl-3.0"), base("agpl-3.0", "acme/x")], None, "AGPL-3.0-only"),
        ([base("cc-by-sa-4.0"), base("gpl-3.0", "acme/x")], None, "GPL-3.0-only"),
        ([base("cc-by-sa-4.0")], "gpl-3.0", "GPL-3.0-only"),  # one way, and declared
        ([base("gpl-3.0")], "cc-by-sa-4.0", "GPL-3.0-only"),
        ([base("gpl-3.0"), base("cc-by-nc-4.0", "acme/x")], None, None),
        ([base("gpl-2.0-only"), base("apache-2.0", "acme/x")], None, None),
        ([base("apache-2.0")], "GPL-2.0-only", None),
        ([base("cc-by-nd-4.0", relation="finetune")], "cc-by-nd-4.0", None),
        ([base("cc-by-nd-4.0", relation="quantized")], "cc-by-nd-4.0", "CC-BY-ND-4.0"),  # another format is no adaptation
        ([base("LicenseRef-nobody-knows")], "mit", None),
        ([{"model": "acme/nothing-known"}], "mit", None),
        ([], "mit", "MIT"),
    ],
)
def test_the_whole_goes_out_under_what_everything_inside_allows(examined, built_from, declared, expression) -> None:
    card = {"license": declared} if declared else {"language": "en"}
    report = examined(card, manifest={"built_from": built_from})
    assert releasable(report)[0] == expression
    assert report["licenses"]["releasable"]["why"]


def test_layers_answer_for_themselves(examined) -> None:
    report = examined({"license": "llama3.1"}, manifest={"built_from": [LLAMA, data("cc-by-nc-4.0"), code("mit OR gpl-3.0")]})
    assert releasable(report) == (
        "LicenseRef-llama3.1 AND MIT",
        {"weights": "LicenseRef-llama3.1", "code": "MIT", "data": "CC-BY-NC-4.0"},
    )


def test_none_comes_with_the_clauses_that_exclude_one_another(examined) -> None:
    report = examined(manifest={"built_from": [base("gpl-3.0"), base("cc-by-nc-4.0", "acme/x")]})
    found = report["licenses"]["releasable"]
    assert found["expression"] is None
    assert found["why"] == "gpl-3.0 (§10) and cc-by-nc-4.0 (§2.a.1) exclude one another."
    assert [(clause["license"], clause["section"]) for clause in found["clauses"]] == [("gpl-3.0", "10"), ("cc-by-nc-4.0", "2.a.1")]


def test_where_nothing_is_said_nothing_is_made_up(examined) -> None:
    assert releasable(examined({"language": "en"})) == (None, {"weights": None})
    assert releasable(examined({"license": "other"})) == (None, {"weights": None})


def test_a_data_set_has_no_weights_to_conclude_of(examined):
    card = {"license": "cc-by-4.0", "task_categories": ["text-generation"]}
    manifest = {"built_from": [{"dataset": "acme/tides", "license": "cc-by-4.0"}]}
    assert examined(card, "# Tides plus\n", manifest=manifest)["licenses"]["concluded"] == {"data": "cc-by-4.0"}
