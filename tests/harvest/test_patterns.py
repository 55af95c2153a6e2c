"""Every regular expression that strangers' texts are read with takes time in proportion to them."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from types import ModuleType

import pytest

import licensecheck.harvest
from licensecheck import markdown
from licensecheck.harvest.grammar import Grammar
from licensecheck.harvest.lexicon import Lexicon
from licensecheck.knowledge import load

WHOLE_LINE = ("match", "fullmatch")
METHODS = (*WHOLE_LINE, "search", "finditer", "findall", "split", "sub")
SIZE = 4_000
#: Below this, growth says nothing; above it, twice the text may take a little more than twice the time.
FLOOR_SECONDS, MOST_GROWTH = 0.03, 2.5
ATOMS = (
    *" \n\ta1A-./|<[(\"'*_`#=:,{\\~从",
    *("a/", "a-", "a.", "A1-", "1.", "--|", "--- ", ":-", " |", "\n ", " \n", "](", "[a](", "<a", "</", "\\a", "e.g.", "“a", "a: ", " - "),
)
ENDS = ("", "\0", "!", "\n", "|", "/", "-", '"')


def modules() -> Iterator[ModuleType]:
    yield markdown
    for found in pkgutil.iter_modules(licensecheck.harvest.__path__):
        yield importlib.import_module(f"licensecheck.harvest.{found.name}")


def uses(module: ModuleType) -> dict[re.Pattern[str], str]:
    """The patterns of a module that stand in its text, with the method that asks most of each."""
    found: dict[re.Pattern[str], str] = {}
    with open(str(module.__file__), encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id == "re":
            owner = node.args[0]
        elif isinstance(owner, ast.Call) and ast.unparse(owner.func) == "re.compile":
            owner = owner.args[0]
        if isinstance(owner, ast.Name):
            value = vars(module).get(owner.id)
        else:
            value = owner.value if isinstance(owner, ast.Constant) and node.func.value is not owner else None
        if isinstance(value, str | re.Pattern):
            pattern = re.compile(value)
            if found.get(pattern, "match") in WHOLE_LINE:
                found[pattern] = node.func.attr
    return found


def literals(pattern: str) -> list[str]:
    """Words of a pattern, which lead into it."""
    return sorted(set(re.findall(r"[A-Za-z<>`#:/]{2,}", re.sub(r"\\[a-zA-Z]|\(\?[a-z]*:?", " ", pattern))))[:40]


def seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    start = time.process_time()
    if method in WHOLE_LINE:
        getattr(pattern, method)(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - start


def grows_too_fast(pattern: re.Pattern[str], method: str, unit: str, end: str) -> bool:
    """Is the second half dearer than the first, every time?"""
    half, whole = (unit * (size // len(unit)) + end for size in (SIZE, 2 * SIZE))
    for _ in range(4):
        twice = seconds(pattern, method, whole)
        if twice < FLOOR_SECONDS or twice < MOST_GROWTH * max(seconds(pattern, method, half), FLOOR_SECONDS / 4):
            return False
    return True


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__.rpartition(".")[2])
def test_patterns_take_time_in_proportion_to_the_text(module: ModuleType) -> None:
    slow = [
        (pattern.pattern, unit, end)
        for pattern, method in uses(module).items()
        for unit in (*ATOMS, *literals(pattern.pattern))
        for end in ENDS
        if grows_too_fast(pattern, method, unit, end)
    ]
    assert not slow


def test_the_scan_sees_patterns_and_a_slow_one() -> None:
    assert sum(len(uses(module)) for module in modules()) > 20
    assert grows_too_fast(re.compile(r"^\s*(?:a|b)\s*:", re.M), "search", "\n", "")


class Counted(list[str]):
    """Words that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, index):
        self.looks += 1
        return super().__getitem__(index)


def claim_phrases() -> list[str]:
    table = load().table("claims")["claims"]
    return sorted({phrase for kinds in table.values() for phrases in kinds.values() for phrase in phrases})


def test_a_phrase_begins_with_a_word() -> None:
    grammar = Grammar(load().table("claims")["words"])
    for phrase in claim_phrases():
        items = grammar.parse(phrase)
        assert items[0].choice, phrase
        assert not items[0].optional, phrase


def test_phrases_are_looked_for_in_steps_in_proportion_to_the_words() -> None:
    classes = load().table("claims")["words"]
    for phrase in claim_phrases():
        grammar = Grammar(classes, [phrase])
        heads = [next(iter(item.choice)) for item in grammar.parse(phrase) if item.choice]
        for unit in (heads[:1], heads[:-1] or heads, [heads[0], "x"], heads):
            looks = []
            for size in (120, 240):
                words = Counted((unit * size)[:size])
                assert len(list(grammar.places(words))) <= size
                looks.append(words.looks)
            assert looks[1] <= 2.2 * looks[0] + 50, (phrase, unit, looks)


def test_phrases_of_generating_with_gaps_take_time_in_proportion_to_the_text() -> None:
    words = load().words()
    lexicon = Lexicon(words["origin"], words["families"])
    phrases = {phrase for kind in ("whole", "phrases") for phrase in words["outputs"][kind] if "*" in phrase}
    plain = {phrase.replace("{model}", "it") for phrase in phrases}
    assert plain
    for phrase in sorted(plain):
        for unit in sorted({part.strip() for part in phrase.split("*")} - {""}):
            assert not grows_too_fast(lexicon._pattern(phrase), "finditer", unit + " ", "!")
