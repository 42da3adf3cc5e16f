"""PDF: lines as a reader sees them, and what no reader sees."""

import pytest
from reportlab.lib.colors import white

from indexer.disclosure import read
from indexer.layout import Places
from indexer.lines import is_contents_entry
from indexer.readers.pdf.reader import read_pdf
from tests.make_pdf import (
    A4,
    BODY,
    FONT,
    MARGIN,
    Maker,
    box,
    encoded,
    grids,
    texts,
    width_of,
    wrapped,
)


def test_digits_on_another_base_line_and_size_stand_where_they_are_seen() -> None:
    maker = Maker()
    maker.text(60, 100, "一般公共预算财政拨款基本支出")
    maker.text(60, 119, "比上年增加")
    maker.text(60 + 14 * 12 + 39, 100, "万元。其中：")
    maker.text(60 + 5 * 12 + 24, 119, "万元。")
    maker.text(60 + 14 * 12, 104, "2336.91", 11)
    maker.text(60 + 5 * 12, 115.5, "8.37", 10)
    layout = read_pdf(maker.data())
    assert layout.text.split() == [
        "一般公共预算财政拨款基本支出2336.91万元。其中：",
        "比上年增加8.37万元。",
    ]


def test_quotes_drawn_apart_and_squeezed_signs_are_rejoined() -> None:
    maker = Maker()
    for x, text in ((60, "财政拨款"), (108, "“"), (114, "三公"), (138, "”"), (144, "经费，")):
        maker.text(x, 100, text)
    maker.text(174, 100, "其中：")
    assert texts(read_pdf(maker.data())) == ["财政拨款“三公”经费，其中："]


def test_signs_of_another_font_stand_between_what_was_drawn_before_them() -> None:
    maker = Maker()
    maker.text(60, 100, "安排的")
    maker.text(102, 100, "三公")
    maker.text(132, 100, "经费预算")
    maker.text(96, 100, "“", 6)
    maker.text(126, 100, "”", 6)
    assert texts(read_pdf(maker.data())) == ["安排的“三公”经费预算"]


def test_a_drawn_space_parts_only_what_stands_behind_it() -> None:
    maker = Maker()
    width = maker.run(60, 100, "比2023", size=12)
    maker.run(60 + width + 24 + 4, 100, " ", size=12)
    maker.run(60 + width + 4, 100, "年减少", size=12)
    maker.run(60 + width + 4 + 36, 100, "1.00万元", size=12)
    assert texts(read_pdf(maker.data())) == ["比2023年减少1.00万元"]


def test_radicals_are_read_as_the_characters_that_they_look_like() -> None:
    assert texts(read_pdf(encoded("⼀般公共⻋辆专⼾"))) == ["一般公共车辆专户"]


def test_bold_by_drawing_twice_is_read_once() -> None:
    maker = Maker()
    for shift in (0, 0.3, 0.6):
        maker.text(60 + shift, 100, "合计 2,211.00 万元")
    assert texts(read_pdf(maker.data())) == ["合计 2,211.00 万元"]


def test_paragraphs_are_parted_by_indent_gap_and_short_lines() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.paragraph(BODY)
    maker.paragraph("二、支出预算情况")
    maker.paragraph(BODY)
    parts = [
        "".join(part.split())
        for part in "\n".join(line.text for line in read_pdf(maker.data()).lines).split("\n\n")
    ]
    assert parts == [BODY, BODY, "二、支出预算情况", BODY]


def test_a_paragraph_goes_on_over_a_page() -> None:
    maker = Maker()
    maker.top = A4[1] - MARGIN - 2.5 * 12
    maker.paragraph(BODY.rstrip("。") * 3 + "。")
    text = read_pdf(maker.data()).text
    assert "\n\n" not in text
    assert text.replace("\n", "") == BODY.rstrip("。") * 3 + "。"


def test_words_far_apart_on_a_line_are_lines_of_their_own() -> None:
    maker = Maker()
    maker.text(60, 100, "部门名称：某县水务局")
    maker.text(450, 100, "单位：万元")
    assert texts(read_pdf(maker.data())) == ["部门名称：某县水务局", "单位：万元"]


def test_a_head_at_the_right_edge_wraps() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    name = "部门名称：某县人才引进交流服务中心（人才办、留学人员创业园服务中心、人才市场）"
    for line in (name, "单位：万元"):
        for part in wrapped(line, A4[0] - 2 * MARGIN, 12):
            maker.right(part)
    found = [part.split() for part in read_pdf(maker.data()).text.split("\n\n")]
    assert ["".join(part) for part in found] == [BODY, name, "单位：万元"]


