"""Numbers in the words of a licence, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensecheck.citations_figures import fold, numbers, stands

SPELLINGS = [
    (700_000_000, "700 million", "seven hundred million", "700,000,000", "0.7 billion", "7亿", "七亿", "7 亿", "７亿", "7億"),
    (100_000_000, "100 million", "one hundred million", "100,000,000", "100.000.000", "100 000 000", "1亿", "一亿", "10000万", "一万万"),
    (20_000_000, "twenty million", "20 million", "20m", "$20M", "2000万", "2千万", "两千万", "二千万"),
    (10_000_000, "$10 million", "ten million (10,000,000)", "10-million", "10 mn", "1000万", "一千万", "1千万"),
    (1_000_000, "$1m", "one million", "1,000,000", "a **1 million** limit", "100万", "一百万", "百万"),
    (1_500_000, "1.5 million", "1,500,000", "150万", "一百五十万", "1.5百万"),
    (150_000, "one hundred and fifty thousand", "150 thousand", "150k", "15万", "十五万"),
    (5_000, "5,000 units", "five thousand", "5k", "不超5000台", "五千"),
    (25, "twenty-five", "25", "二十五"),
]


@pytest.mark.parametrize(("value", "said"), [(row[0], said) for row in SPELLINGS for said in row[1:]])
def test_a_number_is_read_however_it_is_written(value, said):
    assert stands(value, None, f"no more than {said} of them")


@pytest.mark.parametrize(("value", "said"), [(row[0], said) for row in SPELLINGS for said in row[1:]])
def test_ten_times_the_number_is_another_one(value, said):
    assert not stands(value * 10, None, said)


@pytest.mark.parametrize("said", ["1,000,0000", "part 10.5.1", "", "millions of users", "the year 2024"])
def test_what_is_no_such_number_is_none(said):
    assert not stands(1_000_000, None, said)


@pytest.mark.parametrize(
    ("currency", "said", "expected"),
    [
        ("USD", "$10 million", True),
        ("USD", "US$10,000,000", True),
        ("USD", "10 million US dollars", True),
        ("USD", "ten million (10,000,000) United States Dollars", True),
        ("USD", "1000万美元", True),
        ("USD", "USD 10,000,000", True),
        ("USD", "€10 million", False),
        ("USD", "10 million users", False),
        ("EUR", "EUR 10 million", True),
        ("CNY", "人民币1000万元", True),
        ("SEK", "SEK 10 million", True),
        ("SEK", "$10 million", False),
    ],
)
def test_an_amount_is_one_of_its_own_currency(currency, said, expected):
    assert stands(10_000_000, currency, said) is expected


@given(st.integers(1, 10**12 - 1))
def test_every_number_with_commas_is_read_back(value):
    assert stands(value, None, f"over {value:,} users")


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(value):
    """A number as it is spelt out: 1,234,000 is one million two hundred and thirty-four thousand."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            return f"{in_words(value // size)} {name}" + (f"{' and' if size == 100 else ''} {in_words(rest)}" if rest else "")
    if value < 20:
        return ONES.split()[value]
    return TENS.split()[value // 10 - 2] + (f"-{in_words(value % 10)}" if value % 10 else "")


@given(st.integers(1, 10**12 - 1))
def test_every_number_in_words_is_read_back(value):
    assert [number.value for number in numbers(in_words(value))] == [value]


def in_han(value):
    """A number as it is written in Chinese, without the zeros that stand between."""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            return f"{in_han(value // size)}{name}{in_han(value % size) if value % size else ''}"
    return "零一二三四五六七八九"[value]


@given(st.integers(1, 10**12 - 1))
def test_every_number_in_chinese_is_read_back(value):
    assert [number.value for number in numbers(in_han(value))] == [value]


@given(st.text(max_size=200))
def test_any_words_can_be_read(words):
    for number in numbers(fold(words)):
        assert number.value >= 0
        assert number.start < number.end
