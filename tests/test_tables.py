"""Tables of the corpus, checked against the source by eye."""

from decimal import Decimal

import pytest

from indexer.disclosure import read
from search.model import CellState, Disclosure
from tests.conftest import NAMES, figures, rows, source

KINDS = [
    "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表",
    "一般公共预算基本支出表", "政府性基金收入表", "政府性基金支出表", "国有资本经营预算表",
    "三公经费表", "机关运行经费表", "项目支出表", "项目支出表",
]  # fmt: skip
FINAL = [
    "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表",
    "一般公共预算基本支出表", "政府性基金支出表", "国有资本经营预算表", "三公经费表",
    "公开信息统计表",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_kinds_in_order(disclosures: dict[str, Disclosure], name: str) -> None:
    tables = disclosures[name].tables
    expected = FINAL if name == "科技人才" else KINDS
    assert [table.kind for table in tables][: len(expected)] == expected
    assert {table.unit for table in tables[: len(expected)]} == {"万元"}


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("泽州", ["政府性基金收入表", "政府性基金支出表", "国有资本经营预算表"]),
        ("科技人才", ["政府性基金支出表", "国有资本经营预算表", "三公经费表"]),
        ("人力资源部", ["国有资本经营预算表", "机关运行经费表", "项目支出表"]),
    ],
)
def test_no_data_is_an_answer(
    disclosures: dict[str, Disclosure], name: str, empty: list[str]
) -> None:
    assert [table.kind for table in disclosures[name].tables if table.no_data] == empty


def test_code_rows(disclosures: dict[str, Disclosure]) -> None:
    row = rows(disclosures["泽州"], "支出总表", "劳动保障监察")[0]
    assert (row.code, row.code_kind) == ("2080105", "functional")
    assert row.path == ("社会保障和就业支出", "人力资源和社会保障管理事务")
    assert figures(row) == {"合计": "12.50", "项目支出": "12.50"}
    assert [cell.state for cell in row.cells] == [
        CellState.VALUE, CellState.BLANK, CellState.VALUE,
    ]  # fmt: skip
    assert row.cells[0].yuan == Decimal(125000)
    assert row.cells[0].column == ("2024年预算数", "合计")


def test_contradictions_are_kept_as_printed(disclosures: dict[str, Disclosure]) -> None:
    of = disclosures["泽州"]
    assert figures(rows(of, "支出总表", "社会保障和就业支出")[0])["合计"] == "5512.46"
    assert figures(rows(of, "收支总表", "社会保障和就业支出")[0])["2024年合计"] == "5542.46"
    assert figures(rows(of, "一般公共预算支出表", "劳动保障监察")[0])["合计"] == "42.50"


def test_shifted_header_and_total_row(disclosures: dict[str, Disclosure]) -> None:
    """The sub-heads of 本年收入 are printed one cell too far right, the total row as well."""
    found = rows(disclosures["泽州"], "收入总表")
    assert figures(found[0]) == {"合计": "5095.13", "一般公共预算": "5095.13", "单位资金": "812.76"}
    assert found[0].label == "合计"
    assert figures(found[1])["单位资金"] == "812.76"
    assert found[1].cells[-1].column == ("上年结转",)


def test_table_goes_on_after_a_page_head(disclosures: dict[str, Disclosure]) -> None:
    found = rows(disclosures["泽州"], "收入总表")
    assert found[-1].label == "住房公积金"
    assert figures(found[-1]) == {"合计": "225.72", "一般公共预算": "225.72"}
    assert len([row for row in found if row.code]) == 29


def test_sides(disclosures: dict[str, Disclosure]) -> None:
    of = disclosures["泽州"]
    left, right = rows(of, "财政拨款收支总表")[:2]
    assert (left.label, figures(left)) == ("一般公共预算", {"金额": "5095.13"})
    assert (right.label, figures(right)) == ("一般公共服务支出", {})
    assert right.label_verbatim == "一、一般公共服务支出"
    carried = rows(of, "财政拨款收支总表", "一般公共预算")[1]
    assert carried.path == ("上年财政拨款结转",)
    assert figures(carried) == {"金额": "812.76"}


def test_four_groups_of_an_economic_table(disclosures: dict[str, Disclosure]) -> None:
    found = rows(disclosures["科技人才"], "一般公共预算基本支出表")
    by_code = {row.code: row for row in found if row.code}
    assert len(by_code) == 110
    assert figures(by_code["30231"]) == {}
    assert figures(by_code["30299"]) == {"决算数": "7.12"}
    assert by_code["30299"].path == ("商品和服务支出",)
    assert by_code["30913"].cells[0].state is CellState.DASH
    assert by_code["31013"].cells[0].state is CellState.BLANK
    totals = {row.label: figures(row) for row in found if row.code is None}
    assert totals == {"人员经费合计": {"决算数": "469.86"}, "公用经费合计": {"决算数": "40.92"}}


