"""Cards that tools wrote, in our own words around the marks of their templates."""

from __future__ import annotations

import pytest

UPLOADED = """---
tags: [unsloth, llama]
license: apache-2.0
---
# Uploaded model

- **Developed by:** us
- **License:** apache-2.0
- **Finetuned from model :** acme/base
"""


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (UPLOADED, ("Unsloth", "apache-2.0")),
        (UPLOADED.replace("# Uploaded", "# Our"), None),
        (UPLOADED.replace("[unsloth, llama]", "[llama]"), None),
        ("---\ntags: [trl, sft]\nlicence: license\n---\n# Tiny\n", ("TRL", None)),
        ("---\ntags: [trl, sft]\nlicense: mit\n---\n# Tiny\n", None),
        ("---\ntags: [autotrain]\n---\n# Model Trained Using AutoTrain\n", ("AutoTrain", None)),
        ("---\ntags: [merge, mergekit]\n---\n# m\n### Merge Method\n### Models Merged\n", ("mergekit", None)),
        ("---\nlicense: mit\n---\n# Tiny\n", None),
        ("# Tiny\n", None),
    ],
)
def test_the_tool_that_wrote_a_card_is_known_by_its_template(harvested, card, expected):
    assert harvested({"README.md": card}).generator == expected


def test_a_folder_without_a_card_was_written_by_none(harvested):
    assert harvested({"config.json": {}}).generator is None
