"""Cells over several columns and rows are known as that in every form that has them."""

from collections.abc import Callable, Sequence
from io import BytesIO

import docx
import openpyxl
import pytest

from indexer.layout import Layout
from indexer.readers.registry import read_layout
from tests.make_pdf import MARGIN, Maker

Cells = Sequence[Sequence[str]]
Merged = Sequence[tuple[int, int, int, int]]
"""Top, left, bottom and right of each merged cell, ends left out."""


def _pdf(cells: Cells, merged: Merged) -> bytes:
    maker = Maker()
    maker.table(cells, [90.0] * len(cells[0]), merged=merged)
    return maker.data()


def _docx(cells: Cells, merged: Merged) -> bytes:
    document = docx.Document()
    table = document.add_table(len(cells), len(cells[0]))
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text)
    for top, left, bottom, right in merged:
        whole = table.cell(top, left).merge(table.cell(bottom - 1, right - 1))
        whole.text = cells[top][left]
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _xlsx(cells: Cells, merged: Merged) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for texts in cells:
        sheet.append([text or None for text in texts])
    for top, left, bottom, right in merged:
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom, end_column=right
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _html(cells: Cells, merged: Merged) -> bytes:
    spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in merged}
    covered = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom)
        for column in range(left, right)
        if (row, column) != (top, left)
    }
    rows = []
    for row, texts in enumerate(cells):
        rows.append("<tr>")
        for column, text in enumerate(texts):
            down, across = spans.get((row, column), (1, 1))
            if (row, column) not in covered:
                rows.append(f"<td rowspan={down} colspan={across}>{text}</td>")
    return f"<meta charset=utf-8><table>{''.join(rows)}</table>".encode()


FORMS: Sequence[Callable[[Cells, Merged], bytes]] = (_pdf, _docx, _xlsx, _html)
TABLES: Sequence[tuple[Cells, Merged]] = (
    ([["项目", "", "金额"], ["人员", "工资", "1.50"], ["", "津贴", "2.50"]],
     [(0, 0, 1, 2), (1, 0, 3, 1)]),
    ([["科目", "支出", ""], ["", "基本", "项目"], ["教育", "3.00", "4.00"]],
     [(0, 0, 2, 1), (0, 1, 1, 3)]),
    ([["甲", "乙", "丙", "丁"], ["类", "", "", "5.00"], ["", "", "", "6.00"]], [(1, 0, 3, 3)]),
    ([["a", "b"], ["x", "1.00"], ["", "2.00"], ["", "3.00"], ["y", "4.00"]], [(1, 0, 4, 1)]),
    ([["合计", "", "", "9.00"], ["a", "b", "c", "9.00"]], [(0, 0, 1, 3)]),
    ([["名称", "数量", "单价", "金额"], ["桌", "2", "3.00", "6.00"]], []),
    ([["年份", "预算", "", "决算", ""], ["", "收", "支", "收", "支"],
      ["2021", "1.00", "2.00", "3.00", "4.00"]],
     [(0, 0, 2, 1), (0, 1, 1, 3), (0, 3, 1, 5)]),
    ([["大类", "小类", "金额"], ["车", "购", "1.00"], ["", "运", "2.00"], ["会", "议", "3.00"],
      ["", "训", "4.00"]], [(1, 0, 3, 1), (3, 0, 5, 1)]),
    ([["区", "县", "额"], ["北", "甲", "1.00"], ["", "乙", "1.00"], ["合计", "", "2.00"]],
     [(1, 0, 3, 1), (3, 0, 4, 2)]),
    ([["指标", "值", "单位"], ["数量", "5", "个"], ["质量", "", ""], ["时效", "7", ""]],
     [(1, 2, 4, 3)]),
)  # fmt: skip


def _cells(layout: Layout) -> list[list[tuple[str, int, int, bool]]]:
    return [
        [(f.text, f.across, f.down, f.covered) for f in line.fragments]
        for line in layout.lines
        if line.is_grid
    ]