def test_a_bracket_that_is_open_goes_on_below() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.text(60, 200, "部门名称：某县人才中心（人才办、")
    maker.text(60, 219, "留学人员创业园服务中心）")
    maker.text(60, 238, "单位：万元")
    found = [part.split() for part in read_pdf(maker.data()).text.split("\n\n")]
    assert ["".join(part) for part in found] == [
        BODY, "部门名称：某县人才中心（人才办、留学人员创业园服务中心）", "单位：万元",
    ]  # fmt: skip


def test_every_piece_has_its_page_and_box() -> None:
    maker = Maker()
    maker.page()
    maker.text(100, 200, "支出合计")
    (line,) = read_pdf(maker.data()).lines
    assert line.fragments[0].page == 2
    assert box(line) == pytest.approx((100, 200 - 0.85 * 12, 148, 200 + 0.15 * 12))


def test_single_digits_far_apart_are_not_one_figure() -> None:
    maker = Maker()
    for x, text in ((60, "车辆"), (130, "4"), (200, "3"), (270, "2")):
        maker.text(x, 100, text)
    assert texts(read_pdf(maker.data())) == ["车辆", "4", "3", "2"]


def test_contents_are_entries_with_dots_or_a_gap() -> None:
    maker = Maker()
    maker.centred("目录")
    for number, text in enumerate(("第一部分 概况", "一、主要职能", "二、机构设置"), 1):
        maker.text(60, 120 + 20 * number, f"{text}{'.' * 30}{number}")
    maker.page()
    for number, text in enumerate(("第二部分 报表", "一、收支总表", "二、收入总表"), 1):
        maker.text(60, 120 + 20 * number, text)
        maker.text(500, 120 + 20 * number, str(number + 3))
    lines = [line for line in read_pdf(maker.data()).lines if not line.is_blank]
    assert [is_contents_entry(line) for line in lines] == [False, *[True] * 6]


def test_contents_without_page_numbers_are_no_sections() -> None:
    maker = Maker()
    maker.centred("某县水务局2024年度部门决算")
    maker.page()
    maker.centred("目 录")
    for text in ("第一部分 某县水务局概况", "一、主要职能", "第二部分 名词解释"):
        maker.paragraph(text)
    maker.page()
    for text in ("第一部分 某县水务局概况", "一、主要职能", BODY, "第二部分 名词解释", BODY):
        maker.paragraph(text)
    of = read(maker.data(), "x.pdf")
    assert [section.title for section in of.sections] == [
        "第一部分 某县水务局概况", "一、主要职能", "第二部分 名词解释",
    ]  # fmt: skip


def test_the_box_of_a_clause_ends_where_the_clause_does() -> None:
    maker = Maker()
    maker.text(
        60, 100, "一般公共预算财政拨款基本支出2336.91万元。其中：人员经费2152.26万元，主要包括"
    )
    layout = read_pdf(maker.data())
    start = layout.text.index("人员经费")
    end = layout.text.index("，主要")
    found = Places(layout).locate(start, end).bbox
    assert found is not None
    left = 60 + width_of("一般公共预算财政拨款基本支出2336.91万元。其中：", 12)
    assert found[0] == pytest.approx(left, abs=0.1)
    assert found[2] == pytest.approx(left + width_of("人员经费2152.26万元", 12), abs=0.1)


# What no reader sees


def test_page_numbers_and_running_heads_go_table_heads_stay() -> None:
    maker = Maker()
    for number in range(1, 5):
        if number > 1:
            maker.page()
        maker.text(200, 40, "某县水务局2024年度部门决算")
        maker.text(400, 60, "单位：万元")
        maker.top = 90
        maker.paragraph(BODY)
        maker.text(290, 800, f"- {number} -" if number % 2 else str(number))
    found = texts(read_pdf(maker.data()))
    assert found.count("某县水务局2024年度部门决算") == 1
    assert found.count("单位：万元") == 4
    assert not [text for text in found if len(text) < 5]


def test_a_lone_figure_in_the_text_is_no_page_number() -> None:
    maker = Maker()
    maker.top = A4[1] - MARGIN - 4 * 12
    maker.paragraph(BODY)
    base = maker.top + 12
    maker.text(60, base, "2024")
    assert texts(read_pdf(maker.data()))[-1] == "2024"


