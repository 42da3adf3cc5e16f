"""PDF: lines and tables as a reader sees them; the corpus printed; two real files; bad files."""

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from reportlab.lib.colors import white

from indexer import ocr
from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.layout import Layout, Line, Places
from indexer.lines import is_contents_entry
from indexer.ocr import INSTALL
from indexer.pdf import read_pdf
from search.model import Disclosure
from tests.conftest import NAMES, figures, rows, statements
from tests.make_pdf import A4, FONT, MARGIN, Maker, printed, width_of

REAL = Path(__file__).parent.parent.parent / "shared" / "pdf"
FINANCE = REAL / "2024-部门决算-普陀区财政局.pdf"
SOCIAL = REAL / "2024-部门决算-普陀区委社会工作部.pdf"
BODY = (
    "本部门按照有关规定编制年度预算，严格控制各项支出，"
    "统筹安排资金，保障机构正常运转和各项重点工作。"
)


def _grids(layout: Layout) -> list[list[str]]:
    return [[f.text for f in line.fragments] for line in layout.lines if line.is_grid]


def _texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines if not line.is_blank and not line.is_grid]


def _box(line: Line, cell: int = 0) -> tuple[float, float, float, float]:
    box = line.fragments[cell].bbox
    assert box is not None
    return box


# Lines


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
    assert _texts(read_pdf(maker.data())) == ["财政拨款“三公”经费，其中："]


def test_bold_by_drawing_twice_is_read_once() -> None:
    maker = Maker()
    for shift in (0, 0.3, 0.6):
        maker.text(60 + shift, 100, "合计 2,211.00 万元")
    assert _texts(read_pdf(maker.data())) == ["合计 2,211.00 万元"]


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
    assert _texts(read_pdf(maker.data())) == ["部门名称：某县水务局", "单位：万元"]


def test_every_piece_has_its_page_and_box() -> None:
    maker = Maker()
    maker.page()
    maker.text(100, 200, "支出合计")
    (line,) = read_pdf(maker.data()).lines
    assert line.fragments[0].page == 2
    assert _box(line) == pytest.approx((100, 200 - 0.85 * 12, 148, 200 + 0.15 * 12))


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
    texts = _texts(read_pdf(maker.data()))
    assert texts.count("某县水务局2024年度部门决算") == 1
    assert texts.count("单位：万元") == 4
    assert not [text for text in texts if len(text) < 5]


def test_a_lone_figure_in_the_text_is_no_page_number() -> None:
    maker = Maker()
    maker.top = A4[1] - MARGIN - 4 * 12
    maker.paragraph(BODY)
    base = maker.top + 12
    maker.text(60, base, "2024")
    assert _texts(read_pdf(maker.data()))[-1] == "2024"


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
    assert _texts(read_pdf(maker.data())) == ["看得见", "黑底白字"]


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
    assert _grids(layout) == [["科目", "金额"], ["基本支出", "12.50"]]
    box = _box(layout.lines[1], 1)
    assert 0 < box[0] < box[2] < A4[0]
    assert 0 < box[1] < box[3] < A4[1]
    corner = (0 if box[0] < A4[0] / 2 else 1, 0 if box[1] < A4[1] / 2 else 1)
    assert corner == ((0, 0), (1, 0), (1, 1), (0, 1))[turns]


# Tables


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
    assert _grids(read_pdf(maker.data())) == cells


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
    assert _grids(read_pdf(maker.data()))[-1] == ["合计", "", "5.00"]


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
    assert _grids(read_pdf(maker.data())) == [list(row) for row in table]


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
    assert _grids(read_pdf(maker.data()))[-1] == ["科目", "1234567.89"]


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
    assert _grids(read_pdf(maker.data())) == [list(row) for row in table]


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


# Pages and files that cannot be read


def test_pages_without_text_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    maker = Maker()
    maker.paragraph(BODY)
    for _ in range(3):
        maker.page()
        maker.canvas.bezier(10, 10, 50, 90, 90, 90, 200, 10)
    maker.page()
    maker.paragraph(BODY)
    layout = read_pdf(maker.data())
    assert layout.pages == 5
    assert [str(w) for w in layout.warnings] == [
        f"第2–4页没有文字层（图片或扫描件），其中的内容未能读取；安装文字识别后可以读取：{INSTALL}"
    ]


def _locked() -> bytes:
    maker = Maker(password="secret")
    maker.paragraph(BODY)
    return maker.data()


def _blank() -> bytes:
    maker = Maker()
    maker.canvas.bezier(10, 10, 50, 90, 90, 90, 200, 10)
    return maker.data()


