"""The plan: made on a copy, proven there, nothing claimed that does not come out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from licensecheck.fix.apply import apply
from licensecheck.fix.records import Plan
from licensecheck.fix.stage import HEAD, MOST, Stage
from licensecheck.render.files import LARGEST
from tests.conftest import REPO

SIGN = "licence text for tests: "


def names(plan: Plan) -> list[str]:
    return [edit.name for edit in plan.edits]


def mended(plan: Plan) -> set[str]:
    return {finding["rule"] for finding in plan.mended}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everything_that_is_owed_is_mended_and_nothing_is_written_yet(fix: Any, home: Path) -> None:
    before = contents(home)
    plan = fix(home)
    assert names(plan) == ["LICENSE", "NOTICE", "README.md"]
    assert mended(plan) == {"llama3.1/license-copy", "llama3.1/notice-file", "llama3.1/display-attribution"}
    assert not plan.refusals
    assert contents(home) == before


def test_twice_is_once(fix: Any, home: Path) -> None:
    apply(fix(home).edits, str(home))
    once = contents(home)
    again = fix(home)
    assert (again.edits, again.mended) == ((), ())
    assert contents(home) == once


def test_what_is_in_order_is_left_alone(fix: Any, home: Path) -> None:
    (home / "NOTICE").write_bytes(
        b"Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright \xc2\xa9 Meta Platforms, Inc. All Rights Reserved.\n"
    )
    (home / "LICENSE").write_bytes(f"{SIGN}llama-3.1-community-licence\n".encode())
    with (home / "README.md").open("ab") as card:
        card.write(b"\n**Built with Llama**. We fine-tuned the weights.\n")
    assert fix(home).edits == ()


def test_only_notice_copies_and_card_are_touched(fix: Any, home: Path) -> None:
    (home / "docs").mkdir()
    (home / "docs" / "model.md").write_bytes(b"text\n")
    (home / "weights.safetensors").write_bytes(b"\0" * 64)
    before = contents(home)
    apply(fix(home).edits, str(home))
    after = contents(home)
    assert {name for name in after if after[name] != before.get(name)} == {"LICENSE", "NOTICE", "README.md"}


@pytest.mark.parametrize("present", ["LICENSE", "license", "LICENSE.md", "Licence.txt"])
def test_copy_never_takes_the_place_of_another_file(fix: Any, home: Path, present: str) -> None:
    (home / present).write_bytes(b"our own words\n")
    plan = fix(home)
    assert [copy.name for copy in plan.copies] == ["LICENSE-llama3.1"]
    apply(plan.edits, str(home))
    assert (home / present).read_bytes() == b"our own words\n"


def test_origin_and_digest_are_on_record_and_stay_there(fix: Any, home: Path) -> None:
    apply(fix(home).edits, str(home))
    copy = next(line for line in (home / "README.md").read_text("utf-8").splitlines() if line.startswith("- `LICENSE`"))
    assert "`llama-3.1-community-licence.txt`, SHA-256 `" in copy
    (home / "NOTICE").unlink()
    apply(fix(home).edits, str(home))
    assert copy in (home / "README.md").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{SIGN}llama-3.1-community-licence\naltered: 1.b\n", "differs in §1.b"),
        (f"{SIGN}llama-3.1-community-licence\nmissing: 2, 3\n", "differs in §2, §3"),
        (f"{SIGN}llama-3-community-licence\n", "holds another text"),
        ("something else\n", "holds no known licence text"),
        (b"\xff\xfeL\0", "not UTF-8"),
    ],
)
def test_file_that_is_not_exactly_the_text_is_not_taken(fix: Any, home: Path, texts: Path, text: str | bytes, why: str) -> None:
    (texts / "llama-3.1-community-licence.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    plan = fix(home)
    assert plan.copies == ()
    assert any(why in line for line in plan.lacking)
    assert "llama3.1/license-copy" not in mended(plan)


def test_broken_front_matter_is_left_alone_and_the_rest_is_mended(fix: Any, home: Path) -> None:
    broken = b"---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B-Instruct\nx: [1\n---\n# Llama-Pilot-8B\n"
    (home / "README.md").write_bytes(broken)
    plan = fix(home)
    assert [(refusal.part, refusal.file) for refusal in plan.refusals] == [("card", "README.md")]
    assert plan.refusals[0].line == 4
    apply(plan.edits, str(home))
    assert (home / "README.md").read_bytes().startswith(broken)


def test_part_that_would_bring_up_a_new_finding_is_not_written(fix: Any, home: Path) -> None:
    """The card cannot be edited, so a copy of the licence beside it would contradict what the card declares."""
    (home / "README.md").write_bytes(b"# Llama-Pilot-8B\n\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n")
    plan = fix(home)
    parts = {refusal.part: refusal for refusal in plan.refusals}
    assert parts["card"].line == 3
    assert "would bring up check/license-text" in parts["copies"].message
    assert "LICENSE" not in names(plan)


def test_links_that_leave_are_refused(fix: Any, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes((home / "README.md").read_bytes())
    (home / "README.md").unlink()
    (home / "README.md").symlink_to(outside)
    (home / "NOTICE").symlink_to(tmp_path / "elsewhere")
    plan = fix(home, sets=("built_from=[meta-llama/Llama-3.1-8B-Instruct]",))
    assert {refusal.part for refusal in plan.refusals} >= {"notice", "attribution"}
    assert not {"README.md", "NOTICE"} & set(names(plan))


def test_link_within_the_folder_is_followed(fix: Any, home: Path) -> None:
    (home / "docs").mkdir()
    (home / "README.md").rename(home / "docs" / "card.md")
    (home / "README.md").symlink_to("docs/card.md")
    plan = fix(home)
    assert next(edit.leads_to for edit in plan.edits if edit.name == "README.md") == os.path.join("docs", "card.md")
    apply(plan.edits, str(home))
    assert (home / "README.md").is_symlink()
    assert b"Built with Llama" in (home / "docs" / "card.md").read_bytes()


def test_what_is_only_inferred_is_not_stated_as_a_fact(fix: Any, tmp_path: Path) -> None:
    folder = tmp_path / "my-llama-3-lora"
    folder.mkdir()
    (folder / "README.md").write_bytes(b"---\nlicense: mit\n---\n# my-llama-3-lora\n")
    (folder / "config.json").write_bytes(b"{}")
    assert fix(folder).edits == ()


def test_repository_that_holds_no_model_gets_no_front_matter(fix: Any, home: Path) -> None:
    (home / "config.json").unlink()
    (home / "README.md").write_bytes(b"# Tools\n")
    plan = fix(home, sets=("built_from=[meta-llama/Llama-3.1-8B-Instruct]",))
    readme = next(edit for edit in plan.edits if edit.name == "README.md")
    assert readme.after.startswith(b"# Tools\n")


def test_section_in_another_language_stays_in_it(fix: Any, home: Path) -> None:
    apply(fix(home, lang="zh").edits, str(home))
    assert "## 署名" in (home / "README.md").read_text("utf-8")
    assert "README.md" not in names(fix(home))


def test_crlf_card_keeps_its_line_ends(fix: Any, home: Path) -> None:
    (home / "README.md").write_bytes((home / "README.md").read_bytes().replace(b"\n", b"\r\n"))
    apply(fix(home).edits, str(home))
    data = (home / "README.md").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")


def test_manifest_above_the_folder_counts_on_the_copy_too(fix: Any, home: Path) -> None:
    (home.parent / "org.yaml").write_text("version: 1\nlicensee: {established: US, monthly_active_users: 10}\n", encoding="utf-8")
    (home / "licensecheck.yaml").write_text("version: 1\nextends: ../org.yaml\n", encoding="utf-8")
    plan = fix(home)
    assert plan.before["counts"]["open"] == plan.after["counts"]["open"]


def test_long_card_is_edited_whole(fix: Any, home: Path) -> None:
    long = (home / "README.md").read_bytes() + b"x" * (MOST + 5) + b"\n"
    (home / "README.md").write_bytes(long)
    apply(fix(home).edits, str(home))
    assert (home / "README.md").read_bytes().startswith(long)


def test_card_too_long_to_be_edited_is_left_alone(fix: Any, home: Path) -> None:
    with (home / "README.md").open("ab") as card:
        card.truncate(LARGEST + 5)
    plan = fix(home)
    assert {refusal.part for refusal in plan.refusals} == {"card", "attribution"}
    assert names(plan) == ["LICENSE", "NOTICE"]


def test_copy_of_a_folder_keeps_sizes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(b"x" * (MOST + 5))
    (folder / "data.json").write_bytes(b"x" * (MOST + 5))
    with Stage(str(folder)) as stage:
        assert os.path.basename(stage.folder) == "model"
        assert os.path.getsize(stage.path("data.json")) == MOST + 5
        assert os.path.getsize(stage.path("weights.bin")) == HEAD
        stage.write("NOTICE", b"1")
        stage.reset()
        assert not os.path.exists(stage.path("NOTICE"))
        where = stage.folder
    assert not os.path.exists(where)
    assert sorted(path.name for path in folder.iterdir()) == ["data.json", "weights.bin"]


def test_example_of_the_project_is_mended(fix: Any, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "harbour-chat"
    shutil.copytree(REPO / "examples" / "harbour-chat", folder)
    plan = fix(folder)
    assert "check/declared-license.declares-more" in mended(plan)
    assert "+license: llama3.1" in "\n".join(f"+{line}" for line in plan.edits[-1].after.decode().splitlines())
