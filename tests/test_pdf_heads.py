"""PDF: a department's name that wraps in a table's head is no title, and the unit is not lost."""

import pytest

from indexer.disclosure import read
from tests.make_pdf import MARGIN, Maker, wrapped

NAME = (
    "部门名称：山西转型综合改革示范区晋中开发区人力资源引进交流与创新创业发展服务中心"
    "（人才办、留学人员创业园）"
)
SIZE = 10


def _above(maker: Maker, unit: str, leading: float) -> None:
    """Print the name over several lines, and the unit right of one of them or below."""
    lines = wrapped(NAME, 200, SIZE)
    places = {"first": 0.0, "between": (len(lines) - 1) / 2 + 0.3, "last": len(lines) - 1.0}
    for number, line in enumerate(lines):
        maker.text(MARGIN, maker.top + SIZE + number * leading, line, SIZE)
    if unit in places:
        maker.text(450, maker.top + SIZE + places[unit] * leading, "单位：万元", SIZE)
    maker.top += leading * len(lines) + SIZE
    if unit == "below":
        maker.right("单位：万元", SIZE)


def _disclosure(unit: str, leading: float) -> bytes:
    maker = Maker()
    maker.centred("丙县财政局", 22)
    maker.centred("2024年度部门预算公开", 22)
    maker.page()
    maker.paragraph("第一部分 概况")
    maker.paragraph("丙县财政局负责财政工作。" * 5)
    maker.paragraph("第二部分 2024年部门预算报表")
    maker.centred("2024年部门支出总表", 14)
    if unit == "ruled":
        maker.table([[NAME, "单位：万元"]], [240, 200], SIZE)
    else:
        _above(maker, unit, leading)
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "12.30", "10.00", "2.30"],
        ["", "合计", "12.30", "10.00", "2.30"],
    ]
    maker.table(rows, [60, 150, 70, 70, 70])
    return maker.data()


@pytest.mark.parametrize("leading", [14, 20, 24])
@pytest.mark.parametrize("unit", ["first", "between", "last", "below"])
def test_a_name_wraps_above_a_table(unit: str, leading: float) -> None:
    _check(unit, leading)


def test_a_head_in_cells() -> None:
    _check("ruled", 0)


def _check(unit: str, leading: float) -> None:
    [table] = read(_disclosure(unit, leading), "x.pdf").tables
    assert (table.kind, table.title, table.unit) == ("支出总表", "2024年部门支出总表", "万元")
    name = "".join(head for head in table.heads if head != "单位：万元")
    assert name == NAME
    assert [row.label for row in table.rows] == ["一般公共服务支出", "合计"]
    cells = [cell for row in table.rows for cell in row.cells if cell.value is not None]
    assert {cell.unit for cell in cells} == {"万元"}
