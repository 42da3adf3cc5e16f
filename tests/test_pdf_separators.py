"""PDF: a figure is one where its glyphs stand as close as in a figure, else it is told."""

import pytest

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from search.amounts import doubtful_figures
from search.text import normalise
from tests.conftest import statements
from tests.make_pdf import MARGIN, Maker, grids, texts, width_of

SIZE = 12.0


def _spread(
    maker: Maker, x: float, base: float, text: str, *, gap: float, spread: float = 0.0
) -> None:
    """Draw a line; `|` is a gap of so many ems, Chinese stands wider by `spread` points."""
    for char in text:
        if char == "|":
            x += gap * SIZE
            continue
        maker.text(x, base, char, SIZE)
        x += width_of(char, SIZE) + (spread if char > "\u2e7f" else 0.0)


ONE = (0.0, 0.05, 0.1, 0.15)
"""Ems between digits of one figure: kerning, or a thin space that parts thousands."""
TWO = (0.3, 0.5, 1.0)
SENTENCES = (
    "会议费1|200元。",
    "项目支出2|34.00万元。",
    "培训费1|234|567元。",
    "国内公务接待1|250人次。",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("spread", [0.0, 1.5, 4.0])
@pytest.mark.parametrize("gap", [*ONE, *TWO])
def test_figures_in_sentences(sentence: str, spread: float, gap: float) -> None:
    maker = Maker()
    maker.centred("某某县林场2023年部门预算", 16)
    maker.paragraph("一、情况说明")
    _spread(maker, MARGIN + 24, maker.top + SIZE, "本单位2023年" + sentence, gap=gap, spread=spread)
    data = maker.data()
    found = [str(s.value) for s in statements(read(data, "x.pdf"))]
    if gap in ONE:
        whole = "".join(c for c in sentence if c.isdigit() or c == ".")
        assert found == [whole]
    else:
        assert found == []
        assert len(list(doubtful_figures(normalise(read_pdf(data).text)))) == 1


@pytest.mark.parametrize("figure", ["2|34.00", "1|200", "12|345.60", "1,234.|56", "1|,234.00"])
@pytest.mark.parametrize("gap", [*ONE, *TWO])
def test_figures_in_cells(figure: str, gap: float) -> None:
    maker = Maker()
    maker.centred("支出预算表")
    maker.right("单位：万元")
    maker.table([["科目", "金额"], ["教育支出", "900.00"]], [120, 120])
    top = maker.top
    for y in (top, top + 20):
        maker.rule(MARGIN, y, MARGIN + 240, y)
    for x in (MARGIN, MARGIN + 120, MARGIN + 240):
        maker.rule(x, top, x, top + 20)
    maker.text(MARGIN + 4, top + 14, "卫生支出", SIZE)
    _spread(maker, MARGIN + 130, top + 14, figure, gap=gap)
    of = read(maker.data(), "x.pdf")
    first, second = [cell for row in of.tables[0].rows for cell in row.cells]
    assert str(first.value) == "900.00"
    if gap in ONE or figure.endswith(".|56"):  # beside the point white space parts no two
        assert str(second.value) == figure.replace("|", "").replace(",", "")
    else:
        assert second.value is None
        assert any("没有读作数字" in warning.message for warning in of.warnings)


@pytest.mark.parametrize(
    ("printed", "value"),
    [("1，234.56", "1234.56"), ("１０００．５６", "1000.56"), ("３．４０", "3.40"), ("0.5 ", "0.5"),
     ("1,234,567.80", "1234567.80"), ("１２，３４５", "12345")],
)  # fmt: skip
def test_full_width_signs(printed: str, value: str) -> None:
    maker = Maker()
    maker.centred("某某县林场2023年部门预算", 16)
    maker.paragraph("一、情况说明")
    maker.paragraph(f"2023年基本支出{printed}万元，保障运转。")
    maker.centred("支出预算表")
    maker.right("单位：万元")
    maker.table([["科目", "金额"], ["林业支出", printed]], [120, 120])
    of = read(maker.data(), "x.pdf")
    assert [str(s.value) for s in statements(of)] == [value]
    assert [str(c.value) for row in of.tables[0].rows for c in row.cells] == [value]


def test_letters_set_apart_are_words() -> None:
    maker = Maker()
    _spread(maker, MARGIN, 100, "2|0|2|3|年|度|预|算", gap=0.4)
    assert ["".join(text.split()) for text in texts(read_pdf(maker.data()))] == ["2023年度预算"]


SIGNS = {
    "▲4.00": "-4.00", "△5.67": "-5.67", "—9.90": "-9.90", "－8.10": "-8.10", "﹣8.10": "-8.10",
    "–8.10": "-8.10", "+5.00": "5.00", "-1,234.56": "-1234.56", "▲0.05": "-0.05",
}  # fmt: skip
CHANGES = {"(0.50)": "-0.50", "（12.34）": "-12.34", "↓3.00": "-3.00", "↑3.00": "3.00",
           "2.50↓": "-2.50", "▼2.50": "-2.50"}  # fmt: skip
UNSURE = ("(12.34)", "↓3.00", "5.00-", "±3.00", "— 9.90")


def _signed(maker: Maker, level: str, change: str) -> bytes:
    maker.centred("某某县林场2023年部门决算", 16)
    maker.centred("收入支出决算表")
    maker.right("单位：万元")
    maker.table(
        [
            ["项目", "决算数", "比上年增减"],
            ["林业支出", level, change],
            ["教育支出", "1.00", "2.00"],
        ],
        [120, 100, 100],
    )
    return maker.data()


@pytest.mark.parametrize(("printed", "value"), SIGNS.items())
def test_signs_that_are_sure(printed: str, value: str) -> None:
    of = read(_signed(Maker(), printed, printed), "x.pdf")
    assert [str(cell.value) for cell in of.tables[0].rows[0].cells] == [value, value]


@pytest.mark.parametrize(("printed", "value"), CHANGES.items())
def test_signs_of_changes(printed: str, value: str) -> None:
    of = read(_signed(Maker(), "7.00", printed), "x.pdf")
    assert [str(cell.value) for cell in of.tables[0].rows[0].cells] == ["7.00", value]


@pytest.mark.parametrize("printed", UNSURE)
def test_signs_that_are_not_sure_are_told_and_the_row_stays(printed: str) -> None:
    of = read(_signed(Maker(), printed, "-3.20"), "x.pdf")
    assert [cell.value and str(cell.value) for cell in of.tables[0].rows[0].cells] == [
        None,
        "-3.20",
    ]
    assert any("没有读作数字" in warning.message for warning in of.warnings)
    assert grids(read_pdf(_signed(Maker(), printed, "-3.20")))
