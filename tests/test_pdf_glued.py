"""PDF: figures below each other in one ruled cell are two figures, one that was broken, or told."""

from collections.abc import Sequence

import pytest

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from indexer.readers.pdf.wrapping import are_apart, is_one, neighbours
from search.model import CellState
from tests.make_pdf import Maker, grids

Lines = Sequence[str]
Row = Sequence[Lines]


def _table(rows: Sequence[Row], widths: Sequence[float], size: float = 10.0) -> bytes:
    """Return a ruled table whose cells print their lines one below the other."""
    maker = Maker()
    maker.centred("丙县档案馆2024年部门预算公开", 16)
    maker.centred("项目支出表")
    maker.right("单位：元")
    left = 60.0
    xs = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    top = maker.top + 10
    ys = [top]
    for row in rows:
        for x, cell in zip(xs, row, strict=False):
            for number, line in enumerate(cell):
                if line:
                    maker.text(x + 5.5, ys[-1] + 5 + (number + 0.85) * 1.4 * size, line, size)
        ys.append(ys[-1] + 10 + 1.4 * size * max(map(len, row)))
    for y in ys:
        maker.rule(xs[0], y, xs[-1], y)
    for x in xs:
        maker.rule(x, ys[0], x, ys[-1])
    return maker.data()


