from __future__ import annotations

import datetime
import math
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from licensecheck import marked
from licensecheck.marked import MarkedError, parse, render_scalar_path


@pytest.fixture(params=["libyaml", "pure"])
def parser(request, monkeypatch):
    """Both parsers of PyYAML: wheels have libyaml, some distributions don't."""
    if request.param == "pure":
        monkeypatch.setattr(marked, "_Parser", yaml.SafeLoader)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: b", {"a": "b"}),
        ("a: ~\nb: null\nc:", {"a": None, "b": None, "c": None}),
        ("[1, -2, +3, 1_000, 0x1F, 0o17]", [1, -2, 3, 1000, 31, 15]),
        ("[1.5, -2.0e+3, .5]", [1.5, -2000.0, 0.5]),
        ("[true, False, TRUE]", [True, False, True]),
        ("[yes, no, on, NO]", ["yes", "no", "on", "NO"]),  # YAML 1.2: Norway is a country
        ("[007, 1:30, 1e5, 1.2.3, 12e45, '1', -]", ["007", "1:30", "1e5", "1.2.3", "12e45", "1", "-"]),
        ("2024-06-01", datetime.date(2024, 6, 1)),
        ("'2024-06-01'", "2024-06-01"),
        ("[2024-13-45, 2024-06, 2024-02-30]", ["2024-13-45", "2024-06", "2024-02-30"]),
        ("2024-06-01T10:00:00Z", datetime.datetime(2024, 6, 1, 10, tzinfo=datetime.timezone.utc)),
        ("2024-06-01 25:00:00", "2024-06-01 25:00:00"),
        ("2024-06-01 and later", "2024-06-01 and later"),
        ("{yes: 1, 2: two, null: x, 1.5: y}", {"yes": 1, "2": "two", "null": "x", "1.5": "y"}),
        ("a: !!str 12\nb: !!int '12'", {"a": "12", "b": 12}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("\ufeffa: 1", {"a": 1}),
        ("a: 模型", {"a": "模型"}),
        ("9" * 5000, "9" * 5000),  # too long for a number
    ],
)
def test_values(parser, text, value):
    assert parse(text).value == value


def test_not_a_number_is_a_float(parser):
    assert math.isnan(parse("[.nan]").value[0])


def test_lines_are_those_of_keys_and_items(parser):
    text = "a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\n"
    assert parse(text).lines == {
        (): 1,
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "c"): 3,
        ("a", "c", 0): 4,
        ("a", "c", 1): 5,
        ("a", "c", 1, "y"): 5,
        ("a", "c", 1, "z"): 6,
    }


def test_lines_count_from_the_first_line_given(parser):
    assert parse("a: 1\nb: 2", first_line=10).lines["b",] == 11
    with pytest.raises(MarkedError, match="line 11: "):
        parse("a: 1\nb: 'x", first_line=10)


def test_exotic_line_breaks_do_not_shift_lines(parser):
    assert parse("a: x\u2028y\u0085z\r\nb: 1").lines["b",] == 2


def test_aliases_keep_the_lines_of_what_they_stand_for(parser):
    assert parse("a: &x\n  k: 1\nb: *x").lines["b", "k"] == 2


def test_merge_keys_give_way_to_own_keys_and_earlier_merges(parser):
    text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y], c: 3}"
    assert parse(text).value["z"] == {"a": 1, "b": 1, "c": 3}