def test_invisible_white_clipped_and_cut_off_text_is_dropped() -> None:
    maker = Maker()
    canvas = maker.canvas
    maker.text(60, 100, "看得见")
    canvas.saveState()
    text = canvas.beginText(60, A4[1] - 150)
    text.setFont(FONT, 12)
    text.setTextRenderMode(3)
    text.textLine("看不见一")
    canvas.drawText(text)
    canvas.restoreState()
    canvas.saveState()
    canvas.setFillColor(white)
    maker.text(60, 200, "看不见二")
    canvas.restoreState()
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(60, 500, 30, 30)
    canvas.clipPath(path, stroke=0)
    maker.text(60, 300, "看不见三")
    canvas.restoreState()
    maker.text(700, 100, "看不见四")
    canvas.rect(50, 400, 200, 40, fill=1)
    canvas.setFillColor(white)
    maker.text(60, A4[1] - 415, "黑底白字")
    assert texts(read_pdf(maker.data())) == ["看得见", "黑底白字"]


WORDS = "某县财政局2024"


def _faint(maker: Maker, grey: float, opacity: float) -> None:
    maker.canvas.saveState()
    maker.canvas.setFillColorRGB(grey, grey, grey)
    maker.canvas.setFillAlpha(opacity)
    for x, base in ((90, 105), (300, 105), (90, 400)):
        maker.text(x, base, WORDS, 16)
    maker.canvas.restoreState()


@pytest.mark.parametrize(("grey", "opacity"), [(0.75, 1.0), (0.9, 1.0), (0.0, 0.5)])
@pytest.mark.parametrize("first", [False, True])
def test_faint_words_over_others_are_a_watermark(first: bool, grey: float, opacity: float) -> None:
    maker = Maker()
    if first:
        _faint(maker, grey, opacity)
    maker.text(60, 100, "一般公共预算支出1,234.56万元，比上年增加12.00万元。")
    if not first:
        _faint(maker, grey, opacity)
    assert texts(read_pdf(maker.data())) == ["一般公共预算支出1,234.56万元，比上年增加12.00万元。"]


def test_grey_words_by_themselves_are_read() -> None:
    maker = Maker()
    maker.text(60, 100, "一般公共预算支出1,234.56万元。")
    maker.canvas.setFillColorRGB(0.8, 0.8, 0.8)
    maker.text(60, 200, "注：本表无数据")
    assert texts(read_pdf(maker.data())) == ["一般公共预算支出1,234.56万元。", "注：本表无数据"]


def test_what_is_tagged_as_a_watermark_is_not_read() -> None:
    content = (
        b"BT /F 12 Tf 60 700 Td <0001> Tj ET "
        b"/Artifact << /Subtype /Watermark /Type /Pagination >> BDC "
        b"BT /F 40 Tf 60 600 Td <0002> Tj ET EMC "
        b"BT /F 12 Tf 60 500 Td <0003> Tj ET"
    )
    assert texts(read_pdf(encoded("甲乙丙", content))) == ["甲", "丙"]


def test_a_figure_that_an_edge_cuts_is_none() -> None:
    """Of 1,234.56 only 1,234.5 is on the page, of 7,890.12 only ,890.12."""
    maker = Maker()
    maker.text(A4[0] - width_of("1,234.5", 12) - 1, 100, "1,234.56", 12)
    maker.text(1 - width_of("7", 12), 200, "7,890.12", 12)
    maker.text(A4[0] - 100, 300, "1,234.56", 12)
    assert texts(read_pdf(maker.data())) == ["1,234.5\ufffd", "\ufffd,890.12", "1,234.56"]


@pytest.mark.parametrize("by_matrix", [False, True])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_turned_pages_are_read_upright(turns: int, by_matrix: bool) -> None:
    maker = Maker()
    canvas = maker.canvas
    if by_matrix:
        width, height = A4
        canvas.translate(*((0, 0), (0, height), (width, height), (width, 0))[turns])
        canvas.rotate(-90 * turns)
    else:
        canvas.setPageRotation(90 * turns)  # of a page that lies, so that it stands when shown
    maker.size = (A4[1], A4[0]) if turns % 2 else A4
    maker.table([["科目", "金额"], ["基本支出", "12.50"]], [100, 80])
    layout = read_pdf(maker.data())
    assert grids(layout) == [["科目", "金额"], ["基本支出", "12.50"]]
    x0, y0, x1, y1 = box(layout.lines[1], 1)
    assert 0 < x0 < x1 < A4[0]
    assert 0 < y0 < y1 < A4[1]
    corner = (0 if x0 < A4[0] / 2 else 1, 0 if y0 < A4[1] / 2 else 1)
    assert corner == ((0, 0), (1, 0), (1, 1), (0, 1))[turns]
