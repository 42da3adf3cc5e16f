"""PDF: borders that miss each other, and columns that print nothing, make no column."""

from collections.abc import Sequence

import pytest

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from search.model import Disclosure
from tests.make_pdf import Maker, grids

Row = tuple[Sequence[str], Sequence[float]]
"""The cells of a row, and the edges of its columns."""


def _draw(maker: Maker, rows: Sequence[Row], size: float = 10.0) -> None:
    """Draw rows of cells, each with borders of its own."""
    for texts, xs in rows:
        top, bottom = maker.top, maker.top + 20
        for y in (top, bottom):
            maker.rule(xs[0], y, xs[-1], y)
        for x in xs:
            maker.rule(x, top, x, bottom)
        for text, x in zip(texts, xs, strict=False):
            maker.text(x + 3, top + 14, text, size)
        maker.top = bottom


def _read(rows: Sequence[Row]) -> tuple[list[list[str]], Disclosure]:
    maker = Maker()
    maker.centred("某某县渔政站2022年部门预算", 16)
    maker.centred("支出预算表")
    maker.right("单位：万元")
    _draw(maker, rows)
    data = maker.data()
    return grids(read_pdf(data)), read(data, "x.pdf")


BODY = (["渔政支出", "11.00", "9.00"], ["培训支出", "2.00", "1.50"])
HEAD = ["科目", "上年预算", "本年预算"]


@pytest.mark.parametrize("missed", [1.0, 3.0, 4.5, 6.0, 8.0, 10.0, 12.0, 14.0, -5.0, -9.0, -13.0])
@pytest.mark.parametrize("border", [1, 2])
def test_a_heads_border_beside_its_bodys(missed: float, border: int) -> None:
    edges = [60.0, 180.0, 290.0, 400.0]
    beside = [x + (missed if n == border else 0) for n, x in enumerate(edges)]
    cells, of = _read([(HEAD, beside), *((row, edges) for row in BODY)])
    assert cells == [HEAD, *BODY]
    assert [[c.text for c in row.cells] for row in of.tables[0].rows] == [
        ["11.00", "9.00"],
        ["2.00", "1.50"],
    ]


@pytest.mark.parametrize("missed", [5.0, 11.0])
def test_a_sums_border_beside_those_of_the_rows(missed: float) -> None:
    edges, beside = [60.0, 120.0, 260.0, 400.0], [60.0, 260.0 - missed, 400.0]
    rows = [["205", "教育支出", "4.00"], ["206", "科学技术支出", "1.00"]]
    cells, of = _read(
        [(["编码", "名称", "金额"], edges), (["合计", "5.00"], beside), *((r, edges) for r in rows)]
    )
    assert cells == [["编码", "名称", "金额"], ["合计", "", "5.00"], *rows]
    assert [(row.code, row.label) for row in of.tables[0].rows] == [
        (None, "合计"), ("205", "教育支出"), ("206", "科学技术支出"),
    ]  # fmt: skip


def test_narrow_columns_that_are_filled_are_columns() -> None:
    edges = [60.0, 74.0, 88.0, 102.0, 240.0, 330.0]
    rows = [["类", "款", "项", "名称", "金额"], ["20", "05", "01", "行政运行", "3.00"]]
    cells, _ = _read([(row, edges) for row in rows])
    assert cells == rows


def test_a_narrow_blank_column_is_a_column_where_other_rows_fill_it() -> None:
    edges = [60.0, 180.0, 192.0, 300.0]
    rows = [["科目", "注", "金额"], ["工资", "", "3.00"], ["津贴", "", "4.00"]]
    cells, _ = _read([(row, edges) for row in rows])
    assert cells == rows


@pytest.mark.parametrize("blank", [0, 1, 2, 3])
@pytest.mark.parametrize("width", [4.0, 20.0, 60.0])
def test_a_column_that_prints_nothing_is_none(blank: int, width: float) -> None:
    rows = [HEAD, *BODY]
    wide = [[*row[:blank], "", *row[blank:]] for row in rows]
    widths = [120.0, 100.0, 100.0]
    widths.insert(blank, width)
    edges = [60 + sum(widths[:n]) for n in range(5)]
    cells, of = _read([(row, edges) for row in wide])
    assert cells == rows
    assert [[c.text for c in row.cells] for row in of.tables[0].rows] == [
        ["11.00", "9.00"],
        ["2.00", "1.50"],
    ]


def test_a_blank_column_of_a_page_keeps_its_place() -> None:
    maker = Maker()
    maker.centred("支出预算表")
    maker.right("单位：万元")
    edges = [60.0, 180.0, 290.0, 400.0]
    _draw(maker, [(HEAD, edges), (BODY[0], edges)])
    maker.page()
    _draw(maker, [(["其他支出", "", "7.00"], edges)])
    of = read(maker.data(), "x.pdf")
    (table,) = of.tables
    last = table.rows[-1].cells
    assert [(cell.column[-1], cell.text) for cell in last if cell.text] == [("本年预算", "7.00")]


def test_spans_are_those_of_the_columns_that_are_left() -> None:
    maker = Maker()
    maker.paragraph("支出情况如下。")
    _draw(maker, [(["科目", "预算", ""], [60.0, 180.0, 400.0])])
    for texts in (["", "上年", "", "本年"], ["渔政", "1.00", "", "2.00"]):
        _draw(maker, [(texts, [60.0, 183.0, 280.0, 300.0, 400.0])])
    rows = [line for line in read_pdf(maker.data()).lines if line.is_grid]
    assert [[f.text for f in row.fragments] for row in rows] == [
        ["科目", "预算", ""], ["", "上年", "本年"], ["渔政", "1.00", "2.00"],
    ]  # fmt: skip
    assert [(f.across, f.covered) for f in rows[0].fragments] == [
        (1, False), (2, False), (1, True),
    ]  # fmt: skip
