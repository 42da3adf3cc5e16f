"""A word that is a part of a department's name, or names a column, is understood or offered so."""

import pytest

from search.index import Index
from search.results import Result
from search.service import search
from web import create_app


def _offered(result: Result) -> list[str]:
    return [reading.query for reading in result.readings]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("科技人才", ["部门:科技人才"]),
        ("人员经费", ["[人员经费]"]),
        ("人员经费 > 100万元", ["[人员经费] > 100万元"]),
        ("2024 > 100万 基本支出", ["2024 [基本支出] > 100万"]),
        ("基本支出 占比 > 50%", []),  # no column of percentages
        ('"人员经费"', []),
        ("公务接待费 -人员经费", []),
        ("公务接待费", []),
        ("部门:科技人才 工资 科技人才", []),  # it is in a department already
    ],
)
def test_another_reading_is_offered_beside_hits(
    index: Index, query: str, offered: list[str]
) -> None:
    result = search(index, query)
    assert result.total.value > 0
    assert _offered(result) == offered
    for other in offered:
        assert search(index, other).total.value > 0


def test_what_is_offered_is_read_so(index: Index) -> None:
    asked = search(index, "部门:科技人才").query.pieces
    assert [piece.label for piece in asked] == ["部门 山西省科技人才与科技合作中心"]
    assert [piece.kind for piece in search(index, "[人员经费]").query.pieces] == ["column"]


def test_a_part_of_a_columns_name_is_offered_where_only_a_note_says_it(index: Index) -> None:
    result = search(index, "资金总额")
    assert _offered(result) == ["[资金总额]"]
    assert all(hit.quote.startswith("备注") for hit in result.hits)


def test_without_hits_a_column_is_meant(index: Index) -> None:
    result = search(index, "单位自筹")
    assert result.total.value == 0
    assert [(one.query, one.total > 0) for one in result.did_you_mean] == [("[单位自筹]", True)]


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("科技人才 2024 公务接待费", ["department", "year", "text"]),
        ("科技人才公务接待费", ["department", "text"]),  # glued
        ("工资 科技人才", ["text", "department"]),
    ],
)
def test_a_part_of_a_departments_name_is_not_left_out(
    index: Index, query: str, kinds: list[str]
) -> None:
    result = search(index, query)
    assert {hit.document.department for hit in result.hits} == {"山西省科技人才与科技合作中心"}
    assert [piece.kind for piece in result.query.pieces] == kinds
    assert [warning.message for warning in result.query.warnings] == [
        "没有内容含有全部词语，“科技人才”按部门理解；也可写作 部门:科技人才"
    ]
    text = result.query.text
    assert [text[p.start : p.end] for p in result.query.pieces if p.kind == "department"] == [
        "科技人才"
    ]


def test_a_column_that_does_not_exist_is_told_with_those_near(index: Index) -> None:
    warnings = search(index, "[公用支出费] 行政运行").query.warnings
    assert [warning.message for warning in warnings] == [
        "没有与“公用支出费”相符的列；有 [公用经费]、[支出]、[项目支出] 等"
    ]


def test_the_page_offers_them(index: Index) -> None:
    page = create_app(index).test_client().get("/", query_string={"q": "科技人才"}).text
    assert "“科技人才”也是部门名称的一部分：" in page
    assert ">部门:科技人才</a>" in page
    page = create_app(index).test_client().get("/", query_string={"q": "人员经费"}).text
    assert "“人员经费”也是列名：" in page