def _file(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, the first its catalogue."""
    body = b"%PDF-1.7\n"
    for number, value in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    return body + b"trailer\n<< /Root 1 0 R >>\n%%EOF"


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /XObject << /F 5 0 R >> >> >>"
)


def _bomb() -> bytes:
    squeezed = zlib.compress(b" " * 80_000_000, 9)
    content = _stream(squeezed, b"/Filter /FlateDecode")
    return _file(CATALOGUE, PAGES, PAGE, content)


def _bomb_in_bomb() -> bytes:
    squeezed = zlib.compress(zlib.compress(b" " * 80_000_000, 9), 9)
    content = _stream(squeezed, b"/Filter [/FlateDecode /FlateDecode]")
    return _file(CATALOGUE, PAGES, PAGE, content)


def _forms() -> bytes:
    """Return a page whose forms draw each other ten times over, eight deep."""
    forms = []
    for number in range(5, 14):
        extra = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        extra += b" /Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
        forms.append(_stream(b"/F Do " * 10 + b" " * 4000, extra))
    return _file(CATALOGUE, PAGES, PAGE, _stream(b"/F Do"), *forms)


def _loop() -> bytes:
    extra = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    extra += b" /Resources << /XObject << /F 5 0 R >> >>"
    return _file(CATALOGUE, PAGES, PAGE, _stream(b"/F Do"), _stream(b"/F Do", extra))


def _own_parent() -> bytes:
    return _file(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def _many_pages() -> bytes:
    return _file(CATALOGUE, PAGES.replace(b"[3 0 R]", b"[%s]" % (b"3 0 R " * 3000)), PAGE)


def _deep() -> bytes:
    return _file(CATALOGUE, b"[" * 50_000 + b"]" * 50_000)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_locked, "加密"),
        (_blank, "没有文字层"),
        (lambda: b"%PDF-1.7\n", "已损坏|没有页面"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99, "已损坏|没有页面"),
        (lambda: _file(CATALOGUE), "已损坏|没有页面"),
        (_bomb, "过大"),
        (_bomb_in_bomb, "过大"),
        (_forms, "过多|没有文字层"),
        (_loop, "没有文字层"),
        (_own_parent, "已损坏|没有页面"),
        (_deep, "已损坏|没有页面"),
        (_many_pages, "没有文字层|没有页面|过长"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    make: Callable[[], bytes], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read(make(), "x.pdf")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_cut_anywhere_is_read_or_refused() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.table([["科目", "金额"], ["教育", "1.00"]], [80, 80])
    data = maker.data()
    for end in range(10, len(data), 97):
        try:
            read_pdf(data[:end])
        except ReadingError:
            continue


def test_an_empty_password_opens() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    assert read_pdf(maker.data()).media_type == "application/pdf"


def test_reading_twice_gives_the_same() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.table([["科目", "金额"], ["教育", "1.00"]], [80, 80])
    data = maker.data()
    assert read_pdf(data) == read_pdf(data)


# The corpus, printed


@cache
def _printed(of: str) -> bytes:
    return (Path(of)).read_bytes()


def _rows(of: Disclosure) -> list[object]:
    return [
        (table.kind, row.code, row.label, [(c.column, c.text, c.yuan) for c in row.cells if c.text])
        for table in of.tables
        for row in table.rows
    ]


def _said(of: Disclosure) -> list[object]:
    return [(s.subject, s.value, s.unit, s.role, s.direction) for s in statements(of)]


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_text_says_the_same(disclosures: dict[str, Disclosure], name: str) -> None:
    text = disclosures[name]
    of = read(printed(text), "x.pdf")
    assert (of.department, of.year, of.report, of.level) == (
        text.department, text.year, text.report, text.level,
    )  # fmt: skip
    assert _rows(of) == _rows(text)
    assert _said(of) == _said(text)


# Two real files


@pytest.fixture(scope="module")
def finance() -> Disclosure:
    if not FINANCE.exists():
        pytest.skip(f"no {FINANCE}")
    return read(FINANCE.read_bytes(), "1.pdf")


@pytest.fixture(scope="module")
def social() -> Disclosure:
    if not SOCIAL.exists():
        pytest.skip(f"no {SOCIAL}")
    return read(SOCIAL.read_bytes(), "2.pdf")


def test_the_box_of_a_clause_ends_where_the_clause_does() -> None:
    maker = Maker()
    maker.text(
        60, 100, "一般公共预算财政拨款基本支出2336.91万元。其中：人员经费2152.26万元，主要包括"
    )
    layout = read_pdf(maker.data())
    start = layout.text.index("人员经费")
    end = layout.text.index("，主要")
    box = Places(layout).locate(start, end).bbox
    assert box is not None
    left = 60 + width_of("一般公共预算财政拨款基本支出2336.91万元。其中：", 12)
    assert box[0] == pytest.approx(left, abs=0.1)
    assert box[2] == pytest.approx(left + width_of("人员经费2152.26万元", 12), abs=0.1)
