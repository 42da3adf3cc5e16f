"""Tables in every unit that the vocabulary knows, and in one that it does not."""

from decimal import Decimal

import pytest

from indexer.disclosure import read
from search.model import Disclosure
from search.vocabulary.entries import UnitEntry
from search.vocabulary.loading import shipped

UNITS = shipped(UnitEntry, "units")
MONEY = [(unit.name, unit.base) for unit in UNITS if unit.kind == "money"]
SPOKEN = [(short, unit.base) for unit in UNITS for short in unit.spoken if unit.kind == "money"]
FOREIGN = [unit.name for unit in UNITS if unit.kind == "foreign"]
COUNTS = [unit.name for unit in UNITS if unit.kind == "count" and unit.name.isalpha()]

TEXT = """某县档案馆
2024年部门预算公开

第二部分 报表

收支预算总表
{line}
项目\t{head}
财政拨款\t12.34
事业收入\t5.00
收入总计\t17.34
"""


def _read(line: str, head: str = "预算数") -> Disclosure:
    return read(TEXT.format(line=line, head=head).encode(), "x.txt")


def _figures(of: Disclosure) -> set[tuple[str | None, Decimal | None]]:
    (table,) = of.tables
    cells = (cell for row in table.rows for cell in row.cells if cell.value == Decimal("12.34"))
    return {(cell.unit, cell.yuan) for cell in cells}


@pytest.mark.parametrize(
    "line", ["单位：{}", "（金额单位：人民币{}）", "部门：某县档案馆    单位：{}"]
)
@pytest.mark.parametrize(("unit", "base"), MONEY)
def test_money_as_declared(unit: str, base: Decimal, line: str) -> None:
    found = _read(line.format(unit))
    assert _figures(found) == {(unit, Decimal("12.34") * base)}
    assert found.department == "某县档案馆"


@pytest.mark.parametrize(("unit", "base"), SPOKEN)
def test_money_cut_short(unit: str, base: Decimal) -> None:
    ((_, yuan),) = _figures(_read(f"单位：{unit}"))
    assert yuan == Decimal("12.34") * base


@pytest.mark.parametrize(("unit", "base"), MONEY)
def test_money_in_the_head(unit: str, base: Decimal) -> None:
    assert _figures(_read("单位：元", f"预算数（{unit}）")) == {(unit, Decimal("12.34") * base)}


@pytest.mark.parametrize("scale", ["", "万", "百万"])
@pytest.mark.parametrize("unit", FOREIGN)
def test_foreign_money_has_no_yuan(unit: str, scale: str) -> None:
    assert _figures(_read(f"单位：{scale}{unit}")) == {(f"{scale}{unit}", None)}


@pytest.mark.parametrize("unit", ["角", "卢比元", "千桶", "元/人"])
def test_a_unit_that_is_not_known_stops(unit: str) -> None:
    found = _read(f"单位：{unit}")
    assert {yuan for _, yuan in _figures(found)} == {None}
    assert found.department == "某县档案馆"


@pytest.mark.parametrize("unit", COUNTS)
def test_counts_are_no_money(unit: str) -> None:
    text = TEXT.format(line="单位：万元", head=f"{unit}数\t金额")
    found = read(text.replace("\t12.34", "\t12\t34.00").encode(), "x.txt")
    cells = {cell.text: cell for row in found.tables[0].rows for cell in row.cells}
    assert cells["12"].yuan is None
    assert cells["12"].unit != "万元"
    assert cells["34.00"].yuan == 340000
