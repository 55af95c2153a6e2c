"""The review packet in Chromium: it reads, filters, prints, writes a manifest that the tool accepts, and lets nothing run or out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from licensecheck import pipeline
from tests.conftest import REPO, Tool
from tests.render.packet_pages import page_of, sample
from tests.render.test_packet_hostile import ATTACKS, poisoned

pytestmark = pytest.mark.slow

MANIFEST = """version: 1
# kept as it is
model:
  released: 2026-09-14
release: {weights: public, product: false}
built_from:
  - meta-llama/Llama-3.1-8B-Instruct
  - {model: Qwen/Qwen2.5-72B-Instruct, relation: outputs}
  - {service: openai/gpt-4o, relation: outputs}
  - {model: acme/internal-base, relation: merge}
waivers:
  - {rule: llama3.1/model-name, reason: renamed later, by: legal@acme.example, expires: 2099-12-31}
"""
ANSWERS = {
    "figure": "< 10 million users",
    "money": "5 million EUR",
    "country": "DE, us",
    "providers": "acme",
    "license": "MIT",
    "text": "yes",
}
FILL = """answers => {
  for (const control of document.querySelectorAll('.control')) {
    const boxes = [...control.querySelectorAll('input[type=radio], input[type=checkbox]')];
    if (boxes.length) boxes[1].click();
    else { const input = control.querySelector('input'); input.value = answers[control.dataset.control] || ''; }
  }
}"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packet") / "release"
    shutil.copytree(REPO / "examples" / "harbour-chat", folder)
    (folder / "licensecheck.yaml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def packet(tool: Tool, release: Path) -> Path:
    path = release.parent / "packet.html"
    if not path.exists():
        assert tool("review", release, "-o", path).returncode == 0
    return path


Opened = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def opened(browser: Any) -> Opened:
    """A page opened from a file; what it logs and what it asks for must be nothing."""

    @contextmanager
    def opening(path: Path, **context: Any) -> Iterator[Any]:
        options = {"viewport": {"width": 1280, "height": 900}, **context}
        own = browser.new_context(accept_downloads=True, **options)
        page = own.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append("a dialog"))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
        page.goto(path.as_uri())
        yield page
        own.close()
        assert said == []

    return opening


def downloaded(page: Any) -> str:
    with page.expect_download(timeout=10_000) as download:
        page.click("[data-do=download]")
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_answers_download_as_a_manifest_that_settles_the_questions(opened: Opened, packet: Path, release: Path, tmp_path: Path) -> None:
    before = pipeline.examine(str(release))
    with opened(packet) as page:
        page.evaluate(FILL, ANSWERS)
        text = downloaded(page)
    assert before["questions"]
    assert all(line in text for line in ("# kept as it is", "  - meta-llama/Llama-3.1-8B-Instruct"))
    answered = shutil.copytree(release, tmp_path / "answered")
    (answered / "licensecheck.yaml").write_text(text, encoding="utf-8")
    assert pipeline.examine(str(answered))["questions"] == []


def test_a_drafted_waiver_suppresses_its_finding_and_says_who_signed(opened: Opened, packet: Path, release: Path, tmp_path: Path) -> None:
    finding = next(item for item in pipeline.examine(str(release))["findings"] if item["kind"] == "fail" and not item["suppressions"])
    with opened(packet) as page:
        page.click(f"#{finding['id']} .decide summary")
        for part, value in (("reason", 'said "so": #1, \u4e00'), ("by", "legal@acme.example"), ("expires", "2099-12-31")):
            page.fill(f"#{finding['id']} [data-part={part}]", value)
        text = downloaded(page)
    answered = shutil.copytree(release, tmp_path / "answered")
    (answered / "licensecheck.yaml").write_text(text, encoding="utf-8")
    after = next(item for item in pipeline.examine(str(answered))["findings"] if item["id"] == finding["id"])
    assert [(item["justification"], item["by"]) for item in after["suppressions"]] == [('said "so": #1, \u4e00', "legal@acme.example")]


