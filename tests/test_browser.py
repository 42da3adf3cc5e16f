"""The pages in a real browser: the main journeys, by keyboard and mouse, and what axe finds."""

import re
import shutil
from collections.abc import Iterator
from threading import Thread
from typing import Final
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from search.index import Index
from search.service import search
from web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run")  # fmt: skip
QUERY = "公务用车 2024 > 10万元"
WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
NARROW: Final[ViewportSize] = {"width": 390, "height": 800}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
def address(index: Index) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport=WIDE, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"]
    )
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a page on which nothing may be logged as an error."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


def test_search_by_typing(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.type(QUERY)
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("3 条")
    expect(page.locator(".hit mark.figure").first).to_contain_text("17.50")


def test_a_suggestion_is_taken_by_keys(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").press_sequentially("2024 gwyc", delay=20)
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_value(re.compile("^2024 公务用车"))
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text(re.compile("条$"))


def test_slash_goes_to_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=人才")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_a_chip_is_removed(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.get_by_label("去掉“年度 2024”").click()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#q")).to_have_value("公务用车 > 10万元")


def test_narrow_by_facet(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('人才')}")
    before = page.locator("#total").inner_text()
    facet = page.locator(".facet", has=page.get_by_role("heading", name="类型"))
    link = facet.get_by_role("link", name="决算")
    count = link.locator("xpath=following-sibling::span").inner_text()
    link.click()
    expect(page.locator("#total")).to_have_text(f"{count} 条")
    assert page.locator("#total").inner_text() != before


def test_the_cited_cell_is_in_view(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.locator(".hit th.label a").first.click()
    mark = page.locator("#at")
    expect(mark).to_be_in_viewport()
    expect(page.locator("mark.figure").first).to_have_text("17.50")


def test_a_citation_is_copied(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.get_by_role("button", name="复制引文").first.click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation cite").first.inner_text()
    page.get_by_role("link", name="引用", exact=True).first.click()
    page.locator("td a.cell").first.click()
    section = page.locator(".form", has=page.get_by_role("heading", name="GB/T 7714—2015"))
    section.get_by_role("button", name="复制").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == section.locator(".copied").inner_text()
    assert "[R/OL]" in copied


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("#q", QUERY)
    page.press("#q", "Enter")
    expect(page.locator("#total")).to_have_text("3 条")
    page.locator(".hit th.label a").first.click()
    expect(page.locator("#at")).to_be_in_viewport()
    context.close()


@pytest.fixture(scope="module")
def paths(index: Index) -> dict[str, str]:
    """Return a path of every kind of page."""
    hit = search(index, QUERY).hits[0]
    return {
        "home": "/",
        "answer": f"/?q={quote(QUERY)}",
        "facets": f"/?q={quote('2024 科目:20805')}",
        "nothing": f"/?q={quote('公物用车 > 900亿元')}",
        "unreadable": f"/?q={quote('(' * 2 + 'a' * 2100)}",
        "document": f"/documents/{hit.document.id}?at={hit.id}",
        "cite": f"/records/{hit.id}/cite?cell=0",
        "api": "/api",
        "compare": f"/compare?table={quote('三公经费表')}&item={quote('公务接待费')}",
        "projects": f"/projects?q={quote('人才')}",
        "missing": "/documents/none",
    }


PAGES = ("home", "answer", "facets", "nothing", "unreadable", "document", "cite", "api", "compare",
         "projects", "missing")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, address: str, paths: dict[str, str], name: str, scheme: str
) -> None:
    context = browser.new_context(viewport=NARROW, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + paths[name])
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    context.close()
