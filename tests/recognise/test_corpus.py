"""The shipped fingerprints against the licence texts themselves (LICENSECHECK_CORPUS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from licensecheck.recognise import Fingerprints, TextMatch, load_fingerprints, locate, recognise
from tests.conftest import CORPUS, REPO

pytestmark = pytest.mark.corpus

TEXTS = Path(CORPUS or ".") / "license-texts"
INPUTS = Path(CORPUS or ".") / "real-inputs"

#: Texts that are others word for word in their first part, or too short: cut off, they cannot be told.
ALIKE_WHEN_CUT = {
    "cogvlm2-licence": {"cogvlm-licence"},
    "internlm-licence-2023": {"apache-2.0"},
    "kimi-k2.6-licence": {"kimi-k2.5-licence"},
    "kimi-k2.7-code-licence": {"kimi-k2.5-licence"},
    "minimax-m2-licence": {"minimax-m2.1-licence"},
}
TOO_SHORT_WHEN_CUT = {"dbrx-notice", "gpt-oss-usage-policy", "kimi-dev-72b-licence-note", "yi-apache-notice"}
#: A variant that is another text: this publisher once shipped the plain permissive text under the same name.
OTHER_TEXT = {"variants/minimax-m2-licence--2.txt": "mit"}
#: Sections with duties, as the rules cite them.
DUTIES = {
    "llama-1-licence": "1.a 2.a 2.d 3",
    "llama-2-community-licence": "1.b.i 1.b.iii 1.b.iv 1.b.v 2 5.a 5.c",
    "llama-3-community-licence": "1.b.i 1.b.iii 1.b.iv 1.b.v 2 5.a 5.c",
    "llama-3.1-community-licence": "1.b.i 1.b.iii 1.b.iv 2 5.a 5.c",
    "llama-3.2-community-licence": "1.b.i 1.b.iii 1.b.iv 2 5.a 5.c",
    "llama-3.3-community-licence": "1.b.i 1.b.iii 1.b.iv 2 5.a 5.c",
    "llama-4-community-licence": "1.b.i 1.b.iii 1.b.iv 2 5.a 5.c",
    "qwen-licence": "3.a 3.b 3.c 4 5.b 6.b 6.c",
    "qwen-research-licence": "2.a 2.b 3.a 3.b 3.c 4.b 5.b 5.c",
    "tongyi-qianwen-licence": "3.a 3.b 3.c 4 5.b 6.b 6.c",
    "tongyi-qianwen-vl-licence": "3.a 3.b 3.c 4 5.b 6.b 6.c",
    "tongyi-qianwen-research-licence": "2.a 2.b 3.a 3.b 3.c 4.b 5.b 5.c",
    "apache-2.0": "4 4.a 4.b 4.c 4.d 6 appendix",
    "llama-2-use-policy": "1.a 1.a.vi 1.g 2.a 2.f 3.f 4 closing_paragraph",
    "llama-3-use-policy": "1.a 1.a.vi 1.g 2.a 2.f 3.f 4",
    "llama-3.1-use-policy": "1.a 1.a.vi 1.g 2.a 2.f 3.f 4",
    "llama-3.2-use-policy": "1.a 1.h 2.a 2.f 3.f 4 5 closing_paragraph",
    "llama-3.3-use-policy": "1.a 1.h 2.a 2.f 3.f 4 5 closing_paragraph",
    "llama-4-use-policy": "1.a 1.h 3.a 3.f 4.f 5 6 closing_paragraph",
}


def _rows() -> list[dict[str, Any]]:
    if CORPUS is None:
        return []
    found: list[dict[str, Any]] = yaml.safe_load((TEXTS / "index.yaml").read_text(encoding="utf-8"))["licences"]
    return found


ROWS = _rows()


def read(name: str) -> str:
    with open(TEXTS / name, encoding="utf-8", newline="") as file:
        return file.read()


@pytest.fixture(scope="module")
def shipped() -> Fingerprints:
    return load_fingerprints(REPO / "rules/fingerprints")


def match_of(name: str, text: str, prints: Fingerprints) -> TextMatch | None:
    return next((match for match in recognise(text, prints) if match.text == prints.canonical(name)), None)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_text_is_itself(row: dict[str, Any], shipped: Fingerprints) -> None:
    (match,) = recognise(read(row["file"]), shipped)
    assert (match.text, match.altered_sections, match.missing_sections) == (shipped.canonical(row["id"]), (), ())


VARIANTS = [(row["id"], variant["file"]) for row in ROWS for variant in row.get("variants") or ()]


@pytest.mark.parametrize(("name", "path"), VARIANTS, ids=[path for _, path in VARIANTS])
def test_every_variant_is_its_text(name: str, path: str, shipped: Fingerprints) -> None:
    (match,) = recognise(read(path), shipped)
    assert (match.text, match.complete) == (OTHER_TEXT.get(path, shipped.canonical(name)), True)


@pytest.mark.parametrize("name", [row["id"] for row in ROWS])
def test_a_text_cut_to_three_fifths_keeps_its_name(name: str, shipped: Fingerprints) -> None:
    text = read(next(row["file"] for row in ROWS if row["id"] == name))
    found = recognise(text[: int(len(text) * 0.6)], shipped)
    if name in TOO_SHORT_WHEN_CUT:
        assert not any(match.complete for match in found)
        return
    (match,) = found
    assert match.text in {shipped.canonical(name)} | ALIKE_WHEN_CUT.get(name, set())
    assert not match.complete


@pytest.mark.parametrize("name", DUTIES)
def test_every_section_with_a_duty_has_its_lines(name: str, shipped: Fingerprints) -> None:
    text = read(f"{name}.txt")
    match = match_of(name, text, shipped)
    assert match
    lines = text.split("\n")
    for label in DUTIES[name].replace("closing_paragraph", "closing\u00a0paragraph").split(" "):
        span = locate(match, label.replace("\u00a0", " "))
        assert span, label
        mark = label.rpartition(".")[2]
        if label[0].isdigit() and not name.endswith("policy"):
            assert re.match(rf"\W*{mark}\b", lines[span.start_line - 1].replace("\\", "")), label


EDITS = [
    *(
        (f"llama-{version}-community-licence", "700 million", "70 million", "2")
        for version in ("2", "3", "3.1", "3.2", "3.3", "4")
    ),
    ("qwen-licence", "100 million", "1 million", "4"),
    ("tongyi-qianwen-licence", "100 million", "1 million", "4"),
    ("apache-2.0", "stating that You changed the files; and", "stating that You changed the files, for research only; and", "4.b"),
    ("apache-2.0", "NOTICE file.\n", "NOTICE file.\n\n   Any commercial use of the Work is forbidden.\n", "6"),
    ("mit", "subject to", "for non-commercial purposes only and subject to", ""),
    ("mit", "portions of the Software.\n", "portions of the Software.\n\nThe Software may not be used commercially.\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "label"), EDITS)
def test_an_edit_is_reported_in_its_section(name: str, old: str, new: str, label: str, shipped: Fingerprints) -> None:
    text = read(f"{name}.txt")
    assert old in text
    match = match_of(name, text.replace(old, new, 1), shipped)
    assert match
    assert (match.altered_sections, match.missing_sections, match.complete) == ((label,), (), False)


@pytest.mark.parametrize("version", ["2", "3", "3.1", "3.2", "3.3", "4"])
def test_the_notice_clause_left_out_is_missing(version: str, shipped: Fingerprints) -> None:
    name = f"llama-{version}-community-licence"
    text = read(f"{name}.txt")
    whole = match_of(name, text, shipped)
    assert whole
    span = locate(whole, "1.b.iii")
    assert span
    lines = text.split("\n")
    match = match_of(name, "\n".join(lines[: span.start_line - 1] + lines[span.end_line :]), shipped)
    assert match
    assert (match.altered_sections, match.missing_sections) == ((), ("1.b.iii",))


VERSIONS = ["2", "3", "3.1", "3.2", "3.3", "4"]


def states(text: str, prints: Fingerprints) -> list[tuple[str, bool]]:
    return [(match.text, match.complete) for match in recognise(text, prints)]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_agreement_and_the_policy_of_its_version_are_two_complete_texts(version: str, shipped: Fingerprints) -> None:
    names = [f"llama-{version}-community-licence", f"llama-{version}-use-policy"]
    for pair in (names, names[::-1]):
        assert states("\n\n".join(read(f"{name}.txt") for name in pair), shipped) == [(name, True) for name in pair]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_edited_agreement_before_its_policy_is_edited_in_that_section_only(version: str, shipped: Fingerprints) -> None:
    agreement, policy = read(f"llama-{version}-community-licence.txt"), read(f"llama-{version}-use-policy.txt")
    first, second = recognise(agreement.replace("700 million", "70 million") + "\n" + policy, shipped)
    assert (first.text, first.altered_sections, first.missing_sections) == (f"llama-{version}-community-licence", ("2",), ())
    assert [(change.label, change.was, change.now) for change in first.changes] == [("2", "700", "70")]
    assert (second.text, second.complete) == (f"llama-{version}-use-policy", True)


def test_the_agreement_with_an_annexed_policy_is_whole_without_it(shipped: Fingerprints) -> None:
    text = read("llama-3-community-licence.txt")
    title = "Meta Llama 3 Acceptable Use Policy\n"
    assert states(text, shipped) == states(text[: text.index(title)], shipped) == [("llama-3-community-licence", True)]


POLICIES = [
    (row["id"], policy["id"])
    for policy in ROWS
    for row in ROWS
    if policy["kind"] == "use-policy" and row["kind"] != "use-policy" and row["family"] == policy["family"]
]


@pytest.mark.parametrize(("name", "policy"), POLICIES)
def test_a_licence_and_a_policy_of_the_publisher_are_both_complete(name: str, policy: str, shipped: Fingerprints) -> None:
    files = {row["id"]: row["file"] for row in ROWS}
    for pair in ([name, policy], [policy, name]):
        expected = [(shipped.canonical(one), True) for one in pair]
        assert states("\n\n".join(read(files[one]) for one in pair), shipped) == expected


@pytest.mark.parametrize("other", ["apache-2.0", "mit"])
@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_text_beside_a_permissive_one_is_complete(row: dict[str, Any], other: str, shipped: Fingerprints) -> None:
    if shipped.canonical(row["id"]) == other:
        return
    expected = [(shipped.canonical(row["id"]), True), (other, True)]
    assert states(f"{read(row['file'])}\n\n{read(f'{other}.txt')}", shipped) == expected
    assert states(f"{read(f'{other}.txt')}\n\n{read(row['file'])}", shipped) == expected[::-1]


def _documents() -> Iterator[Path]:
    return (path for path in sorted(INPUTS.rglob("*.md")) if re.match(r"readme", path.name, re.IGNORECASE))


def test_model_cards_are_no_licences(shipped: Fingerprints) -> None:
    documents = list(_documents())
    assert len(documents) >= 25
    named = {str(path.relative_to(INPUTS)) for path in documents if recognise(path.read_text(encoding="utf-8", errors="replace"), shipped)}
    assert named == set()


def test_licence_files_of_real_folders_are_known_and_whole(shipped: Fingerprints) -> None:
    expected = {
        "llama31-computer-networks/LICENSE.txt": ["llama-3.1-community-licence"],
        "llama3-virtuoso/license-llama/LICENSE-Llama-3.3.txt": ["llama-3.3-community-licence"],
        "qwen-tongyi-licenses/Tongyi Qianwen RESEARCH LICENSE AGREEMENT": ["tongyi-qianwen-research-licence"],
        "qwen-tongyi-licenses/NOTICE": ["bsd-3-clause", "mit", "apache-2.0", "mit"],
        "higgs-audio/LICENSE": ["apache-2.0"],
        "tinyllama/LICENSE": ["apache-2.0"],
        "stanford-alpaca/DATA_LICENSE": ["cc-by-nc-4.0"],
    }
    for path, names in expected.items():
        found = recognise((INPUTS / path).read_text(encoding="utf-8", errors="replace"), shipped)
        assert [match.text for match in found] == names, path
        assert all(match.complete for match in found), path
