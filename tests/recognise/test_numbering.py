"""Sections by the marks a text bears."""

from __future__ import annotations

import pytest

from licensecheck.recognise.numbering import outline

LETTERS = "\n".join(f"  {letter}. x" for letter in "abcdefgh")
LETTERED = [f"1.{letter}" for letter in "abcdefgh"]
TABLE = [
    ("nested marks", "1. One\n  a. x\n  b. x\n    i. x\n    ii. x\n2. Two", ["1", "1.a", "1.b", "1.b.i", "1.b.ii", "2"]),
    ("no indentation", "1. One\na. x\nb. x\ni. x\nii. x\n2. Two\na. x", ["1", "1.a", "1.b", "1.b.i", "1.b.ii", "2", "2.a"]),
    # on the level of h comes the letter i, further in the Roman one
    ("letter i", f"1. One\n{LETTERS}\n  i. x\n  j. x", ["1", *LETTERED, "1.i", "1.j"]),
    ("roman i under h", f"1. One\n{LETTERS}\n    i. y\n    ii. z", ["1", *LETTERED, "1.h.i", "1.h.ii"]),
    ("brackets", "1. One (see section 2)\n  (a) x\n  (b) y\n2. Two", ["1", "1.a", "1.b", "2"]),
    ("dotted", "1. Words\n1.1 Orchard\n1.2 Tree\n   (a) x\n2. Grant\n2.1 Use", ["1", "1.1", "1.2", "1.2.a", "2", "2.1"]),
    ("named", "Section 1 - Words\n a. x\nSection 2 - Grant", ["1", "1.a", "2"]),
    ("articles", "Article 1 Words\nArticle 2 Grant", ["1", "2"]),
    ("Chinese", "第一条 定义\n（一）词\n（二）语\n第二条 授权", ["1", "1.1", "1.2", "2"]),
    ("Markdown", "## 1. Words\n**1\\.1** x\n2\\. **Grant**\n3**. Limits**", ["1", "1.1", "2", "3"]),
    # "7. and so on" goes on nothing: it is the end of a sentence that was wrapped
    ("wrapped sentence", "1. One as in section\n7. and so on\n2. Two", ["1", "2"]),
    ("numbers left out", "1. One\n3. Three\n4. Four", ["1", "3", "4"]),
    ("attachment", "1. One\n2. Two\n\nAttachment A\n\n1. x\n2. y", ["1", "2", "attachment a", "attachment a.1", "attachment a.2"]),
    ("attachment in Chinese", "1. 一\n2. 二\n\n## 附录A：限制\n- 甲\n- 乙", ["1", "2", "附录 a", "附录 a.1", "附录 a.2"]),
    ("tabulators for stops", "1\tWords\n1.1\tTree\n2\tGrant\n2.1\tUse", ["1", "1.1", "2", "2.1"]),
    ("Chinese headings", "## 1、定义\n\n## 2、许可\n\n## 3、责任", ["1", "2", "3"]),
    # headings are counted by themselves: a list below one begins at 1
    ("underlined headings", "1. One\n---\n1. x\n2. y\n\n2. Two\n---\n1. z\n\n3. Three\n---\n", ["1", "1.1", "1.2", "2", "2.1", "3"]),
    ("bold headings", "**1\\. One.**\n1. x\n2. y\n**2\\. Two**\n**3\\. Three**\n1. z", ["1", "1.1", "1.2", "2", "3", "3.1"]),
    ("headings without stops", "1 One\n\nx\n\n2 Two things\n\n2.1 y\n\n3 THREE\n\na) z", ["1", "2", "2.1", "3", "3.a"]),
    # "2 Trees grow" follows nothing: the lines are not a row of headings
    ("no headings", "1 One\n\nx\n\n3 Trees grow\n\n1. y\n2. z", ["1", "2"]),
    # the fifth line may go on either list: its title says which
    (
        "titles tell the lists apart",
        "Section I: Words\n1. Grant. You may.\nSection II: Use\n2. Marks. None.\n3. Passing. If:\n1. x and\n2. y\n3. z\n"
        "4. Duties. You must.\n5. End. Here.",
        ["1", "2", "3", "3.1", "3.2", "3.3", "4", "5"],
    ),
    ("numbering anew", "1. One\n2. Two ends.\n\nThe other half\n\nWords.\n1. x\n2. y", ["1", "2", "annex", "annex.1", "annex.2"]),
]


@pytest.mark.parametrize(("text", "labels"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_labels_follow_the_marks(text: str, labels: list[str]) -> None:
    found = [start.label for start in outline(text.split("\n"), policy=False)]
    assert found[0] == ""
    assert found[1:] == labels


def test_a_paragraph_after_a_list_belongs_to_what_the_list_is_part_of() -> None:
    text = """\
1. Passing on:

   (a) enclose this text and
       the notice;

   (b) mark what you
       changed.

   You may add words of your own.

2. Next"""
    assert ("1", "You may") in [
        (start.label, text.split("\n")[start.line].strip()[:7]) for start in outline(text.split("\n"), policy=False)
    ]


NESTED = ["1", "1.a", "1.a.i", "1.a.ii", "1.b", "2", "2.a"]
POLICIES = {
    "numbers in numbers": "1. x\n   1. x\n      1. x\n      2. x\n   2. x\n2. x\n   1. x",
    "bullets in bullets": "* x\n  * x\n    * x\n    * x\n  * x\n* x\n  * x",
    "numbers that go on": "1. x\n   1. x\n      1. x\n      2. x\n   1. x\n2. x\n   2. x",
    "marks of its own": "1. x\n  a. x\n    i. x\n    ii. x\n  b. x\n2. x\n  a. x",
}


@pytest.mark.parametrize("how", POLICIES)
def test_lists_of_a_policy_are_labelled_alike_however_marked(how: str) -> None:
    lines = f"Policy\n\nYou will not:\n\n{POLICIES[how]}\n\nWith respect to pictures, nothing is granted.\n\nTell us:\n\n* by post".split(
        "\n"
    )
    assert [start.label for start in outline(lines, policy=True)] == ["", *NESTED, "closing paragraph", "closing paragraph 2"]