def _expected(cells: Cells, merged: Merged) -> list[list[tuple[str, int, int, bool]]]:
    rows = [[(text, 1, 1, False) for text in row] for row in cells]
    for top, left, bottom, right in merged:
        for row in range(top, bottom):
            for column in range(left, right):
                rows[row][column] = ("", 1, 1, True)
        rows[top][left] = (cells[top][left], right - left, bottom - top, False)
    return rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(len(TABLES)))
def test_every_form_tells_which_cells_are_merged(
    form: Callable[[Cells, Merged], bytes], number: int
) -> None:
    cells, merged = TABLES[number]
    assert _cells(read_layout(form(cells, merged))) == _expected(cells, merged)


def test_a_pdf_tells_the_box_of_each_cell_and_of_its_ink() -> None:
    cells, merged = TABLES[0]
    head, row, _ = [line for line in read_layout(_pdf(cells, merged)).lines if line.is_grid]
    assert head.fragments[0].cell == (MARGIN, MARGIN, MARGIN + 180, MARGIN + 18)
    assert row.fragments[0].cell == (MARGIN, MARGIN + 18, MARGIN + 90, MARGIN + 54)
    ink = row.fragments[0].bbox
    assert ink is not None
    assert ink[0] > MARGIN
    assert ink[3] < MARGIN + 54


def test_a_merged_cell_begins_anew_behind_a_page_break() -> None:
    maker = Maker()
    maker.table([["类别", "项目", "金额"], ["物资", "纸", "1.00"], ["", "笔", "2.00"]],
                [80, 80, 80], merged=[(1, 0, 3, 1)])  # fmt: skip
    maker.page()
    maker.table([["", "墨", "3.00"], ["", "砚", "4.00"]], [80, 80, 80], merged=[(0, 0, 2, 1)])
    rows = _cells(read_layout(maker.data()))
    assert rows[1][0] == ("物资", 1, 2, False)
    assert [row[0] for row in rows[3:]] == [("", 1, 2, False), ("", 1, 1, True)]


def test_a_page_without_an_edge_covers_the_columns_of_the_page_before() -> None:
    maker = Maker()
    maker.table([["编码", "名称", "金额"], ["301", "工资", "5.00"]], [80, 120, 80])
    maker.page()
    maker.table([["合计", "5.00"]], [200, 80])
    last = _cells(read_layout(maker.data()))[-1]
    assert last == [("合计", 2, 1, False), ("", 1, 1, True), ("5.00", 1, 1, False)]


def test_a_row_torn_by_a_page_keeps_its_spans() -> None:
    maker = Maker()
    head = [["名称", "", "金额"], ["代码", "说明", "万元"]]
    maker.gap(630)
    long = "社会保障和就业支出中的其他各项"
    maker.table([*head, ["301", long, "5.00"]], [60, 90, 80], merged=[(0, 0, 1, 2)])
    maker.page()
    maker.table([["", "支出", ""], ["302", "其他", "6.00"]], [60, 90, 80])
    rows = _cells(read_layout(maker.data()))
    assert rows[0] == [("名称", 2, 1, False), ("", 1, 1, True), ("金额", 1, 1, False)]
    assert rows[2][1] == (long + "支出", 1, 1, False)


def test_heads_over_columns_without_rulings_cover_them() -> None:
    maker = Maker()
    maker.text(200, 100, "2024年全部支出合计数", 10)
    maker.text(60, 100, "科目", 10)
    for row, (label, *values) in enumerate(
        [("名称", "基本", "项目"), *((f"第{n}类支出", f"{n}1.50", f"{n}2.50") for n in range(1, 6))]
    ):
        maker.text(60, 120 + 20 * row, label, 10)
        for x, value in zip((200, 270), values, strict=True):
            maker.text(x, 120 + 20 * row, value, 10)
    rows = _cells(read_layout(maker.data()))
    assert rows[0] == [
        ("科目", 1, 1, False),
        ("2024年全部支出合计数", 2, 1, False),
        ("", 1, 1, True),
    ]
