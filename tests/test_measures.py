"""Columns of other years and of changes stand beside those that a comparison is about."""

from pathlib import Path

import pytest

from indexer import pipeline
from indexer.disclosure import read
from indexer.tables.measures import column_roles
from search.index import Index
from search.model import Disclosure, Role
from search.service import search
from tests.conftest import Silent, figures, rows
from tests.layouts import document as layout

L, P, C = Role.LEVEL, Role.PRIOR, Role.CHANGE

TEXT = """某县财政局
2024年部门预算公开

第二部分 2024年部门预算报表

2024年一般公共预算“三公”经费支出预算表

单位：万元

项目\t2023年预算数\t2024年预算数\t2024年比2023年增减\t增减%
合计\t12.00\t8.00\t-4.00\t-33.33
因公出国（境）费\t0.00\t0.00\t0.00\t0.00
公务接待费\t2.00\t1.00\t-1.00\t-50.00
公务用车运行维护费\t10.00\t7.00\t-3.00\t-30.00

2024年一般公共预算支出表

单位：万元

科目编码\t科目名称\t上年预算数\t\t\t本年预算数\t\t\t增减额
\t\t小计\t基本支出\t项目支出\t小计\t基本支出\t项目支出\t
201\t一般公共服务支出\t100.00\t60.00\t40.00\t120.00\t90.00\t30.00\t20.00
20101\t人大事务\t100.00\t60.00\t40.00\t120.00\t90.00\t30.00\t20.00
"""

CENTRAL = """某某部
2024年部门预算公开

第二部分 2024年部门预算报表

收支总表

单位：万元

收入\t\t\t支出
项目\t2023年预算\t2024年预算\t项目\t2023年预算\t2024年预算
一、一般公共预算拨款收入\t1,000.00\t1,100.00\t一、一般公共服务支出\t900.00\t950.00
二、事业收入\t50.00\t60.00\t二、社会保障和就业支出\t150.00\t210.00
本年收入合计\t1,050.00\t1,160.00\t本年支出合计\t1,050.00\t1,160.00

一般公共预算支出表

单位：万元

科目编码\t科目名称\t2023年执行数\t2024年预算数\t\t\t2024年预算数比2023年执行数\t
\t\t\t小计\t基本支出\t项目支出\t增减额\t增减%
201\t一般公共服务支出\t900.00\t950.00\t700.00\t250.00\t50.00\t5.56%
20101\t人大事务\t900.00\t950.00\t700.00\t250.00\t50.00\t5.56%

一般公共预算“三公”经费支出表

单位：万元

2023年预算数\t\t\t\t\t\t2024年预算数
合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费
100.00\t40.00\t50.00\t20.00\t30.00\t10.00\t90.00\t38.00\t44.00\t18.00\t26.00\t8.00
"""


@pytest.fixture(scope="module")
def document() -> Disclosure:
    return read(TEXT.encode(), "a.txt")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("measures")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    pipeline.index([folder / "a.txt"], str(folder / "x"), workers=0, progress=Silent())
    return Index(str(folder / "x"))


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        (["2023年预算数", "2024年预算数", "2024年比2023年增减"], [P, L, C]),
        (["上年预算数", "本年预算数", "增减额", "增减率（%）"], [P, L, C, C]),
        (["上年决算数", "本年预算数"], [P, L]),
        (["2022年决算数", "2023年执行数", "2024年预算数"], [P, P, L]),
        (["2023年决算数", "本年预算数"], [P, L]),
        (["2024年预算数", "2025年预算数", "2026年预算数"], [L, P, P]),
        (["2022年", "2023年"], [P, P]),
        (["合计", "一般公共预算", "上年结转", "2023年结转资金"], [L, L, L, L]),
        (["上年结转安排", "当年预算安排"], [L, L]),
        (["年初预算数", "调整预算数", "决算数"], [L, L, L]),
        (["2023年预算数"], [P]),
        (["2023年预算数", "增减额"], [P, C]),
        (["上年预算数"], [P]),
    ],
)
def test_roles_of_columns(heads: list[str], roles: list[Role]) -> None:
    assert list(column_roles([(head,) for head in heads], 2024)) == roles


def test_roles_by_the_group_above() -> None:
    groups = ("上年预算数", "本年预算数", "增减情况")
    columns = [(group, head) for group in groups for head in ("合计", "基本支出")]
    assert column_roles(columns, 2024) == (P, P, L, L, C, C)


