"""Front matter: only the keys meant change, everything else stays byte for byte, or nothing is done at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensecheck.harvest.card import read_card
from licensecheck.render.front_matter import Change, UnsafeEditError, block_of, changed, front_matter, values


def put(**keys: str) -> Change:
    return Change({}, keys, {})


def add(**keys: tuple[str, ...]) -> Change:
    return Change({}, {}, keys)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("license: mit", put(license="llama3.1"), "license: llama3.1"),
        ("license: 'mit'", put(license="llama3.1"), "license: 'llama3.1'"),
        ('license:   "mit"   # chosen in May', put(license="llama3.1"), 'license:   "llama3.1"   # chosen in May'),
        ("license:", put(license="llama3.1"), "license: llama3.1"),
        ("license: # to be settled", put(license="llama3.1"), "license: llama3.1 # to be settled"),
        ("license: ~", put(license="llama3.1"), "license: llama3.1"),
        ("a: 1", put(license="llama3.1"), "a: 1\nlicense: llama3.1"),
        ("  a: 1\n  b: 2", put(license="mit"), "  a: 1\n  b: 2\n  license: mit"),
        ("license: other # x\nz: 1", put(license_name="acme"), "license: other # x\nlicense_name: acme\nz: 1"),
        ("license: other\nz: |\n  a\n\n  b", put(license="mit"), "license: mit\nz: |\n  a\n\n  b"),
        ("z: |\n  a\n", put(license="mit"), "z: |\n  a\n\nlicense: mit"),
        ("{license: mit, a: [1, 2]}", put(license="llama3.1"), "{license: llama3.1, a: [1, 2]}"),
        ("{a: [1, 2]}", put(license="mit"), "{a: [1, 2], license: mit}"),
        ("{}", put(license="mit"), "{license: mit}"),
        ("{\n  a: 1, # one\n}", put(license="mit"), "{\n  a: 1, license: mit, # one\n}"),
        ("# nothing yet", put(license="mit"), "# nothing yet\nlicense: mit"),
        ("base_model: a/b # here", add(base_model=("c/d",)), "base_model: [a/b, c/d] # here"),
        ("base_model:\n  - a/b # here\n\nz: 1", add(base_model=("c/d",)), "base_model:\n  - a/b # here\n  - c/d\n\nz: 1"),
        ("datasets: [a/b]", add(datasets=("c/d", "e/f")), "datasets: [a/b, c/d, e/f]"),
        ("datasets: []", add(datasets=("c/d",)), "datasets: [c/d]"),
        ("datasets:", add(datasets=("c/d",)), "datasets: [c/d]"),
        ("base_model:", add(base_model=("c/d",)), "base_model: c/d"),
        ("x:\n  - 1", add(datasets=("c/d",)), "x:\n  - 1\ndatasets:\n  - c/d"),
        ("a: 1", add(base_model=("c/d", "e/f")), "a: 1\nbase_model:\n- c/d\n- e/f"),
        ("licence: mit", Change({"licence": "license"}, {}, {}), "license: mit"),
        ("'licence' : mit", Change({"licence": "license"}, {}, {}), "'license' : mit"),
        ("finetuned_from: a/b", Change({"finetuned_from": "base_model"}, {}, {"base_model": ("c/d",)}), "base_model: [a/b, c/d]"),
        ("a: &x mit\nb: *x", put(license="mit"), "a: &x mit\nb: *x\nlicense: mit"),
        ("b: &x {k: v}\n<<: *x\n", put(license="mit"), "b: &x {k: v}\n<<: *x\n\nlicense: mit"),
        ("a: 模型 🚀 # ünï", put(license="mit"), "a: 模型 🚀 # ünï\nlicense: mit"),
        ('a: "x\u2028y"\nlicense: mit', put(license="gemma"), 'a: "x\u2028y"\nlicense: gemma'),
        ("no: yes\nlicense: on", put(license="no"), 'no: yes\nlicense: "no"'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("body", ["", "\n# Title\n\tindented\x0bline", "text\r\nmixed\nends"])
def test_only_what_is_meant_changes(before: str, change: Change, after: str, newline: str, mark: str, body: str) -> None:
    def card(content: str) -> str:
        return mark + newline.join(["---", *content.split("\n"), "---", ""]) + body

    assert changed(card(before), change) == card(after)


@pytest.mark.parametrize(
    ("content", "change", "line", "why"),
    [
        ("a: 1\nlicense: &x mit", put(license="y"), 3, "more than one plain text"),
        ("a: &x mit\nlicense: *x", put(license="y"), 3, "stands somewhere else"),
        ("license: |\n  mit", put(license="y"), 2, "more than one plain text"),
        ("license: [mit, isc]", put(license="y"), 2, "more than one plain text"),
        ("a: 1\nbase_model: *none", put(license="y"), 3, "not there"),
        ("a: 1\na: 2", put(license="y"), 3, "given twice"),
        ("a: [1", put(license="y"), None, "cannot be read"),
        ("- a\n- b: c", put(license="y"), 2, "not a mapping"),
        ("base_model: {a: 1}", add(base_model=("c/d",)), 2, "not a list"),
        ("&x\na: 1", put(license="y"), 2, "anchor"),
    ],
)
def test_what_cannot_be_edited_safely_is_said_with_its_line(content: str, change: Change, line: int | None, why: str) -> None:
    with pytest.raises(UnsafeEditError, match=why) as caught:
        changed(f"---\n{content}\n---\nbody\n", change)
    assert line is None or caught.value.line == line


def test_card_without_front_matter_gets_one_before_everything_else() -> None:
    change = Change({}, {"license": "mit", "base_model_relation": "merge"}, {"base_model": ("a/b", "c/d")})
    head = "---\r\nlicense: mit\r\nbase_model:\r\n- a/b\r\n- c/d\r\nbase_model_relation: merge\r\n---\r\n"
    assert changed("\ufeff# Title\r\n", change) == "\ufeff" + head + "# Title\r\n"
    assert changed("", put(license="mit")) == "---\nlicense: mit\n---\n"
    assert changed("---\n\na line, and no front matter\n", put(license="mit")).endswith("---\n\na line, and no front matter\n")


def test_lone_carriage_returns_are_not_touched() -> None:
    with pytest.raises(UnsafeEditError, match="carriage return"):
        changed("---\rlicense: mit\r---\rbody", put(license="x"))


def test_front_matter_is_shown_with_its_fences() -> None:
    assert front_matter("\ufeff---\r\na: 1\r\n---\r\nbody") == "---\r\na: 1\r\n---\n"
    assert front_matter("body") == ""


# --- over generated cards

PARTS = [
    "license: apache-2.0", "license: 'mit'  # kept", 'license: "mit"', "license:", "license: |\n  mit", "license: [mit, isc]",
    "license: &l mit", "licence: mit", "license_name: x", "language:\n  - en\n  - zh", "language: [en,\n  zh]", "tags: [a, \"b\" , c]",
    "tags:\n- x\n- y # last", "tags:", "base_model: a/b", "base_model:\n  - a/b\n  - c/d", "base_model: [a/b,]", "base_model: &m [a/b]",
    "finetuned_from: q/r", "title: 模型 🚀", "anchor: &x {k: v}", "alias: *x", "<<: *x", "text: |\n  one\n\n  two\n",
    "folded: >-\n  a\n  b", "date: 2024-01-01", "number: 1e5", "octal: 017", "flag: yes", "tab: \"a\tb\"", "multi: one\n  two\n  three",
    "widget:\n- text: 'hi: there'\n  of: [1, 2]", "# a comment", "", "  # indented comment", "\"quoted key\": 1", "colon: 'a: b # c'",
    "datasets:\n# none yet", "k:\tv",
]  # fmt: skip
FLOW = ["{license: mit, tags: [a], x: {y: z}}", "{}", "{\n  license: 'mit', # why\n  tags: []\n}", "{a: 1,}", "{licence: mit}"]
CHANGES = st.builds(
    Change,
    st.sampled_from([{}, {"licence": "license"}, {"finetuned_from": "base_model"}]),
    st.dictionaries(
        st.sampled_from(["license", "license_name", "license_link"]), st.sampled_from(["llama3.1", "no", "a: b", "LICENSE"]), max_size=3
    ),
    st.dictionaries(
        st.sampled_from(["base_model", "datasets", "tags"]),
        st.lists(st.sampled_from(["m/n", "merge", "1.0"]), min_size=1, unique=True).map(tuple),
        max_size=2,
    ),
)
CONTENTS = st.one_of(st.lists(st.sampled_from(PARTS), max_size=6, unique=True).map("\n".join), st.sampled_from(FLOW), st.text(max_size=60))
BODIES = st.one_of(st.sampled_from(["", "\n# Title\n", "no final newline", "\ttab\r\n", "---\nlicense: x\n---\n"]), st.text(max_size=40))


@settings(max_examples=600, deadline=None)
@given(CONTENTS, BODIES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), CHANGES)
def test_everything_else_stays_or_nothing_is_done(content: str, body: str, newline: str, mark: str, change: Change) -> None:
    text = mark + newline.join(["---", *([content.replace("\n", newline)] if content else []), "---", ""]) + body
    try:
        before = values(text)
        change = change._replace(rename={old: new for old, new in change.rename.items() if old in before and new not in before})
        result = changed(text, change)
    except UnsafeEditError as error:
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 1
        return
    touched = {*change.rename, *change.rename.values(), *change.put, *change.add}
    after = values(result)
    assert {key: repr(value) for key, value in before.items() if key not in touched} == {
        key: repr(value) for key, value in after.items() if key not in touched
    }
    assert {key: after[key] for key in change.put if key not in change.add} == {
        key: text for key, text in change.put.items() if key not in change.add
    }
    block, new = block_of(text), block_of(result)
    if result == text:
        return
    assert new is not None
    if block is None:
        assert result.removeprefix("\ufeff").endswith(text.removeprefix("\ufeff"))
        return
    assert result[: new.start] == text[: block.start]
    assert result[new.end :] == text[block.end :]
    assert is_part(lines_without(text[block.start : block.end], touched), result[new.start : new.end].split("\n"))
    assert changed(result, Change({}, {key: after[key] for key in change.put if isinstance(after[key], str)}, {})) == result


def lines_without(content: str, touched: set[str]) -> list[str]:
    """Lines that no edit can be on."""
    if content.lstrip().startswith("{"):
        return []
    return [line for line in content.split("\n") if line.strip() and not any(key in line for key in touched)]


def is_part(some: list[str], of: list[str]) -> bool:
    rest = iter(of)
    return all(line in rest for line in some)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(st.sampled_from("-\n\r a:#{}\ufeff\t"), max_size=30), CONTENTS.map(lambda text: f"---\n{text}\n---\n")))
def test_the_front_matter_is_where_the_checks_see_it(text: str) -> None:
    if "\r" in text.replace("\r\n", ""):
        return
    card = read_card("README.md", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    at_the_top = card.body_line > 1
    assert (block_of(text) is not None) == at_the_top


def test_values_are_those_the_checks_see() -> None:
    text = "---\nlicense: mit\nn: [1, yes]\n---\n"
    card: dict[str, Any] = read_card("README.md", text).meta
    assert values(text) == card
