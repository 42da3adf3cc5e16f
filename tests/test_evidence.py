"""Nothing found: amount, zero, blank, 本表无数据, no such table and not indexed are told apart."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer import pipeline
from search.index import Index
from search.results import Evidence
from search.service import search
from tests.conftest import Silent

TABLE = (
    "某县财政局\n2024年度部门预算公开\n\n第二部分 报表\n\n2024年“三公”经费支出预算表\n\n"
    "单位：万元\n\n"
    "项目\t2024年预算数\n合计\t2.00\n因公出国（境）费\t0.00\n公务接待费\t2.00\n公务用车购置及运行费\t\n"
)


def _states(index: Index, query: str) -> list[tuple[str, str, str]]:
    found = search(index, query)
    assert found.total.value == 0
    return [(of.report, of.table, of.state) for of in found.evidence]


@pytest.mark.parametrize(
    ("query", "state"),
    [
        ("公务接待费 部门:泽州 表:三公 预算 > 100万元", "value"),
        ("因公出国（境）费 部门:泽州 表:三公 预算 > 1万元", "blank"),
        ("公务接待费 部门:人才引进 表:三公 预算 > 1万元", "no_data"),
        ("公务接待费 部门:泽州 表:一般公共预算基本支出表 预算", "no_row"),
        ("机关运行经费 部门:科技人才 表:机关运行经费表 决算", "no_table"),
        ("公务接待费 部门:泽州 表:三公 预算 2022", "missing"),
    ],
)
def test_each_state_is_another(index: Index, query: str, state: str) -> None:
    assert [found[2] for found in _states(index, query)] == [state]


def test_a_printed_zero_is_no_blank(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    pipeline.index([tmp_path / "a.txt"], str(tmp_path / "i"), workers=0, progress=Silent())
    index = Index(str(tmp_path / "i"))
    zero = search(index, "因公出国（境）费 部门:某县财政局 预算 > 1万元").evidence
    assert [(of.state, of.text) for of in zero] == [("zero", "0.00")]
    blank = search(index, "公务用车购置及运行费 部门:某县财政局 预算 > 1万元").evidence
    assert [(of.state, of.text) for of in blank] == [("blank", "")]


def test_both_reports_are_told(index: Index) -> None:
    states = _states(index, "公务接待费 部门:泽州 表:三公 > 100万元")
    assert states == [("预算", "三公经费表", "value"), ("决算", "三公经费表", "missing")]


def test_without_department_or_item_nothing_is_told(index: Index) -> None:
    assert search(index, "公务接待费 > 100亿元").evidence == ()
    assert search(index, "部门:泽州 > 100亿元").evidence == ()
    assert search(index, "公务接待费 会议费 部门:泽州 > 100亿元").evidence == ()


def test_an_answer_needs_no_evidence(index: Index) -> None:
    assert search(index, "公务接待费 部门:泽州").evidence == ()


def test_the_page_links_what_was_looked_at(client: FlaskClient, index: Index) -> None:
    query = "公务接待费 部门:泽州 表:三公 > 100万元"
    html = client.get("/", query_string={"q": query}).text
    printed: Evidence = search(index, query).evidence[0]
    address = f'/documents/{printed.document}?at={printed.record}#at">印作 1.00万元</a>'
    assert address in html
    assert "不等于没有公开" in html
    data = client.get("/api/v1/search", query_string={"q": query}).get_json()
    assert [of["state"] for of in data["evidence"]] == ["value", "missing"]
