"""PDF: tables with and without rulings, over pages, with merged and wrapped cells."""

from collections.abc import Sequence

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from tests.conftest import figures, rows, statements
from tests.make_pdf import A4, MARGIN, Maker, grids


def test_merged_and_wrapped_cells_are_printed_once() -> None:
    maker = Maker()
    cells = [
        ["项目", "", "本年支出", ""],
        ["科目编码", "科目名称", "基本支出", "项目支出"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "6.18", ""],
        ["合计", "", "6.18", "0.00"],
    ]
    merged = [(0, 0, 1, 2), (0, 2, 1, 4), (3, 0, 4, 2)]
    maker.table(cells, [80, 90, 60, 60], merged=merged)
    assert grids(read_pdf(maker.data())) == cells


def test_a_cell_over_rows_and_code_heads_beside_the_sum() -> None:
    maker = Maker()
    maker.centred("支出决算表")
    maker.right("单位：万元")
    cells = [
        ["支出功能分类科目编码", "", "", "科目名称", "本年支出合计", "基本支出"],
        ["类", "款", "项", "合计", "3.00", "3.00"],
        ["208", "", "", "社会保障和就业支出", "3.00", "3.00"],
        ["208", "05", "", "行政事业单位养老支出", "3.00", "3.00"],
        ["208", "05", "05", "养老保险缴费支出", "3.00", "3.00"],
    ]
    maker.table(cells, [40, 40, 40, 120, 90, 70], merged=[(0, 0, 1, 3)])
    of = read(maker.data(), "x.pdf")
    found = [(row.code, row.label, figures(row)) for row in rows(of, "支出总表")]
    both = {"本年支出合计": "3.00", "基本支出": "3.00"}
    assert found == [
        (None, "合计", both),
        ("208", "社会保障和就业支出", both),
        ("20805", "行政事业单位养老支出", both),
        ("2080505", "养老保险缴费支出", both),
    ]


def test_a_table_over_two_pages_with_its_header_again() -> None:
    maker = Maker()
    maker.centred("2024年项目支出预算表")
    maker.right("单位：万元")
    head = ["项目名称", "金额"]
    first = [[f"第{n}批设备购置项目", f"{n}.50"] for n in range(1, 9)]
    maker.table([head, *first], [200, 100])
    maker.page()
    second = [[f"第{n}批设备购置项目", f"{n}.50"] for n in range(9, 12)]
    maker.table([head, *second], [200, 100])
    of = read(maker.data(), "x.pdf")
    (table,) = of.tables
    assert [figures(row)["金额"] for row in table.rows] == [f"{n}.50" for n in range(1, 12)]
    assert {row.locator.page for row in table.rows} == {1, 2}


def test_a_page_that_lacks_an_edge_keeps_the_columns() -> None:
    maker = Maker()
    maker.table([["编码", "名称", "金额"], ["301", "工资", "5.00"]], [80, 120, 80])
    maker.page()
    maker.table([["合计", "5.00"]], [200, 80])
    assert grids(read_pdf(maker.data()))[-1] == ["合计", "", "5.00"]


def test_rows_without_rulings_between_them_are_parted() -> None:
    maker = Maker()
    for x in (60, 200, 280, 360):
        maker.rule(x, 80, x, 200)
    for y in (80, 100, 200):
        maker.rule(60, y, 360, y)
    table = [("科目", "合计", "基本支出"), ("教育支出", "12.00", "11.00"), ("住房", "3.50", "2.50")]
    for row, base in zip(table, (95, 120, 150), strict=True):
        for x, cell in zip((65, 205, 285), row, strict=True):
            maker.text(x, base, cell, 10)
    assert grids(read_pdf(maker.data())) == [list(row) for row in table]


