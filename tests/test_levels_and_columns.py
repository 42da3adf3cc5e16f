"""Labels are levels of one hierarchy; a column is judged once, a unit given by one authority."""

import pytest

from indexer.disclosure import read
from search.model import Cell, Row
from tests.layouts import document, told

OUTLINE = """采购预算表
单位：万元
品目大类\t专项\t科目\t物品名称\t组织形式\t总计
合计\t\t\t\t\t30.00
货物\t\t\t\t\t30.00
\t信息化\t设备购置\t\t\t20.00
\t\t\t服务器\t集中采购\t12.00
\t\t\t打印机\t分散采购\t8.00
\t\t维修费\t\t\t10.00
\t\t\t空调维修\t集中采购\t10.00
"""


def rows(tables: str) -> list[Row]:
    return [row for table in document(tables).tables for row in table.rows]


def figure(tables: str, label: str, column: int = -1) -> Cell:
    return next(row for row in rows(tables) if row.label == label).cells[column]


def test_an_outline_gives_whole_paths() -> None:
    assert {row.label: row.path for row in rows(OUTLINE)} == {
        "合计": (),
        "货物": (),
        "设备购置": ("货物", "信息化"),
        "服务器": ("货物", "信息化", "设备购置"),
        "打印机": ("货物", "信息化", "设备购置"),
        "维修费": ("货物", "信息化"),
        "空调维修": ("货物", "信息化", "维修费"),
    }


def test_what_is_said_beside_a_label_names_no_row() -> None:
    server = next(row for row in rows(OUTLINE) if row.label == "服务器")
    assert ("组织形式",) in {cell.column for cell in server.cells}


def test_a_category_is_printed_once() -> None:
    table = "补贴表\n单位：万元\n类型\t补贴名称\t金额\n农业\t耕地补贴\t3.00\n\t农机补贴\t2.00\n"
    assert {row.label: row.path for row in rows(table)} == {
        "耕地补贴": ("农业",), "农机补贴": ("农业",),
    }  # fmt: skip


def test_two_names_of_accounts_are_no_hierarchy() -> None:
    table = (
        "基本支出表\n单位：万元\n部门经济科目名称\t政府经济科目名称\t金额\n"
        "工资福利支出\t\t9.00\n基本工资\t工资福利支出\t5.00\n津贴补贴\t工资福利支出\t4.00\n"
    )
    assert [row.label for row in rows(table)] == ["工资福利支出", "基本工资", "津贴补贴"]


@pytest.mark.parametrize(
    ("table", "label", "unit", "authority"),
    [
        ("支出表\n单位：万元\n项目\t金额\n办公费\t5.00\n", "办公费", "万元", "caption"),
        ("支出表\n单位：万元\n项目\t金额（元）\n办公费\t5.00\n", "办公费", "元", "head"),
        ("支出表\n单位：万元\n项目\t金额\n办公费\t5元\n", "办公费", "元", "cell"),
        ("情况表\n单位：万元\n项目\t数值\n车辆（辆）\t5\n", "车辆（辆）", "辆", "label"),
        ("情况表\n项目\t单位\t数值\n经费\t千元\t5\n", "经费", "千元", "column"),
        ("支出表\n项目\t金额\n办公费\t5.00\n单位：百元\n", "办公费", "百元", "caption"),
    ],
)
def test_a_unit_keeps_its_authority(table: str, label: str, unit: str, authority: str) -> None:
    cell = figure(table, label)
    assert (cell.unit, cell.unit_from) == (unit, authority)


def test_a_unit_of_the_document_is_told_to_be_so() -> None:
    table = "支出总表\n单位：万元\n项目\t金额\n办公费\t5.00\n\n收入总表\n项目\t金额\n拨款\t6.00\n"
    assert (figure(table, "拨款").unit, figure(table, "拨款").unit_from) == ("万元", "document")


def test_an_unknown_unit_stops() -> None:
    of = document("支出总表\n单位：角\n项目\t金额\n办公费\t5.00\n")
    assert of.tables[0].rows[0].cells[0].yuan is None
    assert any("不认识单位“角”" in warning.message for warning in of.warnings)


def test_a_unit_that_wraps_is_one() -> None:
    assert figure("支出总表\n单位：百\n元\n项目\t金额\n办公费\t5.00\n", "办公费").unit == "百元"


def test_a_column_that_nothing_calls_money_is_none() -> None:
    table = "情况表\n单位：万元\n项目\t甲乙数\t投资\n一中\t120\t1,250.00\n二中\t80\t600.50\n"
    assert (figure(table, "一中", 0).text, figure(table, "一中", 0).yuan) == ("120", None)
    assert figure(table, "一中").unit == "万元"


def test_figures_below_no_head_are_told() -> None:
    of = document("情况表\n单位：万元\n项目\t金额\t\n办公费\t5.00\t98.00\n水费\t2.00\t97.00\n")
    assert told(of) == {"办公费": "金额=5.00万元*", "水费": "金额=2.00万元*"}
    assert any("98.00" in warning.message for warning in of.warnings)


def test_a_head_beside_its_figures_is_theirs() -> None:
    table = "情况表\n单位：万元\n项目\t\t预算数\t决算数\n办公费\t5.00\t\t4.00\n水费\t2.00\t\t1.00\n"
    assert told(document(table))["办公费"] == "预算数=5.00万元* 决算数=4.00万元*"


def test_two_figures_in_a_cell_make_the_row_unsure() -> None:
    of = document("支出表\n单位：万元\n项目\t合计\t基本支出\n甲乙\t50.00 / 20.00\t50.00\n")
    assert told(of) == {}
    assert of.warnings


def test_counts_print_their_unit() -> None:
    table = "采购清单\n单位：元\n品名\t数量\t金额\n电脑\t10台\t50000\n"
    assert told(document(table)) == {"电脑": "数量=10台台 金额=50000元*"}


SPANNED = """<!DOCTYPE html><html><body>
<h1>某某县水利局2024年部门预算</h1><p>支出总表</p><p>单位：万元</p><table>
<tr><td rowspan=2>类别</td><td rowspan=2>项目</td><td colspan=2>某事</td></tr>
<tr><td>甲</td><td>乙</td></tr>
<tr><td rowspan=2>河道</td><td>清淤</td><td>3.00</td><td>1.00</td></tr>
<tr><td>护坡</td><td>4.00</td><td>2.00</td></tr>
<tr><td colspan=2>合计</td><td>7.00</td><td>3.00</td></tr></table></body></html>"""


def test_spans_tell_header_labels_and_totals() -> None:
    (table,) = read(SPANNED.encode(), "a.html").tables
    assert [(row.label, row.path) for row in table.rows] == [
        ("清淤", ("河道",)), ("护坡", ("河道",)), ("合计", ()),
    ]  # fmt: skip
    assert table.rows[0].cells[-1].column == ("某事", "乙")
