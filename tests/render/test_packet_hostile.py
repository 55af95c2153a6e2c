"""Hostile names, licences and sentences in every field of a report: in the packet they are text and nothing else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from licensecheck.render.packet import Glossary, render
from tests.render.packet_pages import TOOL, Parsed, form_for, local, page_of, sample, words_of

ATTACKS = (
    "<script>window.pwned=1</script>",
    "\"><img src=x onerror='window.pwned=1'>",
    "' onmouseover='window.pwned=1' x='",
    "</style></script></svg></title></textarea></pre><script>window.pwned=1</script>",
    "<!--<script>]]><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "{{ 7*7 }}{% raw %}{{ say }}{en}",
    "\u2028window.pwned=1\u2029",
    "\x1b[2J\u202egnp\u0000\x7f",
)
#: Values that other parts of the tool give from closed lists of their own.
CLOSED = frozenset({"kind", "outcome", "level", "verdict", "how", "status", "as_of", "deontic", "layer", "topic", "test", "op", "type"})


def poisoned(value: Any, attack: str, key: str = "") -> Any:
    """The report with the attack behind every text that a stranger could have written."""
    if isinstance(value, str):
        return value if key in CLOSED else value + attack
    if isinstance(value, dict):
        return {name: poisoned(item, attack, "" if key == "suppressions" else name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, attack, key) for item in value]
    return value


@pytest.fixture(scope="module", params=range(len(ATTACKS)))
def attacked(request: pytest.FixtureRequest) -> tuple[str, Parsed]:
    attack = ATTACKS[request.param]
    report = poisoned(copy.deepcopy(sample("several-components")[0]), attack)
    for finding in report["findings"]:
        finding["citation"]["quote"] = attack
        finding["citation"]["url"] = attack
        finding["notes"] = [attack]
        finding["required"] = {"texts": [attack], "file": None, "places": [attack]}
        finding["basis"] = finding["confidence"] = finding["condition"] = finding["would_change"] = attack
        finding["measured"] = [{"technique": attack, "caveats": [attack]}]
    report["findings"][0]["suppressions"] = [
        {"kind": "external", "status": "accepted", "justification": attack, "by": attack, "expires": attack}
    ]
    report["unreached"] = [attack]
    form = {**form_for(report), "file": attack, "exists": True, "pieces": [attack]}
    form["fields"][0] |= {"control": "choices", "choices": [(attack, {"en": attack, "zh": attack})], "component": attack}
    glossary = Glossary({"finetune": {"en": attack, "zh": attack}}, {"release.weights": {"en": attack, "zh": attack}})
    lists = {"licenses": [attack], "countries": [attack], "aliases": {attack: attack}, "currencies": [attack]}
    return attack, Parsed(render([report], [report], tool=TOOL, glossary=glossary, forms=[form], lists=lists))


@pytest.fixture(scope="module")
def ours() -> set[str]:
    """The elements of a page about a report that attacks nobody."""
    return {local(element) for element in Parsed(page_of(sample("several-components"))).all()}


def test_no_element_comes_from_a_report(attacked: tuple[str, Parsed], ours: set[str]) -> None:
    page = attacked[1]
    assert page.errors == []
    assert {local(element) for element in page.all()} <= ours
    assert len(page.all("script")) == 2


def test_no_handler_and_no_address_comes_from_a_report(attacked: tuple[str, Parsed]) -> None:
    for _, key, value in attacked[1].attributes():
        assert not key.lower().startswith("on"), key
        assert key not in ("style", "src", "srcdoc", "action", "formaction"), key
        if key in ("href", "cite"):
            assert value.startswith(("#", "https://", "http://")), value


def test_the_data_of_the_script_is_data(attacked: tuple[str, Parsed]) -> None:
    attack, page = attacked
    block = next(element.text for element in page.all("script") if element.get("type") == "application/json")
    assert json.loads(block)["forms"][0]["pieces"] == [attack]
    assert "<" not in block
    assert block.isascii()


def test_nothing_turns_text_round_or_hides_it(attacked: tuple[str, Parsed]) -> None:
    text = words_of(attacked[1].by_id("main"))
    assert not [char for char in text if not char.isprintable()]


def test_a_template_in_a_name_stays_as_it_is_written() -> None:
    report = sample("fine-tune")[0]
    report["findings"][0]["message"] = "{{ 7*7 }} {n}"
    assert "{{ 7*7 }} {n}" in words_of(Parsed(page_of([report])).root)
