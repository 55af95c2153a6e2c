"""The review packet: everything the report says is in it, in both languages, in mark-up that holds."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
from collections import Counter
from typing import Any

import pytest
import yaml

from licensecheck.render.packet.picture import MOST, picture
from tests.conftest import REPO
from tests.render.packet_pages import KINDS, Parsed, local, page_of, sample, words_of

SAMPLES = ("fine-tune", "several-components", "clean-with-notes", "two-subjects", "nothing-found", "hostile")
#: Attributes that name other elements of the page.
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list")


@pytest.fixture(scope="module", params=SAMPLES)
def named(request: pytest.FixtureRequest) -> tuple[list[Any], Parsed]:
    reports = sample(request.param)
    return reports, Parsed(page_of(reports))


def plain(sentence: str) -> str:
    """A sentence as it is read: words between backticks are set as code."""
    return " ".join(sentence.replace("`", "").split())


def test_the_mark_up_is_well_formed(named: tuple[list[Any], Parsed]) -> None:
    assert named[1].errors == []


def test_every_finding_is_in_the_page_once_under_its_own_address(named: tuple[list[Any], Parsed]) -> None:
    reports, page = named
    findings = [finding for report in reports for finding in report["findings"]]
    shown = [element for element in page.all() if "finding" in (element.get("class") or "").split()]
    assert len(shown) == len(findings)
    assert len({element.get("id") for element in shown}) == len(findings)
    expected = Counter("waived" if finding["suppressions"] else finding["kind"] for finding in findings)
    assert Counter(element.get("data-kind") for element in shown) == expected


def test_every_message_and_every_question_can_be_read(named: tuple[list[Any], Parsed]) -> None:
    reports, page = named
    if any("\\u001b" in json.dumps(report) for report in reports):
        return  # what of hostile text is shown has its own tests
    text = words_of(page.root)
    for report in reports:
        for finding in report["findings"]:
            assert plain(finding["message"]) in text
            assert all(item["source"] in text for item in finding["evidence"])
        assert all(plain(question["ask"]) in text for question in report["questions"])
        assert all(item["path"] in text and (item["sha256"] or "") in text for item in report["inputs"])
        assert all(item in text for item in report["not_examined"])


def test_ids_are_unique_and_every_reference_leads_somewhere(named: tuple[list[Any], Parsed]) -> None:
    page = named[1]
    ids = [value for _, key, value in page.attributes() if key == "id"]
    assert [name for name, n in Counter(ids).items() if n > 1] == []
    wanted = {name for _, key, value in page.attributes() if key in REFERENCES for name in value.split()}
    wanted |= {value[1:] for _, key, value in page.attributes() if key == "href" and value.startswith("#")}
    assert sorted(wanted - set(ids)) == []


def test_headings_go_down_one_level_at_a_time(named: tuple[list[Any], Parsed]) -> None:
    main = named[1].by_id("main")
    levels = [int(local(element)[1]) for element in main.iter() if re.fullmatch("h[1-6]", local(element))]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))
    assert levels.count(1) == 1


def test_every_control_has_a_name(named: tuple[list[Any], Parsed]) -> None:
    page = named[1]
    parents = {child: parent for parent in page.all() for child in parent}
    labelled = {element.get("for") for element in page.all("label")}
    for control in page.all("input", "select", "textarea"):
        up = control
        while up is not None and local(up) != "label":
            up = parents.get(up)
        assert up is not None or control.get("id") in labelled or control.get("aria-labelledby"), control.attrib


def test_nothing_is_asked_for_from_anywhere(named: tuple[list[Any], Parsed]) -> None:
    page = named[1]
    assert page.all("link", "img", "iframe", "object", "embed", "base", "audio", "video", "source", "image", "use") == []
    assert [key for _, key, _ in page.attributes() if key in ("src", "srcset", "action", "style", "background", "ping")] == []
    assert {local(element) for element, key, _ in page.attributes() if key == "href"} <= {"a"}
    styles = "".join(element.text or "" for element in page.all("style"))
    assert "url(" not in styles
    assert "@import" not in styles


def test_the_policy_allows_the_inlined_script_and_style_and_nothing_else() -> None:
    page = Parsed(page_of(sample("fine-tune")))
    policy = next(meta.get("content") for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"

    def source(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    scripts = [element.text for element in page.all("script") if element.get("type") != "application/json"]
    assert [source(text) for text in scripts] == [rules["script-src"]]
    assert [source(element.text) for element in page.all("style")] == [rules["style-src"]]


def test_two_runs_give_the_same_bytes() -> None:
    assert page_of(sample("several-components")) == page_of(sample("several-components"))


def translated(report: Any) -> Any:
    """The same report in another language, as far as this page can tell."""
    other = copy.deepcopy(report)
    for finding in other["findings"]:
        finding["message"] = f"第一语言不同：{finding['rule']}"
    return other


def test_each_language_says_what_its_own_report_says() -> None:
    report = sample("fine-tune")[0]
    page = Parsed(page_of([report], [translated(report)])).by_id("main")
    for lang, spoken, unspoken in (("en", report, translated(report)), ("zh", translated(report), report)):
        text = words_of(page, lang)
        for finding, other in zip(spoken["findings"], unspoken["findings"], strict=True):
            assert plain(finding["message"]) in text
            assert plain(other["message"]) not in text


@pytest.mark.parametrize(("lang", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_the_language_shown_first_is_the_one_asked_for(lang: str, tag: str) -> None:
    page = Parsed(page_of(sample("clean"), lang=lang))
    assert page.all("html")[0].get("lang") == tag
    assert page.by_id(f"lang-{lang}").get("checked") is not None


def test_a_report_that_has_no_twin_is_shown_as_it_is() -> None:
    assert "Harbour" in words_of(Parsed(page_of(sample("fine-tune"), sample("clean"))).root)


def test_the_verdict_names_what_decides_it() -> None:
    report = sample("fine-tune")[0]
    section = Parsed(page_of([report])).by_id("s1-verdict")
    links = {element.get("href") for element in section.iter("a")}
    assert {f"#{item['id']}" for item in report["findings"] if item["kind"] == "fail" and not item["suppressions"]} <= links


def test_a_waived_finding_keeps_its_kind_and_says_who_signed() -> None:
    report = sample("fine-tune")[0]
    finding = next(item for item in report["findings"] if item["kind"] == "fail")
    waiver = {
        "kind": "external",
        "status": "accepted",
        "justification": "renamed later",
        "by": "legal@acme.example",
        "expires": "2026-12-31",
    }
    finding["suppressions"] = [waiver]
    page = Parsed(page_of([report]))
    text = words_of(page.by_id("s1-waivers"))
    assert all(word in text for word in ("renamed later", "legal@acme.example", "2026-12-31", finding["rule"]))
    assert page.by_id(finding["id"]).get("data-kind") == "waived"
    assert f"#{finding['id']}" not in {element.get("href") for element in page.by_id("s1-verdict").iter("a")}


def test_an_id_that_a_report_has_twice_is_told_apart() -> None:
    report = sample("fine-tune")[0]
    report["findings"].append(copy.deepcopy(report["findings"][0]))
    page = Parsed(page_of([report]))
    assert {report["findings"][0]["id"], report["findings"][0]["id"] + "-2"} <= {element.get("id") for element in page.all()}


def test_each_answer_says_what_it_would_make_of_the_findings() -> None:
    report = next(report for name in SAMPLES for report in sample(name) if any(question.get("if") for question in report["questions"]))
    number, question = next((n, item) for n, item in enumerate(report["questions"], 1) if item.get("if"))
    lists = list(Parsed(page_of([report])).by_id(f"s1-q{number}").iter("ul"))
    assert len(list(lists[0])) == len(question["if"])


def test_every_topic_kind_and_layer_of_the_rules_has_a_word() -> None:
    words = yaml.safe_load((REPO / "templates" / "packet.yaml").read_text(encoding="utf-8"))
    topics = yaml.safe_load((REPO / "rules" / "topics.yaml").read_text(encoding="utf-8"))
    schema = json.loads((REPO / "schema" / "report-1.json").read_text(encoding="utf-8"))["$defs"]
    assert words["topics"].keys() == topics["topics"].keys() | topics["checks"].keys()
    assert {f"kind.{kind}" for kind in KINDS} <= words["words"].keys()
    assert {f"layer.{layer}" for layer in schema["layer"]["enum"]} <= words["words"].keys()


def test_every_word_is_there_in_both_languages_with_the_same_blanks() -> None:
    words = yaml.safe_load((REPO / "templates" / "packet.yaml").read_text(encoding="utf-8"))
    for group in words.values():
        for key, both in group.items():
            assert set(both) == {"en", "zh"}, key
            assert all(isinstance(text, str) and text for text in both.values()), key
            assert set(re.findall(r"\{(\w+)\}", both["en"])) == set(re.findall(r"\{(\w+)\}", both["zh"])), key


def test_every_word_that_the_template_says_exists() -> None:
    words = yaml.safe_load((REPO / "templates" / "packet.yaml").read_text(encoding="utf-8"))["words"]
    said = re.findall(r'say\("([\w.-]+)"', (REPO / "templates" / "packet.html.j2").read_text(encoding="utf-8"))
    assert {key for key in said if not key.endswith(".")} <= words.keys()


def test_colours_of_text_are_readable_on_both_grounds_in_light_and_dark() -> None:
    style = (REPO / "templates" / "packet.css").read_text(encoding="utf-8")
    colours = {name: pair for name, *pair in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", style)}
    for name in ("ink", "soft", "link", "fail", "open", "review", "pass", "informational", "mute"):
        for ground in ("paper", "panel"):
            for scheme in (0, 1):
                assert contrast(colours[name][scheme], colours[ground][scheme]) >= 4.5, (name, ground, scheme)


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lineage(edges: list[tuple[str, str]]) -> dict[str, Any]:
    """A report with nothing but a lineage; the subject is `s`."""
    names = dict.fromkeys(name for edge in edges for name in edge if name != "s")
    nodes = [{"id": name, "type": "model", "license": "mit", "license_source": "registry", "verified": True} for name in names]
    drawn = [{"from": one, "to": other, "relation": "finetune", "evidence": []} for one, other in edges]
    return {
        "subject": {"name": "s", "target": ".", "kind": "model"},
        "licenses": {"declared": "mit"},
        "lineage": {"nodes": nodes, "edges": drawn},
    }


def test_the_picture_has_a_box_for_each_component_and_none_upon_another() -> None:
    drawing = picture(lineage([("s", "a/x"), ("s", "b/y"), ("a/x", "c/z"), ("b/y", "c/z"), ("s", "c/z")]))
    assert drawing is not None
    assert {box.whole for box in drawing.boxes} == {"s", "a/x", "b/y", "c/z"}
    assert len(drawing.lines) == 5
    for one in drawing.boxes:
        assert one.x + one.width <= drawing.width
        assert one.y + one.height <= drawing.height
        for other in drawing.boxes:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert one is other or apart, (one, other)


def test_the_picture_of_a_circle_ends() -> None:
    drawing = picture(lineage([("s", "a/x"), ("a/x", "b/y"), ("b/y", "a/x"), ("b/y", "b/y")]))
    assert drawing is not None
    assert len(drawing.boxes) == 3


def test_a_lineage_too_large_for_a_picture_is_a_table_only() -> None:
    report = sample("fine-tune")[0]
    wide = lineage([("s", f"a/{n}") for n in range(MOST + 1)])
    assert picture(wide) is None
    report["lineage"] = wide["lineage"]
    report["subject"]["name"] = "s"
    page = Parsed(page_of([report]))
    assert page.all("svg") == []
    assert f"a/{MOST}" in words_of(page.by_id("s1-made"))


def test_a_comparison_is_shown_with_what_it_does_not_show() -> None:
    report = sample("fine-tune")[0]
    report["findings"][0]["measured"] = [
        {
            "technique": "tensor names",
            "compared_to": "a/b",
            "value": 0.5,
            "attention": True,
            "caveats": ["one caveat"],
            "does_not_show": "a copy",
        }
    ]
    text = words_of(Parsed(page_of([report])).by_id(report["findings"][0]["id"]), "en")
    assert all(words in text for words in ("tensor names · a/b · 0.5", "one caveat", "It does not show: a copy"))