def test_a_quoted_merge_key_is_an_ordinary_key(parser):
    assert parse("'<<': 1").value == {"<<": 1}


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a:\n\tb: 1\n", 2, "a tab is used for indentation"),
        ("a: 1\nb: 'x\nc: 2\n", 2, "a quote opened here is never closed"),
        ('a: "x\n', 1, "a quote opened here is never closed"),
        ("a: b: c\n", 1, "a colon inside an unquoted value"),
        ("a: 1\n  b: 2\n", 2, "wrong indentation"),
        ("a:b\nc: d\n", 2, "does that line lack"),
        ("a: [1, 2\nb: 3\n", 1, "lacks a comma or its ]"),
        ("a: [", 1, "a [ or { before it is never closed"),
        ("a:\n  b: [1,\n\n", 2, "a [ or { before it is never closed"),
        ("a: {x: 1\nb: 3\n", 1, "lacks a comma or its }"),
        ("a: `x`\n", 1, "a value that starts with ` needs quotes"),
        ("a: @x\n", 1, "a value that starts with @ needs quotes"),
        ("a: **bold**\n", 1, "starts with * needs quotes"),
        ("a: *b\n", 1, "starts with * needs quotes"),
        ("a: &x [*x]\n", 1, "an anchor `&x` that is not there"),
        ("a: {{ x }}\n", 1, "a key must be plain text"),
        ("? [a]\n: b\n", 1, "a key must be plain text"),
        ("a: - b\n", 1, "start it on its own line"),
        ("a: 1\n- b\n", 2, "does not fit the lines before it"),
        ('a: "\\q"\n', 1, "unknown escape"),
        ("a: 1\na: 2\n", 2, "the key `a` is given twice (first on line 1)"),
        ("1: x\n'1': y\n", 2, "the key `1` is given twice"),
        ("---\na: 1\n---\nb: 2\n", 3, "a second document"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "the tag `!!python/object/apply:os.system`"),
        ("a: !env X\n", 1, "the tag `!env`"),
        ("!!python/name:os.system x: 1\n", 1, "the tag"),
        ("a: 1\nb: \x07\n", 2, "the control character \\x07"),
        ("a: 1\nb: \udc80\n", 2, ""),
        ("a: {<<: 1}\n", 1, "`<<` merges mappings"),
    ],
)
def test_errors_say_in_plain_words_what_is_wrong_and_where(parser, text, line, part):
    with pytest.raises(MarkedError) as caught:
        parse(text)
    assert caught.value.line == line
    assert part in caught.value.message
    assert str(caught.value) == f"line {line}: {caught.value.message}"
    assert "\n" not in str(caught.value)


BOMBS = {
    "laughs": "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
    "merged laughs": "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: [{','.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 12)),
    "chain of merges": "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: *a{i - 1}}}\n" for i in range(1, 5000)),
    "chain of aliases": "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 5000)),
    "brackets": "[" * 900_000,
    "dashes": "- " * 400_000,
    "many": "- a\n" * 240_000,
    "large": "a" * 1_000_001,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_defused_early(name):
    start = time.perf_counter()
    with pytest.raises(MarkedError, match=r"more than|too large"):
        parse(BOMBS[name])
    assert time.perf_counter() - start < 1


def test_front_matter_of_thirty_lines_takes_well_below_a_millisecond():
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    text = "".join(f"key-{i}: [some, values, {i}]\n" for i in range(30))
    times = []
    for _ in range(50):
        start = time.perf_counter()
        parse(text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.001


def test_a_path_is_written_as_people_write_it():
    assert render_scalar_path(()) == ""
    assert render_scalar_path(("built_from", 1, "relation")) == "built_from[1].relation"
    assert render_scalar_path(("a\x1b", "b")) == "a\\x1b.b"


FRAGMENTS = [
    "a: ",
    "b",
    "\n",
    "  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ":",
    '"',
    "'",
    "&x ",
    "*x",
    "<<: ",
    "!!str ",
    "!t ",
    "|",
    ">",
    "\n---\n",
]
FRAGMENTS += [
    "...",
    "%",
    "#",
    "\t",
    "\\",
    "\ud800",
    "\x00",
    "\x85",
    "\u2028",
    "1",
    "2024-13-45",
    "2024-01-01",
    "T10:00:00Z",
    "0x1f",
    ".",
    "?",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)), st.booleans())
def test_any_text_is_a_value_or_one_clear_line(text, pure):
    with pytest.MonkeyPatch.context() as patch:
        if pure:
            patch.setattr(marked, "_Parser", yaml.SafeLoader)
        try:
            result = parse(text)
        except MarkedError as error:
            assert 1 <= error.line <= text.count("\n") + text.count("\r") + 2
            assert "\n" not in error.message
            return
    assert set(_paths(result.value, ())) == set(result.lines)


def _paths(value, path):
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            assert isinstance(key, str)
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, index))
