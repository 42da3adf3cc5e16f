"""The search page: the empty page, the answer, and what is said where there is none."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient

from search.index import Index
from search.model import CellState
from search.results import HitCell
from search.service import search
from web import hits
from web.overview import overview

QUERY = "公务用车 2024 > 10万元"
TABLE = "2024年财政拨款安排“三公”经费支出预算表"
SOURCE = "2024-部门预算-泽州县人力资源和社会保障局.txt"


def _page(client: FlaskClient, q: str, status: int = 200, **more: str) -> str:
    response = client.get("/", query_string={"q": q, **more})
    assert response.status_code == status
    return response.text


def _queries(html: str) -> list[tuple[str, str]]:
    """Return the query and the text of every link to a search."""
    found = []
    for href, text in re.findall(r'<a [^>]*?href="(/\?[^"]*)"[^>]*>(.*?)</a>', html, re.S):
        parameters = parse_qs(urlsplit(unescape(href)).query, keep_blank_values=True)
        found.append((parameters["q"][0], unescape(re.sub(r"<[^>]*>", "", text))))
    return found


def _hits(html: str) -> list[str]:
    return re.findall(r'<li class="hit">.*?</li>', html, re.S)


def test_empty_page_offers_examples_and_says_what_is_held(client: FlaskClient) -> None:
    html = client.get("/").text
    assert (QUERY, QUERY) in _queries(html)
    assert "收录 5 个部门 2023–2024年度的 5 份公开文件" in html
    assert html.count('<a href="/documents/') == 5


def test_every_example_has_an_answer(client: FlaskClient) -> None:
    for query, _ in _queries(client.get("/").text):
        assert _hits(_page(client, query)), query


def test_an_index_of_many_documents_is_listed_by_department(index: Index) -> None:
    documents = index.reader.documents()
    many = [
        document.model_copy(update={"id": f"{n}", "department": f"部门{n // 2:03}"})
        for n in range(300)
        for document in documents[:1]
    ]
    held = overview(many)
    assert not held.few
    assert (len(held.departments), held.omitted, held.department_count) == (100, 50, 150)
    assert [len(department.documents) for department in held.departments] == [2] * 100


def test_an_index_without_documents_says_how_to_add_some(
    client: FlaskClient, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(index.reader), "documents", lambda _: ())
    assert "索引里还没有文件" in client.get("/").text


def test_the_three_exact_hits(client: FlaskClient) -> None:
    html = _page(client, QUERY)
    assert '<h1 id="total">3 条</h1>' in html
    found = _hits(html)
    assert len(found) == 3
    for hit in found:
        assert "泽州县人力资源和社会保障局" in hit
        assert "2024年度 部门预算" in hit
        assert re.search(r'<mark class="figure">17\.50(万元)?</mark>', hit)
    rows = [hit for hit in found if "<table" in hit]
    assert len(rows) == 2
    for row in rows:
        assert TABLE in row
        assert "单位：万元" in row
        assert row.count('<mark class="figure">') == 1
        assert '<td class="number value">17.50</td>' in row
        assert row.count('<td class="number blank"></td>') == 2
    (statement,) = (hit for hit in found if "<table" not in hit)
    assert "七、“三公”经费增减变动原因说明" in statement
    assert "，与上年预算数相同" in statement


def test_the_path_of_a_row_stands_above_its_label(client: FlaskClient) -> None:
    (row,) = (hit for hit in _hits(_page(client, QUERY)) if 'class="path"' in hit)
    assert row.index("<span>公务用车购置及运行费</span>") < row.index("运行维护费</a>")


def test_every_hit_can_be_cited_in_one_line(client: FlaskClient) -> None:
    cited = [unescape(c) for c in re.findall(r"<cite[^>]*>(.*?)</cite>", _page(client, QUERY))]
    title = "《泽州县人力资源和社会保障局2024年度部门预算公开》"
    row = f"{title}，《{TABLE}》，行：②公务用车运行维护费，列：2024年预算数／合计，17.50万元"
    assert f"{row}（{SOURCE}，第366行）" in cited
    section = "第三部分 2024年度部门预算情况说明／七、“三公”经费增减变动原因说明"
    quote = "“公务用车运行维护费17.50万元，与上年预算数相同”"
    assert f"{title}，{section}，{quote}（{SOURCE}，第474行）" in cited


def test_each_piece_can_be_removed(client: FlaskClient) -> None:
    html = _page(client, QUERY)
    removals = [query for query, text in _queries(html) if text == "×"]
    assert removals == ["2024 > 10万元", "公务用车 > 10万元", "公务用车 2024"]
    assert "金额 &gt; 10 万元（100,000 元）" in html


def test_a_bare_report_is_turned_back_into_text(client: FlaskClient) -> None:
    links = {text: query for query, text in _queries(_page(client, "决算 三公"))}
    assert links["“”"] == '"决算" 三公'
    assert "“”" not in {text: query for query, text in _queries(_page(client, "类型:决算 三公"))}


def test_facets_add_a_filter_and_take_it_out_again(client: FlaskClient) -> None:
    links = {text: query for query, text in _queries(_page(client, "人才"))}
    assert links["2023"] == "人才 年度:2023"
    assert links["项目"] == "人才 类:项目"
    assert links["泽州县人力资源和社会保障局"] == "人才 部门:泽州县人力资源和社会保障局"
    html = _page(client, links["2023"])
    assert 'aria-current="true" title="去掉这个条件">2023</a>' in html
    chosen = {text: query for query, text in _queries(html)}
    assert chosen["2023"] == "人才"
    assert chosen["2024"] == "人才 年度:2024"


def test_orders_are_links(client: FlaskClient) -> None:
    links = {text: query for query, text in _queries(_page(client, "三公 排序:年度"))}
    assert links["金额从高到低"] == "三公 排序:金额"
    assert links["相关"] == "三公"


def test_a_project_is_a_card_with_its_amount(client: FlaskClient) -> None:
    html = next(hit for hit in _hits(_page(client, "类:项目 人才专项工作经费")) if "600.00" in hit)
    assert '<b class="amount">600.00万元</b>' in html
    assert '<td class="number value">600.00</td>' in html


def test_the_unit_of_the_money_stands_once_and_others_in_their_heads(client: FlaskClient) -> None:
    html = next(h for h in _hits(_page(client, "类:项目 决算 会议费")) if "执行率" in h)
    assert html.count("单位：万元") == 1
    assert "（万元）" not in html
    assert '<span class="unit">（%）</span>' in html


def test_blank_dash_and_zero_look_different(app: Flask, index: Index) -> None:
    hit = next(h for h in search(index, QUERY).hits if h.kind == "row")
    cells = (
        HitCell(column=("空",), text=""),
        HitCell(column=("横",), text="——", state=CellState.DASH),
        HitCell(column=("零",), text="0.00", value=Decimal(0), unit="万元", state=CellState.ZERO),
        HitCell(column=("备注",), text="见附表", state=CellState.VALUE),
    )
    (view,) = hits.views([hit.model_copy(update={"cells": cells})])
    with app.test_request_context():
        html = get_template_attribute("_hits.html", "item")(view)
    assert '<td class="number blank"></td>' in html
    assert '<td class="number dash">——</td>' in html
    assert '<td class="number zero">0.00</td>' in html
    assert '<td class="text value">见附表</td>' in html


def test_pages_follow_one_another(client: FlaskClient) -> None:
    first = _page(client, "人才", limit="5")
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "/?q=%E4%BA%BA%E6%89%8D&amp;page=2&amp;limit=5" in first
    second = _page(client, "人才", limit="5", page="2")
    assert 'start="6"' in second
    assert 'rel="prev"' in second
    assert not set(_hits(first)) & set(_hits(second))
    assert "这一页没有内容" in _page(client, "人才", page="900")


def test_no_hits_are_said_plainly(client: FlaskClient) -> None:
    html = _page(client, "公务接待费 2023 > 900万元")
    assert "没有找到" in html
    assert ("公务接待费 2023", "公务接待费 2023") in _queries(html)
    assert re.search("去掉“金额 &gt; 900 万元（9,000,000 元）”有 \\d+ 条：<a", html)
    assert "去掉“年度 2023”有" not in html


def test_a_word_that_stands_nowhere_is_said_and_a_near_one_offered(client: FlaskClient) -> None:
    html = _page(client, "公物用车 2024")
    assert "索引中没有“公物用车”" in html
    assert "是不是要找" in html
    assert ("公务用车 2024", "公务用车 2024") in _queries(html)
    assert "<script>x" not in _page(client, '"<script>x"')


def test_an_unreadable_query_shows_the_place(client: FlaskClient) -> None:
    html = _page(client, "公务用车 > 很多", status=400)
    assert '<mark class="fault">&gt;</mark>' in html
    assert 'value="公务用车 &gt; 很多"' in html


def test_warnings_stand_below_the_pieces(client: FlaskClient) -> None:
    html = _page(client, "公务用车 > 10")
    assert "按 10 万元理解" in html


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "9" * 5000])
def test_a_bad_page_number_is_a_clear_error(client: FlaskClient, page: str) -> None:
    assert "参数 page 应是 1 到" in _page(client, "人才", status=400, page=page)


@pytest.mark.parametrize(
    "q", ["\x00", "%", "((((", "]]>", "\ud800", "的", "?", "'; DROP", "{{7*7}}"]
)
def test_nothing_typed_is_a_server_error(client: FlaskClient, q: str) -> None:
    for path in ("/", "/narrow", "/narrow?min=5", "/export", "/export/file?kind=rows&format=csv"):
        given = {"q": q.encode("utf-8", "surrogatepass")}
        asked = {**dict(parse_qsl(urlsplit(path).query)), **given}
        with client.get(urlsplit(path).path, query_string=asked) as r:
            assert r.status_code in {200, 302, 400}, path


@pytest.mark.parametrize("q", ["年 " * 64 + "的" * 1800, "年 OR " * 60 + "的" * 1600, "支出" * 900])
def test_a_long_query_gives_no_page_of_megabytes(client: FlaskClient, q: str) -> None:
    response = client.get("/", query_string={"q": q})
    assert response.status_code == 200
    assert len(response.data) < 400_000
    assert "理解为" in response.text
    assert "去掉“" not in response.text


def test_a_query_with_too_many_conditions_is_explained(client: FlaskClient) -> None:
    response = client.get("/", query_string={"q": "年 " * 65})
    assert response.status_code == 400
    assert "条件过多" in response.text


def test_the_account_tree_unfolds_to_what_is_asked(client: FlaskClient) -> None:
    html = unescape(client.get("/?q=2024 科目:20805").text)
    assert 'href="/?q=2024+%E7%A7%91%E7%9B%AE:2080505"' in html.replace("%3A", ":")
    assert '<span class="code">20805</span>' in html
    folded = unescape(client.get("/?q=2024").text)
    assert '<span class="code">208</span>' in folded
    assert '<span class="code">20805</span> ' not in folded.split("缩小范围")[-1]


def test_repeated_text_names_the_other_documents(client: FlaskClient) -> None:
    html = client.get("/?q=机关运行经费").text
    assert "相同的说明合并后" in html
    assert re.search(r"另有 \d+ 处相同的说明", html)


def test_a_row_without_figures_and_a_projects_form_are_shown(client: FlaskClient) -> None:
    assert "公务用车租赁服务</mark>" in _page(client, "公务用车租赁服务")
    html = _page(client, "劳动保障监察条例")
    assert "立项依据：" in html
    assert "劳动保障监察条例</mark>" in html
