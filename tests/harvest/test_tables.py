"""Tables that say what a model was built on."""

from __future__ import annotations

import time

import pytest


def rows(harvest):
    return [(item.attributes["of"], item.id, item.evidence["line"]) for item in harvest.found if item.type == "row"]


TABLE = """# Tides

|              | Backbone      | Link                                |
| ------------ | :-----------: | ----------------------------------- |
| **Tides-8B** | LLaMA-3.1-8B  | [page](https://huggingface.co/a/b)  |
| Tides-7B     | [Qwen2.5-7B](https://huggingface.co/Qwen/Qwen2.5-7B) | - |

After the table | nothing.
"""


def test_each_row_tells_its_base_at_its_line(harvested):
    assert rows(harvested({"README.md": TABLE})) == [("Tides-8B", "LLaMA-3.1-8B", 5), ("Tides-7B", "Qwen2.5-7B", 6)]


@pytest.mark.parametrize(
    "table",
    [
        "| Model | Score |\n| --- | --- |\n| Tides-8B | 71 |\n",
        "| Base model | Score |\n| --- | --- |\n| Tides-8B | 71 |\n",  # the first column is what the row is about
        "| Model | Backbone |\n| Tides-8B | Qwen2.5-7B |\n",  # no table without its second line
        "```\n| Model | Backbone |\n| --- | --- |\n| Tides-8B | Qwen2.5-7B |\n```\n",
        "<!--\n| Model | Backbone |\n| --- | --- |\n| Tides-8B | Qwen2.5-7B |\n-->\n",
        "| Model | Backbone |\n| --- | --- |\n|  | Qwen2.5-7B |\n| Tides-8B | |\n",
    ],
)
def test_other_tables_tell_nothing(harvested, table):
    assert rows(harvested({"README.md": table})) == []


def test_a_chinese_column_is_read(harvested):
    table = "| 模型 | 基座模型 |\n|---|---|\n| 潮汐-7B | Qwen2.5-7B |\n"
    assert rows(harvested({"README.md": table})) == [("潮汐-7B", "Qwen2.5-7B", 3)]


def test_huge_tables_are_read_in_a_blink(harvested):
    table = "| Model | Backbone |\n| --- | --- |\n" + "| a | b |\n" * 100_000 + "|-" * 400_000 + "\n" + "| --- " * 300 + "\n"
    begin = time.process_time()
    assert len(rows(harvested({"README.md": table[:900_000]}))) == 60
    assert time.process_time() - begin < 5
