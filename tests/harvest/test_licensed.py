from __future__ import annotations

import pytest

from licensecheck.harvest.documents import Document
from licensecheck.harvest.licensed import licenses_stated


@pytest.fixture
def stated(phrases):
    return lambda text: [item["value"] for item in licenses_stated(Document("README.md", text), phrases["licensed"])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This model is released under the MIT License.", "MIT License."),
        ("The model is licensed under Apache 2.0, see below.", "Apache 2.0"),
        ("本模型采用 Apache 2.0 许可证。", "Apache 2.0 许可证"),
    ],
)
def test_a_sentence_says_under_which_licence_the_model_is(stated, text, words):
    assert stated(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The code is released under the MIT License.",
        "This model uses a dataset released under the MIT License.",
        "The base model is released under the MIT License.",
        "Foo-7B is released under the MIT License.",
        "This model is no longer licensed under MIT.",
        "This model was previously released under the MIT License.",
        "```\nThis model is released under the MIT License.\n```",
    ],
)
def test_the_licence_of_something_else_is_not_the_models(stated, text):
    assert stated(text) == []
