"""PDF: what fails on a page costs that page, never the file; odd pages do not fail."""

from collections.abc import Callable, Sequence

import pytest

from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers.pdf import columns, paragraphs, reader, sheets, writing
from indexer.readers.pdf.glyphs import Glyph
from indexer.readers.pdf.pages import Page, Ruling
from indexer.readers.pdf.reader import laid_out, read_pdf
from tests.conftest import statements
from tests.make_pdf import A4, Maker, texts

Step = Callable[..., object]
FAULTS = (StopIteration(), IndexError("x"), ZeroDivisionError(), RuntimeError("x"), Exception("x"))


def _three_pages() -> bytes:
    maker = Maker()
    maker.centred("某某县园林处2023年部门预算", 16)
    for number in range(1, 4):
        maker.paragraph("一二三"[number - 1] + "、情况说明")
        maker.paragraph(f"第{number}类项目支出{number}.50万元。")
        maker.right("单位：万元")
        maker.table([["项目", "金额"], [f"第{number}类", f"{number}.00"]], [100, 60])
        if number < 3:
            maker.page()
    return maker.data()


@pytest.mark.parametrize("error", FAULTS)
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (reader, "find_grids"),
        (reader, "printed_lines"),
        (reader, "with_columns"),
        (sheets, "regrouped"),
        (columns, "parted"),
        (writing, "parted"),
        (writing, "is_wrapped_title"),
        (paragraphs.Measure, "begins_anew"),
    ],
)
def test_a_fault_on_one_page_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: Exception
) -> None:
    data = _three_pages()
    step: Step = getattr(owner, name)
    current = 0

    def placed(page: Page) -> object:
        nonlocal current
        current = page.number
        return ruled(page)

    def printed(*given: object) -> object:
        nonlocal current
        current = given[1].number  # type: ignore[attr-defined]
        return put(*given)  # type: ignore[arg-type]

    ruled, put = reader._read, reader._print
    monkeypatch.setattr(reader, "_read", placed)
    monkeypatch.setattr(reader, "_print", printed)

    def failing(*given: object, **named: object) -> object:
        if current == 2:
            raise error
        return step(*given, **named)

    monkeypatch.setattr(owner, name, failing)
    of = read(data, "x.pdf")
    assert [f"{s.value}{s.unit}" for s in statements(of)] == ["1.50万元", "3.50万元"]
    found = [cell.text for table in of.tables for row in table.rows for cell in row.cells]
    assert found == ["1.00", "3.00"]
    assert [w.message for w in of.warnings if "版面没有读懂" in w.message] == [
        "第2页的版面没有读懂：只保留了文字，其中的数字没有读入，请看原文"
    ]


@pytest.mark.parametrize("name", ["without_margins", "measure", "_match_columns"])
def test_a_fault_over_all_pages_leaves_their_text(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def failing(*given: object) -> object:
        raise StopIteration

    monkeypatch.setattr(reader, name, failing)
    layout = read_pdf(_three_pages())
    assert "第2类项目支出2.50万元。" in layout.text
    assert any("第1–3页的版面没有读懂" in warning.message for warning in layout.warnings)


def test_what_concerns_the_file_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*given: object) -> object:
        raise ReadingError("过大")

    monkeypatch.setattr(reader, "find_grids", failing)
    with pytest.raises(ReadingError, match="过大"):
        read_pdf(_three_pages())


@pytest.mark.parametrize("lines", [1, 2, 3, 11, 12, 30])
@pytest.mark.parametrize("step", [3.0, 11.0, 23.0])
def test_lines_that_all_begin_elsewhere(lines: int, step: float) -> None:
    maker = Maker()
    maker.page((900.0, 1400.0))
    for number in range(lines):
        maker.text(20 + step * number, 40 + 30 * number, f"标题之{number + 1}")
    assert texts(read_pdf(maker.data())) == [f"标题之{number + 1}" for number in range(lines)]


def _glyph(text: str, x0: float, width: float, base: float, size: float) -> Glyph:
    return Glyph(text, x0, x0 + width, base, size)


ODD: Sequence[Sequence[Glyph]] = (
    [_glyph("甲", 50, 12, 100, 12)],
    [_glyph("甲", 50, 0, 100, 12)],
    [_glyph("甲", 50, 0, 100, 1e-9), _glyph("乙", 50, 0, 100, 1e-9)],
    [_glyph("甲乙丙", 50, 36, 100, 12), _glyph("，", 86, 12, 100, 12)],
    [_glyph("，", 50 + 20 * n, 12, 100 + 15 * n, 12) for n in range(12)],
    [_glyph("5", 50 + 7 * n, 6, 100 + 13 * n, 12) for n in range(30)],
    [_glyph("款", -50, 12, -100, 12), _glyph("项", 5000, 12, 9000, 12)],
    [_glyph("字", 50, 12, 100 + n / 1000, 12) for n in range(9)],
    [_glyph("字", 50 + 12 * n, 12, 100, 12.0 + n) for n in range(9)],
    [_glyph("年", 90 - 12 * n, 12, 100, 12) for n in range(5)],
)
RULINGS: Sequence[Sequence[Ruling]] = (
    [],
    [Ruling(True, 90, 40, 40)],
    [Ruling(True, 90, 40, 200), Ruling(True, 90, 40, 200)],
    [Ruling(True, 90, 40, 200), Ruling(True, 120, 40, 200), Ruling(False, 40, 90, 120),
     Ruling(False, 45, 90, 120), Ruling(False, 200, 90, 120)],
    [Ruling(True, y, 40, 41) for y in range(80, 130)]
    + [Ruling(False, x, 80, 130) for x in range(40, 60)],
)  # fmt: skip


@pytest.mark.parametrize("rulings", RULINGS)
@pytest.mark.parametrize("glyphs", ODD)
def test_odd_pages_are_read(glyphs: Sequence[Glyph], rulings: Sequence[Ruling]) -> None:
    page = Page(1, *A4, glyphs=tuple(glyphs), rulings=tuple(rulings))
    layout = laid_out([page, Page(2, *A4, glyphs=tuple(glyphs))], "application/pdf")
    assert not layout.warnings
    assert "".join(sorted("".join(layout.text.split()))) == "".join(
        sorted("".join(glyph.text for glyph in glyphs) * 2)
    )
