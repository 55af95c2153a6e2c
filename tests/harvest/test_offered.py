from __future__ import annotations

import pytest

from licensecheck.harvest.documents import Document
from licensecheck.harvest.offered import licenses_offered


@pytest.fixture
def offered(phrases):
    return lambda text: [item["value"] for item in licenses_offered(Document("README.md", text), phrases["offered"])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Harbour\n\n## License\n\nThis project is licensed under the MIT License - see LICENSE.", "MIT License"),
        ("# Harbour\n\n## 📄 License\n\nApache 2.0. Have fun.", "Apache 2.0"),
        ("# Harbour\n\n## License\n\nReleased under the [Apache License 2.0](LICENSE).", "Apache License 2.0"),
        ("# Harbour\n\n- **License:** MIT", "MIT"),
        ("| Field | Value |\n| --- | --- |\n| License | MIT |", "MIT"),
        ("![License](https://img.shields.io/badge/License-Apache%202.0-blue.svg)", "Apache 2.0"),
        ("![l](https://img.shields.io/badge/license-CC--BY--4.0-blue)", "CC-BY-4.0"),
        ("## 许可证\n\n本项目采用 MIT 许可证。", "MIT 许可证"),
        ("## License\n\nThe code is under MIT. The model weights are subject to the Harbour License.", "Harbour License"),
        ("## License\n\n- Model: CC-BY-NC 4.0\n", "CC-BY-NC 4.0"),
    ],
)
def test_a_page_says_under_which_licence_the_whole_is_offered(offered, text, words):
    assert offered(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "## License\n\nThe code is licensed under the MIT License.",
        "![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)",
        "```\n## License\nMIT\n```",
        "The dataset of this project is licensed under the MIT License.",
        "We thank the authors of Quay, licensed under the MIT License.",
    ],
)
def test_the_licence_of_a_part_is_not_that_of_the_whole(offered, text):
    assert offered(text) == []


def test_an_endless_line_is_left_out(offered):
    assert offered("License: " + "[" * 3_000 + " MIT") == []