def test_sums_stand_above_their_items(disclosures: dict[str, Disclosure]) -> None:
    row = rows(disclosures["泽州"], "一般公共预算基本支出表", "公务用车运行维护费")[0]
    assert row.path == ("商品和服务支出",)
    assert figures(row) == {"合计": "4.50", "公用经费": "4.50"}
    assert row.cells[0].text == "公务用车运行维护费"


def test_three_public_expenses(disclosures: dict[str, Disclosure]) -> None:
    found = {row.label: row for row in rows(disclosures["泽州"], "三公经费表")}
    assert figures(found["公务用车运行维护费"]) == {"合计": "17.50", "一般公共预算": "17.50"}
    assert found["公务用车运行维护费"].path == ("公务用车购置及运行费",)
    assert found["公务用车运行维护费"].label_verbatim == "②公务用车运行维护费"
    assert not found["因公出国（境）费"].has_value
    assert found["合计"].path == ()


def test_subtotals_are_no_projects(disclosures: dict[str, Disclosure]) -> None:
    for of in disclosures.values():
        subtotals = [row for row in rows(of, "项目支出表") if row.subtotal]
        names = {project.name for project in of.projects}
        assert not names & {row.label for row in subtotals}
    wrapped = rows(disclosures["产业规划"], "项目支出表")[0]
    assert wrapped.label == "山西转型综合改革示范区晋中开发区产业规划与创新发展部"
    assert wrapped.subtotal
    assert len(disclosures["产业规划"].projects) == 9


def test_statistics_of_counts_and_money(disclosures: dict[str, Disclosure]) -> None:
    found = {row.label: row for row in rows(disclosures["科技人才"], "公开信息统计表")}
    assert found["货物"].path == ("政府采购情况",)
    assert found["货物"].cells[0].yuan == Decimal(17400)
    car = found["机要通信用车"].cells[0]
    assert (car.text, car.unit, car.yuan) == ("1", "辆", None)
    assert found["机要通信用车"].path == ("国有资产占用情况", "车辆数合计(辆)")


@pytest.mark.parametrize("name", NAMES)
def test_quotes_equal_the_source(disclosures: dict[str, Disclosure], name: str) -> None:
    text = source(name).read_text(encoding="utf-8")
    lines = text.split("\n")
    of = disclosures[name]
    for row in (row for table in of.tables for row in table.rows):
        at = row.locator
        assert text[at.char_start : at.char_end] == row.quote
        assert row.quote.split("\t")[0] in lines[at.line_start - 1]
        for cell in row.cells:
            if cell.locator is not None:
                place = text[cell.locator.char_start : cell.locator.char_end]
                assert "".join(place.split()) == "".join(cell.text.split())


def test_no_figure_is_invented(disclosures: dict[str, Disclosure]) -> None:
    """Every amount over one hundred million yuan is one that the source prints."""
    large = {
        (name, cell.text, cell.unit)
        for name, of in disclosures.items()
        for table in of.tables
        for row in table.rows
        for cell in row.cells
        if cell.yuan is not None and cell.yuan >= 10**8
    }
    assert large == {
        ("人力资源部", text, "万元") for text in ("13151.16", "15066.36", "11778.21", "10492.27")
    } | {("产业规划", "15432.54", "万元"), ("产业规划", "15415", "万元")}


def test_identifiers_are_unique(disclosures: dict[str, Disclosure]) -> None:
    for of in disclosures.values():
        ids = [row.id for table in of.tables for row in table.rows]
        ids += [s.id for p in of.passages for s in p.statements]
        ids += [p.id for p in of.passages] + [t.id for t in of.tables] + [j.id for j in of.projects]
        assert len(ids) == len(set(ids))


def test_two_figures_in_a_cell_are_not_one() -> None:
    text = (
        "某县财政局\n2024年度部门预算公开\n\n第二部分 报表\n\n2024年预算支出总表\n\n单位：万元\n\n"
        "科目编码\t科目名称\t合计\t基本支出\n208\t甲\t12 13\t4.00\n20801\t乙\t5. 00\t5.00\n"
    )
    first, second = rows(read(text.encode(), "x.txt"), "支出总表")
    assert figures(first) == {"基本支出": "4.00"}
    assert first.cells[0].text == "12 13"
    assert second.cells[0].yuan == Decimal(50000)