def test_a_figure_that_wraps_in_its_cell_stays_one() -> None:
    maker = Maker()
    maker.table([["科目", "金额"], ["教育", "1234567.89"]], [60, 40])
    maker.canvas.showPage()
    maker.begin(A4)
    for x in (60, 120, 152):
        maker.rule(x, 80, x, 120)
    for y in (80, 120):
        maker.rule(60, y, 152, y)
    maker.text(65, 95, "科目", 10)
    maker.text(122, 95, "12345", 10)
    maker.text(122, 108, "67.89", 10)
    assert grids(read_pdf(maker.data()))[-1] == ["科目", "1234567.89"]


def _ruled(maker: Maker, xs: Sequence[float], ys: Sequence[float]) -> None:
    for x in xs:
        maker.rule(x, ys[0], x, ys[-1])
    for y in ys:
        maker.rule(xs[0], y, xs[-1], y)


def test_the_last_digit_of_a_figure_and_its_percent_sign_wrap_together() -> None:
    maker = Maker()
    _ruled(maker, (60, 120, 160, 191), (80, 100, 130))
    for x, cell in ((62, "省级资金"), (122, "预算数"), (162, "执行率")):
        maker.text(x, 95, cell, 8)
    maker.text(62, 115, "水费", 8)
    for line, base in (("12345.06", 112), ("4", 122)):
        maker.text(123, base, line, 8)
    for line, base in (("≥9", 112), ("8%", 122)):
        maker.text(163, base, line, 8)
    assert grids(read_pdf(maker.data()))[1] == ["水费", "12345.064", "≥98%"]


def test_figures_below_each_other_in_a_cell_are_not_one() -> None:
    maker = Maker()
    _ruled(maker, (60, 120, 165), (80, 100, 130))
    for x, cell in ((62, "项目"), (122, "预算数")):
        maker.text(x, 95, cell, 8)
    maker.text(62, 115, "水费", 8)
    for line, base in (("12345.06", 112), ("4.00", 122)):
        maker.text(123, base, line, 8)
    assert grids(read_pdf(maker.data()))[1] == ["水费", "12345.06 4.00"]


def test_whole_numbers_below_each_other_are_not_one_but_a_code_is() -> None:
    maker = Maker()
    _ruled(maker, (60, 90, 116), (80, 100, 130))
    for x, lines in ((62, ("20805", "05")), (92, ("100", "200"))):
        maker.text(x, 95, "编码", 8)
        for line, base in zip(lines, (112, 122), strict=True):
            maker.text(x, base, line, 10)
    assert grids(read_pdf(maker.data()))[1] == ["2080505", "100 200"]


def test_a_figure_longer_than_its_cell_stays_whole() -> None:
    """It runs over the next cell, whose own figure must not take its end."""
    maker = Maker()
    _ruled(maker, (60, 120, 156, 192), (80, 100, 120))
    for x, cell in ((62, "科目"), (122, "合计"), (158, "基本")):
        maker.text(x, 95, cell, 8)
    for x, cell in ((62, "教育"), (122, "1,234,567.56"), (170, "234.00")):
        maker.text(x, 115, cell, 8)
    assert grids(read_pdf(maker.data()))[1] == ["教育", "1,234,567.56", "234.00"]


def test_digits_printed_over_a_figure_do_not_lengthen_it() -> None:
    maker = Maker()
    _ruled(maker, (60, 120, 165), (80, 100, 120))
    for x, cell in ((62, "科目"), (122, "合计")):
        maker.text(x, 95, cell, 8)
    for x, base, cell in ((62, 115, "教育"), (122, 115, "12345.06"), (122, 117, "2098")):
        maker.text(x, base, cell, 8)
    assert grids(read_pdf(maker.data()))[1] == ["教育", "12345.06 2098"]


def test_a_row_torn_by_a_page_break_is_one() -> None:
    maker = Maker()
    maker.top = A4[1] - MARGIN - 50
    maker.table([["项目", "金额", "备注"], ["乡村振兴", "120,00", "专项"]], [46, 40, 60])
    maker.page()
    rest = [["工作经费", "0.50", ""], ["一般行政管理事务", "7.00", "日常"]]
    maker.table(rest, [46, 40, 60])
    assert grids(read_pdf(maker.data())) == [
        ["项目", "金额", "备注"],
        ["乡村振兴工作经费", "120,000.50", "专项"],
        ["一般行政管理事务", "7.00", "日常"],
    ]