HEAD: Row = (["项目名称"], ["金额"])
TWO = [
    # The column's sum says that they are two, however tight the column is.
    ([HEAD, (["展厅租赁", "地贴制作"], ["3960", "704"]), (["合计"], ["4664"])], [51, 31],
     ["3960", "704", "4664"]),
    ([HEAD, (["书架购置", "空调维修"], ["128000", "9600"]), (["合计"], ["137600"])], [51, 41],
     ["128000", "9600", "137600"]),
    ([HEAD, (["数据录入", "库房消毒", "档案修复"], ["300", "200", "150"]), (["合计"], ["650"])],
     [51, 26], ["300", "200", "150", "650"]),
    ([HEAD, (["合计"], ["208012"]), (["印刷", "邮寄"], ["208000", "12"])], [51, 41],
     ["208012", "208000", "12"]),
    ([HEAD, (["保洁"], ["100"]), (["印刷", "邮寄"], ["200", "305"]), (["合计"], ["605"])], [51, 26],
     ["100", "200", "305", "605"]),
    # The decimals say so.
    ([HEAD, (["印刷", "邮寄"], ["1234.50", "67.89"])], [80, 46], ["1234.50", "67.89"]),
    ([HEAD, (["印刷", "邮寄"], ["1,234.50", "67.89"])], [80, 51], ["1,234.50", "67.89"]),
    # There was room for the digits below.
    ([HEAD, (["印刷", "邮寄"], ["3960", "704"])], [80, 80], ["3960", "704"]),
    ([HEAD, (["印刷", "邮寄"], ["12345", "67890"])], [80, 90], ["12345", "67890"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "widths", "figures"), TWO)
def test_records_in_one_row_of_a_grid_are_rows(
    rows: Sequence[Row], widths: Sequence[float], figures: Sequence[str]
) -> None:
    of = read(_table(rows, widths), "x.pdf")
    found = [cell.text for row in of.tables[0].rows for cell in row.cells]
    assert found == figures
    labels = [label for row in rows[1:] for label in row[0]]
    assert [row.label for row in of.tables[0].rows] == labels


COUNTED: Row = (["项目名称"], ["数量"], ["金额"])


@pytest.mark.parametrize(
    ("counts", "sums"),
    [(["1", "1"], ["3960", "704"]), (["2", "15"], ["50000", "1200"]),
     (["3", "4"], ["208000", "52"]), (["10", "2"], ["12.50", "7.00"]),
     (["1", "2", "3"], ["900", "80", "7"])],
)  # fmt: skip
def test_one_column_that_is_sure_parts_the_others(counts: Lines, sums: Lines) -> None:
    names = ["展品运输费", "讲解员培训", "安全监测费"][: len(counts)]
    rows = [COUNTED, (names, counts, sums)]
    data = _table(rows, [61, 60, 11 + 5 * max(map(len, sums))])
    found = grids(read_pdf(data))
    assert found[1:] == [list(row) for row in zip(names, counts, sums, strict=True)]


TOLD = [
    (["展厅租赁", "地贴制作"], ["3960", "704"], 31),
    (["展厅租赁", "地贴制作"], ["20800", "99"], 36),
    (["展厅租赁", "地贴制作"], ["1500", "2000"], 31),
    (["展厅租赁", "地贴制作"], ["120000", "3000"], 41),
    (["展厅租赁费"], ["3960", "704"], 31),
    (["展厅租赁费"], ["2080", "505"], 31),
    (["展厅租赁", "地贴制作"], ["12345", "67.5"], 36),
    (["展厅租赁", "地贴制作"], ["123.5", "67"], 36),
    (["展厅租赁", "地贴制作"], ["2023", "1215"], 31),
    (["展厅租赁", "地贴制作"], ["—", "704"], 31),
    (["展厅租赁", "地贴制作"], ["-", "704"], 26),
]  # fmt: skip


@pytest.mark.parametrize(("names", "figures", "width"), TOLD)
def test_figures_that_may_be_one_or_two_are_told(
    names: Lines, figures: Lines, width: float
) -> None:
    of = read(_table([HEAD, (names, figures)], [51, width]), "x.pdf")
    cells = [cell for row in of.tables[0].rows for cell in row.cells]
    assert not any(cell.value is not None for cell in cells)
    assert not any(cell.state is CellState.ZERO for cell in cells)
    assert any("没有读作数字" in warning.message for warning in of.warnings)


ONE = [
    # A part of it is no figure.
    (["1,234,", "567.00"], [], True), (["1,23", "4.50"], [], True), (["12345", ".67"], [], True),
    (["1234.", "56"], [], True), (["20805", "05"], [], True),
    # The whole is printed as the others are, the parts are not.
    (["12345", "67.89"], ["12.00", "3.50"], True), (["123.4", "5"], ["12.00"], True),
    (["1234", "567.891"], ["1.000", "2.500"], True),
    # Another whole number or code.
    (["3960", "704"], ["12", "300"], False), (["20807", "99"], ["科目编码", "20811"], True),
    (["20807", "99"], ["208", "20807", "21011"], True), (["20807", "99"], ["12", "208"], False),
    (["20807", "99"], ["20807", "208", "20906"], False),
    (["20231215", "161224"], ["打印时间"], True), (["20231215", "161224"], ["金额"], False),
    (["2080505", "2080506"], ["科目编码"], False),
    # Its decimals would be too many, or too few tell.
    (["12.34", "5"], ["1.00", "2.50"], False), (["1234", "56.7"], ["12", "3.4"], False),
    (["1234.5", "6.7"], ["1.0"], False), (["0", "0.50"], ["1.00"], False),
    # Sums.
    (["3960", "704"], ["3960000", "7920704", "金额"], True),
    (["12345", "678"], ["12345600", "24691278"], True),
    (["12345", "678"], ["1000", "12345", "678"], False),
    (["5000", "60"], ["1000", "6060"], False),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "others", "one"), ONE)
def test_figures_broken_over_lines(parts: Lines, others: Lines, one: bool) -> None:
    column = neighbours(others)
    assert is_one(parts, column, single=False) is one
    assert not (one and are_apart(parts, column))


def test_items_of_words_do_not_lengthen_a_figure() -> None:
    rows = [
        (
            [
                "指标",
            ],
            ["说明"],
        ),
        (["产出"], ["培训不少于3", "2.检查5次"]),
    ]
    data = _table(rows, [60, 67])
    assert grids(read_pdf(data))[1] == ["产出", "培训不少于3 2.检查5次"]
