"""Edits of the manifest: what was asked for is in, everything else stays byte for byte, or nothing is changed at all."""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.errors import UsageError
from licensecheck.interview.changes import Change, applied
from licensecheck.interview.written import write
from licensecheck.marked import MarkedError, parse

NOTE = "answered 2026-11-22"
PUBLIC = Change(("release", "weights"), "public")


def edited(text: str | None, *changes: Change) -> str:
    return write(text, changes, NOTE)


def lines_touched(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came."""
    matcher = difflib.SequenceMatcher(None, before.splitlines(keepends=True), after.splitlines(keepends=True), autojunk=False)
    gone: list[str] = []
    come: list[str] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            gone += before.splitlines(keepends=True)[i1:i2]
            come += after.splitlines(keepends=True)[j1:j2]
    return gone, come


def test_a_new_manifest_is_one_that_a_person_would_write() -> None:
    text = edited(
        None, PUBLIC, Change(("use", "purposes"), ["coding", "search"]), Change(("licensee", "monthly_active_users"), "<10000000")
    )
    assert text.split("\n", 1)[1] == (
        "version: 1\n"
        f"release:\n  weights: public  # {NOTE}\n"
        f"use:\n  purposes: [coding, search]  # {NOTE}\n"
        f'licensee:\n  monthly_active_users: "<10000000"  # {NOTE}\n'
    )


CASES = {
    "into a block": (
        "release:\n  service: false # ours\nuse: {}\n",
        f"release:\n  service: false # ours\n  weights: public  # {NOTE}\nuse: {{}}\n",
    ),
    "into a block that is indented further": (
        "release:\n    service: false\n",
        f"release:\n    service: false\n    weights: public  # {NOTE}\n",
    ),
    "before the comment of the next key": (
        "release:\n  service: false\n\n# figures\nuse: {}\n",
        f"release:\n  service: false\n  weights: public  # {NOTE}\n\n# figures\nuse: {{}}\n",
    ),
    "without a last line end": ("release:\n  service: false", f"release:\n  service: false\n  weights: public  # {NOTE}\n"),
    "with Windows line ends": ("release:\r\n  service: false\r\n", f"release:\r\n  service: false\r\n  weights: public  # {NOTE}\r\n"),
    "with a byte order mark": ("\ufeffversion: 1\n", f"\ufeffversion: 1\nrelease:\n  weights: public  # {NOTE}\n"),
    "into brackets": ("release: {service: false}\n", f"release: {{service: false, weights: public}}  # {NOTE}\n"),
    "into empty brackets": ("release: {}\n", f"release: {{weights: public}}  # {NOTE}\n"),
    "into brackets with a comment behind": (
        "version: 1\nrelease: {service: no}  # by law\n",
        f"version: 1\n# {NOTE}\nrelease: {{service: no, weights: public}}  # by law\n",
    ),
    "into brackets over several lines": (
        "release: {\n  service: no\n}\nuse: {}\n",
        f"release: {{\n  service: no, weights: public  # {NOTE}\n}}\nuse: {{}}\n",
    ),
    "for an empty value": ("release:\n  weights:\n  service: no\n", f"release:\n  weights: public  # {NOTE}\n  service: no\n"),
    "for an empty section": ("release:\nuse: {}\n", f"release: {{weights: public}}  # {NOTE}\nuse: {{}}\n"),
    "for a null": ("release:\n  weights: ~\n", f"release:\n  weights: public  # {NOTE}\n"),
    "for a value": ("release: {weights: none}\n", f"release: {{weights: public}}  # {NOTE}\n"),
    "at the end": (
        "use:\n  purposes:\n  - coding\n# the end\n",
        f"use:\n  purposes:\n  - coding\n# the end\nrelease:\n  weights: public  # {NOTE}\n",
    ),
    "before the end of the document": ("version: 1\n...\n", f"version: 1\nrelease:\n  weights: public  # {NOTE}\n...\n"),
    "into nothing": ("# only a comment\n", f"# only a comment\nrelease: {{weights: public}}  # {NOTE}\n"),
    "behind a text of several lines": (
        "release:\n  service: no\nuse:\n  where: |\n    one\n    two\n",
        f"release:\n  service: no\n  weights: public  # {NOTE}\nuse:\n  where: |\n    one\n    two\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_only_the_touched_line_changes(case: str) -> None:
    before, after = CASES[case]
    assert edited(before, PUBLIC) == after


ENTRY = Change(("built_from", 0, "license"), "mit", short="model")
LISTS = {
    "an entry that is only an id": (
        "built_from:\n- acme/base # ours\n- b/c\n",
        ENTRY,
        "built_from:\n- {model: acme/base, license: mit} # ours\n- b/c\n",
    ),
    "the only entry, not even a list": ("built_from: acme/base\n", ENTRY, "built_from: [{model: acme/base, license: mit}]\n"),
    "an entry of lines": (
        "built_from:\n  - model: acme/base\n    relation: merge\n  - b/c\n",
        ENTRY,
        "built_from:\n  - model: acme/base\n    relation: merge\n    license: mit\n  - b/c\n",
    ),
    "an entry in brackets": ("built_from: [{model: a/b}, c/d]\n", ENTRY, "built_from: [{model: a/b, license: mit}, c/d]\n"),
    "one more line": ("built_from:\n- a/b\nuse: {}\n", Change(("built_from",), "c/d", add=True), "built_from:\n- a/b\n- c/d\nuse: {}\n"),
    "one more in brackets": ("built_from: [a/b]\n", Change(("built_from",), "c/d", add=True), "built_from: [a/b, c/d]\n"),
    "one more beside the only one": ("built_from: a/b\n", Change(("built_from",), "c/d", add=True), "built_from: [a/b, c/d]\n"),
    "the first": ("version: 1\n", Change(("claims",), "trained-from-scratch", add=True), "version: 1\nclaims: [trained-from-scratch]\n"),
}


@pytest.mark.parametrize("case", LISTS)
def test_lists_of_entries(case: str) -> None:
    before, change, after = LISTS[case]
    got = write(before, [change], "")
    assert got == after
    noted = re.sub(rf"\n# {NOTE}$|^# {NOTE}\n|  # {NOTE}", "", edited(before, change), flags=re.MULTILINE)
    assert parse(noted).value == parse(after).value


@pytest.mark.parametrize(
    "text",
    [
        "x: &r {service: no}\nrelease: *r\n",
        "release:\n  weights:\n    - a\n    - b\n",
        "release: [a]\n",
        "- a\n",
        "release: &r {service: no}\nuse: *r\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused_with_what_to_add(text: str) -> None:
    with pytest.raises(UsageError, match=r"add by hand: release.weights: public"):
        edited(text, PUBLIC)


def test_a_name_is_a_comment_and_nothing_else() -> None:
    text = write("version: 1\n", [PUBLIC], "answered by a # b: {c")
    assert parse(text).value == {"version": 1, "release": {"weights": "public"}}


keys = st.sampled_from(["release", "use", "licensee", "model", "built_from", "policy"])
words = st.sampled_from(["a/b", "public", "x y", "true", "10", "<5", "", "好", "🙂", "a: b", "it's", '"q"'])
leaves = st.one_of(words, st.booleans(), st.integers(0, 99), st.none(), st.lists(words, max_size=3))
inner = st.dictionaries(st.sampled_from(["weights", "service", "license", "note"]), leaves, max_size=3)
manifests = st.dictionaries(keys, st.one_of(inner, leaves, st.lists(inner, max_size=2)), min_size=1, max_size=4)
styles = st.sampled_from([None, True, False])
changes = st.one_of(
    st.builds(
        lambda key, name, value: Change((key, name), value),
        keys,
        st.sampled_from(["weights", "purposes"]),
        st.one_of(words, st.lists(words)),
    ),
    st.builds(lambda key, value: Change((key,), value, add=True), keys, words),
)


@given(
    manifests,
    styles,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
    st.lists(changes, min_size=1, max_size=3),
)
def test_an_edit_means_what_it_should_and_touches_no_other_line(
    values: dict[str, Any], style: bool | None, newline: str, mark: str, final: bool, made: list[Change]
) -> None:
    text = yaml.safe_dump(values, default_flow_style=style, allow_unicode=True, sort_keys=False)
    text = "".join(
        f"{line}  # note {n}\n" if n % 3 == 0 and not line.endswith(("|", ">", "-")) else line + "\n"
        for n, line in enumerate(text.splitlines())
    )
    text = mark + text.replace("\n", newline)
    text = text if final or text.count(newline) < 2 else text.rstrip("\r\n")
    try:
        meant: Any = parse(text).value
    except MarkedError:
        return
    try:
        after = edited(text, *made)
    except UsageError:
        return
    for change in made:
        meant = applied(meant or {}, change)
    assert parse(after).value == meant
    gone, come = lines_touched(text, after)
    touched = {line.strip("\r\n\ufeff").partition(":")[0].strip(" -{") for line in gone}
    allowed = {str(step) for change in made for step in change.path}
    assert len(gone) <= 2 * len(made)
    assert text.lstrip("\ufeff").startswith("{") or not final or touched <= allowed | {""}
    assert all(line.endswith(newline) for line in come[:-1])
    for comment in re.findall(r"# note \d+", text):
        assert after.count(comment) == text.count(comment)