def test_digits_alone_after_a_page_break_are_the_rest_of_the_row_above() -> None:
    """Read as a row they would make of 555.60 and 797.76 the figures 555.6, 797.7, 0 and 6."""
    maker = Maker()
    maker.top = A4[1] - MARGIN - 50
    widths = [36, 46, 36, 36]
    maker.table([["编码", "名称", "合计", "资金"], ["20807", "其他就", "555.6", "797.7"]], widths)
    maker.page()
    maker.table([["99", "业补助", "0", "6"], ["21011", "医疗", "2.00", "1.00"]], widths)
    assert grids(read_pdf(maker.data())) == [
        ["编码", "名称", "合计", "资金"],
        ["2080799", "其他就业补助", "555.60", "797.76"],
        ["21011", "医疗", "2.00", "1.00"],
    ]


def test_a_row_after_a_page_break_is_a_row() -> None:
    maker = Maker()
    maker.top = A4[1] - MARGIN - 50
    widths = [36, 46, 36, 36]
    maker.table([["编码", "名称", "合计", "人数"], ["20807", "其他就", "555.6", "12"]], widths)
    maker.page()
    maker.table([["20808", "抚恤金", "5.0", "3"], ["21011", "医疗", "2.00", "1"]], widths)
    assert len(grids(read_pdf(maker.data()))) == 4


def test_heads_repeated_after_a_page_break_head_no_group() -> None:
    maker = Maker()
    maker.centred("收入支出决算总表")
    maker.right("单位：万元")
    heads = ["项目", "行次", "金额"]
    maker.table(
        [heads, ["本年收入合计", "1", "5.00"], ["使用非财政拨款结余", "2", ""]], [120, 40, 60]
    )
    maker.page()
    maker.table([heads, ["年初结转和结余", "3", "1.00"], ["总计", "4", "6.00"]], [120, 40, 60])
    of = read(maker.data(), "x.pdf")
    assert [(row.label, row.path) for row in rows(of, "收支总表")] == [
        ("本年收入合计", ()),
        ("使用非财政拨款结余", ()),
        ("年初结转和结余", ()),
        ("总计", ()),
    ]


def test_a_table_without_rulings_by_its_columns() -> None:
    maker = Maker()
    table = [
        ("科目", "2023年", "2024年"),
        ("一、工资福利支出", "1,200.00", "1,310.50"),
        ("二、商品和服务支出", "", "85.20"),
        ("三、资本性支出", "9.00", ""),
        ("合计", "1,209.00", "1,395.70"),
    ]
    for number, row in enumerate(table):
        for x, cell in zip((60, 300, 420), row, strict=True):
            maker.text(x, 100 + 20 * number, cell)
    assert grids(read_pdf(maker.data())) == [list(row) for row in table]


def _columns(maker: Maker, rows: Sequence[tuple[float, Sequence[str]]]) -> None:
    for base, row in rows:
        for x, cell in zip((60, 140, 200, 260), row, strict=False):
            maker.text(x, base, cell, 10)


def test_figures_that_wrap_without_rulings_are_not_read() -> None:
    maker = Maker()
    maker.text(60, 60, "一、支出情况")
    table = [
        ("科目", "合计", "基本支出"),
        ("住房公", "782.9", "280.1"),
        ("积金", "4", "3"),
        ("提租补", "277.4", "100.0"),
        ("贴", "1", "0"),
        ("合计", "1060.35", "380.13"),
    ]
    _columns(maker, [(100 + 14 * number, row) for number, row in enumerate(table)])
    assert grids(read_pdf(maker.data())) == []