@pytest.mark.parametrize(("control", "wrong"), [("figure", "many"), ("figure", "1.5"), ("license", "no such licence"), ("figure", "9-3")])
def test_an_answer_that_the_manifest_would_refuse_is_not_written(opened: Opened, packet: Path, control: str, wrong: str) -> None:
    with opened(packet) as page:
        page.fill(f"[data-control={control}] input >> nth=0", wrong)
        page.click("[data-do=download]")
        assert page.inner_text(f"[data-control={control}] .wrong >> nth=0")
        assert page.get_attribute(f"[data-control={control}] input >> nth=0", "aria-invalid") == "true"
        assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_filters_hide_what_does_not_fit_and_say_how_much_is_left(opened: Opened, packet: Path) -> None:
    with opened(packet) as page:
        total = page.locator(".finding").count()
        for box in page.locator("#filters input[name=kind]").all():
            box.set_checked(box.get_attribute("value") == "open")
        shown = page.locator(".finding:not([hidden])")
        expect(page.locator(".finding:not([hidden]):not([data-kind=open])")).to_have_count(0)
        assert shown.count() > 0
        assert page.inner_text("#count") == f"{shown.count()} of {total} findings shown"
        page.click("#filters button[type=reset]")
        expect(page.locator(".finding[hidden]")).to_have_count(0)


def test_an_address_unfolds_and_unfilters_its_finding(opened: Opened, packet: Path) -> None:
    with opened(packet) as page:
        folded = page.locator("details.finding").first.get_attribute("id")
        for box in page.locator("#filters input[name=kind]").all():
            box.set_checked(False)
        expect(page.locator(".finding:not([hidden])")).to_have_count(0)
        page.evaluate("name => { location.hash = name; }", folded)
        expect(page.locator(f"#{folded}[open]:not([hidden])")).to_have_count(1)


def test_the_switch_shows_one_language_at_a_time(opened: Opened, packet: Path) -> None:
    with opened(packet) as page:
        english = page.inner_text("main")
        page.click("label[for=lang-zh]")
        chinese = page.inner_text("main")
        assert page.evaluate("[document.documentElement.lang, document.title.slice(0, 2)]") == ["zh-Hans", "许可"]
    assert "Open questions" in english
    assert "待答问题" not in english
    assert "待答问题" in chinese
    assert "Open questions" not in chinese


def test_it_reads_and_switches_without_scripts(opened: Opened, packet: Path) -> None:
    with opened(packet, java_script_enabled=False) as page:
        assert page.locator("#filters").is_visible() is False
        assert page.locator("article.finding").first.is_visible()
        page.click("label[for=lang-zh]")
        assert "待答问题" in page.inner_text("main")
        page.click("details.finding summary >> nth=0")
        assert page.locator("details.finding .message >> nth=0").is_visible()


def test_everything_can_be_reached_with_the_keyboard(opened: Opened, packet: Path) -> None:
    with opened(packet) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#findings"
        page.focus("#lang-en")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.documentElement.lang") == "zh-Hans"


@pytest.mark.parametrize(("scheme", "lang", "width"), [("light", "en", 1440), ("dark", "zh", 390)])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str, lang: str, width: int) -> None:
    packet = tmp_path / "packet.html"
    packet.write_text(page_of(sample("two-subjects")), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(packet.as_uri())
    page.click(f"label[for=lang-{lang}]")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(page).response["violations"]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert [(item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in found] == []
    assert overflow == 0


def test_paper_has_every_clause_and_no_control_of_the_screen(browser: Any, packet: Path) -> None:
    page = browser.new_page()
    page.goto(packet.as_uri())
    page.emulate_media(media="print")
    for name in (".bar", ".side", ".decide", ".save"):
        assert page.locator(name).first.is_visible() is False
    hidden = "all => all.filter(one => !one.closest('.not-applicable') && !one.checkVisibility({contentVisibilityAuto: false})).length"
    assert page.locator(".finding .message").evaluate_all(hidden) == 0
    page.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_from_a_report_runs(opened: Opened, tmp_path: Path, attack: str) -> None:
    report = poisoned(sample("several-components")[0], attack)
    path = tmp_path / "packet.html"
    path.write_text(page_of([report]), encoding="utf-8")
    with opened(path) as page:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("typeof window.pwned") == "undefined"
