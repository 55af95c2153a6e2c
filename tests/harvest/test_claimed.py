from __future__ import annotations

import pytest

from licensecheck.evidence import Found, observed
from licensecheck.harvest.claimed import without_others
from licensecheck.harvest.documents import Document


def kept(line: str, value: str, own: tuple[str, ...] = ("harbour-7b", "harbour")) -> bool:
    found = Found("finetune", "model", value, observed("README.md", 1, "sentence", value, "prose", line))
    return bool(without_others([found], {"README.md": Document("README.md", line)}, own))


@pytest.mark.parametrize(
    "line",
    [
        "- [2024/05/02] Released [Quay](https://github.com/acme/quay), based on acme/Tiny-2.",
        "* [Crane](https://github.com/acme/crane): an assistant based on acme/Tiny-2.",
    ],
)
def test_news_and_lists_of_other_projects_name_no_base(line):
    assert not kept(line, "acme/Tiny-2")


@pytest.mark.parametrize(
    "line",
    [
        "- [2024/05/02] Released [Harbour-7B](https://github.com/acme/harbour), based on acme/Tiny-2.",
        "- [2024/05/02] Added a version based on [Tiny](https://huggingface.co/acme/Tiny-2).",
        "- [2024/05/02] We released [Quay](https://github.com/acme/quay), based on acme/Tiny-2.",
        "* [Harbour](https://github.com/acme/harbour): based on acme/Tiny-2.",
        "It is based on acme/Tiny-2, see [Quay](https://github.com/acme/quay).",
    ],
)
def test_what_a_page_says_of_its_own_model_is_kept(line):
    assert kept(line, "acme/Tiny-2")