def test_words_in_columns_that_make_no_table_say_nothing() -> None:
    """Joined to a paragraph they would say 用水量0吨."""
    maker = Maker()
    maker.paragraph("第一部分 情况说明")
    maker.paragraph("一、支出情况")
    maker.paragraph("公务接待费1.00万元。")
    maker.gap(40)
    form = [
        ("一级指标", "二级指标", "指标", "指标值"),
        ("产出指", "数量指", "全年用", "≤1700"),
        ("标", "标", "水量", "0吨"),
        ("效益指", "社会效", "服务", "10人"),
        ("标", "益", "人数", "以上"),
    ]
    _columns(maker, [(maker.top + 14 * number, row) for number, row in enumerate(form)])
    of = read(maker.data(), "x.pdf")
    assert [(s.subject, f"{s.value}{s.unit}") for s in statements(of)] == [
        ("公务接待费", "1.00万元")
    ]
    assert [p.part for p in of.passages if "0吨" in p.text] == ["apparatus"]


def test_items_over_measures_are_rows_of_a_turned_table() -> None:
    maker = Maker()
    maker.centred("财政拨款“三公”经费支出决算表")
    maker.right("单位：万元")
    cells = [
        ["合计", "", "因公出国（境）费", "", "公务接待费", ""],
        ["预算数", "决算数", "预算数", "决算数", "预算数", "决算数"],
        ["0.95", "0.50", "", "0.00", "0.95", "0.50"],
    ]
    maker.table(cells, [60] * 6, merged=[(0, 0, 1, 2), (0, 2, 1, 4), (0, 4, 1, 6)])
    of = read(maker.data(), "x.pdf")
    assert [(row.label, figures(row)) for row in rows(of, "三公经费表")] == [
        ("合计", {"预算数": "0.95", "决算数": "0.50"}),
        ("因公出国(境)费", {"决算数": "0.00"}),
        ("公务接待费", {"预算数": "0.95", "决算数": "0.50"}),
    ]


def test_heads_alone_before_a_page_break_stand_over_their_columns() -> None:
    maker = Maker()
    maker.centred("2024年财政拨款收支总表")
    maker.right("单位：万元")
    maker.table([["收入", "", "支出", ""]], [100, 60, 100, 60], merged=[(0, 0, 1, 2), (0, 2, 1, 4)])
    maker.page()
    rest = [["项目", "金额", "项目", "金额"], ["一般公共预算", "5095.13", "外交支出", ""]]
    maker.table(rest, [100, 60, 100, 60])
    (row, _) = read(maker.data(), "x.pdf").tables[0].rows
    (cell,) = row.cells
    assert (cell.column, cell.text) == (("收入", "金额"), "5095.13")


def test_words_that_stand_out_of_a_low_row_are_its_own() -> None:
    maker = Maker()
    maker.centred("2024年项目支出预算表")
    maker.right("单位：万元")
    names, sums = ["项目名称", "设备购置", "", "会议"], ["金额", "1.50", "2.50", "4.50"]
    top = maker.top
    maker.table([[*row] for row in zip(names, sums, strict=True)], [100, 60])
    height = (maker.top - top) / len(names)
    for offset, words in ((-6, "人才创业培养及吸纳"), (6, "劳动力就业奖励")):
        maker.text(MARGIN + 3, top + 2.5 * height + 3.5 + offset, words, 10)
    of = read(maker.data(), "x.pdf")
    found = {row.label: figures(row)["金额"] for row in rows(of, "项目支出表")}
    assert found == {
        "设备购置": "1.50",
        "人才创业培养及吸纳劳动力就业奖励": "2.50",
        "会议": "4.50",
    }


def test_a_code_after_a_page_break_is_no_rest_of_a_whole_code() -> None:
    maker = Maker()
    maker.centred("2024年支出总表")
    maker.right("单位：万元")
    head = ["科目编码", "科目名称", "合计"]
    maker.table([head, ["2080502", "事业单位离退休", ""]], [46, 120, 60])
    maker.page()
    maker.table([["2080505", "养老保险缴费支出", ""]], [46, 120, 60])
    found = rows(read(maker.data(), "x.pdf"), "支出总表")
    assert [row.code for row in found] == ["2080502", "2080505"]
