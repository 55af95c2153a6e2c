from __future__ import annotations

import pytest

from licensecheck.harvest.texts import is_license_name, notice_kind


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "LICENCE",
        "License.txt",
        "LICENSE-MODEL",
        "LICENSE.md",
        "LICENSE_zh.rst",
        "weights/MODEL_LICENSE",
        "COPYING",
        "COPYING.LESSER",
        "COPYRIGHT",
        "TERMS_OF_USE.html",
        "USE_POLICY.md",
        "Use Policy.txt",
        "EULA",
        "Llama_agreement",
        "模型许可协议.txt",
        "LICENSE-Apache-2.0.txt",
    ],
)
def test_a_name_that_speaks_of_a_licence_is_one(name):
    assert is_license_name(name)


@pytest.mark.parametrize(
    "name", ["README.md", "license_check.py", "license.json", "LICENSE.pdf", "licenses.csv", "policy.md", "model.safetensors", "a/b.txt"]
)
def test_other_names_are_none(name):
    assert not is_license_name(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NOTICE", "plain"),
        ("Notice", "plain"),
        ("notice.txt", "plain"),
        ("NOTICE.md", "plain"),
        ("NOTICES", "plain"),
        ("legal/NOTICE", "plain"),
        ("THIRD_PARTY_NOTICES.txt", "other"),
        ("NOTICE-qwen", "other"),
        ("NOTICE.v2.txt", "other"),
        ("notice.py", None),
        ("notice.json", None),
        ("README.md", None),
    ],
)
def test_a_notice_is_plain_when_its_name_says_nothing_else(name, kind):
    assert notice_kind(name) == kind


def text_of(text):
    return f"licence text for tests: {text}\n"


def test_every_licence_like_file_is_recognised(harvested):
    texts = harvested(
        {
            "LICENSE": text_of("apache-2.0"),
            "docs/LICENSE.txt": text_of("mit"),
            "USE_POLICY.md": "Be good.",
            "NOTICE": "Foo",
            "x.py": text_of("mit"),
        }
    ).texts
    assert [(copy.source, copy.match.text) for copy in texts.copies] == [("LICENSE", "apache-2.0"), ("docs/LICENSE.txt", "mit")]
    assert [(file.source, len(file.matches)) for file in texts.files] == [("LICENSE", 1), ("USE_POLICY.md", 0), ("docs/LICENSE.txt", 1)]
    assert [(notice.source, notice.plain, notice.skip) for notice in texts.notices] == [("NOTICE", True, ())]


def test_a_licence_in_a_notice_file_is_a_copy_and_no_notice_of_ones_own(harvested):
    texts = harvested({"NOTICE": text_of("apache-2.0")}).texts
    assert [copy.source for copy in texts.copies] == ["NOTICE"]
    assert texts.notices[0].skip == ((1, 1),)


def test_a_recognised_sentence_that_is_no_licence_is_a_notice_of_ones_own(harvested):
    texts = harvested({"NOTICE": text_of("dbrx-notice")}).texts
    assert [copy.match.text for copy in texts.copies] == ["dbrx-notice"]
    assert texts.notices[0].skip == ()


def test_files_at_the_top_come_before_those_below(harvested):
    texts = harvested({"a/b/LICENSE": "x", "z/LICENSE": "x", "LICENSE": "x"}).texts
    assert [file.source for file in texts.files] == ["LICENSE", "z/LICENSE", "a/b/LICENSE"]


def test_more_licence_files_than_anybody_reads_are_not_read(harvested):
    texts = harvested({f"LICENSE-{n:03}": "x" for n in range(100)}).texts
    assert len(texts.files) == 60
