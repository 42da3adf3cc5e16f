"""What is printed aside (notes below tables, covers, page heads) is found where nothing else is."""

from io import BytesIO

from flask.testing import FlaskClient

from search.export import export
from search.index import Index
from search.lookup import find
from search.results import Hit
from search.service import search
from web import create_app

ASIDE = "正文和表格中没有，找的是表下的注、封面和页眉"


def _said(hit: Hit) -> tuple[str, str, int]:
    return hit.document.department, hit.table.kind if hit.table else "", hit.locator.line_start


def test_every_empty_table_is_found_by_what_it_says(index: Index) -> None:
    result = search(index, "本表无数据", limit=200)
    assert [warning.message for warning in result.query.warnings] == [ASIDE]
    assert result.total.value == 21
    assert {hit.kind for hit in result.hits} == {"passage"}
    assert all("本表无数据" in hit.quote and hit.table is not None for hit in result.hits)
    assert ("山西省科技人才与科技合作中心", "三公经费表", 344) in map(_said, result.hits)


def test_people_say_empty_table(index: Index) -> None:
    asked = search(index, "泽州县人社局 空表")
    assert [_said(hit)[1:] for hit in asked.hits] == [
        ("政府性基金收入表", 324), ("政府性基金支出表", 335), ("国有资本经营预算表", 350),
    ]  # fmt: skip
    assert [hit.label for hit in search(index, "空表 三公 2024 决算").hits] == [
        "财政拨款“三公”经费支出决算表"
    ]
    in_department = search(index, "科技人才 空表")
    assert in_department.total.value == 3
    assert [piece.kind for piece in in_department.query.pieces] == ["department", "text"]


def test_who_has_none_is_told_by_text_and_by_notes(index: Index) -> None:
    quotes = [hit.quote for hit in search(index, "哪些部门没有政府性基金预算").hits]
    assert "本年度无此项收支" in quotes[0]
    assert sum("本表无数据" in quote for quote in quotes) == 7


def test_it_is_citable(index: Index) -> None:
    for hit in search(index, "本表无数据").hits:
        same = find(index.store, hit.id)
        assert same is not None
        assert same.quote == hit.quote
        data = index.store.source(hit.document.sha256)
        assert data is not None
        text = data.decode("utf-8-sig")
        assert text[hit.locator.char_start : hit.locator.char_end] == hit.quote


def test_what_stands_above_a_table_is_found(index: Index) -> None:
    (hit,) = search(index, "公开01表").hits
    assert (hit.quote, hit.label) == ("公开01表", "收入支出决算总表")
    page = create_app(index).test_client().get(f"/documents/{hit.document.id}?at={hit.id}").text
    assert '<span id="at"><mark class="clause">公开01表</mark></span>' in page


def test_it_takes_no_place_among_other_hits(index: Index) -> None:
    def asides(query: str) -> list[str]:
        hits = search(index, query, limit=200).hits
        return [hit.quote for hit in hits if hit.quote.startswith(("注：", "说明："))]

    assert asides("收入决算") == []
    assert asides("收入决算 > 1元") == []
    phrase = search(index, '"收入决算"', limit=200)
    last = [hit.quote.startswith("注：") for hit in phrase.hits]
    assert any(last)
    assert last == sorted(last)  # a phrase is looked for everywhere, asides come last
    assert asides('收入决算 -"没有这句话"') == []


def test_no_export_has_it(index: Index) -> None:
    target = BytesIO()
    export(index, "passages", "jsonl", target)
    assert "说明：本表无数据" not in target.getvalue().decode()


def test_quotation_marks_within_words_need_not_be_typed(index: Index) -> None:
    hit = search(index, "项目自评等级为差").hits[0]
    assert "3个项目自评等级为“差”" in hit.quote
    assert hit.highlights
    assert [one.id for one in search(index, '"涉及资金54.98万元：3个项目自评等级为差"').hits] == [
        hit.id
    ]


def test_projects_are_found_by_their_grade(index: Index) -> None:
    result = search(index, "项目自评等级为差")
    assert [hit.kind for hit in result.hits] == ["passage", "project", "project", "project"]
    told = [hit.excerpt for hit in search(index, "项目自评等级为差 类:项目").hits]
    assert [(one.name, one.quote, one.locator.line_start) for one in told if one] == [
        ("自评等级", "差", 534), ("自评等级", "差", 567), ("自评等级", "差", 597),
    ]  # fmt: skip


def test_a_grade_that_none_has_shows_the_one_there_is(index: Index) -> None:
    result = search(index, "项目自评等级为优")
    assert [w.message for w in result.query.warnings] == ["没有内容含有全部词语，已略去“优”"]
    assert "自评等级为“差”" in result.hits[0].quote
    assert result.total.value == 4


def test_the_page_marks_it(index: Index) -> None:
    client: FlaskClient = create_app(index).test_client()
    hit = search(index, "本表无数据 三公 决算").hits[0]
    page = client.get(f"/documents/{hit.document.id}?at={hit.id}").text
    assert '<p class="note" id="at"><mark class="clause">说明：本表无数据</mark></p>' in page
    assert "说明：本表无数据" in client.get(f"/records/{hit.id}/cite").text
