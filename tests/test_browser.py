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
from tests.conftest import HOSTILE
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


def test_a_newcomer_finds_the_figure_and_its_citation(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.type("泽州县人社局 车辆 2024")
    page.keyboard.press("Enter")
    first = page.locator(".hit").first
    expect(first.locator(".origin")).to_contain_text("泽州县人力资源和社会保障局")
    expect(first.locator("tbody")).to_contain_text("17.50")
    first.get_by_role("link", name="引用", exact=True).click()
    expect(page.locator(".copied", has_text="[R/OL]")).to_contain_text("三公")


def test_a_suggestion_is_taken_by_keys(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#q").press_sequentially("2024 gwyc", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("公务用车")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_value(re.compile("^2024 公务用车"))
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text(re.compile("条$"))


def test_slash_goes_to_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=人才")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_relations_that_agree_come_in_when_the_mark_is_opened(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('公务接待费 表:三公 核对:相符')}")
    mark = page.locator(".hit .check").first
    mark.locator("summary").click()
    expect(mark.locator("li .equation").first).to_contain_text("=")
    mark.locator("li a").first.click()
    expect(page.locator("#at")).to_be_visible()


def test_a_chip_is_removed(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.get_by_label("去掉“年度 2024”").click()
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#q")).to_have_value("公务用车 > 10万元")


def test_a_piece_is_edited_in_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.get_by_role("link", name="年度 2024", exact=True).click()
    page.keyboard.type("2023")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("公务用车 2023 > 10万元")
    expect(page.locator("#total")).to_have_text("没有找到")


def test_a_citation_is_copied_in_the_chosen_form(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    for form, said in (("gbt7714", "[R/OL]"), ("bibtex", "@techreport{"), ("csl", '"genre"'),
                       ("markdown", "]("), ("plain", "行：")):  # fmt: skip
        page.get_by_label("引文格式").select_option(form)
        page.get_by_role("button", name="复制引文").first.click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        assert said in page.evaluate("navigator.clipboard.readText()")
        expect(page.get_by_role("button", name="已复制")).to_have_count(0)


def test_narrow_by_facet(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('人才')}")
    before = page.locator("#total").inner_text()
    facet = page.locator(".facet", has=page.get_by_role("heading", name="类型"))
    link = facet.get_by_role("link", name="决算")
    count = link.locator("xpath=following-sibling::span").inner_text()
    link.click()
    expect(page.locator("#total")).to_have_text(f"{count} 条")
    assert page.locator("#total").inner_text() != before


def test_further_values_of_a_facet_unfold(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=2024")
    further = page.locator(".facet details").first
    expect(further.locator("li").first).not_to_be_visible()
    further.locator("summary").click()
    expect(further.locator("li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_narrow_by_typing_an_amount(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('公务用车 2024')}")
    page.get_by_label("金额从，万元").fill("10")
    page.get_by_role("button", name="缩小").click()
    expect(page.locator("#q")).to_have_value("公务用车 2024 >= 10万元")
    expect(page.locator("#total")).to_have_text("3 条")


def test_narrow_by_a_bar_and_by_dragging_over_bars(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('人才')}")
    bars = page.locator(".histogram a")
    name = bars.nth(2).get_attribute("aria-label") or ""
    count = name.partition("：")[2]
    bars.nth(2).click()
    expect(page.locator("#total")).to_have_text(count)
    page.goto(f"{address}/?q={quote('人才')}")
    start, end = bars.nth(1).bounding_box(), bars.nth(3).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 40, steps=5)
    expect(page.locator(".histogram a.held")).to_have_count(3)
    page.mouse.up()
    expect(page.locator(".histogram .chosen")).to_have_count(3)
    expect(page.locator("#q")).to_have_value(re.compile("^人才 .*万元$"))


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
    expect(section.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == section.locator(".copied").inner_text()
    assert "[R/OL]" in copied


def test_an_answer_is_exported_from_a_dialog(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.get_by_role("link", name="导出").click()
    dialog = page.get_by_role("dialog", name="导出")
    expect(dialog).to_contain_text("表格行 2 条")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    dialog.get_by_label("XLSX").check()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename == "gongkai-rows.xlsx"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_cell_of_a_document_leads_to_its_citation(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUERY)}")
    page.locator(".hit th.label a").first.click()
    page.locator("#at").locator("xpath=following-sibling::td/a").first.click()
    expect(page.get_by_role("heading", name="引用", level=1)).to_be_visible()
    expect(page.locator(".cell[aria-current]")).to_have_text("17.50")
    page.locator(".origin a").click()
    expect(page.locator("#at")).to_be_in_viewport()


@pytest.mark.parametrize("size", [WIDE, NARROW, {"width": 800, "height": 1000}])
def test_the_picture_and_the_cited_place_are_in_view_together(
    browser: Browser, paper: Index, size: ViewportSize
) -> None:
    server = make_server("127.0.0.1", 0, create_app(paper), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport=size)
    page = context.new_page()
    for query in ("类:表格 公务用车运行维护费 > 10万元", "类:段落 公务用车运行维护费"):
        record = search(paper, query).hits[0].id
        page.goto(f"http://127.0.0.1:{server.port}/records/{record}")
        expect(page.locator("#at")).to_be_in_viewport()
        expect(page.locator(".picture rect").last).to_be_in_viewport()
        cited, drawn = page.locator("#at").bounding_box(), page.locator(".scan").bounding_box()
        assert cited
        assert drawn
        if size == WIDE:
            assert cited["x"] + cited["width"] < drawn["x"]
        else:
            assert drawn["y"] + drawn["height"] <= cited["y"]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if size == NARROW:
        rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
        found = Axe().run(page, options=rules)
        assert found.violations_count == 0, found.generate_report()
    context.close()
    server.shutdown()
    server.server_close()


def test_compare_from_a_hit(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('公务接待费 部门:泽州 表:三公')}")
    page.locator(".hit").get_by_role("link", name="比较").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公务接待费")
    page.get_by_label("添加部门").fill("产业规划")
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".comparison tbody tr")).to_have_count(2)
    expect(page.get_by_role("img", name=re.compile("预算15.00"))).to_be_visible()
    page.locator(".comparison").get_by_role("link", name="15.00").click()
    expect(page.locator("#at")).to_be_in_viewport()


def test_hostile_text_does_nothing(page: Page, hostile_index: Index) -> None:
    server = make_server("127.0.0.1", 0, create_app(hostile_index), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    document = hostile_index.reader.documents()[0].id
    for path in (
        f"/?q={quote('公务接待费')}",
        f"/?q={quote('工会经费')}",
        f"/documents/{document}",
    ):
        page.goto(f"http://127.0.0.1:{server.port}{path}")
        assert page.locator("img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(page.locator("main")).to_contain_text(HOSTILE.partition("\u202e")[0])
    server.shutdown()
    server.server_close()


def test_pages_work_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("#q", QUERY)
    page.press("#q", "Enter")
    expect(page.locator("#total")).to_have_text("3 条")
    page.locator(".hit th.label a").first.click()
    expect(page.locator("#at")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename == "gongkai-rows.csv"
    context.close()


@pytest.fixture(scope="module")
def paths(index: Index) -> dict[str, str]:
    """Return a path of every kind of page."""
    hit = search(index, QUERY).hits[0]
    return {
        "home": "/",
        "answer": f"/?q={quote(QUERY)}",
        "facets": f"/?q={quote('2024 科目:20805')}",
        "drawn": f"/?q={quote('公务接待费 预算 表:三公')}",
        "refused": f"/?q={quote('工资福利支出 表:基本支出')}&chart=1",
        "nothing": f"/?q={quote('公物用车 > 900亿元')}",
        "unreadable": f"/?q={quote('(' * 2 + 'a' * 2100)}",
        "document": f"/documents/{hit.document.id}?at={hit.id}",
        "cite": f"/records/{hit.id}/cite?cell=0",
        "checks": f"/records/{hit.id}/checks",
        "api": "/api",
        "export": f"/export?q={quote(QUERY)}",
        "compare": f"/compare?table={quote('三公经费表')}&item={quote('公务接待费')}",
        "projects": f"/projects?q={quote('人才')}",
        "coverage": "/coverage",
        "help": "/help",
        "missing": "/documents/none",
    }


PAGES = ("home", "answer", "facets", "drawn", "refused", "nothing", "unreadable", "document",
         "cite", "checks", "api", "export", "compare", "projects", "coverage", "help",
         "missing")  # fmt: skip


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