def test_the_last_year_counts_where_the_document_has_none() -> None:
    assert column_roles([("2023年预算数",), ("2024年预算数",)], None) == (P, L)


def test_a_row_is_about_this_year(document: Disclosure) -> None:
    row = rows(document, "三公经费表", "公务用车运行维护费")[0]
    assert figures(row)["2023年预算数"] == "10.00"
    assert [cell.text for cell in row.cells if cell.principal] == ["7.00"]
    assert [cell.role for cell in row.cells] == [P, L, C, C]
    [item] = rows(document, "一般公共预算支出表", "人大事务")
    assert [cell.text for cell in item.cells if cell.principal] == ["120.00"]


def test_nothing_contradicts_itself(document: Disclosure) -> None:
    assert document.checks.failed == ()
    assert {of.relation for of in document.checks.agreed} >= {"travel", "spending-kinds"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("公务用车运行维护费 2024 > 9万元", None),
        ("公务用车运行维护费 2024 = 7万元", "7.00"),
        ("人大事务 = 100万元", None),
        ("人大事务 = 120万元", "120.00"),
        ("人大事务 [上年预算数] = 100万元", "100.00"),
        ("公务接待费 [2023年预算数] = 2万元", "2.00"),
        ("公务接待费 [增减] = -1万元", "-1.00"),
        ("人大事务 [基本支出] = 90万元", "90.00"),
        ("人大事务 [基本支出] = 60万元", None),
        ("人大事务 [上年 基本支出] = 60万元", "60.00"),
    ],
)
def test_comparisons_are_about_this_year_unless_asked(
    index: Index, query: str, found: str | None
) -> None:
    hits = search(index, query).hits
    matched = [cell.text for hit in hits for cell in hit.cells if cell.matched]
    assert matched == ([] if found is None else [found])


def test_the_amount_of_a_hit_is_this_years(index: Index) -> None:
    [hit] = search(index, "公务接待费").hits
    assert hit.yuan == 10_000


def test_the_forms_of_central_departments() -> None:
    of = read(CENTRAL.encode(), "b.txt")
    about = {
        (table.kind, row.label): [cell.text for cell in row.cells if cell.principal]
        for table in of.tables
        for row in table.rows
    }
    assert about["收支总表", "事业收入"] == ["60.00"]
    assert about["收支总表", "社会保障和就业支出"] == ["210.00"]
    assert about["一般公共预算支出表", "人大事务"] == ["950.00"]
    assert about["三公经费表", "公务用车运行费"] == ["26.00"]
    [item] = rows(of, "一般公共预算支出表", "人大事务")
    assert [(cell.text, cell.unit) for cell in item.cells][-2:] == [
        ("50.00", "万元"),
        ("5.56%", "%"),
    ]
    assert of.checks.failed == ()


OTHERS = """“三公”经费支出表
单位：万元
项目\t2022年决算数\t2023年决算数
公务接待费\t2.00\t1.00

2023年“三公”经费支出表
单位：万元
项目\t金额
公务接待费\t3.00

培训费支出表
（2023年度）
单位：万元
项目\t决算数
培训费\t4.00

项目支出绩效自评表
（2023年度）
项目名称\t河道治理
主管部门\t某某县水利局\t实施单位\t某某县水利局
项目资金（万元）\t年度资金总额：\t900.00
"""


def test_tables_of_other_years_are_not_this_years() -> None:
    of = layout(OTHERS)
    assert not any(cell.principal for t in of.tables for row in t.rows for cell in row.cells)
    assert of.projects == ()
    assert [warning.message for warning in of.warnings[1:]] == [
        "本表是上年或其他年度的，不是2024年度，数字只按列名检索",
        "本表是2023年的，不是2024年度，数字只按列名检索",
        "本表是2023年的，不是2024年度，数字只按列名检索",
        "绩效表“河道治理”不是2024年度的，未归入项目",
    ]


@pytest.mark.parametrize(
    "title", ["2023—2025年支出表", "2024年支出表", "支出表", "支出表\n部门：2011-某某县水利局"]
)
def test_years_around_the_documents_are_its_own(title: str) -> None:
    of = layout(f"{title}\n单位：万元\n项目\t金额\n培训费\t4.00\n")
    assert [cell.principal for row in of.tables[0].rows for cell in row.cells] == [True]
